"""docs/recipes.md, followed to the letter: each recipe in a fresh project, its files written, its commands typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests import reading
from tests.typed import ROOT, Typed, typed

PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
PREFACE, *RECIPES = re.split(r"^## ", PAGE, flags=re.MULTILINE)
BY_NAME = {name: text for name, _, text in (recipe.partition("\n") for recipe in RECIPES) if "```" in text}
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`(?P<end>, at the end)?\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


def changed(text: str, difference: str) -> str:
    """A text with a difference of whole lines applied at the one place where it fits."""
    lines = difference.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, before
    return text.replace(before, after)


def follow(text: str, here: Path) -> tuple[Path, list[Typed]]:
    """Do what a page says, from top to bottom; the folder that one is in then, and what the commands said."""
    said = []
    for block in BLOCK.finditer(text):
        if block["file"]:
            path = here / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text("utf-8") if path.exists() else ""
            whole = before + block["text"] if block["end"] else block["text"]
            path.write_text(changed(before, block["text"]) if block["kind"] == "diff" else whole, "utf-8")
            continue
        for line in block["text"].splitlines():
            command, *words = shlex.split(line)
            if command == "cd":
                here /= words[0]
            else:
                assert command == "toolkit-builder"
                said.append(typed(*words, folder=here))
    return here, said


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return follow(PREFACE, tmp_path)[0]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_command_of_a_recipe_does_its_work(name: str, project: Path) -> None:
    _, said = follow(BY_NAME[name], project)
    assert said
    assert [each.status for each in said] == [0] * len(said), [each.err for each in said]
    if "toolkit-builder check" in BY_NAME[name]:
        assert any(re.match(r"No fault in \d+ actions", each.err) for each in said), "not even a doubt"
    made = [path for each in said for path in re.findall(r"^(.*\.pdf): \d+ pages?$", each.err, re.MULTILINE)]
    for path in made:
        if not path.endswith(".sheets.pdf"):
            assert reading.failures(Path(path)) == ""
    assert made or name == "A language"


def test_what_the_recipes_make_is_what_they_say(project: Path) -> None:
    follow(BY_NAME["An action"], project)
    pages = "".join(reading.pages(project / "output" / "cards.cy-en.FM8.pdf"))
    assert "Clwbcynilo" in pages
    follow(BY_NAME["How a card looks"], project)
    follow(BY_NAME["A stage, or a step of another scale"], project)
    assert "Adnewyddu" in "".join(reading.pages(project / "output" / "cards.cy-en.renewing.pdf"))
