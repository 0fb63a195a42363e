"""Who looks at the page: a one-time token in the address that becomes a session, each with a folder of its own.

A token is for one browser. When it is used the next one is ready, for whoever else is let in.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path

IDLE_HOURS = 2
"""After so many hours without a request, a session's files are gone. The page says so."""
MOST_SESSIONS = 50
_PREFIX = "toolkit-builder-serve-"


@dataclass
class Session:
    """One browser: its key (the cookie), its folder, and when it was seen last, in seconds of `time.monotonic`."""

    key: str
    folder: Path
    seen: float
    lock: threading.Lock = field(default_factory=threading.Lock)

    def place(self, *names: str) -> Path:
        """A folder in the session's own, made if it is not there."""
        folder = self.folder.joinpath(*names)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class Sessions:
    """All sessions, for a `with` statement: when it ends their files are gone. `clock` tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}
        self._token = secrets.token_urlsafe(24)
        self._clear_dead()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self.ended: list[Callable[[Session], None]] = []
        """Who is told when a session has ended."""
        self.begun: list[Callable[[Session], None]] = []
        """Who is told when one has begun, and another token is the next."""

    def __enter__(self) -> Sessions:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def token(self) -> str:
        """The token for the next browser."""
        return self._token

    def begin(self, token: str) -> Session | None:
        """A new session for a token, which is used up then; None if it is not the one, or there are too many."""
        self.sweep()
        with self._lock:
            if not compare_digest(token.encode(), self._token.encode()) or len(self._sessions) >= MOST_SESSIONS:
                return None
            self._token = secrets.token_urlsafe(24)
            key = secrets.token_urlsafe(32)
            folder = self.folder / secrets.token_hex(8)
            folder.mkdir(mode=0o700)
            session = self._sessions[key] = Session(key, folder, self._clock())
        for tell in self.begun:
            tell(session)
        return session

    def find(self, key: str) -> Session | None:
        """The session of a cookie, if there is one still."""
        self.sweep()
        with self._lock:
            session = self._sessions.get(key)
            if session:
                session.seen = self._clock()
            return session

    def sweep(self) -> None:
        """End the sessions that nobody has used for too long."""
        with self._lock:
            oldest = self._clock() - IDLE_HOURS * 3600
            gone = [session for session in self._sessions.values() if session.seen < oldest]
            for session in gone:
                del self._sessions[session.key]
        for session in gone:
            for tell in self.ended:
                tell(session)
            shutil.rmtree(session.folder, ignore_errors=True)

    @staticmethod
    def _clear_dead() -> None:
        """Throw away what servers left that were killed."""
        for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            number = left.name.removeprefix(_PREFIX).partition("-")[0]
            if number.isdigit() and not _is_alive(int(number)):
                shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass  # it is another user's
    return True
