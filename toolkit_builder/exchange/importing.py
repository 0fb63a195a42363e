"""Takes translations back: nothing is written unless every unit of the file can be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.characters import doubt, seen
from toolkit_builder.catalogue.loading import load_languages
from toolkit_builder.catalogue.markdown import outline
from toolkit_builder.catalogue.review import PARTNERSHIPS, digest, reviewer
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.exchange import formats, writing
from toolkit_builder.exchange.returning import Contents, Returned
from toolkit_builder.exchange.strings import String, Strings, read_strings
from toolkit_builder.exchange.taking import Taken, decide, is_current, is_untouched, plain_spaces
from toolkit_builder.exchange.units import most_characters
from toolkit_builder.project import Project
from toolkit_builder.proofreading.letters import Letters
from toolkit_builder.proofreading.pairs import COUNTS

_PLACEHOLDER = re.compile(r"\{\{?[^{}]*\}?\}|%\([^()%]*\)s|%s")
_PARTNERSHIP = re.compile(rf"content/{PARTNERSHIPS}/([^/#]+)\.yaml#")


@dataclass(frozen=True)
class Imported:
    """What an import changed: texts by their keys, and how many of them are stale. `left` are those that were not
    taken, with the reason; `notes` what is doubtful in the file.
    """

    keys: tuple[str, ...]
    stale: int
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def import_file(
    project: Project, path: Path, *, allow_stale: bool = False, force: bool = False, by: str = ""
) -> Imported:
    """Put the translations of a file into the project's YAML and Markdown files, and record their state.

    A draft does not take the place of what was accepted, nor words of what was changed since the export, unless
    `force`. Raises FaultsError, naming every unit that cannot be used; nothing is written then.
    """
    reviewer(by)  # before the file is looked at: it may be a name that no lock can hold
    return import_contents(project, formats.read(path), path, allow_stale=allow_stale, force=force, by=by)


def import_contents(
    project: Project, contents: Contents, path: Path, *, allow_stale: bool = False, force: bool = False, by: str = ""
) -> Imported:
    """The same with translations that were read already, or written elsewhere. `path`: what they stand in, for faults.

    Raises UsageError for a name that no lock can hold.
    """
    reviewer(by)
    strings = read_strings(project, load_languages(project), _partnership(project, contents, path))
    language = _language(strings, contents, path)
    units = [plain_spaces(unit, _now(strings, unit, language)) for unit in contents.units]
    wrong = [*_faults(strings, units, language, allow_stale=allow_stale)]
    wrong += _unprintable(Letters(project, strings.spoken), units, language)
    faults = [Fault(path.name, 0, 0, f"{unit.place}", message) for unit, message in wrong]
    if faults:
        raise FaultsError(faults)
    wanted = [(strings.all[unit.key], unit) for unit in units if unit.target.strip() and unit.key in strings.all]
    taken = [(string, unit, decide(strings, string, unit, language, force=force)) for string, unit in wanted]
    notes = (*_notes(contents, units), *_too_long(unit for _, unit, how in taken if how.words))
    return _put(project, strings, taken, language, by, notes)


def _put(
    project: Project,
    strings: Strings,
    taken: list[tuple[String, Returned, Taken]],
    language: str,
    by: str,
    notes: tuple[str, ...],
) -> Imported:
    changed = [(string, unit) for string, unit, how in taken if how.words]
    stale = [(string, unit) for string, unit in changed if not is_current(unit, string[strings.original])]
    finished = [(string, unit) for string, unit, how in taken if how.state]
    accepted = [*finished, *(pair for pair in stale if pair not in finished)]
    writing.write(project, strings, changed, accepted, language, by)
    keys = dict.fromkeys(string.key for string, _ in [*changed, *finished])
    left = tuple(f"{string.key}: {how.left}" for string, _, how in taken if how.left)
    count = sum(not is_current(unit, string[strings.original]) for string, unit in accepted)
    return Imported(tuple(keys), count, left, notes)


def _notes(contents: Contents, units: list[Returned]) -> tuple[str, ...]:
    return (*contents.notes, *(f"{unit.key}: {note}" for unit in units for note in unit.notes))


def _unprintable(letters: Letters, units: list[Returned], language: str) -> Iterator[tuple[Returned, str]]:
    """Translations with letters that the font of their language does not have."""
    for unit in units:
        if not is_untouched(unit):
            for found in letters.missing(seen(unit.target), language):
                yield unit, f"{unit.key}: {found.message}"


def _too_long(units: Iterable[Returned]) -> Iterator[str]:
    """Translations that are longer than their notes say they may be."""
    for unit in units:
        most, length = most_characters(unit.source), len(unit.target.strip())
        if most and length > most:
            yield f"{unit.key}: {length} characters, where {most} were said to be the most; see whether it fits"


def _now(strings: Strings, unit: Returned, language: str) -> str:
    string = strings.all.get(unit.key)
    return string[language] if string else ""


def _partnership(project: Project, contents: Contents, path: Path) -> str:
    """The partnership that a file's texts are of; empty if they are the catalogue's.

    Raises FaultsError if they are of several, or of one that there is not.
    """
    found = {match[1] if (match := _PARTNERSHIP.match(unit.key)) else "" for unit in contents.units}
    if len(found) > 1:
        named = ", ".join(name or "the catalogue" for name in sorted(found))
        raise formats.refused(path, f"has texts of {named}; import each from a file of its own")
    [name] = found
    if name and not (project.content / PARTNERSHIPS / f"{name}.yaml").is_file():
        raise formats.refused(path, f"has texts of a partnership “{name}” that there is not")
    return name


def _language(strings: Strings, contents: Contents, path: Path) -> str:
    """The language that a file translates into; the first that is translated into if it does not say.

    Raises FaultsError if that, or the language that it translates from, is another than the framework's.
    """
    targets = strings.targets
    if contents.original and not _meant(contents.original, [strings.original]):
        raise formats.refused(path, f"translates from “{contents.original}”, and the original is {strings.original}")
    language = _meant(contents.language, targets) if contents.language else next(iter(targets), None)
    if language is None:
        advice = f"or add “{contents.language}” to “languages” in content/framework.yaml, and import it again"
        known = " or ".join(targets) or "any language"
        raise formats.refused(
            path, f"translates into “{contents.language}”, not into {known}; export it anew, {advice}"
        )
    return language


def _meant(tag: str, languages: Sequence[str]) -> str | None:
    """The language that a tool's tag means: some add a region, `cy-GB` or `cy_GB`."""
    tag = tag.replace("_", "-").lower()
    exact = [language for language in languages if language.lower() == tag]
    return next(
        iter([*exact, *(language for language in languages if language.lower() == tag.partition("-")[0])]), None
    )


