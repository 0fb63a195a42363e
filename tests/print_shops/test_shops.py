"""`content/shops/`: read, checked with places, shipped ones overlaid by a project's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.making import Copy
from tests.typed import typed
from toolkit_builder.catalogue.schemas import FOLDER, as_text
from toolkit_builder.documents.print_shop import ORDERS, ShopOptions
from toolkit_builder.errors import FaultsError, UsageError
from toolkit_builder.print_shops.loading import PrintShops
from toolkit_builder.print_shops.profiles import CUSTOM, SHIPPED, profile_at
from toolkit_builder.print_shops.schemas import NAME, schema
from toolkit_builder.project import Project, shipped


def test_shipped_ones_cover_every_order_of_sides() -> None:
    shops = PrintShops(Project(shipped()))
    settled = [shops.settled(ShopOptions(name)) for name in shops.files]
    assert {shop.order for shop in settled} == set(ORDERS)
    assert {shop.marks for shop in settled} == {"none", "crop"}
    assert shops.faults() == []


def test_a_projects_own_goes_before_and_adds(mine: Copy) -> None:
    mine.write("content/shops/alternating.yaml", "help: Ours.\nbleed: 5\ntrim: [a6, [63.5, 88.9]]\n")
    mine.write("content/shops/lleol.yaml", "help: Lleol.\nsafe_zone: 4\n")
    shops = PrintShops(mine.project)
    assert {"alternating", "two-files", "lleol"} <= set(shops.files)
    own = shops.settled(ShopOptions())
    assert (own.bleed, own.safe_zone, own.trim) == (5, 5, ((105, 148), (63.5, 88.9)))
    assert shops.settled(ShopOptions("lleol")).safe_zone == 4


def test_shipped_ones_are_there_for_a_project_without_any(mine: Copy) -> None:
    for path in (mine.root / "content" / "shops").iterdir():
        path.unlink()
    assert "two-files" in PrintShops(mine.project).files


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("bleed: 3\n", "1:1", "help: missing"),
        ("help: X.\nbleed: wide\n", "2:8", "bleed: no number of mm; write one from 0 to 20"),
        ("help: X.\norder: front-first\n", "2:8", "order: “front-first” is not allowed"),
        ("help: X.\nbleeds: 3\n", "2:1", "did you mean “bleed”?"),
        ("help: X.\nmost_ink: 900\n", "2:11", "most_ink: no number of percent; write one from 100 to 400"),
        ("help: X.\nprofile: papur.icc\n", "2:10", "profile: papur.icc cannot be read"),
        ("help: X.\nprofile: ../papur.icc\n", "2:10", "profile: “../papur.icc” is no file beside this one"),
        ("help: X.\ninks: [{screen: '#12797c', ink: [1, 2, 3]}]\n", "2:33", "inks[1].ink: no inks; write four numbers"),
        ("help: X.\ntrim: [a6, a66]\n", "2:12", "no size of paper"),
    ],
)
def test_check_tells_what_is_wrong_and_where(text: str, place: str, said: str, mine: Copy) -> None:
    mine.write("content/shops/lleol.yaml", text)
    done = typed("check", "--project", mine.root)
    [line] = [line for line in done.out.splitlines() if "shops/lleol.yaml" in line]
    assert line.startswith(f"content/shops/lleol.yaml:{place}: error: "), line
    assert said in line
    assert done.status == 1
    with pytest.raises(FaultsError):
        PrintShops(mine.project).settled(ShopOptions("lleol"))


def test_a_file_that_is_not_read_is_told(mine: Copy) -> None:
    mine.write("content/shops/lleol.yml", "help: X.\n")
    assert (
        "content/shops/lleol.yml:1:1: error: is not read under this name; call it lleol.yaml"
        in typed("check", "--project", mine.root).out
    )


def test_a_page_that_a_shop_does_not_cut_is_refused(mine: Copy) -> None:
    mine.write("content/shops/lleol.yaml", "help: X.\ntrim: [[63.5, 88.9]]\n")
    done = typed("cards", "--for", "print-shop", "--shop", "lleol", "--project", mine.root)
    assert done.status == 2
    assert "cards is 105 × 148 mm, and it cuts 63.5 × 88.9 mm" in done.err


def test_the_schema_is_as_the_model_makes_it() -> None:
    project = Project(shipped())
    made = schema(project)
    Draft202012Validator.check_schema(made)
    stored = (project.root / FOLDER / NAME).read_text("utf-8")
    assert stored == as_text(made), "run: python -m toolkit_builder.print_shops.schemas"
    assert json.loads(stored)["required"] == ["help"]


def test_the_shipped_profile_has_its_licence_beside_it() -> None:
    profile = profile_at(SHIPPED)
    assert (profile.condition, profile.is_registered) == ("FOGRA39", True)
    licence = SHIPPED.with_suffix(".txt").read_text("utf-8")
    assert "basICColor" in licence
    assert "This notice may not be removed or altered" in licence


def test_a_condition_that_nobody_named_is_custom(tmp_path: Path) -> None:
    """One byte of its description is another: it is no condition that this tool knows."""
    other = tmp_path / "arall.icc"
    other.write_bytes(SHIPPED.read_bytes().replace(b"ISO Coated v2 300%", b"ISO Coated v9 300%"))
    assert profile_at(other).condition == CUSTOM
    assert profile_at(other, "FOGRA52").condition == "FOGRA52"
    with pytest.raises(UsageError, match="cannot be read"):
        profile_at(tmp_path / "dim.icc")
