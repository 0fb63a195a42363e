"""What the content says: the framework (declared in `framework.yaml`), its actions, its labels.

Python knows kinds of column (text, list, people, scale), never the columns themselves: those are declared in the
framework, and layouts name them. The pydantic classes have the shape of the files; `Action` is what the rest of
the program works with, its provisional values laid under the source's.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from toolkit_builder.catalogue.characters import composed
from toolkit_builder.catalogue.documents import KeyPath, Origin
from toolkit_builder.catalogue.naming import named
from toolkit_builder.catalogue.palette import COLOUR, ColourOrInked, PaletteColour
from toolkit_builder.errors import Fault

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""Lower-case words joined by hyphens: `shared-purpose`."""
LabelId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""Lower-case words joined by underscores, as layouts write them: `action.purpose`, `labels.card.next_step`."""
ColumnId = Annotated[LabelId, Field(description="The key in files of actions; layouts use it too")]
LanguageId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$")]
"""A BCP 47 tag: subtags have eight characters at most (RFC 5646, 2.1). It is part of names of files."""

FileName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""As it was typed: the name on the disk may be composed otherwise."""
Filled = Annotated[FileName, AfterValidator(composed)]
"""Words, composed (NFC): ŵ is one letter, whichever program wrote it."""
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
CODE = r"^[A-Z]{1,3}[0-9]{1,3}$"
Code = Annotated[str, StringConstraints(pattern=CODE)]
PEOPLE = r"^[0-9]+(-[0-9]+)?$"
EMAIL = r"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$"
TELEPHONE = r"\d"
FAMILY = r"^[^\W_][\w .-]*$"
FONT_FILE = r"^[^\"'()\\\s]([^\"'()\\\r\n]*[^\"'()\\\s])?$"

PARTNERSHIP = r"^[a-z][a-z0-9-]{0,99}$"
"""The id of a partnership. With all else in the name of a file, less than the 255 bytes that there may be."""

FORMS = {
    r"^[a-z][a-z0-9-]*$": "lower-case letters, with hyphens between words",
    r"^[a-z][a-z0-9_]*$": "lower-case letters, with underscores between words",
    PARTNERSHIP: "lower-case letters, with hyphens between words, 100 characters at most",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$": "a language tag such as cy",
    COLOUR: "a colour such as “#0b6468”, in quotes",
    r"^https?://[^\s]+$": "a web address such as https://www.wcpp.org.uk",
    r"^[A-Z]{1,3}$": "one to three capitals such as SP",
    CODE: "a code such as SP1",
    EMAIL: "an address such as name@example.org",
    TELEPHONE: "a telephone number, which has digits in it",
    FAMILY: "the name of a font such as Source Sans 3",
    FONT_FILE: "the address of a font file, without quotes and brackets",
    PEOPLE: "a number, or two joined by a hyphen such as 10-30",
}
"""Each pattern above in words, for messages."""


def _iso_date(value: object) -> datetime.date:
    """Pydantic alone would take any number for a date: seconds since 1970."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            return datetime.date.fromisoformat(str(value))
    except ValueError:
        pass
    raise PydanticCustomError("date", "“{value}” is no date; write it as 2026-01-31", {"value": str(value)[:80]})


Date = Annotated[datetime.date, BeforeValidator(_iso_date)]


def _from_less_to_more(numbers: str) -> str:
    first, _, last = numbers.partition("-")
    if last and int(first) > int(last):
        message = "“{given}” is the wrong way round; write {meant}"
        raise PydanticCustomError("people", message, {"given": numbers, "meant": f"{last}-{first}"})
    return numbers


People = Annotated[str, StringConstraints(pattern=PEOPLE), AfterValidator(_from_less_to_more)]


class Shape(BaseModel):
    """The base of everything that is read from a file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Shape):
    """A text in every language of the framework: `text["cy"]`. Markdown: emphasis, lists and links."""

    _origin: Origin = PrivateAttr(default=Origin("", ""))

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))

    def as_dict(self) -> dict[str, str]:
        """By language; a partnership's need not be in all of them."""
        return dict(self.model_dump(exclude_none=True))

    @property
    def origin(self) -> Origin:
        return self._origin

    def place_at(self, origin: Origin) -> None:
        self._origin = origin


