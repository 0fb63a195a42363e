"""Hands damaged and hostile inputs to the readers of what comes from outside: `python -m tests.fuzz --seconds 60`.

Each reader takes bytes, and may do no more than read them or refuse them as it says. Inputs are made from a seed, which
is printed with whatever fails: `--seed N --reader svg --inputs 1` makes that input again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.fuzz import readers, svg

READERS: dict[str, tuple[Callable[[random.Random], bytes], Callable[[bytes], None]]] = {
    "svg": (svg.make, svg.read),
    **readers.READERS,
}
"""By name: what makes an input, and what reads it, raising whatever must not be."""


def attempt(reader: str, seed: int, kept: Path) -> bool:
    """Whether a reader did as it should with the input of a seed; the input is kept if it did not."""
    make, read = READERS[reader]
    data = make(random.Random(seed))  # noqa: S311  (to be made again, not to be secret)
    try:
        read(data)
    except Exception:
        kept.mkdir(parents=True, exist_ok=True)
        path = kept / f"{reader}-{seed}"
        path.write_bytes(data)
        print(f"{reader}: seed {seed}: {path}\n{traceback.format_exc(limit=-6)}", flush=True)
        return False
    return True


def main() -> int:
    """0 if all readers did as they should, 1 if one did not."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long, over all readers")
    parser.add_argument("--inputs", type=int, default=sys.maxsize, help="how many for each reader, at most")
    parser.add_argument("--seed", type=int, default=None, help="the first seed; a new one each time if it is not given")
    parser.add_argument("--reader", choices=sorted(READERS), action="append", help="which; all if it is not given")
    parser.add_argument("--kept", type=Path, default=Path("output/fuzz"), help="where inputs that fail are kept")
    asked = parser.parse_args()
    first = asked.seed if asked.seed is not None else time.time_ns() % 10**9
    chosen = asked.reader or sorted(READERS)
    failed = 0
    for reader in chosen:
        count, end = 0, time.monotonic() + asked.seconds / len(chosen)
        while count < asked.inputs and time.monotonic() < end:
            failed += not attempt(reader, first + count, asked.kept)
            count += 1
        print(f"{reader}: {count} inputs from seed {first}, {failed} failures so far", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
