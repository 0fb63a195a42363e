"""The pages of a bound document as a set of pictures, with a table of what each says to those who do not see it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import ClassVar

from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.output import PICTURE_KEY
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.pictures.rendering import opened, png
from toolkit_builder.press.pictures.spoken import spoken
from toolkit_builder.press.pictures.vectors import drawn, svg
from toolkit_builder.table_files import csv_cell

COLUMNS = ("file", "code", "side", "language", "alternative text")


@dataclass(frozen=True)
class PagePicture:
    """A page as a picture: the name of its file, of what action it is (empty if of none), which side or part of the
    document, its languages, and what a screen reader says of the page.
    """

    name: str
    code: str
    side: str
    languages: tuple[str, ...]
    alternative: str
    data: bytes

    @property
    def row(self) -> tuple[str, ...]:
        """Its row in the table, by `COLUMNS`."""
        return self.name, self.code, self.side, "-".join(self.languages), self.alternative


@dataclass(frozen=True)
class PictureSet:
    """Pictures, in the order of the document."""

    TABLE: ClassVar[str] = "alt.csv"

    pictures: tuple[PagePicture, ...]

    @property
    def table(self) -> bytes:
        """What a screen reader says of each, as CSV."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        writer.writerows([csv_cell(value) for value in picture.row] for picture in self.pictures)
        return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def picture_set(document: bytes, plan: Plan, metadata: Metadata, key: str, kind: str) -> PictureSet:
    """The pages of a plan's bound document, without the blank ones, as `png` or `svg`; `key` is written into each
    picture.

    Raises MachineError if what draws SVG is missing.
    """
    return PictureSet(tuple(_pictures(document, plan, metadata, key, kind)))


def _pictures(document: bytes, plan: Plan, metadata: Metadata, key: str, kind: str) -> Iterator[PagePicture]:
    with opened(document) as pdf, ExitStack() as stack:
        drawing = stack.enter_context(drawn(document)) if kind == "svg" else None
        for order, ((at, number), page) in enumerate(zip(plan.sequence(), pdf, strict=True)):
            if number is None:
                continue
            leaf, alternative = plan.leaves[at], spoken(page)
            words = {
                "Title": leaf.bookmark,
                "Description": alternative,
                "Author": metadata.author,
                "Copyright": metadata.rights,
                "Software": metadata.creator,
            }
            words = {keyword: text for keyword, text in words.items() if text}
            if drawing:
                language = leaf.languages[0] if len(leaf.languages) == 1 else ""
                data = svg(drawing(order), words, key, language)
            else:
                data = png(page, {**words, PICTURE_KEY: key})
            name = picture_name(leaf.name, number, kind)
            yield PagePicture(name, _code(leaf), leaf.role, leaf.languages, alternative, data)


def picture_name(leaf: str, page: int, kind: str) -> str:
    """`SP1.front.cy-en.png`: the name of a leaf without that of its product, and the page if it is not the first."""
    _, *parts = leaf.split("/")
    return ".".join([*parts, *([str(page + 1)] if page else []), kind])


def _code(leaf: Leaf) -> str:
    action = leaf.data.get("action")
    return action.code if action else ""
