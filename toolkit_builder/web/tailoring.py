"""Tailor: a partnership's own words, logo and colours, in all languages side by side, with its pages beside them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, redirect, request, send_file, url_for
from flask import g as request_globals
from werkzeug.wrappers import Response as AnyResponse

from toolkit_builder.adding.partnership import HEAD, MORE
from toolkit_builder.adding.yaml_text import texts
from toolkit_builder.catalogue.characters import composed
from toolkit_builder.catalogue.colours import as_hex, contrast
from toolkit_builder.documents.edition_options import EditionOptions
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.sheet_options import NO_SHEETS, USUAL_SHEETS, SheetOptions
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.colours import USES as COLOUR_USES
from toolkit_builder.partnerships.ids import id_from_names
from toolkit_builder.products.parts import GRID
from toolkit_builder.request import Request
from toolkit_builder.web.choice import Choice
from toolkit_builder.web.drafts import PartnershipDraft
from toolkit_builder.web.jobs import BusyError, Job
from toolkit_builder.web.pages import choice, page, pages, plain, reading, session, site, words
from toolkit_builder.web.partnership_choices import EDITION, SELECTION, in_words, kept_as, shown
from toolkit_builder.web.partnership_form import Values, form_sent
from toolkit_builder.web.seeing import about
from toolkit_builder.web.warming import PREVIEWS, warm_up
from toolkit_builder.web.whose import desk, kept_choice, shelf

FIRST_WAIT = 6.0
"""Seconds that a page without script waits for its pictures; then a link leads to them."""
LOGO = "logo.file"
SHEETS = "sheets"
KEEP = "keep_choice"
"""The tick that keeps the choice of the address with the partnership."""


@dataclass(frozen=True)
class Said:
    """A fault in the words of the page; `rest`: what the tool says of it, where the page has no words for that.
    `nearest`: a colour that would do.
    """

    text: str
    rest: str = ""
    nearest: str = ""
    is_error: bool = True


@pages.get("/tailor")
def tailor() -> str:
    """The partnerships that there are, and a form for a new one."""
    warm_up()
    return _list()


@pages.post("/tailor")
def begin() -> AnyResponse | tuple[str, int]:
    """Begin a new partnership: its name, from which its id is made."""
    languages = reading().catalogue.framework.language_ids
    names = {each: composed(" ".join(request.form.get(f"name.{each}", "").split())) for each in languages}
    partnership = id_from_names(names, languages)
    if not partnership:
        return _list("tailor.no_name", names), 422
    text = "\n".join([HEAD, *texts("name", names, languages), MORE])
    if not desk().begun(partnership, text):
        return _list("tailor.taken", names), 422
    return redirect(_address(partnership), 303)


@pages.get("/tailor/<key>")
def partnership(key: str) -> str:
    """The form of a partnership, as its file has it now."""
    if key not in shelf().files:
        abort(404)
    return _form(desk().opened(key), saved="saved" in request.args)


@pages.post("/tailor/<key>")
def change(key: str) -> AnyResponse | str | tuple[str, int]:
    """Look at a partnership as the form has it, or keep it."""
    if key not in shelf().files:
        abort(404)
    sent, at = form_sent(request.form), desk()
    fields = {language: f"logo.{language}" if language else "logo" for language in ("", *at.form.languages)}
    logos = {language: request.files[field].read() for language, field in fields.items() if field in request.files}
    if sent.get("do") == "afresh":
        at.forget(key)
        return redirect(_address(key), 303)
    wants_to_save = sent.get("do") in ("save", "take")
    if wants_to_save and KEEP in sent:
        sent |= _choice_kept(key, sent)
    draft = at.changed(key, sent, logos)
    if sent.get("do") == "keep":  # somebody goes to another page
        return Response(status=204)
    if wants_to_save and not draft.errors and not draft.is_behind:
        before = kept_choice(key).pairs
        if at.save(draft):
            # what is kept from now on is not to be covered by what the address asked for before
            chosen = choice() if kept_choice(key).pairs == before else kept_choice(key)
            return redirect(_take_address(key, chosen) if sent["do"] == "take" else _saved_address(key, chosen), 303)
        draft = at.changed(key, sent)
    if draft.errors:
        return _form(draft, wants_to_save=wants_to_save), 422
    return _form(draft, job=_preview(draft), wait="with-script" not in sent)


def _choice_kept(key: str, sent: Mapping[str, str]) -> Values:
    """The choice of the address, for the partnership to keep; nothing if its own was changed on the form by hand."""
    was = kept_as(reading(), kept_choice(key).filters)
    is_changed = any(sent.get(name, value) != value for name, value in was.items())
    return {} if is_changed else kept_as(reading(), choice().filters)


@pages.get("/tailor/<key>/file")
def partnership_file(key: str) -> Response:
    """The file of a partnership, as the command takes it."""
    if key not in shelf().files:
        abort(404)
    return send_file(shelf().files[key], as_attachment=True, download_name=f"{key}.yaml", mimetype="application/yaml")


@pages.get("/tailor/<key>/logo/<logo_language>")
def logo(key: str, logo_language: str) -> Response:
    """The logo of a draft, as it is printed."""
    at = desk()
    path = at.folder / "draft" / key / f"{key}.yaml" if key in shelf().files else None
    if path is None or not path.exists():
        abort(404)
    found = reading().partnerships.load(str(path)).logos.get(logo_language)
    if found is None:
        abort(404)
    return Response(found.data, mimetype="image/svg+xml" if found.kind == "svg" else "image/png")


def product_in_view(products: Mapping[str, Product]) -> str:
    """The product that is shown: the one asked for, or the one that has more of a partnership than its file can say;
    empty if there is none at all.
    """
    usual = [name for name, product in products.items() if product.file.planner]
    return request.form.get("view", next(iter([*usual, *products]), ""))


def _views(products: Mapping[str, Product]) -> dict[str, tuple[Product, bool]]:
    """What can be shown, and whether it is the sheets of a product that is cut, with their marks."""
    found: dict[str, tuple[Product, bool]] = {}
    for name, product in products.items():
        if product.file.made_by:
            found[name] = product, False
            if product.file.sheets == GRID:
                found[f"{name}.{SHEETS}"] = product, True
    return found


def wait_for(job: Job) -> None:
    """Wait a little for the pages that a job makes, for browsers without script."""
    version = -1
    for _ in range(int(FIRST_WAIT)):
        site().queue.wait(job, version, 1)
        version = job.version
        if job.is_over:
            break


def _preview(draft: PartnershipDraft) -> Job | str:
    """The job that makes the pages of a draft; a phrase of the page, if there is no room for it."""
    table = reading().products.sound
    view = product_in_view(table)
    name, _, of_it = view.partition(".")
    if view not in _views(table):
        abort(400)
    asked = Request(
        reading().project,
        (name,),
        choice().filters,
        EditionOptions(),
        str(draft.path),
        session().place(PREVIEWS, secrets.token_hex(8)),
        sheets=SheetOptions(NO_SHEETS) if table[name].file.sheets == GRID and not of_it else USUAL_SHEETS,
    )
    try:
        about_it: dict[str, Any] = {"causes": _causes(draft), "subjects": dict(_subjects(draft))}
        job = Job(asked, session().key, is_preview=True, is_of_sheets=bool(of_it), **about_it)
        return site().queue.submit(job)
    except BusyError as error:
        return "take.busy_own" if error.own else "take.busy"


def _causes(draft: PartnershipDraft) -> dict[str, str]:
    """The fields of the form, by the texts of the partnership's file that a fault of a page may be about."""
    file, found = reading().project.file(draft.path), {}
    for name, value in draft.values.items():
        if value:
            place, _, language = name.rpartition(".")
            lines = range(value.count("\n") + 1)
            for key in (name, *(f"{place}[{number + 1}].{language}" for number in lines)):
                found[f"{file}#{key}"] = f"#{name}"
    pages = desk().pages.causes(draft.path.read_text("utf-8"), draft.values)
    return found | {f"{file}#{where}": f"#{name}" for where, name in pages}


