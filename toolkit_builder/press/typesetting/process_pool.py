"""Processes of this machine that end with the one that started them, however that ends, and leave nothing behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor


@contextlib.contextmanager
def pool(processes: int, memory: int = 0) -> Iterator[ProcessPoolExecutor]:
    """Workers that end with this process, however that ends. `memory`: MB that each may take, 0 for any."""
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    folder = tempfile.mkdtemp(prefix="toolkit-builder-")
    try:
        arguments = os.getpid(), memory, folder
        workers = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=arguments)
        try:
            yield workers
            workers.shutdown()
        except BaseException:
            end(workers)
            raise
    finally:
        # Nothing that goes wrong with clearing away may stand in for what the work came to: closing a file's number
        # has failed here, seldom, while threads of the library were ending.
        with contextlib.suppress(OSError):
            shutil.rmtree(folder, ignore_errors=True)


def end(workers: ProcessPoolExecutor) -> None:
    """End workers whatever they are at."""
    queue = getattr(workers, "_call_queue", None)
    if sys.version_info < (3, 11, 5) and queue:
        # Jobs still on their way to the workers fill a pipe that nobody reads, and shutting down waits for them for
        # ever (https://github.com/python/cpython/issues/94777). Debian 12 has Python 3.11.2. This comes before workers
        # are ended: the library closes the pipe when it sees them end, and a thread of its that finds it closed at that
        # very moment would be waited for, too.
        queue.cancel_join_thread()
        with contextlib.suppress(OSError):
            queue._reader.close()
    for process in list((workers._processes or {}).values()):  # the library can only wait for what runs
        process.kill()
    for _ in range(2):  # the library's own thread, which has seen them end, may close what it is woken by meanwhile
        with contextlib.suppress(OSError):
            workers.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int, memory: int, folder: str) -> None:
    tempfile.tempdir = folder  # the engine leaves its fonts behind in a process that is ended
    if memory and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory * 10**6, resource.RLIM_INFINITY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of them; the one that started them ends them
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End when the parent is gone, which a process that is killed cannot say."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
