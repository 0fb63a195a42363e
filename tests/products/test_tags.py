"""What tags say beside words: of what heads of tables are heads, what pictures show, what is only decoration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.products.conftest import Made

TWO = {"actions": ("SP4", "FM5")}
PAINTING = ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ")


def elements(path: Path) -> Iterator[tuple[str, Any]]:
    """Every element of the structure tree with the kind of its parent."""
    with pikepdf.open(path) as pdf:
        waiting = [("", pdf.Root.StructTreeRoot.K[0])]
        while waiting:
            parent, element = waiting.pop()
            yield parent, element
            kids = [kid for kid in element.get("/K", ()) if not isinstance(kid, int) and "/S" in kid]
            waiting += [(str(element.S), kid) for kid in kids]


@pytest.mark.parametrize("product", ["summary", "toolkit", "facilitator-guide", "worksheet"])
def test_heads_of_tables_say_whether_they_are_of_rows_or_of_columns(made: Made, product: str) -> None:
    scopes = set()
    for parent, row in elements(made(product, **TWO)):
        if row.S != "/TR":
            continue
        cells = [(str(kid.S), str(kid.get("/A", {}).get("/Scope", ""))) for kid in row.K]
        kinds = {kind for kind, _ in cells}
        said = {scope for kind, scope in cells if kind == "/TH"}
        wanted = "/Row" if parent != "/THead" and kinds == {"/TH", "/TD"} else "/Column"
        assert said <= {wanted}, (parent, cells)
        scopes |= said
    assert scopes == {"/Column"} | ({"/Row"} if product in ("summary", "facilitator-guide") else set())


@pytest.mark.parametrize("product", ["summary", "toolkit", "handouts"])
def test_what_is_drawn_is_of_the_tree_or_an_artifact(made: Made, product: str) -> None:
    path = made(product, **TWO)
    assert all(str(each.get("/Alt", "")).strip() for _, each in elements(path) if each.S == "/Figure")
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            marked: list[str] = []
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in ("BDC", "BMC"):
                    marked.append(str(instruction.operands[0]))
                elif operator == "EMC":
                    marked.pop()
                elif operator in PAINTING:
                    assert marked, f"{operator} is neither tagged nor an artifact"
