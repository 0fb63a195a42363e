"""Which translations have been accepted: `content/review.lock`, written by this tool, one line a string.

A line has six fields with one space between: the key of the text (file, `#`, key), the language, the state, the hash of
the original that the translation was made from, the hash of the translation, the date, and who accepted it (to the end
of the line). Lines are sorted, with an empty one between, so that changes of two people merge unless they are about the
same string: git takes changes of neighbouring lines for a conflict.

A translation that is not listed, or whose words were changed since, is a draft. One whose original was changed since is
stale. Without the file, `review` in `framework.yaml` speaks for all texts of a language.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from toolkit_builder.catalogue.characters import MAXIMUM_NAME, doubt
from toolkit_builder.catalogue.decoding import read_text, refusal_of
from toolkit_builder.catalogue.documents import Origin, RefusedError
from toolkit_builder.catalogue.model import Catalogue, Language, ReviewState
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import Fault, UsageError
from toolkit_builder.project import Project

FILE = "review.lock"
PARTNERSHIPS = "partnerships"
"""The folder of the files of partnerships, each with a lock of its own beside it."""
ACCEPTED: tuple[ReviewState, ...] = ("translated", "reviewed")
"""What a translation can be accepted as: translated by a professional, or reviewed by a second reader."""
STATES: tuple[ReviewState, ...] = ("draft", "stale", *ACCEPTED)
NOT_PRINTED = "content/provisional.yaml"
"""Reasons for provisional values, which editors read."""
_FIELDS = 7
_DIGEST = re.compile("[0-9a-f]{12}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|-")


@dataclass(frozen=True)
class ReviewRecord:
    """What is recorded of a translation: its state, the hashes of original and translation, when and by whom."""

    state: ReviewState
    original: str
    translation: str
    date: str = "-"
    by: str = "-"


@dataclass(frozen=True)
class Review:
    """The records of a project, by key and language; None if it keeps none."""

    records: Mapping[tuple[str, str], ReviewRecord] | None
    faults: tuple[Fault, ...] = ()


def lock_of(partnership: str) -> str:
    """The file in `content/` that holds the review of a partnership's texts, or of the catalogue's."""
    return f"{PARTNERSHIPS}/{partnership}.{FILE}" if partnership else FILE


def load_review(project: Project, file: str = FILE) -> Review:
    """A review lock of a project (that of its catalogue, or one beside a partnership's file), and every line of it
    that cannot be read.
    """
    path = project.content / file
    if not os.path.lexists(path):
        return Review(None)
    name = f"content/{file}"
    try:
        lines = read_text(path).splitlines()
    except RefusedError as refused:
        return Review({}, (refusal_of(name, refused),))
    records: dict[tuple[str, str], ReviewRecord] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            faults.append(Fault(name, number, 1, "", "two changes that were not merged; keep one line of each string"))
            continue
        read = _read(line)
        if read is None:
            message = "not a line of a review lock; restore it, or remove it and accept the text again"
            faults.append(Fault(name, number, 1, "", message))
        elif read[0] in records:
            message = "the string stands here twice; keep one of the lines"
            faults.append(Fault(name, number, 1, ".".join(read[0]), message))
        else:
            records[read[0]] = read[1]
    return Review(records, tuple(faults))


def _read(line: str) -> tuple[tuple[str, str], ReviewRecord] | None:
    """The key and language of a line, and its record; None if it is no such line. Its fields are taken apart at their
    spaces and looked at one by one, so that no line takes longer than it is long.
    """
    fields = line.split(" ", _FIELDS - 1)
    if len(fields) < _FIELDS or not all(fields):
        return None
    key, language, state, original, translation, date, by = fields
    file, mark, place = key.partition("#")
    is_known = state in STATES and state != "stale" and bool(file and mark and place)
    if not (is_known and _DATE.fullmatch(date) and all(map(_DIGEST.fullmatch, (original, translation)))):
        return None
    return (key, language), ReviewRecord(state, original, translation, date, by)  # type: ignore[arg-type]


def reviewer(name: str) -> str:
    """A name as the lock has it, on one line; `-` for nobody. Raises UsageError if it cannot stand there."""
    said = doubt(name, MAXIMUM_NAME)
    if said:
        raise UsageError(f"--by: {said}.")
    return " ".join(name.split()) or "-"


class Spoken(Protocol):
    """What has languages: a framework, or what is known of one that has faults."""

    @property
    def languages(self) -> tuple[Language, ...]: ...

    @property
    def language_ids(self) -> tuple[str, ...]: ...

    def language(self, language_id: str, /) -> Language: ...


def original_language(framework: Spoken) -> str:
    """The language that texts are translated from: the one whose review is `original`, or the last."""
    languages = framework.languages
    return next((language.id for language in languages if language.review == "original"), languages[-1].id)


class Words(Protocol):
    """A text in several languages that knows where it stands: a `Text`, or what a file has of one."""

    @property
    def origin(self) -> Origin: ...

    def __getitem__(self, language: str, /) -> str: ...


W = TypeVar("W", bound=Words)


def states(catalogue: Catalogue, review: Review) -> dict[str, ReviewState]:
    """The state of every translation, by `FILE#KEY.LANGUAGE`."""
    framework = catalogue.framework
    original = original_language(framework)
    return {
        f"{text.origin}.{language}": state_of(review, framework, text, language)
        for text in texts(catalogue)
        for language in framework.language_ids
        if language != original
    }


def state_of(review: Review, framework: Spoken, text: Words, language: str) -> ReviewState:
    """The state of a text's translation."""
    if review.records is None:
        return "draft" if framework.language(language).review == "draft" else "reviewed"
    record = review.records.get((str(text.origin), language))
    if record is None or record.state == "draft" or record.translation != digest(text[language]):
        return "draft"
    return record.state if record.original == digest(text[original_language(framework)]) else "stale"


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]


