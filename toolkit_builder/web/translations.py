"""The texts of a project as translators see them: in which state each is, which are looked for, what becomes of them.

All that changes something is done by `exchange`, as the command `translate` does it: a translation that is edited here
is one that comes back in a translator's file of one text.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit_builder.catalogue.loading import load, load_languages
from toolkit_builder.catalogue.review import ACCEPTED, PARTNERSHIPS, STATES, digest
from toolkit_builder.errors import UsageError
from toolkit_builder.exchange import formats
from toolkit_builder.exchange.accepting import accept_partnership, accept_texts
from toolkit_builder.exchange.importing import Imported, import_contents, import_file
from toolkit_builder.exchange.returning import Contents, Exported, Returned, exported
from toolkit_builder.exchange.strings import ACTIONS, String, Strings, read_strings
from toolkit_builder.exchange.units import job, most_characters
from toolkit_builder.project import MARK, Project
from toolkit_builder.web.drafts import writing

TEXT_STATES = ("missing", *STATES)
SAVED_AS = ("draft", *ACCEPTED)
"""What a text can be saved as."""
ONLY = ("all", "missing", "stale", "draft")
"""Which texts can be exported."""
UPLOADED = "texts"
"""What a translator's file is called here, with the ending of its format: what was sent has no say in it."""


class BehindError(Exception):
    """A text is another than the form began with: somebody has changed it, or its original, meanwhile."""


@dataclass(frozen=True)
class TextPair:
    """A text with its translation into a language. `original`: the language that it is translated from."""

    string: String
    original: str
    language: str
    state: str

    @property
    def id(self) -> str:
        """What addresses call it; its key looks like a path."""
        return digest(self.string.key)

    @property
    def key(self) -> str:
        return self.string.key

    @property
    def place(self) -> str:
        """Where it stands in its file."""
        return self.string.origin.key

    @property
    def source(self) -> str:
        return self.string[self.original]

    @property
    def target(self) -> str:
        return self.string[self.language]

    @property
    def mark(self) -> str:
        """What a form brings back, so that it can be seen whether it is about the text as it is now."""
        return str(Exported(self.state, digest(self.source), digest(self.target)))

    @property
    def code(self) -> str:
        """The action that it is about; empty if it is about none."""
        if self.string.path.parent.name == ACTIONS:
            return self.string.path.stem
        place = self.string.place
        return str(place[1]) if self.string.path.parent.name == PARTNERSHIPS and place[0] == ACTIONS else ""

    @property
    def most(self) -> int | None:
        """How many characters a translation may have, as translators are told; None if none is said."""
        return most_characters(self.source)

    def is_as(self, mark: str) -> bool:
        """Whether both its texts are those of a form."""
        began = exported(mark)
        return began is not None and (began.original, began.translation) == (digest(self.source), digest(self.target))

    def has_original_of(self, mark: str) -> bool:
        """Whether its original is that of a form."""
        began = exported(mark)
        return began is not None and began.original == digest(self.source)

    def returned(self, words: str, state: str) -> Returned:
        """As a translator's file would bring it back."""
        return Returned("", self.key, self.source, words, state)


@dataclass(frozen=True)
class TextFilters:
    """Which texts are looked for; empty: all. `file` is one of those that there are, as messages call it."""

    state: str = ""
    file: str = ""
    words: str = ""

    def takes(self, text: TextPair, *, in_any_state: bool = False) -> bool:
        words = self.words.casefold()
        return (
            (in_any_state or self.state in ("", text.state))
            and self.file in ("", text.string.origin.file)
            and (words in text.source.casefold() or words in text.target.casefold() or words in text.key.casefold())
        )


