"""Colour separation: every colour of a PDF in the inks of a press, in place; tags, fonts and places stay as they are.

Content streams of pages, forms and patterns, gradients, pictures, soft masks and transparency groups. What is not
understood raises SeparationError: a guess would be printed. Terms after ISO 32000-1.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from toolkit_builder.press.prepress.colour_operators import ContentSeparator, SeparationError, components_of
from toolkit_builder.press.prepress.die_lines import Layers, allow
from toolkit_builder.press.prepress.inks import Rgb

SAMPLES = 33
"""Of a part of a gradient: what lies between two colours on the screen is not what lies between their inks."""
_SCREEN_COMPONENTS = 3
_UNDERSTOOD_SHADINGS = (2, 3)
"""Axial and radial (8.7.4.5)."""
_EXPONENTIAL, _STITCHING = 2, 3
"""Types of functions (7.10)."""


class Destination(Protocol):
    """Where colours go: to the inks of a press, to what these look like on a screen, or, in a soft mask, to lightness
    alone.
    """

    space: pikepdf.Name
    """The colour space (8.6) that they are in there."""

    def painted(self, rgb: Rgb) -> tuple[float, ...]:
        """The colour of type, of an area or a line."""

    def spot(self, rgb: Rgb) -> str:
        """The spot colour of a line instead, or empty."""

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture of pixels."""


class _Lightness:
    """What counts of the colours of a soft mask of luminosity (11.5.3): how light they are."""

    space = Name.DeviceGray

    def painted(self, rgb: Rgb) -> tuple[float, ...]:
        return (round(0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2], 4),)

    def spot(self, _: Rgb) -> str:
        return ""

    def picture(self, picture: Image.Image) -> Image.Image:
        return picture.convert("L")


