"""Batches: each pack right, one that is wrong kept apart, and a batch that was stopped goes on where it was."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests import reading
from tests.making import contents_of
from tests.typed import ROOT, Typed, run, typed
from toolkit_builder.batch import pool
from toolkit_builder.batch import run as module
from toolkit_builder.batch.orders import Order
from toolkit_builder.batch.packs import Bindery
from toolkit_builder.batch.record import BatchRecord, PackEntry, undivided
from toolkit_builder.batch.request import MEMORY_OF_ONE
from toolkit_builder.cli import progress
from toolkit_builder.output import Stage
from toolkit_builder.press.typesetting import processes

NAMES = ["Partneriaeth Tŷ Gŵyr", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Bro Ŵyn", "Pontŷ", "Âl"]


def rows(folder: Path, names: list[str] = NAMES, product: str = "summary") -> Path:
    path = folder / "partneriaethau.csv"
    lines = ["id,name.cy,name.en,products,selection.action"]
    lines += [f"p{number},{name},{name} (en),{product},FM5;SP{number + 1}" for number, name in enumerate(names)]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> list[str | Path]:
    # The number of processes is last: tests that need another put it in its place.
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
    assert sorted(packs(output)) == [f"p{number}/summary.p{number}.cy-en.pdf" for number in range(5)]
    for number, name in enumerate(NAMES):
        path = output / f"packs/p{number}/summary.p{number}.cy-en.pdf"
        assert reading.squeezed(name) in "".join(reading.pages(path))
        assert reading.failures(path) == ""
    listed = json.loads((output / "manifest.json").read_text("utf-8"))["files"]
    assert [(one["path"], one["partnership"]) for one in listed] == [
        (f"packs/p{number}/summary.p{number}.cy-en.pdf", f"p{number}") for number in range(5)
    ]
    assert {entry["state"] for entry in entries(output).values()} == {"made"}


def test_a_table_of_all_packs_stands_beside_them_and_opens_in_excel(tmp_path: Path) -> None:
    table = tmp_path / "tabl.csv"
    table.write_text(
        "Enw,Name,Contact name,E-bost,Stage,Iaith,First language,Products\n"
        "Tŷ Gŵyr,House,=Siân,a@b.org,Cynnar,Both,English,Summary\n"
        "Âl,Ale,,,,Cymraeg,,Crynodeb; Worksheet\nPont,Bridge,,,Mature,,,Summary\n",
        "utf-8",
    )
    words = ("--from", table, "--output", tmp_path / "allbwn", "--cache", tmp_path / "cof", "--jobs", "1")
    assert typed("batch", *words, "--only", "HOUSE", "--only", "Âl").status == 0
    data = (tmp_path / "allbwn/packs/packs.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    heads, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    first, second, third = (
        dict(zip((head.rpartition(" / ")[2] for head in heads), line, strict=True)) for line in lines
    )
    assert first == {
        "ID": "ty-gwyr",
        "Name (Welsh)": "Tŷ Gŵyr",
        "Name (English)": "House",
        "Contact name": "'=Siân",
        "Email": "a@b.org",
        "Stage": "Cynnar / Early",
        "Languages": "Cymraeg / Welsh; Saesneg / English",
        "Files": "summary.ty-gwyr.cy-en.pdf",
        "Pages": "2",
        "State": "gwnaed / made",
        "What went wrong": "",
    }
    assert second["Files"] == "summary.al.cy.pdf; worksheet.al.cy.pdf"
    assert (third["Files"], third["Pages"], third["State"]) == ("", "", "heb ei wneud / not made")
    # The language that is to come first is so in the pack.
    text = reading.squeezed(reading.pages(tmp_path / "allbwn/packs/ty-gwyr/summary.ty-gwyr.cy-en.pdf")[0])
    assert "FrameworkforAction" in text


# -- editions without pages --------------------------------------------------------------------------------------------


def test_editions_are_what_the_command_makes(tmp_path: Path) -> None:
    """Of a pack with a logo, a foreword and local texts: byte for byte, beside its pages or without them."""
    words = ("--only", "example-early", "--cache", tmp_path / "cof", "--jobs", "1", "--output", tmp_path / "allbwn")
    done = make(["--format", "html", "--format", "docx", "--format", "epub", *words])
    assert done.status == 0, done.err
    assert "--format html: warning: of the products of packs these come so: toolkit; others are left out" in done.err
    asked = ("--partnership", "example-early", "--output", tmp_path / "un")
    for product, form in (("toolkit", "html"), ("handouts", "docx"), ("toolkit", "epub")):
        assert typed(product, "--format", form, *asked).status == 0
    made = contents_of(tmp_path / "allbwn/packs/example-early")
    assert made == contents_of(tmp_path / "un/packs/example-early")
    assert len(made) > 50
    listed = json.loads((tmp_path / "allbwn/manifest.json").read_text("utf-8"))
    assert listed == json.loads((tmp_path / "un/manifest.json").read_text("utf-8"))


def test_a_pack_has_its_products_in_each_format_that_they_come_in(tmp_path: Path) -> None:
    table = tmp_path / "partneriaethau.csv"
    heads = "id,name.cy,name.en,products,selection.action"
    rows = ("p0,Âl,Ale,toolkit;worksheet,SP1;FM5", "p1,Pontŷ,Bridge,summary,SP2;FM5")
    table.write_text("\n".join((heads, *rows)), "utf-8")
    words = ("--from", table, "--output", tmp_path / "allbwn", "--cache", tmp_path / "cof", "--jobs", "1", "--zip")
    formats = ("--format", "pdf", "--format", "html", "--format", "docx")
    done = typed("batch", *words, *formats)
    assert done.status == 0, done.err
    folder = tmp_path / "allbwn/packs"
    own = "toolkit.p0.cy-en"
    assert {path.name for path in (folder / "p0").iterdir()} == {
        *(f"{own}.pdf", f"{own}.web", "worksheet.p0.cy-en.pdf", "worksheet.p0.cy-en.docx", "p0.zip")
    }
    assert {path.name for path in (folder / "p1").iterdir()} == {"summary.p1.cy-en.pdf", "p1.zip"}
    with zipfile.ZipFile(folder / "p0/p0.zip") as archive:
        assert {f"{own}.web/cy/SP1.html", f"{own}.web/style.css", f"{own}.pdf"} < set(archive.namelist())
    line = (folder / "packs.csv").read_text("utf-8-sig").splitlines()[1]
    assert f"p0.zip; {own}.pdf; {own}.web; worksheet.p0.cy-en.docx; worksheet.p0.cy-en.pdf" in line
    assert "0 packs made, 2 current" in typed("batch", *words, *formats).err
    # A page that a pack has no more goes from its folder, which is published as it is.
    table.write_text("\n".join((heads, rows[0].replace(";FM5", ""), rows[1])), "utf-8")
    assert "1 pack made, 1 current" in typed("batch", *words, *formats).err
    assert (folder / f"p0/{own}.web/cy/SP1.html").is_file()
    assert not (folder / f"p0/{own}.web/cy/FM5.html").exists()
    # What is not asked for any more is told, and stays.
    told = typed("batch", *words, "--format", "pdf", "--format", "docx").err
    assert f"packs/p0/{own}.web/" in told
    assert (folder / f"p0/{own}.web/cy/SP1.html").is_file()


def test_a_pack_whose_products_come_in_no_format_is_told(words: list[str | Path]) -> None:
    done = typed("batch", *words, "--only", "p0", "--format", "epub", "--format", "docx")
    assert done.status == 4
    assert "p0: --format epub: summary does not come so; these do: toolkit. --format docx: summary" in done.err
    assert "summary" not in typed("batch", *words, "--format", "epub", "--dry-run").out


def test_options_of_editions_go_with_their_formats(words: list[str | Path]) -> None:
    done = typed("batch", *words, "--format", "epub", "--single-file")
    assert (done.status, "it is for --format html" in done.err) == (2, True)
    done = typed("batch", *words, "--grade", "1")
    assert (done.status, "--format brf" in done.err) == (2, True)


def test_packs_of_earlier_runs_are_told_and_stay(words: list[str | Path], tmp_path: Path) -> None:
    assert "earlier runs" not in typed("batch", *words).err
    output = tmp_path / "allbwn"
    (output / "packs/p1/hen.pdf").write_bytes(b"hen")
    rows(tmp_path, NAMES[:3])
    before = packs(output)
    told = typed("batch", *words, "--only", "p0").err.splitlines()
    at = told.index(f"{output}: from earlier runs, of no pack of this batch; nothing was deleted:")
    assert told[at + 1 :] == ["  packs/p1/hen.pdf", "  packs/p3/", "  packs/p4/"]
    assert packs(output) == before


def test_a_table_that_is_open_elsewhere_is_a_warning(words: list[str | Path], tmp_path: Path) -> None:
    (tmp_path / "allbwn/packs/packs.csv").mkdir(parents=True)
    done = typed("batch", *words, "--only", "p0")
    assert done.status == 0
    assert "1 pack made" in done.err
    assert "packs.csv" in done.err.splitlines()[-1]
    assert "the packs are whole" in done.err


def test_a_pack_that_failed_says_why_in_the_table(words: list[str | Path], tmp_path: Path) -> None:
    rows(tmp_path, ["Un", "Llanfair" * 40], "toolkit")
    assert typed("batch", *words).status == 4
    text = (tmp_path / "allbwn/packs/packs.csv").read_text("utf-8-sig")
    [line] = [line for line in csv.reader(io.StringIO(text)) if line[0] == "p1"]
    assert line[-2] == "methodd / failed"
    assert line[-1]


def test_nothing_is_left_among_temporary_files(words: list[str | Path], tmp_path: Path) -> None:
    folder = tmp_path / "dros-dro"
    folder.mkdir()
    done = run("batch", *words, env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)})
    assert done.status == 0, done.err
    assert contents_of(folder) == {}


def test_only_what_changed_is_made_again(words: list[str | Path], tmp_path: Path) -> None:
    make(words)
    before = packs(tmp_path / "allbwn")
    assert "0 packs made, 5 current, 0 failed" in make(words).err
    rows(tmp_path, ["Enw arall", *NAMES[1:]])
    (tmp_path / "allbwn/packs/p3/summary.p3.cy-en.pdf").write_bytes(b"hanner")
    assert "p0  to be made" in make(words, "--dry-run").out
    assert "2 packs made, 3 current, 0 failed" in make(words).err
    after = packs(tmp_path / "allbwn")
    assert [name for name in after if after[name] != before[name]] == ["p0/summary.p0.cy-en.pdf"]
    assert "1 pack made" in make([*words, "--only", "p2"], "--force").err


def test_one_that_is_wrong_does_not_stop_the_others(words: list[str | Path], tmp_path: Path) -> None:
    long = "Llanfair" * 40
    rows(tmp_path, [NAMES[0], long, NAMES[2]], "toolkit")
    done = make(words)
    assert done.status == 4, done.err
    assert "2 packs made, 0 current, 1 failed" in done.err
    assert "p1: " in done.err
    assert sorted(packs(tmp_path / "allbwn")) == ["p0/toolkit.p0.cy-en.pdf", "p2/toolkit.p2.cy-en.pdf"]
    assert entries(tmp_path / "allbwn")["p1"]["state"] == "failed"
    rows(tmp_path, [NAMES[0], "Llanfair", NAMES[2]], "toolkit")
    assert "1 pack made, 0 current, 0 failed" in make(words, "--retry-failed").err


def test_a_pack_whose_folder_cannot_be_written_stops_no_other(words: list[str | Path], tmp_path: Path) -> None:
    rows(tmp_path, NAMES[:3])
    (tmp_path / "allbwn/packs").mkdir(parents=True)
    (tmp_path / "allbwn/packs/p1").write_text("a file in the folder's place", "utf-8")
    done = typed("batch", *words)
    assert done.status == 4, done.err
    assert "2 packs made, 0 current, 1 failed" in done.err
    assert f"p1: {tmp_path}/allbwn/packs/p1/summary.p1.cy-en.pdf cannot be written (" in done.err
    assert "nothing was changed" not in done.err
    (tmp_path / "allbwn/packs/p1").unlink()
    assert "1 pack made, 2 current, 0 failed" in typed("batch", *words).err


def test_a_disk_that_is_full_ends_it_and_what_was_made_stays(
    words: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = Stage.move

    def full(stage: Stage, name: str) -> None:
        if "p1" in name:
            raise OSError(errno.ENOSPC, "No space left on device", name)
        move(stage, name)

    monkeypatch.setattr(Stage, "move", full)
    rows(tmp_path, NAMES[:2])
    done = typed("batch", *words[:-1], "1")
    assert done.status == 3
    assert "packs/p1/summary.p1.cy-en.pdf cannot be written (No space left on device); packs that were" in done.err
    assert [*entries(tmp_path / "allbwn")] == ["p0"]


def test_a_zip_of_each_pack_is_the_same_each_time(words: list[str | Path], tmp_path: Path) -> None:
    make(words, "--zip", "--only", "p0")
    path = tmp_path / "allbwn/packs/p0/p0.zip"
    first = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["summary.p0.cy-en.pdf"]
        assert archive.testzip() is None
    time.sleep(2)
    make(words, "--zip", "--only", "p0", "--force")
    assert path.read_bytes() == first


def test_a_zip_that_is_there_is_made_again_with_its_pack_and_asks_for_no_other(
    words: list[str | Path], tmp_path: Path
) -> None:
    rows(tmp_path, NAMES[:2])
    make(words, "--zip")
    assert "0 packs made, 2 current" in make(words).err
    rows(tmp_path, ["Enw arall", NAMES[1]])
    assert "1 pack made, 0 current" in make(words, "--only", "p0").err
    made = packs(tmp_path / "allbwn")
    with zipfile.ZipFile(tmp_path / "allbwn/packs/p0/p0.zip") as archive:
        assert archive.read("summary.p0.cy-en.pdf") == made["p0/summary.p0.cy-en.pdf"]
    listed = {file["path"] for file in json.loads((tmp_path / "allbwn/manifest.json").read_text("utf-8"))["files"]}
    assert "packs/p0/p0.zip" in listed
    assert "0 packs made, 2 current" in make(words, "--zip").err


def test_killed_and_gone_on_with_is_the_same_as_unbroken(words: list[str | Path], tmp_path: Path) -> None:
    whole = [tmp_path / "cyfan" if word == tmp_path / "allbwn" else word for word in words]
    make(whole)
    record = tmp_path / "allbwn" / "batch.jsonl"
    for lines in (1, 2):
        process = start([*words[:-1], "1"])
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
    process = start([*words[:-1], "1"])
    record = tmp_path / "allbwn" / "batch.jsonl"
    wait_for(lambda: record.exists() and "\n" in record.read_text("utf-8"), process)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, said = process.communicate(timeout=20)
    if process.returncode != 0:  # it may have been done already
        assert process.returncode == 130, said
        assert time.monotonic() - begun < 2
        made = {one for one, entry in entries(tmp_path / "allbwn").items() if entry["state"] == "made"}
        assert f"Interrupted; {len(made)} pack".encode() in said
        assert {name.split("/")[0] for name in packs(tmp_path / "allbwn")} == made
        assert b"The same command goes on from there." in said
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


# Processes of a pool are forked: what is patched here is patched there.


@pytest.fixture
def typesettings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a line for each leaf that any process typesets: the process and the leaf."""
    path, typeset = tmp_path / "log", processes.work

    def work(style_set: Any, leaves: Any) -> Any:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{os.getpid()} {leaf.name}\n" for leaf in leaves))
        return typeset(style_set, leaves)

    monkeypatch.setattr(processes, "work", work)
    return path


