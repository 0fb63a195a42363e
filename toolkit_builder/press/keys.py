"""Keys: hashes of all that shapes the pages of a leaf, and of nothing else.

A leaf's printed HTML has its data and its layouts in it, as far as they show. Beside it count the other leaves that it
shrinks with, the HTML around all leaves, its style sheets, and every file that any of these name (pictures, fonts).
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote

from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import SCHEME, font_file
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.plates.plate import digest_of

TYPESETTING = 3
"""Version of this tool's own typesetting: to be raised when the same HTML would give other pages."""
BINDING = 4
"""Version of binding and imposition: to be raised when the same plates would give another document."""
_NAMED = re.compile(r"""url\(\s*["']?([^"')]+)|(?:src|href|data|poster)\s*=\s*["']([^"']+)|@import\s+["']([^"']+)""")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_TEXTS = (".css", ".svg", ".html")
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The versions of what shapes pages: the engine, the text layout library below it, this tool's typesetting."""
    return {"weasyprint": metadata.version("weasyprint"), "pango": _pango(), "typesetting": str(TYPESETTING)}


def leaf_keys(leaves: Iterable[RenderedLeaf], shared: str) -> dict[str, str]:
    """The key of each leaf, by its name. All leaves that shrink together have to be there.

    `shared` is what counts for all of them: the digest of their workshop.
    """
    leaves = list(leaves)
    common = digest_of(versions(), shared)
    groups: dict[str, list[str]] = {}
    for leaf in leaves:
        groups.setdefault(leaf.group, []).append(leaf.digest)
    return {leaf.name: digest_of(common, leaf.digest, sorted(groups[leaf.group])) for leaf in leaves}


def leaf_digest(html: str, sizes: tuple[float, ...], pages: int, base: Path) -> str:
    """What a leaf says, in which sizes, on how many pages, and the files that it names."""
    return digest_of(html, sizes, pages, files_digest(html, base))


def style_set_digest(style_set: StyleSet) -> str:
    """What the style sheets and the HTML around leaves say, and the files that they name."""
    styles = [_file_digest(style) for style in style_set.styles]
    fonts = style_set.language_style, files_digest(style_set.language_style, style_set.language_base)
    return digest_of(style_set.head, style_set.tail, styles, style_set.greyscale, fonts)


def fonts_digest(style_set: StyleSet) -> str:
    """What the style sheets say of fonts, and the fonts' files: the same for workshops that have the same fonts."""
    styles = [(style.read_text("utf-8", "replace"), style.parent) for style in style_set.styles]
    styles.append((style_set.language_style, style_set.language_base))
    blocks = [(block, files_digest(block, folder)) for style, folder in styles for block in _FONT_FACE.findall(style)]
    return digest_of(blocks)


def font_key(face: str, fonts: str, extra: dict[int, tuple[str, float]]) -> str:
    """The key of a font: its face, where that comes from (`fonts_digest`), and the glyphs beyond its repertoire."""
    return digest_of("font", versions(), fonts, face, sorted(extra.items()))


def files_digest(text: str, base: Path) -> str:
    """The contents of all files that an HTML or CSS text names."""
    return digest_of(sorted(_file_digest(path) for path in set(_named(text, base))))


def _named(text: str, base: Path) -> Iterator[Path]:
    for groups in _NAMED.findall(text):
        address = next(filter(None, groups))
        if address.startswith(SCHEME):
            try:
                yield font_file(address)
            except MachineError:
                continue  # typesetting will say so
        elif not address.startswith(("data:", "#", "http:", "https:", "mailto:")):
            path = base / unquote(address.removeprefix("file://"))
            if path.is_file():
                yield path


def _file_digest(path: Path) -> str:
    """The hash of a file, and of the files that it names in turn if it is a text."""
    facts = path.stat()
    own = _digest_at(path, facts.st_mtime_ns, facts.st_size)
    if path.suffix.lower() not in _TEXTS:
        return own
    return digest_of(own, files_digest(path.read_text("utf-8", "replace"), path.parent))


@lru_cache(maxsize=1000)
def _digest_at(path: Path, modified: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pango() -> str:
    for name in _PANGO:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.pango_version_string.restype = ctypes.c_char_p
        version: bytes = library.pango_version_string()
        return version.decode()
    return "unknown"
