"""The headings of a spreadsheet of partnerships: in words, Welsh or English, or the ways to values in their files.

`Enw (Cymraeg)`, `Name (Welsh)` and `name.cy` name the same column, and so does `Enw (Cymraeg) / Name (Welsh)`. Without
a language in brackets, a heading over texts is about those of its own language: under `Enw` the Welsh name stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.partnerships.words import LANGUAGES

ID = "id"
NAME = "name"
OWN = "#"
"""What the headings of columns begin with that are somebody's own, and are not read."""
_OF_ACTION = re.compile(r"([A-Z]{1,3}[0-9]{1,3}) ?[:.–-]? (.+)")
_KEY_OF_ACTION = re.compile(r"actions\.([A-Z]{1,3}[0-9]{1,3})\.(.+)")
_PARTS = re.compile(r"\s/\s|\n")
_SPACES = re.compile(r"\s+")

TEXTS = {
    NAME: ("Enw", "Name"),
    "short_name": ("Enw byr", "Short name"),
    "logo.alternative": ("Disgrifiad o’r logo", "Logo description"),
    "contact.role": ("Rôl y cyswllt", "Contact role"),
    "contact.organisation": ("Sefydliad", "Organisation"),
    "contact.address": ("Cyfeiriad", "Address"),
    "foreword": ("Rhagair", "Foreword"),
    "introduction": ("Cyflwyniad", "Introduction"),
    "workshop.place": ("Lleoliad y gweithdy", "Workshop place"),
}
"""What is written in each language: the column, its Welsh and its English words, the usual one of several first."""
SINGLE = {
    ID: ("Dynodydd", "ID"),
    "logo.file": ("Ffeil y logo|Logo", "Logo file|Logo"),
    "colours.ground": ("Lliw’r clawr", "Cover colour"),
    "colours.band": ("Lliw’r bandiau", "Band colour"),
    "contact.name": ("Enw’r cyswllt|Cyswllt|Enw cyswllt", "Contact name|Contact"),
    "contact.email": ("E-bost|Ebost|Cyfeiriad e-bost", "Email|E-mail|Email address"),
    "contact.telephone": ("Ffôn|Rhif ffôn|Teleffon", "Telephone|Phone|Telephone number|Phone number"),
    "web": ("Gwefan", "Website|Web"),
    "workshop.date": ("Dyddiad y gweithdy", "Workshop date"),
    "products": ("Cynhyrchion", "Products"),
    "selection.category": ("Categorïau|Categori", "Categories|Category"),
    "selection.sector": ("Sectorau|Sector", "Sectors|Sector"),
    "selection.action": ("Camau gweithredu", "Actions"),
    "selection.exclude": ("Camau i’w hepgor", "Actions left out"),
    "edition.languages": ("Ieithoedd|Iaith", "Languages|Language"),
    "edition.first": ("Yr iaith sydd gyntaf|Yr iaith gyntaf", "First language"),
    "edition.layout": ("Cynllun", "Layout"),
    "edition.deck": ("Math o gardiau", "Deck"),
    "edition.large_print": ("Print bras", "Large print"),
    "edition.greyscale": ("Du a gwyn|Graddlwyd", "Black and white|Greyscale"),
    "edition.low_ink": ("Arbed inc|Llai o inc", "Save ink|Low ink"),
    "sheets": ("Dalennau i’w torri", "Sheets to cut"),
}
"""What has one value; a web address and a logo may have one for each language too."""
TEXTS_OF_ACTION = {
    "note": ("nodyn", "note"),
    "examples": ("enghreifftiau", "examples"),
    "who": ("pwy", "who"),
}
"""After an action’s code: `SP1: note (Welsh)`."""
SINGLE_OF_ACTION = {"leave_out": ("hepgor", "leave out"), "order": ("trefn", "order")}
_EACH = ("web", "logo.file")


