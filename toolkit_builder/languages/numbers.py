"""Numbers in a text, in figures and in words: `10`, `deg`, `pump ar hugain`, `twenty-five` (Welsh and English).

After the two ways of counting of the grammars (Thorne, *A Comprehensive Welsh Grammar*, 1993, 186-191): by tens (*dau
ddeg pump*) and by twenties (*pump ar hugain*, the noun between them or not).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

FIGURES = re.compile(r"\d+(?:[.,:]\d+)*")
HALF = "hanner"
"""Of a hundred: fifty."""


@dataclass(frozen=True)
class _Counting:
    """How a language counts. `units`: words below twenty and the like; `tens`: words for tens after which a unit may
    follow; `twenties`: what stands after *ar*, as in *tri ar ddeg*; `joins`: words between hundreds and the rest.
    """

    units: Mapping[str, int]
    tens: Mapping[str, int]
    hundreds: frozenset[str]
    thousands: Mapping[str, int]
    joins: frozenset[str]
    twenties: Mapping[str, int]
    ten: frozenset[str] = frozenset()
    """Words for ten that a unit may stand before: *dau ddeg*."""
    twenty: frozenset[str] = frozenset()

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every word that a number may begin with."""
        return frozenset([*self.units, *self.tens, *self.hundreds, *self.thousands, *([HALF] if self.twenty else [])])


def _words(**of: str) -> dict[str, int]:
    """`_1="un"`: every word of a number by itself."""
    return {word: int(number[1:]) for number, words in of.items() for word in words.split()}


_COUNTING = {
    "cy": _Counting(
        units=_words(
            _1="un", _2="dau dwy ddau ddwy", _3="tri tair dri dair thri thair", _5="pump pum bump phump phum",
            _4="pedwar pedair bedwar bedair phedwar phedair", _6="chwech chwe", _7="saith", _8="wyth", _9="naw",
            _10="deg deng ddeg ddeng", _12="deuddeg deuddeng ddeuddeg ddeuddeng dwsin ddwsin", _18="deunaw ddeunaw",
            _15="pymtheg pymtheng bymtheg bymtheng phymtheg phymtheng", _20="ugain hugain",
            _40="deugain ddeugain", _60="trigain drigain thrigain",
        ),
        tens={},
        hundreds=frozenset(["cant", "gant", "chant"]),
        thousands=_words(_1000="mil fil", _1000000="miliwn filiwn"),
        joins=frozenset(["a", "ac"]),
        twenties=_words(_10="ddeg", _15="bymtheg", _20="hugain", _40="ddeugain deugain", _60="drigain trigain"),
        ten=frozenset(["deg", "ddeg"]),
        twenty=frozenset(["ugain"]),
    ),
    "en": _Counting(
        units=_words(
            _1="one", _2="two", _3="three", _4="four", _5="five", _6="six", _7="seven", _8="eight", _9="nine",
            _10="ten", _11="eleven", _12="twelve dozen", _13="thirteen", _14="fourteen", _15="fifteen", _16="sixteen",
            _17="seventeen", _18="eighteen", _19="nineteen",
        ),
        tens=_words(
            _20="twenty", _30="thirty", _40="forty", _50="fifty", _60="sixty", _70="seventy", _80="eighty", _90="ninety"
        ),
        hundreds=frozenset(["hundred"]),
        thousands=_words(_1000="thousand", _1000000="million"),
        joins=frozenset(["and"]),
        twenties={},
    ),
}  # fmt: skip
_HUNDRED_HALVED = ("cant", "can")


def in_words(text: str, language: str) -> list[int]:
    """The numbers that a text has in words, in order; none for a language whose numbers are not known."""
    counting = _COUNTING.get(language.partition("-")[0])
    if counting is None:
        return []
    tokens = re.findall(r"[^\W\d_]+|[^\s\w]", text.lower().replace("-", " "))
    if not counting.beginnings.intersection(tokens):
        return []
    found, at = [], 0
    while at < len(tokens):
        value, after = _number(counting, tokens, at)
        if after > at:
            found.append(value)
        at = max(after, at + 1)
    return found


def _number(counting: _Counting, tokens: Sequence[str], at: int) -> tuple[int, int]:
    """A number that begins at a token, and the token after it; the same token if none begins there."""
    total, after = _below_thousand(counting, tokens, at)
    scale = counting.thousands.get(_at(tokens, after), 0)
    if scale:
        rest, end = _below_thousand(counting, tokens, _over_join(counting, tokens, after + 1))
        return max(total, 1) * scale + rest, end if rest else after + 1
    return total, after


def _below_thousand(counting: _Counting, tokens: Sequence[str], at: int) -> tuple[int, int]:
    value, after = _below_hundred(counting, tokens, at)
    if _at(tokens, after) in counting.hundreds:
        rest, end = _below_hundred(counting, tokens, _over_join(counting, tokens, after + 1))
        return max(value, 1) * 100 + rest, end if rest else after + 1
    return value, after


def _below_hundred(counting: _Counting, tokens: Sequence[str], at: int) -> tuple[int, int]:
    first, second = _at(tokens, at), _at(tokens, at + 1)
    if first == HALF and counting.twenty and second in _HUNDRED_HALVED:
        return 50, at + 2
    if first in counting.tens:
        unit = counting.units.get(second, 0)
        return counting.tens[first] + (unit if unit < 10 else 0), at + (2 if 0 < unit < 10 else 1)
    unit = counting.units.get(first, 0)
    if not unit:
        return 0, at
    if unit < 10 and second in counting.ten:
        more = counting.units.get(_at(tokens, at + 2), 0)
        return unit * 10 + (more if more < 10 else 0), at + (3 if 0 < more < 10 else 2)
    if unit < 10 and second in counting.twenty:
        return unit * 20, at + 2
    for between in (1, 2):  # pump ar hugain, pump mlynedd ar hugain
        if counting.twenties and _at(tokens, at + between) == "ar" and unit < 20:
            more = counting.twenties.get(_at(tokens, at + between + 1), 0)
            if more:
                return unit + more, at + between + 2
    return unit, at + 1


def _over_join(counting: _Counting, tokens: Sequence[str], at: int) -> int:
    return at + 1 if _at(tokens, at) in counting.joins else at


def _at(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if at < len(tokens) else ""
