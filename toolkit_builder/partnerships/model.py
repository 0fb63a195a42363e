"""What a partnership's file says: `content/partnerships/ID.yaml`.

The pydantic classes have the shape of the file; `Partnership` is what the rest of the program works with: the same,
with its logos and Markdown files read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from toolkit_builder.catalogue.characters import composed
from toolkit_builder.catalogue.documents import KeyPath, SourceDocument
from toolkit_builder.catalogue.model import EMAIL, TELEPHONE, Date, Filled, Id, LanguageId, Shape, Text
from toolkit_builder.catalogue.palette import ColourOrInked, PaletteColour
from toolkit_builder.catalogue.selecting import Unstated
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.foot import line_width
from toolkit_builder.partnerships.logo import Logo

T = TypeVar("T", bound=Text)
_literal: Any = Literal  # a type made from a table, which the type checker does not look for

Layout: Any = _literal[tuple(LAYOUTS)]
Email = Annotated[str, StringConstraints(pattern=EMAIL)]
Telephone = Annotated[str, StringConstraints(pattern=TELEPHONE), AfterValidator(composed)]


def one_or_several(value: object) -> object:
    """A single value where a list may stand is a list of one."""
    return (value,) if isinstance(value, str) and value else value


class Contact(Shape, Generic[T]):
    """Whom to ask."""

    name: Filled | None = Field(default=None, description="A person’s name, the same in all languages")
    role: T | None = Field(default=None, description="What they do, or the team to ask for")
    organisation: T | None = None
    email: Email | None = None
    telephone: Telephone | None = None
    address: T | None = Field(default=None, description="A postal address in one line")


class Workshop(Shape, Generic[T]):
    """When and where people meet."""

    date: Date = Field(description="As YYYY-MM-DD")
    place: T | None = None


class LogoFiles(Shape, Generic[T]):
    """A logo: SVG, PNG or JPEG, beside the partnership's file or in a folder there."""

    file: T = Field(description="The file, or one for each language: {cy: logo-cy.svg, en: logo-en.svg}")
    alternative: T = Field(description="What a reader who does not see the logo is told")


class Colours(Shape):
    """The partnership's own colours, for its cover, bands and headings; categories keep theirs."""

    ground: ColourOrInked | None = Field(
        default=None, description="Behind white text on the cover, and for headings: at least 4.5:1 on white"
    )
    band: ColourOrInked | None = Field(default=None, description="Of bands that stand on white: at least 3:1")

    @property
    def palette(self) -> dict[KeyPath, PaletteColour]:
        """Those that there are, by their places in the file."""
        return {("colours", name): colour for name, colour in self if colour}


class LocalAction(Shape, Generic[T]):
    """What a partnership says of one action."""

    examples: tuple[T, ...] | None = Field(default=None, min_length=1, description="What is done here already")
    note: T | None = Field(default=None, description="A note in Markdown: paragraphs and lists")
    who: tuple[T, ...] | None = Field(default=None, min_length=1, description="Who does it here")
    contact: Contact[T] | None = Field(default=None, description="Whom to ask about it here")
    order: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Its place in its category; those without one follow in the framework’s order"
    )
    leave_out: bool = Field(default=False, description="The pack does not have this action")

    @property
    def is_local(self) -> bool:
        """Whether there is something to print on the action's page."""
        return bool(self.examples or self.note or self.who or self.contact)


class PageFile(Shape, Generic[T]):
    """A page of the toolkit from Markdown files, before or after a category."""

    id: Id
    title: T
    file: T = Field(description="A Markdown file for each language: {cy: map-cy.md, en: map-en.md}")
    before: str | None = Field(default=None, description="The category that it stands before")
    after: str | None = Field(default=None, description="The category that it stands after")


class WantedEdition(Shape):
    """How the pack is set; what is not said is as usual."""

    languages: tuple[LanguageId, ...] | None = Field(default=None, min_length=1)
    first: LanguageId | None = Field(default=None, description="The language that comes first")
    layout: Layout | None = None
    deck: Id | None = Field(default=None, description="Which deck, of products that have several")
    large_print: bool = False
    greyscale: bool = False
    low_ink: bool = Field(default=False, description="White grounds in place of large areas of colour")


