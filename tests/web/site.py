"""The page for tests: a browser that is let in, and what a page says, by the language that it says it in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from toolkit_builder.web.jobs import Job, JobQueue
from toolkit_builder.web.sessions import Sessions

HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
"""What a browser says of a form that is sent from a page of the server itself."""


@dataclass
class Browser:
    """A browser of the app, let in by a token of its own."""

    app: Flask
    sessions: Sessions
    queue: JobQueue

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.app.test_client()
        self.let_in = self.client.get(f"/?token={self.sessions.token}")

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, **more)

    def post(self, address: str, data: object = None, headers: dict[str, str] | None = None) -> TestResponse:
        return self.client.post(address, data=data or {}, headers=HERE if headers is None else headers)

    def made(self, data: dict[str, object], language: str = "en", within: float = 240.0) -> tuple[str, Job]:
        """Send the form that makes files, and wait; the address of the job's page, and the job."""
        sent = self.post(f"/{language}/take", {"sent": "yes", **data})
        assert sent.status_code == 303, sent.text
        address = urlsplit(sent.headers["Location"]).path
        key = address.rpartition("/")[2]
        job = next(job for job in self.queue._jobs.values() if job.key == key)
        end = time.monotonic() + within
        while not job.is_over and time.monotonic() < end:
            self.queue.wait(job, job.version, 1)
        assert job.is_over, job
        return address, job


VOID = {"meta", "link", "input", "img", "br", "hr", "path", "circle", "rect"}


class Reader(HTMLParser):
    """What a page says: each text, and each attribute that is read out, with its language."""

    SAID = ("alt", "title", "aria-label", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        language = str(has["lang"] or "") if "lang" in has else self._language
        self.elements.append((tag, has))
        self.texts += [(language, str(has[name])) for name in self.SAID if has.get(name)]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1][0] in ("script", "style")):
            self.texts.append((self._language, " ".join(data.split())))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


class _Form(HTMLParser):
    """The fields of forms as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select = ""
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "input" and (
            has.get("type", "text") not in ("checkbox", "radio", "file", "color") or "checked" in has
        ):
            self._send(has["name"], has.get("value", ""))
        elif tag == "textarea":
            self._text = has["name"]
            self._send(self._text, "")
        elif tag == "select":
            self._select, self.sent[has["name"]] = has["name"], []
        elif tag == "option" and ("selected" in has or not self.sent[self._select]):
            self.sent[self._select] = [has["value"]]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.sent[self._text][-1] += data

    def _send(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def form_in(html: str) -> dict[str, Any]:
    """The fields of a page's form as a browser would send them, but for files; several values are a list."""
    form = _Form()
    form.feed(html)
    texts = {
        name: [value.removeprefix("\n").replace("\n", "\r\n") for value in values] for name, values in form.sent.items()
    }
    return {name: values if len(values) > 1 else values[0] for name, values in texts.items()}
