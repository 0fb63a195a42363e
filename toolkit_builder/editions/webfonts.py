"""Fonts that go along with web pages and books: the project's own, where their licence lets everybody pass them on.

Of a font those characters are kept that the pages have, and the repertoire of Welsh and English. It goes under a name
of its own: the SIL Open Font Licence reserves that of the original for what is unchanged (OFL 1.1, condition 3). A font
under another licence stays where it is, and the reader's machine has its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.documents.plan import anchor_of
from toolkit_builder.press.fonts import SCHEME, font_faces, font_file
from toolkit_builder.press.hashing import digest_of, file_digest
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting.repertoire import REPERTOIRE
from toolkit_builder.project import Project
from toolkit_builder.regular_files import is_file

FOLDER = "fonts"
LICENCE = f"{FOLDER}/OFL.txt"
BASE_STYLE = "base.css"
_OPEN = "SIL Open Font License"
_LICENCE_NAME, _COPYRIGHT_NAME = 13, 0
"""Entries of a font's table of names (OpenType, `name`)."""
_FAMILY_NAMES = (1, 3, 4, 6, 16, 25)


@dataclass(frozen=True)
class WebFont:
    """A font for the screen: its family there, the languages that are set in it (none: all others), its file, the
    licence that goes with it, and the file that it was made from.
    """

    family: str
    languages: tuple[str, ...]
    data: bytes
    licence: bytes
    source: str

    @property
    def name(self) -> str:
        return f"{FOLDER}/{anchor_of(self.family).lower()}.woff2"

    def style(self, address: str) -> str:
        """CSS that declares it and sets text in it."""
        source = f'src: url("{address}") format("woff2")'
        face = f'@font-face {{ font-family: "{self.family}"; font-weight: 200 900; font-display: swap; {source} }}'
        where = ", ".join(f":lang({language})" for language in self.languages) or ":root"
        return f'{face}\n{where} {{ --typeface: "{self.family}" }}'


@dataclass(frozen=True)
class FontSet:
    """The fonts that go along with an edition, and the files of those that may not."""

    fonts: tuple[WebFont, ...]
    left: tuple[str, ...]

    @property
    def notices(self) -> list[str]:
        return [
            f"{file} does not go along, since it is not under the SIL Open Font Licence; readers see one of their own"
            for file in self.left
        ]


def font_set(
    project: Project, ticket_languages: Mapping[str, str | None], text: Mapping[str, str], store: Store
) -> FontSet:
    """The fonts of an edition. `ticket_languages`: the font file of each language, None for that of the styles;
    `text`: all that is written in each.
    """
    found = list(_fonts(project, ticket_languages, text, store))
    left = dict.fromkeys(font.source for font in found if not font.data)
    return FontSet(tuple(font for font in found if font.data), tuple(left))


def _fonts(
    project: Project, ticket_languages: Mapping[str, str | None], text: Mapping[str, str], store: Store
) -> Iterator[WebFont]:
    base = project.style(BASE_STYLE)
    [face, *_] = font_faces(base.read_text("utf-8"), base.parent)
    common = "".join(words for language, words in text.items() if not ticket_languages.get(language))
    yield _font(face.path, (), common, store)
    for language, file in ticket_languages.items():
        if file:
            path = font_file(file) if file.startswith(SCHEME) else project.content / file
            yield _font(path, (language,), text.get(language, ""), store)


def _font(path: Path, languages: tuple[str, ...], text: str, store: Store) -> WebFont:
    """A font for the screen, without data if its licence keeps it here."""
    characters = sorted({ord(letter) for letter in text} | set(REPERTOIRE))
    key = digest_of("web font", file_digest(path), characters)
    family = f"Toolkit {'-'.join(languages) or 'Builder'} Sans"
    data = store.get(key)
    if data is None:
        data = _subset(path, characters, family)
        store.put(key, data)
    return WebFont(family, languages, data, _licence(path), path.name)


def _licence(path: Path) -> bytes:
    """The licence that lies beside a font, which goes where the font goes (OFL 1.1, condition 2)."""
    places = [folder / name for folder in (path.parent, path.parent.parent) for name in ("OFL.txt", "LICENSE")]
    return next((place.read_bytes() for place in places if is_file(place)), b"")


def _subset(path: Path, characters: list[int], family: str) -> bytes:
    """The font with these characters, as WOFF2; nothing if its licence keeps it here."""
    from fontTools.subset import Options, Subsetter  # slow to import
    from fontTools.ttLib import TTFont

    with TTFont(path, recalcTimestamp=False) as font:
        names = font["name"]
        if _OPEN.lower() not in (names.getDebugName(_LICENCE_NAME) or "").lower():
            return b""
        options = Options(
            flavor="woff2",
            layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "calt", "init", "medi", "fina", "rlig"],
            notdef_outline=True,
        )
        options.name_IDs = [*_FAMILY_NAMES, _COPYRIGHT_NAME, _LICENCE_NAME, 2, 14]
        options.hinting = False
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        for name in font["name"].names:
            if name.nameID in _FAMILY_NAMES:
                font["name"].setName(
                    family.replace(" ", "") if name.nameID == _FAMILY_NAMES[3] else family,
                    name.nameID,
                    name.platformID,
                    name.platEncID,
                    name.langID,
                )
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()