class PartnershipFile(Shape, Generic[T]):
    """A partnership as its file has it; `selection` and `actions` have a shape that follows from the framework."""

    name: T = Field(description="The whole name, for cover and colophon")
    short_name: T | None = Field(default=None, description="For the tops of pages and for bookmarks")
    logo: LogoFiles[T] | None = None
    colours: Colours = Colours()
    contact: Contact[T] | None = None
    web: T | None = Field(default=None, description="A web address, or one for each language")
    foreword: T | None = Field(default=None, description="Markdown: paragraphs and lists")
    introduction: T | None = Field(default=None, description="Markdown: paragraphs and lists")
    workshop: Workshop[T] | None = None
    products: tuple[str, ...] | None = Field(default=None, min_length=1)
    selection: Any = None
    edition: WantedEdition = WantedEdition()
    sheets: bool = Field(default=True, description="Cards also on sheets, to print and cut")
    actions: Any = None
    pages: tuple[PageFile[T], ...] = ()


@dataclass(frozen=True)
class Wanted:
    """Which actions a partnership wants, under the names of the options that ask for the same (`--stage`)."""

    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    category: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    source_only: bool = False
    unstated: Unstated | None = None


@dataclass(frozen=True)
class ExtraPage:
    """A page from Markdown files: `text` is what the files say."""

    id: str
    title: Text
    text: Text
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ShownLogo:
    """A logo as it is printed: its address, its size in mm, the text that stands for it and the language of that."""

    address: str
    width: float
    height: float
    alternative: str
    language: str


@dataclass(frozen=True)
class Partnership:
    """A partnership, checked: `file` is what its file says, `languages` those that all of its texts have.

    `positions` are the places of its texts (as `Catalogue.positions`), `warnings` what is doubtful and keeps nothing
    from being made. `document` is the data that it was made from, which can be sent to another process.
    """

    id: str
    languages: tuple[str, ...]
    file: PartnershipFile[Text]
    wanted: Wanted
    local: Mapping[str, LocalAction[Text]]
    pages: tuple[ExtraPage, ...]
    logos: Mapping[str, Logo]
    document: SourceDocument
    positions: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()

    @property
    def name(self) -> Text:
        return self.file.name

    @property
    def short_name(self) -> Text:
        return self.file.short_name or self.file.name

    @cached_property
    def digest(self) -> str:
        """The hash of all that shapes a pack: what the file says, its logos, its Markdown files."""
        parts = [self.id, repr(self.document.data), *(page.text.model_dump_json() for page in self.pages)]
        parts += [f"{language} {hashlib.sha256(logo.data).hexdigest()}" for language, logo in self.logos.items()]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The codes of actions that the pack does not have."""
        return tuple(code for code, local in self.local.items() if local.leave_out)

    @property
    def has_local(self) -> bool:
        """Whether a pack has texts of the partnership's own: on pages of actions, or pages of their own."""
        file = self.file
        return bool(
            file.foreword or file.introduction or self.pages or any(local.is_local for local in self.local.values())
        )

    def foot_languages(self, languages: Sequence[str]) -> tuple[str, ...]:
        """The languages in which the name at the foot of a page is printed: one of those in which it is the same."""
        return tuple({self.short_name[language]: language for language in reversed(languages)}.values())[::-1]

    def foot_width(self, languages: Sequence[str], size: float) -> float:
        """About how many mm the name takes there, in a size in pt."""
        return line_width((self.short_name[language] for language in self.foot_languages(languages)), size)

    def shown_logos(self, languages: Sequence[str]) -> list[ShownLogo]:
        """The logos of a page in these languages: one that serves several languages stands there once."""
        found: dict[str, list[str]] = {}
        for language in languages:
            if language in self.logos:
                found.setdefault(self.logos[language].address, []).append(language)
        return [self._shown(address, those) for address, those in found.items()]

    def _shown(self, address: str, languages: Sequence[str]) -> ShownLogo:
        alternatives = self.file.logo.alternative if self.file.logo else self.name
        width, height = self.logos[languages[0]].printed()
        said = " / ".join(alternatives[language] for language in languages)
        return ShownLogo(address, round(width, 3), round(height, 3), said, languages[0])

    def local_to(self, code: str) -> LocalAction[Text] | None:
        """What is to be printed on the page of an action, if anything is."""
        local = self.local.get(code)
        return local if local and local.is_local else None

    def order(self, code: str) -> int | None:
        """The place of an action in its category, if it has one of its own."""
        local = self.local.get(code)
        return local.order if local else None
