"""A thousand packs from a spreadsheet: killed three times and resumed, against an unbroken run, byte for byte.

`python -m tests.benchmarks.thousand [COUNT]`. Names with every Welsh letter, the longest Welsh place name among them,
two logos, ten kinds of selection.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.packs import partnership_names

COMMAND = (sys.executable, "-m", "toolkit_builder", "batch")
KINDS: tuple[dict[str, str], ...] = (
    {"selection.action": "SP1;GA2;FM5"},
    {"selection.action": "GA1;GA4"},
    {"selection.action": "SP4"},
    {"selection.category": "shared-purpose", "selection.stage": "early", "selection.exclude": "SP5;SP6"},
    {"selection.resource": "low"},
    {"selection.time": "short"},
    {"selection.sector": "citizens"},
    {"selection.category": "finance", "selection.stage": "mature"},
    {"selection.category": "governance", "selection.exclude": "GA5;GA6;GA7"},
    {"selection.action": "SP2;SP5;FM1", "selection.source_only": "true"},
)
LOGOS = ("example-early/logo.svg", "example-mature/logo-cy.svg")
LONGEST = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
EVERY_LETTER = "âáàä êéèë îíìï ôóòö ûúùü ŵẃẁẅ ŷýỳÿ ÂÁÀÄ ÊÉÈË ÎÍÌÏ ÔÓÒÖ ÛÚÙÜ ŴẂẀẄ ŶÝỲŸ"


def write_rows(path: Path, count: int) -> None:
    """The spreadsheet."""
    logos = [logo for logo in LOGOS if (Path("content/partnerships") / logo).exists()]
    letters = EVERY_LETTER.split()
    rows = []
    for number, name in enumerate(partnership_names(count)):
        letter = letters[number % len(letters)].title()
        row = {"id": f"p{number:05}", "name.cy": f"{name['cy']} {letter}", "name.en": f"{name['en']} {letter}"}
        if number % 100 == 7:
            row |= {"name.cy": f"{LONGEST} {number}", "name.en": f"{LONGEST} {number}"}
        row |= {"products": "toolkit", "logo.file": logos[number % len(logos)]}
        row |= {"logo.alternative.cy": "Logo’r bartneriaeth", "logo.alternative.en": "The partnership’s logo"}
        rows.append(row | KINDS[number % len(KINDS)])
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def run(table: Path, folder: Path, kill_after: int | None = None) -> float:
    """One run, killed when so many lines are in its record; its seconds."""
    words = ["--from", str(table), "--output", str(folder / "allbwn"), "--cache", str(folder / "cof")]
    start = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *words], stderr=subprocess.DEVNULL)
    record = folder / "allbwn" / "batch.jsonl"
    while kill_after and process.poll() is None:
        if record.exists() and record.read_bytes().count(b"\n") >= kill_after:
            process.kill()
        time.sleep(0.05)
    status = process.wait()
    if status and not kill_after:
        raise subprocess.CalledProcessError(status, words)
    return time.perf_counter() - start


def digests(folder: Path) -> dict[str, str]:
    """Every PDF and the manifest."""
    paths = [*folder.rglob("*.pdf"), folder / "manifest.json"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "mil.csv"
        write_rows(table, count)
        seconds = run(table, folder / "cyfan")
        whole = digests(folder / "cyfan" / "allbwn")
        print(f"unbroken: {len(whole) - 1} packs in {seconds:.0f} s, {(len(whole) - 1) / seconds:.1f} a second")
        for part in (1, 2, 3):
            run(table, folder / "torri", kill_after=count * part // 4)
        seconds = run(table, folder / "torri")
        broken = digests(folder / "torri" / "allbwn")
        unlike = sorted(name for name in {*whole, *broken} if whole.get(name) != broken.get(name))
        print(
            f"killed three times and resumed: {f'NOT THE SAME: {unlike[:5]}' if unlike else 'the same'}, byte for byte"
        )
        seconds = run(table, folder / "torri")
        print(f"nothing changed: {seconds:.1f} s")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
