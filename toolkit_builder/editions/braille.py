"""Braille ready to emboss: a BRF file for each language, and a note on what was done.

liblouis translates, as a program of its own (`lou_translate`); lines and pages are laid out here. What comes of it is a
draft that somebody has to read who reads braille, and the note says so.
"""

from __future__ import annotations

import shutil
import subprocess
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.reading_options import ReadingOptions
from toolkit_builder.editions.blocks import Block, blocks
from toolkit_builder.editions.edition_file import KEY, EditionFile
from toolkit_builder.editions.pages import CONTENTS, ReadingOrder
from toolkit_builder.editions.rendering import PageRenderer, RenderedPage
from toolkit_builder.errors import MachineError, UsageError
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.products import parts

PROGRAM = "lou_translate"
NOTE = "note.txt"
TABLES: Mapping[str, tuple[str, str]] = {
    "cy": ("cy-cy-g1.utb", "cy-cy-g2.ctb"),
    "en": ("en-ueb-g1.ctb", "en-ueb-g2.ctb"),
}
"""liblouis's tables of grade 1 and grade 2 by language: Welsh braille, and Unified English Braille."""
_DISPLAY = "en-us-brf.dis"
"""Cells as the characters of North American ASCII braille, which embossers take."""
_LONGEST = 1000
"""Characters of a text that the program is given at once; it breaks longer lines."""
_NUMBER_SIGN, _DIGITS = "#", "JABCDEFGHI"
_NUMBER_ROOM = 6
"""Cells at the end of a line of the contents, for the number of a page."""
_NUMBER_OF_UNKNOWN = "'\\X"
"""What stands before the number of a letter that has no cells."""
_KEPT_BELOW = 4
"""Lines that a heading has below it on its page, at least."""
_INDENTS = {"paragraph": (2, 0), "item": (0, 2)}
"""Cells before the first line of a block and before the others: a paragraph begins in the third."""


@dataclass(frozen=True)
class BrailleLine:
    """A line of a page. `is_heading`: it is not left alone at the foot; `page`: the name of the page that begins here;
    `target`: that of the page whose number ends it.
    """

    text: str
    is_heading: bool = False
    page: str = ""
    target: str = ""


def braille(
    plan: Plan, ticket: JobTicket, order: ReadingOrder, renderer: PageRenderer, options: ReadingOptions
) -> tuple[list[EditionFile], list[str]]:
    """The files of an edition in braille, and what there is to tell.

    Raises MachineError if the program is missing or fails, UsageError if there is no table for any language.
    """
    known = [language for language in order.languages if language in TABLES]
    if not known:
        raise UsageError(f"--format brf: braille is known for {', '.join(TABLES)}; none of these is asked for.")
    left_out = [language for language in order.languages if language not in TABLES]
    notices = [f"--format brf: no braille is known for {language}, and it is left out" for language in left_out]
    files = []
    for language in known:
        table = TABLES[language][options.grade - 1]
        rendered = [renderer.rendered(order, page) for page in order.all() if page.language == language]
        pages = [(page, _brief(page)) for page in rendered]
        unknown = _unknown({letter for _, some in pages for block in some for letter in block.text}, table)
        if unknown:
            notices.append(f"--format brf: no cells are known in {language} for {' '.join(unknown)}: left out")
        sheets = _laid_out(pages, table, options.braille_page, unknown)
        data = "".join("\r\n".join((*sheet, "\f")) for sheet in sheets).encode("ascii")
        files.append(EditionFile(f"{plan.product}.{language}.brf", data, (language,), plan.actions, len(sheets)))
    logo = " (the logo too)" if ticket.partnership and ticket.partnership.logos else ""
    notices.append(f"--format brf: pictures{logo} are there as what is said of them; colours are not")
    notices.append("Somebody who reads braille should read it before it is embossed.")
    return [*files, _note(ticket, known, options)], notices


def _note(ticket: JobTicket, languages: Sequence[str], options: ReadingOptions) -> EditionFile:
    """What was done, for whoever embosses it."""
    across, down = options.braille_page
    said = parts.label(ticket.selection, "screen", "braille")
    lines = [said[language] for language in languages]
    lines += [f"{language}: {TABLES[language][options.grade - 1]}, {version()}" for language in languages]
    text = "\n".join((*lines, f"{across} × {down}", f"Identifier: {KEY}"))
    return EditionFile(NOTE, f"{text}\n".encode(), tuple(languages))


# -- lines and pages ---------------------------------------------------------------------------------------------------


def _laid_out(
    run: Sequence[tuple[RenderedPage, Sequence[Block]]], table: str, page: tuple[int, int], unknown: Sequence[str]
) -> list[list[str]]:
    """The sheets of a document, each a list of lines; letters that are unknown are left out."""
    across, down = page
    gone = dict.fromkeys(map(ord, unknown), " ")
    translated = iter(translate([block.text.translate(gone) for _, some in run for block in some], table))
    lines: list[BrailleLine] = []
    for rendered, some in run:
        begins = rendered.page.anchor
        for block in some:
            for line in _lines(block, next(translated), across, has_numbers=rendered.page.leaf.role == CONTENTS):
                lines.append(BrailleLine(line.text, line.is_heading, begins if line.text else "", line.target))
                begins = begins if not line.text else ""
    sheets = _paged(lines, down - 1)
    numbers = {line.page: at for at, sheet in enumerate(sheets, start=1) for line in sheet if line.page}
    return [
        [*(_numbered(line, numbers, across) for line in sheet), *[""] * (down - 1 - len(sheet)), number.rjust(across)]
        for sheet, number in zip(sheets, map(_number, range(1, len(sheets) + 1)), strict=True)
    ]


