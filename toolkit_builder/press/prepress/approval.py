"""The page of a proof that a client signs: what is to be printed, what the lines on its pages are, and a form."""

from __future__ import annotations

from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.paper import PAPER
from toolkit_builder.documents.plan import Leaf, Plan

PRODUCT = "approval"
"""What its style sheet is called after."""
SIZES, LARGE_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0), (18.0, 16.0, 14.0, 12.0)
"""In pt; of a proof of large print, those before."""


def approval_page(plan: Plan) -> Plan:
    """A plan of the page alone, for a numbered plan that is for a print shop."""
    shop, words = plan.print_shop, plan.shop_words
    facts = {"of_size": plan.page, "count": len(list(plan.numbers())), "title": words["document"]}
    if shop:
        facts |= {"bleed": shop.bleed, "safe_zone": shop.safe_zone}
    leaf = Leaf(
        name=PRODUCT,
        layout="proof/approval.html",
        languages=plan.languages,
        bookmark=" / ".join(words["approval"][language] for language in plan.languages),
        data=facts,
        sizes=LARGE_SIZES + SIZES if plan.large_print else SIZES,
        edition=Edition(plan.languages, fillable=True),
    )
    return Plan(
        product=PRODUCT,
        languages=plan.languages,
        title=plan.title,
        subject=plan.subject,
        author=plan.author,
        keywords=(),
        leaves=(leaf,),
        actions=(),
        layout=plan.layout,
        page=PAPER["a4"],
        fillable=True,
    )
