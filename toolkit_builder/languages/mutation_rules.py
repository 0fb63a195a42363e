"""Mutations that are certain: after these words a Welsh word is always mutated, whatever it means.

After the tables of the grammars (Thorne, *A Comprehensive Welsh Grammar*, 1993, 47-100). Left out is what depends on
meaning, or on which word of a pair it is: *yn* before what is no place, *neu* (imperatives stay), *i’w*, *i’n* and
*o’n* (*rydw i’n*, *mae o’n*), *’i* (before a verb nothing changes). After the article and *un* only the nouns of a list
are looked at, whose gender nobody doubts. What begins with b, d or g may be a soft mutation already (*gath* of *cath*),
so of such words only those of a list are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from toolkit_builder.languages.mutations import ASPIRATE, NASAL, SOFT, VOWELS

NEVER = frozenset(
    (
        *(
            "cyn",
            "mae",
            "maen",
            "maent",
            "mai",
            "megis",
            "mewn",
            "mi",
            "minnau",
            "mo",
            "mor",
            "pam",
            "pan",
            "pe",
            "petai",
        ),
        *("petaent", "rhag", "rhwng", "tan", "ti", "tithau", "tra", "trwy", "tua", "tuag"),
    )
)
"""Words that are not mutated, or so seldom that nobody misses it."""
AFTER_PRONOUN = frozenset(["lle", "mwy", "mwyaf", "pawb", "pryd", "pwy", "rhaid", "rhyw", "tros"])
"""What may follow a word that stands for a noun, and does not belong to it: *mae’r ddau rhyw fodd…*."""
RADICALS = frozenset(
    (
        *("barn", "blaenoriaeth", "blaenoriaethau", "blwyddyn", "blynedd", "budd", "buddion", "buddsoddi", "bwrdd"),
        *("byrddau", "busnes", "busnesau", "bywyd", "bywydau", "darparu", "datblygiad", "datblygu", "deall", "dechrau"),
        *(
            "defnyddio",
            "diben",
            "dibenion",
            "digon",
            "digwyddiad",
            "digwyddiadau",
            "dinasyddion",
            "diogelwch",
            "diwedd",
        ),
        *("diwrnod", "dogfen", "dogfennau", "dyfodol", "dysgu", "gallu", "gofal", "gofalwyr", "gofyn", "gwaith"),
        *(
            "gwasanaeth",
            "gwasanaethau",
            "gweithdy",
            "gweithgaredd",
            "gweithgareddau",
            "gweithio",
            "gweledigaeth",
            "gwella",
        ),
        *("gwerth", "gwerthoedd", "gwirfoddolwyr", "gwneud", "gwrando", "gwybod", "gwybodaeth"),
    )
)
"""Words in b, d and g that are the soft mutation of no other word."""
FEMININE = frozenset(
    (
        *("barn", "blaenoriaeth", "blwyddyn", "canolfan", "cronfa", "cymdeithas", "cymuned", "cynhadledd", "deddf"),
        *("dinas", "dogfen", "gweledigaeth", "gwefan", "gwlad", "gwybodaeth", "mam", "mantais", "menter", "merch"),
        *("partneriaeth", "pennod", "pobl", "taith", "tasg", "trafodaeth", "tref"),
    )
)
"""Nouns that are feminine alone and everywhere, in the singular, and *pobl*. Left out are those of two genders, such as
*cost* and *tudalen*, those of which it tells the meaning (*perthynas*), and those before which the article is *yr*.
"""
PLACES = frozenset(
    (
        *(
            "Bangor",
            "Brycheiniog",
            "Caerdydd",
            "Caerffili",
            "Caerfyrddin",
            "Caernarfon",
            "Casnewydd",
            "Ceredigion",
            "Conwy",
        ),
        *(
            "Cymru",
            "Dinbych",
            "Dolgellau",
            "Gwent",
            "Gwynedd",
            "Llandudno",
            "Llanelli",
            "Llangefni",
            "Llundain",
            "Maesteg",
        ),
        *(
            "Merthyr",
            "Penarth",
            "Penfro",
            "Pontypridd",
            "Porthcawl",
            "Powys",
            "Rhuthun",
            "Tregaron",
            "Trefynwy",
            "Tywyn",
        ),
        *("Comisiynydd", "Cyngor", "Llywodraeth", "Prifysgol"),
    )
)
"""Names with a capital that are mutated as any word is. Other names are left alone."""
ENGLISH = frozenset(["and", "for", "from", "of", "our", "the", "their", "with", "your"])
"""Words that Welsh does not have: what stands near one of them is no Welsh."""

_WELSH = re.compile(r"[a-pr-uwyâêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ][’a-pr-uwyâêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ-]{2,}")
_NOT_WELSH = re.compile(r"^(?:ts|p’|.*(?:ck|sh|ee|oo|ph|ght)|.*(?:tion|ment|ness|ship|ing|ity|ers|[bcdfglmnpt]s)$)")
_OF_ONE = re.compile(r"(?:^|\W)(?:fy|gen|dw|rydw|ydw|wyf|mi)(?:\s+\w+)?$|(?:’m\s+\w+|wn|ais|af|es|yf)$", re.IGNORECASE)
"""What stands before *i* where it means I or me: *fy ngwaith i*, *roeddwn i*, *gen i*."""
_OF_HIM = re.compile(
    r"(?:^|\W)(?:mae|oedd|roedd|bydd|fydd|byddai|fyddai|ydy|ydi|yw)$|(?:ddo|arno|ato|ohono|odd)$", re.I
)
"""What stands before *o* where it means he or him."""


@dataclass(frozen=True)
class Rule:
    """What follows a word: the mutation's name and table, the initials that show that it is missing, words that stay.

    `not_after`: what may not stand before the word, since it means something else there. `places`: whether names of
    places are mutated after it too. `only`: if given, no other words are looked at.
    """

    name: str
    changes: Mapping[str, str]
    initials: tuple[str, ...]
    stay: frozenset[str] = frozenset()
    not_after: re.Pattern[str] | None = None
    places: bool = False
    only: frozenset[str] = frozenset()


_SOFT = ("ll", "rh", "p", "t", "c", "m")
"""Initials that no soft mutation gives."""
_PREPOSITIONS = ("am", "ar", "at", "dan", "dros", "drwy", "heb", "tros", "trwy", "wrth")
_YEARS = Rule("the nasal mutation", NASAL, ("b",), only=frozenset(["blynedd", "blwydd"]))


def _soft(stay: Collection[str] = (), not_after: re.Pattern[str] | None = None, *, places: bool = False) -> Rule:
    return Rule("the soft mutation", SOFT, _SOFT, frozenset(stay), not_after, places)


_H = Rule("h before a vowel", {}, tuple(VOWELS))
_ARTICLE = Rule("the soft mutation of a feminine noun", SOFT, tuple(SOFT), only=FEMININE)
_ASPIRATE = Rule("the aspirate mutation", ASPIRATE, tuple(ASPIRATE), places=True)
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_PREPOSITIONS, _soft(places=True)),
    "gan": _soft(["mwyaf"], places=True),
    "i": _soft(["maes"], _OF_ONE, places=True),
    "o": _soft((), _OF_HIM, places=True),
    **dict.fromkeys(["dau", "dwy", "ddau", "ddwy"], _soft(AFTER_PRONOUN)),
    **dict.fromkeys(["dyma", "dyna", "dacw"], _soft(AFTER_PRONOUN)),
    **dict.fromkeys(["ambell", "amryw", "cryn", "dy", "holl", "pa", "prif", "rhy", "unrhyw"], _soft()),
    "ail": _soft((), re.compile(r"(?:^|\W)yn$", re.IGNORECASE)),
    "pan": _soft(),
    "mor": Rule("the soft mutation", SOFT, ("p", "t", "c", "m")),
    **dict.fromkeys(["a", "â", "gyda", "na", "tua", "chwe"], _ASPIRATE),
    "tri": Rule("the aspirate mutation", ASPIRATE, tuple(ASPIRATE), AFTER_PRONOUN),
    "ei": Rule("the soft or the aspirate mutation", ASPIRATE, tuple(ASPIRATE)),
    "fy": Rule("the nasal mutation", NASAL, tuple(NASAL), frozenset(["gêm", "grŵp", "golff", "gôl", "garej"])),
    "yn": Rule("the nasal mutation", NASAL, tuple(NASAL), places=True, only=PLACES),
    **dict.fromkeys(["ein", "eu", "a’n", "â’n", "gyda’n", "a’u", "â’u", "gyda’u", "o’u"], _H),
    **dict.fromkeys(["y", "’r", "un"], _ARTICLE),
    **dict.fromkeys(["pum", "saith", "wyth", "naw", "deng", "ugain", "can"], _YEARS),
}
"""By the word that mutates the next one; the article that leans on a word (*i’r*, *mae’r*) by itself."""
_FOUND = re.compile(
    r"(?<![\w’'.-])(?P<word>[^\W\d_]{1,6}+(?:’[nru])?)[ \u00a0](?=(?P<next>[^\W\d_][\w’'-]*+)(?![@/]|\.\w))"
)
"""A short word, with what leans on it, and the next one. None that mutates has more than six letters."""


@dataclass(frozen=True)
class MissingMutation:
    """Two words of which the second ought to be mutated, where they begin, which mutation, and what it would be."""

    words: str
    at: int
    mutation: str
    meant: str


def missing_mutations(text: str, foreign: Collection[str] = ()) -> Iterator[MissingMutation]:
    """The mutations that a Welsh text certainly lacks. `foreign`: words in lower case that are names, or no Welsh, such
    as those that stand in the text in another language too.
    """
    for found in _FOUND.finditer(text):
        word = found["word"].lower()
        rule = RULES.get("’r" if word.endswith("’r") else word)
        if rule is None:
            continue
        after = found["next"].rstrip("’'-")
        if after.lower() in foreign or not _is_beginning(text, found) or not _lacks(rule, after):
            continue
        before = text[max(0, found.start() - 30) : found.start()].rstrip(" \u00a0")
        near = re.findall(r"\w+", f"{before} {text[found.end() : found.end() + 30]}".lower())
        if (rule.not_after and rule.not_after.search(before)) or ENGLISH.intersection(near):
            continue
        meant = _mutated(rule, after)
        yield MissingMutation(
            f"{found['word']} {after}", found.start(), rule.name, f"{_before(found['word'], meant)} {meant}"
        )


def _before(word: str, meant: str) -> str:
    """The first of the two words; *yn* is written as it is said before m and ng."""
    if word.lower() != "yn":
        return word
    return f"{word[0]}m" if meant.startswith("M") else f"{word[0]}ng" if meant.startswith("Ng") else word


def _is_beginning(text: str, found: re.Match[str]) -> bool:
    """Whether the word is in lower case, or has its capital since a sentence begins with it."""
    if found["word"][0].islower() or not found.start():
        return True
    before = text[max(0, found.start() - 5) : found.start()]
    return before.endswith("\n") or before.rstrip()[-1:] in tuple(".?!:…–")


def _lacks(rule: Rule, after: str) -> bool:
    """Whether the next word is one that is mutated, and is not."""
    if after in PLACES:
        return rule.places and bool(_initial(rule, after.lower()))
    if rule.only:
        return after in rule.only
    stem = after.partition("’")[0]  # mae’n
    if stem in NEVER or after in rule.stay or not _WELSH.fullmatch(after) or _NOT_WELSH.match(after):
        return False
    if rule.stay is AFTER_PRONOUN and after.endswith("af"):
        return False  # y tri cyntaf
    if not rule.changes:
        return after[0] in VOWELS and not (after[0] == "w" and after[1] in VOWELS)
    initial = _initial(rule, after)
    return initial in rule.initials or (bool(initial) and after in RADICALS)


def _initial(rule: Rule, word: str) -> str:
    """The letter that a word begins with, as the mutation's table has it; empty where it changes nothing."""
    two = word[:2]
    if two in ("ch", "dd", "ff", "ng", "ph", "th"):
        return ""
    letter = two if two in ("ll", "rh") else word[:1]
    return letter if letter in rule.changes else ""


def _mutated(rule: Rule, word: str) -> str:
    if not rule.changes:
        return f"h{word}"
    initial = _initial(rule, word.lower())
    changed = rule.changes[initial] + word[len(initial) :]
    return changed[:1].upper() + changed[1:] if word[0].isupper() else changed
