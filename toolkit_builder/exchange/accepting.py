"""Records that translations were accepted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import get_args

from toolkit_builder.catalogue.loading import load_languages
from toolkit_builder.catalogue.model import Catalogue, ReviewState
from toolkit_builder.catalogue.review import FILE, Changes, load_review, original_language, reviewer
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import UsageError
from toolkit_builder.exchange.reading_back import replace_checked
from toolkit_builder.exchange.strings import read_strings
from toolkit_builder.exchange.written_form import like
from toolkit_builder.project import Project


def accept_texts(
    project: Project,
    catalogue: Catalogue,
    *,
    codes: Sequence[str] = (),
    files: Sequence[str] = (),
    keys: Collection[str] = (),
    language: str | None = None,
    state: str = "reviewed",
    by: str = "",
) -> int:
    """Record the texts of these actions and files (all, if none are named) in this state; how many they are. `keys`:
    of these only those, by their keys.

    Raises UsageError for an action, a file or a language that there is not.
    """
    reviewer(by)  # before anything is looked for: it may be one that no lock can hold
    wanted = {_file_of(catalogue, code.upper()) for code in codes} | {_known(catalogue, file) for file in files}
    original = original_language(catalogue.framework)
    targets = [known for known in catalogue.framework.language_ids if known != original]
    chosen = _chosen(language, targets)
    as_state: ReviewState = next(known for known in get_args(ReviewState) if known == state)
    changes = Changes(catalogue.framework, list(texts(catalogue)), load_review(project))
    for text in texts(catalogue):
        if (not wanted or text.origin.file in wanted) and (not keys or str(text.origin) in keys):
            for target in chosen:
                changes.record(text, target, as_state, by)
    lock = project.content / FILE
    replace_checked(project, {lock: like(lock, changes.text())})
    return len(changes.records)


def accept_partnership(
    project: Project,
    partnership: str,
    *,
    keys: Collection[str] = (),
    language: str | None = None,
    state: str = "reviewed",
    by: str = "",
) -> int:
    """Record the texts of a partnership in this state, those that there are; how many they are. `keys`: of these only
    those, by their keys.

    Raises UsageError for a partnership or a language that there is not.
    """
    reviewer(by)
    strings = read_strings(project, load_languages(project), partnership)
    as_state: ReviewState = next(known for known in get_args(ReviewState) if known == state)
    changes = Changes(strings.spoken, list(strings.all.values()), strings.review)
    for string in strings.all.values():
        for target in _chosen(language, strings.targets):
            if string[target] and (not keys or string.key in keys):
                changes.record(string, target, as_state, by)
    lock = project.content / strings.lock
    replace_checked(project, {lock: like(lock, changes.text())}, partnership)
    return len(changes.records)


def _chosen(language: str | None, targets: Sequence[str]) -> Sequence[str]:
    """Raises UsageError for a language that is not translated into."""
    if language is not None and language not in targets:
        raise UsageError(f"--language: “{language}” is not translated into. Allowed: {', '.join(targets)}.")
    return [language] if language else targets


def _file_of(catalogue: Catalogue, code: str) -> str:
    files = {action.code: action.file for action in catalogue}
    if code not in files:
        raise UsageError(f"--action: no action “{code}”. Allowed: {', '.join(files)}.")
    return files[code]


def _known(catalogue: Catalogue, file: str) -> str:
    files = dict.fromkeys(text.origin.file for text in texts(catalogue))
    name = file if file in files else f"content/{file}"
    if name not in files:
        raise UsageError(f"--file: no texts in “{file}”. Allowed: {', '.join(files)}.")
    return name
