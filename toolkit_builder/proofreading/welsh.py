"""What is doubtful in a Welsh text, and how quotations are marked in any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit_builder.languages.mutation_rules import missing_mutations
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, Written


def doubts(text: Written, original: Written | None) -> Iterator[Doubt]:
    """What is doubtful in a Welsh text. What stands in its original too is a name, and not mutated."""
    if "&" in text.words:
        yield Doubt(Check.AMPERSAND, "an ampersand; Welsh writes “a” or “ac”")
    found = list(missing_mutations(text.words))
    if found and original:
        foreign = frozenset(re.findall(r"[\w’'-]+", original.words.lower()))
        found = list(missing_mutations(text.words, foreign))
    for one in found:
        yield Doubt(Check.MUTATION, f"“{one.words}” lacks {one.mutation}; write “{one.meant}”", one.words)


def straight_marks(words: str) -> Iterator[Doubt]:
    """Marks as typewriters had them."""
    if "'" in words:
        yield Doubt(Check.STRAIGHT, "a straight apostrophe; write ’ (U+2019), or ‘ and ’ around a quotation")
    if '"' in words:
        yield Doubt(Check.STRAIGHT, "a straight quotation mark; write ‘ and ’, or “ and ”")
