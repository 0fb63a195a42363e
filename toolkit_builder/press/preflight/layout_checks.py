"""The checks that a page passes before it is written.

Each takes the geometry of laid-out pages and finds what a reader would see: text or a box outside its frame or page,
text wider than its column, text over text, a page more than planned, a missing glyph, a font that was not declared, a
text without a language or in another than its part of the page. What can be mended by smaller type is marked as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from toolkit_builder.catalogue.characters import is_unseen
from toolkit_builder.press.fonts import FontFace
from toolkit_builder.press.geometry import PageGeometry, Rectangle, TextPlace, TextRun
from toolkit_builder.press.preflight.blame import LONG, Cause, amount, cause, height, rank, shown

WHOLE_LEAF = "section.leaf"
"""How the element of a leaf begins, as boxes are called in messages: if it has no room, its texts are too long."""
TOLERANCE = 0.2
"""mm that something may stick out before it counts; rounding alone stays below 0.02."""
TIGHT = 0.35
"""In em: lines of one text may be so close that the rooms of their letters overlap by this much, and no closer."""
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Finding:
    """Something wrong on a page, whose number counts within its leaf. `fits_smaller`: smaller type may mend it.

    `runs_over`: the text is one of those for which their page has no room; those of one leaf are told together.
    `advice`: what to do, if it is not to shorten the text.
    """

    page: int
    place: TextPlace
    message: str
    fits_smaller: bool = False
    runs_over: bool = False
    advice: str = ""


def of_cause(page: int, why: Cause, otherwise: TextPlace, message: str) -> Finding:
    """That there is too much, for the reason that is known; smaller type may mend it."""
    advice = "have fewer there, or shorten them" if why.items else ""
    return Finding(page, why.place or otherwise, message, fits_smaller=True, advice=advice)


def inspect(
    pages: Sequence[PageGeometry],
    planned: Mapping[str, int],
    faces: Sequence[FontFace],
    unbroken: Set[str] = frozenset(),
) -> list[Finding]:
    """All that is wrong on these pages. `planned` is the number of pages of each leaf, by its name; 0 for as
    many as it takes. `unbroken`: the leaves whose frames may not go on on a next page. Pages of findings are counted
    within their leaf, from 1.
    """
    pages = _numbered(pages)
    findings = [*_page_counts(pages, planned), *_broken_frames(pages, unbroken)]
    findings += [finding for page in pages for finding in _strayed(page)]
    for page in map(_without_strays, pages):  # what strays do to others is their own fault
        findings += _outside(page)
        findings += _overlapping(page)
        findings += _fonts(page, faces)
        findings += _languages(page)
    return findings


def _numbered(pages: Sequence[PageGeometry]) -> list[PageGeometry]:
    """The pages, each with its number within its leaf, from 1."""
    seen: Counter[str] = Counter()
    numbered = []
    for page in pages:
        seen[page.leaf] += 1
        numbered.append(replace(page, number=seen[page.leaf]))
    return numbered


def _page_counts(pages: Sequence[PageGeometry], planned: Mapping[str, int]) -> Iterator[Finding]:
    of_leaf: dict[str, list[PageGeometry]] = {leaf: [] for leaf in planned}
    for page in pages:
        if page.leaf in of_leaf:
            of_leaf[page.leaf].append(page)
        else:
            yield Finding(page.number, TextPlace(page.leaf), "a page that belongs to no leaf of the plan")
    for leaf, count in planned.items():
        made = of_leaf[leaf]
        if len(made) != count and (count or not made):
            last = made[:count][-1].number if made else 0
            message = f"takes {len(made)} {_pages(len(made))}, and {count} {'was' if count == 1 else 'were'} planned"
            too_many = made[count:] if count else []
            if not too_many:
                yield Finding(last, TextPlace(leaf), message)
                continue
            why = cause(run for page in made for run in page.texts)
            if why.place:
                beyond = [run for page in too_many for run in page.texts]
                message = f"the leaf {message}{_surplus(too_many)}; {why.told(beyond)}"
            yield of_cause(last, why, TextPlace(leaf), message)


def _surplus(pages: Sequence[PageGeometry]) -> str:
    """How much stands on pages too many; nothing if there is no text on them."""
    texts = [run for page in pages for run in page.texts]
    high = sum(height(page.texts) for page in pages)
    return f": {high:.0f} mm too much ({amount(texts)})" if texts else ""


def _broken_frames(pages: Sequence[PageGeometry], unbroken: Set[str]) -> Iterator[Finding]:
    """Frames that go on on another page, of leaves where they are to stand on one."""
    first: dict[tuple[str, int], PageGeometry] = {}
    for page in pages:
        for frame in page.frames if page.leaf in unbroken else ():
            before = first.setdefault((page.leaf, frame), page)
            if before is page:
                continue
            why = cause([*before.texts, *page.texts])
            told = f"; {why.told(page.texts)}" if why.place else ""
            message = f"what is to stand on one page goes on on the next{told}"
            yield of_cause(before.number, why, TextPlace(page.leaf), message)


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"


def _strayed(page: PageGeometry) -> Iterator[Finding]:
    """What of other leaves stands here: what is placed absolutely and runs over the end of its page goes on there.

    A box counts where no text of its leaf does: lines to write on, say.
    """
    strays = [run for run in page.texts if _is_stray(run.place.leaf, page)]
    for run in strays:
        yield running_over(1, run.place, run.text)
    told = {run.place.leaf for run in strays}
    for box in page.boxes:
        is_seen = box.rectangle.bottom - box.rectangle.top > TOLERANCE
        if is_seen and _is_stray(box.place.leaf, page) and box.place.leaf not in told:
            message = f"a box ({box.element}) runs over the end of its page, onto that of another leaf"
            yield Finding(1, box.place, message, fits_smaller=True, runs_over=True)


def _is_stray(leaf: str, page: PageGeometry) -> bool:
    return leaf not in ("", page.leaf)


def running_over(page: int, place: TextPlace, text: str) -> Finding:
    """That a text goes on where another leaf begins."""
    message = f"“{shown(text)}” runs over the end of its page, onto that of another leaf"
    return Finding(page, place, message, fits_smaller=True, runs_over=True)


def _without_strays(page: PageGeometry) -> PageGeometry:
    """A page with what is its own leaf's alone."""
    texts = tuple(run for run in page.texts if not _is_stray(run.place.leaf, page))
    boxes = tuple(box for box in page.boxes if not _is_stray(box.place.leaf, page))
    lifted = tuple(box for box in page.lifted if not _is_stray(box.leaf, page))
    return replace(page, texts=texts, boxes=boxes, lifted=lifted)


