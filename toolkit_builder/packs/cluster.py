"""The work of a batch on a Dask cluster: packs are tasks, and come back as bytes.

A task carries the project with it (packed, some 200 kB), so that the machines of the cluster need the same versions of
this tool and of what it typesets with, and nothing else. Leaves are kept in the memory of each worker, or in a folder
that all share (`--cache`). A worker that dies has its tasks done by another: the scheduler sees to that.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit_builder import __version__
from toolkit_builder.errors import MachineError
from toolkit_builder.packs.making import Pack, make_packs
from toolkit_builder.packs.orders import Order
from toolkit_builder.press.fonts import font_file
from toolkit_builder.press.keys import versions

PARTS = ("content", "layouts", "styles")
FONT = "font:fontpkg_source_sans_3/SourceSans3[wght].ttf"


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Workers of the cluster whose scheduler is at `address`, such as tcp://10.0.0.1:8786.

    Raises MachineError if the package is not installed, no scheduler answers, or a worker has other versions.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise MachineError("distributed is not installed. Type: pip install 'toolkit-builder[cluster]'") from None
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise MachineError(f"no scheduler answers at {address} ({error})") from None
    try:
        here = installed()
        for worker, there in client.run(installed).items():
            if there != here:
                differing = [name for name in here if there.get(name) != here[name]]
                said = ", ".join(f"{name} {there.get(name)} instead of {here[name]}" for name in differing)
                raise MachineError(f"the worker {worker} has {said}; install the same there")
        yield client.get_executor(pure=False)
    finally:
        client.close()


def installed() -> dict[str, str]:
    """The versions on which pages depend."""
    font = hashlib.sha256(font_file(FONT).read_bytes()).hexdigest()[:12]
    return {"toolkit-builder": __version__, **versions(), "font": font}


def packed(root: Path) -> bytes:
    """The folders of a project that are needed, packed."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:xz") as archive:
        for part in PARTS:
            if (root / part).is_dir():
                archive.add(root / part, part)
    return data.getvalue()


def make_elsewhere(project: bytes, root: Path, cache: Path | None, orders: Sequence[Order]) -> list[Pack]:
    """The work of one task, on whatever machine. `root` is where the project lies on the machine of the command."""
    here = _unpacked(project)
    return make_packs(here, cache, [replace(one, folder=here / one.folder.relative_to(root)) for one in orders])


@lru_cache(maxsize=2)
def _unpacked(project: bytes) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="toolkit-builder-"))
    with tarfile.open(fileobj=io.BytesIO(project)) as archive:
        archive.extractall(folder, filter="data")
    return folder
