"""A partnership to fill in: `content/partnerships/ID.yaml`, with its logo. Logo and colours are looked at at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit_builder.adding.colours import check_colour
from toolkit_builder.adding.outline import outline_of
from toolkit_builder.adding.putting import Added, in_lines, make_folder, write
from toolkit_builder.adding.yaml_text import Words, entry, scalar, texts
from toolkit_builder.atomic_files import replace_bytes
from toolkit_builder.catalogue.colours import as_hex
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import FORMS, PARTNERSHIP
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.partnerships.loading import FOLDER, Partnerships
from toolkit_builder.project import Project
from toolkit_builder.regular_files import read_regular

HEAD = "# yaml-language-server: $schema=../../docs/schemas/partnership.schema.json"
MORE = """\

# What else it can say is in docs/partnerships.md: web, foreword, introduction, contact, workshop, products, selection,
# edition, actions, pages.
"""


@dataclass(frozen=True)
class NewPartnership:
    """A partnership that is to be added. `languages`: those of its pack, none for all of the framework."""

    id: str
    name: Words
    short_name: Words = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    logo: Path | None = None
    ground: str = ""
    band: str = ""
    email: str = ""


def add_partnership(project: Project, new: NewPartnership) -> Added:
    """Add a partnership.

    Raises UsageError for an id that is taken or none, a language that there is not, a colour that cannot be seen where
    it is used (with the nearest that can), FaultsError for a logo that is not to be printed.
    """
    outline = outline_of(project)
    languages = new.languages or tuple(outline.languages)
    path = project.content / FOLDER / f"{new.id}.yaml"
    if not re.fullmatch(PARTNERSHIP, new.id):
        raise UsageError(f"--id: “{new.id}” cannot be the id of a partnership; write {FORMS[PARTNERSHIP]}.")
    if path.exists():
        raise UsageError(f"--id: there is a partnership “{new.id}” already, in {project.file(path)}.")
    outline.check_languages("--language", dict.fromkeys(languages, ""))
    outline.check_languages("--name", new.name)
    outline.check_languages("--short-name", new.short_name)
    _check_colours({"ground": new.ground, "band": new.band})
    warnings = logo_doubts(new.logo) if new.logo else []
    logo = _copied(new.logo, path.parent / new.id) if new.logo else None
    write({path: "\n".join([HEAD, *_lines(new, languages), MORE])})
    return Added((path, *([logo] if logo else [])), (*_left(project, new.id), *warnings))


def _check_colours(colours: Mapping[str, str]) -> None:
    """Raises UsageError with all that is wrong with the colours, by their options."""
    wrong = []
    for option, colour in colours.items():
        try:
            if colour:
                check_colour(option, colour)
        except UsageError as error:
            wrong.append(error.message)
    if wrong:
        raise UsageError("\n".join(wrong))


def _copied(logo: Path, folder: Path) -> Path:
    """The logo in the folder of the partnership. Raises UsageError if there is another of its name."""
    target = folder / logo.name
    data = read_regular(logo)
    if target.exists() and target.read_bytes() != data:
        raise UsageError(f"--logo: there is another {target} already; rename one of them.")
    make_folder(folder)
    replace_bytes(target, data)
    return target


def logo_doubts(logo: Path) -> list[str]:
    """What is doubtful about a logo. Raises FaultsError if it is not to be printed."""
    from toolkit_builder.partnerships.logos import read_logo  # slow to import

    try:
        doubt = read_logo(logo).doubt
    except RefusedError as refused:
        raise FaultsError([Fault(str(logo), 0, 0, "logo", refused.message)]) from None
    return [f"the logo: {logo.name} {doubt}"] if doubt else []


def _lines(new: NewPartnership, languages: tuple[str, ...]) -> Iterator[str]:
    yield from texts("name", new.name, languages)
    if new.short_name:
        yield from texts("short_name", new.short_name, languages)
    if new.logo:
        yield "logo:"
        yield f"  file: {scalar(f'{new.id}/{new.logo.name}')}"
        yield "  # What somebody who does not see it is told:"
        yield from (f"  {line}" for line in texts("alternative", new.name, languages))
    if new.ground or new.band:
        yield "colours:"
        colours = {"ground": as_hex(new.ground), "band": as_hex(new.band)}
        yield from (f'  {key}: "{value}"' for key, value in colours.items() if value)
    if new.email:
        yield "contact:"
        yield f"  {entry('email', new.email)}"
    if new.languages:
        yield f"edition: {{languages: [{', '.join(languages)}]}}"


def _left(project: Project, partnership: str) -> list[str]:
    try:
        catalogue = load(project)
    except FaultsError:
        return ["what is wrong with the catalogue already: toolkit-builder check"]
    try:
        Partnerships(project, catalogue).load(partnership)
    except FaultsError as error:
        return in_lines(error.faults)
    return []
