"""The fonts that styles declare: where the files are, and which characters each has.

Styles, and `framework.yaml` for a language, name a font file of an installed package as `font:PACKAGE/FILE`, or a file
of the project by its path.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from toolkit_builder.catalogue.model import Language
from toolkit_builder.errors import MachineError
from toolkit_builder.regular_files import is_file

SCHEME = "font:"
TYPEFACE = "--typeface"
"""The font of the styles: a custom property of `styles/base.css`."""


@dataclass(frozen=True)
class FontFace:
    """One `@font-face`: a family, upright or italic, the weights it has, and its file."""

    family: str
    italic: bool
    weights: tuple[int, int]
    path: Path

    @property
    def characters(self) -> frozenset[int]:
        """The code points that the font has a glyph for."""
        return _characters(self.path)


def font_file(url: str) -> Path:
    """The file that `font:PACKAGE/FILE` names.

    Raises MachineError if the package is not installed or has no such file.
    """
    package, _, name = unquote(url.removeprefix(SCHEME)).partition("/")
    install = f"pip install {package.replace('_', '-')}"
    specification = importlib.util.find_spec(package) if package.isidentifier() else None
    if specification is None or specification.origin is None:
        raise MachineError(f"the font package {package} is not installed. Install it with: {install}")
    root = Path(specification.origin).resolve().parent
    path = (root / "files" / name).resolve()
    if not path.is_relative_to(root) or not is_file(path):
        raise MachineError(f"the font package {package} has no file {name}. Install it again with: {install}")
    return path


def language_style(languages: Iterable[Language]) -> str:
    """CSS that sets each language in the font that the framework names for it, and declares those with a file. A
    language without one has that of the styles, within another language too.
    """
    languages = list(languages)
    fonts = [(language.id, language.font) for language in languages if language.font]
    files = {font.family: font.file for _, font in fonts if font.file}
    faces = [f'@font-face {{ font-family: "{family}"; src: url("{file}") }}' for family, file in files.items()]
    rules = [f'[lang="{language}"] {{ font-family: "{font.family}" }}' for language, font in fonts]
    others = [
        f'[lang="{language.id}"] {{ font-family: var({TYPEFACE}) }}' for language in languages if not language.font
    ]
    return "\n".join([*faces, *rules, *others])


def font_faces(css: str, folder: Path) -> tuple[FontFace, ...]:
    """The font faces that a style sheet declares. `folder` is where its relative addresses start.

    Raises MachineError if a font file is missing.
    """
    return tuple(_face(block, folder) for block in re.findall(r"@font-face\s*\{([^}]*)\}", css))


def _face(block: str, folder: Path) -> FontFace:
    def value(name: str, default: str = "") -> str:
        declaration = re.search(rf"{name}\s*:\s*([^;]+)", block)
        return declaration[1].strip().strip("\"'") if declaration else default

    source = re.search(r"src\s*:\s*url\(\s*[\"']?([^\"')]+)", block)
    url = source[1] if source else ""
    path = font_file(url) if url.startswith(SCHEME) else folder / unquote(url)
    if not is_file(path):
        raise MachineError(f"no font file {path}, which the styles or framework.yaml name for {value('font-family')}")
    weights = _weights(path, value("font-weight"))
    return FontFace(value("font-family"), value("font-style") == "italic", weights, path)


@functools.lru_cache(maxsize=32)
def _weights(path: Path, declared: str) -> tuple[int, int]:
    """The least and the greatest weight: as declared, otherwise all that a variable font has, otherwise 400."""
    from fontTools.ttLib import TTFont  # slow to import

    if declared.isdigit():
        return int(declared), int(declared)
    with TTFont(path, lazy=True) as font:
        axes = font["fvar"].axes if "fvar" in font else []
        ranges = [(int(axis.minValue), int(axis.maxValue)) for axis in axes if axis.axisTag == "wght"]
    return ranges[0] if ranges else (400, 400)


@functools.lru_cache(maxsize=32)
def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # slow to import

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
