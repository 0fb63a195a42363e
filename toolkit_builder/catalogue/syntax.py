"""What the YAML parser complains of, said to the people who write the files."""

from __future__ import annotations

import re

import yaml

from toolkit_builder.catalogue.documents import MAXIMUM_DEPTH, START, Position, RefusedError

TOO_DEEP = f"nested more than {MAXIMUM_DEPTH} deep; write it flatter"
IN_QUOTES = "put the whole text in quotes"
_VALUE = re.compile(r"^[ \t]*+(?:- ++)*(?:[\w.-]++:[ \t]++)?(?:- ++)*")
"""What stands before a value in its line: dashes of items, a key."""
_NEVER_FIRST = "*&!%@`,]}|>"
"""YAML gives these a meaning of their own at the beginning of a value."""
_FIRST_OF_A_TEXT = re.compile(r"[\[{][^\[\]{}]*[\]}]\s*[^\s,\]}#]")
"""A list or mapping with more behind it, as in `[draft] Report`."""
_COMMENT = re.compile(r" #(?=(\S?))")
_SHOWN = 40
"""So many characters of a text that is cut off are quoted."""
# No possessive groups: Python 3.11.2 matches them wrongly (gh-100061). (?!- ) keeps this from giving dashes back.
_CUT_OFF = re.compile(r"^[ \t]*+(?:- ++)*(?!- )(?:[\w.-]++:[ \t]++)?[^\s\"'#][^\"'#]*+(?<= )#")

# What the parser says, whether the place meant is where the construct began, and what to say instead.
_SAYINGS = (
    (
        "mapping values are not allowed",
        False,
        "a colon that cannot stand here; put a text with a colon in it in quotes, or give a key the indent "
        "of its neighbours and look for a missing space or colon before it",
    ),
    (
        "found unexpected end of stream",
        True,
        "the quote that opens here is never closed; close it with the same mark",
    ),
    (
        "expected ',' or ']'",
        True,
        "the list that opens here is never closed; close it with “]”, with commas between its items",
    ),
    (
        "expected ',' or '}'",
        True,
        "the brace that opens here is never closed; close it with “}”, with commas between its parts",
    ),
    (
        "could not find expected ':'",
        True,
        "a key without a colon; write “key: value”, or indent a text that goes on",
    ),
    (
        "did not find expected key",
        False,
        "neither a key nor the end; indent it like the lines above, and put a text with quote marks in it "
        "in quotes as a whole",
    ),
    (
        "did not find expected '-'",
        False,
        "a key where the next item of a list should be; indent it as the key that it belongs to",
    ),
    (
        "block sequence entries are not allowed",
        False,
        "an item cannot begin here; begin each item with “- ” on a line of its own",
    ),
    (
        "unknown escape character",
        False,
        "a backslash in double quotes has a meaning of its own; use single quotes",
    ),
    # Newer parsers in C have a limit of their own, which they reach before they tell of any list.
    ("exceeded maximum nesting depth", False, TOO_DEEP),
    ("expected <document start>", False, "more after the end of the file’s content (...); remove it"),
)


def refusal(text: str, error: yaml.MarkedYAMLError) -> RefusedError:
    """The parser's error with a place and with what to do."""
    problem = error.problem or error.context or "not YAML"
    position = _position(error.problem_mark or error.context_mark)
    if _is_tab(text, position):
        return RefusedError(position, "a tab; YAML is indented with spaces only, so put two spaces for each step")
    unquoted = _unquoted(text, position)
    if unquoted:
        return unquoted
    for said, at_beginning, message in _SAYINGS:
        if said in problem:
            mark = error.context_mark if at_beginning else error.problem_mark
            return RefusedError(_position(mark) if mark else position, message)
    hint = "look for a missing quote, colon or space just before this place"
    return RefusedError(position, f"not YAML: {problem}; {hint}")


def _unquoted(text: str, position: Position) -> RefusedError | None:
    """A text that needs quotes, if that is what the parser fails over: by its first character, or since the text of the
    line before is cut off by a comment and goes on here.
    """
    line = _line(text, position)
    before_it = _VALUE.match(line)
    begin = before_it.end() if before_it else 0
    value = line[begin:]
    if begin < position.column and value and (value[0] in _NEVER_FIRST or value.startswith(("? ", ": "))):
        place = Position(position.line, begin + 1)
        return RefusedError(place, f"a text cannot begin with “{value[0]}”; {IN_QUOTES}")
    if begin < position.column - 1 and _FIRST_OF_A_TEXT.match(value):
        place = Position(position.line, begin + 1)
        message = f"what begins with “{value[0]}” is read as a list or as keys, and more follows it here; {IN_QUOTES}"
        return RefusedError(place, message)
    before = Position(position.line - 1, 1)
    cut = _CUT_OFF.match(_line(text, before)) if before.line else None
    if cut and _indent(line) > _indent(cut[0]):
        message = f"what follows “ #” is a comment, and the text cannot go on after it; {IN_QUOTES}"
        return RefusedError(Position(before.line, cut.end()), message)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def cut_off(value: str, rest: str) -> str:
    """That a text without quotes is cut off by ` #`, as it seems; empty if it is not. `rest` is what follows it in its
    line. A comment stands two spaces behind, or behind a single word, with a space after its `#`.
    """
    found = _COMMENT.match(rest)
    is_text = found and (found[1] not in ("", " ") or " " in value.strip())
    if not value or not is_text:
        return ""
    return (
        f"“{_end(value)}” is cut off here: what follows “ #” is a comment; {IN_QUOTES}, or two spaces before a comment"
    )


def _end(value: str) -> str:
    return value if len(value) <= _SHOWN else f"…{value[-_SHOWN:]}"


def _position(mark: object) -> Position:
    """The parser counts from 0; its two kinds of mark (in C and in Python) share no type."""
    line, column = getattr(mark, "line", None), getattr(mark, "column", None)
    return START if line is None or column is None else Position(line + 1, column + 1)


def _is_tab(text: str, position: Position) -> bool:
    line = _line(text, position)
    indent = line[: len(line) - len(line.lstrip())]
    return "\t" in indent or line[position.column - 1 : position.column] == "\t"


def _line(text: str, position: Position) -> str:
    lines = text.splitlines()
    return lines[position.line - 1] if position.line <= len(lines) else ""
