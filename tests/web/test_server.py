"""The command `serve`, as a user types it: the address that it prints, where it listens, how it ends."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.typed import typed
from toolkit_builder.errors import ExitStatus, UsageError
from toolkit_builder.web.server import Place, _checked_path

WITHIN = 5.0
"""Seconds in which Ctrl-C has to have ended it on a machine that is busy; two on one that is not."""


@contextmanager
def serving(*options: str, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the address that it prints."""
    command = [sys.executable, "-m", "toolkit_builder", "serve", "--no-browser", "--port", str(port), *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        for line in process.stderr:
            if found := re.search(r"http://\S+", line):
                yield process, found[0]
                break
        else:
            raise AssertionError("it has printed no address")
    finally:
        process.kill()
        process.wait()


def asked(address: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}", headers=headers or {})
    answer = connection.getresponse()
    answer.read()
    return answer


def test_it_lets_in_by_its_address_and_ends_with_ctrl_c_with_nothing_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving() as (process, address):
        assert urlsplit(address).hostname == "127.0.0.1"
        entered = asked(address)
        assert entered.status == 302
        cookie = str(entered.headers["Set-Cookie"]).partition(";")[0]
        bare = address.partition("?")[0]
        assert asked(f"{bare}en/choose", {"Cookie": cookie}).status == 200
        assert asked(f"{bare}en/choose").status == 401
        assert asked(f"{bare}en/choose", {"Cookie": cookie, "Host": "example.org"}).status == 400
        assert any(path.name.startswith("toolkit-builder-serve-") for path in tmp_path.iterdir())
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == ExitStatus.INTERRUPTED
        assert time.monotonic() - begun < WITHIN
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("toolkit-builder-serve-")] == []


def test_behind_a_proxy_its_addresses_begin_with_the_path_and_the_name_is_known() -> None:
    with serving("--base-path", "/toolkit", "--name", "intranet.example.org") as (_, address):
        assert urlsplit(address).hostname == "intranet.example.org"
        assert urlsplit(address).path == "/toolkit/"
        there = address.replace("intranet.example.org", "127.0.0.1")
        entered = asked(there, {"Host": "intranet.example.org"})
        assert entered.status == 302
        assert str(entered.headers["Location"]).startswith("/toolkit/")
        assert "Path=/toolkit/" in str(entered.headers["Set-Cookie"])


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = typed("serve", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.status == ExitStatus.MACHINE
    assert "Take another port" in done.err


@pytest.mark.parametrize("path", ["/a/../b", "a b", "//", "/a?b", "/ŵ"])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    if path == "//":
        assert _checked_path(path) == ""
        return
    with pytest.raises(UsageError):
        _checked_path(path)


@pytest.mark.parametrize(
    ("place", "hosts"),
    [
        (Place(), ["127.0.0.1", "localhost"]),
        (Place("10.0.0.7"), ["127.0.0.1", "localhost", "10.0.0.7"]),
        (Place("0.0.0.0", names=("a.example.org",)), ["127.0.0.1", "localhost", "a.example.org"]),  # noqa: S104
    ],
)
def test_only_named_hosts_are_trusted(place: Place, hosts: list[str]) -> None:
    assert place.hosts == hosts
