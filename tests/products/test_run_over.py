"""Frameworks with more, or with longer texts, than a page has room for: pages go on, in the order of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import reading
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.documents.plan import Leaf, Plan


def rewrite(mine: Copy, name: str, change: Any) -> None:
    path = mine.root / "content" / name
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10000), "utf-8")


def with_many_actions(mine: Copy, count: int) -> None:
    """So many more actions in the last category, which suit the first step of each scale."""
    data = yaml.safe_load((mine.root / "content" / "actions" / "FM1.yaml").read_text("utf-8"))
    for number in range(8, 8 + count):
        title = {"cy": f"Ŵyn a mapiau {number}", "en": f"Lambs and maps {number}"}
        more = {"code": f"FM{number}", "title": title, "stage": ["early"], "resource": "low", "time": "short"}
        text = yaml.safe_dump({**data, **more}, allow_unicode=True, sort_keys=False)
        mine.write(f"content/actions/FM{number}.yaml", text)


def with_long_lists(mine: Copy, code: str, count: int = 12) -> None:
    """An action with so many examples and keys and a title of ninety letters."""

    def change(action: dict[str, Any]) -> None:
        action["title"] = {
            "cy": "Casglu gwybodaeth am anghenion, cryfderau a gobeithion pobl a chymunedau lleol yn yr ardal",
            "en": "Gathering information about the needs, strengths and hopes of local people and communities",
        }
        numbers = range(1, count + 1)
        action["examples"] = [
            {"cy": f"Rhywbeth y mae partneriaeth yn ei wneud, {at}", "en": f"Something a partnership does, {at}"}
            for at in numbers
        ]
        action["keys"] = [
            {"cy": f"Cytunwch yn gynnar ar bwy sy’n gwneud beth, {at}", "en": f"Agree early on who does what, {at}"}
            for at in numbers
        ]

    rewrite(mine, f"actions/{code}.yaml", change)


def made(mine: Copy, tmp_path: Path, *words: str) -> tuple[list[str], Path]:
    """The texts of the pages of the one document that a command makes, and its path."""
    done = typed(*words, "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = (path for path in tmp_path.rglob("*.pdf") if not path.name.endswith(".sheets.pdf"))
    return reading.pages(path), path


def test_the_summary_of_many_actions_goes_on_and_lists_each_once(mine: Copy, tmp_path: Path) -> None:
    with_many_actions(mine, 40)
    pages, path = made(mine, tmp_path, "summary", "--language", "en")
    assert len(pages) == 2
    for number in range(8, 48):
        assert sum(page.count(f"Lambsandmaps{number}") for page in pages) == 1
    assert ["CodeAction" in page for page in pages] == [True, True], "the list has its head on each of its pages"
    heads = [element.text for element in reading.tree(path) if element.kind == "/TH"]
    assert heads.count("Code") == 1, "heads that come again are not read out"
    assert reading.failures(path) == ""


def test_pages_after_a_list_that_runs_over_have_the_numbers_of_the_contents(mine: Copy, tmp_path: Path) -> None:
    """Contents and openings run over: both are known when they are typeset, and the numbers are worked out again."""
    with_many_actions(mine, 24)
    pages, path = made(mine, tmp_path, "toolkit", "--language", "en")
    starts = {title: number for _, title, number in reading.bookmarks(path)}
    contents = "".join(pages[starts["Contents"] : starts["Contents"] + 2])
    for number in (8, 20, 31):
        title = f"Lambs and maps {number}"
        page = starts[f"FM{number} {title}"] + 1
        assert f"{title.replace(' ', '')}{page}" in contents
        assert title.replace(" ", "") in pages[page - 1]
    opening = starts["Financial mechanisms"]
    assert "FM31" not in pages[opening], "the page of the opening stays as it is"
    assert all(f"Lambsandmaps{number}" in pages[opening + 1] for number in (8, 20))


def test_a_second_run_finds_what_ran_over_as_it_was(mine: Copy, tmp_path: Path) -> None:
    with_many_actions(mine, 24)
    command = ("toolkit", "--category", "finance", "--project", mine.root, "--output", tmp_path)
    assert typed(*command).status == 0
    again = typed(*command)
    assert "current" in again.out + again.err


def test_a_card_goes_on_on_a_further_card_and_backs_stay_with_their_fronts(mine: Copy, tmp_path: Path) -> None:
    with_long_lists(mine, "SP1")
    pages, _ = made(mine, tmp_path, "cards", "--deck", "text", "--action", "SP1", "--action", "SP2")
    assert len(pages) % 2 == 0
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        assert ("SP2" in front) == ("SP2" in back)
    cy, en = "".join(pages[::2]), "".join(pages[1::2])
    assert cy.count("Rhywbethymaepartneriaethyneiwneud,12") == en.count("Somethingapartnershipdoes,12") == 1
    assert cy.count("Cytunwchyngynnar") == en.count("Agreeearlyonwhodoeswhat") == 12


def test_the_back_of_a_picture_card_goes_on_on_a_further_back(mine: Copy, tmp_path: Path) -> None:
    with_long_lists(mine, "SP1")
    pages, path = made(mine, tmp_path, "cards", "--action", "SP1", "--action", "SP2")
    backs = "".join(pages[1::2])
    assert backs.count("Cytunwchyngynnar") == backs.count("Agreeearlyonwhodoeswhat") == 12
    fronts = [at for at, page in enumerate(pages) if "Meddwlsystemauamapio" in page]
    assert fronts == [len(pages) - 4, len(pages) - 3], "front and back of the next card are one card"
    assert fronts[0] % 2 == 0
    assert reading.failures(path) == ""


@pytest.mark.parametrize("deck", ["picture", "text"])
def test_a_long_note_leaves_no_card_without_its_text(mine: Copy, tmp_path: Path, deck: str) -> None:
    """Kept whole, a paragraph of nearly a card left the one before it with an empty tint, or its head alone."""
    said = {"cy": "Byddwn yn gofyn i bobl y cwm. ", "en": "We ask the people of the valley. "}
    note = {language: (sentence * 34).strip() for language, sentence in said.items()}
    names = {"name": {"cy": "Cwm Hir", "en": "Long Valley"}, "actions": {"FM1": {"note": note}}}
    mine.write("content/partnerships/long.yaml", yaml.safe_dump(names, allow_unicode=True))
    pages, _ = made(mine, tmp_path, "cards", "--deck", deck, "--action", "FM1", "--partnership", "long")
    local = pages[next(at for at, page in enumerate(pages) if "Byddwnyngofyn" in page) : -2]
    assert len(local) >= 4
    for at, page in enumerate(local):
        assert page.count("boblycwm" if at % 2 == 0 else "peopleofthevalley") >= 3, (at, page)


@pytest.mark.parametrize("layout", ["parallel-columns", "block-by-block", "top-and-bottom", "back-to-back"])
def test_a_handout_with_long_lists_is_whole_in_every_layout(mine: Copy, tmp_path: Path, layout: str) -> None:
    with_long_lists(mine, "SP1")
    pages, _ = made(mine, tmp_path, "handouts", "--action", "SP1", "--layout", layout)
    said = "".join(pages)
    for at in range(1, 13):
        assert said.count(f"ethyneiwneud,{at}•") + said.count(f"ethyneiwneud,{at}") >= 1
        assert f"whodoeswhat,{at}" in said


def test_a_handout_that_runs_over_does_so_on_the_back_of_its_own_sheet(mine: Copy, tmp_path: Path) -> None:
    with_long_lists(mine, "SP2", 24)
    chosen = ("--action", "SP1", "--action", "SP2", "--action", "SP3")
    pages, path = made(mine, tmp_path, "handouts", *chosen)
    assert [number for _, _, number in reading.bookmarks(path)] == [0, 2, len(pages) - 1]
    assert pages[1] == "", "the back of the one before"
    assert len(pages) % 2, "and none after the last"
    assert reading.failures(path) == ""


@pytest.mark.parametrize(("keys", "has_rows"), [(11, True), (17, False)])
def test_lines_to_write_on_give_way_before_a_page_runs_over(
    keys: int, has_rows: bool, mine: Copy, tmp_path: Path
) -> None:
    """Their questions first, then the rows, with their heading."""

    def longer(action: dict[str, Any]) -> None:
        one = {
            "cy": "Cytunwch yn gynnar ar bwy sy’n gwneud beth, a phryd.",
            "en": "Agree early who does what, and when.",
        }
        action["keys"] = [dict(one) for _ in range(keys)]

    rewrite(mine, "actions/SP1.yaml", longer)
    pages, _ = made(mine, tmp_path, "toolkit", "--action", "SP1", "--language", "en")
    [page] = [page for page in pages if page.count("Agreeearlywhodoeswhat,andwhen.") == keys]
    assert ("Ournotes" in page) == has_rows
    assert "Whatdowedoalready" not in page


def test_a_framework_without_scales_and_people_makes_every_product(mine: Copy, tmp_path: Path) -> None:
    kept = ("purpose", "examples", "keys")
    rewrite(
        mine,
        "framework.yaml",
        lambda data: data.update(columns=[column for column in data["columns"] if column["id"] in kept]),
    )
    for path in (mine.root / "content" / "actions").glob("*.yaml"):
        rewrite(
            mine,
            f"actions/{path.name}",
            lambda data: [data.pop(each, None) for each in ("who", "stage", "resource", "time")],
        )
    (mine.root / "content" / "provisional.yaml").unlink()
    (mine.root / "content" / "review.lock").unlink()
    for path in (mine.root / "content" / "partnerships").glob("*.yaml"):
        path.unlink()
    done = typed("build", "--action", "SP1", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err


def test_front_and_back_of_a_card_take_turns_page_by_page() -> None:
    """A front of two pages and a back of one: the back's second page is blank, so that the next front is a front."""
    leaves = [Leaf(name, "", ("cy",), "", pages=pages) for name, pages in (("a", 2), ("b", 1), ("c", 1), ("d", 1))]
    plan = Plan("cards", ("cy",), "", "", "", (), tuple(leaves), (), "back-to-back", is_paired=True)
    assert list(plan.sequence()) == [(0, 0), (1, 0), (0, 1), (1, None), (2, 0), (3, 0)]
