"""All strings of a project as its files have them, those too that lack a translation and so could not be loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit_builder.catalogue.characters import MAXIMUM_PAGE, doubt
from toolkit_builder.catalogue.decoding import read_text
from toolkit_builder.catalogue.documents import Data, KeyPath, Origin, RefusedError, SourceDocument, key_text
from toolkit_builder.catalogue.review import (
    FILE,
    PARTNERSHIPS,
    STATES,
    Review,
    Spoken,
    load_review,
    lock_of,
    original_language,
    state_of,
)
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.project import Project

FILES = ("framework.yaml", "labels.yaml", "provisional.yaml")
ACTIONS = "actions"
_SORT_KEYS: KeyPath = ("sort",)
"""Where the file of an action says what its title is sorted by."""
_LOGO: KeyPath = ("logo", "file")
"""Where that of a partnership names a file in each language."""


@dataclass(frozen=True)
class String:
    """A text where it stands: the path of its file, the way to it, and its words by language.

    `pages` are the Markdown files that have the words, by language, where that is so.
    """

    path: Path
    place: KeyPath
    origin: Origin
    words: Mapping[str, str]
    pages: Mapping[str, Path] = field(default_factory=dict)

    def __getitem__(self, language: str) -> str:
        return self.words.get(language, "")

    @property
    def key(self) -> str:
        return str(self.origin)


@dataclass(frozen=True)
class Strings:
    """The strings of a project (or of a partnership in it) by their keys, in the order of the files, to be translated
    from `original`. `lock`: the file of their review, in `content/`.
    """

    spoken: Spoken
    original: str
    all: Mapping[str, String]
    review: Review
    lock: str = FILE

    def state(self, string: String, language: str) -> str:
        """`missing`, or the state of its review."""
        return state_of(self.review, self.spoken, string, language) if string[language] else "missing"

    @property
    def targets(self) -> list[str]:
        """The languages that are translated into."""
        return [language for language in self.spoken.language_ids if language != self.original]

    def file_of(self, code: str) -> str:
        """The file of an action. Raises UsageError if there is none."""
        files = {string.path.stem: string.origin.file for string in self.all.values() if _is_of_action(string)}
        if code not in files:
            raise UsageError(f"--action: no action “{code}”. Allowed: {', '.join(files)}.")
        return files[code]

    def counts(self) -> dict[tuple[str, str], dict[str, int]]:
        """How many strings of each file and language are in each state: every state, files in alphabetical order."""
        counts = Counter(
            (string.origin.file, language, self.state(string, language))
            for string in self.all.values()
            for language in self.targets
        )
        places = sorted({(file, language) for file, language, _ in counts})
        return {place: {state: counts[*place, state] for state in ("missing", *STATES)} for place in places}


def _is_of_partnership(path: Path) -> bool:
    return path.parent.name == PARTNERSHIPS


def _is_of_action(string: String) -> bool:
    return string.path.parent.name == ACTIONS


def read_strings(project: Project, spoken: Spoken, partnership: str = "") -> Strings:
    """Every mapping of the content that has words in the original language; of a partnership, those of its own.

    Raises FaultsError if a file is no YAML (or Markdown) that can be read, UsageError for a partnership that there is
    not.
    """
    original = original_language(spoken)
    lock = lock_of(partnership)
    review = load_review(project, lock)
    faults: list[Fault] = list(review.faults)
    strings: dict[str, String] = {}
    for path in [partnership_file(project, partnership)] if partnership else _files(project):
        document = read_yaml(path, project.file(path), faults)
        for string in _of_file(project, path, document, spoken, original, faults) if document else ():
            strings[string.key] = string
    if any(fault.severity == "error" for fault in faults):
        raise FaultsError(faults)
    return Strings(spoken, original, strings, review, lock)


def partnership_file(project: Project, partnership: str) -> Path:
    """The file of a partnership. Raises UsageError, with those that there are, if there is none."""
    folder = project.content / PARTNERSHIPS
    known = sorted(path.stem for path in folder.glob("*.yaml") if not path.name.startswith("."))
    if partnership not in known:
        raise UsageError(f"--partnership: no partnership “{partnership}”. There are: {', '.join(known) or '(none)'}.")
    return folder / f"{partnership}.yaml"


def _files(project: Project) -> list[Path]:
    actions = sorted((project.content / ACTIONS).glob("*.yaml"))
    return [path for path in [*(project.content / name for name in FILES), *actions] if path.exists()]


def _of_file(
    project: Project, path: Path, document: SourceDocument, spoken: Spoken, original: str, faults: list[Fault]
) -> Iterator[String]:
    for place, words in _within(document.data, (), spoken.language_ids, original):
        origin = Origin(project.file(path), key_text(place))
        if _names_a_page(path, place):
            pages = {language: path.parent / name for language, name in words.items()}
            texts = {language: _page(project, page, faults) for language, page in pages.items()}
            yield String(path, place, origin, texts, pages)
        elif not _is_no_text(path, place):
            yield String(path, place, origin, words)


def _names_a_page(path: Path, place: KeyPath) -> bool:
    """Whether the words at a place are names of Markdown files, which have the text."""
    return _is_of_partnership(path) and place[:1] == ("pages",) and place[-1] == "file"


def _is_no_text(path: Path, place: KeyPath) -> bool:
    """Whether the words at a place are read by nobody. A label may be called as these are: the place tells, and not
    the name alone.
    """
    known = {PARTNERSHIPS: _LOGO, ACTIONS: _SORT_KEYS}
    return place == known.get(path.parent.name)


def _page(project: Project, path: Path, faults: list[Fault]) -> str:
    """What a Markdown file says; nothing if it is still to be written."""
    if not path.exists():
        return ""
    name = project.file(path)
    try:
        text = read_text(path).replace("\r\n", "\n").strip()
    except RefusedError as refused:
        faults.append(Fault(name, refused.position.line, refused.position.column, "", refused.message))
        return ""
    if said := doubt(text, MAXIMUM_PAGE):
        faults.append(Fault(name, 1, 1, "", said))
    return text


def _within(
    data: Data, place: KeyPath, languages: tuple[str, ...], original: str
) -> Iterator[tuple[KeyPath, dict[str, str]]]:
    if isinstance(data, dict):
        words = {language: value.strip() for language, value in data.items() if isinstance(value, str)}
        if words.get(original) and set(data) <= set(languages):
            yield place, words
        else:
            for key, value in data.items():
                yield from _within(value, (*place, key), languages, original)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _within(value, (*place, number), languages, original)
