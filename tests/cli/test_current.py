"""What is current is left; what was changed is made again; killed or side by side, the bytes are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.making import Copy, contents_of
from tests.typed import ROOT, Typed, run, typed
from toolkit_builder.cli.watching import SETTLED, WaitingFault
from toolkit_builder.errors import Fault, FaultsError, MachineError

ONE = ("--action", "FM5")


def made(copy: Copy, *words: str | Path, product: str = "summary") -> Typed:
    done = typed(product, *ONE, "--project", copy.root, "--cache", copy.root / "cof", *words)
    assert done.status == 0, done.err
    return done


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_what_is_current_is_left_untouched(mine: Copy) -> None:
    assert ", current" not in made(mine).err
    before, when = contents_of(mine.output), times(mine.output)
    assert made(mine).err.endswith("2 pages, current\n")
    assert (contents_of(mine.output), times(mine.output)) == (before, when)


def test_force_makes_it_all_the_same(mine: Copy) -> None:
    made(mine)
    before, when = contents_of(mine.output), times(mine.output)
    assert ", current" not in made(mine, "--force").err
    assert contents_of(mine.output) == before
    assert times(mine.output) != when


@pytest.mark.parametrize("what", ["changed", "deleted", "no manifest", "manifest changed"])
def test_what_was_changed_by_hand_is_made_again(mine: Copy, what: str) -> None:
    made(mine)
    before = contents_of(mine.output)
    path, manifest = mine.output / "summary.cy-en.FM5.pdf", mine.output / "manifest.json"
    if what == "changed":
        path.write_bytes(path.read_bytes() + b"\n")
    elif what == "deleted":
        path.unlink()
    elif what == "no manifest":
        manifest.unlink()
    else:
        manifest.write_text(manifest.read_text("utf-8").replace('"FM5"', '"FM6"'), "utf-8")
    assert ", current" not in made(mine).err
    assert contents_of(mine.output) == before


def test_an_edit_makes_anew_what_it_touches(mine: Copy) -> None:
    made(mine)
    mine.append("content/actions/FM5.yaml", "# sylw\n")
    mine.append("layouts/summary/page.html", "{# sylw #}")
    mine.retell("SP1", "purpose", "Gair.", "Word.")
    assert ", current" in made(mine).err, "comments, and another action"
    mine.retell("FM5", "title", "Gair", "Word")
    assert ", current" not in made(mine).err
    assert ", current" in made(mine).err


def test_files_of_another_selection_are_left_as_they_are(mine: Copy) -> None:
    made(mine)
    before = contents_of(mine.output)
    done = made(mine, "--action", "FM6")
    assert "summary.cy-en.FM5-FM6.pdf: 2 pages\n" in done.err
    after = contents_of(mine.output)
    assert {name: after[name] for name in before if name != "manifest.json"} == {
        name: data for name, data in before.items() if name != "manifest.json"
    }
    listed = json.loads(after["manifest.json"])["files"]
    assert [entry["path"] for entry in listed] == ["summary.cy-en.FM5-FM6.pdf", "summary.cy-en.FM5.pdf"]


@pytest.mark.parametrize("product", ["summary", "cards"])
def test_the_same_bytes_whatever_the_store_holds(mine: Copy, product: str) -> None:
    made(mine, product=product)
    before = contents_of(mine.output)
    for path in (mine.root / "cof").rglob("*"):
        if path.is_file():
            data = bytearray(path.read_bytes()) or bytearray(b"x")  # the stamp of trimming is empty
            data[len(data) // 2] ^= 1
            path.write_bytes(bytes(data))
    made(mine, "--force", product=product)
    assert contents_of(mine.output) == before, "damaged plates"
    made(mine, "--force", "--no-cache", product=product)
    assert contents_of(mine.output) == before, "no store"
    (mine.root / "ffeil").write_bytes(b"")
    made(mine, "--force", "--cache", mine.root / "ffeil" / "cof", product=product)
    assert contents_of(mine.output) == before, "a store that cannot be"


def test_no_cache_keeps_nothing(mine: Copy) -> None:
    made(mine, "--no-cache")
    assert not (mine.root / "cof").exists()


def test_the_engine_is_not_needed_when_nothing_changed(mine: Copy) -> None:
    made(mine)
    (mine.root / "weasyprint.py").write_text("raise SystemExit('the engine was imported')\n", "utf-8")
    path = os.pathsep.join([str(mine.root), str(ROOT)])
    words = ("summary", *ONE, "--project", mine.root, "--cache", mine.root / "cof")
    done = run(*words, env=os.environ | {"PYTHONPATH": path})
    assert done.status == 0, done.err
    assert ", current" in done.err
    done = run(*words, "--force", env=os.environ | {"PYTHONPATH": path})
    assert done.status == 0, "all leaves are in the store: " + done.err


def test_nothing_is_rendered_when_nothing_changed_after_leaves_were_set_in_one_size(mine: Copy) -> None:
    action = mine.root / "content" / "actions" / "SP1.yaml"
    long = action.read_text("utf-8").replace("\n  en: ", "\n  en: Together with all who live and work in it, ", 1)
    action.write_text(long, "utf-8")
    words = ("cards", "--action", "SP1", "--action", "FM5", "--project", str(mine.root), "--output", str(mine.output))
    program = f"""
