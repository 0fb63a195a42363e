"""What several products share: the metadata of a plan, bookmarks, and leaves that speak of the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_builder.catalogue.model import Action, Category, Language, Text
from toolkit_builder.catalogue.review import printed_with
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents import print_shop
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.product import Product
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.products.context import PlanContext

if TYPE_CHECKING:  # slow to import, and not needed without a partnership
    from toolkit_builder.partnerships.model import Partnership

GRID = "grid"
"""The scheme of sheets on which something is written beside cards."""
SHEET_WORDS = ("sheet", "front", "back", "long_edge", "short_edge", "single", "fold")
"""The labels of `sheets`."""


def plan(
    context: PlanContext,
    leaves: Iterable[Leaf],
    complete: Callable[[Plan], Sequence[Leaf]] | None = None,
    numbering_restarts: tuple[int, ...] = (),
    half_starts: tuple[int, ...] = (),
) -> Plan:
    """A plan of these leaves, its metadata taken from the framework and the labels; of a pack, it says whose it is."""
    selection, edition, partnership = context.selection, context.edition, context.partnership
    product, framework, languages = context.product, selection.catalogue.framework, edition.languages
    name = label(selection, "product", product.label)
    sheets = product.file.sheets
    is_wanted = sheets == "tiles" or (sheets is not None and (partnership is None or partnership.file.sheets))
    return Plan(
        product=product.name,
        languages=languages,
        title=" / ".join(titles(selection, languages, name, partnership).values()),
        subject=" / ".join(selection_in_words(selection, language) for language in languages),
        author=" / ".join(framework.source.publisher[language] for language in languages),
        keywords=selection.codes,
        leaves=tuple(leaves),
        actions=selection.codes,
        layout=context.layout,
        deck=context.product.deck,
        rights=" / ".join(framework.source.licence[language] for language in languages),
        complete=complete,
        large_print=edition.large_print,
        greyscale=edition.greyscale,
        low_ink=edition.low_ink,
        fillable=edition.fillable,
        has_sheets=(is_wanted and not edition.fillable) or (edition.for_print and bool(half_starts)),
        partnership=partnership.id if partnership else None,
        numbering_restarts=numbering_restarts,
        half_starts=half_starts,
        sheets=sheets or "",
        page=product.file.page,
        date=framework.date,
        scale=product.scale,
        bleed=edition.bleed,
        own_sheets=product.file.own_sheets,
        is_paired=product.file.sides == "front-and-back",
        sheet_words=sheet_words(selection, languages, name) if sheets == GRID else {},
    )


def sheet_words(selection: Selection, languages: Sequence[str], name: Text) -> dict[str, str]:
    """What is written beside cards on their sheets, in all languages at once that are written from left to right
    (others take more than lines of outlines): what the cards are called, and the labels of `sheets`. Empty if there is
    none.
    """
    framework = selection.catalogue.framework
    languages = [each for each in languages if framework.language(each).direction == "ltr"]
    if not languages:
        return {}
    said = {"title": name, **{word: label(selection, "sheets", word) for word in SHEET_WORDS}}
    return {word: " / ".join(dict.fromkeys(text[language] for language in languages)) for word, text in said.items()}


def titles(
    selection: Selection, languages: Sequence[str], name: Text, partnership: Partnership | None
) -> dict[str, str]:
    """What a document is called in each language; of a pack, with whose it is."""
    whose = {language: f" · {partnership.name[language]}" if partnership else "" for language in languages}
    title = selection.catalogue.framework.title
    return {language: f"{title[language]}: {name[language]}{whose[language]}" for language in languages}


def shop_words(selection: Selection, product: Product, partnership: Partnership | None) -> dict[str, dict[str, str]]:
    """What a print shop and its client are told in, by language: labels, what the product (`title`) and the document
    are called.

    Raises FaultsError if `labels.yaml` does not have it.
    """
    name = label(selection, "product", product.label)
    words = {word: label(selection, "print_shop", word) for word in print_shop.WORDS} | {"title": name}
    languages = partnership.languages if partnership else selection.catalogue.framework.language_ids
    document = titles(selection, languages, name, partnership)
    return {word: text.as_dict() for word, text in words.items()} | {"document": document}


def label(selection: Selection, group: str, name: str) -> Text:
    """A label that a product needs whatever its layouts print.

    Raises FaultsError if `labels.yaml` does not have it.
    """
    try:
        return selection.catalogue.labels[group][name]
    except KeyError:
        where = f"{group}.{name}"
        raise FaultsError([Fault("content/labels.yaml", 0, 0, where, "missing; this product needs it")]) from None


Line = tuple[Text, tuple[Text | str, ...]]
"""What was selected by, and the values: texts, or the codes of actions."""


def selection_in_words(selection: Selection, language: str) -> str:
    """What was selected, as one line of metadata: `Stage: Early; Actions: SP1, SP2`."""

    def said(value: Text | str) -> str:
        return value if isinstance(value, str) else value[language]

    lines = ((said(name), ", ".join(map(said, values))) for name, values in selection_lines(selection))
    return "; ".join(f"{name}: {values}" for name, values in lines)


def selection_lines(selection: Selection) -> list[Line]:
    """What was selected, as pairs of a label and its values."""
    actions = (label(selection, "selection", "all"),) if selection.is_whole else selection.codes
    return [*criteria_lines(selection), (label(selection, "selection", "actions"), actions)]


def criteria_lines(selection: Selection) -> list[Line]:
    """What was selected by, other than codes, as pairs of a label and its values."""
    framework, filters = selection.catalogue.framework, selection.filters
    lines: list[Line] = [(criterion.label, criterion.values) for criterion in selection.criteria]
    if filters.categories:
        titles = tuple(framework.category(category).title for category in filters.categories)
        lines.insert(0, (label(selection, "selection", "categories"), titles))
    if filters.source_only:
        lines.append((label(selection, "selection", "values"), (label(selection, "selection", "source_only"),)))
    return lines


def about(selection: Selection, edition: Edition) -> dict[str, Any]:
    """What a colophon needs to know of the document: what was selected, and what in it is provisional or a draft,
    and of its languages.
    """
    framework = selection.catalogue.framework
    ratings = [action.rating(scale.id) for action in selection.actions for scale in framework.scales]
    return {
        "selection": selection_lines(selection),
        "criteria": selection_lines(selection) if selection.is_whole else criteria_lines(selection),
        "count": len(selection.actions),
        "has_provisional": has_provisional(selection),
        "has_unstated": any(rating.basis == "unstated" for rating in ratings),
        **review(selection, selection.actions, edition),
        "is_reordered": edition.is_bilingual and edition.languages[0] != framework.languages[0].id,
        "others": other_languages(selection, edition),
        "lost": [(action.code, action.lost) for action in selection.actions if action.lost],
    }


def has_provisional(selection: Selection) -> bool:
    """Whether a value of a selected action is this project's own and not the source's."""
    scales = selection.catalogue.framework.scales
    return any(action.rating(scale.id).basis == "provisional" for action in selection.actions for scale in scales)


def other_languages(selection: Selection, edition: Edition) -> list[Language]:
    """The languages of the framework that an edition does not have."""
    return [other for other in selection.catalogue.framework.languages if other.id not in edition.languages]


def review(selection: Selection, actions: Iterable[Action], edition: Edition) -> dict[str, bool]:
    """How far the translations are that leaves about these actions may print: of the actions, and of all else."""
    printed = printed_with(selection.catalogue, [action.code for action in actions])
    states = {
        state
        for (file, language), some in selection.catalogue.review_states.items()
        if language in edition.languages and printed(file)
        for state in some
    }
    return {
        "has_drafts": bool(states - {"reviewed"}),
        "is_partly_reviewed": "reviewed" in states and bool(states - {"reviewed"}),
        "is_stale": "stale" in states,
    }


def action_data(selection: Selection, action: Action) -> dict[str, Any]:
    """What a leaf about one action is made of."""
    return {"action": action, "category": selection.catalogue.framework.category(action.category)}


def colours(partnership: Partnership) -> dict[str, Any]:
    """What a leaf in the partnership's colours is given; nothing if it has none."""
    own = partnership.file.colours
    return {"colours": own.model_dump()} if own.ground or own.band else {}


def row(of: Leaf, name: str, data: Mapping[str, Any], number: int = 0) -> Leaf:
    """A row of a list on a leaf, typeset by itself; with a page number if it bears one.

    Its template stands beside that of the leaf: `toolkit/contents_row.html` beside `toolkit/contents.html`.
    """
    return Leaf(
        name=f"{of.name.partition('/')[0]}/{of.role}/row/{name}/{'-'.join(of.languages)}",
        layout=of.layout.removesuffix(".html") + "_row.html",
        languages=of.languages,
        bookmark="",
        data=data,
        sizes=of.sizes,
        number=number,
        edition=of.edition,
    )


def by_category(selection: Selection, actions: Sequence[Action]) -> list[tuple[Category[Text], list[Action]]]:
    """The categories of these actions, each with them, in the order of the framework."""
    groups = [
        (category, [action for action in actions if action.category == category.id])
        for category in selection.catalogue.framework.categories
    ]
    return [(category, actions) for category, actions in groups if actions]
