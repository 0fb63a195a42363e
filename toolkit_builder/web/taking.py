"""Take away: which products, how they are set and printed, for whom; and what was made before."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

import yaml
from flask import abort, redirect, request, url_for
from flask import g as request_globals
from werkzeug.wrappers import Response

from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.documents.card_sizes import CARD_SIZES
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.reading_options import GRADES
from toolkit_builder.documents.sheet_options import MARKS, SHEET_PAPER, SIDES
from toolkit_builder.products.toolkit import LEAST_MAP
from toolkit_builder.regular_files import UnreadableFileError, read_regular
from toolkit_builder.web.jobs import BusyError, Job
from toolkit_builder.web.orders import (
    BETWEEN,
    MOST_COPIES,
    PAGED,
    PAIRS,
    USES,
    ForgedError,
    NothingError,
    OrderForm,
    order_of,
    shops,
    usual_products,
)
from toolkit_builder.web.pages import choice, page, pages, reading, session, site, words
from toolkit_builder.web.partnership_choices import deck_called, decks_of
from toolkit_builder.web.seeing import asked_for
from toolkit_builder.web.whose import codes_of_pack, desk, shelf

MADE = "made"


@pages.get("/take")
def take() -> str:
    return _form(_asked())


@pages.post("/take")
def order() -> Response | tuple[str, int]:
    asked, chosen = _asked(), choice()
    if request.form.get("do") == "show":  # the same form in another language
        return _form(asked), 200
    if chosen.selection is None:
        return _form(asked, wrong="choose.none"), 422
    if asked.wrong:
        return _form(asked, wrong="take.look_at_fields"), 422
    output = session().place(MADE, secrets.token_hex(8))
    file = shelf().files[asked.partnership] if asked.partnership else None
    try:
        job = Job(asked.request(reading(), chosen.filters, output, file), session().key, query=_query())
        site().queue.submit(job)
    except NothingError as error:
        return _form(asked, wrong=f"take.{error.why}"), 422
    except BusyError as error:
        return _form(asked, wrong="take.busy_own" if error.own else "take.busy"), 503
    return redirect(url_for("pages.job", language=request_globals.language, key=job.key), 303)


def _asked() -> OrderForm:
    try:
        usual = _own_products(request.values.get("partnership", "")) or usual_products(reading())
        return order_of(reading(), request.values, tuple(shelf().files), usual)
    except ForgedError:
        abort(400)


def _own_products(partnership: str) -> tuple[str, ...]:
    """The products that a partnership lists; none if it lists none, or cannot be read."""
    file = shelf().files.get(partnership)
    try:
        values = desk().form.values(read_regular(file, MAXIMUM_BYTES).decode("utf-8")) if file else {}
    except (UnreadableFileError, UnicodeDecodeError, yaml.YAMLError):
        return ()
    return tuple(name for name in values.get("products", "").split() if name in reading().products.sound)


def _query() -> str:
    """What the form was sent with, so that it can be opened again as it was."""
    return urlencode(list(request.form.items(multi=True)))


def _form(asked: OrderForm, wrong: str = "") -> str:
    labels = reading().catalogue.labels.get("product", {})
    return page(
        "take.html",
        step="take",
        choice=choice(),
        in_pack=codes_of_pack(choice(), asked.partnership),
        order=asked,
        wrong=wrong,
        products=reading().products.sound,
        usual=usual_products(reading()),
        labels=labels,
        layouts=LAYOUTS,
        sizes=CARD_SIZES,
        papers=SHEET_PAPER,
        all_sides=SIDES,
        all_marks=MARKS,
        pairs=PAIRS,
        grades=GRADES,
        between=BETWEEN,
        decks={name: deck_called(name, words()) for name in decks_of(reading().products.sound)},
        uses=PAGED,
        without_pages={form: reading().products.coming_as(form) for form in USES if form not in PAGED},
        shops=shops(reading()),
        least_map=LEAST_MAP,
        most_copies=MOST_COPIES,
        partnerships=shelf().names(),
        before=site().queue.of(session().key),
        asked_for=asked_for,
        whom=asked.partnership,
        unsaved=bool(asked.partnership) and desk().is_pending(asked.partnership),
    )
