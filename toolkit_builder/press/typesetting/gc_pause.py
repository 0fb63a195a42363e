"""When not to look for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Leave garbage lying for a while: nearly all that laying out makes lives until its pages are written, and nearly
    nothing that binding makes lies in a circle; looking through it again and again takes a fifth to a third of the
    time. What is done meanwhile bounds the memory.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
