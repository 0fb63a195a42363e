"""Takes translations back: nothing is written unless every unit of the file can be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.characters import doubt
from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.catalogue.loading import load_framework
from toolkit_builder.catalogue.markdown import outline
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.catalogue.review import ACCEPTED, FILE, Changes, Review, load_review, reviewer
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.exchange import formats, reading_back
from toolkit_builder.exchange.returning import Contents, Returned
from toolkit_builder.exchange.strings import String, Strings, read_strings
from toolkit_builder.exchange.yaml_writing import with_words
from toolkit_builder.project import Project
from toolkit_builder.proofreading.pairs import COUNTS

_PLACEHOLDER = re.compile(r"\{\{?[^{}]*\}?\}|%\([^()%]*\)s|%s")


@dataclass(frozen=True)
class Imported:
    """What an import changed: texts by their keys, and how many of them are stale."""

    keys: tuple[str, ...]
    stale: int


def import_file(project: Project, path: Path, *, allow_stale: bool = False, by: str = "") -> Imported:
    """Put the translations of a file into the project's YAML files, and record their state.

    Raises FaultsError, naming every unit that cannot be used; nothing is written then.
    """
    reviewer(by)
    strings = read_strings(project, load_framework(project), load_review(project))
    contents = formats.read(path)
    language = _language(strings, contents, path)
    faults = [
        Fault(path.name, 0, 0, f"{unit.place}", message)
        for unit, message in _faults(strings, contents.units, language, allow_stale=allow_stale)
    ]
    if faults:
        raise FaultsError(faults)
    wanted = [(strings.all[unit.key], unit) for unit in contents.units if unit.target.strip()]
    changed = [(string, unit) for string, unit in wanted if unit.target.strip() != string[language]]
    stale = [(string, unit) for string, unit in changed if unit.source.strip() != string[strings.original]]
    finished = [pair for pair in wanted if pair[1].state in ACCEPTED and _is_news(strings, *pair, language)]
    accepted = [*finished, *(pair for pair in stale if pair not in finished)]
    _write(project, strings, changed, accepted, language, by)
    keys = dict.fromkeys(string.key for string, _ in [*changed, *finished])
    return Imported(tuple(keys), sum(unit.source.strip() != string[strings.original] for string, unit in accepted))


def _language(strings: Strings, contents: Contents, path: Path) -> str:
    """The language that a file translates into; the first that is translated into if it does not say.

    Raises FaultsError if that, or the language that it translates from, is another than the framework's.
    """
    targets = [language for language in strings.framework.language_ids if language != strings.original]
    if contents.original and not _meant(contents.original, [strings.original]):
        raise formats.refused(path, f"translates from “{contents.original}”, and the original is {strings.original}")
    language = _meant(contents.language, targets) if contents.language else targets[0]
    if language is None:
        raise formats.refused(path, f"translates into “{contents.language}”, not into {' or '.join(targets)}")
    return language


def _meant(tag: str, languages: Sequence[str]) -> str | None:
    """The language that a tool's tag means: some add a region, `cy-GB` or `cy_GB`."""
    tag = tag.replace("_", "-").lower()
    exact = [language for language in languages if language.lower() == tag]
    return next(
        iter([*exact, *(language for language in languages if language.lower() == tag.partition("-")[0])]), None
    )


def _is_news(strings: Strings, string: String, unit: Returned, language: str) -> bool:
    """Whether a unit that is finished changes its words or its state. Of two acceptances the higher stays."""
    if unit.target.strip() != string[language]:
        return True
    now = strings.state(string, language)
    return now not in ACCEPTED or ACCEPTED.index(unit.state) > ACCEPTED.index(now)


def _faults(
    strings: Strings, returned: list[Returned], language: str, *, allow_stale: bool
) -> Iterator[tuple[Returned, str]]:
    seen: Counter[str] = Counter()
    for unit in returned:
        seen[unit.key] += 1
        string = strings.all.get(unit.key)
        if string is None:
            yield unit, f"no text has the key “{unit.key}”; it was removed, or the key was changed"
        elif seen[unit.key] > 1:
            yield unit, f"{unit.key} stands in the file twice"
        elif unit.source.strip() != string[strings.original] and not allow_stale:
            advice = "export it again, or use --allow-stale"
            yield unit, f"{unit.key}: the {strings.original} was changed since the export; {advice}"
        elif unit.doubt:
            yield unit, f"{unit.key}: {unit.doubt}"
        elif unit.target.strip() and unit.target.strip() != string[language]:
            for doubt in _broken(unit.source, unit.target):
                yield unit, f"{unit.key}: {doubt}"


def _broken(source: str, target: str) -> Iterator[str]:
    """Markup and placeholders that the translation lost or added."""
    here, there = (sorted(_PLACEHOLDER.findall(text)) for text in (target, source))
    if here != there:
        yield f"the placeholders {', '.join(here) or '(none)'} where the original has {', '.join(there) or '(none)'}"
    translated, meant = outline(target), outline(source)
    for what, count in COUNTS.items():
        if count(translated) != count(meant):
            yield f"{count(translated)} {what} where the original has {count(meant)}"
    if target.count("](") != source.count("]("):
        yield f"{target.count('](')} links where the original has {source.count('](')}"
    if target.count("**") % 2:
        yield "“**” without its pair"
    if said := doubt(target):
        yield said


def _files(strings: Strings, changed: list[tuple[String, Returned]], language: str) -> dict[Path, str]:
    """The new texts of the files that change."""
    words: dict[Path, dict[KeyPath, str]] = {}
    names = {}
    for string, unit in changed:
        words.setdefault(string.path, {})[*string.place, language] = unit.target.strip()
        names[string.path] = string.origin.file
    order = strings.framework.language_ids
    return {path: with_words(path, names[path], each, order) for path, each in words.items()}


def _write(
    project: Project,
    strings: Strings,
    changed: list[tuple[String, Returned]],
    accepted: list[tuple[String, Returned]],
    language: str,
    by: str,
) -> None:
    """Write the texts that change, and the lock, all together, once they were read back from a copy.

    Raises FaultsError if the project would have new faults, or a text would be read as other words.
    """
    files = _files(strings, changed, language)
    with reading_back.changed(project, files) as copy:
        catalogue = reading_back.check(project, copy)
        again = read_strings(copy, strings.framework, strings.review) if changed else strings
        faults = [
            Fault(string.origin.file, 0, 0, f"{string.origin.key}.{language}", "would be read as other words")
            for string, unit in changed
            if again.all[string.key][language] != unit.target.strip()
        ]
        if faults:
            raise FaultsError(faults)
    if catalogue and (accepted or (changed and (project.content / FILE).exists())):
        files[project.content / FILE] = _lock(catalogue, load_review(project), accepted, language, by)
    reading_back.replace_checked(project, files)


def _lock(catalogue: Catalogue, review: Review, accepted: list[tuple[String, Returned]], language: str, by: str) -> str:
    """The lock of a catalogue that has the new texts. What was made from another original is stale, whether its
    translator had finished it or not.
    """
    known: dict[str, Text] = {str(text.origin): text for text in texts(catalogue)}
    changes = Changes(catalogue, review)
    for string, unit in accepted:
        state = next((known for known in ACCEPTED if known == unit.state), ACCEPTED[0])
        changes.record(known[string.key], language, state, by, original=unit.source.strip())
    return changes.text()
