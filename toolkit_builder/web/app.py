"""The app: which address is which page, and what is shown when something is wrong."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, send_file, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from toolkit_builder.errors import FaultsError, ToolkitError
from toolkit_builder.press.fonts import font_file
from toolkit_builder.web import choosing, fetching_packs, many, seeing, tailoring, taking, translating
from toolkit_builder.web.jobs import JobQueue
from toolkit_builder.web.library import Library
from toolkit_builder.web.pages import SITE, Site, pages, reading_unfinished
from toolkit_builder.web.safety import guard
from toolkit_builder.web.sessions import Sessions
from toolkit_builder.web.words import LANGUAGES, PageWords

_WITH_PAGES = choosing, tailoring, many, taking, seeing, fetching_packs, translating
"""Modules whose pages are there once they are imported."""

LOOPBACK = ["127.0.0.1", "localhost"]
TYPEFACE = "font:fontpkg_source_sans_3/SourceSans3[wght].ttf"


def create_app(
    library: Library,
    sessions: Sessions,
    queue: JobQueue,
    hosts: list[str] | None = None,
    cookie: str = "toolkit-builder",
) -> Flask:
    """The pages of a project. `hosts`: by which names browsers may ask for it; `cookie`: what the session's is called.

    `sessions` and `queue` are entered by whoever serves it.
    """
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions[SITE] = Site(library, sessions, queue)
    sessions.ended.append(lambda session: queue.forget(session.key))
    guard(app, sessions, hosts or LOOPBACK, cookie)
    app.register_blueprint(_root())
    app.register_blueprint(pages)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(ToolkitError, _wrong)
    return app


def _root() -> Blueprint:
    """What is in no language: the way in, and what pages are drawn with."""
    root = Blueprint("root", __name__)

    @root.get("/")
    def enter() -> AnyResponse:
        language = request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
        return redirect(url_for("pages.start", language=language))

    @root.get("/here")
    def here() -> Response:
        """That the server is there, and knows the browser: for script, when it was not."""
        return Response(status=204)

    @root.get("/look.css")
    def look() -> Response:
        return Response(reading_unfinished().drawings.look, mimetype="text/css")

    @root.get("/pictures/<code>.svg")
    def picture(code: str) -> Response:
        known = {action.code: action for action in reading_unfinished().catalogue}
        if code not in known:
            abort(404)
        return _kept(Response(reading_unfinished().drawings.panel(known[code]), mimetype="image/svg+xml"))

    @root.get("/shapes/<category>.svg")
    def shape(category: str) -> Response:
        if category not in [each.id for each in reading_unfinished().catalogue.framework.categories]:
            abort(404)
        return _kept(Response(reading_unfinished().drawings.shape(category), mimetype="image/svg+xml"))

    @root.get("/typeface.ttf")
    def typeface() -> Response:
        return _kept(send_file(font_file(TYPEFACE), mimetype="font/ttf"))

    return root


def _kept(response: Response) -> Response:
    """What stays the same while its address does: the version of the content is part of it."""
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _refused(error: HTTPException) -> AnyResponse:
    """A page for what was refused, in both languages: whoever sees it may have no session yet."""
    status = error.code or 500
    key = f"refused.s{status}"
    in_both = [PageWords(language) for language in LANGUAGES]
    key = key if in_both[0].has(key) else "refused.other"
    return Response(render_template("refused.html", in_both=in_both, key=key), status)


def _wrong(error: ToolkitError) -> AnyResponse:
    """A page that says what is wrong with the project itself."""
    told = [str(fault) for fault in error.faults] if isinstance(error, FaultsError) else [error.format_message()]
    in_both = [PageWords(language) for language in LANGUAGES]
    return Response(render_template("refused.html", in_both=in_both, key="refused.content", told=told), 500)
