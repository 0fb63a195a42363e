"""Many: a spreadsheet of partnerships is sent, its columns matched by looking, its faults told by cell, its packs made.

What a form says of a spreadsheet stands in the address: looking and checking change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Response, abort, redirect, request, url_for
from flask import g as request_globals
from werkzeug.wrappers import Response as AnyResponse

from toolkit_builder.batch.packs import PAGES, PackFormats
from toolkit_builder.batch.request import BatchRequest, Intended, open_batch, overview
from toolkit_builder.catalogue.model import PARTNERSHIP
from toolkit_builder.documents.reading_options import READING_FORMATS, ReadingOptions
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.template import TEMPLATES, template
from toolkit_builder.request import FileFormat
from toolkit_builder.web.cell_faults import CellFault, by_cell
from toolkit_builder.web.columns import MOST_ROWS, Sheet, TooLargeError, fields, fields_of, keys_of, sheet_of
from toolkit_builder.web.jobs import BusyError, Job, packs_of
from toolkit_builder.web.logos_sent import LogosError, keep_logos, logos_in
from toolkit_builder.web.orders import usual_products
from toolkit_builder.web.pages import page, pages, reading, session, site, words
from toolkit_builder.web.uploads import Upload, uploads
from toolkit_builder.web.whose import shelf

MOST_MEGABYTES = 2
"""Of a spreadsheet, as the page says it: a request has room for them (`safety.MOST_BYTES`)."""
MOST_TOLD = 60
"""Faults that are listed, and doubts."""
KINDS = {ending.lstrip("."): ending for ending in TEMPLATES}
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}
_COLUMN = "column-"
FORMATS: tuple[FileFormat, ...] = ("pdf", *READING_FORMATS)
"""What packs may come as."""


@dataclass(frozen=True)
class PacksForm:
    """The fields of the form: what is matched to what, what empty cells take (texts too, with `base_texts`), products
    of rows that name none, what packs come as (empty: as PDF), and `only` which of them are made (empty: all).
    """

    sheet: Sheet
    base: str
    products: tuple[str, ...]
    base_texts: bool = False
    formats: tuple[FileFormat, ...] = ()
    single_file: bool = False
    only: tuple[str, ...] = ()

    def request(
        self, upload: Upload, base: Path | None, *, only: tuple[str, ...] = (), retry_failed: bool = False
    ) -> BatchRequest:
        """What the batch is asked for. `base`: the file of the partnership that rows are laid over."""
        formats = self.formats or PAGES.formats
        return BatchRequest(
            reading().project,
            table=upload.table,
            base=str(base) if base else None,
            base_texts=self.base_texts and base is not None,
            only=only,
            formats=PackFormats(formats, ReadingOptions(single_file=self.single_file and "html" in formats)),
            products=self.products,
            matching=self.sheet.matching,
            output=upload.output,
            jobs=1,
            retry_failed=retry_failed,
        )


@dataclass(frozen=True)
class Checked:
    """What a dry run has found: packs that would be made; or faults, which keep all of them from it; and doubts."""

    packs: tuple[Intended, ...] = ()
    faults: tuple[CellFault, ...] = ()
    doubts: tuple[CellFault, ...] = ()


@pages.get("/many")
def many() -> str:
    """A spreadsheet to fill in, a place to send it, and those that were sent."""
    return _list()


@pages.post("/many")
def upload() -> AnyResponse | tuple[str, int]:
    """Take a spreadsheet, or a corrected one in the place of another."""
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    if not sent or not data:
        return _list("many.none_sent"), 422
    before = request.form.get("instead", "")
    instead = _upload(before) if before else None
    kept = uploads().keep(data, sent.filename or "", instead, _busy())
    if logos := _logos_sent():
        try:
            keep_logos(kept.folder, logos)
        except LogosError as error:
            return _list(error.what, upload=kept), 422
    asked = [("do", "check"), *_pairs()] if instead else []
    return redirect(_address(kept, asked), 303)


@pages.get("/many/template.<kind>")
def spreadsheet(kind: str) -> Response:
    """The spreadsheet to fill in, as `batch --template` writes it."""
    if kind not in KINDS:
        abort(404)
    ending = KINDS[kind]
    response = Response(template(ending, reading().project, reading().catalogue), mimetype=_TYPES[ending])
    response.headers["Content-Disposition"] = f"attachment; filename=partneriaethau-partnerships{ending}"
    return response


@pages.get("/many/<key>")
def match(key: str) -> AnyResponse | str | tuple[str, int]:
    """The columns of a spreadsheet, to be matched; and what a dry run finds, if it is to be checked."""
    found = _upload(key)
    try:
        asked = _asked(found)
    except FaultsError as error:
        return _list("many.unreadable", _by_cell(error.faults), found), 422
    except TooLargeError as error:
        return _list(error.what, upload=found), 422
    return _form(found, asked, _checked(found, asked) if request.args.get("do") == "check" else None)


@pages.post("/many/<key>")
def make_packs(key: str) -> AnyResponse | tuple[str, int]:
    """Have the packs made; with `failed`, those alone that failed before."""
    found = _upload(key)
    try:
        asked = _asked(found)
    except (FaultsError, TooLargeError):  # another was sent in its place meanwhile
        return redirect(_address(found, []), 303)
    if "only" in request.form and not asked.only:
        return _form(found, asked, _checked(found, asked), "many.none_ticked"), 422
    order = asked.request(found, _base(asked), only=asked.only, retry_failed="failed" in request.form)
    try:
        packs = packs_of(open_batch(order, partnerships=reading().partnerships))
    except (FaultsError, UsageError):  # it was not checked, or something has changed since
        return _form(found, asked, _checked(found, asked)), 422
    job = Job(order, session().key, query=urlencode(_pairs()), packs=packs)
    try:
        site().queue.submit(job)
    except BusyError as error:
        return _form(found, asked, None, "take.busy_own" if error.own else "take.busy"), 503
    return redirect(url_for("pages.job", language=request_globals.language, key=job.key), 303)


@pages.post("/many/<key>/logos")
def logos(key: str) -> AnyResponse | tuple[str, int]:
    """Take logos that cells of a spreadsheet name."""
    found = _upload(key)
    try:
        keep_logos(found.folder, _logos_sent())
    except LogosError as error:
        return _form(found, _asked(found), None, error.what), 422
    return redirect(_address(found, [("do", "check"), *_pairs()]), 303)


def _logos_sent() -> list[tuple[str, bytes]]:
    return [(file.filename, file.read()) for file in request.files.getlist("logos") if file.filename]


def _upload(key: str) -> Upload:
    known = uploads().all()
    if key not in known:
        abort(404)
    return known[key]


def _busy() -> list[Path]:
    """Where packs are being made."""
    jobs = site().queue.of(session().key, of_packs=True)
    return [job.request.output for job in jobs if not job.is_over and job.request.output]


def _asked(upload: Upload) -> PacksForm:
    """What the form says, or the headings by themselves where it says nothing yet.

    Raises FaultsError if the spreadsheet cannot be read, TooLargeError if it is larger than this page takes.
    """
    values = request.values
    row = values.get("row", "0")
    if not (row.isascii() and row.isdigit() and len(row) < 8):
        abort(400)
    sheet = sheet_of(upload.table, reading(), int(row))
    if row != "0" and sheet.matching.row != int(row):
        sheet = sheet_of(upload.table, reading())  # a corrected one has other rows
    allowed = {*_keys(), *sheet.matching.columns.values()}
    said = {name.removeprefix(_COLUMN): value for name, value in values.items() if name.startswith(_COLUMN)}
    if any(value and value not in allowed for value in said.values()):
        abort(400)
    is_same_row = values.get("of_row", row) == row  # headings of another row mean something else
    if said and is_same_row:
        numbers = {column.number for column in sheet.columns()}
        sheet = sheet.matched({number: said[str(number)] for number in numbers if said.get(str(number))})
    base, products = values.get("base", ""), tuple(values.getlist("product"))
    if (base and base not in shelf().files) or any(name not in reading().products.sound for name in products):
        abort(400)
    formats = tuple(each for each in FORMATS if each in values.getlist("format"))
    return PacksForm(
        sheet.with_logos(logos_in(upload.folder)),
        base,
        products,
        base_texts="base_texts" in values,
        formats=formats,
        single_file="single_file" in values,
        only=tuple(each for each in values.getlist("only") if re.fullmatch(PARTNERSHIP, each)),
    )


def _keys() -> set[str]:
    return keys_of(fields(reading().catalogue, "cy"), fields_of(reading().catalogue, "cy"))


def _pairs() -> list[tuple[str, str]]:
    """What the form says, for an address."""
    kept = ("row", "base", "product", "base_texts", "format", "single_file", "only")
    sent = [pair for source in (request.args, request.form) for pair in source.items(multi=True)]
    return list(dict.fromkeys(pair for pair in sent if pair[0] in kept or pair[0].startswith(_COLUMN)))


def _base(asked: PacksForm) -> Path | None:
    return shelf().files[asked.base] if asked.base else None


def _checked(upload: Upload, asked: PacksForm) -> Checked:
    """A dry run."""
    doubts: list[Fault] = []
    partnerships = reading().partnerships
    try:
        batch = open_batch(asked.request(upload, _base(asked)), doubts.append, partnerships)
        return Checked(tuple(overview(batch, partnerships)), doubts=tuple(_by_cell(doubts, asked.sheet)))
    except FaultsError as error:
        faults = [fault for fault in error.faults if fault.severity == "error"]
        doubts += [fault for fault in error.faults if fault.severity != "error"]
        return Checked(faults=tuple(_by_cell(faults, asked.sheet)), doubts=tuple(_by_cell(doubts, asked.sheet)))


def _by_cell(faults: Iterable[Fault], sheet: Sheet | None = None) -> list[CellFault]:
    return by_cell(faults, words(), Headings.of(reading().catalogue), sheet)


def _address(upload: Upload, asked: list[tuple[str, str]]) -> str:
    address = url_for("pages.match", language=request_globals.language, key=upload.key)
    return f"{address}?{urlencode(asked)}" if asked else address


def _list(wrong: str = "", faults: list[CellFault] | None = None, upload: Upload | None = None) -> str:
    return page(
        "many.html",
        step="many",
        wrong=wrong,
        faults=faults or [],
        upload=upload,
        sent=uploads().all(),
        kinds=KINDS,
        before=site().queue.of(session().key, of_packs=True),
        **_bounds(),
    )


def _bounds() -> dict[str, int]:
    return {"most_rows": MOST_ROWS, "most_megabytes": MOST_MEGABYTES, "most_told": MOST_TOLD}


def _form(upload: Upload, asked: PacksForm, checked: Checked | None, wrong: str = "") -> str:
    language = request_globals.language
    known, of_actions = fields(reading().catalogue, language), fields_of(reading().catalogue, language)
    return page(
        "match.html",
        step="many",
        upload=upload,
        asked=asked,
        columns=list(asked.sheet.columns()),
        fields=known,
        of_actions=of_actions,
        usual_keys={field.key for each in known.values() for field in each},
        all_keys=keys_of(known, of_actions),
        checked=checked,
        logos=logos_in(upload.folder),
        wrong=wrong,
        partnerships=shelf().names(),
        products=reading().products.sound,
        usual=usual_products(reading()),
        formats=FORMATS,
        labels=reading().catalogue.labels.get("product", {}),
        pairs=_pairs(),
        **_bounds(),
    )
