"""A batch on a Dask cluster: a real scheduler and two workers, one of them killed; the same bytes as on one machine."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.packs.test_batch import packs, rows
from tests.typed import typed


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    workers = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)  # type: ignore[no-untyped-call]
    with workers as running:
        yield running


def test_a_worker_killed_in_the_middle_changes_nothing(cluster: LocalCluster, tmp_path: Path) -> None:
    table = rows(tmp_path)
    here = typed("batch", "--from", table, "--output", tmp_path / "yma", "--cache", tmp_path / "cof", "--jobs", "1")
    assert here.status == 0, here.err
    killed: list[int] = []

    def kill() -> None:
        time.sleep(1.5)
        process = next(iter(cluster.workers.values())).pid
        killed.append(process)
        os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    words = ("batch", "--from", table, "--output", tmp_path / "acw", "--cluster", cluster.scheduler_address)
    there = typed(*words)
    killer.join()
    assert killed
    assert there.status == 0, there.err
    assert packs(tmp_path / "acw") == packs(tmp_path / "yma")
    manifests = [(tmp_path / one / "manifest.json").read_bytes() for one in ("acw", "yma")]
    assert manifests[0] == manifests[1]


def test_no_scheduler(tmp_path: Path) -> None:
    done = typed("batch", "--from", rows(tmp_path), "--output", tmp_path / "a", "--cluster", "tcp://127.0.0.1:9")
    assert done.status == 3
    assert "no scheduler answers at tcp://127.0.0.1:9" in done.err
