"""Letters that the fonts do not have: known from the fonts that the styles declare, without typesetting anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from toolkit_builder.catalogue.characters import is_unseen
from toolkit_builder.catalogue.review import Spoken
from toolkit_builder.errors import Fault, MachineError
from toolkit_builder.press.fonts import FontFace, font_faces, language_style
from toolkit_builder.press.typesetting.repertoire import REPERTOIRE
from toolkit_builder.project import Project
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt

USUAL = "fontpkg_source_sans_3"
"""The package of the shipped font."""
_REPERTOIRE = frozenset(["\n", *map(chr, REPERTOIRE)])


class Letters:
    """Which characters can be printed in each language: in the font that the framework names for it, else in any that
    the styles declare.

    `faults` are about fonts that are named and cannot be found. A language whose font is among them prints anything.
    """

    def __init__(self, project: Project, framework: Spoken) -> None:
        self.project = project
        self.framework = framework
        self.faults: list[Fault] = []
        faces: list[FontFace] = []
        for path in _styles(project):
            faces += self._faces(path.read_text("utf-8", errors="replace"), path.parent, path)
        faces += self._faces(language_style(framework.languages), project.content, project.content / "framework.yaml")
        self._families: dict[str, list[FontFace]] = {}
        for face in faces:
            self._families.setdefault(face.family, []).append(face)

    def missing(self, text: str, language: str) -> Iterator[Doubt]:
        """An error for a text with letters that its font does not have, all of them at once."""
        if language in self._usual and _REPERTOIRE.issuperset(text):
            return
        known = self._known.get(language)
        strange = sorted(set(text) - known) if known else []
        shown = [f"“{one}” (U+{ord(one):04X})" for one in strange if not one.isspace() and not _is_told_elsewhere(one)]
        if shown:
            font = self.framework.language(language).font
            who = f"{font.family} has" if font else "the fonts have"
            yield Doubt(
                Check.LETTERS,
                f"{who} no {', '.join(shown)}; write it otherwise, or give the language another font",
                "",
                "error",
            )

    def _faces(self, css: str, folder: Path, path: Path) -> tuple[FontFace, ...]:
        try:
            return font_faces(css, folder)
        except MachineError as error:
            self.faults.append(Fault(self.project.file(path), 0, 0, "", str(error)))
            return ()

    @cached_property
    def _usual(self) -> frozenset[str]:
        """The languages that are set in the shipped font, which has the whole repertoire: reading what a font has takes
        a thirtieth of the time of `check`.
        """
        usual = {family for family, faces in self._families.items() if all(USUAL in face.path.parts for face in faces)}
        fonts = {language.id: language.font for language in self.framework.languages}
        return frozenset(language for language, font in fonts.items() if font and font.family in usual)

    @cached_property
    def _known(self) -> Mapping[str, frozenset[str]]:
        known = {}
        for language in self.framework.languages:
            all_faces = [face for faces in self._families.values() for face in faces]
            faces = self._families.get(language.font.family, []) if language.font else all_faces
            codes = frozenset[int]().union(*(face.characters for face in faces))
            known[language.id] = frozenset(map(chr, codes))
        return known


def _is_told_elsewhere(character: str) -> bool:
    """Whether a character has no glyph, or stands for a letter that was lost: `slips` tells of these."""
    return is_unseen(character) or character == "\ufffd"


def _styles(project: Project) -> list[Path]:
    """The style sheets of a project: of one name, its own goes before the shipped one."""
    named: dict[str, Path] = {}
    for place in reversed(project.styles):
        named |= {path.name: path for path in sorted(place.glob("*.css")) if path.is_file()}
    return list(named.values())
