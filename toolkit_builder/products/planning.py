"""From a product's file to its plan: which leaves, in which languages, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.model import Text
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.card_sizes import ResizedCard
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.product import CardFace, LeafEntry, Product, Variation
from toolkit_builder.documents.product_checks import FRAMEWORK_TITLE
from toolkit_builder.documents.product_values import ACTION, LOCAL, ONCE
from toolkit_builder.products import parts, tailoring
from toolkit_builder.products.context import LeafSet, PlanContext
from toolkit_builder.products.given import given
from toolkit_builder.products.planners import Completion, planner_of
from toolkit_builder.products.subjects import Subject, subjects

if TYPE_CHECKING:  # slow to import, and not needed without a partnership
    from toolkit_builder.partnerships.model import Partnership

MORE_PAGES = "more_pages"
"""What a leaf is given that fills pages which would be blank: how many."""


def plan(product: Product, selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan:
    """The plan of a product, for everyone or tailored to a partnership.

    Raises UsageError if the product does not come in this edition, FaultsError if a label is missing.
    """
    deck, layout = product.laid_out(edition)
    context = PlanContext(deck, selection, edition, layout, partnership)
    planner = planner_of(deck)
    furnished = (tuple(planner.furnish(leaf, context) for leaf in leaf_set) for leaf_set in _leaf_sets(context))
    runs = _runs(list(planner.tailor(furnished, context)), context)
    starts = tuple(accumulate(map(len, runs), initial=0))[:-1]
    leaves = [leaf for run in runs for leaf in run]
    is_whole = deck.file.halves == "whole"
    made = parts.plan(
        context,
        leaves,
        _completion(context, leaves, planner.complete),
        numbering_restarts=starts if context.is_turned and is_whole else (),
        half_starts=(starts if is_whole else tuple(range(len(leaves)))) if context.is_turned else (),
    )
    return made.with_leaves(made.complete(made)) if made.complete else made


# -- the order of leaves -----------------------------------------------------------------------------------------------


def _leaf_sets(context: PlanContext) -> Iterator[LeafSet]:
    file, everything = context.product.file, Subject(context.selection.actions)
    yield from _expanded(file.one_language if _has_own_cards(context) else file.leaves, everything, context)


def _has_own_cards(context: PlanContext) -> bool:
    """Whether each language has cards of its own: where they neither share a side nor have one each."""
    if context.product.file.sides != "front-and-back":
        return False
    count = len(context.edition.languages)
    return count == 1 or not (context.bilingual.is_together or count == len(("front", "back")))


def _expanded(entries: Iterable[LeafEntry], within: Subject, context: PlanContext) -> Iterator[LeafSet]:
    """Each entry for each of its subjects, followed by what follows that."""
    for entry in entries:
        for subject in subjects(entry.subject, within, context, entry.times):
            yield tuple(_leaf_set(entry, subject, context))
            yield from _expanded(entry.then, subject, context)


def _leaf_set(entry: LeafEntry, subject: Subject, context: PlanContext) -> Iterator[Leaf]:
    languages = context.edition.languages
    for spoken in [languages] if _setting(entry, context).languages == "all" else [(each,) for each in languages]:
        yield _leaf(entry, subject, spoken, context)
        if entry.back:
            yield _leaf(_back_of(entry, entry.back), subject, spoken, context)


def _back_of(front: LeafEntry, back: CardFace) -> LeafEntry:
    """The back of a card as an entry: about the same as the front, and otherwise as it says itself."""
    return front.model_copy(update={**dict(back), "in_layout": {}, "large_print": Variation()})


def _runs(leaf_sets: Sequence[LeafSet], context: PlanContext) -> list[list[Leaf]]:
    """Leaves in the order of the document: one language after the other, or place by place."""
    if context.is_turned and context.product.file.halves == "whole":
        return [[leaf_set[at] for leaf_set in leaf_sets] for at in range(len(context.edition.languages))]
    return [[leaf for leaf_set in leaf_sets for leaf in leaf_set]]


# -- one leaf ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Setting:
    """How a leaf is set in this edition; as `LeafEntry`."""

    layout: str
    sizes: tuple[float, ...]
    pages: int
    languages: str
    local: str | None

    def varied(self, by: Variation) -> _Setting:
        said = {name: value for name in by.model_fields_set if (value := getattr(by, name)) is not None}
        return replace(self, **said)


def _setting(entry: LeafEntry, context: PlanContext) -> _Setting:
    """What the entry says, then what it says for this layout, then what is said of large print."""
    edition, file = context.edition, context.product.file
    usual = "all" if context.bilingual.is_together and edition.is_bilingual else "each"
    setting = _Setting(entry.layout, entry.sizes or file.sizes, entry.pages, entry.languages or usual, entry.local)
    if edition.is_bilingual and context.layout in entry.in_layout:
        setting = setting.varied(entry.in_layout[context.layout])
    if edition.large_print and file.large_print:
        setting = replace(setting, sizes=file.large_print.sizes, pages=file.large_print.pages)
        setting = setting.varied(entry.large_print)
    if scale := context.product.scale:
        scaled = _scaled(setting.sizes, scale, min(file.sizes))
        setting = replace(setting, sizes=scaled).varied(entry.resized)
        setting = setting if scale < 1 else replace(setting, sizes=scaled)
    return setting


def _scaled(sizes: Sequence[float], scale: float, least: float) -> tuple[float, ...]:
    """Sizes of type for a card that is larger by so much, to a quarter of a point: none below the least of the product,
    or of these, if that is smaller.
    """
    least = min(least, *sizes)
    return tuple(dict.fromkeys(max(least, round(4 * size * scale) / 4) for size in sizes))


def _leaf(entry: LeafEntry, subject: Subject, languages: tuple[str, ...], context: PlanContext) -> Leaf:
    setting = _setting(entry, context)
    is_together = context.bilingual.is_together and context.edition.is_bilingual
    titles = subject.titles(languages, subject.title or _title(entry, context))
    is_refused = context.product.scale > 0 and entry.subject == ACTION  # a size that has no room for an action
    leaf = Leaf(
        name=leaf_name(context.product, entry.role or "", subject.item, languages),
        layout=setting.layout,
        languages=languages,
        bookmark=" / ".join(titles),
        titles=titles,
        level=int(entry.level),
        data={
            **subject.data,
            "arrangement": context.layout if is_together else "one-language",
            **given(entry.given, context, subject.actions),
            **({MORE_PAGES: 0} if entry.fills else {}),
            **_card(context),
        },
        group=_group(entry, subject, context.product),
        sizes=setting.sizes,
        pages=setting.pages,
        role=entry.role or "",
        edition=context.edition,
        reading=getattr(entry, "reading", None) or "",
        may_run_over=entry.may_run_over and setting.pages == 1 and not is_refused,
        size_group="/".join(filter(None, (context.product.name, entry.role, entry.subject))) if entry.one_size else "",
    )
    if entry.named:
        leaf = tailoring.named(leaf, context)
    if setting.local:
        return tailoring.with_local(leaf, context.partnership, may_run_over=setting.local == "may-run-over")
    return leaf


def _card(context: PlanContext) -> dict[str, ResizedCard]:
    """What a layout is given of a card of another size than usual."""
    scale = context.product.scale
    return {"card": ResizedCard(*context.product.file.page, scale)} if scale else {}


def _title(entry: LeafEntry, context: PlanContext) -> Text:
    """The title of a leaf that stands once."""
    if entry.title == FRAMEWORK_TITLE:
        return context.selection.catalogue.framework.title
    group, _, name = (entry.title or f"product.{context.product.label}").partition(".")
    return parts.label(context.selection, group, name)


def leaf_name(product: Product, role: str, item: str, languages: Sequence[str]) -> str:
    """`toolkit/action/SP1/cy`; the sides of a card stand together under what the card is about: `cards/SP1/face/cy`."""
    own = (item, role) if product.file.sides == "front-and-back" else (role, item)
    return "/".join([product.name, *filter(None, own), "-".join(languages)])


def _group(entry: LeafEntry, subject: Subject, product: Product) -> str:
    """What shrinks together: a leaf in all its languages, and both sides of a card unless a side has its own sizes."""
    if product.file.sides == "front-and-back" and entry.subject != ONCE:
        own = entry.role if entry.sizes and entry.role else ""
        return "/".join(filter(None, [product.name, subject.item, LOCAL if entry.subject == LOCAL else "", own]))
    return "/".join(filter(None, (product.name, entry.role, subject.item)))


# -- what is known later -----------------------------------------------------------------------------------------------


def _completion(context: PlanContext, leaves: Sequence[Leaf], complete: Completion | None) -> Completion | None:
    """What is to be done once the numbers of pages are known: by the product's planner, and where languages take turns
    and one runs longer.
    """
    if not context.bilingual.is_interleaved or not any(MORE_PAGES in leaf.data for leaf in leaves):
        return complete
    return lambda made: complete(made.with_leaves(_evened(made))) if complete else _evened(made)


def _evened(made: Plan) -> list[Leaf]:
    """The leaves, the shorter language with as many pages to write on as the longer one has more, where its template
    has them: there would be blank pages otherwise.
    """
    longest: dict[str, int] = {}
    for leaf in made.leaves:
        longest[leaf.group_name] = max(leaf.pages, longest.get(leaf.group_name, 0))

    def completed(leaf: Leaf) -> Leaf:
        more = longest[leaf.group_name] - leaf.pages if MORE_PAGES in leaf.data and leaf.pages else 0
        data = {**leaf.data, MORE_PAGES: more}
        return replace(leaf, data=data, pages=leaf.pages + more, is_counted=False) if more else leaf

    return [completed(leaf) for leaf in made.leaves]
