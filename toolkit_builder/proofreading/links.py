"""Links that differ between a text and its original. Addresses may differ, since sites have pages in each language; the
site may not.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from toolkit_builder.catalogue.markdown import ALLOWED_SCHEMES
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, Written

SAME_SITE = {
    "comisiynyddygymraeg.cymru": "welshlanguagecommissioner.wales",
    "cyfoethnaturiol.cymru": "naturalresources.wales",
    "gig.cymru": "nhs.wales",
    "gofalcymdeithasol.cymru": "socialcare.wales",
    "llyw.cymru": "gov.wales",
}
"""Welsh hosts whose English site has another name. Others that end with *.cymru* have it with *.wales*."""
_OF_LANGUAGE = {"cy": ("cy", "cymraeg", "welsh"), "en": ("en", "english", "saesneg")}
_BARE = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:?!’”]")


@dataclass(frozen=True)
class _Target:
    """An address: its site, which is the same in both languages, the language that it names, what else it says."""

    address: str
    scheme: str
    site: str
    language: str
    years: tuple[str, ...]
    is_front: bool


def differing_links(text: Written, original: Written) -> Iterator[Doubt]:
    """The links that one of two texts has alone, and those that do not lead to the same place."""
    here, there = _targets(text), _targets(original)
    if not here and not there:
        return
    if len(here) != len(there):
        alone = Counter(one.address for one in here)
        alone.subtract(one.address for one in there)
        for address, count in sorted(alone.items()):
            if count:
                yield Doubt(
                    Check.LINKS, f"the link to {address} is in {text.language if count > 0 else original.language} only"
                )
        return
    for one, other in _pairs(here, there):
        said = _said(one, other, text.language, original.language)
        if said:
            yield Doubt(Check.LINKS, f"{said}; check where they lead", one.address)


def _targets(text: Written) -> list[_Target]:
    addresses = [*text.outline.links, *(_BARE.findall(text.words) if "://" in text.words else ())]
    return [_target(address) for address in addresses]


def _target(address: str) -> _Target:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or parts.path.rpartition("@")[2].partition("?")[0]).lower()
    except ValueError:
        host = ""
    if not host or parts.scheme.lower() not in ALLOWED_SCHEMES:  # no address that is printed, which is told elsewhere
        return _Target(address, "", "", "", (), False)
    path = [part for part in parts.path.lower().split("/") if part] if parts.hostname else []
    labels = host.removeprefix("www.").split(".")
    named = [language for language, names in _OF_LANGUAGE.items() if {labels[0], *path} & set(names)]
    known = {name for names in _OF_LANGUAGE.values() for name in names}
    site = ".".join(labels[1:] if labels[0] in known and len(labels) > 2 else labels)
    site = SAME_SITE.get(site) or re.sub(r"\.cymru$", ".wales", site)
    years = tuple(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", parts.path))
    scheme = "mailto" if parts.scheme.lower() == "mailto" else "http"
    return _Target(address, scheme, site, named[0] if len(named) == 1 else "", years, not set(path) - known)


def _pairs(here: list[_Target], there: list[_Target]) -> Iterator[tuple[_Target, _Target]]:
    """Links side by side, without those that are the same: those of one site, then the others, in their order."""
    mine, theirs = _without(here, there), _without(there, here)
    of_site: dict[tuple[str, str], deque[_Target]] = {}
    for other in theirs:
        of_site.setdefault((other.scheme, other.site), deque()).append(other)
    alone = []
    for one in mine:
        same_site = of_site.get((one.scheme, one.site))
        if same_site:
            yield one, same_site.popleft()
        else:
            alone.append(one)
    yield from zip(alone, (other for others in of_site.values() for other in others), strict=True)


def _without(some: list[_Target], others: list[_Target]) -> list[_Target]:
    known = Counter(other.address for other in others)
    left = []
    for one in some:
        known[one.address] -= 1
        if known[one.address] < 0:
            left.append(one)
    return left


def _said(one: _Target, other: _Target, language: str, source: str) -> str:
    if not one.site or not other.site:
        return ""
    if one.scheme != other.scheme:
        return f"{one.address} and, in {source}, {other.address} are not both addresses of pages"
    if one.site != other.site:
        return f"leads to {one.site}, and {source} to {other.site}"
    if one.language == source and other.language == language:
        return f"leads to a page in {source}, and {source} to one in {language}"
    if one.years != other.years:
        return f"{one.address} and, in {source}, {other.address} name other years"
    if one.is_front != other.is_front:
        return f"one of {one.address} and {other.address} ({source}) leads to no page, only to the site"
    return ""
