"""The shelf: plates and fonts at hand, those used last in memory, behind them the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit_builder.press import keys
from toolkit_builder.press.html.rendered import StyleSet
from toolkit_builder.press.plates.plate import FontParts, Plate, PlateError, decode_font, decode_plate
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting.jobs import Extra, FontMaker

MEMORY = 400
"""So many plates are kept in memory, those used last; others are read from the store again."""


class PlateCache:
    """Plates by their keys, and fonts by their faces. What the store does not take stays in memory."""

    def __init__(self, store: Store, font_maker: FontMaker) -> None:
        self.store = store
        self._font_maker = font_maker
        self._ordered: dict[str, Callable[[], FontParts]] = {}
        self._plates: dict[str, Plate] = {}
        self._unkept: dict[str, Plate] = {}
        self._fonts: dict[str, FontParts] = {}
        self._used: set[str] = set()
        self._font_digests: dict[StyleSet, str] = {}

    def renew(self) -> None:
        """Begin anew: styles and their fonts may have changed, and what was not used since the last time is forgotten
        where it would be kept without end.
        """
        self._font_digests.clear()
        self._ordered.clear()
        self._unkept = {key: plate for key, plate in self._unkept.items() if key in self._used}
        self._fonts = {key: font for key, font in self._fonts.items() if key in self._used}
        self._used.clear()

    def __contains__(self, key: str) -> bool:
        try:
            self.plate(key)
        except KeyError:
            return False
        return True

    def plate(self, key: str) -> Plate:
        """Raises KeyError if it is not there, or damaged."""
        if key in self._unkept:
            self._used.add(key)
            return self._unkept[key]
        if key in self._plates:
            self._plates[key] = self._plates.pop(key)  # the last one used
        else:
            data = self.store.get(key)
            if data is None:
                raise KeyError(key)
            try:
                self._remember(decode_plate(data))
            except PlateError:
                self.store.refuse(key)
                raise KeyError(key) from None
        return self._plates[key]

    def keep(self, plate: Plate) -> None:
        """Put a plate into the store, or keep it here if that does not take it."""
        if self.store.put(plate.key, plate.encode()):
            self._remember(plate)
        else:
            self._unkept[plate.key] = plate
            self._used.add(plate.key)

    def _remember(self, plate: Plate) -> None:
        self._plates[plate.key] = plate
        if len(self._plates) > MEMORY:
            del self._plates[next(iter(self._plates))]

    def fonts(self, plates: Sequence[Plate], style_set: StyleSet) -> dict[str, FontParts]:
        """The fonts that plates need, by their names in pages, with the glyphs that go beyond the repertoire."""
        return {name: self._font(face, extra, style_set) for name, (face, extra) in _faces(plates).items()}

    def font_keys(self, plates: Sequence[Plate], style_set: StyleSet) -> set[str]:
        """The keys of these fonts."""
        digest = self._fonts_digest(style_set)
        return {keys.font_key(face, digest, extra) for face, extra in _faces(plates).values()}

    def order(self, face: str, extra: Extra, style_set: StyleSet) -> str:
        """See to it that the font of a face, with glyphs beyond its repertoire, is being made if it is not there; its
        key.
        """
        key = keys.font_key(face, self._fonts_digest(style_set), extra)
        self._used.add(key)
        if key not in self._fonts and key not in self._ordered:
            font = self._stored_font(key)
            if font:
                self._fonts[key] = font
            else:
                self._ordered[key] = self._font_maker(style_set, face, extra)
        return key

    def _stored_font(self, key: str) -> FontParts | None:
        data = self.store.get(key)
        try:
            return decode_font(data) if data is not None else None
        except PlateError:
            self.store.refuse(key)
            return None

    def _font(self, face: str, extra: Extra, style_set: StyleSet) -> FontParts:
        key = self.order(face, extra, style_set)
        if key in self._ordered:
            font = self._ordered.pop(key)()
            self.store.put(key, font.encode())
            self._fonts[key] = font
        return self._fonts[key]

    def _fonts_digest(self, style_set: StyleSet) -> str:
        if style_set not in self._font_digests:
            self._font_digests[style_set] = keys.fonts_digest(style_set)
        return self._font_digests[style_set]


def _faces(plates: Sequence[Plate]) -> dict[str, tuple[str, Extra]]:
    """The faces that plates are set in, by their names in pages, each with the glyphs that go beyond the repertoire."""
    faces = {name: face for plate in plates for name, face in plate.fonts.items()}
    extra: dict[str, Extra] = {name: {} for name in faces}
    for plate in plates:
        for name, glyphs in plate.glyphs.items():
            for glyph, value in glyphs.items():
                extra[name][glyph] = min(value, extra[name].get(glyph, value))
    return {name: (faces[name], extra[name]) for name in sorted(faces)}
