"""What all pages share: whose request it is, its language, and how a template is filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, render_template, request, url_for
from markupsafe import Markup

from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.model import Text
from toolkit_builder.web.choice import Choice, choice_of
from toolkit_builder.web.jobs import JobQueue
from toolkit_builder.web.library import Library, Reading
from toolkit_builder.web.sessions import IDLE_HOURS, Session, Sessions
from toolkit_builder.web.words import LANGUAGES, PageWords, is_draft

SITE = "toolkit-builder"
pages = Blueprint("pages", __name__, url_prefix=f"/<any({','.join(LANGUAGES)}):language>")
"""All pages, in the language that their address begins with."""
STEPS = ("choose", "tailor", "take")
"""The steps, in order; each is a page."""
BESIDE = ("many", "translate")
"""What else there is to do; each is a page."""


@pages.url_value_preprocessor
def take_language(_: str | None, values: dict[str, str] | None) -> None:
    """Take the language out of the address, for all that is said on the page."""
    g.language = (values or {}).pop("language", LANGUAGES[0])


@dataclass(frozen=True)
class Site:
    """What the pages of one server work with. `warmed`: for which versions of the content its press was warmed."""

    library: Library
    sessions: Sessions
    queue: JobQueue
    warmed: set[str] = field(default_factory=set)


def site() -> Site:
    """The site of the app that answers."""
    found: Site = current_app.extensions[SITE]
    return found


def session() -> Session:
    """The session of the request."""
    found: Session = g.session
    return found


def reading() -> Reading:
    """The project as it is during this request."""
    if "reading" not in g:
        g.reading = site().library.read()
    found: Reading = g.reading
    return found


def reading_unfinished() -> Reading:
    """The same, though translations are missing: for pages that are about these, and what these are drawn with."""
    if "reading" not in g:
        g.reading = site().library.read_unfinished()
    return reading()


def words() -> PageWords:
    """The words of the page, in its language."""
    return PageWords(g.language)


def choice() -> Choice:
    """The cards that the address asks for, or the form that was sent."""
    sent = [pair for source in (request.args, request.form) for pair in source.items(multi=True)]
    return choice_of(reading().catalogue, sent)


def page(template: str, **values: object) -> str:
    """A page in the language of its address."""
    say = words()
    return render_template(
        template,
        say=say,
        language=g.language,
        told=told,
        framework=reading().catalogue.framework,
        drawings=reading().drawings,
        version=reading().version,
        steps=STEPS,
        beside=BESIDE,
        idle_hours=IDLE_HOURS,
        is_own_project=site().library.is_own,
        is_draft=is_draft(),
        other_address=in_other_language(say),
        **values,
    )


def told(text: Text, language: str = "") -> Markup:
    """A text of the content in the language of the page, or in its first one if it is not in that, which it then says
    (`lang`). `language`: in another one.
    """
    in_all: Mapping[str, str] = text.as_dict()
    wanted = language or g.language
    found = wanted if wanted in in_all else next(iter(in_all))
    printed = markdown.inline(in_all[found])
    return printed if found == g.language else Markup('<span lang="{}">{}</span>').format(found, printed)


def plain(text: Text) -> str:
    """A text of the content for an attribute, in the language of the page if it is in that."""
    in_all: Mapping[str, str] = text.as_dict()
    return markdown.plain(in_all.get(g.language) or next(iter(in_all.values())))


def in_other_language(say: PageWords) -> str:
    """The address of the same page in the other language, at the same place."""
    if request.endpoint is None or request.view_args is None:
        return url_for("pages.start", language=say.other)
    address = url_for(request.endpoint, language=say.other, **request.view_args)
    asked = list(request.args.items(multi=True))
    return f"{address}?{urlencode(asked)}" if asked else address
