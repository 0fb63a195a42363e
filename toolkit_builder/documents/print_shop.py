"""What a print shop asks for, settled: a preset of `content/shops/`, with what somebody asked for besides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.documents.paper import Size

USUAL_SHOP = "alternating"
"""The preset that is taken if none is named."""
PRINT_SHOP = "print-shop"
"""How names of files say that they are for one."""
ALTERNATING, BACKS_FIRST, FRONTS_THEN_BACKS, TWO_FILES = "alternating", "backs-first", "fronts-then-backs", "two-files"
ORDERS = (ALTERNATING, BACKS_FIRST, FRONTS_THEN_BACKS, TWO_FILES)
"""How the sides of cards follow one another: front, back, front, back; back, front, back, front; all fronts, then all
backs; a file of all fronts and one of all backs.
"""
WHOLE, FRONTS, BACKS, REPORT, PROOF = "", "fronts", "backs", "report", "proof"
"""The files that a shop gets: one, or one of each side of its cards, and what it is told of them; the proof that its
client signs.
"""
WORDS = (
    *("report", "count", "trim", "bleed", "each_side", "marks", "crop_marks", "none", "languages", "fonts"),
    *("order", "alternating", "backs_first", "fronts_then_backs", "two_files", "front", "back", "page", "pages"),
    *("standard", "tagged", "condition", "unregistered", "profile", "inks", "spots", "overprint"),
    *("black", "black_alone", "most_ink", "limit", "type_in_inks", "line_in_inks", "nearest", "safe_zone"),
    *("look_at", "near", "coarse", "fine", "approval", "trim_line", "cut_off", "die_line"),
)
"""The labels (`print_shop`) of what a shop and its client are told."""
CUT, CREASE = "CutContour", "Crease"
DIE_LINES = {CUT: "#ff00fe", CREASE: "#00fffe"}
"""Where a die cuts and creases a sheet: the names of their spot colours, and the colours of the screen that layouts
draw them in for a print shop, which mean nothing else.
"""
NO_MARKS, CROP_MARKS = "none", "crop"
MARKS = (NO_MARKS, CROP_MARKS)


@dataclass(frozen=True)
class ShopOptions:
    """What somebody asks for who has something printed by a shop. `shop`: the name of a preset; `profile`: the shop's
    own, a file; `proof`: with a proof to be signed.
    """

    shop: str = USUAL_SHOP
    profile: Path | None = None
    proof: bool = False


@dataclass(frozen=True)
class PrintShop:
    """A print shop.

    `bleed`: how far artwork runs on beyond the edge of a page, in mm; `safe_zone`: how far type keeps from that edge,
    in mm; `order`: one of `ORDERS`; `marks`: one of `MARKS`; `most_ink`: all inks at one place, in percent; `trim`: the
    sizes that it cuts, in mm, or none if it cuts any. `profile`: the file of the output profile, `digest` the hash of
    its bytes, `condition` what its printing condition is called (empty: as the profile says). `own_profile`: the name
    of the file if it is not the preset's. `inks`: colours (`#rrggbb`) that are printed in inks of their own, each from
    0 to 1. `proof`: with a proof to be signed.
    """

    name: str
    bleed: float
    safe_zone: float
    order: str
    marks: str
    most_ink: float
    trim: tuple[Size, ...]
    profile: Path
    digest: str
    condition: str = ""
    own_profile: str = ""
    inks: tuple[tuple[str, tuple[float, float, float, float]], ...] = ()
    proof: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What the names of files say of it."""
        unusual = [self.name] if self.name != USUAL_SHOP else []
        return (PRINT_SHOP, *unusual, *([self.own_profile] if self.own_profile else []))

    def facts(self) -> tuple[object, ...]:
        """All that shapes a file, and nothing of where the profile lies."""
        sizes = (self.bleed, self.safe_zone, self.order, self.marks, self.most_ink, self.trim)
        return (self.name, *sizes, self.digest, self.condition, self.inks)

    def parts(self, *, is_paired: bool) -> tuple[str, ...]:
        """Which files a document is made into: what has no backs (`is_paired`) is one file in any order."""
        printed = (FRONTS, BACKS) if is_paired and self.order == TWO_FILES else (WHOLE,)
        return (*printed, REPORT, *((PROOF,) if self.proof else ()))
