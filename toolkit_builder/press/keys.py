"""Keys: hashes of all that shapes the pages of a leaf, and of nothing else.

A leaf's rendered HTML has its data and its layouts in it, as far as they show. Beside it count the other leaves that it
shrinks with, the HTML around all leaves, its style sheets, every file that any of these name (pictures, fonts), and the
code that makes pages of them: the engine, the text layout library below it, this tool's own modules.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import metadata
from typing import Any

from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.print_shop import PROOF, REPORT
from toolkit_builder.documents.sheet_options import SheetOptions
from toolkit_builder.press.hashing import digest_of, file_digest, files_digest, modules_digest
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet

_PLATEMAKING = (
    "press/typesetting",
    "press/preflight",
    "press/plates",
    "press/pdf",
    "press/fonts.py",
    "press/geometry.py",
)
"""The modules that shape plates: other code of theirs could make other pages of the same HTML."""
_BINDING = (
    *("press/binding", "press/imposition", "press/plates", "press/pdf", "catalogue/markdown.py"),
    *("press/leaf_assembly.py", "press/press.py", "press/proofs.py"),
)
"""The modules that shape documents: other code of theirs could make another document of the same plates."""
_PREPRESS = ("press/prepress", "print_shops")
"""The modules that shape what a print shop gets, beside those."""
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The versions of what shapes pages: the engine, what it writes PDF with, the text layout library below it, and
    this tool's platemaking.
    """
    return {
        "weasyprint": metadata.version("weasyprint"),
        "pydyf": metadata.version("pydyf"),
        "pango": _pango(),
        "platemaking": modules_digest(*_PLATEMAKING)[:12],
    }


def leaf_keys(leaves: Iterable[RenderedLeaf], shared: str) -> dict[str, str]:
    """The key of each leaf, by its name. All leaves that shrink together have to be there.

    `shared` is what counts for all of them: the digest of their style set.
    """
    leaves = list(leaves)
    common = digest_of(versions(), shared)
    groups: dict[str, list[str]] = {}
    for leaf in leaves:
        groups.setdefault(leaf.group, []).append(leaf.digest)
    return {leaf.name: digest_of(common, leaf.digest, sorted(groups[leaf.group])) for leaf in leaves}


def document_key(leaves: Sequence[tuple[Any, ...]], *facts: Any) -> str:
    """32 hexadecimal digits for a document: of its leaves (their keys, and what binding takes from each), of `facts`
    about the whole, and of the code that binds.
    """
    return digest_of(modules_digest(*_BINDING), leaves, *facts)[:32]


def sheets_key(document: str, options: SheetOptions) -> str:
    """32 hexadecimal digits for print sheets: of the key of their document, and of how cards lie on them."""
    return digest_of(document, options)[:32]


def print_shop_key(document: str, plan: Plan, part: str, approval: str = "") -> str:
    """32 hexadecimal digits for a file for the print shop of a plan: of the key of its document, of what the shop asks
    for, of which part of it this is, of the date that it bears, and of the code that makes it; of what is told, of the
    words too, and of a proof, of the key of the page to sign (`approval`).
    """
    shop = plan.print_shop.facts() if plan.print_shop else ()
    told = dict(plan.shop_words) if part in (REPORT, PROOF) else {}
    of_proof = approval if part == PROOF else ""
    date = plan.date.isoformat()
    return digest_of(modules_digest(*_PREPRESS), document, repr(shop), part, date, repr(told), of_proof)[:32]


def binding_digest() -> str:
    """The hash of the modules that bind."""
    return modules_digest(*_BINDING)


def style_set_digest(style_set: StyleSet) -> str:
    """What the style sheets and the HTML around leaves say, and the files that they name."""
    styles = [file_digest(style) for style in style_set.styles]
    fonts = style_set.language_style, files_digest(style_set.language_style, style_set.language_base)
    return digest_of(style_set.head, style_set.tail, styles, style_set.greyscale, fonts)


def fonts_digest(style_set: StyleSet) -> str:
    """What the style sheets say of fonts, and the fonts' files: the same for style sets that have the same fonts."""
    styles = [(style.read_text("utf-8", "replace"), style.parent) for style in style_set.styles]
    styles.append((style_set.language_style, style_set.language_base))
    blocks = [(block, files_digest(block, folder)) for style, folder in styles for block in _FONT_FACE.findall(style)]
    return digest_of(blocks)


def font_key(face: str, fonts: str, extra: dict[int, tuple[str, float]]) -> str:
    """The key of a font: its face, where that comes from (`fonts_digest`), and the glyphs beyond its repertoire."""
    return digest_of("font", versions(), fonts, face, sorted(extra.items()))


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
