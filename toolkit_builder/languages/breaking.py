"""Where a line may not be broken: in a title after a short word that leans on the next one, and within a compound; in
what is set large, and in lists of handouts, before the last word; in the name of a partnership within its short form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

LEANING = {
    "cy": frozenset({"a", "ac", "â", "ag", "ar", "at", "i", "o", "y", "yn", "yr"}),
    "en": frozenset({"a", "an", "and", "of", "or", "the", "to"}),
}
"""Words that do not stand at the end of a line, by language."""
LONGEST_CLOSE = 24
"""How many letters the last two words may have and stay together: more would leave a gap in the line before."""
NO_BREAK_SPACE = "\u00a0"
LONGEST_COMPOUND = 14
"""How many letters and hyphens a compound may have and stay on one line: a longer one would leave a gap before it."""
_LAST_WORD = re.compile(r"[‘“(]?[^\W\d_]+(?:[’-][^\W\d_]+)*[.?!’”)]*")
"""A word at the end of a text, and no markup."""
_LAST_OF_LINK = re.compile(r"(?<![^\s\[\]])([^\s\[\]]+)\]\([^\s()]*\)[.?!]?")
"""The last word of a link at the end of a text: `v3.0](https://…).`"""
_UNBROKEN = '<span class="nowrap">'
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_RUN = re.compile(rf"<a\b[^<]*</a>|<[^<>]*>|[^\s<>]+(?:{NO_BREAK_SPACE}[^\s<>]+)*")
"""Words between spaces that break; or a link, which holds no element, or a tag."""


def unbroken(words: list[str], language: str) -> Iterator[tuple[str, bool]]:
    """The words of a title in runs, each with whether it has to stay on one line.

    `["Meddwl", "systemau", "a", "mapio"]` gives `Meddwl`, `systemau` and, to be kept whole, `a mapio`.
    """
    leaning = LEANING.get(language, frozenset())
    run: list[str] = []
    for word in words:
        run.append(word)
        if word.lower() not in leaning:
            yield " ".join(run), len(run) > 1 or "-" in word
            run = []
    if run:
        yield " ".join(run), len(run) > 1


def closed(text: str, language: str) -> str:
    """A text whose last two words stay on one line, unless they are long or the last is part of markup, and in which no
    line ends with a word that leans on the next one.
    """
    return _leaning_kept(_last_kept(text), language)


def _leaning_kept(text: str, language: str) -> str:
    """Words that lean on the next with a space after them that does not break: `i_wneud y_penderfyniadau`. Where some
    follow one another, they stay together as far as that is short.
    """
    leaning = LEANING.get(language, frozenset())
    words = text.split(" ")
    kept, run = words[0], len(words[0])
    for before, word in pairwise(words):
        run += len(word)
        stays = before.lower() in leaning and run <= LONGEST_CLOSE
        kept += (NO_BREAK_SPACE if stays else " ") + word
        run = run if stays else len(word)
    return kept


def _last_kept(text: str) -> str:
    """A text whose last two words stay on one line, unless they are long or the last is part of markup."""
    before, space, last = text.rstrip().rpartition(" ")
    previous = before.rpartition(" ")[2]
    link = _LAST_OF_LINK.fullmatch(last)
    seen = link[1] if link else last
    if not space or len(previous) + len(seen) > LONGEST_CLOSE or not (link or _LAST_WORD.fullmatch(last)):
        return text
    return f"{before}{NO_BREAK_SPACE}{last}"


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
