"""Writes a framework of a shape as a project: catalogue, labels, provisional values.

Each text begins with a mark that no other text has, so that what a page says can be told apart without knowing the
layout. A text from right to left ends with a mark too: what stands between is extracted in no certain order.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import yaml

from tests import reading
from tests.fuzz.framework_shapes import Scale, Shape
from tests.making import LONG_WORD
from toolkit_builder.project import shipped

SHAPES = ("circle", "square", "diamond", "hexagon", "triangle", "pentagon")
COLOURS = (
    *("#0b6468", "#4a3a8c", "#9a3b12", "#305010", "#7a1f4d", "#1f3d7a"),
    *("#5b3a1e", "#006400", "#8b0000", "#333333", "#6a0dad", "#2f4f4f"),
)
VOCABULARIES = {
    "cy": "y a’r llesiant cydweithio ŵyn tŷ gweithgareddau ymgysylltu cyfrifoldebau â’r gymuned 2026–27 £3.50 ac i",
    "en": "the of people partnership responsibilities ‘doing third-sector affinity WCPP £3.50 fund officers at to",
    "pl": "współpraca społeczności i dla zdrowia źródło łączy odpowiedzialność się na ćwiczenia między 2026–27 w",
    "ar": "التعاون من أجل رفاه المجتمع في مسؤولية الشراكة على الناس معا و تحسين القطاعات",
}
NAMES = {"cy": "Cymraeg", "en": "English", "pl": "Polski", "ar": "العربية"}
FONTS = {"ar": {"family": "Cairo", "file": "font:fontpkg_cairo/Cairo[slnt,wght].ttf"}}
RIGHT_TO_LEFT = frozenset({"ar"})
_DIGITS = "bcdghkmnprsvwxz"
"""Of marks: no letters that fonts join, and no figures, which are extracted in another order from right to left."""
MARK = re.compile(f"[ŴQ][{_DIGITS}]{{4}}")
SCALE_IDS = ("stage", "resource", "time", "effort")


class Writer:
    """Writes a shape; `whole`, or with the marks of its texts alone. Its `texts` are known when it is written."""

    def __init__(self, shape: Shape, *, whole: bool) -> None:
        self.shape = shape
        self.whole = whole
        self.texts: dict[str, str] = {}
        """All texts by their marks, as they are extracted, squeezed."""
        self.spoken: dict[str, str] = {}
        """The language of each, by its marks."""
        self.purposes: set[str] = set()
        """The marks of what actions are for."""
        self.categories: set[str] = set()
        """The marks of the titles of categories."""
        self.scales: set[str] = set()
        """The marks of what scales and their steps are called."""
        self._steps: dict[tuple[str, str], set[str]] = {}
        self._used: set[tuple[str, str]] = set()
        self._random = random.Random(shape.seed)  # noqa: S311

    def project(self, root: Path) -> None:
        """Write it all into a folder."""
        content = root / "content"
        (content / "actions").mkdir(parents=True)
        framework = self._framework()
        _write(content / "framework.yaml", framework)
        _write(content / "labels.yaml", self._labels())
        provisional = {}
        for number in range(self.shape.actions):
            category = framework["categories"][number % self.shape.categories]
            code = f"{category['code']}{number // self.shape.categories + 1}"
            _write(content / "actions" / f"{code}.yaml", self._action(code, category["id"]))
            if reasons := self._provisional():
                provisional[code] = reasons
        if provisional:
            _write(content / "provisional.yaml", provisional)

    def unused(self) -> frozenset[str]:
        """The marks of the steps of scales that no action has."""
        return frozenset(mark for step, marks in self._steps.items() if step not in self._used for mark in marks)

    # -- texts ---------------------------------------------------------------------------------------------------------

    def text(self, most: float, *, is_rich: bool = False) -> dict[str, str]:
        """A text of `most` letters or fewer in every language; `is_rich`: a word of it may be emphasised."""
        letters = self._random.randint(1, max(1, round(most)))
        return {language: self._in(language, letters, is_rich) for language in self.shape.languages}

    def prose(self, most: float) -> dict[str, str]:
        """Paragraphs and lists, each paragraph and item a text of its own."""
        parts = [self.text(most / 2, is_rich=True) for _ in range(self._random.randint(1, 4))]
        between = self._random.choice(["\n\n", "\n\n", "\n- ", "\n1. "])
        before = "" if between == "\n\n" else between[1:]
        return {language: before + between.join(part[language] for part in parts) for language in self.shape.languages}

    def body(self, most: float) -> dict[str, str]:
        """A text of an action's or category's, as long as the shape has it."""
        return self.text(most * self.shape.fullness, is_rich=True)

    def title(self) -> dict[str, str]:
        return self.text(self.shape.title)

    def label(self) -> dict[str, str]:
        return self.text(self.shape.label)

    def _in(self, language: str, letters: int, is_rich: bool) -> str:
        mark = self._mark("Ŵ" if language == "cy" else "Q")
        end = self._mark("Q") if language in RIGHT_TO_LEFT else ""
        words = self._words(language, letters - len(mark) - len(end) - 1)
        if is_rich and words and self._random.random() < 0.2:
            words[0] = f"**{words[0]}**"
        if not self.whole:
            words = []
        said = " ".join([mark, *words, *([end] if end else [])])
        self.spoken |= dict.fromkeys(filter(None, (mark, end)), language)
        if end:
            self.texts |= {mark: mark, end: end}
        else:
            self.texts[mark] = reading.squeezed(said.replace("**", ""))
        return said

    def _mark(self, first: str) -> str:
        number, digits = len(self.texts), ""
        for _ in range(4):
            number, digit = divmod(number, len(_DIGITS))
            digits = _DIGITS[digit] + digits
        mark = first + digits
        self.texts[mark] = mark
        return mark

    def _words(self, language: str, letters: int) -> list[str]:
        known, words = VOCABULARIES[language].split(), []
        while letters > 0:
            is_long = letters > len(LONG_WORD) and language == "cy" and self._random.random() < 0.005
            word = LONG_WORD if is_long else self._random.choice(known)
            letters -= len(word) + 1
            words.append(word)
        return words[:-1]  # the last goes beyond what was asked for

    # -- files ---------------------------------------------------------------------------------------------------------

    def _framework(self) -> dict[str, Any]:
        data: dict[str, Any] = yaml.safe_load((shipped() / "content" / "framework.yaml").read_text("utf-8"))
        fullness = self.shape.fullness
        return data | {
            "languages": [self._language(language) for language in self.shape.languages],
            "title": self.title(),
            "subtitle": self.text(120 * fullness),
            "introduction": self.prose(600 * fullness),
            "categories": [self._category(number) for number in range(self.shape.categories)],
            "columns": self._columns(),
            "source": {
                key: value if isinstance(value, str) else self.text(120 * fullness, is_rich=True)
                for key, value in data["source"].items()
            },
        }

    def _language(self, language: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"id": language, "name": NAMES[language]}
        entry["review"] = "original" if language == self.shape.languages[-1] else "draft"
        if language in RIGHT_TO_LEFT:
            entry["direction"] = "rtl"
        return entry | ({"font": FONTS[language]} if language in FONTS else {})

    def _category(self, number: int) -> dict[str, Any]:
        code = chr(65 + number) + "XYZ"[: self.shape.seed % 3]
        title = self.title()
        self.categories |= _marks(title)
        return {
            "id": f"category-{number + 1}",
            "code": code,
            "title": title,
            "introduction": self.body(300),
            "colour": COLOURS[number],
            "shape": SHAPES[(self.shape.seed + number) % len(SHAPES)],
        }

    def _columns(self) -> list[dict[str, Any]]:
        sectors = [{"id": f"sector-{number + 1}", "label": self.label()} for number in range(self.shape.sectors)]
        return [
            {"id": "purpose", "kind": "text", "label": self.label()},
            {"id": "examples", "kind": "list", "label": self.label()},
            {"id": "keys", "kind": "list", "label": self.label()},
            {"id": "who", "kind": "people", "label": self.label(), "filter": True, "sectors": sectors},
            *(self._scale(SCALE_IDS[number], scale) for number, scale in enumerate(self.shape.scales)),
        ]

    def _scale(self, name: str, scale: Scale) -> dict[str, Any]:
        labels = [self.label() for _ in range(scale.steps)]
        steps = [{"id": f"step-{number}", "label": label} for number, label in enumerate(labels, start=1)]
        called = self.label()
        data = {"id": name, "kind": "scale", "label": called, "measures": self.text(60), "symbol": scale.symbol}
        several = {"several": True, "any": self.label()} if scale.several else {}
        for label in (called, *labels):
            self.scales |= _marks(label)
        self._steps |= {(name, f"step-{number}"): _marks(label) for number, label in enumerate(labels, start=1)}
        return {**data, "filter": True, "steps": steps, **several}

    def _action(self, code: str, category: str) -> dict[str, Any]:
        purpose = self.body(240)
        self.purposes |= _marks(purpose)
        examples, keys = (self._random.randint(1, most) for most in (self.shape.examples, self.shape.keys))
        return {
            "code": code,
            "category": category,
            "title": self.title(),
            "purpose": purpose,
            "examples": [self.body(90) for _ in range(examples)],
            "keys": [self.body(180) for _ in range(keys)],
            "who": [self._party() for _ in range(self._random.choice([1, 1, 2, 3]))],
            **{
                SCALE_IDS[number]: self._value(SCALE_IDS[number], scale)
                for number, scale in enumerate(self.shape.scales)
            },
        }

    def _party(self) -> dict[str, Any]:
        count = self._random.randint(1, min(3, self.shape.sectors))
        numbers = sorted(self._random.sample(range(1, self.shape.sectors + 1), count))
        party: dict[str, Any] = {"sectors": [f"sector-{number}" for number in numbers]}
        if self._random.random() < 0.3:
            party["role"] = self.body(60)
        if self._random.random() < 0.3:
            party["people"] = self._random.choice(["8", "10-30"])
        return party

    def _value(self, name: str, scale: Scale) -> str | list[str]:
        steps = [f"step-{number + 1}" for number in range(scale.steps)]
        if self._random.random() < 0.2:
            return "unstated"
        if not scale.several:
            one = self._random.choice(steps)
            self._used.add((name, one))
            return one
        chosen = sorted(self._random.sample(steps, self._random.randint(1, scale.steps)))
        if self._random.random() < 0.2:
            return "any"
        self._used |= {(name, step) for step in chosen}
        return chosen

    def _provisional(self) -> dict[str, Any]:
        """This project's own values for some of an action's scales; those that are stated go before."""
        reasons = {
            SCALE_IDS[number]: {"value": "step-1", "reason": self.text(100)}
            for number, _ in enumerate(self.shape.scales)
            if self._random.random() < 0.3
        }
        self._used |= {(name, "step-1") for name in reasons}
        return reasons

    def _labels(self) -> dict[str, dict[str, dict[str, str]]]:
        """The words of layouts: as they are shipped, in Polish as in English, from right to left as long."""
        data = yaml.safe_load((shipped() / "content" / "labels.yaml").read_text("utf-8"))
        return {
            group: {
                key: {language: _label(text, language) for language in self.shape.languages}
                for key, text in labels.items()
            }
            for group, labels in data.items()
        }


def _marks(text: dict[str, str]) -> set[str]:
    return {mark for words in text.values() for mark in MARK.findall(words)}


def _label(text: dict[str, str], language: str) -> str:
    if language in RIGHT_TO_LEFT:
        known = VOCABULARIES[language].split()
        return re.sub(r"[^\W\d_]+(’[^\W\d_]+)?", lambda word: known[len(word[0]) % len(known)], text["en"])
    return text.get(language, text["en"])


def _write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10000), "utf-8")
