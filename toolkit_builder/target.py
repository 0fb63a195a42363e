"""Targets: the files that plans become, with their names and the keys that say whether one that is there is current."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.print_shop import REPORT
from toolkit_builder.documents.reading_options import ReadingOptions
from toolkit_builder.file_names import (
    JOB_REPORT,
    PICTURE_FOLDERS,
    PROOF,
    READING_ENDINGS,
    SHEETS,
    SINGLE_FILE,
    file_name,
)
from toolkit_builder.output import FileFacts
from toolkit_builder.press.keys import print_shop_key, sheets_key
from toolkit_builder.press.pictures.picture_key import pictures_key

if TYPE_CHECKING:
    from toolkit_builder.press.units import PreparedPlan

FOLDERS = (*PICTURE_FOLDERS.values(), READING_ENDINGS["html"], READING_ENDINGS["brf"])
"""What names of folders end in."""


class Form(Enum):
    """What a plan is made into: a document for the screen, sheets for the printer, a proof for a translator, a folder
    of pictures for whiteboards and the web, a file for a print shop, an edition without pages.
    """

    DOCUMENT = "document"
    SHEETS = "sheets"
    PROOF = "proof"
    PICTURES = "pictures"
    PRINT_SHOP = "print-shop"
    READING = "reading"


@dataclass(frozen=True)
class Target:
    """A file to be made from a plan, or a folder of pictures or web pages: its name, relative to the output folder, and
    its key.

    `part`: which of a print shop's files it is (`PrintShop.parts`), or what pictures are (`png`, `svg`). `prepared` is
    None if the key was recalled from before and the plan not looked at.
    """

    name: str
    plan: Plan
    key: str
    form: Form = Form.DOCUMENT
    prepared: PreparedPlan | None = None
    part: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of several files."""
        return self.name.endswith(FOLDERS)

    @property
    def facts(self) -> FileFacts:
        """What the manifest says of the file."""
        plan = self.plan
        if self.form is Form.PROOF:
            return FileFacts("proof", plan.languages, "", None, plan.actions)
        return FileFacts(plan.product, plan.languages, plan.layout, plan.partnership, plan.actions)


def targets_of(
    plan: Plan,
    key: str,
    known_languages: Sequence[str],
    prepared: PreparedPlan | None = None,
    *,
    as_proof: bool = False,
    pictures: str = "",
    approval: str = "",
) -> Iterator[Target]:
    """The files of a plan. `known_languages` are all of the framework, in its order, in which names give them;
    `approval`: the key of the page to sign that a proof has.
    """
    languages = sorted(plan.languages, key=known_languages.index)
    if as_proof:
        name = file_name(f"{PROOF}.{plan.product}", plan.partnership, languages, plan.marks)
        yield Target(name, plan, key, Form.PROOF, prepared)
        return
    if plan.print_shop:
        for part in plan.print_shop.parts(is_paired=plan.is_paired):
            yield _for_print_shop(plan, part, print_shop_key(key, plan, part, approval), languages, prepared)
        return
    if pictures:
        name = file_name(plan.product, plan.partnership, languages, plan.marks, PICTURE_FOLDERS[pictures])
        yield Target(name, plan, pictures_key(key, pictures), Form.PICTURES, prepared, pictures)
        return
    name = file_name(plan.product, plan.partnership, languages, plan.marks)
    if not plan.is_for_sheets:
        yield Target(name, plan, key, Form.DOCUMENT, prepared)
    if plan.has_sheets:
        options = plan.sheet_options
        name = file_name(plan.product, plan.partnership, languages, (*plan.marks, *options.names), SHEETS)
        yield Target(name, plan, sheets_key(key, options), Form.SHEETS, prepared)


def reading_target(
    plan: Plan, key: str, known_languages: Sequence[str], file_format: str, options: ReadingOptions
) -> Target:
    """The file or folder of an edition without pages."""
    languages = sorted(plan.languages, key=known_languages.index)
    ending = SINGLE_FILE if options.single_file else READING_ENDINGS[file_format]
    name = file_name(plan.product, plan.partnership, languages, (*plan.marks, *options.names), ending)
    return Target(name, plan, key, Form.READING, part=file_format)


def _for_print_shop(plan: Plan, part: str, key: str, languages: Sequence[str], prepared: PreparedPlan | None) -> Target:
    """One of the files that a print shop gets: what is printed, a report, or maybe a proof."""
    is_report = part == REPORT
    marks = plan.marks if is_report or not part else (*plan.marks, part)
    name = file_name(plan.product, plan.partnership, languages, marks, JOB_REPORT if is_report else ".pdf")
    return Target(name, plan, key, Form.PRINT_SHOP, prepared, part)


def recalled_target(name: str, plan: Plan, key: str) -> Target:
    """A file whose key is known from before."""
    endings = {SHEETS: Form.SHEETS, **dict.fromkeys(PICTURE_FOLDERS.values(), Form.PICTURES)}
    endings |= dict.fromkeys((*READING_ENDINGS.values(), SINGLE_FILE), Form.READING)
    forms = (form for ending, form in endings.items() if name.endswith(ending))
    return Target(name, plan, key, next(forms, Form.DOCUMENT))