def _outside(page: PageGeometry) -> Iterator[Finding]:
    """What stands outside its frame or column; where a text that somebody can change does, what has none is pushed
    aside by it.
    """
    findings = list(_all_outside(page))
    yield from [finding for finding in findings if finding.place.key] or findings


def _all_outside(page: PageGeometry) -> Iterator[Finding]:
    beyond_ends: list[TextRun] = []
    for run in page.texts:
        beyond = max((run.ink.outside(frame) for frame in run.frames), default=0.0)
        wide = max(run.ink.right - run.column.right, run.column.left - run.ink.left)
        text = shown(run.text)
        if beyond > TOLERANCE and beyond == _beyond_ends(run.ink, run.frames):
            beyond_ends.append(run)
        elif beyond > TOLERANCE:
            message = f"“{text}” stands {beyond:.1f} mm outside its frame"
            yield Finding(page.number, run.place, message, True, advice=_advice(run))
        elif wide > TOLERANCE:
            message = f"“{text}” is {wide:.1f} mm wider than its column{_letters_with_room(run, wide)}"
            yield Finding(page.number, run.place, message, True, advice=_advice(run))
    if beyond_ends:
        yield _too_full(page, beyond_ends)
    for box in page.boxes:
        beyond = max((box.rectangle.outside(frame) for frame in box.frames), default=0.0)
        is_told = beyond_ends and beyond == _beyond_ends(box.rectangle, box.frames)  # by its texts
        if beyond > TOLERANCE and not is_told:
            message = f"a box ({box.element}) stands {beyond:.1f} mm outside its frame"
            why = cause(page.texts)
            if box.element.startswith(WHOLE_LEAF) and why.place and why.letters >= LONG:
                yield of_cause(page.number, why, box.place, f"{message}; {why.told()}")
            else:
                yield Finding(page.number, box.place, message, True)


def _advice(run: TextRun) -> str:
    """What to do about a line that is too wide, if it is one word, which may be a name that nobody can shorten."""
    return "" if len(run.text.split()) > 1 else "shorten it, or say with soft hyphens (U+00AD) where it may be broken"


def _letters_with_room(run: TextRun, wide: float) -> str:
    """About how many letters of a line have room that is this much too wide, in mm."""
    width = run.ink.right - run.ink.left
    if width <= wide:
        return ""
    count = len(run.text)
    return f": about {int(count * (1 - wide / width))} of its {count} letters have room"


