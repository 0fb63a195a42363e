"""What files are called: one rule for all that is made, so that what is apart has names apart.

A name says whose a file is and what of it is not as usual; the manifest says the rest.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit_builder.catalogue.selecting import Filters, Selection
from toolkit_builder.documents.layouts import LAYOUTS, Edition
from toolkit_builder.documents.print_shop import PRINT_SHOP

PACKS = "packs"
"""The folder of all packs in the output folder."""
SHEETS = ".sheets.pdf"
PICTURE_FOLDERS = {"png": ".pictures", "svg": ".vectors"}
READING_ENDINGS = {"html": ".web", "epub": ".epub", "docx": ".docx", "brf": ".braille"}
"""Of what has no pages. Web pages and braille are folders."""
SINGLE_FILE = ".html"
"""Web pages that are all in one file."""
JOB_REPORT = ".job.txt"
"""What a print shop is told of its files."""
PROOF = "proof"
LONGEST_SELECTION = 40
"""Characters of a selection in a name; more are counted and hashed."""
LARGE_PRINT, GREY, LOW_INK, FILLABLE, WITHOUT = "large-print", "grey", "low-ink", "fillable", "without"
EXCLUDE = "--exclude"
HASH = 8
"""Hexadecimal digits of a hash in a name. With six, two of the 210 ways to leave two of 21 actions out met."""


@dataclass(frozen=True)
class Usual:
    """How a document would be in its languages if nothing else were asked for: its filters, its first language, its
    bilingual layout, in large print or not, in grey or not, with little ink or not, and which deck.
    """

    filters: Filters
    first: str
    layout: str
    large_print: bool
    greyscale: bool
    low_ink: bool = False
    deck: str = ""


def file_name(
    product: str, partnership: str | None, languages: Iterable[str], marks: Iterable[str], ending: str = ".pdf"
) -> str:
    """The name of a file, relative to the output folder: parts joined by full stops, in this order.

    | part | such as | when |
    |---|---|---|
    | product | `toolkit` | always |
    | partnership | `cwm-enghraifft` | of a pack, which lies in `packs/cwm-enghraifft/` |
    | languages | `cy-en` | always, in the framework's order |
    | selection | `early`, `SP1-GA2`, `12-actions-1a2b3c4d` | not all actions, or not those that the partnership wants |
    | deck | `text-deck` | not the product's usual one, or not the one that the partnership wants |
    | card size | `a5`, `poker`, `80x120mm` | of cards of another size than the product's |
    | layout | `tilt-and-turn` | not the product's usual one, or not the one that the partnership wants |
    | first language | `en-first` | another than usual |
    | large print | `large-print` | in large print, where that is not usual |
    | grey | `grey` | in grey, where that is not usual |
    | low ink | `low-ink` | on white grounds, where that is not usual |
    | fields | `fillable` | with fields to fill in |
    | paper | `250gsm` | of a box for cards on paper of another weight than usual |
    | print shop | `print-shop`, `two-files` | for a print shop, and for which if not the usual one |
    | part | `fronts`, `backs`, `proof` | where these are files of their own; a proof to be signed |
    | sheets | `a3`, `fold`, `bleed-3mm`, `gap-4mm`, `stack`, `2-copies` | of print sheets that are not as usual |
    | braille | `grade-1`, `32x20` | of braille that is not as usual |
    | ending | `.pdf`, `.sheets.pdf`, `.pictures`, `.web`, `.job.txt` and others | always |

    The parts from selection to paper are `marks`, which `marks()` finds. A translator's proof begins with `proof.`.
    What ends in `.pictures` or `.vectors` is a folder: `press.pictures.picture_set.picture_name` names what is in it.
    So is what ends in `.web` or `.braille` (`editions/`); `.html`, `.epub` and `.docx` are files.
    """
    folder = f"{PACKS}/{partnership}/" if partnership else ""
    return folder + ".".join([product, *([partnership] if partnership else []), "-".join(languages), *marks]) + ending


def marks(selection: Selection, edition: Edition, layout: str, deck: str, usual: Usual) -> tuple[str, ...]:
    """What of a document is not as usual, in the words of its file's name; `layout` is its bilingual layout, `deck` its
    deck if it has several.
    """
    first = edition.languages[0]
    found = (
        selection_mark(selection, usual.filters),
        f"{deck}-deck" if deck != usual.deck else "",
        edition.card_size.name if edition.card_size else "",
        layout if layout != usual.layout else "",
        _first_mark(first) if first != usual.first else "",
        LARGE_PRINT if edition.large_print and not usual.large_print else "",
        GREY if edition.greyscale and not usual.greyscale else "",
        LOW_INK if edition.low_ink and not usual.low_ink else "",
        FILLABLE if edition.fillable else "",
        f"{edition.paper_weight}gsm" if edition.paper_weight else "",
    )
    return tuple(filter(None, found))


def selection_mark(selection: Selection, usual: Filters) -> str:
    """What a selection was made by, as part of a name; empty if that is as usual.

    Values are joined by hyphens: those of scales, categories and sectors, then actions by their codes, then `without`
    and the codes that were taken out. A value that something else is called too goes with its option (`time-medium`).
    What is too long, or could be read in two ways, is given as the number of actions and a hash of all that was asked.
    """
    allowed = _allowed(selection)
    before, asked = _conditions(usual, allowed), _conditions(selection.filters, allowed)
    unusual = {option: values for option, values in asked.items() if values != before.get(option)}
    if not unusual:
        return ""
    languages = selection.catalogue.framework.language_ids
    known = _words(allowed, languages)
    words = [known[option, value] for option, values in unusual.items() for value in values]
    if EXCLUDE in unusual:
        words.insert(len(words) - len(unusual[EXCLUDE]), WITHOUT)
    text = "-".join(words)
    if len(text) <= LONGEST_SELECTION and _is_clear(text, words, {*known.values(), *_other_words(languages)}):
        return text
    count = len(selection.actions)
    digest = hashlib.sha256(repr(sorted(unusual.items())).encode()).hexdigest()
    return f"{count}-{'action' if count == 1 else 'actions'}-{digest[:HASH]}"


def _allowed(selection: Selection) -> Mapping[str, Sequence[str]]:
    """All values that can be asked for, by option, in the order of names."""
    framework = selection.catalogue.framework
    codes = [action.code for action in selection.catalogue]
    sectors = [sector.id for column in framework.people if column.filter for sector in column.sectors]
    return {
        **{scale.id: scale.step_ids for scale in framework.scales if scale.filter},
        "--category": [category.id for category in framework.categories],
        "--sector": list(dict.fromkeys(sectors)),
        "--source-only": ["source-only"],
        "--unstated": ["unstated-exclude", "unstated-include", "unstated-only"],
        "--action": codes,
        EXCLUDE: codes,
    }


def _conditions(filters: Filters, allowed: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What is asked for by option, each value once and in the order of names; options without a value are left out."""
    asked: Mapping[str, Sequence[str]] = {
        **filters.scales,
        "--category": filters.categories,
        "--sector": filters.sectors,
        "--source-only": ["source-only"] if filters.source_only else [],
        "--unstated": [f"unstated-{filters.unstated or 'exclude'}"],
        "--action": filters.actions,
        EXCLUDE: filters.exclude,
    }
    named = {option: [value for value in allowed[option] if value in asked.get(option, ())] for option in allowed}
    return {option: tuple(values) for option, values in named.items() if values}


def _words(allowed: Mapping[str, Sequence[str]], languages: Sequence[str]) -> dict[tuple[str, str], str]:
    """The word of each value by its option: the value, with the option where something else is called so too."""
    counts = Counter(value.casefold() for option, values in allowed.items() if option != EXCLUDE for value in values)
    counts.update(_other_words(languages))
    return {
        (option, value): value if counts[value.casefold()] == 1 else f"{option.strip('-')}-{value}"
        for option, values in allowed.items()
        for value in values
    }


def _other_words(languages: Sequence[str]) -> list[str]:
    """What stands in names and is no value."""
    return [*LAYOUTS, *map(_first_mark, languages), LARGE_PRINT, GREY, WITHOUT, PRINT_SHOP]


def _is_clear(text: str, words: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a text can be read as these words only: no other that is known stands in it between hyphens."""
    found = {word for word in known if f"-{word}-".casefold() in f"-{text}-".casefold()}
    return found == set(words)


def _first_mark(language: str) -> str:
    return f"{language}-first"
