"""See and fetch: what a job has made, as real pages and as files. Nothing of an address is ever part of a path."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, abort, request, send_file, stream_with_context, url_for
from flask import g as request_globals
from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from toolkit_builder.file_names import JOB_REPORT, READING_ENDINGS
from toolkit_builder.press.pictures.page_digests import page_digests
from toolkit_builder.press.pictures.rendering import opened, png
from toolkit_builder.request import FinishedFile
from toolkit_builder.web.choice import choice_of
from toolkit_builder.web.finding import marked, page_about, places
from toolkit_builder.web.jobs import Job, State
from toolkit_builder.web.notices import cards_taken, noticed
from toolkit_builder.web.packs import about_packs
from toolkit_builder.web.pages import page, pages, reading, reading_unfinished, session, site, told, words
from toolkit_builder.web.words import PageWords
from toolkit_builder.web.zips import write_zip

RESOLUTIONS = {"small": 50, "middle": 90, "large": 130}
"""Pixels an inch of pages beside a form, of the few that have a text, and of one that is looked at."""
MOST_SHOWN = 120
"""Pages of a file that are shown; all are in the file itself."""
_BEAT = 15.0
"""Seconds after which a stream says that it is there still."""
_STREAM = 120.0
"""Seconds after which a stream ends; the browser asks for the next one. So no thread is held for ever."""
_pdfium = threading.Lock()
"""PDFium is for one thread at a time."""


@dataclass(frozen=True)
class Shown:
    """A file that was made: its number, its name, bytes, and what it is for (`file.NAME` of the page's words). `found`:
    the pages that have the text which is looked for. `digests`: of pages beside a form, by which one that looks as it
    did before has the address that its picture had, so that browsers ask for new ones alone.
    """

    number: int
    name: str
    product: str
    pages: int
    shown: int
    size: int
    use: str
    found: tuple[int, ...] = ()
    digests: tuple[str, ...] = ()


@pages.get("/jobs/<key>")
def job(key: str) -> str:
    found = job_of(key)
    chosen = choice_of(reading().catalogue, parse_qsl(found.query))
    step = "many" if found.is_of_packs else "take"
    return page("job.html", step=step, choice=chosen, whom=asked_for(found).partnership, **about(found))


@pages.get("/jobs/<key>/state")
def state(key: str) -> str:
    """What of the page of a job changes: for script, which puts it in its place."""
    found = job_of(key)
    names = {found.is_preview: "see.html", found.is_of_packs: "packs_state.html"}
    return page(names.get(True, "job_state.html"), **about(found))


@pages.post("/jobs/<key>/stop")
def stop(key: str) -> AnyResponse:
    site().queue.stop(job_of(key))
    return redirect(url_for("pages.job", language=request_globals.language, key=key), 303)


@pages.get("/jobs/<key>/events")
def events(key: str) -> Response:
    said = stream_with_context(_events(job_of(key)))
    return Response(said, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@pages.get("/jobs/<key>/pages/<int:file>/<int:number>.png")
def picture(key: str, file: int, number: int) -> Response:
    found = _file(job_of(key), file)
    size = request.args.get("size", "small")
    if size not in RESOLUTIONS or found.is_folder or found.path.suffix != ".pdf":
        abort(404)
    look_for = job_of(key).look_for if "marked" in request.args else ""
    response = Response(_drawn(found.path, number, RESOLUTIONS[size], look_for), mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"  # a job's key is never used again
    return response


@pages.get("/jobs/<key>/at")
def page_at(key: str) -> Response:
    """The page that a field of the form beside it is about, by the id that it has there; nothing if there are none."""
    found = job_of(key)
    shown = next((each for each in files_of(found) if each.digests), None)
    if shown is None or found.result is None:
        return Response(status=204)
    own, around = found.subjects.get(request.args.get("field", ""), ("", ""))
    with _pdfium:
        number = page_about(found.result.files[shown.number].path, own, around)
    return Response(f"page-{shown.number}-{number}", mimetype="text/plain")


@pages.get("/pages/<digest>.png")
def picture_of_page(digest: str) -> Response:
    """A page of any preview of the session that looks so, small."""
    drawn = _preview_page(digest)
    if not drawn:
        abort(404)
    response = Response(drawn, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@pages.get("/jobs/<key>/files/<int:file>")
def download(key: str, file: int) -> Response:
    found = _file(job_of(key), file)
    if found.is_folder:
        return _zipped([found], job_of(key).key, f"{found.path.name}.zip")
    return send_file(found.path, as_attachment=True, download_name=found.path.name)


@pages.get("/jobs/<key>/all.zip")
def everything(key: str) -> Response:
    found = job_of(key)
    if not files_of(found) or found.result is None:
        abort(404)
    asked = asked_for(found)
    name = "-".join(part for part in (asked.partnership or "toolkit-builder", asked.use) if part)
    return _zipped(list(found.result.files), found.key, f"{name}.zip")


@dataclass(frozen=True)
class AskedFor:
    """What the form said that a job was asked for with: for whom, and for which use; empty if it did not."""

    partnership: str = ""
    use: str = ""


def _called() -> dict[str, Markup]:
    """What products are called, by their names."""
    labels = reading_unfinished().catalogue.labels.get("product", {})
    products = reading().products.sound.items()
    return {name: told(labels[product.label]) for name, product in products if product.label in labels}


def asked_for(job: Job) -> AskedFor:
    """For whom a job is, and for which use: of those that were asked for by a form that has been checked."""
    said = dict(parse_qsl(job.query))
    return AskedFor(said.get("partnership", ""), said.get("use", ""))


def about(job: Job) -> dict[str, Any]:
    """What templates are told of a job, which goes on meanwhile: what is over at first stays so."""
    is_over = job.is_over
    said = progress(job, site().queue.ahead(job), words())
    called = _called()
    notices = list(noticed(job.notices, words(), called))
    about_it = {"files": files_of(job), "progress": said, "stages": State, "notices": notices, "called": called}
    of_packs = about_packs(job) if job.is_of_packs else {}
    taken = cards_taken(list(job.notices))
    return {"job": job, "is_over": is_over, "cards_taken": taken, **about_it, **of_packs}


def job_of(key: str) -> Job:
    """A job of the session. Another's is not there."""
    found = site().queue.find(key, session().key)
    if found is None:
        abort(404)
    return found


def files_of(job: Job) -> list[Shown]:
    """The files that a job has made."""
    if not job.is_over or job.result is None:
        return []
    return [
        _shown(number, file, job.look_for, page_digests(file.path) if _is_looked_at(job, file) else ())
        for number, file in enumerate(job.result.files)
    ]


def _is_looked_at(job: Job, file: FinishedFile) -> bool:
    """Whether it is a document whose pages stand beside a form, one after the other as they change."""
    is_document = file.path.suffix == ".pdf" and not file.path.name.endswith(".sheets.pdf") and not file.is_folder
    return job.is_preview and is_document and not job.look_for


def _shown(number: int, file: FinishedFile, look_for: str, digests: tuple[str, ...] = ()) -> Shown:
    name = file.path.name
    is_pdf = not file.is_folder and file.path.suffix == ".pdf"
    use = next((form for form, ending in READING_ENDINGS.items() if name.endswith(ending)), "")
    use = use or ("pictures" if file.is_folder else "sheets" if name.endswith(".sheets.pdf") else "")
    use = use or ("ticket" if name.endswith(JOB_REPORT) else "")
    use = use or ("shop" if ".print." in name or ".print-" in name or "print-shop" in name else "screen")
    size = sum(each.stat().st_size for each in _parts(file))
    shown = min(file.pages, MOST_SHOWN) if is_pdf else 0
    found = _found(file.path, look_for) if shown else ()
    return Shown(number, name, file.product, file.pages, shown, size, use, found, digests)


def _found(path: Path, text: str) -> tuple[int, ...]:
    if not text:
        return ()
    with _pdfium:
        return tuple(places(path, text))


def _file(job: Job, number: int) -> FinishedFile:
    if not job.is_over or job.result is None or number >= len(job.result.files):
        abort(404)
    return job.result.files[number]


def _parts(file: FinishedFile) -> list[Path]:
    """The files of a file: itself, or those in its folder and in what lies there."""
    return sorted(path for path in file.path.rglob("*") if path.is_file()) if file.is_folder else [file.path]


def _preview_page(digest: str) -> bytes:
    """The picture of a page of the session's previews; empty if there is none that looks so."""
    for job in site().queue.previews(session().key):
        for file in job.result.files if job.result else ():
            if _is_looked_at(job, file):
                with suppress(FileNotFoundError):  # an old one goes with its files when there is another
                    digests = page_digests(file.path)
                    if digest in digests:
                        return _drawn(file.path, digests.index(digest) + 1, RESOLUTIONS["small"])
    return b""


def _drawn(path: Path, number: int, resolution: int, look_for: str = "") -> bytes:
    """A page as a picture; where a text is looked for, with its places marked."""
    with _pdfium, opened(path.read_bytes()) as document:
        if not 1 <= number <= len(document):
            abort(404)
        drawn = png(document[number - 1], {}, resolution)
        boxes = places(path, look_for).get(number, []) if look_for else []
    return marked(drawn, boxes) if boxes else drawn


def _zipped(files: list[FinishedFile], key: str, name: str) -> Response:
    place = session().place("zips") / f"{key}-{len(files)}-{files[0].path.name if len(files) == 1 else 'all'}.zip"
    if not place.exists():
        parts = [(part.relative_to(each.path.parent).as_posix(), part) for each in files for part in _parts(each)]
        write_zip(place, parts)
    return send_file(place, as_attachment=True, download_name=name, mimetype="application/zip")


def _events(job: Job) -> Iterator[str]:
    """Server-sent events: how far a job is, whenever that has changed, and its end."""
    end, queue, say, told = time.monotonic() + _STREAM, site().queue, words(), dict[str, str]()
    yield "retry: 1000\n\n"
    while time.monotonic() < end and not queue.is_closing:
        version, text = job.version, progress(job, queue.ahead(job), say)
        if job.is_over:
            yield "event: over\ndata: \n\n"
            return
        yield f"event: progress\ndata: {job.total - job.done if job.total else ''}|{job.total}|{text}\n\n"
        for name, pack in job.packs.items():
            if told.get(name, "waiting") != pack.state:
                told[name] = pack.state
                yield f"event: pack\ndata: {name}|{pack.state}|{say(f'many.pack_{pack.state}')}\n\n"
        queue.wait(job, version, _BEAT)


def progress(job: Job, ahead: int, say: PageWords) -> str:
    """How far a job is, in a sentence."""
    if job.state is State.WAITING:
        return say("job.ahead", count=ahead)
    if job.is_of_packs and job.packs:
        return " ".join(_of_packs(job, say))
    if job.total:
        return say("job.left", left=job.total - job.done, all=job.total)
    return say(f"job.{job.phase.name.lower()}" if job.phase else "job.reading")


def _of_packs(job: Job, say: PageWords) -> Iterator[str]:
    yield say("many.left", left=job.total - job.done if job.total else len(job.packs), all=len(job.packs))
    if job.step:
        yield say("job.left", left=job.step.total - job.step.done, all=job.step.total)
