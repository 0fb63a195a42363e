"""The checks of the proofreader, by name: the first column of the table in docs/checks.md, which a test holds to it."""

from __future__ import annotations

from enum import StrEnum


class Check(StrEnum):
    """What is looked for in texts."""

    # what could not be printed, or not be made
    MARKDOWN = "an address or a list that cannot be printed"
    LETTERS = "letters without a font"
    LABELS = "labels that are needed"
    FONTS = "fonts that are not there"
    # one text
    WORD_TWICE = "a word twice"
    SPACES = "two spaces"
    OPEN_MARK = "a mark left open"
    HTML = "HTML"
    TABLE = "a table"
    LINES = "paragraphs in a line"
    UNSEEN = "an invisible character"
    RANGE = "a range the wrong way round"
    REFERENCE = "an action that does not exist"
    STRAIGHT = "a straight quotation mark or apostrophe"
    CUT_OFF = "a text cut off by #"
    # Welsh
    AMPERSAND = "an ampersand in Welsh"
    MUTATION = "a mutation"
    # lists
    ITEM_TWICE = "a list item twice"
    UNEVEN = "stops in a list"
    # a translation beside its original
    SAME = "the same in two languages"
    NUMBERS = "a number that differs"
    COUNTS = "parts that do not pair up"
    LINKS = "a link that differs"
    ENDS = "a stop that differs"
    LENGTH = "a length that differs"
    TERMS = "an agreed term"
    STALE = "a stale translation"
    # several texts
    TITLES = "a title twice"
    LONG_TITLE = "a title that is too long"
    ALIKE = "categories that look alike"
    # partnerships
    TELEPHONE = "a telephone number"
    DATE = "a date gone by"
    # our own lists
    UNUSED = "an exception that nothing needs"
