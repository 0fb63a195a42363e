"""Reads the finished plates of a draft back, and finds what a reader would miss on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from toolkit_builder.press.geometry import PageGeometry, Picture, Rectangle, TextPlace, TextRun
from toolkit_builder.press.plates.draft import Draft, Mark
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.preflight.colours import named
from toolkit_builder.press.preflight.drawn_pictures import check_pictures, compare_pictures
from toolkit_builder.press.preflight.html_words import LeafWords, words_of_leaves
from toolkit_builder.press.preflight.layout_checks import Finding
from toolkit_builder.press.preflight.open_texts import open_text
from toolkit_builder.press.preflight.paint import Paint, Painting
from toolkit_builder.press.preflight.painting import read_page
from toolkit_builder.press.preflight.plate_words import (
    SetText,
    alternatives,
    is_from_right,
    reading_order,
    set_texts,
    texts_by_mark,
)
from toolkit_builder.press.preflight.visibility import blemishes
from toolkit_builder.press.preflight.wording import DrawnText, compare, compare_artifacts, drawn_text

MM = 72 / 25.4
MOVED = 0.5
"""mm that a text may stand beside where the layout put it, before it counts as moved."""


@dataclass(frozen=True)
class _PageRead:
    """A finished page, read: its number in the draft, what is painted on it, its texts."""

    number: int
    painting: Painting
    texts: list[SetText]
    by_mark: dict[int, str]


def read_back(
    plates: Sequence[Plate],
    draft: Draft,
    pages: Sequence[PageGeometry],
    pictures: Sequence[Sequence[Picture]],
    root: Element,
    over_others: frozenset[str],
) -> tuple[list[Finding], set[str]]:
    """What is wrong with finished plates, made of `pages`, whose HTML is below `root`; and the leaves on whose pages
    something of others stands.

    `over_others`: the leaves that are printed over others or pasted into them. How their texts are seen is known when
    that is done; they are noted on their plates (`Plate.open_texts`). Raises PlateError for what is not understood.
    """
    words = words_of_leaves(root)
    read = {plate.key: _read(plate, draft, pages) for plate in plates}
    strays = _strays(read, draft)
    findings: list[Finding] = []
    for plate in plates:
        leaf = plate.key
        own = words.get(leaf, LeafWords())
        over = leaf in over_others
        if not over and any(page.number for page in plate.pages):
            message = "a page number within the text (data-number) is stamped on rows alone: nobody would see it here"
            findings.append(Finding(1, TextPlace(leaf), message))
        findings += _wording(plate, own, read[leaf], draft, strays.get(leaf, {}))
        findings += compare_pictures(own, [pictures[page.number] for page in read[leaf]], leaf)
        for at, page in enumerate(read[leaf], start=1):
            findings += _seen(leaf, at, page, pages[page.number], draft, plate if over else None)
            findings += check_pictures(at, pictures[page.number], page.painting, over_others=over)
        if plate.pages[0].folio is None:
            plate.ink += [_in_points(one.rectangle) for one in pictures[read[leaf][0].number] if not one.may_overlap]
    return findings, {page for there in strays.values() for page in there}


def _read(plate: Plate, draft: Draft, pages: Sequence[PageGeometry]) -> list[_PageRead]:
    numbers = [number for number, page in enumerate(pages) if page.leaf == plate.key]
    tree = set(reading_order(plate))
    found: list[_PageRead] = []
    for number, page in zip(numbers, plate.pages, strict=True):
        painting = read_page(page, plate)
        texts = list(set_texts(painting.runs, draft.glyphs))
        edges = {mark: one for mark, one in draft.marks[number].items() if (len(found), mark) not in tree and one.ink}
        texts = [_with_mark(text, edges, painting.height) if text.run.mark < 0 else text for text in texts]
        found.append(_PageRead(number, painting, texts, texts_by_mark(texts)))
    return found


def _with_mark(text: SetText, edges: Mapping[int, Mark], height: float) -> SetText:
    """A text that is an artifact, with the number of the mark that it had before: the one that was laid out there."""
    left, bottom, _, _ = text.bounds()
    for number, mark in edges.items():
        ink = mark.ink
        is_left = ink is not None and abs(ink.left - left / MM) < MOVED
        if ink and is_left and abs(ink.bottom - (height - bottom) / MM) < _upright(text):
            return replace(text, run=replace(text.run, mark=number))
    return text


def _strays(read: dict[str, list[_PageRead]], draft: Draft) -> dict[str, dict[str, str]]:
    """For each leaf, what of it stands on pages of others, by the names of those."""
    strays: dict[str, dict[str, str]] = {}
    for leaf, pages in read.items():
        for page in pages:
            for number, text in page.by_mark.items():
                mark = draft.marks[page.number].get(number)
                if mark and mark.place.leaf not in ("", leaf):
                    there = strays.setdefault(mark.place.leaf, {})
                    there[leaf] = there.get(leaf, "") + drawn_text(1, text, mark).letters
    return strays


def _wording(
    plate: Plate, words: LeafWords, read: Sequence[_PageRead], draft: Draft, strays: dict[str, str]
) -> Iterator[Finding]:
    drawn: list[DrawnText] = []
    artifacts: list[DrawnText] = []
    from_right = any(is_from_right(text) for page in read for text in page.by_mark.values())
    for at, number in reading_order(plate):
        page = read[at]
        mark = draft.marks[page.number][number]
        if mark.picture or number not in page.by_mark:
            continue
        drawn.append(drawn_text(at + 1, page.by_mark[number], mark, from_right=from_right))
    for at, page in enumerate(read):
        for number, text in page.by_mark.items():
            known = draft.marks[page.number].get(number)
            if known and known.is_artifact:
                artifacts.append(drawn_text(at + 1, text, known, from_right=from_right))
    yield from compare(words, drawn, strays, plate.key)
    yield from compare_artifacts(words, artifacts, plate.key)
    if alternatives(plate) != words.alternatives:
        yield Finding(1, TextPlace(plate.key), "its pictures and their alternative texts are not those of its HTML")


def _seen(
    leaf: str, at: int, page: _PageRead, geometry: PageGeometry, draft: Draft, noted: Plate | None
) -> Iterator[Finding]:
    """How the texts of a page are seen. `noted`: the plate that keeps those of which it is not known yet."""
    runs = {run.ink: run for run in geometry.texts}
    for text in page.texts:
        if not text.text.strip():
            continue
        mark = draft.marks[page.number].get(text.run.mark, Mark("", is_artifact=True))
        face = draft.faces.get(text.run.font)
        weight = face.weight if face else 400
        place = mark.place if mark.place.leaf else replace(mark.place, leaf=leaf)
        for blemish in blemishes(text, page.painting, weight, over_others=noted is not None):
            message, advice = f"“{_short(text.text)}” {blemish.message}", ""
            if blemish.covered_by:
                message += f", by {_what_covers(blemish.covered_by, geometry)}"
                advice = "move one of them in the style, or shorten the text"
            yield Finding(at, place, message, blemish.fits_smaller, advice=advice)
        if noted is not None and at == 1:
            noted.open_texts += open_text(text, page.painting, weight, place)
        yield from _moved(at, place, text, mark.ink, page.painting.height, runs)


def _what_covers(paint: Paint, page: PageGeometry) -> str:
    """What is painted there, as a style would select it: the smallest box that it is within; and its colour."""
    left, bottom, right, top = (edge / MM for edge in paint.bounds)
    high = page.size.bottom
    painted = Rectangle(left, high - top, right, high - bottom)
    around = [box for box in page.boxes if painted.outside(box.rectangle) < MOVED]
    box = min(reversed(around), key=lambda one: one.rectangle.area, default=None)
    in_colour = f"what is painted in {named(paint.colours[0])}" if len(paint.colours) == 1 else "a picture"
    return f"{box.element}, {in_colour}" if box else in_colour


def _moved(
    at: int,
    place: TextPlace,
    text: SetText,
    ink: Rectangle | None,
    height: float,
    runs: Mapping[Rectangle, TextRun],
) -> Iterator[Finding]:
    """A text that the engine drew elsewhere than it laid it out (`transform`): no other check knows where it is."""
    if ink is None or ink not in runs or text.starts[0] or text.run.rise:
        return
    left, bottom, right, top = text.bounds()
    real = Rectangle(left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
    off = max(abs(real.left - ink.left), abs(real.top - ink.top), abs(real.bottom - ink.bottom))
    if off > MOVED and (abs(real.left - ink.left) > MOVED or off > _upright(text)):
        message = f"“{_short(text.text)}” is drawn {off:.1f} mm from where it is laid out (transform)"
        yield Finding(at, place, f"{message}: place it with margins or positions")


def _upright(text: SetText) -> float:
    """How far a text may stand above or below where it was laid out, in mm.

    One that is upside down, turned about the middle of its room, has its descenders where its ascenders would be: by
    how much these differ is for its font to say.
    """
    return text.run.em / 2 / MM if text.run.matrix[0] < 0 else MOVED


def _in_points(area: Rectangle) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(edge * MM, 1) for edge in (area.left, area.top, area.right, area.bottom))
    return left, top, right, bottom


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38].rstrip() + "…"
