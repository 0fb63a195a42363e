"""What a machine must have, looked for one by one."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

LIBRARIES = {
    "libpango-1.0.so.0": ("pango, which lays out text", "libpango-1.0-0"),
    "libpangoft2-1.0.so.0": ("pango's font support", "libpangoft2-1.0-0"),
    "libharfbuzz-subset.so.0": ("harfbuzz-subset, which makes fonts small, and fast", "libharfbuzz-subset0"),
}
FONT_PACKAGES = ("fontpkg_source_sans_3",)
MAC_LIBRARIES = {
    "libpango-1.0.dylib": ("pango, which lays out text", "pango"),
    "libharfbuzz-subset.dylib": ("harfbuzz-subset, which makes fonts small, and fast", "harfbuzz"),
}


@dataclass(frozen=True)
class Requirement:
    """One thing that was looked for. `mend` is the command that brings it."""

    what: str
    is_well: bool
    mend: str


def examine() -> Iterator[Requirement]:
    """Look for everything that this tool needs."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Requirement(f"Python {version} (3.11 or later)", sys.version_info >= (3, 11), "install Python 3.11")
    libraries = MAC_LIBRARIES if sys.platform == "darwin" else LIBRARIES
    for library, (what, package) in libraries.items():
        yield Requirement(f"{what} ({library})", can_load(library), _install(package))
    for module in FONT_PACKAGES:
        mend = f"pip install {module.replace('_', '-')}"
        yield Requirement(f"the font package {module}", importlib.util.find_spec(module) is not None, mend)


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(package: str) -> str:
    if sys.platform == "darwin":
        return f"brew install {package}"
    if shutil.which("apt-get"):
        return f"sudo apt-get install {package}"
    return f"install {package} with your system's package manager"
