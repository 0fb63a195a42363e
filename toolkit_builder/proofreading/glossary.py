"""Agreed terms: `content/glossary.csv`, and whether Welsh texts use them where the English has the term.

Columns: `en`, the English term; `cy`, the agreed Welsh; `also`, other Welsh that is accepted, such as a plural or a
verb noun, separated by semicolons; `source`, where the term was read. A `*` at the end of a Welsh word stands for any
ending.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit_builder.catalogue.characters import composed
from toolkit_builder.catalogue.decoding import read_text, refusal_of
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.errors import Fault
from toolkit_builder.languages.mutations import forms
from toolkit_builder.project import Project

FILE = "glossary.csv"
COLUMNS = ("en", "cy", "also", "source")
MAXIMUM_TERMS = 2_000


@dataclass(frozen=True)
class Term:
    """A term: its English, and the Welsh that is accepted for it, the agreed one first."""

    english: str
    welsh: tuple[str, ...]

    @cached_property
    def in_english(self) -> re.Pattern[str]:
        """The term, its last word in the singular or the plural."""
        words = [re.escape(word) for word in self.english.lower().split()]
        last = words[-1]
        plural = rf"(?:{last}(?:s|es)?|{last[:-1]}ies)" if last.endswith("y") else rf"{last}(?:s|es)?"
        return re.compile(r"(?<![\w-])" + r"[\s-]+".join([*words[:-1], plural]) + r"(?![\w-])")

    @cached_property
    def beginning(self) -> str:
        """What every English text has that has the term: its first word, without the letter that a plural changes."""
        first, *others = self.english.lower().split()
        return first if others else first[:-1]

    @cached_property
    def in_welsh(self) -> re.Pattern[str]:
        """Any of the Welsh terms, each word in any mutation."""
        terms = (r"[\s-]+".join(map(_any_form, term.split())) for term in self.welsh)
        return re.compile(rf"(?<!\w)(?:{'|'.join(terms)})(?!\w)")


def _any_form(word: str) -> str:
    stem, star = word.removesuffix("*"), word.endswith("*")
    return f"(?:{'|'.join(sorted(map(re.escape, forms(stem))))})" + (r"\w*" if star else "")


def load(project: Project) -> tuple[list[Term], list[Fault]]:
    """The terms of a project, longest first, and what is wrong with the file. A project need not have one."""
    path = project.content / FILE
    if not os.path.lexists(path):
        return [], []
    try:
        text = read_text(path)
    except RefusedError as refused:
        return [], [refusal_of(f"content/{FILE}", refused)]
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        return [], [Fault(f"content/{FILE}", 1, 1, "", f"the first line has to be: {','.join(COLUMNS)}")]
    terms: list[Term] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, row in _rows(reader, faults):
        english, welsh = (str(row[name] or "").strip() for name in ("en", "cy"))
        if None in row or not english or not welsh:
            message = "a column too many; put quotation marks around it" if None in row else "needs an en and a cy"
            faults.append(Fault(f"content/{FILE}", line, 1, english, message))
            continue
        if english.lower() in seen:
            message = f"is in line {seen[english.lower()]} already; keep one of them"
            faults.append(Fault(f"content/{FILE}", line, 1, english, message))
            continue
        seen[english.lower()] = line
        also = [term.strip() for term in str(row["also"] or "").split(";")]
        terms.append(Term(english, tuple(filter(None, (_plain(term) for term in (welsh, *also))))))
    return sorted(terms, key=lambda term: -len(term.english)), faults


def _rows(reader: csv.DictReader[str], faults: list[Fault]) -> Iterator[tuple[int, dict[str | Any, Any]]]:
    """The rows that can be read, with their lines; why no more can is added to the faults."""
    try:
        for count, row in enumerate(reader, start=1):
            if count > MAXIMUM_TERMS:
                faults.append(Fault(f"content/{FILE}", reader.line_num, 1, "", f"more than {MAXIMUM_TERMS:,} terms"))
                return
            yield reader.line_num, row
    except csv.Error as error:
        message = f"is no CSV that can be read ({error}); look for a quotation mark without its pair"
        faults.append(Fault(f"content/{FILE}", reader.line_num, 1, "", message))


def doubts(terms: Sequence[Term], english: str, welsh: str) -> Iterator[str]:
    """The terms that the English has and the Welsh does not. A longer term hides the shorter ones within it."""
    rest, said = _plain(english), _plain(welsh)
    for term in terms:
        if term.beginning in rest and term.in_english.search(rest):
            rest = term.in_english.sub(" | ", rest)
            if not term.in_welsh.search(said):
                agreed = term.welsh[0]
                yield f"“{term.english}” is agreed to be “{agreed}”; use it, or accept what stands here in {FILE}"


def _plain(text: str) -> str:
    return composed(text).lower().replace("'", "’")
