"""A partnership as somebody is changing it: kept in the session, looked at as it stands, and put into the project when
it is right. Two people may change one: the second is told what the first has changed, and loses nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import msgspec
import yaml

from toolkit_builder.adding.putting import make_folder
from toolkit_builder.atomic_files import replace_bytes, replace_files
from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.exchange.yaml_writing import with_values
from toolkit_builder.partnerships.logos import read_logo
from toolkit_builder.partnerships.pictures import is_picture
from toolkit_builder.regular_files import read_regular
from toolkit_builder.web.library import Reading
from toolkit_builder.web.own_pages import NEW, OwnPages, own_pages_of
from toolkit_builder.web.partnership_choices import choices_of
from toolkit_builder.web.partnership_form import PartnershipForm, Values, files_named, form_of, logo_files, merged
from toolkit_builder.web.shelf import Shelf

NO_LOGOS: Mapping[str, bytes] = MappingProxyType({})
NO_FILES: Mapping[str, str] = MappingProxyType({})
writing = threading.Lock()
"""Between looking whether a file is as it was and writing it, nobody else writes."""


@dataclass(frozen=True)
class PartnershipDraft:
    """A partnership as it is being changed. `path`: its file in the session; `base`: the digest of the file that it
    began with; `theirs`: what another has made meanwhile of fields that were changed here too; `is_behind`: whether
    another has changed anything; `is_pending`: whether it says anything that is not in its place yet; `logos_kept`: the
    languages of logos that were sent and are not, the empty one for all.
    """

    id: str
    path: Path
    values: Values
    base: str
    faults: tuple[Fault, ...] = ()
    theirs: Mapping[str, str] = field(default_factory=dict)
    is_behind: bool = False
    is_pending: bool = False
    logos_kept: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity == "error")


@dataclass(frozen=True)
class Desk:
    """Where a session changes partnerships: `folder` is its own, for what is not in its place yet."""

    reading: Reading
    shelf: Shelf
    folder: Path

    @property
    def form(self) -> PartnershipForm:
        return form_of(self.reading.catalogue, choices_of(self.reading.catalogue, self.reading.products.sound))

    @property
    def pages(self) -> OwnPages:
        return own_pages_of(self.reading.catalogue)

    def opened(self, partnership: str) -> PartnershipDraft:
        """A partnership as its form was left, or else as its file has it now.

        Raises KeyError if there is none, FaultsError if it is no YAML.
        """
        if self.is_pending(partnership):
            draft = self.changed(partnership, msgspec.json.decode(self._pending(partnership).read_bytes(), type=Values))
            if draft.is_pending:  # else a look that took longer than saving left behind what is in its place by now
                return draft
        text, values = self._now(partnership)
        self._keep_base(partnership, text, values)
        self._forget_logo(partnership)
        return self._draft(partnership, text, values, _digest(text, values))

    def changed(
        self, partnership: str, sent: Mapping[str, str], logos: Mapping[str, bytes] = NO_LOGOS
    ) -> PartnershipDraft:
        """A partnership with what a form says of it, merged with what its file has become meanwhile. `logos`: those
        that were sent with it, by language; the empty one is for all.

        Raises KeyError if there is none.
        """
        form, (now, theirs) = self.form, self._now(partnership)
        before = self._base(partnership, sent.get("base", "")) or theirs
        mine = form.sent(sent, before)
        both, clashes = merged(before, mine, theirs)
        values = {**theirs, **both}
        text = form.written(now, values)
        text, files = self.pages.written(text, self.shelf.files[partnership].parent, values, partnership)
        self._keep_base(partnership, now, theirs)
        refused: list[Fault] = []
        if logos.get(""):
            self._forget_logo(partnership)  # those that were for one language, too
        for language in ("", *form.languages):
            if kept := logos.get(language) or self._kept_logo(partnership, language):
                text, found = self._with_logo(partnership, text, kept, language)
                refused += found
        made = self._draft(partnership, text, values, _digest(now, theirs), refused, files)
        kept_logos = tuple(each for each in ("", *form.languages) if self._kept(partnership, each).exists())
        is_pending = bool(kept_logos) or any(_said(name, values) != _said(name, theirs) for name in values)
        self._keep_pending(partnership, {**values, "base": sent.get("base", "")} if is_pending else {})
        return replace(made, theirs=clashes, is_behind=before != theirs, is_pending=is_pending, logos_kept=kept_logos)

    def is_pending(self, partnership: str) -> bool:
        """Whether a form of it was left with something that is not in its place yet."""
        return self._pending(partnership).exists()

    def forget(self, partnership: str) -> None:
        """Forget what was filled in and is not in its place yet."""
        self._pending(partnership).unlink(missing_ok=True)
        self._forget_logo(partnership)

    def save(self, draft: PartnershipDraft) -> bool:
        """Put a draft without errors in its place; whether its file was still as it was when the draft was made.

        Raises MachineError if it cannot be written.
        """
        target = self.shelf.place / f"{draft.id}.yaml"
        with writing:
            if _digest(*self._now(draft.id)) != draft.base:
                return False
            text = _text(draft.path)
            make_folder(target.parent)
            _copy(draft.path.parent, target.parent, files_named(text))
            replace_files({target: text})
        self.forget(draft.id)
        return True

    def begun(self, partnership: str, text: str) -> bool:
        """Put the file of a new partnership on the shelf; whether there was none of this id."""
        with writing:
            if partnership in self.shelf.files:
                return False
            make_folder(self.shelf.place)
            replace_files({self.shelf.place / f"{partnership}.yaml": text})
        return True

    def _draft(
        self,
        partnership: str,
        text: str,
        values: Values,
        base: str,
        refused: list[Fault] | None = None,
        files: Mapping[str, str] = NO_FILES,
    ) -> PartnershipDraft:
        """A draft of this text, with these `files` beside those that lie with the partnership's."""
        folder = self._folder(partnership, "draft")
        _copy(self.shelf.files[partnership].parent, folder, files_named(text))
        for name, said in files.items():
            make_folder((folder / name).parent)
            replace_files({folder / name: said})
        path = folder / f"{partnership}.yaml"
        replace_files({path: text})
        try:
            faults = [*(refused or []), *self.reading.partnerships.load(str(path)).warnings]
        except FaultsError as error:
            faults = [*(refused or []), *error.faults]
        return PartnershipDraft(partnership, path, values, base, tuple(faults))

    def _with_logo(self, partnership: str, text: str, logo: bytes, language: str) -> tuple[str, list[Fault]]:
        """The text of the file with this logo, in a language or in all; the text as it was, and why, if it is not to be
        printed.

        The file has a name of its own: what was sent has no say in it.
        """
        ending = "svg" if not is_picture(logo) else "png" if logo.startswith(b"\x89PNG") else "jpg"
        kept = self._kept(partnership, language)
        name = f"{partnership}/logo-{hashlib.sha256(logo).hexdigest()[:8]}.{ending}"
        path = self._folder(partnership, "draft") / name
        make_folder(path.parent)
        replace_bytes(path, logo)
        try:
            read_logo(path)
        except RefusedError as error:
            path.unlink()
            kept.unlink(missing_ok=True)
            return text, [Fault("", 0, 0, f"logo.file.{language}" if language else "logo.file", error.message)]
        kept.write_bytes(logo)
        values = self.form.values(text)
        said = {each: values[f"logo.alternative.{each}"] or values[f"name.{each}"] for each in self.form.languages}
        filled = {each: words for each, words in said.items() if words}
        file = {**logo_files(text, self.form.languages), language: name} if language else name
        return with_values(text, {("logo", "file"): file, ("logo", "alternative"): filled}), []

    def _kept_logo(self, partnership: str, language: str) -> bytes:
        """The logo that was sent and is not in its place yet."""
        kept = self._kept(partnership, language)
        return kept.read_bytes() if kept.exists() else b""

    def _kept(self, partnership: str, language: str) -> Path:
        return self._folder(partnership, "logo") / (f"logo-{language}" if language else "logo")

    def _forget_logo(self, partnership: str) -> None:
        for kept in self._folder(partnership, "logo").iterdir():
            kept.unlink()

    def _pending(self, partnership: str) -> Path:
        return self._folder(partnership, "pending") / "form.json"

    def _keep_pending(self, partnership: str, sent: Values) -> None:
        if sent:
            replace_bytes(self._pending(partnership), msgspec.json.encode(sent))
        else:
            self._pending(partnership).unlink(missing_ok=True)

    def _now(self, partnership: str) -> tuple[str, Values]:
        """The text of the file as it is now, and what a form says of it. Raises FaultsError if it is no YAML."""
        path = self.shelf.files[partnership]
        text = _text(path)
        try:
            return text, {**self.form.values(text), **self.pages.values(text, path.parent)}
        except yaml.YAMLError:
            self.reading.partnerships.load(str(path))  # which says where
            raise

    def _folder(self, partnership: str, what: str) -> Path:
        folder = self.folder / what / partnership
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _keep_base(self, partnership: str, text: str, values: Values) -> None:
        (self._folder(partnership, "base") / _digest(text, values)).write_bytes(msgspec.json.encode(values))

    def _base(self, partnership: str, digest: str) -> Values:
        """What a form began with, by its digest; empty if it is not known."""
        known = {path.name: path for path in self._folder(partnership, "base").iterdir()}
        return msgspec.json.decode(known[digest].read_bytes(), type=Values) if digest in known else {}


def _text(path: Path) -> str:
    """The text of a file; one whose lines end in two ways has one afterwards."""
    text = read_regular(path, MAXIMUM_BYTES).decode("utf-8", "replace")
    is_mixed = 0 < text.count("\r\n") < text.count("\n")
    return text.replace("\r\n", "\n") if is_mixed else text


def _said(name: str, values: Values) -> str:
    """What an input says; where a page is to stand that there is not yet, is nothing."""
    return "" if name == f"pages.{NEW}.place" else values.get(name, "")


def _digest(text: str, values: Values) -> str:
    """What a file says, and its pages."""
    return hashlib.sha256(msgspec.json.encode([text, values])).hexdigest()[:32]


def _copy(source: Path, target: Path, names: list[str]) -> None:
    """Copy the files that a partnership's file names, those that lie in its folder. What is there stays: a logo that
    was just given has another name than any before.
    """
    if source.resolve() == target.resolve():
        return
    for name in names:
        found, place = (source / name).resolve(), target / name
        inside = found.is_relative_to(source.resolve()) and place.resolve().is_relative_to(target.resolve())
        if inside and found.is_file() and not Path(name).is_absolute():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, place)
