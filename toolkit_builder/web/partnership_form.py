"""The form of a partnership: its fields, each a line or a text in one language, and the file that they are kept in.

A field is called by its place in the file, with its language last: `contact.role.cy`, `actions.SP2.note.en`. Lists of
texts have a line an item: `actions.SP2.examples.cy`; of what several are taken (`selection.stage`), their ids stand one
after the other. What a file says besides stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Literal

import yaml
from werkzeug.datastructures import MultiDict

from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.errors import Fault
from toolkit_builder.exchange.yaml_writing import with_values

Kind = Literal["line", "text", "lines", "colour", "date", "email", "number", "tick", "one", "several"]
Values = dict[str, str]
YES = "yes"
"""What a tick says."""
INK = "ink"
NO_LOGO: KeyPath = ("logo", "away")
"""No field of the file: that its logo is taken out of it."""


@dataclass(frozen=True)
class FormField:
    """A field of the file: where it stands, of what kind it is, and whether it is in each language. `allowed`: of which
    values one or several are taken, in their order; `is_usual`: whether a tick is there if the file says nothing.
    """

    place: KeyPath
    kind: Kind = "line"
    is_in_each: bool = True
    allowed: tuple[str, ...] = ()
    is_usual: bool = False

    @property
    def name(self) -> str:
        return ".".join(map(str, self.place))

    def names(self, languages: tuple[str, ...]) -> list[str]:
        """What its inputs are called: a colour has its inks beside it."""
        if self.is_in_each:
            return [f"{self.name}.{language}" for language in languages]
        return [self.name, f"{self.name}.{INK}"] if self.kind == "colour" else [self.name]


WEB = "web."
_HOST = re.compile(r"\A[\w-]+(?:\.[\w-]+)+(?:/\S*)?\Z")
"""A website as people write it, without `https://`."""
GENERAL = (
    FormField(("name",)),
    FormField(("short_name",)),
    FormField(("web",)),
    FormField(("logo", "alternative")),
    FormField(NO_LOGO, "tick", is_in_each=False),
    FormField(("colours", "ground"), "colour", is_in_each=False),
    FormField(("colours", "band"), "colour", is_in_each=False),
    FormField(("contact", "name"), is_in_each=False),
    FormField(("contact", "role")),
    FormField(("contact", "organisation")),
    FormField(("contact", "email"), "email", is_in_each=False),
    FormField(("contact", "telephone"), is_in_each=False),
    FormField(("contact", "address")),
    FormField(("workshop", "date"), "date", is_in_each=False),
    FormField(("workshop", "place")),
    FormField(("foreword",), "text"),
    FormField(("introduction",), "text"),
)
OF_ACTION = (
    FormField(("examples",), "lines"),
    FormField(("note",), "text"),
    FormField(("who",), "lines"),
    FormField(("contact", "name"), is_in_each=False),
    FormField(("contact", "role")),
    FormField(("contact", "organisation")),
    FormField(("contact", "email"), "email", is_in_each=False),
    FormField(("contact", "telephone"), is_in_each=False),
    FormField(("contact", "address")),
    FormField(("order",), "number", is_in_each=False),
    FormField(("leave_out",), "tick", is_in_each=False),
)
"""What is said of an action, by its place there."""


@dataclass(frozen=True)
class PartnershipForm:
    """The form, as it follows from a framework: its languages, its actions, and what is chosen of what there is
    (`partnership_choices`).
    """

    languages: tuple[str, ...]
    codes: tuple[str, ...]
    choices: tuple[FormField, ...] = ()

    def fields(self) -> Iterator[FormField]:
        """All fields, in order."""
        yield from GENERAL
        yield from self.choices
        for code in self.codes:
            yield from self.of_action(code)

    def of_action(self, code: str) -> list[FormField]:
        """What is said of an action."""
        return [replace(field, place=("actions", code, *field.place)) for field in OF_ACTION]

    def names_of_action(self, code: str) -> list[str]:
        """What the inputs are called that say something of an action."""
        return [name for field in self.of_action(code) for name in field.names(self.languages)]

    def values(self, text: str) -> Values:
        """What the inputs say, of a file. Raises yaml.YAMLError if it is none."""
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (it makes texts of everything, and nothing else)
        found: Values = {}
        for field in self.fields():
            found |= _read(field, _at(data, field.place), self.languages)
        return found

    def sent(self, form: Mapping[str, str], before: Values) -> Values:
        """What the inputs of a form that was sent say; what it does not have is as before."""
        given = {name: _clean(form[name]) for name in before if name in form}
        return {**before, **given}

    def written(self, text: str, values: Values) -> str:
        """The text of a file with other values: only what differs is changed."""
        before, changes = self.values(text), {}
        for field in self.fields():
            names = field.names(self.languages)
            if any(values[name] != before[name] for name in names):
                changes[field.place] = _value(field, values, self.languages)
        if changes.pop(NO_LOGO, False):
            changes = {place: value for place, value in changes.items() if place[0] != "logo"} | {("logo",): None}
        return with_values(text, changes) if changes else text

    def name_of(self, fault: Fault) -> str:
        """The input that a fault is about; empty if it is about none."""
        where = re.sub(r"\[\d+\]", "", fault.where).removesuffix(".screen")
        names = {name for field in self.fields() for name in field.names(self.languages)}
        if where in names:
            return where
        within = [name for name in names if name.startswith(f"{where}.")] if where else []
        return min(within, default="")


def form_sent(form: MultiDict[str, str]) -> Values:
    """A form as browsers send it: of what several are taken, one after the other. A field before them has nothing in
    it, so that it is there when none is. A website without its beginning has it put before it.
    """
    sent = {name: " ".join(value for value in values if value) for name, values in form.lists()}
    return {name: _whole_address(value) if name.startswith(WEB) else value for name, value in sent.items()}


def _whole_address(typed: str) -> str:
    return f"https://{typed.strip()}" if _HOST.match(typed.strip()) else typed


def merged(base: Values, mine: Values, theirs: Values) -> tuple[Values, dict[str, str]]:
    """What two people made of a form that was `base`: what one of them alone has changed is as they have it; where both
    have, it is as I have it, and what they have is told by the name of the field.
    """
    found, clashes = {}, {}
    for name, value in mine.items():
        before, other = base.get(name, ""), theirs.get(name, "")
        found[name] = other if value == before else value
        if other not in (before, value) and value != before:
            clashes[name] = other
    return found, clashes


def form_of(catalogue: Catalogue, choices: tuple[FormField, ...] = ()) -> PartnershipForm:
    """The form of a partnership of this framework, with these `choices`."""
    return PartnershipForm(catalogue.framework.language_ids, tuple(action.code for action in catalogue), choices)


def files_named(text: str) -> list[str]:
    """The files that a partnership's file names: logos and pages."""
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (as above)
    pages = data.get("pages") if isinstance(data, dict) else None
    places = [
        _at(data, ("logo", "file")),
        *(_at(page, ("file",)) for page in (pages if isinstance(pages, list) else [])),
    ]
    named = [name for place in places for name in (place.values() if isinstance(place, dict) else [place])]
    return [name for name in named if isinstance(name, str) and name]


