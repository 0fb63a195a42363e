"""How a logo is refused: the file as a whole, by what is wrong and what to do."""

from __future__ import annotations

from toolkit_builder.catalogue.documents import START, RefusedError


def refused(message: str) -> RefusedError:
    """An error to raise. The message goes on after the file's name: “has …”, “is …”."""
    return RefusedError(START, message)


def shown(text: str, length: int = 60) -> str:
    """A piece of a stranger's file, short enough for a message and without what a terminal might obey."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: length + 1])
    return printable if len(printable) <= length else f"{printable[:length]}…"
