"""Serves the page with waitress until Ctrl-C, which ends it within two seconds with nothing half-written."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from flask import Flask
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher

from toolkit_builder.errors import MachineError, UsageError
from toolkit_builder.press.typesetting.standing_pool import StandingPool
from toolkit_builder.project import Project
from toolkit_builder.warm_press import WarmPress
from toolkit_builder.web.app import LOOPBACK, create_app
from toolkit_builder.web.jobs import JobQueue
from toolkit_builder.web.library import Library
from toolkit_builder.web.safety import MOST_BYTES, TOKEN
from toolkit_builder.web.sessions import Sessions

PORT = 8642
THREADS = 16
"""Requests that are answered side by side; some of them wait for progress to tell."""
SECONDS_TO_END = 0.8
"""What requests that are being answered have, and then the press."""
EVERY = 60.0
"""Seconds after which it is looked for sessions that are over."""


@dataclass(frozen=True)
class Place:
    """Where the page is: the address that it listens at, the port (0 for any that is free), the path that a proxy puts
    before its addresses, and the names by which browsers may ask for it beside those of this machine's loopback.
    """

    host: str = "127.0.0.1"
    port: int = PORT
    base_path: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_loopback(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> list[str]:
        """The names by which browsers may ask for it."""
        own = [] if self.is_loopback or self.is_everywhere else [self.host]
        return list(dict.fromkeys([*LOOPBACK, *own, *self.names]))

    @property
    def is_everywhere(self) -> bool:
        return self.host in ("0.0.0.0", "::")  # noqa: S104  (asked for by whoever starts it)

    def address(self, port: int, token: str) -> str:
        """The address for a browser that is to be let in."""
        named = self.names[0] if self.names else "127.0.0.1" if self.is_everywhere else self.host
        return f"http://{named}:{port}{self.base_path}/?{TOKEN}={token}"


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads that are not waited for longer than it may take to end. `ending` is called first."""

    def __init__(self, ending: Callable[[], None]) -> None:
        super().__init__()
        self._ending = ending

    def shutdown(self, cancel_pending: bool = True, timeout: float = SECONDS_TO_END) -> bool:
        self._ending()
        return bool(super().shutdown(cancel_pending, min(timeout, SECONDS_TO_END)))


def serve(project: Project, place: Place, *, is_own: bool, ready: Callable[[str], None]) -> None:
    """Serve a project until Ctrl-C. `is_own`: whether its partnerships may be changed; `ready` is told the address for
    the next browser: once when the page is there, and again whenever an address was used up.

    Raises UsageError for a path that is none, MachineError if the port cannot be had.
    """
    base_path = _checked_path(place.base_path)
    place = Place(place.host, place.port, base_path, place.names)
    with ExitStack() as stack:
        # Before there are threads and sockets that their processes would have.
        warm = stack.enter_context(WarmPress())
        packers = stack.enter_context(StandingPool(max((os.cpu_count() or 1) // 2, 1)))
        sessions = stack.enter_context(Sessions())
        queue = stack.enter_context(JobQueue(warm, packers))
        listening = _bound(place)
        port = listening.getsockname()[1]
        app = create_app(Library(project, is_own=is_own), sessions, queue, place.hosts, f"toolkit-builder-{port}")
        server = _server(app, listening, base_path, lambda: queue.close(0))
        stack.callback(server.close)
        _look_after(sessions)
        sessions.begun.append(lambda _: ready(place.address(port, sessions.token)))
        ready(place.address(port, sessions.token))
        server.run()  # until Ctrl-C
        queue.close(SECONDS_TO_END)


def _bound(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((place.host, place.port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise MachineError(
            f"cannot listen at {place.host}:{place.port} ({reason}). Take another port: --port {place.port + 1}"
        ) from None
    return listening


def _server(app: Flask, listening: socket.socket, base_path: str, ending: Callable[[], None]) -> Any:
    dispatcher = _Dispatcher(ending)
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        url_prefix=base_path,
        max_request_body_size=MOST_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=True,
        _dispatcher=dispatcher,
    )
    dispatcher.set_thread_count(THREADS)
    return server


def _look_after(sessions: Sessions) -> None:
    def look() -> None:
        while True:
            time.sleep(EVERY)
            sessions.sweep()

    threading.Thread(target=look, name="sessions", daemon=True).start()


def _checked_path(path: str) -> str:
    bare = path.strip("/")
    if any(part in ("", ".", "..") for part in bare.split("/") if bare) or not _is_plain(bare):
        raise UsageError(
            f"--base-path {path}: write a path such as /toolkit, of letters, numbers, hyphens and slashes."
        )
    return f"/{bare}" if bare else ""


def _is_plain(text: Iterable[str]) -> bool:
    return all(letter.isascii() and (letter.isalnum() or letter in "-_./~") for letter in text)
