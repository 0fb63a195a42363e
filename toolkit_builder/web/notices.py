"""What the tool notices while it works, in the words of the page as far as it has some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from toolkit_builder.progress import Notice, NoticeSubject
from toolkit_builder.web.words import PageWords

LOCAL = "local"
"""The role of cards of what is local to an action."""
_FURTHER_CARDS = re.compile(r" takes (?P<count>a|[0-9]{1,4}) further cards?$")
_COUNT = re.compile(r"\d{1,6} of \d{1,6} actions selected")
"""What the page has said already, in its own words."""
_SIGNS = (
    (re.compile(r"actions selected; \d+ left out, for which a value is not stated: (?P<codes>.+)$"), "choose.silent"),
    (re.compile(r"^Not (?:.+), and left out: (?P<products>.+)$"), "notice.left_out"),
    (
        re.compile(r"^(?P<product>[\w-]+): .+ takes (?P<count>a|\d+) further \w+$"),
        "notice.further",
    ),
    (re.compile(r"^(?P<product>[\w-]+): .+ has no room for a QR code"), "notice.no_code"),
    (re.compile(r"^(?P<product>[\w-]+): \S+ does not hold \d+ languages; laid out"), "notice.laid_out"),
    (re.compile(r"^(?P<product>[\w-]+): no map of fewer than (?P<least>\d+) actions"), "notice.no_map"),
    (re.compile(r"^(?P<product>[\w-]+): type comes to "), "notice.near"),
    (re.compile(r"^(?P<product>[\w-]+): pictures have fewer than "), "notice.coarse"),
    (re.compile(r"^(?P<product>[\w-]+): pictures have more than "), "notice.fine"),
    (re.compile(r"looks like #[0-9a-f]{6}, the colour of the category"), "tailor.doubt_like"),
    (re.compile(r"Somebody who reads braille should read it"), "file.brf"),
)
"""What a notice is like, and the phrase that says it."""


@dataclass(frozen=True)
class SaidNotice:
    """A notice; `is_of_the_tool`: in its own words, which are English."""

    text: Markup
    is_of_the_tool: bool = False


def noticed(notices: Iterable[Notice], say: PageWords, called: Mapping[str, Markup]) -> Iterator[SaidNotice]:
    """Notices that the page has not said already, each once, those in its own words first. `called`: what products are
    called.
    """
    said = [_said(notice, say, called) for notice in notices if not _COUNT.fullmatch(notice.text)]
    yield from sorted(dict.fromkeys(said), key=lambda notice: notice.is_of_the_tool)


def cards_taken(notices: Iterable[Notice]) -> dict[str, int]:
    """How many cards what is local to an action takes, by its code, where that is more than one."""
    taken = {}
    for notice in notices:
        found = _FURTHER_CARDS.search(notice.text)
        if found and notice.subject and notice.subject.role == LOCAL:
            taken[notice.subject.code] = 1 + (1 if found["count"] == "a" else int(found["count"]))
    return taken


def _said(notice: Notice, say: PageWords, called: Mapping[str, Markup]) -> SaidNotice:
    subject = {"subject": _subject(notice.subject, say)} if notice.subject else {}
    for sign, key in _SIGNS:
        if found := sign.search(notice.text):
            return SaidNotice(Markup.escape(say(key)).format(**_slots(found.groupdict(), called), **subject))
    return SaidNotice(Markup.escape(notice.text), is_of_the_tool=True)


def _subject(subject: NoticeSubject, say: PageWords) -> Markup:
    """Which pages are meant: their title in the language of the page, or in another that they have, which it then says.
    A role that the page has no word for is one of a project's own.
    """
    role = say(f"role.{subject.role}") if say.has(f"role.{subject.role}") else ""
    if subject.code or not subject.titles:
        return Markup.escape(
            f"{subject.code} ({role})" if subject.code and role else subject.code or role or subject.role
        )
    titles = dict(subject.titles)
    language = say.language if say.language in titles else next(iter(titles))
    if language == say.language:
        return Markup("‘{}’").format(titles[language])
    return Markup('<span lang="{}">‘{}’</span>').format(language, titles[language])


def _slots(found: Mapping[str, str], called: Mapping[str, Markup]) -> dict[str, object]:
    slots: dict[str, object] = dict(found)
    if "products" in found:
        slots["products"] = Markup(", ").join(called.get(name, name) for name in found["products"].split(", "))
    if "product" in found:
        slots["product"] = called.get(found["product"], found["product"])
    if found.get("count") == "a":
        slots["count"] = 1
    return slots
