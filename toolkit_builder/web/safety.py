"""What every request passes first: the host that it names, where a write comes from, and whose session it is.

TRUSTED_HOSTS keeps out pages that rebind their name to this machine; Sec-Fetch-Site and Origin (WHATWG Fetch, 3.2) keep
out forms of other sites; the session keeps out other users and programs.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from toolkit_builder.web.sessions import Session, Sessions

TOKEN = "token"  # noqa: S105  (the name, not the secret)
MOST_BYTES = 3_000_000
"""Of a request: a logo, and the texts of a form."""
MOST_PARTS = 5_000
"""Fields of a form."""
READING = ("GET", "HEAD")
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would send “Origin: null” along with forms of the page's own.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guard(app: Flask, sessions: Sessions, hosts: list[str], cookie: str) -> None:
    """Have every request of the app pass. `hosts`: the names by which browsers may ask; `cookie`: the session's."""
    app.config.update(
        TRUSTED_HOSTS=hosts,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_PARTS,
    )

    @app.before_request
    def pass_or_refuse() -> AnyResponse | None:
        _ = request.host  # 400 if it is not trusted
        if request.method not in READING and not is_from_here():
            abort(403)
        if request.endpoint == "static":  # shapes and letters, which say nothing of anybody
            return None
        session = sessions.find(request.cookies.get(cookie, ""))
        token = request.args.get(TOKEN)
        if token is not None and request.method in READING:
            return _let_in(sessions, session, token, cookie)
        if session is None:
            abort(401)
        g.session = session
        return None

    @app.after_request
    def with_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def is_from_here() -> bool:
    """Whether a write comes from a page of this server, by what the browser says of it."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return bool(origin) and urlsplit(origin).netloc == request.host
    return site == "same-origin"


def _let_in(sessions: Sessions, session: Session | None, token: str, cookie: str) -> AnyResponse:
    """Take a token for a session, and lead to the same page without it."""
    begun = session or sessions.begin(token)
    if begun is None:
        abort(401)
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != TOKEN]
    response = redirect(_address(kept))
    response.set_cookie(
        cookie,
        begun.key,
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
        path=f"{request.script_root}/",
    )
    return response


def _address(arguments: list[tuple[str, str]]) -> str:
    path = f"{request.script_root}/{request.path.lstrip('/')}"  # two would lead to another host
    return f"{path}?{urlencode(arguments)}" if arguments else path
