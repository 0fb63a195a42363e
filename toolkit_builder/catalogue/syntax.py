"""What the YAML parser complains of, said to the people who write the files."""

from __future__ import annotations

import yaml

from toolkit_builder.catalogue.documents import MAXIMUM_DEPTH, START, Position, RefusedError

TOO_DEEP = f"nested more than {MAXIMUM_DEPTH} deep; write it flatter"

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
    for said, at_beginning, message in _SAYINGS:
        if said in problem:
            mark = error.context_mark if at_beginning else error.problem_mark
            return RefusedError(_position(mark) if mark else position, message)
    if "cannot start any token" in problem:
        character = _line(text, position)[position.column - 1 : position.column]
        return RefusedError(position, f"a text cannot begin with “{character}”; put the whole text in quotes")
    hint = "look for a missing quote, colon or space just before this place"
    return RefusedError(position, f"not YAML: {problem}; {hint}")


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
