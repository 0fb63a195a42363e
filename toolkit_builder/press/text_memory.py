"""What is remembered of texts, bounded by how long they are: pages of one product are a hundred times as long as the
rows of another, and a press that stays would hold thousands of those that an editor has left behind.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

LETTERS = 12_000_000
"""So many letters of text are held: three times as many as all leaves of the shipped project have."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class TextMemory(Generic[K, V]):
    """Values by their keys, each of a weight in letters; those that were used last, of `letters` in all at most.

    Several threads may use it.
    """

    def __init__(self, letters: int = LETTERS) -> None:
        self.letters = letters
        self._values: dict[K, tuple[V, int]] = {}
        self._held = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """What is remembered, which was used last now; None if nothing is."""
        with self._lock:
            found = self._values.pop(key, None)
            if found is None:
                return None
            self._values[key] = found
            return found[0]

    def put(self, key: K, value: V, weight: int) -> None:
        """Remember a value; what was not used for longest is forgotten for it."""
        with self._lock:
            _, before = self._values.pop(key, (None, 0))
            self._values[key] = value, weight
            self._held += weight - before
            while self._held > self.letters and len(self._values) > 1:
                _, gone = self._values.pop(next(iter(self._values)))
                self._held -= gone

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._held = 0
