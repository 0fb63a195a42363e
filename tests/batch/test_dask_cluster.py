"""A batch on a Dask cluster: a scheduler and two workers, one of them killed; the same bytes as on one machine."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.dask import Dask, Log, running
from tests.batch.test_batch import entries, packs, rows, start, wait_for
from tests.partnerships.planting import SVG
from tests.typed import typed
from toolkit_builder.batch import dask_cluster as module
from toolkit_builder.batch import project_bundle
from toolkit_builder.batch.tasks import Typesetting
from toolkit_builder.errors import MachineError
from toolkit_builder.press.html.rendered import StyleSet


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    with running(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return rows(tmp_path, product="toolkit")


def batch(table: Path, output: Path, *more: str | Path) -> None:
    done = typed("batch", "--from", table, "--output", output, *more)
    assert done.status == 0, done.err


@pytest.fixture
def here(table: Path, tmp_path: Path) -> Path:
    """The same packs, made on one machine."""
    batch(table, tmp_path / "yma", "--cache", tmp_path / "cof", "--jobs", "1")
    return tmp_path / "yma"


@pytest.mark.parametrize("cache", ["shared", "memory://not-shared"])
def test_each_leaf_is_typeset_once_in_the_whole_cluster(
    dask: Dask, table: Path, here: Path, tmp_path: Path, cache: str
) -> None:
    """Plates are read from a store that every worker sees; otherwise they travel with the task."""
    log = dask.log(tmp_path / "log")
    store = tmp_path / "cof2" if cache == "shared" else f"{cache}/{tmp_path.name}"
    batch(table, tmp_path / "acw", "--cluster", dask.address, "--cache", store)
    assert packs(tmp_path / "acw") == packs(here)
    manifests = [(folder / "manifest.json").read_bytes() for folder in (tmp_path / "acw", here)]
    assert manifests[0] == manifests[1]
    typeset = Counter(leaf for _, leaf in log.lines())
    assert len(typeset) > 40
    assert set(typeset.values()) == {1}
    assert len({process for process, _ in log.lines()}) == 2


def wait_until(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not what() and time.monotonic() < until:
        time.sleep(0.01)


def kill_one_at_work(log: Log) -> int:
    """Kill the first worker that typesets, in the middle of it; its number."""
    wait_until(lambda: bool(log.lines()))
    process = log.lines()[0][0]
    os.kill(process, signal.SIGKILL)
    return process


def test_a_worker_killed_in_the_middle_changes_nothing(dask: Dask, table: Path, here: Path, tmp_path: Path) -> None:
    log = dask.log(tmp_path / "log")
    killed: list[int] = []
    killer = threading.Thread(target=lambda: killed.append(kill_one_at_work(log)))
    killer.start()
    batch(table, tmp_path / "acw", "--cluster", dask.address, "--cache", f"memory://{tmp_path.name}")
    killer.join()
    assert killed
    assert {process for process, _ in log.lines()} - set(killed), "the others went on"
    assert packs(tmp_path / "acw") == packs(here)


def test_workers_write_results_where_they_are_wanted(dask: Dask, table: Path, here: Path, tmp_path: Path) -> None:
    words = ("--cluster", dask.address, "--cache", tmp_path / "cof", "--results", f"file://{tmp_path}/pell")
    batch(table, tmp_path / "acw", *words)
    assert packs(tmp_path / "pell") == packs(here)
    assert (tmp_path / "pell/manifest.json").read_bytes() == (here / "manifest.json").read_bytes()
    assert packs(tmp_path / "acw") == {}
    (tmp_path / "pell/packs/p1/toolkit.p1.cy-en.pdf").unlink()
    again = typed("batch", "--from", table, "--output", tmp_path / "acw", *words)
    assert "1 pack made, 4 current, 0 failed" in again.err


def test_what_a_base_elsewhere_names_travels_along(dask: Dask, tmp_path: Path) -> None:
    table = rows(tmp_path, ["Tŷ Gŵyr"], product="toolkit")
    (tmp_path / "lluniau").mkdir()
    (tmp_path / "lluniau/logo.svg").write_text(SVG, "utf-8")
    logo = "logo: {file: lluniau/logo.svg, alternative: {cy: Logo, en: Logo}}"
    (tmp_path / "sail.yaml").write_text(f"name: {{cy: Sail, en: Base}}\n{logo}\n", "utf-8")
    words = ("--base", tmp_path / "sail.yaml", "--base-texts", "--cache", f"memory://{tmp_path.name}")
    batch(table, tmp_path / "acw", *words, "--cluster", dask.address)
    batch(table, tmp_path / "yma", *words)
    assert packs(tmp_path / "acw") == packs(tmp_path / "yma")


def test_a_pack_that_is_wrong_is_told_and_the_others_are_made(dask: Dask, tmp_path: Path) -> None:
    table = rows(tmp_path, ["Tŷ Gŵyr", "Llanfair" * 40], product="toolkit")
    done = typed("batch", "--from", table, "--output", tmp_path / "a", "--cluster", dask.address)
    assert done.status == 4
    assert "1 pack made, 0 current, 1 failed" in done.err
    assert "p1: " in done.err
    assert list(packs(tmp_path / "a")) == ["p0/toolkit.p0.cy-en.pdf"]


def test_ctrl_c_ends_it_within_two_seconds_on_a_cluster_too(dask: Dask, table: Path, tmp_path: Path) -> None:
    log = dask.log(tmp_path / "log")
    process = start(["--from", table, "--output", tmp_path / "a", "--cluster", dask.address])
    wait_for(lambda: bool(log.lines()), process)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert time.monotonic() - begun < 2
    assert b"Traceback" not in said


def test_a_cluster_that_loses_its_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    table = rows(tmp_path, product="toolkit")
    with running(tmp_path) as dask:
        log = dask.log(tmp_path / "log")

        def end_all() -> None:
            wait_until(lambda: bool(log.lines()))
            for process in dask.workers:
                process.terminate()

        ending = threading.Thread(target=end_all)
        ending.start()
        done = typed("batch", "--from", table, "--output", tmp_path / "a", "--cluster", dask.address)
        ending.join()
    assert done.status == 3, done.err
    assert f"{dask.address} has no workers any more. Start some again and type the same command" in done.err


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    done = typed("batch", "--from", rows(tmp_path), "--output", tmp_path / "a", "--cluster", "tcp://127.0.0.1:9")
    assert done.status == 3
    assert "no scheduler answers at tcp://127.0.0.1:9" in done.err


def test_a_worker_with_other_versions_is_named(dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = project_bundle.installed() | {"weasyprint": "1.0"}
    monkeypatch.setattr(project_bundle, "installed", lambda: here)
    done = typed("batch", "--from", rows(tmp_path), "--output", tmp_path / "a", "--cluster", dask.address)
    assert done.status == 3
    assert "the worker tcp://127.0.0.1:" in done.err
    assert "instead of 1.0; install the same there" in done.err


def test_a_worker_that_joins_late_with_other_versions_takes_no_task(tmp_path: Path) -> None:
    fine = project_bundle.packed(tmp_path, [])
    fine.check()
    with pytest.raises(MachineError, match=r"the worker that took a task has weasyprint \S+ instead of 1\.0"):
        replace(fine, versions=fine.versions | {"weasyprint": "1.0"}).check()


def test_every_path_of_a_task_is_that_of_the_machine_which_does_it() -> None:
    there = Path("/there")
    shop = StyleSet((there / "a.css",), (there,), there, "", "", language_style="x", language_base=there / "content")
    moved = Typesetting(shop, []).moved(lambda path: Path("/here") / path.relative_to(there)).style_set
    paths = [value for value in vars(moved).values() if not isinstance(value, str | bool)]
    assert paths
    assert "/there" not in str(paths)


def test_a_cluster_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    with running(tmp_path, number=0) as dask:
        done = typed("batch", "--from", rows(tmp_path), "--output", tmp_path / "a", "--cluster", dask.address)
    assert done.status == 3
    assert f"{dask.address} has no workers. Type on another machine: dask worker {dask.address}" in done.err


def test_a_scheduler_that_goes_away_is_told_and_the_batch_goes_on_later(table: Path, tmp_path: Path) -> None:
    words: list[str | Path] = ["--from", table, "--output", tmp_path / "a", "--cache", tmp_path / "cof"]
    with running(tmp_path) as dask:
        log = dask.log(tmp_path / "log")
        process = start([*words, "--cluster", dask.address])
        wait_for(lambda: bool(log.lines()), process)
        dask.scheduler.kill()
        _, said = process.communicate(timeout=60)
    assert process.returncode == 3, said
    assert b"has gone away" in said
    assert b"Traceback" not in said
    assert typed("batch", *words).status == 0
    assert {entry["state"] for entry in entries(tmp_path / "a").values()} == {"made"}
