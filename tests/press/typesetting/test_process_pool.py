"""Processes end with the one that started them."""

from __future__ import annotations

import contextlib
import threading
import time

from toolkit_builder.press.typesetting.process_pool import pool

MORE_THAN_A_PIPE_HOLDS = b"x" * 1_000_000


def work(_: bytes) -> None:
    time.sleep(60)


def test_it_ends_at_once_while_jobs_are_on_their_way_to_it() -> None:
    def interrupted() -> None:
        with contextlib.suppress(KeyboardInterrupt), pool(2) as workers:
            for _ in range(8):
                workers.submit(work, MORE_THAN_A_PIPE_HOLDS)
            raise KeyboardInterrupt

    thread = threading.Thread(target=interrupted, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
