"""Pages that were once made wrong, with exit status 0: each is right now, or refused with the text that is to blame."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import reading
from tests.making import Copy
from tests.typed import typed


def rewrite(mine: Copy, name: str, change: Any) -> None:
    path = mine.root / "content" / name
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10000), "utf-8")


def with_actions(mine: Copy, count: int) -> None:
    """So many actions with titles of one line in the first category."""
    source = (mine.root / "content" / "actions" / "SP1.yaml").read_text("utf-8")
    for number in range(1, count + 1):
        if number > 7:
            mine.write(f"content/actions/SP{number}.yaml", source.replace("code: SP1", f"code: SP{number}"))
        mine.retell(f"SP{number}", "title", f"Cam byr {number:02d}", f"Short action {number:02d}")


def test_an_opening_of_ten_actions_has_ten_rows_in_each_language(mine: Copy, tmp_path: Path) -> None:
    with_actions(mine, 10)
    done = typed("toolkit", "--project", mine.root, "--category", "shared-purpose", "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("*.pdf")
    pages = reading.pages(path)
    [cy] = [page for page in pages if "camaugweithreduynyradranhon" in page]
    [en] = [page for page in pages if "Theactionsinthissection" in page]
    for number in range(1, 11):
        assert cy.count(f"Cambyr{number:02d}") == en.count(f"Shortaction{number:02d}") == 1
        assert f"Shortaction{number:02d}" not in cy
        assert f"Cambyr{number:02d}" not in en


def test_the_code_of_a_triangle_is_seen_whole(mine: Copy, tmp_path: Path) -> None:
    rewrite(mine, "framework.yaml", lambda data: data["categories"][0].update(shape="triangle"))
    done = typed("build", "--action", "SP1", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err


@pytest.mark.parametrize("words", [840, 1500])
def test_a_note_of_several_pages_is_whole(mine: Copy, tmp_path: Path, words: int) -> None:
    """The engine failed over it, or its box was as high as all of it on the first of its pages."""
    note = {"cy": "Nodyn byr.", "en": " ".join(["wordy"] * words)}
    rewrite(mine, "partnerships/example-early.yaml", lambda data: data["actions"]["SP2"].update(note=note))
    command = ("toolkit", "--partnership", "example-early", "--action", "SP2", "--language", "en")
    done = typed(*command, "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    assert re.search(r"SP2 \(action\) takes \d further pages", done.err)
    pages = reading.pages(tmp_path / "packs" / "example-early" / "toolkit.example-early.en.SP2.pdf")
    assert "".join(pages).count("wordy") == words


def test_four_lines_of_a_category_and_a_long_title_are_refused_or_whole(mine: Copy, tmp_path: Path) -> None:
    long = "Activities that are very long and take much room on this page and go on for four whole lines of it"
    rewrite(mine, "framework.yaml", lambda data: data["categories"][0]["title"].update(en=long))
    done = typed("toolkit", "--action", "SP1", "--language", "en", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / "toolkit.en.SP1.pdf"
    [page] = [number for number, text in enumerate(reading.pages(path)) if "Theactionsinthissection" in text]
    assert reading.squeezed(long) in reading.pages(path)[page]
    [title], [running] = (reading.find(path, page, words) for words in (r"Activities", r"Framework"))
    assert running.bottom - title.bottom > 25 * 72 / 25.4, "below the shape of its category"
