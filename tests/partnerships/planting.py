"""Partnerships to be read: files in a project of one's own, with names that are not ASCII."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import FaultsError
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.project import Project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><circle cx="10" cy="10" r="9" fill="#123456"/></svg>'
LEAST = "name: {cy: Partneriaeth Dyffryn Tŷ Gŵyr, en: Dyffryn Tŷ Gŵyr Partnership}\n"


def png(width: int, height: int, *, claims: tuple[int, int] | None = None, before: bytes = b"") -> bytes:
    """A dark PNG in grey; its header may claim another size, and other chunks may stand before its pixels."""
    rows = (b"\0" + b"\x20" * width) * height
    header = struct.pack(">IIBBBBB", *(claims or (width, height)), 8, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class Bed:
    """The partnerships of a project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.content / "partnerships"
        self.folder.mkdir(exist_ok=True)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, name: str = "ty-gwyr") -> Partnership:
        return Partnerships(self.project, load(self.project)).load(name)

    def read(self, text: str, name: str = "ty-gwyr") -> Partnership:
        """A partnership with this text as its file."""
        self.write(f"{name}.yaml", text)
        return self.load(name)

    def faults(self, text: str, name: str = "ty-gwyr") -> list[str]:
        """What is wrong with a partnership of this text; nothing if it can be used."""
        try:
            self.read(text, name)
        except FaultsError as error:
            return [str(fault) for fault in error.faults]
        return []
