"""Editions without pages: for the screen, the ear and the fingertip, as somebody asks for them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from toolkit_builder.errors import UsageError

ReadingFormat = Literal["html", "epub", "docx", "brf"]
READING_FORMATS: tuple[ReadingFormat, ...] = ("html", "epub", "docx", "brf")
"""A folder of web pages; a book for e-readers; a document for Word; braille for an embosser."""
GRADES = (1, 2)
"""Of braille: letter for letter, or contracted."""
USUAL_GRADE = 2
BRAILLE_PAGE = (40, 25)
"""Cells across and lines down, as embossers usually have them on paper of 11 by 11.5 inches."""
LEAST_PAGE, MOST_PAGE = (20, 10), (100, 60)


@dataclass(frozen=True)
class ReadingOptions:
    """How an edition without pages is made. `single_file`: of web pages, all in one file; `grade`: of braille;
    `braille_page`: its cells across and lines down.
    """

    single_file: bool = False
    grade: int = USUAL_GRADE
    braille_page: tuple[int, int] = BRAILLE_PAGE

    @property
    def names(self) -> tuple[str, ...]:
        """What of it is not as usual, in the words of a file's name."""
        across, down = self.braille_page
        return (
            *((f"grade-{self.grade}",) if self.grade != USUAL_GRADE else ()),
            *((f"{across}x{down}",) if self.braille_page != BRAILLE_PAGE else ()),
        )

    def of(self, file_format: str) -> ReadingOptions:
        """What of it is about one format."""
        if file_format == "brf":
            return replace(self, single_file=False)
        return ReadingOptions(single_file=self.single_file and file_format == "html")

    def check(self, formats: Collection[str]) -> None:
        """Raises UsageError for options of a format that is none of these."""
        if self.single_file and "html" not in formats:
            raise UsageError("--single-file puts web pages into one file: it is for --format html.")
        if self.of("brf") != USUAL_READING and "brf" not in formats:
            raise UsageError("--grade and --braille-page are for braille: --format brf.")


USUAL_READING = ReadingOptions()


def braille_page(words: str) -> tuple[int, int]:
    """Cells across and lines down of a page of braille: `40x25`.

    Raises UsageError for anything else, and for a page on which no text has room.
    """
    given = re.fullmatch(r"([0-9]{1,3})[x×]([0-9]{1,3})", words)
    page = (int(given[1]), int(given[2])) if given else None
    if page is None or not all(low <= one <= high for low, one, high in zip(LEAST_PAGE, page, MOST_PAGE, strict=True)):
        raise UsageError(
            f"--braille-page: “{words}” is no page of braille; give cells across and lines down, such as 40x25, "
            f"from {LEAST_PAGE[0]}x{LEAST_PAGE[1]} to {MOST_PAGE[0]}x{MOST_PAGE[1]}."
        )
    return page
