"""Commands that make files, and all that can get in their way: what was in the output before stays whole."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.making import Copy
from tests.typed import ROOT, Typed, run, typed
from toolkit_builder.cli.watching import is_passing

ONE = ("--action", "FM5")


def contents(folder: Path) -> dict[str, str]:
    """The files of a folder and below it, by name, with their checksums."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(done: Typed, status: int, said: str) -> None:
    assert done.status == status, done.err
    assert said in done.err
    assert done.out == ""


@pytest.fixture
def made(mine: Copy) -> Copy:
    """A project of one's own with a summary in its output folder."""
    done = typed("summary", *ONE, "--project", mine.root)
    assert done.status == 0, done.err
    return mine


def test_reports_go_to_standard_error_and_nothing_else_is_said(made: Copy) -> None:
    done = typed("summary", *ONE, "--project", made.root)
    assert done.out == ""
    assert done.err.splitlines() == [
        "1 of 21 actions selected",
        f"{made.root / 'output' / 'summary.cy-en.FM5.pdf'}: 2 pages, current",
    ]


def test_the_manifest_lists_what_every_command_made(made: Copy) -> None:
    assert typed("cards", *ONE, "--language", "cy", "--project", made.root).status == 0
    manifest = json.loads((made.root / "output" / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {"tool", "files"}
    paths = [entry["path"] for entry in manifest["files"]]
    assert paths == ["cards.cy.FM5.pdf", "cards.cy.FM5.sheets.pdf", "summary.cy-en.FM5.pdf"]
    for entry in manifest["files"]:
        keys = {"path", "product", "languages", "layout", "partnership", "actions", "pages", "sha256"}
        assert set(entry) == keys
        assert entry["actions"] == ["FM5"]
        assert entry["sha256"] == contents(made.root / "output")[entry["path"]]


@pytest.mark.parametrize("product", ["cards", "toolkit"])
def test_the_same_input_gives_the_same_bytes(product: str, tmp_path: Path) -> None:
    """In processes that order their sets differently."""
    for folder, seed in (("one", "1"), ("two", "2")):
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        assert run(product, *ONE, "--no-cache", "--output", tmp_path / folder, env=environment).status == 0
        time.sleep(1.1)  # so that a time stamp would differ
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_content_that_fails_its_checks_writes_nothing(made: Copy) -> None:
    before = contents(made.root / "output")
    made.append("content/actions/SP1.yaml", "stge: early\n")
    refused(typed("build", "--project", made.root), 1, "stge: unknown key")
    assert contents(made.root / "output") == before


def test_a_layout_that_is_not_jinja_is_named_with_its_line(made: Copy) -> None:
    before = contents(made.root / "output")
    made.append("layouts/summary/page.html", "{% if %}\n")
    refused(typed("summary", *ONE, "--project", made.root), 1, "layouts/summary/page.html:")
    assert contents(made.root / "output") == before


def test_a_label_that_does_not_exist_is_named_with_the_line_of_the_layout(made: Copy) -> None:
    layout = "layouts/chart.html"
    text = (made.root / layout).read_text("utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "labels.summary.code" in words)
    made.write(layout, text.replace("labels.summary.code", "labels.summary.coed"))
    done = typed("summary", *ONE, "--project", made.root)
    refused(done, 1, f"{layout}:{line}:")
    assert "summary.coed" in done.err


def test_a_layout_that_is_missing_is_named(made: Copy) -> None:
    text = (made.root / "layouts" / "leaf.html").read_text("utf-8")
    made.write("layouts/leaf.html", text.replace("marks.html", "marcs.html"))
    refused(typed("summary", *ONE, "--project", made.root), 1, "layouts/marcs.html")


def test_a_font_package_that_is_missing_says_how_to_get_it(made: Copy) -> None:
    before = contents(made.root / "output")
    styles = made.root / "styles" / "base.css"
    made.write("styles/base.css", styles.read_text("utf-8").replace("fontpkg_source_sans_3", "fontpkg_source_sans_9"))
    refused(typed("summary", *ONE, "--project", made.root), 3, "pip install fontpkg-source-sans-9")
    assert contents(made.root / "output") == before


def test_a_system_library_that_is_missing_points_to_the_doctor(tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text("raise OSError('cannot load library libpango')\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = run("summary", *ONE, "--no-cache", "--output", tmp_path / "out", env=os.environ | {"PYTHONPATH": path})
    refused(done, 3, "toolkit-builder doctor")


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", "utf-8")
    done = typed("summary", *ONE, "--output", tmp_path / "out")
    assert done.status in (2, 3)
    assert "out" in done.err
    assert (tmp_path / "out").read_text("utf-8") == "in the way"


def test_an_output_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    refused(typed("summary", *ONE, "--output", tmp_path / "file" / "out"), 3, "cannot write to")


def test_a_full_disk_leaves_what_was_there(made: Copy) -> None:
    before = contents(made.root / "output")
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000))\n"
        "from toolkit_builder.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, "toolkit", *ONE, "--project", str(made.root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 3, done.stderr
    assert "cannot write to" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(made.root / "output") == before


def test_ctrl_c_leaves_what_was_there(made: Copy) -> None:
    before = contents(made.root / "output")
    command = [sys.executable, "-m", "toolkit_builder", "build", "--no-cache", "--project", str(made.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    until = time.monotonic() + 60
    while not list((made.root / "output").glob(".making-*")) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Interrupted" in said
    assert "Traceback" not in said
    assert contents(made.root / "output") == before
    assert not list((made.root / "output").glob(".making-*"))


def test_what_a_killed_command_left_is_cleared_away(made: Copy) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = made.root / "output" / f".making-{ended.pid}"
    left.mkdir()
    (left / "torn.pdf").write_bytes(b"%PDF-")
    assert typed("summary", *ONE, "--project", made.root, "--force").status == 0
    assert not left.exists()


def test_without_a_project_files_go_to_the_folder_that_one_is_in(tmp_path: Path) -> None:
    done = typed("new", "mine", folder=tmp_path)
    assert done.status == 0
    assert typed("handouts", *ONE, folder=tmp_path / "mine").status == 0
    assert (tmp_path / "mine" / "output" / "handouts.cy-en.FM5.pdf").is_file()


def test_what_runs_over_is_told_and_that_there_are_warnings(mine: Copy) -> None:
    title = "Gweithio a dysgu ynghyd, yn awr ac yn y blynyddoedd sydd i ddod, dros gymunedau ym mhob rhan o’r wlad"
    title += ", i bawb sydd am weld newid yno"
    mine.retell("FM5", "title", title, title)
    done = typed("cards", *ONE, "--project", mine.root)
    assert done.status == 0, done.err
    assert "cards: FM5 (front) takes a further card" in done.err.splitlines()
    assert done.err.splitlines()[-1].endswith(" warnings: toolkit-builder check")
    assert "warning" not in typed("cards", *ONE, "--project", mine.root).err  # nothing was made


def test_files_of_a_moment_are_not_watched() -> None:
    passing = (".FM1.yaml.swp", "FM1.yaml~", "#FM1.yaml#", "sedAb12Cd", "4913", "FM1.tmp")
    assert all(is_passing(Path(name)) for name in passing)
    assert not any(is_passing(Path(name)) for name in ("FM1.yaml", "cards.css", "sedge.css", "labels.yaml"))