@pytest.mark.parametrize("cache", ["cof", "partneriaethau.csv/is-a-file", "memory://each-process-its-own"])
def test_no_two_processes_typeset_the_same_leaf(tmp_path: Path, typesettings: Path, cache: str) -> None:
    """Neither when the store keeps nothing, or is not seen by all: plates then travel with the packs to be bound."""
    table = rows(tmp_path, product="toolkit")
    where = cache if "://" in cache else tmp_path / cache
    done = typed("batch", "--from", table, "--output", tmp_path / "allbwn", "--cache", where, "--jobs", "2")
    assert done.status == 0, done.err
    lines = typesettings.read_text("utf-8").split()
    assert set(Counter(lines[1::2]).values()) == {1}
    assert len(set(lines[::2])) == 2


def test_memory_is_bounded_by_windows(
    words: list[str | Path], tmp_path: Path, typesettings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaves that packs of different windows share are typeset once all the same."""
    monkeypatch.setattr(module, "WINDOW", 2)
    monkeypatch.setattr(module, "TOGETHER", 1)
    rows(tmp_path, product="toolkit")
    assert "5 packs made" in typed("batch", *words).err
    assert set(Counter(typesettings.read_text("utf-8").split()[1::2]).values()) == {1}


def test_no_more_processes_than_fit_into_the_memory(words: list[str | Path], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    running = pool.local_workers

    def hire(jobs: int, memory: int, *where: Any) -> Any:
        asked.append((jobs, memory))
        return running(jobs, 0, *where)  # this process is larger than the command

    monkeypatch.setattr(pool, "local_workers", hire)
    typed("batch", *words[:-1], "8", "--memory", str(3 * MEMORY_OF_ONE + 1))
    typed("batch", *words, "--force", "--only", "p0", "--memory", "1")
    assert asked == [(2, MEMORY_OF_ONE), (1, MEMORY_OF_ONE)]


def test_a_pack_that_takes_too_much_memory_fails_alone(
    words: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset = processes.work

    def work(style_set: Any, leaves: Any) -> Any:
        if any("Pontŷ" in leaf.html for leaf in leaves):
            bytearray(5 * 10**9)
        return typeset(style_set, leaves)

    monkeypatch.setattr(processes, "work", work)
    done = typed("batch", *words, "--memory", "6000")
    assert done.status == 4, done.err
    assert "4 packs made, 0 current, 1 failed" in done.err
    assert "p3: it takes more memory than a process may have" in done.err


def test_a_pack_with_which_processes_die_is_tried_once_more_and_reported(
    words: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bind, tries = Bindery.files, tmp_path / "tries"

    def files(bindery: Bindery, order: Order, *rest: Any) -> Any:
        if order.id == "p1":
            with tries.open("a") as file:
                file.write("x")
            os._exit(9)
        return bind(bindery, order, *rest)

    monkeypatch.setattr(Bindery, "files", files)
    done = typed("batch", *words)
    assert done.status == 4
    assert "4 packs made, 0 current, 1 failed" in done.err
    assert "p1: the process that made it was ended from outside, twice" in done.err
    assert tries.read_text() == "xx"
    monkeypatch.undo()
    assert "1 pack made, 0 current, 0 failed" in typed("batch", *words, "--retry-failed").err


def test_a_process_that_dies_while_it_typesets_is_replaced(
    words: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset, mark = processes.work, tmp_path / "died"

    def work(style_set: Any, leaves: Any) -> Any:
        if not mark.exists():
            mark.touch()
            os._exit(9)
        return typeset(style_set, leaves)

    monkeypatch.setattr(processes, "work", work)
    done = typed("batch", *words)
    assert mark.exists()
    assert done.status == 0, done.err
    assert "5 packs made" in done.err


def test_an_interruption_waits_until_a_pack_has_its_names_and_is_recorded() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), undivided():  # noqa: PT012
        signal.raise_signal(signal.SIGINT)
        done.append("named and recorded")
    assert done


def test_packs_made_are_counted_with_the_one_that_an_interruption_waited_for(
    words: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = BatchRecord.add

    def interrupted(record: BatchRecord, entry: PackEntry) -> None:
        add(record, entry)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(BatchRecord, "add", interrupted)
    rows(tmp_path, NAMES[:2])
    done = typed("batch", *words[:-1], "1")
    assert done.status == 130
    assert "Interrupted; 1 pack made." in done.err


def test_a_defect_fails_one_pack_and_no_other(words: list[str | Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bind = Bindery.files

    def files(bindery: Bindery, order: Order, *rest: Any) -> Any:
        if order.id == "p1":
            raise RuntimeError("something unheard of")
        return bind(bindery, order, *rest)

    monkeypatch.setattr(Bindery, "files", files)
    done = typed("batch", *words)
    assert done.status == 4
    assert "4 packs made, 0 current, 1 failed" in done.err
    assert "p1: a defect of this tool, not of your content: RuntimeError: something unheard of" in done.err


def test_packs_can_be_written_elsewhere_by_those_who_make_them(words: list[str | Path], tmp_path: Path) -> None:
    make(words, "--zip")
    there = ["--results", f"file://{tmp_path}/pell"]
    other = [tmp_path / "cofnod" if word == tmp_path / "allbwn" else word for word in words]
    done = make([*other, *there], "--zip")
    assert f"{tmp_path}/pell: 5 packs made" in done.err
    assert packs(tmp_path / "pell") == packs(tmp_path / "allbwn")
    assert (tmp_path / "pell/manifest.json").read_bytes() == (tmp_path / "allbwn/manifest.json").read_bytes()
    assert sorted(contents_of(tmp_path / "cofnod")) == ["batch.jsonl"]
    assert "0 packs made, 5 current" in make([*other, *there], "--zip").err


def test_results_that_are_not_there_are_told(words: list[str | Path]) -> None:
    done = typed("batch", *words, "--results", "memory://each-process-its-own")
    assert done.status == 4
    assert "name a place that all machines see" in done.err
    assert "0 packs made, 0 current, 5 failed" in done.err


def test_a_dry_run_makes_nothing_but_a_table(words: list[str | Path], tmp_path: Path) -> None:
    done = make(words, "--dry-run")
    assert done.out.splitlines()[0].split() == ["id", "state", "name", "languages", "products"]
    assert done.out.splitlines()[1] == f"p0  to be made  {NAMES[0]:58}  cy-en      summary"
    assert not (tmp_path / "allbwn").exists()


def test_progress_is_a_bar_on_a_terminal(words: list[str | Path]) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "toolkit_builder", "batch", *map(str, words)]
    with subprocess.Popen(command, stderr=theirs, cwd=ROOT, env=os.environ | {"COLUMNS": "120"}):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the other end is closed when it is done
            while part := os.read(ours, 4096):
                shown += part
    os.close(ours)
    said = shown.decode()
    assert re.search(r"\[#+-*\]", said)
    assert re.search(r"5 of 5 packs, \d+\.\d a second", said)
    assert "5 packs made, 0 current, 0 failed" in said


def test_progress_is_lines_elsewhere(words: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    rows(tmp_path, [NAMES[0], "Llanfair" * 40, *NAMES[2:]], "toolkit")
    said = typed("batch", *words).err.splitlines()
    assert any(re.fullmatch(r"\d of 5 packs(, 1 failed)?, \d+\.\d a second(, \d+ s left)?", line) for line in said)
    assert any("packs, 1 failed, " in line for line in said)
    assert any(re.fullmatch(r"0 of 5 packs, typesetting( \d+ pages|: \d+ of \d+ pages to go)", line) for line in said)


def test_what_is_typed_wrong(tmp_path: Path) -> None:
    assert "no partnership “neb”" in typed("batch", "--only", "neb", "--output", tmp_path).err
    assert typed("batch", "--base", "example-early", "--output", tmp_path).status == 2


def test_what_does_not_come_in_large_print_is_left_out(tmp_path: Path) -> None:
    """As `build --partnership` leaves it out."""
    table = tmp_path / "mawr.csv"
    table.write_text(
        "id,name.cy,name.en,products,selection.action,edition.large_print\nmawr,Mawr,Large,cards;summary,FM5,true\n",
        "utf-8",
    )
    done = typed("batch", "--from", table, "--output", tmp_path / "allbwn", "--jobs", "1")
    assert done.status == 0, done.err
    assert [path.name for path in (tmp_path / "allbwn" / "packs" / "mawr").iterdir()] == ["summary.mawr.cy-en.pdf"]