@dataclass(frozen=True)
class Headings:
    """The headings for a framework: the ids and names of its languages, in its order, and the words for its scales."""

    languages: Mapping[str, str]
    scales: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Headings:
        framework = catalogue.framework
        scales = {scale.id: tuple(scale.label.as_dict().values()) for scale in framework.scales if scale.filter}
        return cls({language.id: language.name for language in framework.languages}, scales)

    def key(self, heading: str) -> str:
        """The way to the value under a heading, `name.cy`; the heading as it is if it is not in words."""
        parts = [self._key(part) for part in _PARTS.split(heading.strip()) if part.strip()]
        return parts[0] if parts and parts[0] and len(set(parts)) == 1 else heading.strip()

    def _key(self, words: str) -> str:
        code = _OF_ACTION.fullmatch(_SPACES.sub(" ", words.strip()))
        if code:
            key = self._of_action.get(_folded(code[2]), "")
            return key and f"actions.{code[1]}.{key}"
        return self._columns.get(_folded(words), "")

    def meant(self, heading: str) -> str:
        """The heading in words that one which is not known is nearest to; empty if none is near."""
        near = nearest(_folded(heading), self._columns)
        return self.words(self._columns[near]) if near else ""

    def words(self, key: str) -> str:
        """A heading in words, Welsh and English: `Enw (Cymraeg) / Name (Welsh)`; the key as it is if there is none."""
        of_action = _KEY_OF_ACTION.fullmatch(key)
        prefix, inner = (f"{of_action[1]}: ", of_action[2]) if of_action else ("", key)
        column, _, language = inner.rpartition(".")
        texts, single = (TEXTS_OF_ACTION, SINGLE_OF_ACTION) if of_action else (TEXTS, SINGLE)
        if language in self.languages and (column in texts or column in _EACH):
            both = zip({**texts, **single}[column], self._called(language), strict=True)
            said = [f"{prefix}{words.partition('|')[0]} ({called})" for words, called in both]
        elif inner in single:
            said = [f"{prefix}{words.partition('|')[0]}" for words in single[inner]]
        else:
            said = [*self.scales.get(key.removeprefix("selection."), (key,))] if key.startswith("selection.") else [key]
        return " / ".join(dict.fromkeys(said))

    def in_language(self, key: str, language: str) -> str:
        """The same in Welsh, or else in English."""
        words = self.words(key).split(" / ")
        return words[0] if language == "cy" else words[-1]

    def known(self, codes: Sequence[str] = ()) -> list[str]:
        """The keys of all columns that have headings in words, those of these actions too."""
        languages, own = self.languages, [key for key in SINGLE if key != ID]
        texts = [f"{key}.{language}" for key in (*TEXTS, *_EACH) for language in languages]
        found = [ID, *texts, *own, *(f"selection.{scale}" for scale in self.scales)]
        for code in codes:
            said = [f"{key}.{language}" for key in TEXTS_OF_ACTION for language in languages]
            found += [f"actions.{code}.{key}" for key in (*said, *SINGLE_OF_ACTION)]
        return found

    def _called(self, language: str) -> tuple[str, str]:
        """What a language is called in Welsh and in English."""
        return LANGUAGES.get(language, (self.languages[language],) * 2)

    @property
    def _columns(self) -> dict[str, str]:
        scales = {f"selection.{scale}": tuple(words) for scale, words in self.scales.items()}
        return dict(self._folded(TEXTS, {**SINGLE, **scales}))

    @property
    def _of_action(self) -> dict[str, str]:
        return dict(self._folded(TEXTS_OF_ACTION, SINGLE_OF_ACTION))

    def _folded(
        self, texts: Mapping[str, Sequence[str]], single: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, str]]:
        """Every heading in words with its key."""
        for key, said in texts.items():
            for own, words in zip(("cy", "en"), said, strict=True):
                for word in words.split("|"):
                    yield from self._in_each_language(word, key)
                    if own in self.languages:
                        yield _folded(word), f"{key}.{own}"
        for key, said in single.items():
            for word in (word for words in said for word in words.split("|")):
                if key in _EACH:
                    yield from self._in_each_language(word, key)
                yield _folded(word), key

    def _in_each_language(self, word: str, key: str) -> Iterator[tuple[str, str]]:
        for language, name in self.languages.items():
            for called in {language, name, *LANGUAGES.get(language, ())}:
                yield _folded(f"{word} ({called})"), f"{key}.{language}"


def _folded(words: str) -> str:
    """The same for what people see as the same: capitals, kinds of apostrophe, spaces, a colon or star at the end."""
    text = unicodedata.normalize("NFC", words).casefold().replace("’", "'").rstrip(" *:")
    return _SPACES.sub(" ", text.replace("(", " (")).strip()
