"""Translate: texts by their state, all languages beside each other; one with its page; translators' files."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, redirect, request, send_file, url_for
from flask import g as request_globals
from werkzeug.wrappers import Response as AnyResponse

from toolkit_builder.catalogue.characters import composed
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.edition_options import EditionOptions
from toolkit_builder.documents.sheet_options import NO_SHEETS, USUAL_SHEETS, SheetOptions
from toolkit_builder.errors import FaultsError, UsageError
from toolkit_builder.exchange.formats import ENDINGS
from toolkit_builder.exchange.importing import Imported
from toolkit_builder.partnerships.loading import FOLDER
from toolkit_builder.products.parts import GRID
from toolkit_builder.project import Project
from toolkit_builder.request import Request
from toolkit_builder.web.jobs import BusyError, Job
from toolkit_builder.web.pages import page, pages, reading, reading_unfinished, session, site, words
from toolkit_builder.web.seeing import about
from toolkit_builder.web.tailoring import Said, product_in_view, wait_for
from toolkit_builder.web.translations import (
    ONLY,
    SAVED_AS,
    TEXT_STATES,
    BehindError,
    TextFilters,
    TextPair,
    TranslationDesk,
    known_ending,
    own_copy,
    without_option,
)
from toolkit_builder.web.warming import PREVIEWS
from toolkit_builder.web.whose import COPY, shelf

ON_A_PAGE = 40
"""So many texts are shown at a time."""
Pair = tuple[str, str]


@dataclass(frozen=True)
class Looking:
    """What an address asks for: whose texts, in which language, which of them. Empty: as usual."""

    whose: str
    into: str
    filters: TextFilters

    @property
    def pairs(self) -> list[Pair]:
        """As it stands in an address."""
        filters = self.filters
        named = (
            ("whose", self.whose),
            ("into", self.into),
            ("state", filters.state),
            ("file", filters.file),
            ("words", filters.words),
        )
        return [(name, value) for name, value in named if value]

    def address(self, endpoint: str, *more: Pair, **parts: Any) -> str:
        """The address of a page that is about the same texts."""
        pairs = [*self.pairs, *more]
        bare = url_for(f"pages.{endpoint}", language=request_globals.language, **parts)
        return f"{bare}?{urlencode(pairs)}" if pairs else bare

    def of_state(self, state: str) -> Looking:
        return replace(self, filters=replace(self.filters, state=state))


@pages.get("/translate")
def translate() -> str:
    """The texts that are looked for, by their state."""
    return _list()


@pages.post("/translate/accept")
def accept() -> AnyResponse | tuple[str, int]:
    """Accept the texts that are ticked, as they stand."""
    desk, looking = _desk()
    marks = dict(each.split(" ", 1) for each in request.form.getlist("text") if " " in each)
    try:
        count, left = desk.accept(marks, _one_of("as", SAVED_AS[1:]), _by())
    except UsageError as error:
        return _list(Said(words()("translate.fault_by"), without_option(error))), 422
    except FaultsError as error:
        return _list(Said(words()("tailor.fault_other"), str(error.faults[0]))), 422
    told = ("accepted", str(count)), *([("left", str(left))] if left else [])
    return redirect(looking.address("translate", *told), 303)


@pages.get("/translate/texts/<key>")
def text(key: str) -> str:
    """A text, to be changed or accepted."""
    desk, looking = _desk()
    return _text(desk, looking, _found(desk, key))


@pages.post("/translate/texts/<key>")
def change_text(key: str) -> AnyResponse | str | tuple[str, int]:
    """Keep a translation, or look at it on its pages as it would be."""
    desk, looking = _desk()
    now = _found(desk, key)
    said = composed(request.form.get("words", "").replace("\r\n", "\n").replace("\r", "\n").strip())
    state, mark = _one_of("as", SAVED_AS), request.form.get("base", "")
    if request.form.get("do") == "see":
        return _seen(desk, looking, now, said)
    if not said:
        return _text(desk, looking, now, said=said, faults=[Said(words()("translate.nothing"))]), 422
    try:
        is_changed = desk.save(key, mark, said, state, _by())
    except BehindError:
        return _text(desk, looking, now, said=said, is_behind=True), 409
    except FaultsError as error:
        return _text(desk, looking, now, said=said, faults=_told(error, now)), 422
    except UsageError as error:
        wrong = Said(words()("translate.fault_by"), without_option(error))
        return _text(desk, looking, now, said=said, by_fault=wrong), 422
    told = "saved", "yes" if is_changed else "nothing"
    following = _neighbours(desk, looking, now)[1]
    if request.form.get("do") == "next" and following:
        return redirect(looking.address("text", told, key=following.id), 303)
    return redirect(looking.address("text", told, key=key), 303)


@pages.get("/translate/files")
def text_files() -> str:
    """Translators' files: what goes out, and what comes back."""
    return _files()


