"""The tasks of a batch on a Dask cluster.

A task carries the project with it (packed, some 200 kB), so that the machines of the cluster need the same versions of
this tool and of what it typesets with, and nothing else. Plates are read from the store if every worker sees it;
otherwise they come with the task. A worker that dies has its tasks done by another: the scheduler sees to that.
"""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import Any

from toolkit_builder.batch.packs import Pack
from toolkit_builder.batch.pool import RunningWorkers, can_see, show
from toolkit_builder.batch.project_bundle import ProjectBundle, compare, installed
from toolkit_builder.batch.tasks import Task
from toolkit_builder.errors import MachineError
from toolkit_builder.press.store.storage import Where
from toolkit_builder.press.typesetting.jobs import Outcome

PATIENCE = 10
"""Seconds that a scheduler has to answer, and to have a worker."""
_GO_ON = "Start {} again and type the same command: it goes on from there"


@contextmanager
def cluster_workers(address: str, bundle: ProjectBundle, cache: Where | None) -> Iterator[RunningWorkers]:
    """Workers of the cluster whose scheduler is at `address`, such as tcp://10.0.0.1:8786.

    Raises MachineError if the package is not installed, no scheduler answers, it has no workers, or one of them has
    other versions.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise MachineError("distributed is not installed. Type: pip install 'toolkit-builder[cluster]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told here, without a traceback
    try:
        client = distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise MachineError(f"no scheduler answers at {address} ({error})") from None
    try:
        processes = _workers(client, address)
        _compare(client, bundle.versions)
        share_store = all(client.run(can_see, cache, show(cache)).values())
        executor = client.get_executor(pure=False)

        def submit(task: Task) -> Future[Any]:
            future: Future[Any] = executor.submit(_run, bundle, task)
            return future

        yield RunningWorkers(
            submit, processes, share_store, (distributed.scheduler.KilledWorker,), _Watch(client, address)
        )
    except (CancelledError, distributed.core.CommClosedError, _closed_client(distributed)):
        raise _gone(address) from None
    finally:
        client.close()


def _closed_client(distributed: Any) -> type[Exception]:
    """What work for a client that has closed itself is refused with; older versions have no error of its own for it."""
    error: type[Exception] = getattr(distributed.client, "ClosedClientError", CancelledError)
    return error


class _Watch:
    """Looks whether there is still somebody to do the work.

    Raises MachineError if the scheduler is gone, or has had no workers for a while.
    """

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.address = address
        self.seen = time.monotonic()

    def __call__(self) -> None:
        if self.client.status == "closed":
            raise _gone(self.address)
        if self.client.status == "running" and self.client.nthreads():
            self.seen = time.monotonic()
        elif time.monotonic() - self.seen > 6 * PATIENCE:
            raise MachineError(f"{self.address} has no workers any more. {_GO_ON.format('some')}")


def _gone(address: str) -> MachineError:
    return MachineError(f"the scheduler at {address} has gone away. {_GO_ON.format('it')}")


def _workers(client: Any, address: str) -> int:
    """How many tasks the cluster can do at a time. Raises MachineError if it has no workers."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise MachineError(f"{address} has no workers. Type on another machine: dask worker {address}") from None
    return sum(client.nthreads().values())


def _compare(client: Any, here: dict[str, str]) -> None:
    """Raises MachineError if a worker has not what is installed here."""
    try:
        versions = client.run(installed)
    except ImportError as error:
        raise MachineError(f"a worker lacks this tool ({error}). Install it there: toolkit-builder[cluster]") from None
    for worker, there in versions.items():
        compare(worker, there, here)


def _run(bundle: ProjectBundle, task: Task) -> Outcome | list[Pack]:
    """A task, on whatever machine."""
    bundle.check()
    return task.moved(bundle.find).run()
