"""What a partnership chooses of what there is: its cards, its products, and how they are set. The names of the fields
are those of its file; their values follow from the framework and the products of the project.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.product import Product
from toolkit_builder.web.choice import (
    ACTION,
    ADD,
    CATEGORY,
    EXCLUDE,
    OF_UNSTATED,
    SECTOR,
    SOURCE,
    UNSTATED,
    Choice,
)
from toolkit_builder.web.library import Reading
from toolkit_builder.web.pages import told
from toolkit_builder.web.partnership_form import YES, FormField, Kind, Values
from toolkit_builder.web.words import PageWords

SELECTION, EDITION = "selection", "edition"
Options = list[tuple[str, Markup]]
"""Values, each with what it is called."""


@dataclass(frozen=True)
class ShownChoice:
    """A field as the form has it: its name, its kind, what it is called, and what there is to choose from."""

    name: str
    kind: Kind
    label: Markup
    options: Options


def choices_of(catalogue: Catalogue, products: Mapping[str, Product]) -> tuple[FormField, ...]:
    """The fields, in order."""
    framework = catalogue.framework
    codes = tuple(action.code for action in catalogue)
    sectors = tuple(sector.id for column in framework.people if column.filter for sector in column.sectors)
    several: dict[tuple[str, ...], tuple[str, ...]] = {
        (SELECTION, scale.id): scale.step_ids for scale in framework.scales if scale.filter
    }
    several[SELECTION, "category"] = tuple(category.id for category in framework.categories)
    several |= {(SELECTION, "sector"): sectors} if sectors else {}
    several |= {(SELECTION, "action"): codes, (SELECTION, "exclude"): codes}
    languages = framework.language_ids
    return (
        *(_field(place, "several", allowed) for place, allowed in several.items()),
        _field((SELECTION, "unstated"), "one", OF_UNSTATED),
        _field((SELECTION, "source_only"), "tick"),
        _field(("products",), "several", tuple(products)),
        _field((EDITION, "languages"), "several", languages),
        _field((EDITION, "first"), "one", languages),
        _field((EDITION, "layout"), "one", tuple(LAYOUTS)),
        _field((EDITION, "deck"), "one", decks_of(products)),
        *(_field((EDITION, name), "tick") for name in ("large_print", "greyscale", "low_ink")),
        FormField(("sheets",), "tick", is_in_each=False, is_usual=True),
    )


def decks_of(products: Mapping[str, Product]) -> tuple[str, ...]:
    """The names of all decks of products that have several."""
    several = (product.decks for product in products.values() if product.file.other_decks)
    return tuple(dict.fromkeys(deck.deck for decks in several for deck in decks))


def shown(reading: Reading, say: PageWords, begins: str) -> list[ShownChoice]:
    """The fields whose names begin so, in the words of the page."""
    fields = choices_of(reading.catalogue, reading.products.sound)
    called = dict(_called(reading, say))
    return [
        ShownChoice(field.name, field.kind, *_labelled(field, called, say))
        for field in fields
        if field.name.startswith(begins)
    ]


def kept_as(reading: Reading, filters: Filters) -> Values:
    """What the fields of a partnership's own choice say, where these filters are kept with it."""
    several: dict[str, Sequence[str]] = {
        **filters.scales,
        CATEGORY: filters.categories,
        SECTOR: filters.sectors,
        ACTION: filters.actions,
        EXCLUDE: filters.exclude,
        UNSTATED: [filters.unstated] if filters.unstated else [],
        SOURCE: [YES] if filters.source_only else [],
    }
    fields = [each for each in choices_of(reading.catalogue, reading.products.sound) if each.place[0] == SELECTION]
    found = {}
    for field in fields:
        said = several.get(str(field.place[-1]), ())
        found[field.name] = " ".join(each for each in field.allowed or (YES,) if each in said)
    return found