@pages.get("/translate/export")
def export() -> Response | tuple[str, int]:
    """A translator's file, the same that the command writes."""
    desk, _ = _desk()
    files = [file for file in desk.files if file == request.args.get("file")]
    name, data = desk.exported(_one_of("form", ENDINGS), _one_of("only", ONLY), files) if desk.texts else ("", b"")
    if not data:
        return _files(wrong=words()("translate.nothing_to_export")), 422
    return send_file(io.BytesIO(data), as_attachment=True, download_name=name, mimetype="application/octet-stream")


@pages.post("/translate/files")
def take_file() -> str | tuple[str, int]:
    """Import a translator's file, or say why it cannot be."""
    desk, _ = _desk()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _files(wrong=words()("translate.no_file")), 422
    ending = known_ending(sent.filename)
    if not ending:
        return _files(wrong=words()("translate.unknown_kind")), 422
    folder, how = session().place("translators"), {name: name in request.form for name in ("allow_stale", "force")}
    try:
        done = desk.take(sent.read(), ending, folder, _by(), **how)
    except FaultsError as error:
        return _files(refused=[str(fault) for fault in error.faults]), 422
    except UsageError as error:
        return _files(by_fault=Said(words()("translate.fault_by"), without_option(error))), 422
    return _files(done=done)


def workplace() -> Project:
    """The project whose texts are translated: of the shipped one, a copy of the session's own."""
    library = site().library
    if library.is_own:
        return library.project
    with session().lock:
        return own_copy(library.project, session().place(COPY))


def _desk() -> tuple[TranslationDesk, Looking]:
    """The texts that the address is about, and what it asks for of them; what there is not is passed over."""
    reading_unfinished()
    asked, project = request.args, workplace()
    whose = asked.get("whose", "")
    desk = TranslationDesk(project, whose if whose in _partnerships(project) else "", asked.get("into", ""))
    state, file = asked.get("state", ""), asked.get("file", "")
    filters = TextFilters(
        state if state in TEXT_STATES else "",
        file if file in desk.files else "",
        " ".join(asked.get("words", "").split()),
    )
    return desk, Looking(desk.partnership, desk.asked if desk.asked == desk.language else "", filters)


def _partnerships(project: Project) -> dict[str, Any]:
    """The partnerships whose texts can be translated, with what each is called."""
    place = project.content / FOLDER
    files = shelf().files
    return {name: said for name, said in shelf().names().items() if files[name].parent == place}


def _found(desk: TranslationDesk, key: str) -> TextPair:
    try:
        return desk.find(key)
    except KeyError:
        abort(404)


def _one_of(name: str, allowed: Any) -> str:
    """A value of the form or of the address; the first that is allowed if it has none. One of no form is refused."""
    value: str = request.values.get(name, next(iter(allowed)))
    if value not in allowed:
        abort(400)
    return value


def _by() -> str:
    """Who accepts: what the form says, kept for the next."""
    place = session().place("translators") / "by"
    if "by" in request.form:
        place.write_text(request.form["by"], "utf-8")
        return request.form["by"]
    return place.read_text("utf-8") if place.exists() else ""


