"""Where a line may not be broken in a title: after a short word that leans on the next one, and within a compound."""

from __future__ import annotations

from collections.abc import Iterator

LEANING = {
    "cy": frozenset({"a", "ac", "â", "ag", "ar", "at", "i", "o", "y", "yn", "yr"}),
    "en": frozenset({"a", "an", "and", "of", "or", "the", "to"}),
}
"""Words that do not stand at the end of a line, by language."""


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
