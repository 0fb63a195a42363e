"""`packs.csv`, the table of all packs beside them, for those who send them out; and what is left of earlier ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.batch.orders import Found
from toolkit_builder.batch.packs import set_of, within_pack
from toolkit_builder.batch.record import PackEntry
from toolkit_builder.file_names import PACKS, READING_ENDINGS, SHEETS, SINGLE_FILE
from toolkit_builder.output import made_from
from toolkit_builder.partnerships.headings import ID
from toolkit_builder.partnerships.spreadsheet import TableTerms
from toolkit_builder.table_files import csv_cell

FILE = f"{PACKS}/packs.csv"
"""Relative to the output folder."""
_OURS = (".pdf", ".zip", SINGLE_FILE, *READING_ENDINGS.values())
"""What files and folders of packs end in."""
_STATES = {"made": "gwnaed / made", "failed": "methodd / failed", "": "heb ei wneud / not made"}
_HEADS = {
    "contact": "contact.name",
    "email": "contact.email",
    "languages": "edition.languages",
    "files": "Ffeiliau / Files",
    "pages": "Tudalennau / Pages",
    "state": "Cyflwr / State",
    "faults": "Beth aeth o’i le / What went wrong",
}


@dataclass(frozen=True)
class PackTable:
    """The partnerships of a batch, those too that are not to be made this time, and how tables call things."""

    found: Sequence[Found]
    table: TableTerms

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(each.id for each in self.found)

    @property
    def _scales(self) -> list[str]:
        """The columns of scales: the first, and those that are asked for."""
        keys = [f"selection.{scale}" for scale in self.table.headings.scales]
        return keys[:1] + [key for key in keys[1:] if any(each.values(key) for each in self.found)]

    def csv(self, entries: Mapping[str, PackEntry]) -> bytes:
        """A line a pack, in the order of the partnerships: UTF-8 with a mark, which spreadsheet programs go by."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        rows = [self._heads(), *(self._row(each, entries.get(each.id)) for each in self.found)]
        writer.writerows([csv_cell(value) for value in row] for row in rows)
        return text.getvalue().encode("utf-8-sig")

    def _heads(self) -> list[str]:
        headings, words = self.table.headings, self.table.headings.words
        names = [words(f"name.{language}") for language in headings.languages]
        scales = map(words, self._scales)
        before = [words(ID), *names, words(_HEADS["contact"]), words(_HEADS["email"]), *scales]
        return [*before, words(_HEADS["languages"]), *(_HEADS[one] for one in ("files", "pages", "state", "faults"))]

    def _row(self, found: Found, entry: PackEntry | None) -> list[str]:
        made = [made_from(file) for file in entry.files] if entry else []
        printed = [file for file in made if file.path.endswith(".pdf") and not file.path.endswith(SHEETS)]
        headings = self.table.headings
        said = [
            *(f"name.{language}" for language in headings.languages),
            *(_HEADS[one] for one in ("contact", "email")),
            *self._scales,
        ]
        languages = found.values(_HEADS["languages"]) or [*headings.languages]
        return [
            found.id,
            *("; ".join(self.table.words.word(key, value) for value in found.values(key)) for key in said),
            "; ".join(self.table.words.word(_HEADS["languages"], language) for language in languages),
            "; ".join(sorted({set_of(file.path) or within_pack(file.path) for file in made})),
            str(sum(file.pages for file in printed)) if printed else "",
            _STATES[entry.state if entry else ""],
            "; ".join(entry.faults) if entry else "",
        ]


def left_over(output: Path, ids: Collection[str], entries: Mapping[str, PackEntry]) -> Iterator[str]:
    """What stands in the output folder from earlier runs, relative to it: folders of packs that are not asked for any
    more, and files in those that are, which their packs do not have.
    """
    for pack, entry in sorted(entries.items()):
        folder = output / PACKS / pack
        if pack not in ids:
            if entry.files and folder.is_dir():
                yield f"{PACKS}/{pack}/"
        elif entry.state == "made":
            own = {made_from(file).path for file in entry.files}
            sets = {set_of(path) for path in own}
            there = [path for path in sorted(folder.glob("*.*")) if path.name.endswith(_OURS)]
            yield from (
                f"{PACKS}/{pack}/{path.name}{'/' if path.is_dir() else ''}"
                for path in there
                if f"{PACKS}/{pack}/{path.name}" not in own and path.name not in sets
            )
