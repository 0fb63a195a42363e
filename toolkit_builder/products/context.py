"""What a plan is made for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.layouts import LAYOUTS, BilingualLayout, Edition
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.documents.product import Product

if TYPE_CHECKING:  # slow to import, and not needed without a partnership
    from toolkit_builder.partnerships.model import Partnership

LeafSet = tuple[Leaf, ...]
"""Leaves that stand at one place of a document: one in each language, or one in all."""


@dataclass(frozen=True)
class PlanContext:
    """The product, what was selected, how it is set, the name of its bilingual layout, and for whom it is tailored."""

    product: Product
    selection: Selection
    edition: Edition
    layout: str
    partnership: Partnership | None = None
    marks: dict[tuple[str, ...], Leaf | None] = field(default_factory=dict)
    """What `tailoring.named` prints on leaves in these languages: one leaf for all of them."""

    @property
    def bilingual(self) -> BilingualLayout:
        return LAYOUTS[self.layout]

    @property
    def is_turned(self) -> bool:
        """Whether it has halves, of which print sheets turn the second."""
        return self.bilingual.has_halves and self.edition.is_bilingual
