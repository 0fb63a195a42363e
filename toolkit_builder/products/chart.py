"""How actions are placed in a chart by the framework's scales: each once, whatever the scales are.

Of one scale an action's steps are a bar, another puts the rows into sections, and further ones are columns of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit_builder.catalogue.model import Action, Framework, Rating, ScaleColumn, Text

Scale = ScaleColumn[Text]


@dataclass(frozen=True)
class Chart:
    """`across`: the scale whose steps are columns for bars. `sections`: a value on the scale `down` that actions share,
    and these actions. Without a second scale there are no sections, without any no bars.
    """

    across: Scale | None
    down: Scale | None
    others: tuple[Scale, ...]
    sections: tuple[tuple[Rating, tuple[Action, ...]], ...]


def chart(framework: Framework[Text], actions: Sequence[Action]) -> Chart:
    """The chart of these actions.

    Runs are for the first scale of which an action may suit several steps; sections for the first other one of which it
    may not, so that no action belongs to two. Where there is no such scale, the first that is left is taken.
    """
    across = _first(framework.scales, several=True)
    rest = tuple(scale for scale in framework.scales if scale is not across)
    down = _first(rest, several=False)
    others = tuple(scale for scale in rest if scale is not down)
    return Chart(across, down, others, _sections(down, actions) if down else ())


def _first(scales: Sequence[Scale], *, several: bool) -> Scale | None:
    return next((scale for scale in scales if scale.several == several), scales[0] if scales else None)


def _sections(scale: Scale, actions: Sequence[Action]) -> tuple[tuple[Rating, tuple[Action, ...]], ...]:
    """By value, from the first step on, and last those that have none. What is provisional is not put together with
    what the source says: the section's heading says which it is.
    """
    found: dict[tuple[object, ...], list[Action]] = {}
    for action in actions:
        rating = action.rating(scale.id)
        places = tuple(scale.step_ids.index(step) for step in rating.steps)
        found.setdefault((not places, places, rating.basis), []).append(action)
    return tuple(
        (those[0].rating(scale.id), tuple(those)) for _, those in sorted(found.items(), key=lambda each: each[0])
    )