def _brief(rendered: RenderedPage) -> list[Block]:
    """The blocks of a page; of the contents no more than what leads somewhere, and its headings."""
    found = blocks(rendered.body)
    if rendered.page.leaf.role != CONTENTS:
        return found
    title, *entries = found
    return [title, *(Block("item", block.text, 1, block.target) for block in entries if block.target)]


def _lines(block: Block, text: str, across: int, *, has_numbers: bool) -> Iterator[BrailleLine]:
    """A translated block in lines."""
    if block.kind == "heading":
        yield from [BrailleLine("", is_heading=True)] * (2 if block.level == 1 else 1)
        yield from (BrailleLine(line, is_heading=True) for line in _heading(text, block.level, across))
        if block.level == 1:
            yield BrailleLine("", is_heading=True)
        return
    room = across - _NUMBER_ROOM if has_numbers and block.target else across
    first, others = _INDENTS[block.kind]
    deeper = 2 * max(0, block.level - 1)
    lines = _wrapped(text, room, first + deeper, others + deeper)
    yield from (BrailleLine(line) for line in lines[:-1])
    yield BrailleLine(lines[-1], target=block.target if has_numbers else "")


def _heading(text: str, level: int, across: int) -> list[str]:
    """A heading: the first level in the middle, others from the fifth cell on."""
    if level > 1:
        return _wrapped(text, across, 4, 4)
    return [line.center(across).rstrip() for line in _wrapped(text, across - 6, 0, 0)]


def _wrapped(text: str, across: int, first: int, others: int) -> list[str]:
    return textwrap.wrap(
        text,
        across,
        initial_indent=" " * first,
        subsequent_indent=" " * others,
        break_on_hyphens=False,
    ) or [""]


def _paged(lines: Sequence[BrailleLine], down: int) -> list[list[BrailleLine]]:
    """Lines on pages of so many: none begins with an empty line, and no heading ends one."""
    sheets: list[list[BrailleLine]] = [[]]
    at = 0
    while at < len(lines):
        group = [lines[at]]
        if lines[at].is_heading:
            end = at + 1
            while end < len(lines) and lines[end].is_heading:
                end += 1
            group = list(lines[at:end])
        needed = len(group) + (min(_KEPT_BELOW, len(lines) - at - len(group)) if group[0].is_heading else 0)
        if sheets[-1] and len(sheets[-1]) + min(needed, down) > down:
            sheets.append([])
        if not sheets[-1]:
            while group and not group[0].text:
                group, at = group[1:], at + 1
        sheets[-1] += group[: down - len(sheets[-1])]
        at += max(1, len(group[:down])) if group else 0
    return sheets


def _numbered(line: BrailleLine, numbers: Mapping[str, int], across: int) -> str:
    """A line with the number of the page that it leads to."""
    if line.target not in numbers:
        return line.text
    return line.text + _number(numbers[line.target]).rjust(across - len(line.text))


def _number(number: int) -> str:
    """A number in braille: the sign of numbers, and the first ten letters."""
    return _NUMBER_SIGN + "".join(_DIGITS[int(digit)] for digit in str(number))


# -- the program -------------------------------------------------------------------------------------------------------


def _unknown(letters: Iterable[str], table: str) -> list[str]:
    """Those that a table has no cells for; the program writes their numbers then."""
    rare = sorted(letter for letter in letters if not letter.isascii() and not letter.isspace())
    return [letter for letter, cells in zip(rare, translate(rare, table), strict=True) if _NUMBER_OF_UNKNOWN in cells]


def translate(texts: Sequence[str], table: str, *, back: bool = False) -> list[str]:
    """Texts in braille, each on one line; or with `back`, out of it.

    Raises MachineError if the program is missing or fails.
    """
    pieces = [textwrap.wrap(text, _LONGEST, break_long_words=False, break_on_hyphens=False) or [""] for text in texts]
    given = "".join(f"{piece}\n" for some in pieces for piece in some).replace("\\", "\\\\")  # it knows escapes
    words = [_program(), "-b" if back else "-f", f"{_DISPLAY},{table}"]
    done = subprocess.run(words, input=given.encode(), capture_output=True, check=False)  # noqa: S603  (tables of ours)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or len(lines) != sum(map(len, pieces)):
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise MachineError(f"{PROGRAM} failed with its table {table}: {said or 'it lost lines'}")
    made = iter(lines)
    return [" ".join(next(made).strip() for _ in some) for some in pieces]


@lru_cache(maxsize=1)
def version() -> str:
    """Which liblouis translates. Raises MachineError if it is not there."""
    done = subprocess.run([_program(), "--version"], capture_output=True, check=False)  # noqa: S603
    return done.stdout.decode("utf-8", "replace").partition("\n")[0].partition("(")[2].replace(")", "")


def _program() -> str:
    found = shutil.which(PROGRAM)
    if found is None:
        raise MachineError(
            f"--format brf needs {PROGRAM}, which is missing on this machine: install liblouis "
            "(Debian: sudo apt-get install liblouis-bin)"
        )
    return found
