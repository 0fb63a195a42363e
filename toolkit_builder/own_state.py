"""Decodes what this tool wrote itself: manifests, records of batches, plates and fonts in a store, recalled keys.

Much may have become of it since: it was cut off, written over, is of another version, or was never ours. Each has a
type, and whatever is not of its type is as if it were not there: it is said once, and the work is done again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from toolkit_builder.errors import Fault

T = TypeVar("T")


class DamagedError(ValueError):
    """Bytes that are not what this tool writes; the message says in what way."""


def unreadable(path: Path, reason: str) -> Fault:
    """What is said of a file that cannot be read at all."""
    return Fault(str(path), 0, 0, "", f"{reason}; it counts as not there, and its work is done again", "warning")


def damage(path: Path, lost: int, listed: int) -> Fault | None:
    """What is said of a file of which so many entries could not be read; None if all could."""
    if not lost:
        return None
    message = f"{lost} of {listed} entries are not as this tool writes them, and count as not there"
    return Fault(str(path), 0, 0, "", f"{message}; what they stood for is made again", "warning")


def from_json(data: bytes | msgspec.Raw, kind: type[T]) -> T:
    """Raises DamagedError if the JSON is none, or not of this type."""
    return _decoded(msgspec.json.decode, data, kind)


def from_msgpack(data: bytes, kind: type[T]) -> T:
    """Raises DamagedError if the MessagePack is none, or not of this type."""
    return _decoded(msgspec.msgpack.decode, data, kind)


def of_type(value: object, kind: type[T]) -> T:
    """What was decoded already, in its type. Raises DamagedError if it is not of it."""
    return _decoded(msgspec.convert, value, kind)


def _decoded(decode: Callable[..., Any], data: object, kind: type[T]) -> T:
    try:
        decoded: T = decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise DamagedError(str(error)) from None
    return decoded
