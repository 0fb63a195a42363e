"""What can be asked of this tool, and what comes of it: the two ends of the pipeline (`build.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.edition_options import EditionOptions
from toolkit_builder.documents.print_shop import ShopOptions
from toolkit_builder.documents.reading_options import USUAL_READING, ReadingOptions
from toolkit_builder.documents.sheet_options import USUAL_SHEETS, SheetOptions
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.press.store.storage import Where
from toolkit_builder.project import Project

Purpose = Literal["documents", "proof"]
ProductSet = Literal["build", "workshop"]
FileFormat = Literal["pdf", "png", "svg", "html", "epub", "docx", "brf"]


@dataclass(frozen=True)
class Request:
    """What is to be made, of which project, for whom, and where it goes.

    `products`: by name; none: those of `product_set`, by what they say themselves (`made_by` in `product.yaml`); of
    `build` those instead that the partnership wants. `partnership`: the id of one in `content/partnerships`, or the
    name of its file. `output`: a folder; None: `output` in the project. `cache`: where finished pages are kept (a
    folder, or an address that fsspec knows); None: the user's cache folder. `keep_pages`: whether they are kept and
    used at all. `force`: make what is current too. `reviewed_only`: refuse to print a translation that was not
    reviewed. `purpose`: documents to be read, or a proof of each for its translator. `processes`: how many may typeset
    side by side; None: one a core. `keep_going`: make the products that are right, although others are not; they are
    made one after the other then. `looked_at`: the product that a warm press makes and publishes before all others;
    empty: the first. `sheets`: how cards lie on their print sheets. `file_format`: documents and sheets as PDF, a
    picture of every page, or what has no pages (`documents.reading_options`), made as `reading` says. `print_shop`: the
    one that it is for; None: for the screen and an office's printer.
    """

    project: Project
    products: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    edition: EditionOptions = field(default_factory=EditionOptions)
    partnership: str | None = None
    output: Path | None = None
    cache: Where | None = None
    keep_pages: bool = True
    force: bool = False
    reviewed_only: bool = False
    purpose: Purpose = "documents"
    processes: int | None = None
    keep_going: bool = False
    looked_at: str = ""
    product_set: ProductSet = "build"
    sheets: SheetOptions = USUAL_SHEETS
    file_format: FileFormat = "pdf"
    print_shop: ShopOptions | None = None
    reading: ReadingOptions = USUAL_READING


@dataclass(frozen=True)
class FinishedFile:
    """A file that was asked for: where it lies, what it is, and whether it was current already. `is_folder`: it is a
    folder, and `pages` is how many pictures or pages are in it.
    """

    path: Path
    product: str
    languages: tuple[str, ...]
    actions: tuple[str, ...]
    pages: int
    was_current: bool
    is_folder: bool = False


@dataclass(frozen=True)
class Result:
    """What came of a request: its files, or else the faults that kept all of them from being made. If it was to keep
    going, or made by a warm press, there may be both, and `not_made` names the products that have faults.

    `warnings` are doubts that keep nothing from being made; `notices` say what was selected and what was left out.
    """

    files: tuple[FinishedFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()

    def raise_faults(self) -> None:
        """Raises FaultsError if there are faults."""
        if self.faults and self.files:
            raise FaultsError(self.faults, f"not made: {', '.join(self.not_made)}")
        if self.faults:
            raise FaultsError(self.faults)

    @property
    def paths(self) -> Sequence[Path]:
        """Where the files lie."""
        return [file.path for file in self.files]
