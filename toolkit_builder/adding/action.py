"""An action to fill in: `content/actions/CODE.yaml`, with a value to give for every column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit_builder.adding.outline import FrameworkOutline, outline_of
from toolkit_builder.adding.putting import Added, put
from toolkit_builder.adding.yaml_text import Words, entry, texts
from toolkit_builder.catalogue.kinds import ANY, UNSTATED
from toolkit_builder.catalogue.model import (
    Column,
    ListColumn,
    PeopleColumn,
    ScaleColumn,
    Text,
    TextColumn,
)
from toolkit_builder.errors import UsageError
from toolkit_builder.project import Project

HEAD = "# yaml-language-server: $schema=../../docs/schemas/action.schema.json"


def add_action(project: Project, category: str, code: str | None, title: Words) -> Added:
    """Add an action to a category, under the next code that is free if none is given.

    Raises UsageError for a category or a language that there is not, or a code that is taken or does not suit.
    """
    outline = outline_of(project)
    code = _code(project, outline, category, code)
    outline.check_languages("--title", title)
    lines = "\n".join([HEAD, *_lines(outline, category, code, title), ""])
    return put(project, {project.content / "actions" / f"{code}.yaml": lines})


def _code(project: Project, outline: FrameworkOutline, category: str, code: str | None) -> str:
    prefixes = {each.id: each.code for each in outline.categories}
    if category not in prefixes:
        raise UsageError(f"--category: no category “{category}”. Allowed: {', '.join(prefixes)}.")
    prefix = prefixes[category]
    taken = {path.stem.upper() for path in (project.content / "actions").glob("*.yaml")}
    numbers = [int(found[1]) for stem in taken if (found := re.fullmatch(rf"{prefix}([0-9]+)", stem))]
    code = (code or f"{prefix}{max(numbers, default=0) + 1}").upper()
    if not re.fullmatch(rf"{prefix}[0-9]{{1,3}}", code):
        raise UsageError(f"--code: “{code}” does not suit; codes of {category} are {prefix} and a number, to 999.")
    if code in taken:
        raise UsageError(f"--code: there is an action {code} already, in content/actions/{code}.yaml.")
    return code


def _lines(outline: FrameworkOutline, category: str, code: str, title: Words) -> Iterator[str]:
    languages = tuple(outline.languages)
    yield entry("code", code)
    yield entry("category", category)
    yield from texts("title", title, languages)
    yield f"# If there is a picture, content/pictograms/{code}.svg: what it shows. Take the “# ” off then."
    yield from (f"# {line}" for line in texts("pictogram", {}, languages))
    for column, label in outline.columns:
        yield from _column(column, label, languages)


def _column(column: Column, label: str, languages: tuple[str, ...]) -> Iterator[str]:
    """The lines of a column without a value, after a comment that says what may stand there."""
    empty = [f"    {language}:" for language in languages]
    match column:
        case TextColumn():
            yield f"# {label}: a text."
            yield from texts(column.id, {}, languages)
        case ListColumn():
            yield f"# {label}: a list of texts, each after a hyphen; one or more."
            yield f"{column.id}:"
            yield f"  - {empty[0].strip()}"
            yield from empty[1:]
        case PeopleColumn():
            yield f"# {label}: a list. Sectors: {', '.join(sector.id for sector in column.sectors)}."
            yield "# Besides, in each item, if they are known: role (a text) and people (a number, or two as in 10-30)."
            yield f"{column.id}:"
            yield "  - sectors: []"
        case ScaleColumn():
            yield f"# {label}: {_allowed(column)}."
            yield entry(column.id, UNSTATED)


def _allowed(scale: ScaleColumn[Text]) -> str:
    steps = ", ".join(scale.step_ids)
    several = f", several as in [{', '.join(scale.step_ids[:2])}], {ANY}" if scale.several else ""
    return f"{steps}{several}, or {UNSTATED}"