def logo_files(text: str, languages: tuple[str, ...]) -> dict[str, str]:
    """The logos that a partnership's file names, by language."""
    named = _at(yaml.load(text, Loader=yaml.BaseLoader), ("logo", "file"))  # noqa: S506  (as above)
    found = {language: _in(named, language) for language in languages}
    return {language: name for language, name in found.items() if name}


def _at(data: Any, place: KeyPath) -> Any:
    for part in place:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _read(field: FormField, found: Any, languages: tuple[str, ...]) -> Values:
    if field.kind == "colour":
        screen, ink = (found.get("screen"), found.get(INK)) if isinstance(found, dict) else (found, None)
        return {field.name: _text(screen), f"{field.name}.{INK}": " ".join(_listed(ink))}
    if field.kind == "tick":
        is_on = field.is_usual if found is None else _text(found).lower() in _TRUE
        return {field.name: YES if is_on else ""}
    if field.kind == "several":
        return {field.name: " ".join(sorted(_listed(found), key=_place_in(field.allowed)))}
    if not field.is_in_each:
        return {field.name: _text(found)}
    if field.kind == "lines":
        items = found if isinstance(found, list) else []
        return {
            f"{field.name}.{language}": "\n".join(_line(_in(item, language)) for item in items).rstrip()
            for language in languages
        }
    return {f"{field.name}.{language}": _in(found, language) for language in languages}


_TRUE = ("true", "yes", "on")


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _listed(found: Any) -> list[str]:
    """A single value is a list of one."""
    return [text for each in (found if isinstance(found, list) else [found]) if (text := _text(each))]


def _place_in(allowed: tuple[str, ...]) -> Callable[[str], int]:
    """As they stand on the form, whose order the file need not have; what is not on it comes last."""
    return lambda value: allowed.index(value) if value in allowed else len(allowed)


def _in(found: Any, language: str) -> str:
    return _text(found.get(language) if isinstance(found, dict) else found)


def _line(text: str) -> str:
    return " ".join(text.split())


def _clean(text: str) -> str:
    """As browsers send it, with other line ends; nothing at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _value(field: FormField, values: Values, languages: tuple[str, ...]) -> Any:
    """The value that is written; None if there is nothing to say."""
    said = values[field.name] if not field.is_in_each else ""
    if field.kind == "colour":
        ink = [_number(each) for each in re.split(r"[\s,;]+", values[f"{field.name}.{INK}"]) if each]
        return {"screen": said, INK: ink} if ink else said or None
    if field.kind == "tick":
        return None if (said == YES) is field.is_usual else said == YES
    if field.kind == "several":
        return said.split() or None
    if not field.is_in_each:
        return _number(said) if field.kind == "number" and said else said or None
    if field.kind == "lines":
        columns = [[line.strip() for line in values[f"{field.name}.{each}"].split("\n")] for each in languages]
        rows = [dict(zip(languages, row, strict=True)) for row in zip_longest(*columns, fillvalue="")]
        items = [{language: text for language, text in row.items() if text} for row in rows]
        return [item for item in items if item] or None
    texts = {each: values[f"{field.name}.{each}"] for each in languages if values[f"{field.name}.{each}"]}
    return texts or None


def _number(text: str) -> int | float | str:
    """A number as files have it; what is none as it is, so that it is told."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", text) else text
