"""What may stand in the cells of a table for ids: the words of a framework's labels, in any of its languages.

`Early`, `Cynnar`, `Cynnar / Early` and `early` are one value of a column of stages. Capitals, hyphens and the kind of
apostrophe do not matter. Layouts, decks, languages, yes and no have words of their own here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.product_table import Products
from toolkit_builder.languages.mutations import ASPIRATE

LANGUAGES = {"cy": ("Cymraeg", "Welsh"), "en": ("Saesneg", "English")}
"""What languages are called in Welsh and in English."""
_ALL = ("pob un", "popeth", "y cyfan", "y cwbl", "i gyd", "all", "any", "everything")
_BOTH = ("y ddwy", "y ddwy iaith", "dwyieithog", "both", "both languages", "bilingual")
_YES_AND_NO = {"true": ("Ie", "Yes"), "false": ("Na", "No")}
_OTHER_YES_AND_NO = {
    "true": ("ydy", "ydyw", "oes", "gwir", "y", "x", "✓", "✔", "1"),
    "false": ("nage", "nac ydy", "nac ydyw", "nac oes", "gau", "n", "0"),
}
_LAYOUTS = {
    "parallel-columns": ("Colofnau ochr yn ochr", "Columns side by side"),
    "block-by-block": ("Bob yn ail, fesul paragraff", "Paragraph by paragraph in turn"),
    "parallel-pages": (
        "Un iaith ar bob tudalen, a’r tudalennau’n wynebu ei gilydd",
        "A language on each page, pages facing each other",
    ),
    "top-and-bottom": ("Y naill uwchben y llall", "One above the other"),
    "back-to-back": ("Un iaith ar bob ochr", "A language on each side"),
    "tilt-and-turn": (
        "Un iaith o bob pen: trowch y llyfr wyneb i waered",
        "A language from each end: turn the book upside down",
    ),
}
_OTHER_LAYOUTS = {
    "parallel-columns": ("Colofnau cyfochrog", "Parallel columns"),
    "block-by-block": ("Bob yn ail baragraff", "Bloc wrth floc", "Block by block"),
    "parallel-pages": ("Tudalennau cyfochrog", "Parallel pages"),
    "top-and-bottom": ("Top and bottom",),
    "back-to-back": ("Cefn wrth gefn", "Back to back"),
    "tilt-and-turn": ("Troi wyneb i waered", "Tilt and turn"),
}
"""Terms of the trade, which are understood."""
_DECKS = {"picture": ("Cardiau lluniau", "Picture cards"), "text": ("Cardiau testun", "Text cards")}
_SWITCHES = ("edition.large_print", "edition.greyscale", "edition.low_ink", "selection.source_only", "sheets")
_SWITCH_OF_ACTION = re.compile(r"actions\.[^.]+\.leave_out")
_SEPARATORS = (re.compile(r"[;\n]"), re.compile(","), re.compile("/"), re.compile(r"\s(?:&|\+|and|ac?)\s"))
"""What stands between values, what divides most first: a title may have any of the later ones in it."""
_SPACES = re.compile(r"[\s_-]+")


def folded(words: str) -> str:
    """The same for what people see as the same: capitals, kinds of apostrophe, spaces and hyphens."""
    text = unicodedata.normalize("NFC", words).casefold().replace("’", "'")
    return _SPACES.sub(" ", text).strip(' .*:"“”')


class UnknownWordError(Exception):
    """Something in a cell that its column does not take; `word` is it, the message is for the user."""

    def __init__(self, word: str, message: str) -> None:
        super().__init__(message)
        self.word = word


@dataclass(frozen=True)
class Choices:
    """What a column takes: its ids, each with its words, which are shown (`Cynnar / Early`).

    `others`: words that are understood too. `several`: more than one may stand in a cell, and words for all of them.
    `codes`: ids are shown, not words, of which there are too many.
    """

    words: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    several: bool = False
    all: Sequence[str] = ()
    codes: bool = False

    def read(self, text: str) -> list[str]:
        """The ids that a cell names, each once, as they come; none if it says that all are meant.

        Raises UnknownWordError.
        """
        if self.several and folded(text) in map(folded, self.all):
            return []
        ids = self._ids(text, _SEPARATORS)
        if len(ids) > 1 and not self.several:
            message = f"“{text}” is more than one value, and one is needed; {self.allowed}"
            raise UnknownWordError(text, message)
        return ids

    def _ids(self, text: str, separators: Sequence[re.Pattern[str]]) -> list[str]:
        known = self._known.get(folded(text))
        if known:
            return [known]
        for at, separator in enumerate(separators):
            parts = [part for part in separator.split(text) if part.strip()]
            if len(parts) > 1:
                found = [one for part in parts for one in self._ids(part.strip(), separators[at + 1 :])]
                return list(dict.fromkeys(found))
        raise UnknownWordError(text, self._unknown(text.strip()))

    def _unknown(self, text: str) -> str:
        near = nearest(folded(text), self._typed)
        hint = f"; did you mean “{self._typed[near]}”?" if near else ""
        return f"“{text[:80]}” is not among its words{hint}; {self.allowed}"

    @property
    def allowed(self) -> str:
        """What the column takes, for messages."""
        return f"it takes: {'; '.join(map(self.word, self.words))}"

    def word(self, value: str) -> str:
        """What an id is called, in all languages; the id where that would be too long."""
        words = self.words.get(value, ())
        return value if self.codes or not words else " / ".join(dict.fromkeys(words))

    @cached_property
    def _known(self) -> dict[str, str]:
        """Ids by folded words; words of several ids are left out."""
        found: dict[str, set[str]] = {}
        for value, words in self._every():
            for word in (*words, *filter(None, map(_after_a, words))):
                found.setdefault(folded(word), set()).add(value)
        clear = {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}
        return clear | {folded(value): value for value in self.words}

    @cached_property
    def _typed(self) -> dict[str, str]:
        """Words as they are written by what they are compared by."""
        return {folded(word): word for _, words in self._every() for word in words}

    def _every(self) -> Iterable[tuple[str, Sequence[str]]]:
        for value, words in self.words.items():
            yield value, (value, *self.others.get(value, ()), *words, self.word(value))


def _after_a(words: str) -> str:
    """The words as they are after Welsh *a* (and), with the aspirate mutation; empty if that changes nothing."""
    initial, rest = words[:1], words[1:]
    return f"{ASPIRATE[initial.lower()]}{rest}" if initial.lower() in ASPIRATE and rest[:1] not in {"", "h"} else ""


_SWITCH = Choices(_YES_AND_NO, _OTHER_YES_AND_NO)


@dataclass(frozen=True)
class CellWords:
    """What columns take, by the ways to their values (`selection.stage`)."""

    columns: Mapping[str, Choices] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, products: Products) -> CellWords:
        """The words of a catalogue and of the products of its project."""
        framework, labels = catalogue.framework, catalogue.labels.get("product", {})
        titles = {
            name: tuple(labels[key].as_dict().values()) if (key := name.replace("-", "_")) in labels else ()
            for name in products
        }
        languages = {one.id: LANGUAGES.get(one.id, (one.name,)) for one in framework.languages}
        named = {one.id: (one.name,) for one in framework.languages}
        actions = {action.code: tuple(action.title.as_dict().values()) for action in catalogue}
        sectors = {
            sector.id: tuple(sector.label.as_dict().values())
            for column in framework.people
            if column.filter
            for sector in column.sectors
        }
        decks = {deck.deck for product in products.sound.values() for deck in product.decks if deck.deck}
        of_scales = {
            f"selection.{scale.id}": Choices(
                {step.id: tuple(step.label.as_dict().values()) for step in scale.steps},
                several=True,
                all=(*_ALL, *(scale.any.as_dict().values() if scale.any else ())),
            )
            for scale in framework.scales
            if scale.filter
        }
        categories = {one.id: tuple(one.title.as_dict().values()) for one in framework.categories}
        codes = {one.id: (one.code,) for one in framework.categories}
        return cls(
            {
                "products": Choices(titles, several=True, all=_ALL),
                **of_scales,
                "selection.category": Choices(categories, codes, several=True, all=_ALL),
                **({"selection.sector": Choices(sectors, several=True, all=_ALL)} if sectors else {}),
                "selection.action": Choices(actions, several=True, all=_ALL, codes=True),
                "selection.exclude": Choices(actions, several=True, codes=True),
                "edition.languages": Choices(languages, named, several=True, all=(*_ALL, *_BOTH)),
                "edition.first": Choices(languages, named),
                "edition.layout": Choices({name: _LAYOUTS.get(name, ()) for name in LAYOUTS}, _OTHER_LAYOUTS),
                "edition.deck": Choices({name: _DECKS.get(name, ()) for name in sorted(decks)}),
                **dict.fromkeys(_SWITCHES, _SWITCH),
            }
        )

    def choices(self, key: str) -> Choices | None:
        """What the column of this key takes; None where it takes any text."""
        return _SWITCH if self.columns and _SWITCH_OF_ACTION.fullmatch(key) else self.columns.get(key)

    def word(self, key: str, value: str) -> str:
        """What a value of a column is called."""
        choices = self.choices(key)
        return choices.word(value) if choices else value
