"""A project in a folder whose path has all that addresses and shells take for something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnerships.planting import LEAST, SVG
from tests.typed import Typed, typed

NAME = "Tŷ Gŵyr, Siân's #1 100%25 a+b"
PARTNERSHIP = LEAST + 'logo: {file: "lo go#1%3F.svg", alternative: {cy: Cylch, en: A circle}}\n'


def done(*words: str | Path, folder: Path) -> Typed:
    came = typed(*words, folder=folder)
    assert came.status == 0, came.err
    return came


@pytest.mark.parametrize("name", [NAME, "a?b"])
def test_commands_work_in_a_folder_of_any_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    done("new", folder, folder=tmp_path)
    for shipped in (folder / "content" / "partnerships").glob("*.yaml"):
        shipped.unlink()
    (folder / "content" / "partnerships" / "ty.yaml").write_text(PARTNERSHIP + "products: [cards]\n", "utf-8")
    (folder / "content" / "partnerships" / "lo go#1%3F.svg").write_text(SVG, "utf-8")
    assert done("check", folder=folder).err == "No fault in 21 actions.\n"
    assert '"SP1"' in done("list", "--action", "SP1", "--format", "json", folder=folder).out
    making = ("cards", "--action", "SP1", "--output", "allan #1?", "--cache", "stôr #%?")
    assert "cards.cy-en.SP1.pdf: 6 pages" in done(*making, folder=folder).err
    assert "cards.cy-en.SP1.pdf: 6 pages, current" in done(*making, folder=folder).err
    file = "i'r cyfieithydd #1?.xlf"
    done("translate", "export", "--format", "xliff", "--language", "cy", "--output", file, folder=folder)
    assert "0 strings changed" in done("translate", "import", file, folder=folder).err
    assert (folder / "allan #1?" / "manifest.json").is_file()
