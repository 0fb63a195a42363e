"""Slips planted in all that is printed, as many at a time as do not meet: each is found at its place, and no others."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
import yaml

from tests.making import Copy
from tests.proofreading.reading import TODAY, doubts
from tests.proofreading.test_texts import plant
from toolkit_builder.press.fonts import font_faces
from toolkit_builder.press.typesetting.repertoire import REPERTOIRE
from toolkit_builder.project import Project
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.letters import USUAL
from toolkit_builder.proofreading.today import today

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
Slip = dict[str, str]
SLIPS: list[Slip] = yaml.safe_load((HERE / "planted_slips.yaml").read_text("utf-8"))
ELSEWHERE = {Check.STALE: "warning", Check.FONTS: "error"}
"""Checks that are tried in tests of their own (test_review.py, and below), with their severity."""
AT_WORDS = ("a word twice", "a range the wrong way round", "an action that does not exist", "two spaces")
"""Checks that tell the line of a Markdown file, and not only the file."""


def rounds() -> list[list[Slip]]:
    """The slips, of which no two of a round stand in one line."""
    found: list[list[Slip]] = []
    for slip in SLIPS:
        for others in found:
            if all(slip["file"] != other["file"] or _apart(slip["before"], other["before"]) for other in others):
                others.append(slip)
                break
        else:
            found.append([slip])
    return found


def _apart(one: str, other: str) -> bool:
    return one not in other and other not in one


@pytest.mark.parametrize("slips", rounds(), ids=lambda slips: slips[0]["check"])
def test_every_slip_is_found_and_no_other(tmp_path: Path, slips: list[Slip]) -> None:
    copy = Copy(tmp_path, "content")
    for slip in slips:
        plant(copy, slip["file"], slip["before"], slip["after"])
    found = doubts(copy.project)
    for slip in slips:
        told = next((fault for fault in found if slip["said"] in fault.message), None)
        assert told, (slip, [str(fault) for fault in found])
        assert told.severity == slip.get("severity", "warning"), slip
        assert told.file.endswith(slip.get("told", f"content/{slip['file']}")), slip
        if slip["file"].endswith(".md") and slip["check"] in AT_WORDS:
            text = (copy.root / told.file).read_text("utf-8")
            assert told.line == 1 + text.count("\n", 0, text.index(slip["after"])), slip
        found.remove(told)
    others = [str(fault) for fault in found if not any(each in fault.message for each in _besides(slips))]
    assert not others, "\n".join(others)


def _besides(slips: list[Slip]) -> list[str]:
    """What slips bring with them: most are planted in one language, so that the other differs."""
    said = [each for slip in slips for each in slip.get("besides", "").split("; ") if each]
    return [*said, "was changed since the"]  # what is planted in the original alone leaves its translation behind


def test_every_check_has_a_slip_that_it_finds() -> None:
    assert {slip["check"] for slip in SLIPS} | {*ELSEWHERE} == {*Check}


def test_the_docs_have_every_check_in_one_table() -> None:
    text = (ROOT / "docs" / "checks.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (error|warning) \|", text, re.MULTILINE)
    severity = {slip["check"]: slip.get("severity", "warning") for slip in reversed(SLIPS)}
    severity |= {str(check): how for check, how in ELSEWHERE.items()}
    assert dict(rows) == {str(check): severity[check] for check in Check}
    assert len(rows) == len(Check)


def test_a_font_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    plant(copy, "framework.yaml", "font: {family: Source Sans 3}", "font: {family: Mine, file: fonts/ŵ.ttf}")
    [told] = doubts(copy.project)
    assert (told.file, told.severity) == ("content/framework.yaml", "error")
    assert "content/fonts/ŵ.ttf, which the styles or framework.yaml name for Mine" in told.message


def test_a_telephone_number_without_figures_is_an_error_of_its_file(tmp_path: Path) -> None:
    """Of figures too few there is a doubt only, as of other slips (`planted_slips.yaml`)."""
    copy = Copy(tmp_path, "content")
    plant(copy, "partnerships/example-early.yaml", "telephone: 01632 960 123", "telephone: gofynnwch i Siân")
    [told] = doubts(copy.project)
    assert (told.file, told.where, told.severity) == (
        "content/partnerships/example-early.yaml",
        "contact.telephone",
        "error",
    )
    assert "a telephone number, which has digits" in told.message


def test_the_shipped_font_has_the_repertoire() -> None:
    [css] = (style / "base.css" for style in Project(ROOT).styles)
    [face] = font_faces(css.read_text("utf-8"), css.parent)
    assert USUAL in face.path.parts
    assert face.characters.issuperset(REPERTOIRE)


def test_what_is_accepted_is_not_told(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    plant(copy, "actions/FM5.yaml", "cy: Rhoddion preifat", "cy: Rhoddion i plant preifat")
    assert any("“i plant” lacks" in fault.message for fault in doubts(copy.project))
    copy.append("content/accepted.txt", "i plant\n")
    assert doubts(copy.project) == []


@pytest.mark.parametrize(
    ("given", "day"),
    [("1798761600", datetime.date(2027, 1, 1)), ("", None), ("yfory", None), ("9" * 30, None)],
)
def test_the_day_can_be_set_so_that_the_same_input_gives_the_same_result(given: str, day: datetime.date | None) -> None:
    found = today({"SOURCE_DATE_EPOCH": given})
    assert found == day if day else found > datetime.date(2026, 1, 1)


def test_a_date_has_gone_by_from_the_day_after(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    day = datetime.date(2027, 3, 4)
    assert doubts(copy.project, today=day) == []
    [told] = doubts(copy.project, today=day + datetime.timedelta(days=1))
    assert (told.where, told.severity) == ("workshop.date", "warning")
    assert day > TODAY
