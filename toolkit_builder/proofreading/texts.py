"""What a careful reader would mark in all that is printed, though most of it the press would print: the catalogue's
texts, and partnerships' own with their Markdown pages. Each is a warning with its place; what could not be printed is
an error.

Rules for one language look at its texts alone (`slips`, `welsh`, `lists`); rules for pairs set each translation beside
the original (`pairs`, `glossary`; `review: original` in `framework.yaml`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from toolkit_builder.catalogue.decoding import listed_lines
from toolkit_builder.catalogue.markdown import MarkdownError
from toolkit_builder.catalogue.model import Catalogue, ListColumn, Text
from toolkit_builder.catalogue.review import Review, behind, load_review, lock_of, original_language
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.project import Project
from toolkit_builder.proofreading import glossary, welsh
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, HowPrinted, Written
from toolkit_builder.proofreading.layout_texts import Prose, layout_texts
from toolkit_builder.proofreading.letters import Letters
from toolkit_builder.proofreading.lists import doubts_of_lists, items_twice, uneven_stops
from toolkit_builder.proofreading.needed_labels import missing_labels
from toolkit_builder.proofreading.own_texts import OwnTexts
from toolkit_builder.proofreading.pairs import differences
from toolkit_builder.proofreading.slips import shape, slips
from toolkit_builder.proofreading.styles import style_faults
from toolkit_builder.proofreading.together import categories_alike, long_titles, same_titles

EQUAL = "equal.txt"
"""Texts that are meant to be the same in all languages, such as names: one a line."""
ACCEPTED = "accepted.txt"
"""Words that were doubted and are right, one doubt a line, as messages quote them."""

Positions = Mapping[str, tuple[str, int, int]]


def proofread(
    project: Project,
    catalogue: Catalogue,
    partnerships: Sequence[Partnership],
    today: datetime.date,
    *,
    are_all: bool = True,
) -> list[Fault]:
    """Every doubt about what a catalogue and these partnerships print, sorted by place.

    `today`: the day that dates to come are held against. `are_all`: whether the project has no other partnerships,
    which could need what none of these does.
    """
    reader = _Proofreader(project, catalogue)
    reader.catalogue_texts(load_review(project))
    for partnership in partnerships:
        reader.partnership_texts(partnership, today, load_review(project, lock_of(partnership.id)))
    found = [*reader.faults, *reader.letters.faults, *catalogue.warnings]
    found += reader.unused() if are_all else ()
    found += missing_labels(project, reader.layouts, catalogue, has_packs=bool(partnerships))
    found += style_faults(project, reader.layouts)
    return sorted(set(found))


_HAS_WORDS = re.compile(r"[^\W\d_]{2}")
CONTENT = "content/"
"""A partnership's texts have their origin in this folder; those of a table's rows in none."""
_ADDRESS = re.compile(r"https?://\S+")
"""What is nothing but an address may be the same in all languages."""


class _Proofreader:
    """Reads the texts of a project; `faults` adds up."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.framework = catalogue.framework
        self.original = original_language(catalogue.framework)
        self.codes = frozenset(action.code for action in catalogue)
        self.from_right = {language.id for language in self.framework.languages if language.direction == "rtl"}
        self.equal = listed_lines(project.content / EQUAL)
        self.accepted = listed_lines(project.content / ACCEPTED)
        self.used: set[str] = set()
        """The lines of both that something needs."""
        self.terms, self.faults = glossary.load(project)
        self.letters = Letters(project, self.framework)
        self.layouts = layout_texts(project)
        self.prose = Prose(self.layouts.values())

    def catalogue_texts(self, review: Review) -> None:
        """Read the catalogue, and what was accepted of it."""
        tell = self._telling(self.catalogue.positions)
        languages = self.framework.language_ids
        for text in texts(self.catalogue):
            self.text(text, languages, self.original, tell, HowPrinted(is_prose=self.prose.has(text)))
        self.behind(texts(self.catalogue), self.catalogue.positions, review)
        for column in self.framework.columns:
            if isinstance(column, ListColumn):
                for action in self.catalogue:
                    self.items(action[column.id], languages, tell)
        titles = [(action.code, action.title) for action in self.catalogue]
        categories = [(category.id, category.title) for category in self.framework.categories]
        self.titles(titles, languages, tell)
        self.titles(categories, languages, tell)
        for category, doubt in categories_alike(self.catalogue):
            tell(category.title, languages[0], doubt)

    def partnership_texts(self, partnership: Partnership, today: datetime.date, review: Review) -> None:
        """Read what is a partnership's own, and what was accepted of it."""
        own = OwnTexts(partnership)
        tell = self._telling(partnership.positions)
        languages = partnership.languages
        original = self.original if self.original in languages else languages[-1]
        for text in own.texts():
            self.text(text, languages, original, tell, own.printed(text, self.prose))
        self.faults += review.faults
        if original == self.original:
            self.behind(own.texts(), partnership.positions, review, CONTENT)
        for items in own.lists():
            self.items(items, languages, tell)
        self.titles([(page.id, page.title) for page in partnership.pages], languages, tell)
        self.faults += own.faults(today, lambda words: self.letters.missing(words, languages[0]))

    def text(
        self,
        text: Text,
        languages: Sequence[str],
        original: str,
        tell: Callable[[Text, str, Doubt], None],
        how: HowPrinted,
    ) -> None:
        """Read a text in these languages."""
        written = {language: Written(text[language], language) for language in languages}
        for language, here in written.items():
            for doubt in self._doubts(here, written[original], how):
                tell(text, language, doubt)

    def _doubts(self, here: Written, original: Written, how: HowPrinted) -> Iterator[Doubt]:
        language = here.language
        yield from _unprintable(here, how.converted)
        yield from shape(here, is_prose=how.is_prose)
        yield from self.letters.missing(here.words, language)
        yield from slips(here, self.codes, from_right=language in self.from_right)
        yield from doubts_of_lists(here.source) if "\n" in here.source else ()
        if language == "cy":
            yield from welsh.doubts(here, original if original is not here else None)
        yield from welsh.straight_marks(here.words)
        if here is original:
            return
        yield from differences(here, original)
        if here.source == original.source and _HAS_WORDS.search(here.source) and not _ADDRESS.fullmatch(here.source):
            if here.source in self.equal:
                self.used.add(here.source)
            elif not how.is_name:
                yield Doubt(Check.SAME, f"the same as {original.language}; translate it, or list it in content/{EQUAL}")
        if (language, original.language) == ("cy", "en"):
            for said in glossary.doubts(self.terms, original.source, here.source):
                yield Doubt(Check.TERMS, said)

    def items(self, items: object, languages: Sequence[str], tell: Callable[[Text, str, Doubt], None]) -> None:
        """Read the items of a list side by side."""
        listed = [item for item in items if isinstance(item, Text)] if isinstance(items, tuple) else []
        for language in languages if len(listed) > 1 else ():
            words = [item[language] for item in listed]
            for at, doubt in (*items_twice(words), *uneven_stops(words, may_end_once=False)):
                tell(listed[at], language, doubt)

    def titles(
        self, titles: Sequence[tuple[str, Text]], languages: Sequence[str], tell: Callable[[Text, str, Doubt], None]
    ) -> None:
        """Read titles side by side."""
        for language in languages:
            for title, doubt in (*same_titles(titles, language), *long_titles(titles, language)):
                tell(title, language, doubt)

    def behind(self, them: Iterable[Text], positions: Positions, review: Review, folder: str = "") -> None:
        """Tell of translations that are older than their originals. That is no doubt about words: it is not accepted
        with a line of `accepted.txt`.
        """
        for text, language, said in behind(self.framework, them, review, folder):
            self.faults.append(_fault(positions, text, language, Doubt(Check.STALE, said)))

    def _telling(self, positions: Positions) -> Callable[[Text, str, Doubt], None]:
        """What takes a doubt about a text in a language, and adds it to the faults unless it is accepted."""

        def tell(text: Text, language: str, doubt: Doubt) -> None:
            if doubt.words in self.accepted:
                self.used.add(doubt.words)
            else:
                self.faults.append(_fault(positions, text, language, doubt))

        return tell

    def unused(self) -> Iterator[Fault]:
        """Lines of lists of exceptions that nothing needs."""
        for name, lines in ((EQUAL, self.equal), (ACCEPTED, self.accepted)):
            for words, line in lines.items():
                if words not in self.used:
                    what = f"no text is “{words}” in two languages" if name == EQUAL else f"“{words}” is not doubted"
                    yield Fault(f"content/{name}", line, 1, "", f"{what}; remove the line", "warning")


def _unprintable(text: Written, converted: Callable[[str], Markup]) -> Iterator[Doubt]:
    """Why a text cannot be made HTML of; a text without links and lists always can."""
    if text.outline.links or text.outline.items:
        try:
            converted(text.source)
        except MarkdownError as error:
            yield Doubt(Check.MARKDOWN, str(error), severity="error")


def _fault(positions: Positions, text: Text, language: str, doubt: Doubt) -> Fault:
    """A doubt at the place of the text; in a Markdown file, at the line of the words."""
    key = f"{text.origin}.{language}"
    file, line, column = positions.get(key, (text.origin.file, 0, 0))
    if file.endswith(".md") and doubt.words:
        line += text[language].count("\n", 0, max(0, text[language].find(doubt.words)))
    return Fault(file, line, column, key.partition("#")[2], doubt.message, doubt.severity)