@dataclass(frozen=True)
class TranslationDesk:
    """The texts of a project, or of a partnership in it, with their translations into a language (the first that is
    translated into, if none is named).
    """

    project: Project
    partnership: str = ""
    asked: str = ""

    @cached_property
    def strings(self) -> Strings:
        """Raises FaultsError if a file cannot be read."""
        return read_strings(self.project, load_languages(self.project), self.partnership)

    @cached_property
    def language(self) -> str:
        targets = self.strings.targets
        return self.asked if self.asked in targets else next(iter(targets), "")

    @cached_property
    def texts(self) -> tuple[TextPair, ...]:
        """All of them, in the order of the files; none if the framework has one language."""
        strings, language = self.strings, self.language
        return tuple(
            TextPair(string, strings.original, language, strings.state(string, language))
            for string in strings.all.values()
            if language
        )

    @property
    def files(self) -> tuple[str, ...]:
        """The files that have texts, as messages call them."""
        return tuple(dict.fromkeys(text.string.origin.file for text in self.texts))

    def find(self, text_id: str) -> TextPair:
        """A text as it is now. Raises KeyError if there is none."""
        return {text.id: text for text in self.texts}[text_id]

    def chosen(self, filters: TextFilters) -> list[TextPair]:
        return [text for text in self.texts if filters.takes(text)]

    def counts(self, filters: TextFilters) -> dict[str, int]:
        """How many texts are in each state, of those that are looked for in any."""
        found = Counter(text.state for text in self.texts if filters.takes(text, in_any_state=True))
        return {state: found[state] for state in TEXT_STATES}

    # -- what changes something ----------------------------------------------------------------------------------------

    def save(self, text_id: str, mark: str, words: str, state: str, by: str) -> bool:
        """Write a translation, or record that it was accepted; whether there was anything to change.

        Raises BehindError if somebody has changed the text meanwhile, FaultsError if it cannot be used (nothing is
        written then), UsageError for a name that no lock can hold.
        """
        with writing:
            text = {text.id: text for text in self._anew().texts}.get(text_id)
            if text is None:
                raise BehindError
            is_settled = words == text.target and text.has_original_of(mark)  # both have written the same
            if not text.is_as(mark) and not is_settled:
                raise BehindError
            if words != text.target:
                return bool(self._put(self.project, text, words, state, by).keys)
            if state not in ACCEPTED or state == text.state:
                return False
            return bool(self._accept([text.key], state, by))

    def accept(self, marks: Mapping[str, str], state: str, by: str) -> tuple[int, int]:
        """Accept texts as they stand, by their ids with the marks of a form; how many were, and how many were not since
        they have changed meanwhile.

        Raises FaultsError if the project cannot be read, UsageError for a name that no lock can hold.
        """
        with writing:
            now = {text.id: text for text in self._anew().texts}
            same = [now[each].key for each, mark in marks.items() if each in now and now[each].is_as(mark)]
            count = self._accept(same, state, by) if same else 0
        return count, len(marks) - len(same)

    def take(self, data: bytes, ending: str, folder: Path, by: str, *, allow_stale: bool, force: bool) -> Imported:
        """Import a translator's file. `ending`: of its format; `folder`: where it may lie meanwhile.

        Raises FaultsError, naming all that cannot be used; nothing is written then.
        """
        path = folder / f"{UPLOADED}{ending}"
        path.write_bytes(data)
        with writing:
            return import_file(self.project, path, allow_stale=allow_stale, force=force, by=by)

    def tried(self, text: TextPair, words: str, folder: Path) -> Project:
        """The project as it would be with other words for a text; itself, if these are the words that it has. `folder`:
        where a copy may lie.

        Raises FaultsError if they cannot be used.
        """
        if not words or words == text.target:
            return self.project
        copy = TriedProject(folder, self.project)
        _copy(self.project.content, copy.content)
        self._put(copy, text, words, "draft", "")
        return copy

    def _put(self, project: Project, text: TextPair, words: str, state: str, by: str) -> Imported:
        contents = Contents(text.original, text.language, [text.returned(words, state)])
        return import_contents(project, contents, Path(text.string.path.name), force=True, by=by)

    def _accept(self, keys: Sequence[str], state: str, by: str) -> int:
        how = {"language": self.language, "state": state, "by": by}
        if self.partnership:
            return accept_partnership(self.project, self.partnership, keys=keys, **how)
        return accept_texts(self.project, load(self.project), keys=keys, **how)

    def _anew(self) -> TranslationDesk:
        return TranslationDesk(self.project, self.partnership, self.asked)

    # -- what goes out -------------------------------------------------------------------------------------------------

    def exported(self, form: str, only: str, files: Iterable[str]) -> tuple[str, bytes]:
        """A translator's file, with the name that the command gives it; no bytes if there is nothing to translate.

        Raises MachineError if the packages for it are not installed.
        """
        work = job(self.strings, self.language, only, [*files])
        whose = f"{self.partnership}." if self.partnership else ""
        name = f"texts.{whose}{work.original}-{work.language}{formats.ENDINGS[form]}"
        return name, formats.write(work, form) if work.units else b""


@dataclass(frozen=True)
class TriedProject(Project):
    """A copy of a project's content, with the layouts and styles of the project."""

    of: Project

    @property
    def layouts(self) -> tuple[Path, ...]:
        return self.of.layouts

    @property
    def styles(self) -> tuple[Path, ...]:
        return self.of.styles


def own_copy(project: Project, folder: Path) -> Project:
    """The content of a project in a folder, copied once, without its partnerships: what may be changed in its place."""
    copy = Project(folder)
    if not (folder / MARK).exists():
        last = project.content / MARK.name  # when it is there, all is
        for path in sorted(project.content.rglob("*"), key=lambda path: path == last):
            name = path.relative_to(project.content)
            if name.parts[0] != PARTNERSHIPS and path.is_file():
                _put_file(path, copy.content / name)
    return copy


def known_ending(name: str) -> str:
    """The ending of a translator's file, if it is one of a format that is known; otherwise empty."""
    wanted = Path(name).suffix.lower()
    return next((known for known in formats.KNOWN_ENDINGS if known == wanted), "")


def without_option(error: UsageError) -> str:
    """What is wrong with the name of whoever accepts, without the option of the command."""
    return error.message.removeprefix("--by: ")


def _copy(source: Path, target: Path) -> None:
    """Make a folder the same as another, and leave alone what is the same already."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    there = {path.relative_to(target) for path in target.rglob("*") if path.is_file()} if target.exists() else set()
    for name in there - wanted:
        (target / name).unlink()
    for name in wanted:
        if name not in there or (target / name).read_bytes() != (source / name).read_bytes():
            _put_file(source / name, target / name)


def _put_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
