"""Where a line may not be broken: in a title after a short word that leans on the next one, and within a compound; in
what is set large, and in lists, before the last words; in the name of a partnership within its short form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from toolkit_builder.languages.widths import SPACE, width

LEANING = {
    "cy": frozenset({"a", "ac", "â", "ag", "ar", "at", "i", "o", "y", "yn", "yr"}),
    "en": frozenset({"a", "an", "and", "of", "or", "the", "to"}),
}
"""Words that do not stand at the end of a line, by language."""
LONGEST_CLOSE = 24
"""How many letters the last two words may have and stay together: more would leave a gap in the line before."""
LEAST_LINE = 0.38
"""How much of its length a line of a list has at least, where its last words can be had to see to it."""
LEAST_MIDDLE_LINE = 0.7
"""The same before the last of three lines or more: one shorter leaves a gap between two."""
LONE = 0.1
"""How much more of a line is lacking where its last word stands alone."""
UNSURE = (0.94, 1.0, 1.06)
"""How much longer or shorter lines may be, as widths are estimated: they have to come out well in all cases."""
NO_BREAK_SPACE = "\u00a0"
LONGEST_COMPOUND = 14
"""How many letters and hyphens a compound may have and stay on one line: a longer one would leave a gap before it."""
_LAST_WORD = re.compile(r"[‘“(]?[^\W_]+(?:[’/–-][^\W_]+)*[.?!’”)]*")
"""A word at the end of a text, and no markup."""
_WORD_BEFORE = re.compile(r"[‘“(]?[^\W_]+(?:[’/–-][^\W_]+)*[.,:;?!’”)]*")
"""A word before that."""
_LAST_OF_LINK = re.compile(r"(?<![^\s\[\]])([^\s\[\]]+)\]\([^\s()]*\)[.?!]?")
"""The last word of a link at the end of a text: `v3.0](https://…).`"""
_ADDRESS = re.compile(r"[\[\]]|(?<=\])\([^\s()]*\)")
"""What is not printed of a link."""
_UNBROKEN = '<span class="nowrap">'
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_RUN = re.compile(rf"<a\b[^<]*</a>|<[^<>]*>|[^\s<>]+(?:{NO_BREAK_SPACE}[^\s<>]+)*")
"""Words between spaces that break; or a link, which holds no element, or a tag."""


def unbroken(words: list[str], language: str) -> Iterator[tuple[str, bool]]:
    """The words of a title in runs, each with whether it has to stay on one line.

    `["Meddwl", "systemau", "a", "mapio"]` gives `Meddwl`, `systemau` and, to be kept whole, `a mapio`. So is what
    stands in brackets, if it is short.
    """
    leaning = LEANING.get(language, frozenset())
    run: list[str] = []
    bracket = 0  # words that are still to come of a short one
    for place, word in enumerate(words):
        bracket = max(bracket - 1, _bracketed(words[place:]) - 1)
        run.append(word)
        if word.lower() not in leaning and bracket <= 0:
            yield " ".join(run), len(run) > 1 or "-" in word
            run = []
    if run:
        yield " ".join(run), len(run) > 1


def _bracketed(words: Sequence[str]) -> int:
    """How many words a bracket has that begins with the first of these: none if there is no such, or it is long."""
    if words[0].startswith("("):
        for count, letters in enumerate(accumulate(map(len, words)), start=1):
            if letters > LONGEST_CLOSE:
                break
            if ")" in words[count - 1]:
                return count
    return 0


def closed(text: str, language: str, length: float = 0) -> str:
    """A text whose last words stay on one line, and in which no line ends with a word that leans on the next one: the
    last two, unless they are long or the last is markup. Where lines are `length` em of bold type long, as many
    as leave none short. It never takes a line more for that: what stays together moves to the last line.

    Spaces are turned into such as do not break, and nothing else is changed.
    """
    runs = _leaning_kept(text.rstrip(), language)
    if length:
        words = text.rstrip().split(" ")
        if len(_lines(runs, length)) > len(_lines(words, length)):
            runs = words
        return " ".join(_least_ragged(list(_ends_kept(runs, _width, min(UNSURE) * length)), length))
    two = any(NO_BREAK_SPACE in run for run in runs[-1:])
    return " ".join(runs if two else list(_ends_kept(runs, _letters, LONGEST_CLOSE + 1))[:2][-1])


def closed_parts(parts: Sequence[str], language: str, length: float) -> list[str]:
    """Texts that follow on one another in a paragraph, closed as one. All but the last end with a space."""
    whole = closed(" ".join(parts), language, length)
    ends = list(accumulate(len(part) + 1 for part in parts))
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _leaning_kept(text: str, language: str) -> list[str]:
    """Words that lean on the next in one run with it, with spaces that do not break: `i_wneud`, `y_penderfyniadau`.
    Where some follow one another, they stay together as far as that is short.
    """
    leaning = LEANING.get(language, frozenset())
    runs: list[str] = []
    before = ""
    for word in text.split(" "):
        if runs and before.lower() in leaning and _letters(runs[-1]) + _letters(word) <= LONGEST_CLOSE:
            runs[-1] += NO_BREAK_SPACE + word
        else:
            runs.append(word)
        before = word
    return runs


def _ends_kept(runs: list[str], measured: Callable[[str], float], longest: float) -> Iterator[list[str]]:
    """The same with one, two and more of the last in one, as far as that is `measured` to be no longer than `longest`,
    and none is part of markup.
    """
    yield runs
    last = runs[-1].rpartition(NO_BREAK_SPACE)[2]
    if not _LAST_WORD.fullmatch(last) and not _LAST_OF_LINK.fullmatch(last):
        return
    *before, end = runs
    while before:
        is_first = end == runs[-1]
        if not is_first and not all(map(_WORD_BEFORE.fullmatch, before[-1].split(NO_BREAK_SPACE))):
            return
        end = f"{before.pop()}{NO_BREAK_SPACE}{end}"
        if measured(end) > longest:
            return
        yield [*before, end]


def _least_ragged(choices: Sequence[list[str]], line: float) -> list[str]:
    """The first of them that leaves no line short; else the one that lacks least on the average of the cases, of such
    the one that keeps most.
    """

    def lacking(runs: list[str]) -> float:
        each = [_lacking(_lines(runs, line * sure), runs[-1], line) for sure in UNSURE]
        return sum(each) / len(each)

    enough = (runs for runs in choices if lacking(runs) <= 0)
    return next(enough, min(reversed(choices), key=lambda runs: round(lacking(runs), 2)))


def _lacking(lines: Sequence[float], end: str, line: float) -> float:
    """How much of a line is lacking to the shortest of them, of which the last ends with `end`."""
    *before, last = (each / line for each in lines)
    if not before:
        return 0
    is_alone = NO_BREAK_SPACE not in end and last * line == _width(end)
    least = LEAST_MIDDLE_LINE if len(before) > 1 else LEAST_LINE
    return max(LEAST_LINE - last, least - min(before), 0) + (LONE if is_alone else 0)


def _lines(runs: Sequence[str], line: float) -> list[float]:
    """How long the lines are in which runs are set one after the other."""
    lines: list[float] = []
    for run in map(_width, runs):
        if lines and lines[-1] + SPACE + run <= line:
            lines[-1] += SPACE + run
        else:
            lines.append(run)
    return lines


def _width(run: str) -> float:
    return width(_ADDRESS.sub("", run))


def _letters(run: str) -> int:
    """How many letters and spaces of a run are printed: not the address of a link."""
    return len(_ADDRESS.sub("", run))


def compounds_kept(html: str) -> str:
    """Printed words whose compounds are not broken after a hyphen, unless they are long: `co-produce`.

    What a space that does not break ties to a compound is kept with it: beside an element that is not broken, the
    engine would break the words before at every space.
    """

    def kept(found: re.Match[str]) -> str:
        run = found[0]
        if run.startswith("<") or not any(len(each) <= LONGEST_COMPOUND for each in _COMPOUND.findall(run)):
            return run
        if NO_BREAK_SPACE not in run:
            return _COMPOUND.sub(lambda each: _unbroken(each[0]) if len(each[0]) <= LONGEST_COMPOUND else each[0], run)
        return _unbroken(run) if len(run) <= LONGEST_CLOSE + LONGEST_COMPOUND else run

    return _RUN.sub(kept, html).replace(f"{NO_BREAK_SPACE}{_UNBROKEN}", f" {_UNBROKEN}")


def _unbroken(words: str) -> str:
    return f"{_UNBROKEN}{words}</span>"


def together(text: str, short: str) -> str:
    """A name, with what its short form has of it on one line: the longest run of two words or more that both have.

    `Rhwydwaith Llesiant Bro Dychymyg`, in short `Rhwydwaith Bro Dychymyg`, is not broken within `Bro Dychymyg`. A name
    that is the short one as a whole, or a run too long for that, is left as it is.
    """
    words, known = text.split(), short.split()
    runs = {tuple(known[start:end]) for end in range(2, len(known) + 1) for start in range(end - 1)}
    for length in range(min(len(known), len(words) - 1), 1, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if tuple(run) in runs and sum(map(len, run)) <= LONGEST_CLOSE:
                return " ".join([*words[:start], NO_BREAK_SPACE.join(run), *words[start + length :]])
    return text