def _subjects(draft: PartnershipDraft) -> Iterator[tuple[str, tuple[str, str]]]:
    """By the names of fields: what each says, and the title of the card or page that it is said of, in its language."""
    languages = desk().form.languages
    titles = {action.code: action.title.as_dict() for action in reading().catalogue}
    fields = {name: field for field in desk().form.fields() for name in field.names(languages)}
    for name, value in draft.values.items():
        kind, _, of_what = name.partition(".")
        last = name.rpartition(".")[2]
        language = last if last in languages else languages[0]
        of_what = of_what.partition(".")[0]
        title = draft.values.get(f"pages.{of_what}.title.{language}", "") if kind == "pages" else ""
        title = titles[of_what][language] if kind == "actions" else title
        is_text = name not in fields or fields[name].kind in ("line", "text", "lines", "email")
        yield name, (value if is_text else "", title)


def _list(wrong: str = "", names: dict[str, str] | None = None) -> str:
    return page(
        "tailor.html",
        step="tailor",
        choice=choice(),
        partnerships=shelf().names(),
        wrong=wrong,
        names=names or {},
        is_own=site().library.is_own,
    )


def _form(
    draft: PartnershipDraft,
    *,
    saved: bool = False,
    wants_to_save: bool = False,
    job: Job | str | None = None,
    wait: bool = False,
) -> str:
    form = desk().form
    if isinstance(job, Job) and wait:
        wait_for(job)
    told: dict[str, list[Said]] = {}
    of_page = partial(desk().pages.name_of, draft.path.read_text("utf-8"))
    for fault in draft.faults:
        of_logos = {LOGO, *(f"{LOGO}.{language}" for language in form.languages)}
        name = fault.where if fault.where in of_logos else form.name_of(fault) or of_page(draft.values, fault)
        told.setdefault(name, []).append(_said(fault))
    if isinstance(job, Job) and job.is_over:
        for fault in job.faults:
            if cause := job.cause(fault):
                told.setdefault(cause[1:], []).append(Said(words()("tailor.fault_page"), fault.message))
    products = reading().products.sound
    asked, kept = choice(), kept_choice(draft.id)
    chosen = asked if asked.pairs else kept
    return page(
        "partnership.html",
        step="tailor",
        choice=chosen,
        chosen_in_words=in_words(reading(), words(), chosen),
        is_kept=not asked.pairs,
        may_keep=chosen.codes != kept.codes,
        is_to_keep=request.method == "GET" or KEEP in request.form,
        draft=draft,
        form=form,
        own_choice=shown(reading(), words(), SELECTION),
        own_products=shown(reading(), words(), "products"),
        own_look=[*shown(reading(), words(), EDITION), *shown(reading(), words(), "sheets")],
        told_of=told,
        saved=saved,
        wants_to_save=wants_to_save,
        whom=draft.id,
        first_fault=next((name for name in draft.values if any(each.is_error for each in told.get(name, []))), ""),
        actions=[action for action in reading().catalogue if action.code in chosen.codes],
        has_local={code for code in form.codes if any(draft.values[name] for name in form.names_of_action(code))},
        views=_views(products),
        view=product_in_view(products),
        labels=reading().catalogue.labels.get("product", {}),
        ratios=_ratios(draft),
        swatches={name: as_hex(value) for name, value in draft.values.items() if name.startswith("colours.")},
        own_pages=desk().pages.ids(draft.values),
        page_places=_page_places(),
        logos=_logos(draft),
        busy=job if isinstance(job, str) else "",
        is_own=site().library.is_own,
        plain=plain,
        **(about(job) if isinstance(job, Job) else {"job": None, "cards_taken": {}}),
    )


