"""Reads back what a command is about to write, before it replaces anything: a project that loaded still has to."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from toolkit_builder.atomic_files import replace_files
from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.project import Project
from toolkit_builder.regular_files import UnreadableFileError, read_regular

_NOT_OF_THE_CATALOGUE = "partnerships"


def replace_checked(
    project: Project, texts: Mapping[Path, str], partnership: str = "", *, unfinished: str = ""
) -> None:
    """Put files of a project's content in the places of others, all or none.

    Raises FaultsError if the project would have faults then that it has not now, MachineError if it cannot be written.
    """
    with changed(project, texts, partnership) as copy:
        check(project, copy, partnership, unfinished=unfinished)
    replace_files(texts)


@contextmanager
def changed(project: Project, texts: Mapping[Path, str], partnership: str = "") -> Iterator[Project]:
    """A copy of a project's content in which these files have other texts. Partnerships are left out, but for the
    folder of those if one is named.
    """
    with tempfile.TemporaryDirectory(prefix="toolkit-builder-") as folder:
        for path in sorted(project.content.rglob("*")):
            name = path.relative_to(project.content)
            if name.parts[0] != _NOT_OF_THE_CATALOGUE and path not in texts and path.is_file():
                _put(Path(folder, "content", name), _bytes(path))
        if partnership:
            shutil.copytree(
                project.content / _NOT_OF_THE_CATALOGUE,
                Path(folder, "content", _NOT_OF_THE_CATALOGUE),
                dirs_exist_ok=True,
            )
        for path, text in texts.items():
            _put(Path(folder, "content", path.relative_to(project.content)), text.encode("utf-8"))
        yield Project(Path(folder))


def check(project: Project, copy: Project, partnership: str = "", *, unfinished: str = "") -> Catalogue | None:
    """The catalogue of a changed copy; None if it cannot be loaded, for reasons for which the project could not either.

    `unfinished`: a language whose texts may be missing, since they come file by file. Raises FaultsError with what is
    wrong with the copy and not with the project.
    """
    catalogue, faults = _loaded(copy, partnership, project)
    if faults:
        before = {_what(fault) for fault in _loaded(project, partnership, project)[1]}
        fresh = [fault for fault in faults if _what(fault) not in before and not _is_missing(fault, unfinished)]
        if fresh:
            raise FaultsError(fresh) from None
    return catalogue


def _loaded(project: Project, partnership: str, products_from: Project) -> tuple[Catalogue | None, list[Fault]]:
    """The catalogue, if it can be loaded, and what is wrong with it or with a partnership."""
    try:
        catalogue = load(project)
    except FaultsError as error:
        return None, error.faults
    if partnership:
        try:
            Partnerships(project, catalogue, products_of(products_from, catalogue)).load(partnership)
        except FaultsError as error:
            return catalogue, error.faults
    return catalogue, []


def _is_missing(fault: Fault, language: str) -> bool:
    return bool(language) and fault.where.endswith(f".{language}") and fault.message.startswith("missing")


def _what(fault: Fault) -> tuple[str, str, str]:
    """A fault without its place, which moves when lines are added above it."""
    return fault.file, fault.where, fault.message


def _bytes(path: Path) -> bytes:
    """What cannot be read, or is too large for a content file, is as much of a fault when it is empty."""
    try:
        return read_regular(path, MAXIMUM_BYTES)
    except UnreadableFileError:
        return b""


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