def _faults(
    strings: Strings, returned: list[Returned], language: str, *, allow_stale: bool
) -> Iterator[tuple[Returned, str]]:
    seen: Counter[str] = Counter()
    for unit in returned:
        seen[unit.key] += 1
        string = strings.all.get(unit.key)
        if seen[unit.key] > 1:
            yield unit, f"{unit.key} stands in the file twice"
        elif unit.doubt:
            yield unit, f"{unit.key}: {unit.doubt}"
        elif said := doubt(unit.target):
            yield unit, f"{unit.key}: {said}"
        elif is_untouched(unit):  # nothing will be taken of it, whatever became of its text meanwhile
            continue
        elif string is None:
            yield unit, f"no text has the key “{unit.key}”; it was removed, or the key was changed"
        elif not is_current(unit, string[strings.original]) and (said := _stale(strings, string, unit, allow_stale)):
            yield unit, said
        elif unit.target.strip() and unit.target.strip() != string[language]:
            for broken in _broken(unit.source, unit.target):
                yield unit, f"{unit.key}: {broken}"


def _stale(strings: Strings, string: String, unit: Returned, allow_stale: bool) -> str:
    """Why a unit cannot be used whose original is not that of the project; empty if it can."""
    if unit.exported and unit.exported.original == digest(string[strings.original]):
        said = "is not what was exported: a program has split or joined it, or rows were moved"
        return f"{unit.key}: the {strings.original} in the file {said}; put it back, or export it again"
    advice = "export it again, or use --allow-stale"
    return "" if allow_stale else f"{unit.key}: the {strings.original} was changed since the export; {advice}"


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