def _said(fault: Fault) -> Said:
    """A fault in the words of the page, as far as it has some."""
    say, message = words(), fault.message
    is_error = fault.severity == "error"
    if message.startswith(("missing", "is empty")):
        return Said(say("tailor.fault_missing"))
    if nearest := re.search(r"nearest colour that passes is (#[0-9a-f]{6})", message):
        return Said(say("tailor.fault_contrast", nearest=nearest[1]), nearest=nearest[1])
    if fault.where.startswith("colours.") and not is_error:
        return Said(say("tailor.doubt_like"), is_error=False)
    for sign, key in _SIGNS:
        if sign in message:
            return Said(say(key), is_error=is_error)
    key = "tailor.fault_logo" if fault.where.startswith("logo") else "tailor.fault_other"
    key = key if is_error else "tailor.doubt_other"
    return Said(say(key), str(fault) if not fault.where else message, is_error=is_error)


_SIGNS = (
    ("is no SVG", "tailor.fault_no_picture"),
    ("name@example.org", "tailor.fault_email"),
    ("web address", "tailor.fault_web"),
    ("no date", "tailor.fault_date"),
    ("a colour such as", "tailor.fault_colour"),
    ("no inks;", "tailor.fault_inks"),
    ("whole number", "tailor.fault_number"),
    ("write 1 or more", "tailor.fault_number"),
    ("is the place of", "tailor.fault_order"),
    ("a telephone number", "tailor.fault_telephone"),
)
"""What the tool's messages have in them, and what the page says in their place."""


def _ratios(draft: PartnershipDraft) -> dict[str, tuple[str, str]]:
    """The contrast of each colour with white, and the least that there may be, by the name of its field."""
    found = {}
    for use in COLOUR_USES:
        colour = as_hex(draft.values[f"colours.{use.colour}"])
        if colour:
            reached = int(contrast(colour, use.against) * 10) / 10
            found[f"colours.{use.colour}"] = f"{reached:.1f}", f"{use.least:g}"
    return found


def _page_places() -> dict[str, str]:
    """Where a page of one's own may stand, in words."""
    framework, say = reading().catalogue.framework, words()
    found = {}
    for place in desk().pages.places:
        side, _, category = place.partition(" ")
        title = plain(framework.category(category).title)
        found[place] = say(f"tailor.{side}_category", title=title)
    return found


def _logos(draft: PartnershipDraft) -> list[str]:
    """The languages whose logos are shown: one of those in which it is the same."""
    if draft.errors:
        return []
    found = reading().partnerships.load(str(draft.path)).logos
    return list({logo.data: language for language, logo in reversed([*found.items()])}.values())[::-1]


def _take_address(key: str, chosen: Choice) -> str:
    """The address of Take away for a partnership, with the cards that are chosen."""
    pairs = [("partnership", key), *chosen.pairs]
    return f"{url_for('pages.take', language=request_globals.language)}?{urlencode(pairs)}"


def _address(key: str) -> str:
    """The address of a partnership's form, with the cards that are chosen."""
    address = url_for("pages.partnership", language=request_globals.language, key=key)
    return f"{address}?{choice().query}" if choice().query else address


def _saved_address(key: str, chosen: Choice) -> str:
    """The same once it is saved."""
    pairs = [*chosen.pairs, ("saved", "yes")]
    return f"{url_for('pages.partnership', language=request_globals.language, key=key)}?{urlencode(pairs)}"
