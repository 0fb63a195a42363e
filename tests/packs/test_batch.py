"""Batches: each pack right, one that is wrong kept apart, and a batch that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import reading
from tests.making import contents_of
from tests.typed import ROOT, Typed, run, typed

NAMES = ["Partneriaeth Tŷ Gŵyr", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Bro Ŵyn", "Pontŷ", "Âl"]


def rows(folder: Path, names: list[str] = NAMES, product: str = "summary") -> Path:
    path = folder / "partneriaethau.csv"
    lines = ["id,name.cy,name.en,products,selection.action"]
    lines += [f"p{number},{name},{name} (en),{product},FM5;SP{number + 1}" for number, name in enumerate(names)]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> list[str | Path]:
    return ["--from", rows(tmp_path), "--output", tmp_path / "allbwn", "--cache", tmp_path / "cof", "--jobs", "2"]


def packs(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents_of(folder / "packs").items() if name.endswith((".pdf", ".zip"))}


def entries(folder: Path) -> dict[str, dict[str, object]]:
    lines = (folder / "batch.jsonl").read_text("utf-8").splitlines()
    return {entry["id"]: entry for entry in map(json.loads, lines)}


def start(words: list[str | Path]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "toolkit_builder", "batch", *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    # The shell that runs the tests may ignore interruptions, which its children inherit.
    return subprocess.Popen(
        command,
        env=environment,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def wait_for(what: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not what() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert what()


def make(words: list[str | Path], *more: str) -> Typed:
    return run("batch", *words, *more)


def test_each_pack_is_made_and_listed(words: list[str | Path], tmp_path: Path) -> None:
    done = make(words)
    assert done.status == 0, done.err
    assert "5 packs made, 0 current, 0 failed" in done.err
    output = tmp_path / "allbwn"
    assert sorted(packs(output)) == [f"p{number}/summary.cy-en.pdf" for number in range(5)]
    for number, name in enumerate(NAMES):
        path = output / f"packs/p{number}/summary.cy-en.pdf"
        assert reading.squeezed(name) in "".join(reading.pages(path))
        assert reading.failures(path) == ""
    listed = json.loads((output / "manifest.json").read_text("utf-8"))["files"]
    assert [(one["path"], one["partnership"]) for one in listed] == [
        (f"packs/p{number}/summary.cy-en.pdf", f"p{number}") for number in range(5)
    ]
    assert {entry["state"] for entry in entries(output).values()} == {"made"}


def test_only_what_changed_is_made_again(words: list[str | Path], tmp_path: Path) -> None:
    make(words)
    before = packs(tmp_path / "allbwn")
    assert "0 packs made, 5 current, 0 failed" in make(words).err
    rows(tmp_path, ["Enw arall", *NAMES[1:]])
    (tmp_path / "allbwn/packs/p3/summary.cy-en.pdf").write_bytes(b"hanner")
    assert "p0  to be made" in make(words, "--dry-run").out
    assert "2 packs made, 3 current, 0 failed" in make(words).err
    after = packs(tmp_path / "allbwn")
    assert [name for name in after if after[name] != before[name]] == ["p0/summary.cy-en.pdf"]
    assert "1 packs made" in make([*words, "--only", "p2"], "--force").err


def test_one_that_is_wrong_does_not_stop_the_others(words: list[str | Path], tmp_path: Path) -> None:
    long = "Llanfair" * 40
    rows(tmp_path, [NAMES[0], long, NAMES[2]], "toolkit")
    done = make(words)
    assert done.status == 4, done.err
    assert "2 packs made, 0 current, 1 failed" in done.err
    assert "p1: " in done.err
    assert sorted(packs(tmp_path / "allbwn")) == ["p0/toolkit.cy-en.pdf", "p2/toolkit.cy-en.pdf"]
    assert entries(tmp_path / "allbwn")["p1"]["state"] == "failed"
    rows(tmp_path, [NAMES[0], "Llanfair", NAMES[2]], "toolkit")
    assert "1 packs made, 0 current, 0 failed" in make(words, "--retry-failed").err


def test_a_zip_of_each_pack_is_the_same_each_time(words: list[str | Path], tmp_path: Path) -> None:
    make(words, "--zip", "--only", "p0")
    path = tmp_path / "allbwn/packs/p0/p0.zip"
    first = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["summary.cy-en.pdf"]
        assert archive.testzip() is None
    time.sleep(2)
    make(words, "--zip", "--only", "p0", "--force")
    assert path.read_bytes() == first


def test_killed_and_gone_on_with_is_the_same_as_unbroken(words: list[str | Path], tmp_path: Path) -> None:
    whole = [tmp_path / "cyfan" if word == tmp_path / "allbwn" else word for word in words]
    make(whole)
    record = tmp_path / "allbwn" / "batch.jsonl"
    for lines in (1, 2):
        process = start([*words, "--jobs", "1"])
        wait_for(lambda lines=lines: record.exists() and record.read_text("utf-8").count("\n") >= lines, process)  # type: ignore[misc]
        process.kill()
        process.communicate()
        with record.open("a", encoding="utf-8") as file:
            file.write('{"id": "p4", "sta')  # a line that was torn
    done = make(words)
    assert done.status == 0, done.err
    assert packs(tmp_path / "allbwn") == packs(tmp_path / "cyfan")
    manifests = [(tmp_path / one / "manifest.json").read_bytes() for one in ("allbwn", "cyfan")]
    assert manifests[0] == manifests[1]
    assert not list((tmp_path / "allbwn").glob(".making-*"))


def test_ctrl_c_ends_it_within_two_seconds(words: list[str | Path], tmp_path: Path) -> None:
    process = start([*words, "--jobs", "1"])
    record = tmp_path / "allbwn" / "batch.jsonl"
    wait_for(lambda: record.exists() and "\n" in record.read_text("utf-8"), process)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, said = process.communicate(timeout=20)
    if process.returncode != 0:  # it may have been done already
        assert process.returncode == 130, said
        assert time.monotonic() - begun < 2
        made = {one for one, entry in entries(tmp_path / "allbwn").items() if entry["state"] == "made"}
        assert {name.split("/")[0] for name in packs(tmp_path / "allbwn")} == made
    assert b"Traceback" not in said
    assert "0 failed" in make(words).err


def test_a_worker_that_dies_is_replaced(words: list[str | Path], tmp_path: Path) -> None:
    process = start(words)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")

    def has_workers() -> bool:
        return children.exists() and len(children.read_text("utf-8").split()) >= 2

    wait_for(has_workers, process)
    os.kill(int(children.read_text("utf-8").split()[0]), signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert b"5 packs made" in said


def test_what_is_typed_wrong(tmp_path: Path) -> None:
    assert "no partnership “neb”" in typed("batch", "--only", "neb", "--output", tmp_path).err
    assert typed("batch", "--base", "example-early", "--output", tmp_path).status == 2