import sys
from toolkit_builder.cli import main
sys.argv = ["toolkit-builder", *{[*words, "--cache", str(mine.root / "cof")]!r}]
try:
    main()
finally:
    print("toolkit_builder.press.press" in sys.modules)
"""
    used = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True) for _ in range(2)]
    assert [done.stdout.splitlines()[-1] for done in used] == ["True", "False"], used


def test_the_cache_is_shown_and_cleared(mine: Copy) -> None:
    made(mine)
    shown = typed("cache", "--cache", mine.root / "cof")
    assert shown.status == 0
    assert "entries, " in shown.out
    assert ": 0 entries" not in shown.out
    assert ": 0 entries" in typed("cache", "--cache", mine.root / "cof", "--clear").out
    assert ", current" in made(mine).err, "what is current stays so"


# -- killed, and side by side -----------------------------------------------------------------------------------------


def command(output: Path, cache: Path) -> list[str]:
    words = ["build", *ONE, "--output", str(output), "--cache", str(cache)]
    return [sys.executable, "-m", "toolkit_builder", *words]


def start(output: Path, cache: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(output, cache), stdout=quiet, stderr=quiet, cwd=ROOT, start_new_session=True)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    began = time.monotonic()
    assert start(tmp_path / "glân", tmp_path / "cof-glân").wait(120) == 0
    lasts = time.monotonic() - began
    clean = contents_of(tmp_path / "glân")
    assert len(clean) == 7
    for number in range(6):
        output = tmp_path / f"allan-{number % 2}"
        killed = start(output, tmp_path / "cof")
        time.sleep(lasts * (number + 0.5) / 6)
        killed.kill()
        killed.wait()
        there = contents_of(output)
        whole = {name: data for name, data in there.items() if not name.startswith(".making-")}
        assert all(clean[name] == data for name, data in whole.items()), "a torn file under a final name"
        until = time.monotonic() + 5
        while group_lives(killed.pid) and time.monotonic() < until:
            time.sleep(0.1)
        assert not group_lives(killed.pid), "workers outlive the command"
    for number in range(2):
        assert start(tmp_path / f"allan-{number}", tmp_path / "cof").wait(120) == 0
        left = {name: data for name, data in contents_of(tmp_path / f"allan-{number}").items() if data != b"a folder"}
        assert {name: data for name, data in left.items() if not name.startswith(".making-")} == clean


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_builds_of_one_project_at_once(tmp_path: Path) -> None:
    assert start(tmp_path / "glân", tmp_path / "cof-glân").wait(120) == 0
    both = [start(tmp_path / "allan", tmp_path / "cof") for _ in range(2)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert contents_of(tmp_path / "allan") == contents_of(tmp_path / "glân")


def test_the_fault_of_a_file_that_is_half_written_is_not_told() -> None:
    waiting, fault = WaitingFault(), FaultsError([Fault("content/actions/FM5.yaml", 1, 1, "", "ends within a text")])
    waiting.take(fault, 10)
    assert waiting.settled(10.1) is None
    waiting.take(None, 10.2)  # the rest was written
    assert waiting.settled(11) is None
    waiting.take(fault, 12)
    assert waiting.settled(12 + SETTLED) is fault
    assert waiting.settled(13) is None, "it is told once"
    machine = MachineError("no room on the disk")
    waiting.take(machine, 14)
    assert waiting.settled(14) is machine


def test_watching(mine: Copy) -> None:
    words = ["build", *ONE, "--watch", "--project", str(mine.root), "--cache", str(mine.root / "cof")]
    errors = mine.root / "dywedwyd.txt"
    with errors.open("wb") as said:
        watching = subprocess.Popen(
            [sys.executable, "-m", "toolkit_builder", *words], stderr=said, stdout=subprocess.DEVNULL, cwd=ROOT
        )
    action = mine.root / "content" / "actions" / "FM5.yaml"
    good = action.read_text("utf-8")

    def wait_for(text: str, times: int = 1) -> None:
        until = time.monotonic() + 60
        while errors.read_text("utf-8").count(text) < times and time.monotonic() < until:
            assert watching.poll() is None, errors.read_text("utf-8")
            time.sleep(0.05)
        assert errors.read_text("utf-8").count(text) >= times, errors.read_text("utf-8")

    try:
        wait_for("Watching ")
        action.write_text(good + "stge: early\n", "utf-8")
        wait_for("stge: unknown key")
        action.write_text(f"{good}# sylw\n", "utf-8")
        wait_for("Changed: ", 2)
        wait_for("summary.cy-en.FM5.pdf: 2 pages, current", 1)
        watching.send_signal(signal.SIGINT)
        assert watching.wait(10) == 130
    finally:
        watching.kill()
    assert "Traceback" not in errors.read_text("utf-8")
