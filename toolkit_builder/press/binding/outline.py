"""How a reader finds the way: bookmarks, destinations and page labels (ISO 32000-1, 12.3.2, 12.3.3, 12.4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit_builder.press.pdf.writer import PdfWriter, format_number, text_string


@dataclass
class Bookmark:
    """A bookmark: its title, its level from 1, the object of its page, and how high on it, in pt from the bottom.

    `number` is its own object; `children` are filled in by `write_outline`.
    """

    title: str
    level: int
    page: int
    top: float
    number: int = 0
    children: list[Bookmark] = field(default_factory=list)

    @property
    def destination(self) -> bytes:
        """The place that it leads to; the zoom of whoever reads stays."""
        return b"[%d 0 R/XYZ 0 %s 0]" % (self.page, format_number(self.top))

    @property
    def descendants(self) -> int:
        return sum(1 + child.descendants for child in self.children)


def write_outline(file: PdfWriter, bookmarks: Sequence[Bookmark]) -> int:
    """Write bookmarks, all of them open; the object of their root.

    Each hangs below the last one before it with a lower level.
    """
    root = Bookmark("", 0, 0, 0, file.number())
    path = [root]
    parents = []
    for bookmark in bookmarks:
        bookmark.number = file.number()
        while path[-1].level >= bookmark.level:
            path.pop()
        parents.append(path[-1])
        path[-1].children.append(bookmark)
        path.append(bookmark)
    for bookmark, parent in zip(bookmarks, parents, strict=True):
        siblings = parent.children
        index = siblings.index(bookmark)
        near = b"/Prev %d 0 R" % siblings[index - 1].number if index else b""
        near += b"/Next %d 0 R" % siblings[index + 1].number if index + 1 < len(siblings) else b""
        text = b"<</Title%s/Parent %d 0 R%s%s/Dest%s>>"
        title = text_string(bookmark.title)
        file.add(bookmark.number, text % (title, parent.number, near, _kids(bookmark), bookmark.destination))
    file.add(root.number, b"<</Type/Outlines" + _kids(root) + b">>")
    return root.number


def _kids(bookmark: Bookmark) -> bytes:
    kids = bookmark.children
    if not kids:
        return b""
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (kids[0].number, kids[-1].number, bookmark.descendants)


def page_labels(numbers: Sequence[int]) -> bytes:
    """Page labels from the numbers of pages in order: a range wherever they begin anew, in Arabic figures."""
    starts = [index for index, number in enumerate(numbers) if number == 1]
    return b" ".join(b"%d<</S/D>>" % index for index in starts)
