"""What the engine says of style sheets: told where it was written, with what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.press.preflight.html_checks import Complaint
from toolkit_builder.proofreading.styles import DEFINED, VARIABLE, missing, undefined

_IGNORED = re.compile(r"Ignored `(?P<property>[\w-]+):(?P<value>.*)` at (?P<place>\d+:\d+), (?P<why>.*?)\.?", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, '(?P<selector>.*)'", re.DOTALL)
_NOT_THERE = re.compile(r"Failed to load \w+ at (?P<address>\S+)")
_PLACE = re.compile(r" at (\d+):(\d+)")


def of_style(message: str, path: str, css: str, properties: Collection[str]) -> Complaint:
    """A complaint about a style sheet, with its place. `properties`: those that the engine knows."""
    if found := _IGNORED.fullmatch(message):
        line, column = map(int, found["place"].split(":"))
        return Complaint(_of_declaration(found, properties), style=path, line=line, column=column)
    if (found := _SELECTOR.fullmatch(message)) and (said := found["selector"].strip()):
        return _placed(f"the selector “{said}” is not understood; correct it", path, css, said)
    if (found := _NOT_THERE.match(message)) and found["address"].strip("':").startswith("file:"):
        name = found["address"].rpartition("/")[2]
        return _placed(missing(name), path, css, name)
    place = _PLACE.search(message)
    return Complaint(message, style=path, line=int(place[1]) if place else 0, column=int(place[2]) if place else 0)


def _of_declaration(found: re.Match[str], properties: Collection[str]) -> str:
    name, value, why = found["property"], found["value"].strip(), found["why"]
    if why != "unknown property":
        return f"“{name}: {value}” is passed over ({why}); correct the value"
    near = nearest(name, properties)
    return f"there is no property “{name}”; " + (f"did you mean “{near}”?" if near else "correct or remove it")


def _placed(message: str, path: str, css: str, words: str) -> Complaint:
    """A complaint about words, at their first place in a style sheet if they stand in it so."""
    at = css.find(words)
    if at < 0:
        return Complaint(message, style=path)
    return Complaint(message, style=path, line=css.count("\n", 0, at) + 1, column=at - css.rfind("\n", 0, at))


def of_layout(message: str, styles: Mapping[str, str]) -> Iterator[Complaint]:
    """Complaints about style sheets (by their paths) that come only when pages are laid out, and that the engine names
    none in: custom properties that are nowhere defined, which leave a declaration without its value, and pictures that
    are not there.
    """
    if (found := _NOT_THERE.match(message)) and found["address"].strip("':").startswith("file:"):
        name = found["address"].strip("':").rpartition("/")[2]
        said = (_placed(missing(name), path, css, name) for path, css in styles.items() if name in css)
        yield from said
    elif (found := _IGNORED.fullmatch(message)) and not found["value"].strip():
        line, column = map(int, found["place"].split(":"))
        yield from _undefined(line, column, styles)


def _undefined(line: int, column: int, styles: Mapping[str, str]) -> Iterator[Complaint]:
    """The custom properties that nobody defines, in a value that stands there in one of the styles."""
    known = {name for css in styles.values() for name in DEFINED.findall(css)}
    for path, css in styles.items():
        lines = css.splitlines()
        value = lines[line - 1][column - 1 :].partition(";")[0] if line <= len(lines) else ""
        for name in VARIABLE.findall(value):
            if name not in known:
                yield Complaint(undefined(name, known), style=path, line=line, column=column)
