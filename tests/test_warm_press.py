"""A warm press makes what a cold one makes, whatever happens in between."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.edits import PRODUCTS, Comparison, Editor
from tests.making import Copy
from toolkit_builder.build import make
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.errors import FaultsError, UsageError
from toolkit_builder.progress import Event, Phase, Progress
from toolkit_builder.request import Request, Result
from toolkit_builder.warm_press import WarmPress

ONE = Filters(actions=("FM5",))


@pytest.fixture
def warm() -> Iterator[WarmPress]:
    with WarmPress(1) as press:
        yield press


def asked(mine: Copy, output: str = "warm") -> Request:
    return Request(mine.project, ("handouts",), ONE, output=mine.root / output, keep_pages=False, processes=1)


def bytes_of(result: Result) -> dict[str, bytes]:
    result.raise_faults()
    return {path.name: path.read_bytes() for path in result.paths}


def test_what_is_made_warm_is_what_is_made_cold_after_edits_of_every_kind(mine: Copy, warm: WarmPress) -> None:
    editor, comparison = Editor(mine, seed=11), Comparison(mine, warm, fresh=False)
    assert not comparison.differs()
    for kind in (*editor.kinds, "action", "fault"):  # out again; mended
        done = editor.edit(kind)
        assert not comparison.differs(), done


def test_leaves_that_are_as_they_were_are_not_typeset_again(mine: Copy, warm: WarmPress) -> None:
    request = Request(mine.project, PRODUCTS, Filters(actions=("FM5", "SP1")), output=mine.output, keep_pages=False)
    before = bytes_of(make(request, warm=warm))
    words: list[str] = []
    mine.retell("SP1", "purpose", "Dysgwch gyda’ch gilydd.", "Learn together.")
    after = bytes_of(make(request, report=lambda event: words.append(str(event)), warm=warm))
    assert before.keys() == after.keys()
    assert before != after
    counts = [word for word in words if word.startswith("typesetting ")]
    assert counts == ["typesetting 1 page", "typesetting 2 pages"]  # a handout, and the summary in two halves


def test_what_is_looked_at_is_there_before_the_rest_is_begun(mine: Copy, warm: WarmPress) -> None:
    done: list[str] = []

    def note(event: Event) -> None:
        if isinstance(event, Progress) and event.phase in (Phase.TYPESETTING, Phase.PUBLISHED) and not event.done:
            done.append(event.subject.partition(".")[0] or "typesetting")

    request = Request(mine.project, ("handouts", "summary"), ONE, output=mine.output, keep_pages=False)
    make(replace(request, looked_at="summary"), note, warm=warm).raise_faults()
    assert done == ["typesetting", "summary", "typesetting", "handouts"]
    done.clear()
    make(replace(request, force=True), note, warm=warm).raise_faults()
    assert [product for product in done if product != "typesetting"] == ["handouts", "summary"]
    with pytest.raises(UsageError, match="--looking-at toolkit: what is made is handouts, summary"):
        make(replace(request, looked_at="toolkit"), warm=warm)


def test_a_fault_elsewhere_does_not_keep_back_what_is_looked_at(mine: Copy, warm: WarmPress) -> None:
    page = mine.root / "layouts" / "summary" / "page.html"
    page.write_text(page.read_text("utf-8").replace("{% block body %}", "{% block body %}{{ labels.sumary.note | t }}"))
    request = Request(mine.project, ("handouts", "summary"), ONE, output=mine.output, keep_pages=False)
    made = make(request, warm=warm)
    assert made.not_made == ("summary",)
    assert {path.name.partition(".")[0] for path in made.paths} == {"handouts"}
    assert all("layouts/summary/page.html" in str(fault) for fault in made.faults)
    with pytest.raises(FaultsError):
        made.raise_faults()


def test_a_worker_that_is_killed_is_replaced(mine: Copy, warm: WarmPress) -> None:
    before = bytes_of(make(asked(mine), warm=warm))
    for process in multiprocessing.active_children():
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    mine.retell("FM5", "purpose", "Dysgwch gyda’ch gilydd.", "Learn together.")
    assert bytes_of(make(asked(mine), warm=warm)) == bytes_of(make(asked(mine, "cold"))) != before


@pytest.mark.parametrize("is_warm", [True, False])
def test_styles_that_change_while_pages_are_typeset(mine: Copy, warm: WarmPress, is_warm: bool) -> None:
    style = mine.root / "styles" / "base.css"
    other = style.read_text("utf-8").replace("line-height: 1.25", "line-height: 1.27")
    changes: list[Path] = []

    def change(event: Event) -> None:
        if isinstance(event, Progress) and event.phase is Phase.TYPESETTING and not changes:
            style.write_text(other, "utf-8")
            changes.append(style)

    made = bytes_of(make(asked(mine), change, warm=warm if is_warm else None))
    assert changes
    assert made == bytes_of(make(asked(mine, "cold")))


def test_a_project_is_read_again_only_if_it_has_changed(mine: Copy, warm: WarmPress) -> None:
    first, again = warm.read(mine.project), warm.read(mine.project)
    assert all(one is other for one, other in zip(first, again, strict=True))
    mine.retell("SP1", "purpose", "Dysgwch gyda’ch gilydd.", "Learn together.")
    changed = warm.read(mine.project)
    assert changed[0] is not first[0]
    # What a request leaves in the press goes with the next one, although nothing of the project has changed.
    request = asked(mine)
    make(request, warm=warm).raise_faults()
    press = warm._press
    assert press
    units = press._units
    make(replace(request, force=True), warm=warm).raise_faults()
    assert press._units is not units
