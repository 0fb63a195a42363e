"""A stranger's logo changes no page of anybody else's: packs are made after it, on the same store, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.making import Copy
from tests.partnerships.planting import LEAST, SVG, Bed
from tests.partnerships.test_hostile_logos import HOSTILE, table
from tests.typed import typed

LOGO = "logo: {file: FILE, alternative: {cy: Llun, en: A picture}}\n"
SMALL = f"{LEAST}products: [toolkit]\nselection: {{action: [GA3]}}\nsheets: false\n"
EXPORTS = Path(__file__).parent / "drawings"


class Maker:
    """Makes one pack with a store of its own, whatever was made with that before."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir(parents=True)
        self.store = folder / "storfa"
        self.copy = Copy(folder)
        self.bed = Bed(self.copy.project)
        self.monkeypatch = monkeypatch

    def make(self, name: str, logo: str, content: bytes) -> int:
        """Make a pack with this logo; the exit status."""
        self.monkeypatch.setenv("XDG_CACHE_HOME", str(self.store))
        self.bed.write(logo, content)
        self.bed.write(f"{name}.yaml", SMALL + LOGO.replace("FILE", logo))
        done = typed("build", "--partnership", name, "--project", self.copy.root)
        assert done.status == 0 or logo in done.err
        return done.status

    def made(self, name: str) -> dict[str, str]:
        folder = self.copy.output / "packs" / name
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.pdf"))}


def test_a_pack_after_strangers_logos_is_what_it_is_on_an_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after, alone = Maker(tmp_path / "wedyn", monkeypatch), Maker(tmp_path / "glân", monkeypatch)
    drawn = [name for name, said in table().items() if said == "drawn"]
    # What is refused never reaches the engine: some of them stand for all.
    refused = [name for name in table() if name not in drawn][::20]
    files = [HOSTILE / name for name in (*drawn, *refused)] + [EXPORTS / "illustrator.svg"]
    statuses = [after.make(f"dieithryn-{n}", path.name, path.read_bytes()) for n, path in enumerate(files)]
    assert statuses == [1 if path.name in refused else 0 for path in files]
    assert after.make("ty-gwyr", "arwydd.svg", SVG.encode()) == 0
    assert alone.make("ty-gwyr", "arwydd.svg", SVG.encode()) == 0
    assert after.made("ty-gwyr") == alone.made("ty-gwyr") != {}