# -- changing it -------------------------------------------------------------------------------------------------------


@dataclass
class Changes:
    """New records, to be written over those that are there. `texts`: all that the lock is about."""

    framework: Spoken
    texts: Collection[Words]
    review: Review
    records: dict[tuple[str, str], ReviewRecord] = field(default_factory=dict)

    def record(self, text: Words, language: str, state: ReviewState, by: str, *, original: str | None = None) -> None:
        """Record a translation as it stands. `original`: what it was made from, if not what stands there now."""
        source = original if original is not None else text[original_language(self.framework)]
        date = datetime.datetime.now(datetime.UTC).date().isoformat()
        self.records[str(text.origin), language] = ReviewRecord(
            state, digest(source), digest(text[language]), date, reviewer(by)
        )

    def text(self) -> str:
        """The whole lock: every translation that there is, those without a record as drafts."""
        original = original_language(self.framework)
        old = self.review.records or {}
        lines = []
        for text in self.texts:
            for language in self.framework.language_ids:
                key = (str(text.origin), language)
                if language != original and text[language]:
                    record = self.records.get(key) or old.get(key) or self._first(text, language, original)
                    lines.append(_line(key, record))
        return "\n".join(f"{line}\n" for line in sorted(lines))

    def _first(self, text: Words, language: str, original: str) -> ReviewRecord:
        """What a string without a record is taken for."""
        is_reviewed = self.review.records is None and self.framework.language(language).review == "reviewed"
        return ReviewRecord("reviewed" if is_reviewed else "draft", digest(text[original]), digest(text[language]))


def _line(key: tuple[str, str], record: ReviewRecord) -> str:
    return " ".join([*key, record.state, record.original, record.translation, record.date, record.by])


# -- what is said of it ------------------------------------------------------------------------------------------------


def behind(framework: Spoken, texts: Iterable[W], review: Review, folder: str = "") -> Iterator[tuple[W, str, str]]:
    """The translations whose original was changed since they were accepted, or, of drafts, while they stayed as they
    are recorded: one was changed and the other forgotten. The text, the language, and what to say of it.

    `folder`: what the lock has before the origins of texts.
    """
    original = original_language(framework)
    for text in texts:
        for language in framework.language_ids:
            record = (review.records or {}).get((f"{folder}{text.origin}", language))
            if record is None or language == original or record.translation != digest(text[language]):
                continue
            if record.original == digest(text[original]):
                continue
            if record.state == "draft":
                changed = f"the {_name(framework, original)} was changed since the {_name(framework, language)}"
                said = f"{changed} was written; change that too, or accept it as it is (translate accept)"
            else:
                said = "the original was changed after this was accepted; look at it again"
            yield text, language, said


def _name(framework: Spoken, language: str) -> str:
    return framework.language(language).name


def unreviewed(catalogue: Catalogue, codes: Iterable[str], languages: Iterable[str]) -> list[Fault]:
    """An error for each text in these languages that is not reviewed, of these actions and of what all share."""
    printed, chosen = printed_with(catalogue, codes), set(languages)
    found = (
        _at(catalogue, key, f"is {state}, and only reviewed texts are asked for")
        for key, state in catalogue.review.items()
        if state != "reviewed"
    )
    return [fault for fault in found if fault.where.rpartition(".")[2] in chosen and printed(fault.file)]


def printed_with(catalogue: Catalogue, codes: Iterable[str]) -> Callable[[str], bool]:
    """Whether a document about these actions may print the texts of a file: their own, and what all share."""
    others = {action.file for action in catalogue if action.code not in set(codes)}
    return lambda file: file not in others and not file.endswith(NOT_PRINTED)


def _at(catalogue: Catalogue, key: str, message: str) -> Fault:
    """A fault at the place of a text in a language, `FILE#KEY.LANGUAGE`."""
    file, line, column = catalogue.positions.get(key, (key.partition("#")[0], 0, 0))
    return Fault(file, line, column, key.partition("#")[2], message)