def text_shape(languages: Sequence[str], left_out: Collection[str] = ()) -> type[Text]:
    """The shape of a text that has exactly these languages. Those that are `left_out` it may have or not."""
    fields: dict[str, Any] = {each: (Filled, ...) for each in languages if each not in left_out}
    fields |= dict.fromkeys(left_out, (Any, None))
    return create_model("Text", __base__=Text, **fields)


class AnyText(Text):
    """Stands in for a text where only what is around it matters."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _nothing(cls, _: object) -> dict[str, str]:
        return {}


T = TypeVar("T", bound=Text)


class Font(Shape):
    """The font that a language is set in."""

    family: Annotated[str, StringConstraints(pattern=FAMILY)] = Field(description="Its name, such as Source Sans 3")
    file: Annotated[str, StringConstraints(pattern=FONT_FILE)] | None = Field(
        default=None,
        description="font:PACKAGE/FILE of an installed package, or a path from content/; left out if styles declare "
        "the family",
    )


class Language(Shape):
    """A language of the framework; the order in the file is the order of reading."""

    id: LanguageId = Field(description="BCP 47 tag, such as cy")
    name: Filled = Field(description="The language's name in that language")
    direction: Literal["ltr", "rtl"] = "ltr"
    font: Font | None = Field(default=None, description="Left out: the one that the styles give all")
    review: Literal["original", "draft", "reviewed"] = Field(
        description="original: written in it; draft: translated, not yet accepted by a speaker; reviewed: accepted"
    )


@dataclass(frozen=True)
class Languages:
    """The languages of a framework of which nothing else need be known, in the order of reading."""

    languages: tuple[Language, ...]

    @property
    def language_ids(self) -> tuple[str, ...]:
        return tuple(language.id for language in self.languages)

    def language(self, language_id: str) -> Language:
        return next(language for language in self.languages if language.id == language_id)


class Category(Shape, Generic[T]):
    """A group of actions. Its colour and its shape mark every page, so that neither is the only sign."""

    id: Id = Field(description="What files of actions and --category call it")
    code: Prefix = Field(description="What the codes of its actions begin with")
    title: T
    introduction: T
    colour: ColourOrInked = Field(description="At least 4.5:1 against white")
    tint: ColourOrInked | None = Field(
        default=None, description="Beside white in its pictures; left out, its colour mixed with as much white"
    )
    shape: Literal["circle", "square", "diamond", "hexagon", "triangle", "pentagon"] = Field(
        description="Drawn wherever the colour is, for readers who do not see it"
    )


class Step(Shape, Generic[T]):
    """One step of a scale."""

    id: Id = Field(description="What files of actions and --where call it")
    label: T


class Sector(Shape, Generic[T]):
    """A part of society that takes part. `includes`: asking for one of those finds this one too."""

    id: Id = Field(description="What files of actions and --sector call it")
    label: T
    includes: tuple[Id, ...] = Field(default=(), description="Asking for one of these finds this one too")


ON_CARD = "Whether the back of a picture card has it; if no column says so, all have their place there"


class TextColumn(Shape, Generic[T]):
    """A single text an action."""

    id: ColumnId
    kind: Literal["text"]
    label: T
    on_card: bool = Field(default=False, description=ON_CARD)


class ListColumn(Shape, Generic[T]):
    """A list of texts an action."""

    id: ColumnId
    kind: Literal["list"]
    label: T
    on_card: bool = Field(default=False, description=ON_CARD)


class PeopleColumn(Shape, Generic[T]):
    """Who takes part: sectors, the role in words, numbers of people."""

    id: ColumnId
    kind: Literal["people"]
    label: T
    on_card: bool = Field(default=False, description=ON_CARD)
    sectors: tuple[Sector[T], ...] = Field(min_length=1)
    filter: bool = Field(default=False, description="Whether --sector asks for it")

    def sector(self, sector_id: str) -> Sector[T]:
        return named(sector_id, {sector.id: sector for sector in self.sectors}, f"column “{self.id}”", "sector")

    def found_by(self, wanted: str) -> set[str]:
        """The sectors that asking for `wanted` finds."""
        return {sector.id for sector in self.sectors if wanted == sector.id or wanted in sector.includes}


class ScaleColumn(Shape, Generic[T]):
    """Steps from little to much, drawn and said in words."""

    id: ColumnId
    kind: Literal["scale"]
    label: T
    measures: T = Field(description="What the scale measures, in a few words")
    symbol: Literal["path", "bars", "clock"] = Field(description="How it is drawn")
    steps: tuple[Step[T], ...] = Field(min_length=2, max_length=6)
    several: bool = Field(default=False, description="Whether an action may suit several steps, or any")
    any: T | None = Field(default=None, description="What is said when every step suits; needed with several")
    filter: bool = Field(default=False, description="Whether --where asks for it")

    @property
    def step_ids(self) -> tuple[str, ...]:
        return tuple(step.id for step in self.steps)

    def runs(self, suiting: Collection[str]) -> list[tuple[tuple[str, ...], bool]]:
        """The ids of all steps in order, and whether they suit: those that do together with their neighbours that do
        too, each other by itself.
        """
        found: list[tuple[tuple[str, ...], bool]] = []
        for step in self.step_ids:
            suits = step in suiting
            if suits and found and found[-1][1]:
                found[-1] = ((*found[-1][0], step), True)
            else:
                found.append(((step,), suits))
        return found

    def step(self, step_id: str) -> Step[T]:
        return named(step_id, {step.id: step for step in self.steps}, f"scale “{self.id}”", "step")


Column = TextColumn[Text] | ListColumn[Text] | PeopleColumn[Text] | ScaleColumn[Text]


class Source(Shape, Generic[T]):
    """Where the framework comes from and how it may be used."""

    title: T
    publisher: T
    url: Url
    licence: T
    licence_url: T = Field(description="Where the licence is to be read: one address, or one for each language")
    attribution: T
    adapted: T = Field(description="What was changed, as the licence asks to be told")
    to_confirm: T = Field(description="What of the licence remains to be confirmed")


WEB = "The project’s own web address, or one for each language; printed as a QR code on covers, and in colophons"


class Framework(Shape, Generic[T]):
    """A whole set of categories, columns, scales and texts."""

    languages: tuple[Language, ...] = Field(min_length=1, description="In the order of reading")
    title: T
    subtitle: T
    introduction: T
    categories: tuple[Category[T], ...] = Field(min_length=1, description="In the order of printing")
    columns: tuple[
        Annotated[TextColumn[T] | ListColumn[T] | PeopleColumn[T] | ScaleColumn[T], Field(discriminator="kind")],
        ...,
    ] = Field(min_length=1, description="What every action says, besides its code, category and title")
    source: Source[T]
    web: T | None = Field(default=None, description=WEB)
    version: Filled = Field(description="The edition of the content, as the colophon gives it")
    date: Date = Field(description="The date of that edition, as YYYY-MM-DD")

    @property
    def language_ids(self) -> tuple[str, ...]:
        return tuple(language.id for language in self.languages)

    @property
    def scales(self) -> tuple[ScaleColumn[T], ...]:
        return tuple(column for column in self.columns if isinstance(column, ScaleColumn))

    @property
    def people(self) -> tuple[PeopleColumn[T], ...]:
        return tuple(column for column in self.columns if isinstance(column, PeopleColumn))

    @property
    def palette(self) -> dict[KeyPath, PaletteColour]:
        """The colours of its categories, by their places in its file."""
        colours = {
            ("categories", index, name): getattr(category, name)
            for index, category in enumerate(self.categories)
            for name in ("colour", "tint")
        }
        return {place: colour for place, colour in colours.items() if colour}

    @property
    def further_columns(self) -> tuple[Column, ...]:
        """The columns that layouts print under headings: neither scales nor the first text, which needs none."""
        columns: tuple[Any, ...] = self.columns  # to the type checker, T is not yet Text
        lead = next((column for column in columns if column.kind == "text"), None)
        return tuple(column for column in columns if column.kind != "scale" and column is not lead)

    @property
    def card_columns(self) -> tuple[Column, ...]:
        """Of the further columns those for the back of a picture card; all if none is marked."""
        marked = tuple(column for column in self.further_columns if getattr(column, "on_card", False))
        return marked or self.further_columns

    def language(self, language_id: str) -> Language:
        return named(language_id, {one.id: one for one in self.languages}, "framework", "language")

    def category(self, category_id: str) -> Category[T]:
        return named(category_id, {category.id: category for category in self.categories}, "framework", "category")

    def column(self, column_id: str) -> Column:
        columns: tuple[Any, ...] = self.columns  # to the type checker, T is not yet Text
        found: Column = named(column_id, {column.id: column for column in columns}, "framework", "column")
        return found


class Outline(Framework[AnyText]):
    """Of a framework that has faults, what actions can be checked against: its categories and columns."""

    model_config = ConfigDict(extra="ignore")

    languages: Any = ()
    title: Any = None
    subtitle: Any = None
    introduction: Any = None
    source: Any = None
    web: Any = None
    version: Any = ""
    date: Any = None


class Party(Shape, Generic[T]):
    """Sectors that take part in one role. `people` is the number of people, `10-30`, where it is known."""

    sectors: tuple[str, ...] = Field(min_length=1)
    role: T | None = Field(default=None, description="What they do, or how many in words")
    people: People | None = Field(default=None, description="How many: a number, or two as in 10-30")


class ActionFile(Shape):
    """An action as its file has it: with these, and with a value for each column of the framework."""

    code: Code = Field(description="The same in all languages; the file is called after it")
    category: str
    title: Text
    pictogram: Text | None = Field(
        default=None, description="What its picture shows, for those who do not see it: content/pictograms/CODE.svg"
    )
    web: Any = None
    """Web addresses about it, by language."""
    lost: Text | None = Field(
        default=None, description="What the text that we have of the source lacks here; told in small type on its pages"
    )
    sort: Any = None
    """What the title is sorted by, by language, where the title itself will not do."""


Basis = Literal["source", "provisional", "unstated"]


@dataclass(frozen=True)
class Rating:
    """An action's value on a scale: the steps that suit it, and where that comes from.

    `any` means that every step suits and the content says so in one word. With the basis `unstated` there are no
    steps. `reason` is why a provisional value was chosen.
    """

    steps: tuple[str, ...]
    any: bool
    basis: Basis
    reason: Text | None = None


Value = Text | tuple[Text, ...] | tuple[Party[Text], ...] | Rating


@dataclass(frozen=True)
class Action:
    """One action: its code, category, title, and a value for each column."""

    code: str
    category: str
    title: Text
    values: Mapping[str, Value]
    file: str = ""
    sort: Mapping[str, str] = field(default_factory=dict)
    pictogram: Text | None = None
    web: Text | None = None
    lost: Text | None = None

    def sorted_by(self, language: str) -> str:
        """What the action is sorted by in a language: its title, unless the content gives something else."""
        return self.sort.get(language, self.title[language])

    def __getitem__(self, column: str) -> Value:
        """What layouts write as `action.purpose`."""
        return self.values[column]

    def rating(self, scale: str) -> Rating:
        value = self.values[scale]
        assert isinstance(value, Rating)  # noqa: S101  (for the type checker; loading sees to it)
        return value

    def parties(self, column: str) -> tuple[Party[Text], ...]:
        value = self.values[column]
        parties = value if isinstance(value, tuple) else ()
        return tuple(party for party in parties if isinstance(party, Party))


Labels = Mapping[str, Mapping[str, Text]]
ReviewState = Literal["draft", "stale", "translated", "reviewed"]


@dataclass(frozen=True)
class Catalogue:
    """All content of a project, checked. Actions stand in the order of their categories and numbers."""

    framework: Framework[Text]
    labels: Labels
    actions: tuple[Action, ...]
    positions: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    """`content/actions/SP1.yaml#title.cy` to file, line and column."""
    review: Mapping[str, ReviewState] = field(default_factory=dict)
    """How far each translation has come, by the same keys; the original has none."""
    warnings: tuple[Fault, ...] = ()
    """What is doubtful in the files themselves, and keeps nothing from being made."""
    left_out: tuple[str, ...] = ()
    """Languages that the framework declares, and that are passed over, since texts lack them (`loading.load_in`)."""

    def __iter__(self) -> Iterator[Action]:
        return iter(self.actions)

    @cached_property
    def review_states(self) -> Mapping[tuple[str, str], frozenset[ReviewState]]:
        """The states that a file has translations in, by the file and their language."""
        states: dict[tuple[str, str], set[ReviewState]] = defaultdict(set)
        for key, state in self.review.items():
            states[key.partition("#")[0], key.rpartition(".")[2]].add(state)
        return {place: frozenset(some) for place, some in states.items()}

    @cached_property
    def has_provisional(self) -> bool:
        """Whether a value of an action is provisional: only then are those of the source told from others."""
        scales = self.framework.scales
        return any(action.rating(scale.id).basis == "provisional" for action in self.actions for scale in scales)

    def number(self, action: Action) -> int:
        """The number that people say aloud, the same in all languages: its place in its category, from 1."""
        return [each.code for each in self.actions if each.category == action.category].index(action.code) + 1

    def action(self, code: str) -> Action:
        return next(action for action in self.actions if action.code == code)
