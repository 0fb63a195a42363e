"""From rendered leaves (HTML) to plates that have passed preflight.

All leaves of a job are set in their first setting, at their largest size. The groups of which a leaf does not fit are
set smaller, step by step and alone, until they fit, or then on more pages if they may run over; what fits becomes
plates at once. A group that does not fit in its last setting is reported, as is every other finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import FontFace, font_faces
from toolkit_builder.press.geometry import PageGeometry, TextPlace
from toolkit_builder.press.html.rendered import RUNS_OVER, RenderedLeaf, Setting, StyleSet
from toolkit_builder.press.plates.draft import Face
from toolkit_builder.press.plates.plate import FontParts, PlateError
from toolkit_builder.press.preflight.html_checks import Complaint
from toolkit_builder.press.preflight.layout_checks import Finding, inspect
from toolkit_builder.press.preflight.readback import read_back
from toolkit_builder.press.typesetting.declared_fonts import other_files
from toolkit_builder.press.typesetting.failing import failing_line
from toolkit_builder.press.typesetting.gc_pause import gc_paused
from toolkit_builder.press.typesetting.jobs import Failure, Outcome
from toolkit_builder.press.typesetting.overlong import emptied, overlong_text
from toolkit_builder.press.typesetting.platemaking import font_parts, make_plates

try:  # the one door to the engine: whoever needs it comes through here
    from toolkit_builder.press.typesetting.engine import Engine, LaidOut
    from toolkit_builder.press.typesetting.engine_messages import EngineError
except OSError as error:  # pango is not there
    raise MachineError(
        "the typesetting library pango is missing on this machine. Type: toolkit-builder doctor"
    ) from error

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PLACE_OF_PAGE = re.compile(r"@page[^{;]*:(left|right|first|blank|nth\b[^{]*)[^{;]*\{")


class Typesetter:
    """Typesets leaves with the styles and fonts of one style set."""

    def __init__(self, style_set: StyleSet) -> None:
        self.style_set = style_set
        self.faces: list[FontFace] = [
            face for style in style_set.styles for face in font_faces(style.read_text(encoding="utf-8"), style.parent)
        ]
        fonts = style_set.language_style, style_set.language_base
        self.faces += font_faces(*fonts)
        self.engine = Engine(
            style_set.styles, style_set.folders, self._characters, greyscale=style_set.greyscale, first=fonts
        )

    def typeset(self, leaves: Sequence[RenderedLeaf]) -> Outcome:
        """Make the plates of these leaves. Leaves of one group have to come together."""
        outcome = Outcome(complaints=list(self._styles_of_place()))
        if outcome.complaints:
            return outcome
        steps = {leaf.group: 0 for leaf in leaves}
        waiting = list(leaves)
        while waiting:
            with gc_paused():
                waiting = self._step(waiting, steps, outcome)
        return outcome

    def _step(self, leaves: list[RenderedLeaf], steps: dict[str, int], outcome: Outcome) -> list[RenderedLeaf]:
        """Try leaves; those that are to be tried again, smaller. Where the engine fails over one of them, the others
        are tried without it; if none of its texts is to blame, it is noted as a failure.
        """
        try:
            return self._attempt(leaves, steps, outcome)
        except (EngineError, PlateError) as error:
            groups = list(dict.fromkeys(leaf.group for leaf in leaves))
            if len(groups) > 1:
                half = set(groups[: len(groups) // 2])
                parts = [[leaf for leaf in leaves if (leaf.group in half) == is_first] for is_first in (True, False)]
                return [leaf for part in parts for leaf in self._step(part, steps, outcome)]
            if failing := [leaf for leaf in leaves if self._failure(leaf, emptied(leaf.html))]:
                outcome.failures += [Failure(leaf.name, str(error), self._failing_line(leaf)) for leaf in failing]
                return []
            steps[groups[0]] += 1
            if steps[groups[0]] < _count(leaves):
                return leaves
            outcome.findings += self._overlong(leaves, str(error))
            return []

    def _failing_line(self, leaf: RenderedLeaf) -> str:
        """The line of a leaf's HTML, without the words of its texts, with which it fails."""
        html = emptied(leaf.html)
        said = self._failure(leaf, html)
        return failing_line(html, lambda part: self._failure(leaf, part) == said)

    def _failure(self, leaf: RenderedLeaf, html: str) -> str:
        """Why a leaf with this HTML cannot be made into a plate; empty if it can."""
        settings = _last([leaf])
        try:
            laid_out = self._lay_out([replace(leaf, html=html)], settings)
            pages = laid_out.pages()
            draft, _ = laid_out.draft(_faces(pages))
            make_plates(draft, pages, settings)
        except (EngineError, PlateError) as error:
            return str(error) or type(error).__name__
        return ""

    def _overlong(self, leaves: Sequence[RenderedLeaf], failure: str) -> Iterator[tuple[Finding, float]]:
        """What to say where the engine fails over leaves of one group in their least size."""
        wrong = [leaf for leaf in leaves if not self._fits(leaf, leaf.html, counts=False)] or leaves[:1]
        for leaf in leaves:
            if leaf not in wrong:  # it may be too long all the same, and is not to be told of in the next run only
                found = self._inspected([leaf], _last([leaf]))
                yield from ((finding, leaf.sizes[-1]) for finding in found)
                continue
            text = overlong_text(leaf.html, partial(self._fits, leaf))
            place = TextPlace(leaf.name, text.key, text.language, text.language) if text else TextPlace(leaf.name)
            said = f"the typesetting engine fails over this leaf ({failure})"
            yield Finding(1, place, text.told(said) if text else f"{said}: shorten its texts"), leaf.sizes[-1]

    def _fits(self, leaf: RenderedLeaf, html: str, *, counts: bool = True) -> bool:
        """Whether a leaf can be laid out with other HTML, in its least size; if it `counts`, with all in its room."""
        try:
            findings = self._inspected([replace(leaf, html=html)], _last([leaf]))
        except EngineError:
            return False
        return not counts or not any(finding.fits_smaller for finding in findings)

    def _styles_of_place(self) -> Iterator[Complaint]:
        """What styles say of left-hand, right-hand or first pages, which a leaf knows nothing of."""
        for style in self.style_set.styles:
            css = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), style.read_text("utf-8"))
            for rule in _PLACE_OF_PAGE.finditer(css):
                line = css.count("\n", 0, rule.start()) + 1
                message = f"@page :{rule[1].strip()}: a leaf does not know on which page it will stand"
                advice = "set all pages alike (page numbers are mirrored on left-hand pages)"
                yield Complaint(f"{message}; {advice}", style=str(style), line=line)

    def geometry(self, leaves: Sequence[RenderedLeaf], settings: Mapping[str, Setting]) -> list[PageGeometry]:
        """Where everything stands on the pages of leaves, each in its setting, by name."""
        return self._lay_out(leaves, settings).pages()

    def font(self, key: str, extra: dict[int, tuple[str, float]]) -> FontParts:
        """The font of a face (`Face.key`), with glyphs beyond its repertoire."""
        face = Face.from_key(key)
        for complaint in other_files(self.engine.font_files(face), self.faces):
            raise EngineError(complaint.message)
        return font_parts(self.engine.font(face, extra))

    def _attempt(self, leaves: list[RenderedLeaf], steps: dict[str, int], outcome: Outcome) -> list[RenderedLeaf]:
        """Lay leaves out and make plates of those that fit; the others, to be tried in smaller type."""
        settings = {leaf.name: leaf.settings[min(steps[leaf.group], len(leaf.settings) - 1)] for leaf in leaves}
        laid_out = self._lay_out(leaves, settings)
        pages = laid_out.pages()
        if laid_out.complaints:
            outcome.complaints += laid_out.complaints
            return []
        findings = inspect(pages, _planned(settings), self.faces, _unbroken(settings))
        groups = {leaf.name: leaf.group for leaf in leaves}
        of_group: dict[str, list[RenderedLeaf]] = {}
        for leaf in leaves:
            of_group.setdefault(leaf.group, []).append(leaf)
        last = {group: steps[group] >= _count(own) - 1 for group, own in of_group.items()}
        smaller = self._sorted_out(findings, groups, last, settings, outcome)
        bad = smaller | {groups.get(finding.place.leaf, "") for finding in findings}
        good = [leaf for leaf in leaves if leaf.group not in bad]
        spoilt: set[str] = set()
        if good and not outcome.findings:
            findings, spoilt = self._make(laid_out, pages, good, settings, outcome)
            smaller |= self._sorted_out(findings, groups, last, settings, outcome)
        for group in smaller:
            steps[group] += 1
        again = smaller | spoilt if smaller else set()  # with nothing to be made smaller, it would come out the same
        return [leaf for leaf in leaves if leaf.group in again]

    @staticmethod
    def _sorted_out(
        findings: Sequence[Finding],
        groups: Mapping[str, str],
        last: Mapping[str, bool],
        settings: Mapping[str, Setting],
        outcome: Outcome,
    ) -> set[str]:
        """The groups that smaller type may mend; what it cannot is noted, unless it is tried on the group anyway."""
        too_big = {
            groups[finding.place.leaf] for finding in findings if finding.fits_smaller and finding.place.leaf in groups
        }
        smaller = {group for group in too_big if not last[group]}
        for finding in findings:
            if groups.get(finding.place.leaf) not in smaller:
                setting = settings.get(finding.place.leaf)
                outcome.findings.append((finding, setting.size if setting else 0))
        return smaller

    def _make(
        self,
        laid_out: LaidOut,
        pages: Sequence[PageGeometry],
        good: Sequence[RenderedLeaf],
        settings: Mapping[str, Setting],
        outcome: Outcome,
    ) -> tuple[list[Finding], set[str]]:
        """Make plates of good leaves, and read them back: what is wrong, and the groups that are to be made again."""
        names = {leaf.name for leaf in good}
        kept = laid_out.only([page.leaf in names for page in pages])
        pages = [page for page in pages if page.leaf in names]
        faces = _faces(pages)
        pictures = kept.pictures()
        draft, complaints = kept.draft(faces)
        complaints += other_files(kept.font_files(), self.faces)
        outcome.complaints += complaints
        if complaints:
            return [], set()
        plates = make_plates(draft, pages, settings)
        over = frozenset(leaf.name for leaf in good if leaf.is_over)
        findings, spoilt = read_back(plates, draft, pages, pictures, laid_out.root, over)
        wrong = spoilt | {finding.place.leaf for finding in findings}
        groups = {leaf.group for leaf in good if leaf.name in wrong}
        right = {leaf.name for leaf in good if leaf.group not in groups}
        outcome.plates += [plate for plate in plates if plate.key in right]
        return findings, groups

    def _inspected(self, leaves: Sequence[RenderedLeaf], settings: Mapping[str, Setting]) -> list[Finding]:
        pages = self._lay_out(leaves, settings).pages()
        return inspect(pages, _planned(settings), self.faces, _unbroken(settings))

    def _lay_out(self, leaves: Sequence[RenderedLeaf], settings: Mapping[str, Setting]) -> LaidOut:
        body = "\n".join(leaf.set(settings[leaf.name]) for leaf in leaves)
        return self.engine.lay_out(f"{self.style_set.head}{body}{self.style_set.tail}", self.style_set.base)

    def _characters(self, face: Face) -> frozenset[int]:
        for declared in self.faces:
            least, most = declared.weights
            if declared.family == face.family and declared.italic == face.italic and least <= face.weight <= most:
                return declared.characters
        raise EngineError(f"no font face for {face.key}")


def _count(leaves: Sequence[RenderedLeaf]) -> int:
    """In how many settings leaves that shrink together are tried."""
    return max(len(leaf.settings) for leaf in leaves)


def _last(leaves: Sequence[RenderedLeaf]) -> dict[str, Setting]:
    """Leaves in the setting that is tried last, by name."""
    return {leaf.name: leaf.settings[-1] for leaf in leaves}


def _planned(settings: Mapping[str, Setting]) -> dict[str, int]:
    """How many pages each leaf is to take, 0 for as many as it needs."""
    return {leaf: setting.pages for leaf, setting in settings.items()}


def _unbroken(settings: Mapping[str, Setting]) -> set[str]:
    """The leaves whose frames may not go on on a next page."""
    return {leaf for leaf, setting in settings.items() if setting.fit != RUNS_OVER}


def _faces(pages: Sequence[PageGeometry]) -> set[Face]:
    """The faces that pages are set in."""
    return {Face(run.families[0], run.weight, run.italic) for page in pages for run in page.texts}
