"""A Dask cluster on this machine: a scheduler and workers as processes, started as docs/scaling.md says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from distributed import Client, WorkerPlugin

from tests.typed import ROOT
from toolkit_builder.press.typesetting import processes

WORKERS = 2


class Log(WorkerPlugin):
    """Has every worker write down which leaves it is about to typeset, each with the number of its process."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def setup(self, worker: Any) -> None:
        typeset = processes.work

        def work(style_set: Any, leaves: Any) -> Any:
            with self.path.open("a", encoding="utf-8") as file:
                file.write("".join(f"{os.getpid()} {leaf.name}\n" for leaf in leaves))
            return typeset(style_set, leaves)

        processes.work = work

    def lines(self) -> list[tuple[int, str]]:
        text = self.path.read_text("utf-8") if self.path.exists() else ""
        return [(int(line.split()[0]), line.split()[1]) for line in text.splitlines()]


class Dask:
    """A cluster that is running."""

    def __init__(self, folder: Path, number: int = WORKERS) -> None:
        self.file = folder / "scheduler.json"
        local = ("--host", "127.0.0.1", "--no-dashboard")
        self.scheduler = _start("scheduler", "--port", "0", "--scheduler-file", str(self.file), *local)
        while not (self.file.exists() and self.file.stat().st_size):  # it is there before it is written
            time.sleep(0.05)
        self.address: str = json.loads(self.file.read_text("utf-8"))["address"]
        here = ("--local-directory", str(folder), "--nthreads", "1", *local)
        self.workers = [_start("worker", self.address, *here) for _ in range(number)]

    def log(self, path: Path) -> Log:
        log = Log(path)
        with Client(self.address) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(WORKERS, timeout=30)
            client.register_plugin(log, name=str(path))
        return log

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            process.wait(20)


@contextmanager
def running(folder: Path, number: int = WORKERS) -> Iterator[Dask]:
    dask = Dask(folder, number)
    try:
        yield dask
    finally:
        dask.end()


def _start(what: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words]
    return subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
