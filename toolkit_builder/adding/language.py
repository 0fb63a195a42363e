"""A language: one more item under `languages` in `content/framework.yaml`. Its texts come from a translator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit_builder.adding.outline import outline_of
from toolkit_builder.adding.putting import Added, put
from toolkit_builder.adding.yaml_text import entry, with_item
from toolkit_builder.catalogue.loading import FRAMEWORK, load_languages
from toolkit_builder.errors import UsageError, counted
from toolkit_builder.exchange.strings import read_strings
from toolkit_builder.project import Project

SCRIPTS = ("Latn", "Grek", "Cyrl")
"""Those that the styles' font has (ISO 15924)."""


@dataclass(frozen=True)
class NewLanguage:
    """A language that is to be added: its BCP 47 tag. What is empty is taken from CLDR, and from the styles."""

    id: str
    name: str = ""
    direction: str = ""
    font_family: str = ""
    font_file: str = ""


def add_language(project: Project, new: NewLanguage) -> Added:
    """Add a language, last in the order of reading.

    Raises UsageError for one that is there, a tag that is none, or a name that nobody knows and that was not given.
    """
    languages = outline_of(project).languages
    if new.id in languages:
        raise UsageError(f"--id: the framework has “{new.id}” already. It has: {', '.join(languages)}.")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", new.id):
        raise UsageError(f"--id: “{new.id}” is no tag of a language; write one such as pl or pt-BR (BCP 47).")
    if new.font_file and not new.font_family:
        raise UsageError("--font-file goes with --font-family, the name of the font.")
    name, direction, script = _known(new.id)
    if not (new.name or name):
        raise UsageError(f"--name: no name is known of “{new.id}”; give the one that its speakers call it by.")
    lines = [
        entry("id", new.id),
        entry("name", new.name or name),
        entry("direction", new.direction or direction),
        *_font(new),
        "review: draft",
    ]
    path = project.content / FRAMEWORK
    text = with_item(path, project.file(path), "languages", lines)
    added = put(project, {path: text})
    strings = read_strings(project, load_languages(project))
    missing = [string for string in strings.all.values() if not string[new.id]]
    files = len({string.path for string in missing})
    count = f"{counted(len(missing), 'text')} in {counted(files, 'file')}"
    return Added(added.files, tuple(_steps(new, script, count)))


def _font(new: NewLanguage) -> list[str]:
    if not new.font_family:
        return []
    file = [f"  {entry('file', new.font_file)}"] if new.font_file else []
    return ["font:", f"  {entry('family', new.font_family)}", *file]


def _steps(new: NewLanguage, script: str, count: str) -> list[str]:
    steps = [
        f"translate {count}: toolkit-builder translate export --format xlsx --language {new.id}, then translate "
        "import; until all texts are there, only what is in one other language can be made (--language)"
    ]
    if script not in SCRIPTS and not new.font_family:
        steps.append(
            f"a font: the styles' font has no letters of this script ({script or 'unknown'}); name one under “font” in "
            "content/framework.yaml (docs/bilingual.md, “Other languages”)"
        )
    return steps


def _known(tag: str) -> tuple[str, str, str]:
    """What CLDR knows of a language: its name in itself, its direction, its script; empty where it knows none."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return "", "ltr", ""
    likely = str(get_global("likely_subtags").get(locale.language, ""))
    script = locale.script or next((part for part in likely.split("_") if len(part) == 4), "")
    direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
    return locale.get_display_name() or "", direction, script
