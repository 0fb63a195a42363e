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
from contextlib import suppress
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


def peaks(process: int) -> dict[int, int]:
    """The most memory that a process and those below it have held so far, in kB. Linux only; elsewhere nothing."""
    found: dict[int, int] = {}
    with suppress(OSError, IndexError):
        facts = Path(f"/proc/{process}/status").read_text("utf-8")
        found[process] = int(facts.split("VmHWM:")[1].split()[0])
        for child in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split():
            found |= peaks(int(child))
    return found


def run(table: Path, folder: Path, kill_after: int | None = None) -> tuple[float, list[int]]:
    """One run, killed when so many lines are in its record; its seconds, and the peak of each process in MB."""
    words = ["--from", str(table), "--output", str(folder / "allbwn"), "--cache", str(folder / "cof")]
    start = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *words], stderr=subprocess.DEVNULL)
    record = folder / "allbwn" / "batch.jsonl"
    most: dict[int, int] = {}
    while process.poll() is None:
        if kill_after and record.exists() and record.read_bytes().count(b"\n") >= kill_after:
            process.kill()
        most |= peaks(process.pid)
        time.sleep(0.2)
    status = process.wait()
    if status and not kill_after:
        raise subprocess.CalledProcessError(status, words)
    return time.perf_counter() - start, sorted(kb // 1000 for kb in most.values() if kb > 20_000)


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
        seconds, memory = run(table, folder / "cyfan")
        whole = digests(folder / "cyfan" / "allbwn")
        print(f"unbroken: {len(whole) - 1} packs in {seconds:.0f} s, {(len(whole) - 1) / seconds:.1f} a second")
        print(f"most memory of each process: {', '.join(map(str, memory))} MB")
        for part in (1, 2, 3):
            run(table, folder / "torri", kill_after=count * part // 4)
        run(table, folder / "torri")
        broken = digests(folder / "torri" / "allbwn")
        unlike = sorted(name for name in {*whole, *broken} if whole.get(name) != broken.get(name))
        print(
            f"killed three times and resumed: {f'NOT THE SAME: {unlike[:5]}' if unlike else 'the same'}, byte for byte"
        )
        seconds, _ = run(table, folder / "torri")
        print(f"nothing changed: {seconds:.1f} s")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