def in_words(reading: Reading, say: PageWords, choice: Choice) -> Markup:
    """A choice of cards, in the words of the framework and of the page."""
    called = {**dict(_called(reading, say)), f"{SELECTION}.{ADD}": (_said(say, "choose.in"), {})}
    parts = []
    for name in dict.fromkeys(name for name, _ in choice.pairs):
        if name == SOURCE:
            parts.append(_said(say, "tailor.source_only"))
            continue
        label, values = called[f"{SELECTION}.{name}"]
        is_of_codes = name in (ACTION, ADD, EXCLUDE)
        those = [Markup.escape(each) if is_of_codes else values[each] for each in choice.values(name)]
        parts.append(Markup("{}: {}").format(label, Markup(", ").join(those)))
    return Markup("; ").join(parts)


def _field(place: tuple[str, ...], kind: Kind, allowed: tuple[str, ...] = ()) -> FormField:
    return FormField(place, kind, is_in_each=False, allowed=allowed)


def _labelled(
    field: FormField, called: Mapping[str, tuple[Markup, dict[str, Markup]]], say: PageWords
) -> tuple[Markup, Options]:
    """What a field is called, and its values with what they are called."""
    label, values = called.get(field.name) or (_said(say, f"tailor.{field.place[-1]}"), {})
    return label, [(value, values.get(value, Markup.escape(value))) for value in field.allowed]


def _called(reading: Reading, say: PageWords) -> Iterator[tuple[str, tuple[Markup, dict[str, Markup]]]]:
    """What fields are called, and their values, where these are words of the framework or of the page."""
    framework = reading.catalogue.framework
    for scale in framework.scales:
        yield f"{SELECTION}.{scale.id}", (told(scale.label), {step.id: told(step.label) for step in scale.steps})
    categories = {category.id: told(category.title) for category in framework.categories}
    yield f"{SELECTION}.category", (_said(say, "choose.category"), categories)
    columns = [column for column in framework.people if column.filter]
    if columns:
        sectors = {sector.id: told(sector.label) for column in columns for sector in column.sectors}
        yield f"{SELECTION}.sector", (told(columns[0].label), sectors)
    codes = {each.code: Markup("{} {}").format(each.code, told(each.title)) for each in reading.catalogue}
    yield f"{SELECTION}.action", (_said(say, "tailor.these_cards"), codes)
    yield f"{SELECTION}.exclude", (_said(say, "tailor.without_cards"), codes)
    unstated: dict[str, Markup] = {value: _said(say, f"tailor.unstated_{value}") for value in OF_UNSTATED}
    yield f"{SELECTION}.unstated", (_said(say, "tailor.unstated"), unstated)
    labels, products = reading.catalogue.labels.get("product", {}), reading.products.sound
    named = {name: told(labels[product.label]) for name, product in products.items() if product.label in labels}
    yield "products", (_said(say, "take.products"), named)
    in_itself = Markup('<span lang="{}">{}</span>')
    languages = {each.id: in_itself.format(each.id, each.name) for each in framework.languages}
    yield f"{EDITION}.languages", (_said(say, "take.languages"), languages)
    yield f"{EDITION}.first", (_said(say, "take.first"), languages)
    yield (
        f"{EDITION}.layout",
        (_said(say, "take.layout"), {name: _said(say, f"take.layout_{name}") for name in LAYOUTS}),
    )
    yield f"{EDITION}.deck", (_said(say, "take.deck"), {name: deck_called(name, say) for name in decks_of(products)})
    for name in ("large_print", "greyscale", "low_ink"):
        yield f"{EDITION}.{name}", (_said(say, f"take.{name}"), {})


def deck_called(name: str, say: PageWords) -> Markup:
    """What a deck is called: the page has words for the shipped ones."""
    return _said(say, f"take.deck_{name}") if say.has(f"take.deck_{name}") else Markup.escape(name)


def _said(say: PageWords, key: str) -> Markup:
    return Markup.escape(say(key))
