"""Readers of texts, tables and of our own state: what makes an input for each by random changes, and what reads it.

Whatever comes of it, a reader says no more than that a file is wrong (`ToolkitError`), or that it is none of ours.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.hostile.tables import row, xlsx
from tests.proofreading.reading import doubts_of
from toolkit_builder.batch.record import BatchRecord
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.review import load_review
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.errors import Fault, ToolkitError
from toolkit_builder.exchange import formats
from toolkit_builder.output import FileFacts, MadeFile, Output, manifest_of
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.spreadsheet import TableTerms, read_rows
from toolkit_builder.project import Project, shipped
from toolkit_builder.proofreading import spelling

Make = Callable[[random.Random], bytes]
Read = Callable[[bytes], None]
_PIECES = tuple(
    piece.encode("latin-1")
    for piece in (
        *("", "\0", "\x1b[31m", "\xff", "\xe2\x80\xa8", "\r", "\n", "\n\n", " ", "\t", "#", "'", '"', "\\", "\\x0b"),
        *("](", "[", "**", "* ", "- ", "1. ", "&a;", "*a", "!!a", "{", "}", "[[", "]]", ": ", "? ", "--- ", "<", ">"),
        *("<a>", "<!DOCTYPE a>", "=1+1", ",", ";", "-1", "1e999", "nan", "99999999999999999999", "XFD1", "r="),
    )
)
TABLE = TableTerms(Headings({"cy": "Cymraeg", "en": "English"}))
ACTION = "content/actions/SP1.yaml"
TEXT = "Un *gair* a [dolen](https://www.example.org/ŵ):\n\n- dau\n  1. tri\n\n3. pedwar\n".encode()
CSV = b"id,name.cy,name.en,contact.telephone\nbala,Y Bala,Bala,01632 960111\n"
UNITS = b"key,source (en),target (cy),state\na#b,One,Un,translated\n"
XLIFF = (
    b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" '
    b'target-language="cy"><body><trans-unit id="a#b"><source>One</source><target state="translated">Un</target>'
    b"</trans-unit></body></file></xliff>"
)
PO = b'msgid ""\nmsgstr "Language: cy\\n"\n\n#. a\nmsgctxt "a#b"\nmsgid "One"\nmsgstr "Un"\n'
LOCK = b"content/actions/SP1.yaml#title cy draft 0123456789ab 0123456789ab 2026-01-31 Si\xc3\xa2n\n"
MADE = MadeFile("a.pdf", FileFacts("cards", ("cy",), "", None, ("SP1",)), 1, "0" * 64)
MANIFEST = manifest_of([MADE]).encode()
RECORD = b'{"id": "a", "state": "made", "key": "k", "seconds": 1.0, "files": [], "faults": ["x"]}\n'


def changed(source: random.Random, data: bytes) -> bytes:
    """A few changes: a piece put in, in the place of another, doubled, or many times; or the end cut off."""
    for _ in range(source.randint(1, 6)):
        start = source.randint(0, len(data))
        end = min(len(data), start + source.choice((1, 4, 40)))
        piece = source.choice((*_PIECES, data[start:end], bytes(source.choices(range(256), k=3))))
        piece *= source.choice((1, 1, 1, 2, 30, 1_000))
        data = source.choice((data[:start] + piece + data[start:], data[:start] + piece + data[end:], data[:end]))
    return data[:100_000]


def _change_of(sound: bytes) -> Make:
    return lambda source: changed(source, sound)


def _make_yaml(source: random.Random) -> bytes:
    return changed(source, source.choice(sorted((shipped() / "content").rglob("*.yaml"))).read_bytes())


def _make_xlsx(source: random.Random) -> bytes:
    """Changes within the parts, and sometimes in the zip around them."""
    rows = changed(source, (row(1, "id", "name.cy") + row(2, "bala", "Y Bala")).encode()).decode("utf-8", "replace")
    data = xlsx(rows, strings=changed(source, b"<si><t>a</t></si>").decode("utf-8", "replace"))
    return changed(source, data) if source.random() < 0.3 else data


def _of_file(name: str, read: Callable[[Path], object]) -> Read:
    """Reads data as a file of this name in a folder of its own."""

    def reader(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            with contextlib.suppress(ToolkitError):
                read(path)

    return reader


def _read_yaml(path: Path) -> None:
    faults: list[Fault] = []
    read_yaml(path, path.name, faults)
    assert all(str(fault).isprintable() for fault in faults)


def _load_action(path: Path) -> None:
    """All that is said of an action that is wrong in its shape."""
    content = path.parents[1]
    for name in ("framework.yaml", "labels.yaml", "provisional.yaml"):
        shutil.copy(shipped() / "content" / name, content)
    load(Project(content.parent))


def _read_markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:20_000]
    for convert in (markdown.blocks, markdown.page, markdown.inline, markdown.plain, markdown.outline):
        with contextlib.suppress(markdown.MarkdownError):
            convert(text)
    list(spelling.words(text))
    doubts_of(text)


READERS: dict[str, tuple[Make, Read]] = {
    "yaml": (_make_yaml, _of_file("ŵ.yaml", _read_yaml)),
    "action": (_change_of((shipped() / ACTION).read_bytes()), _of_file(ACTION, _load_action)),
    "markdown": (_change_of(TEXT), _read_markdown),
    "lock": (_change_of(LOCK), _of_file("content/review.lock", lambda path: load_review(Project(path.parents[1])))),
    "csv": (_change_of(CSV), _of_file("a.csv", lambda path: read_rows(path, TABLE))),
    "xlsx": (_make_xlsx, _of_file("a.xlsx", lambda path: read_rows(path, TABLE))),
    "units": (_change_of(UNITS), _of_file("a.csv", formats.read)),
    "xliff": (_change_of(XLIFF), _of_file("a.xlf", formats.read)),
    "po": (_change_of(PO), _of_file("a.po", formats.read)),
    "manifest": (_change_of(MANIFEST), _of_file("manifest.json", lambda path: Output(path.parent))),
    "record": (_change_of(RECORD), _of_file("batch.jsonl", lambda path: BatchRecord(path.parent).compact())),
}
"""By name: what makes an input, and what reads it, raising whatever must not be."""
