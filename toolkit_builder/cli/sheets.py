"""How cards lie on sheets, as it is typed; and `calibrate`, which measures a printer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import NamedPath
from toolkit_builder.documents.print_shop import PRINT_SHOP, USUAL_SHOP, ShopOptions
from toolkit_builder.documents.sheet_options import (
    BOOKLET,
    LONG_EDGE,
    MARKS,
    SHEET_PAPER,
    SHORT_EDGE,
    TWO_UP,
    Measures,
    Offset,
    SheetOptions,
)
from toolkit_builder.errors import UsageError

MOST_COPIES = 500


def sheet_options(options: dict[str, Any]) -> SheetOptions:
    """What the options of `cli.options.sheet_choices` ask for.

    Raises UsageError for copies that are none, and for a printer that was not measured.
    """
    usual = SheetOptions()
    copies, own_copies = _copies(options["copies"])
    bleed = options["bleed"] or 0.0
    asked = SheetOptions(
        options["sheet"] or usual.paper,
        options["sides"] or usual.sides,
        None if options["gap"] == 2 * bleed else options["gap"],
        options["order"] or usual.order,
        copies,
        own_copies,
        usual.marks if options["marks"] is None else _marks(options["marks"]),
        pages=_pages(options),
        weight=(options["paper_weight"] or 0) if options["booklet"] else 0,
        bleed=bleed,
        fill=options["fill"] or usual.fill,
    )
    if not options["printer"]:
        return asked
    from toolkit_builder.printers import printer  # it reads a file

    return replace(asked, printer=printer(options["printer"], asked))


def shop_options(options: dict[str, Any]) -> ShopOptions | None:
    """The print shop that the same options ask for, if they do.

    Raises UsageError for what is said of a shop that nothing is made for.
    """
    if not options["made_for"]:
        for name in ("shop", "profile", "proof"):
            if options[name]:
                raise UsageError(f"--{name} is for a print shop: say --for {PRINT_SHOP} too.")
        return None
    return ShopOptions(options["shop"] or USUAL_SHOP, options["profile"], options["proof"])


def _marks(typed: str) -> tuple[str, ...]:
    """The marks that are asked for, in one order."""
    asked = [word.strip() for word in typed.split(",")]
    if asked in (["all"], ["none"]):
        return MARKS if asked == ["all"] else ()
    for word in asked:
        if word not in MARKS:
            raise UsageError(f"--marks {typed}: no mark “{word}”. There are: {', '.join(MARKS)}; or all, or none.")
    return tuple(mark for mark in MARKS if mark in asked)


def _pages(options: dict[str, Any]) -> str:
    """How two pages lie on a side."""
    if options["booklet"] and options["two_up"]:
        raise UsageError("--booklet folds its sheets and --two-up does not: leave one out.")
    return BOOKLET if options["booklet"] else TWO_UP if options["two_up"] else ""


def _copies(typed: tuple[str, ...]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """So many decks, and of some cards another number in each."""
    decks, own = 1, {}
    for value in typed:
        code, is_card, number = value.rpartition("=")
        if not re.fullmatch(r"[0-9]{1,4}", number) or (is_card and not code):
            raise UsageError(f"--copies {value}: write a number of decks (3), or of a card (SP1=3).")
        count = int(number)
        if count > MOST_COPIES or (not is_card and count < 1):
            raise UsageError(f"--copies {value}: from {0 if is_card else 1} to {MOST_COPIES}.")
        if is_card:
            own[code] = count
        else:
            decks = count
    return decks, tuple(sorted(own.items()))


class _OffsetType(click.ParamType):  # type: ignore[type-arg]
    """Millimetres to the right and up, and degrees against the clock if there are any: `1.5,-0.8,0.1`."""

    name = "offset"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Offset:
        if isinstance(value, Offset):
            return value
        parts = str(value).split(",")
        if len(parts) not in (2, 3) or not all(re.fullmatch(r"\s*[+-]?[0-9]+(\.[0-9]+)?\s*", part) for part in parts):
            self.fail(f"“{value}” is none; write millimetres to the right and up, such as 1.5,-0.8", param, ctx)
        return Offset(*map(float, parts))


@click.command(cls=Command)
@click.option("--sheet", type=click.Choice([*SHEET_PAPER]), default="a4", show_default=True, help="The paper.")
@click.option(
    "--sides",
    type=click.Choice([LONG_EDGE, SHORT_EDGE]),
    default=LONG_EDGE,
    show_default=True,
    help="Over which edge the printer turns it.",
)
@click.option("--across", is_flag=True, help="For cards whose sheet lies across, such as A6 on A3.")
@click.option("--printer", metavar="NAME", help="Remember what was measured, under a name of your own.")
@click.option("--back-offset", type=_OffsetType(), metavar="X,Y[,DEG]", help="Where the back's cross stands, in mm.")
@click.option(
    "--front-offset", type=_OffsetType(), metavar="X,Y[,DEG]", help="How far the front is shifted on the paper, in mm."
)
@click.option(
    "--output",
    type=NamedPath(path_type=Path),
    metavar="FILE",
    help="The sheet to print.  [default: calibration.PAPER.pdf]",
)
@click.option("--force", is_flag=True, help="Write the sheet over one that is there.")
def calibrate(
    *,
    sheet: str,
    sides: str,
    across: bool,
    printer: str | None,
    back_offset: Offset | None,
    front_offset: Offset | None,
    output: Path | None,
    force: bool,
) -> None:
    """Measure how a printer shifts backs, once: make a sheet to print and read, then remember what was read.

    First without --printer: print calibration.a4.pdf on both sides at 100%, and hold it against the light. Then type
    what is read: calibrate --printer Swyddfa --back-offset 1.5,-0.8. From then on: cards --printer Swyddfa.
    """
    options = SheetOptions(sheet, sides)
    if printer:
        if back_offset is None and front_offset is None:
            raise UsageError("--printer remembers what was measured: give --back-offset, --front-offset or both.")
        measures = Measures(front_offset or Offset(), back_offset or Offset())
        _remember(printer, options, measures, across=across)
        return
    if back_offset or front_offset:
        raise UsageError("What was measured is remembered under a name: give --printer NAME too.")
    from toolkit_builder.atomic_files import put_new
    from toolkit_builder.press.imposition.calibration import calibration_sheet

    path = output or Path(f"calibration.{sheet}{'.across' if across else ''}.pdf")
    put_new(path, calibration_sheet(options, across=across), force=force)
    click.echo(f"{path}: print it on both sides, {sides}, at 100%, and hold it against the light")


def _remember(printer: str, options: SheetOptions, measures: Measures, *, across: bool) -> None:
    from toolkit_builder.printers import remember

    where = remember(printer, options, measures, across=across)
    lying = "across" if across else "upright"
    click.echo(f"“{printer}” is remembered with {options.paper} {lying}, {options.sides}, in {where}")
