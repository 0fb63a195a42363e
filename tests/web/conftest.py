from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.making import Copy
from tests.web.site import Browser
from toolkit_builder.project import Project, shipped
from toolkit_builder.web.app import create_app
from toolkit_builder.web.jobs import JobQueue
from toolkit_builder.web.library import Library
from toolkit_builder.web.sessions import Sessions


@dataclass
class Server:
    """An app with its sessions and its queue, and a clock that a test may put on."""

    app: Flask
    sessions: Sessions
    queue: JobQueue
    clock: list[float]

    def browser(self) -> Browser:
        self.clock[0] += 300  # so that those of the tests before are gone, and there is room
        return Browser(self.app, self.sessions, self.queue)


def _server(project: Project, *, is_own: bool) -> Iterator[Server]:
    clock = [1000.0]
    with Sessions(lambda: clock[0]) as sessions, JobQueue() as queue:
        yield Server(create_app(Library(project, is_own=is_own), sessions, queue), sessions, queue, clock)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The page of the shipped project, which it may not change."""
    yield from _server(Project(shipped()), is_own=False)


@pytest.fixture(scope="module")
def browser(server: Server) -> Browser:
    return server.browser()


@pytest.fixture
def own(mine: Copy) -> Iterator[Server]:
    """The page of a project of one's own."""
    yield from _server(mine.project, is_own=True)