def _beyond_ends(area: Rectangle, frames: Sequence[Rectangle]) -> float:
    """How far something reaches below its frames, or above them: what stands at the foot of a page grows upwards."""
    return max((max(area.bottom - frame.bottom, frame.top - area.top) for frame in frames), default=0.0)


def _too_full(page: PageGeometry, beyond: Sequence[TextRun]) -> Finding:
    """That texts stand beyond an end of their frame: told once, at the one that somebody can change."""
    last = max(beyond, key=lambda run: _beyond_ends(run.ink, run.frames))
    why = cause(page.texts)
    where = f"“{shown(last.text)}” stands {_beyond_ends(last.ink, last.frames):.1f} mm outside its frame"
    if len(beyond) > 1:
        where += f", with all in all {amount(beyond)}"
    first = beyond[0].place
    is_first = why.place and first.key and rank(first) <= rank(why.place) and not why.items
    if why.place is None or why.letters < LONG or is_first:
        return Finding(page.number, first, where, True)
    return of_cause(page.number, why, first, f"{where}; {why.told(beyond)}")


def _overlapping(page: PageGeometry) -> Iterator[Finding]:
    """Texts over texts and under boxes, those of one place once, by as much as they do most."""
    worst: dict[tuple[TextPlace, TextPlace | int], tuple[float, str, Sequence[TextRun]]] = {}
    for run, other in combinations(page.texts, 2):
        if run.ink.bottom <= other.ink.top or other.ink.bottom <= run.ink.top:
            continue  # nearly all pairs: one stands below the other
        # Lines of one block stand as close as its line height says. Twice the tolerance: ink is reckoned from ascender
        # to descender, which letters seldom reach.
        least = TOLERANCE * 2 if run.block != other.block else TIGHT * run.size * MM_PER_POINT
        overlap = run.ink.overlap(other.ink)
        if overlap > max(least, worst.get((run.place, other.place), (0.0,))[0]):
            message = f"“{shown(run.text)}” and “{shown(other.text)}” stand over one another by {overlap:.1f} mm"
            of_both = [one for one in page.texts if one.place in (run.place, other.place)]
            worst[run.place, other.place] = overlap, message, [run, *of_both]
    for run in page.texts:
        for box in page.lifted:
            overlap = run.ink.overlap(box.rectangle) if not run.lifted else 0.0
            if overlap > max(TOLERANCE, worst.get((run.place, box.number), (0.0,))[0]):
                message = f"“{shown(run.text)}” stands under or too close to what is placed below or beside it"
                of_both = [one for one in page.texts if one.place == run.place or box.number in one.lifted]
                worst[run.place, box.number] = overlap, f"{message}, by {overlap:.1f} mm", [run, *of_both]
    for _, message, texts in worst.values():
        why = cause(texts)
        if why.items:
            message += f"; {why.told()}"
        elif why.place and why.place != texts[0].place:
            message += f"; “{shown(why.text)}” is the text to change"
        yield of_cause(page.number, why, texts[0].place, message)


def _fonts(page: PageGeometry, faces: Sequence[FontFace]) -> Iterator[Finding]:
    """Texts in a font that is not declared, or with letters that theirs does not have: all those of a text at once."""
    missing: dict[tuple[TextPlace, str], tuple[set[str], str]] = {}
    for run in page.texts:
        face = _face(run, faces)
        if face is None:
            style = " italic" if run.italic else ""
            font = f"{run.families[0]}{style} {run.weight}"
            message = f"“{shown(run.text)}” asks for {font}, which the styles do not declare"
            yield Finding(page.number, run.place, message)
            continue
        strange = {one for one in run.text if not one.isspace() and ord(one) not in face.characters}
        strange = {one for one in strange if not is_unseen(one)}
        if strange:
            missing.setdefault((run.place, face.family), (set(), run.text))[0].update(strange)
    for (place, family), (characters, text) in missing.items():
        listed = ", ".join(f"“{one}” (U+{ord(one):04X})" for one in sorted(characters))
        yield Finding(page.number, place, f"{family} has no {listed}, in “{shown(text)}”")


def _face(run: TextRun, faces: Sequence[FontFace]) -> FontFace | None:
    for face in faces:
        least, most = face.weights
        if face.family == run.families[0] and face.italic == run.italic and least <= run.weight <= most:
            return face
    return None


def _languages(page: PageGeometry) -> Iterator[Finding]:
    for run in page.texts:
        place = run.place
        if place.leaf and not place.language:
            yield Finding(page.number, place, f"“{shown(run.text)}” has no language (lang)")
        elif place.printed not in ("", place.language):
            message = (
                f"“{shown(run.text)}” is the text in {place.printed}, in a part whose language is {place.language}"
            )
            yield Finding(page.number, place, message)