class Separator:
    """Separates the colours of one document. What several pages draw with is separated once."""

    def __init__(self, pdf: pikepdf.Pdf, goal: Destination) -> None:
        self.pdf = pdf
        self._layers = Layers(pdf)
        self._press, self._lightness = goal, _Lightness()
        self._done: set[tuple[int, int]] = set()
        self._masks: dict[tuple[int, int], Any] = {}
        """Copies of forms as masks, by the forms."""

    def separate(self, first: int = 0) -> None:
        """Separate all pages from the `first` on. Raises SeparationError for what is not understood."""
        self._separate_masks()  # of forms as they are, before these are in inks
        for page in list(self.pdf.pages)[first:]:
            page.contents_coalesce()
            resources = page.obj.get("/Resources", Dictionary())
            self._resources(resources, self._press)
            separator = ContentSeparator(self._press, resources)
            page.obj.Contents = self._stream(separator.separated(page.obj))
            if separator.spots:
                raise SeparationError("die lines that are no drawing of their own")
            self._group(page.obj, self._press)

    def _separate_masks(self) -> None:
        holders: list[Any] = [page.obj for page in self.pdf.pages]
        holders += [item for item in self.pdf.objects if isinstance(item, Stream) and "/Resources" in item]
        for holder in holders:
            states = holder.get("/Resources", Dictionary()).get("/ExtGState", Dictionary())
            for name in list(states.keys()):
                states[name] = self._state(states[name], self._press)

    # -- what pages draw with ------------------------------------------------------------------------------------------

    def _resources(self, resources: Any, goal: Destination) -> None:
        """Separate the resources of a page, form or pattern, in place."""
        for kind, separate in self._separated_by_kind().items():
            named = resources.get(kind, Dictionary())
            for name in list(named.keys()):
                named[name] = separate(named[name], goal)
        if "/Properties" in resources:
            raise SeparationError("optional content")

    def _separated_by_kind(self) -> dict[str, Callable[[Any, Destination], Any]]:
        return {
            "/ExtGState": self._state,
            "/Shading": self._shading,
            "/Pattern": self._pattern,
            "/XObject": self._drawing,
        }

    def _state(self, state: Any, _: Destination) -> Any:
        """A graphics state (8.4.5): nothing overprints, so that white stays white; its soft mask is kept as light."""
        for entry in ("/OP", "/op", "/OPM", "/TR", "/TR2", "/HT"):
            if entry in state:
                del state[entry]
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary):
            if mask.get("/S") == Name.Luminosity:
                mask.G = self._mask(mask.G)
                if "/BC" in mask and len(mask.BC) == _SCREEN_COMPONENTS:
                    mask.BC = Array(self._lightness.painted(_rgb(mask.BC)))
            else:
                self._drawing(mask.G, self._press)
        return state

    def _mask(self, form: Any) -> Any:
        """A form that is a mask of luminosity, as a copy: the same form may be drawn elsewhere, as itself."""
        if self._is_mask(form):
            return form
        if form.objgen not in self._masks:
            copy = self._copied(form)
            self._masks[form.objgen] = copy
            self._content(copy, self._lightness)
        return self._masks[form.objgen]

    def _is_mask(self, item: Any) -> bool:
        return any(item.objgen == mask.objgen for mask in self._masks.values())

    def _copied(self, stream: Any) -> Any:
        """A copy of a form, of tiles or of a picture, with resources of its own."""
        copy = self.pdf.make_stream(b"")
        copy.write(stream.read_raw_bytes(), filter=stream.get("/Filter"), decode_parms=stream.get("/DecodeParms"))
        for key, value in stream.items():
            if key not in ("/Length", "/Filter", "/DecodeParms", "/Resources"):
                copy[key] = value
        if "/Resources" in stream:
            own = Dictionary({key: self._with_copies(str(key), value) for key, value in stream.Resources.items()})
            copy.Resources = own
        return copy

    def _with_copies(self, kind: str, named: Any) -> Any:
        """Resources of a kind, by name; those that would be changed in place, as copies."""
        copied = Dictionary(dict(named.items()))
        for name, item in named.items():
            if isinstance(item, Stream) and kind in ("/XObject", "/Pattern"):
                copied[name] = self._mask(item) if item.get("/Subtype") == Name.Form else self._copied(item)
            elif kind == "/Pattern":
                copied[name] = Dictionary(dict(item.items()))
        return copied

    def _drawing(self, item: Any, goal: Destination) -> Any:
        """A form or a picture (8.8, 8.10)."""
        if item.objgen in self._done or self._is_mask(item):
            return item
        self._done.add(item.objgen)
        if item.get("/Subtype") == Name.Form:
            self._content(item, goal)
        elif item.get("/Subtype") == Name.Image:
            self._picture(item, goal)
        else:
            raise SeparationError("something drawn that is neither a form nor a picture")
        return item

    def _pattern(self, pattern: Any, goal: Destination) -> Any:
        """A pattern (8.7): of tiles or of a gradient."""
        if isinstance(pattern, Stream):
            if pattern.objgen not in self._done:
                self._done.add(pattern.objgen)
                if int(pattern.PaintType) != 1:
                    raise SeparationError("tiles without colours of their own")
                self._content(pattern, goal)
        else:
            pattern.Shading = self._shading(pattern.Shading, goal)
            if "/ExtGState" in pattern:
                pattern.ExtGState = self._state(pattern.ExtGState, goal)
        return pattern

    def _content(self, holder: Any, goal: Destination) -> None:
        """The content of a form or of tiles, in place."""
        resources = holder.get("/Resources", Dictionary())
        self._resources(resources, goal)
        separator = ContentSeparator(goal, resources)
        holder.write(zlib.compress(separator.separated(holder), 9), filter=Name.FlateDecode)
        self._group(holder, goal)
        if separator.spots and separator.is_printed:
            raise SeparationError("die lines and something else in one drawing: give each a drawing")
        if separator.spots:
            self._die_lines(holder, separator.spots)

    def _die_lines(self, form: Any, spots: set[str]) -> None:
        """A form that draws die lines: all of it is on their layer, and not blended as a group by itself, in which
        nothing would overprint what lies below.
        """
        if len(spots) > 1 or form.get("/Subtype") != Name.Form:
            raise SeparationError("die lines of several kinds in one drawing, or in tiles: give each a drawing")
        if "/Group" in form:
            del form.Group
        [spot] = spots
        allow(form.Resources, spot)
        form.OC = self._layers.of(spot)

    def _group(self, holder: Any, goal: Destination) -> None:
        """The colour space in which what is transparent is blended (11.6.6)."""
        group = holder.get("/Group")
        if group is not None and "/CS" in group:
            own = Dictionary(dict(group.items()))  # others may have the same
            own.CS = goal.space
            holder.Group = own

    def _stream(self, content: bytes) -> Any:
        stream = self.pdf.make_stream(b"")
        stream.write(zlib.compress(content, 9), filter=Name.FlateDecode)
        return stream

    # -- gradients -----------------------------------------------------------------------------------------------------

    def _shading(self, shading: Any, goal: Destination) -> Any:
        """A gradient (8.7.4.5), of which all that was understood by preflight is axial or radial."""
        if components_of(shading.ColorSpace) != _SCREEN_COMPONENTS:
            return shading
        if int(shading.ShadingType) not in _UNDERSTOOD_SHADINGS:
            raise SeparationError(f"a gradient of type {int(shading.ShadingType)}")
        made = Dictionary(dict(shading.items()))
        made.ColorSpace = goal.space
        made.Function = self._function(shading.Function, goal)
        if "/Background" in made:
            made.Background = Array(goal.painted(_rgb(shading.Background)))
        return made

    def _function(self, function: Any, goal: Destination) -> Any:
        """What a gradient goes through, as samples of it (7.10.2)."""
        kind = int(function.FunctionType)
        if kind == _STITCHING:
            made = Dictionary(dict(function.items()))
            made.Functions = Array([self._function(part, goal) for part in function.Functions])
            return made
        if kind != _EXPONENTIAL:
            raise SeparationError(f"a gradient by a function of type {kind}")
        first, last, exponent = _rgb(function.C0), _rgb(function.C1), float(function.N)
        steps = [(step / (SAMPLES - 1)) ** exponent for step in range(SAMPLES)]
        colours = [tuple(a + (b - a) * step for a, b in zip(first, last, strict=True)) for step in steps]
        strip = Image.new("RGB", (SAMPLES, 1))
        for at, (red, green, blue) in enumerate(colours):
            strip.putpixel((at, 0), (round(red * 255), round(green * 255), round(blue * 255)))
        data = goal.picture(strip).tobytes()
        components = len(data) // SAMPLES
        sampled = self.pdf.make_stream(b"")
        sampled.write(zlib.compress(data, 9), filter=Name.FlateDecode)
        sampled.FunctionType, sampled.BitsPerSample = 0, 8
        sampled.Domain, sampled.Range = Array([0, 1]), Array([0, 1] * components)
        sampled.Size = Array([SAMPLES])
        return sampled

    # -- pictures ------------------------------------------------------------------------------------------------------

    def _picture(self, item: Any, goal: Destination) -> None:
        """A picture of pixels (8.9), in place; one without any colour stays in grey. Its soft mask is no colour."""
        if bool(item.get("/ImageMask", False)) or components_of(item.ColorSpace) != _SCREEN_COMPONENTS:
            return
        if "/Decode" in item or isinstance(item.get("/Mask"), Array) or "/Matte" in item.get("/SMask", Dictionary()):
            raise SeparationError("a picture whose colours are changed as it is drawn")
        pixels = pikepdf.PdfImage(item).as_pil_image().convert("RGB")
        red, green, blue = pixels.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            made, space = red, Name.DeviceGray
        else:
            made, space = goal.picture(pixels), goal.space
        item.write(zlib.compress(made.tobytes(), 9), filter=Name.FlateDecode)
        item.ColorSpace, item.BitsPerComponent = space, 8


def _rgb(values: Any) -> Rgb:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
