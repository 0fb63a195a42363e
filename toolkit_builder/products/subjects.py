"""What leaves are about: once for all, or one leaf for each category, action or step of a scale (`for`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit_builder.catalogue.model import Action, ScaleColumn, Text
from toolkit_builder.documents.product_values import ACTION, CATEGORY, FIRST_SCALE, LOCAL, ONCE
from toolkit_builder.products import parts
from toolkit_builder.products.context import PlanContext


@dataclass(frozen=True)
class Subject:
    """What one leaf is about.

    `actions`: those that it covers. `item`: its id, as the leaf's name has it; `prefix`: what goes before the ids of
    subjects within it, which may come up in several. `title`, after `code`, is its bookmark; what stands once has none.
    """

    actions: tuple[Action, ...]
    item: str = ""
    prefix: str = ""
    title: Text | None = None
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def titles(self, languages: Sequence[str], title: Text) -> tuple[str, ...]:
        """What it is called in each language, its code before the first: `SP1 Teitl`, `Title`."""
        first, *others = (title[language] for language in languages)
        return (f"{self.code} {first}" if self.code else first, *others)


def subjects(kind: str, within: Subject, context: PlanContext, times: int = 1) -> Iterator[Subject]:
    """What leaves of this kind are about, within what is around them; with `times`, one subject so often, numbered."""
    if times > 1:
        for once in subjects(kind, within, context):
            yield from _numbered(once, times)
        return
    find = _FINDERS.get(kind)
    yield from find(within, context) if find else _steps(within, context.selection.catalogue.framework.column(kind))


def _once(within: Subject, _: PlanContext) -> Iterator[Subject]:
    yield replace(within, title=None, code="", data={})


def _numbered(once: Subject, times: int) -> Iterator[Subject]:
    """What stands several times, with its number, which its bookmark begins with."""
    for number in range(1, times + 1):
        item = f"{once.item}{'-' if once.item else ''}{number}"
        yield replace(once, item=item, prefix=f"{item}/", code=str(number), data={**once.data, "number": number})


def _categories(within: Subject, context: PlanContext) -> Iterator[Subject]:
    for category, actions in parts.by_category(context.selection, within.actions):
        item = within.prefix + category.id
        data = {"category": category, "actions": tuple(actions)}
        yield replace(within, actions=tuple(actions), item=item, title=category.title, data=data)


def _actions(within: Subject, context: PlanContext) -> Iterator[Subject]:
    for action in within.actions:
        data = parts.action_data(context.selection, action)
        item = within.prefix + action.code
        yield replace(within, actions=(action,), item=item, title=action.title, code=action.code, data=data)


def _local(within: Subject, context: PlanContext) -> Iterator[Subject]:
    """The action around it, if a partnership says something of it."""
    local = context.partnership.local_to(within.data["action"].code) if context.partnership else None
    if context.partnership and local:
        data = {"local": local, "local_of": context.partnership.short_name}
        yield replace(within, data={**within.data, **data})


def _first_scale(within: Subject, context: PlanContext) -> Iterator[Subject]:
    """The steps of the framework's first scale; nothing if it has none."""
    for scale in context.selection.catalogue.framework.scales[:1]:
        yield from _steps(within, scale)


def _steps(within: Subject, scale: Any) -> Iterator[Subject]:
    assert isinstance(scale, ScaleColumn)  # noqa: S101  (for the type checker; checks of products see to it)
    for step in scale.steps:
        actions = tuple(action for action in within.actions if step.id in action.rating(scale.id).steps)
        if actions:
            item = f"{within.prefix}{scale.id}-{step.id}"
            data = {"scale": scale, "step": step, "actions": actions}
            yield replace(within, actions=actions, item=item, prefix=f"{item}/", title=step.label, data=data)


_FINDERS: Mapping[str, Callable[[Subject, PlanContext], Iterator[Subject]]] = {
    ONCE: _once,
    CATEGORY: _categories,
    ACTION: _actions,
    LOCAL: _local,
    FIRST_SCALE: _first_scale,
}