def _list(wrong: Said | None = None) -> str:
    desk, looking = _desk()
    found = desk.chosen(looking.filters)
    last = max(0, (len(found) - 1) // ON_A_PAGE)
    asked = request.args.get("page", "1")
    at = min(last, max(0, int(asked[:6]) - 1)) if asked.isascii() and asked.isdigit() else 0

    def shown(number: int) -> str:
        return looking.address("translate", *([("page", str(number + 1))] if number else []))

    return page(
        "translate.html",
        **_common(desk, looking),
        texts=found[at * ON_A_PAGE : (at + 1) * ON_A_PAGE],
        count=len(found),
        first=at * ON_A_PAGE + 1,
        before=shown(at - 1) if at else "",
        after=shown(at + 1) if at < last else "",
        counts=desk.counts(looking.filters),
        accepted=_number("accepted"),
        left=_number("left"),
        wrong=wrong,
    )


def _number(name: str) -> int | None:
    """A number that the address tells of what was done."""
    said = request.args.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None


def _text(
    desk: TranslationDesk,
    looking: Looking,
    pair: TextPair,
    *,
    said: str | None = None,
    faults: list[Said] | None = None,
    by_fault: Said | None = None,
    is_behind: bool = False,
    job: Job | str | None = None,
) -> str:
    before, after = _neighbours(desk, looking, pair)
    faults = [*(faults or []), *(_on_page(job) if isinstance(job, Job) else [])]
    products = reading().products.sound
    chosen = request.form.get("as", "")
    return page(
        "text.html",
        **_common(desk, looking),
        pair=pair,
        said=pair.target if said is None else said,
        chosen=chosen if chosen in SAVED_AS else pair.state if pair.state in SAVED_AS else SAVED_AS[0],
        faults=faults,
        by_fault=by_fault,
        is_behind=is_behind,
        before=looking.address("text", key=before.id) if before else "",
        after=looking.address("text", key=after.id) if after else "",
        saved=request.args.get("saved", "") if said is None else "",
        views={name: product for name, product in products.items() if product.file.made_by},
        view=product_in_view(products),
        labels=reading().catalogue.labels.get("product", {}),
        busy=job if isinstance(job, str) else "",
        **(about(job) if isinstance(job, Job) else {"job": None}),
    )


def _seen(desk: TranslationDesk, looking: Looking, pair: TextPair, said: str) -> str:
    """The page of a text, with its pages as they would be with these words; nothing is kept."""
    try:
        project = desk.tried(pair, said, session().place("tried"))
    except FaultsError as error:
        return _text(desk, looking, pair, said=said, faults=_told(error, pair))
    job = _preview(desk, looking, pair, said, project)
    if isinstance(job, Job) and "with-script" not in request.form:
        wait_for(job)
    return _text(desk, looking, pair, said=said, job=job)


def _preview(desk: TranslationDesk, looking: Looking, pair: TextPair, said: str, project: Project) -> Job | str:
    """The job that makes the pages of a text; a phrase of the page, if there is no room for it."""
    table = reading().products.sound
    view = product_in_view(table)
    if view not in table:
        abort(400)
    asked = Request(
        project,
        (view,),
        Filters(actions=(pair.code,)) if pair.code else Filters(),
        EditionOptions(),
        str(project.content / FOLDER / f"{desk.partnership}.yaml") if desk.partnership else None,
        session().place(PREVIEWS, secrets.token_hex(8)),
        sheets=SheetOptions(NO_SHEETS) if table[view].file.sheets == GRID else USUAL_SHEETS,
    )
    try:
        job = Job(asked, session().key, is_preview=True, look_for=said, causes=_causes(desk, looking, pair))
        return site().queue.submit(job)
    except BusyError as error:
        return "take.busy_own" if error.own else "take.busy"


def _causes(desk: TranslationDesk, looking: Looking, pair: TextPair) -> dict[str, str]:
    """Where texts can be changed that a fault of a page may be about: this one here, others on pages of their own."""
    return {
        f"{text.key}.{desk.language}": "#words" if text.id == pair.id else looking.address("text", key=text.id)
        for text in desk.texts
    }


def _files(
    *, wrong: str = "", refused: list[str] | None = None, by_fault: Said | None = None, done: Imported | None = None
) -> str:
    desk, looking = _desk()
    return page(
        "text_files.html",
        **_common(desk, looking),
        forms=ENDINGS,
        only=ONLY,
        wrong=wrong,
        refused=refused or [],
        by_fault=by_fault,
        done=done,
        changed=[text for text in desk.texts if done and text.key in done.keys],
    )


def _common(desk: TranslationDesk, looking: Looking) -> dict[str, Any]:
    """What all of these pages are told."""
    catalogue = reading().catalogue
    return {
        "step": "translate",
        "desk": desk,
        "looking": looking,
        "names": _partnerships(desk.project),
        "actions": {action.file: action for action in catalogue},
        "titles": {action.code: action.title for action in catalogue},
        "states": TEXT_STATES,
        "saved_as": SAVED_AS,
        "by": _by(),
        "is_own": site().library.is_own,
    }


def _neighbours(desk: TranslationDesk, looking: Looking, pair: TextPair) -> tuple[TextPair | None, TextPair | None]:
    """The texts before and after one, of those that are looked for: it may be no more among them itself."""
    at = [text.id for text in desk.texts].index(pair.id)
    before = [text for text in desk.texts[:at] if looking.filters.takes(text)]
    after = [text for text in desk.texts[at + 1 :] if looking.filters.takes(text)]
    return (before[-1] if before else None), (after[0] if after else None)


def _told(error: FaultsError, pair: TextPair) -> list[Said]:
    """What is wrong with a translation, in the words of the page as far as it has some."""
    say, found = words(), []
    for fault in error.faults:
        message = fault.message.removeprefix(f"{pair.key}: ")
        key = next((key for sign, key in _SIGNS if sign in message), "tailor.fault_other")
        found.append(Said(say(key), message))
    return found


def _on_page(job: Job) -> list[Said]:
    """What preflight has found that this text causes."""
    causing = [fault for fault in job.faults if job.is_over and job.cause(fault) == "#words"]
    return [Said(words()("tailor.fault_page"), fault.message) for fault in causing]


_SIGNS = (
    ("where the original has", "translate.fault_markup"),
    ("without its pair", "translate.fault_markup"),
)
"""What the tool's messages have in them, and what the page says before them."""
