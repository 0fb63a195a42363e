"""All strings of a project as its files have them, those too that lack a translation and so could not be loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.documents import Data, KeyPath, key_text
from toolkit_builder.catalogue.model import Framework, Origin, Text
from toolkit_builder.catalogue.review import STATES, Review, original_language, state_of
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.project import Project

FILES = ("framework.yaml", "labels.yaml", "provisional.yaml")


@dataclass(frozen=True)
class String:
    """A text where it stands: the path of its file, the way to it, and its words by language."""

    path: Path
    place: KeyPath
    origin: Origin
    words: Mapping[str, str]

    def __getitem__(self, language: str) -> str:
        return self.words.get(language, "")

    @property
    def key(self) -> str:
        return str(self.origin)


@dataclass(frozen=True)
class Strings:
    """The strings of a project by their keys, in the order of the files, to be translated from `original`."""

    framework: Framework[Text]
    original: str
    all: Mapping[str, String]
    review: Review

    def state(self, string: String, language: str) -> str:
        """`missing`, or the state of its review."""
        return state_of(self.review, self.framework, string, language) if string[language] else "missing"

    def file_of(self, code: str) -> str:
        """The file of an action. Raises UsageError if there is none."""
        files = {string.path.stem: string.origin.file for string in self.all.values() if _is_of_action(string)}
        if code not in files:
            raise UsageError(f"--action: no action “{code}”. Allowed: {', '.join(files)}.")
        return files[code]

    def counts(self) -> dict[tuple[str, str], dict[str, int]]:
        """How many strings of each file and language are in each state: every state, files in alphabetical order."""
        targets = [language for language in self.framework.language_ids if language != self.original]
        counts = Counter(
            (string.origin.file, language, self.state(string, language))
            for string in self.all.values()
            for language in targets
        )
        places = sorted({(file, language) for file, language, _ in counts})
        return {place: {state: counts[*place, state] for state in ("missing", *STATES)} for place in places}


def _is_of_action(string: String) -> bool:
    return string.path.parent.name == "actions"


def read_strings(project: Project, framework: Framework[Text], review: Review) -> Strings:
    """Every mapping of the content that has words in the original language.

    Raises FaultsError if a file is no YAML that can be read.
    """
    original = original_language(framework)
    faults: list[Fault] = list(review.faults)
    strings: dict[str, String] = {}
    actions = sorted((project.content / "actions").glob("*.yaml"))
    for path in [*(project.content / name for name in FILES), *actions]:
        if not path.exists():
            continue
        document = read_yaml(path, project.file(path), faults)
        for place, words in _within(document.data, (), framework.language_ids, original) if document else ():
            string = String(path, place, Origin(project.file(path), key_text(place)), words)
            strings[string.key] = string
    if any(fault.severity == "error" for fault in faults):
        raise FaultsError(faults)
    return Strings(framework, original, strings, review)


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
