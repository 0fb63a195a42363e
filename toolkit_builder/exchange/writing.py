"""Writes translations into a project's files, and its review lock: all together, once they were read back."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import ACCEPTED, PARTNERSHIPS, Changes, Words
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.exchange import reading_back
from toolkit_builder.exchange.returning import Returned
from toolkit_builder.exchange.strings import String, Strings, read_strings
from toolkit_builder.exchange.taking import is_current
from toolkit_builder.exchange.written_form import like
from toolkit_builder.exchange.yaml_writing import with_words
from toolkit_builder.project import Project

Pairs = list[tuple[String, Returned]]


def write(project: Project, strings: Strings, changed: Pairs, accepted: Pairs, language: str, by: str) -> None:
    """Write the texts that change, and the lock with those that are accepted.

    Raises FaultsError if the project would have new faults, or a text would be read as other words.
    """
    files = _files(strings, changed, language)
    partnership = partnership_of(strings)
    with reading_back.changed(project, files, partnership) as copy:
        catalogue = reading_back.check(project, copy, partnership, unfinished=language)
        again = read_strings(copy, strings.spoken, partnership) if changed else strings
        faults = [
            Fault(string.origin.file, 0, 0, f"{string.origin.key}.{language}", "would be read as other words")
            for string, unit in changed
            if again.all[string.key][language] != unit.target.strip()
        ]
        if faults:
            raise FaultsError(faults)
    lock = project.content / strings.lock
    if accepted or (changed and lock.exists()):
        files[lock] = like(lock, _lock(again, catalogue, accepted, language, by))
    reading_back.replace_checked(project, files, partnership, unfinished=language)


def partnership_of(strings: Strings) -> str:
    """The id of the partnership whose strings these are; empty if they are the catalogue's."""
    folder, _, name = strings.lock.rpartition("/")
    return name.partition(".")[0] if folder == PARTNERSHIPS else ""


def lock_texts(strings: Strings, catalogue: Catalogue | None) -> Collection[Words]:
    """What a lock is about: the catalogue's texts; of a partnership, or where that cannot be loaded, all."""
    return list(texts(catalogue)) if catalogue and not partnership_of(strings) else list(strings.all.values())


def _files(strings: Strings, changed: Pairs, language: str) -> dict[Path, str]:
    """The new texts of the files that change."""
    words: dict[Path, dict[KeyPath, str]] = {}
    names, files = {}, {}
    for string, unit in changed:
        if not string.pages:
            words.setdefault(string.path, {})[*string.place, language] = unit.target.strip()
            names[string.path] = string.origin.file
        elif language in string.pages:
            files[string.pages[language]] = like(string.pages[language], f"{unit.target.strip()}\n")
        else:
            advice = f"name a Markdown file for {language} there, then import it again"
            raise FaultsError(
                [Fault(string.origin.file, 0, 0, f"{string.origin.key}.{language}", f"missing; {advice}")]
            )
    order = strings.spoken.language_ids
    return files | {path: with_words(path, names[path], each, order) for path, each in words.items()}


def _lock(strings: Strings, catalogue: Catalogue | None, accepted: Pairs, language: str, by: str) -> str:
    """The lock of a project that has the new texts. What was made from another original is stale, whether its
    translator had finished it or not.
    """
    known = lock_texts(strings, catalogue)
    by_key = {str(text.origin): text for text in known}
    changes = Changes(strings.spoken, known, strings.review)
    for string, unit in accepted:
        state = next((known for known in ACCEPTED if known == unit.state), ACCEPTED[0])
        current = by_key[string.key][strings.original]
        made_from = current if is_current(unit, current) else unit.source.strip()
        changes.record(by_key[string.key], language, state, by, original=made_from)
    return changes.text()
