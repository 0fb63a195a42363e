"""Initial mutations of Welsh: the forms in which a word may stand in a sentence.

After the tables of the grammars (Thorne, *A Comprehensive Welsh Grammar*, 1993, 47-100): soft, nasal and aspirate
mutation, and h before a vowel.
"""

from __future__ import annotations

SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "ll": "l", "m": "f", "rh": "r"}
NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
VOWELS = "aeiouwyâêîôûŵŷáéíóúäëïöü"
_UNMUTATED = ("ch", "dd", "ff", "ng", "ph", "th")
"""Consonants written with two letters that no mutation changes."""


def forms(word: str) -> frozenset[str]:
    """A word in lower case with every form that a mutation can give it."""
    word = word.lower()
    mutated = {word}
    if word[:1] in VOWELS and word:
        mutated.add(f"h{word}")
    initial = next((two for two in ("ll", "rh") if word.startswith(two)), word[:1])
    if not word.startswith(_UNMUTATED):
        for mutation in (SOFT, NASAL, ASPIRATE):
            if initial in mutation:
                mutated.add(mutation[initial] + word[len(initial) :])
    return frozenset(mutated)
