"""Styles of an SVG, resolved: what `<style>`, `style` and presentation attributes say of an element, as properties.

Rules for element names, classes and ids, and these together (`path.st0`), are what drawing programs write. Everything
that depends on the place of an element, and every @rule, is refused: what is resolved here is nowhere written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2

from toolkit_builder.drawings.refusing import refused, shown
from toolkit_builder.drawings.svg.allow_list import GEOMETRY, PROPERTIES
from toolkit_builder.drawings.svg.budget import Budget

LONGEST = 100_000
"""Characters of all style rules."""
Specificity = tuple[int, int, int]
"""Ids, classes, names of elements (Selectors 3, 9)."""


@dataclass(frozen=True)
class _Declaration:
    name: str
    value: str
    is_important: bool


@dataclass(frozen=True)
class _Selector:
    """A simple selector: all of it has to be right of one element."""

    name: str = ""
    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    @property
    def specificity(self) -> Specificity:
        return len(self.ids), len(self.classes), int(bool(self.name))

    @property
    def key(self) -> str:
        """What it is looked up by."""
        return next((f"#{name}" for name in self.ids), next((f".{name}" for name in self.classes), self.name))

    def is_for(self, name: str, identifier: str, classes: frozenset[str]) -> bool:
        return self.name in ("", name) and self.ids <= {identifier} and self.classes <= classes


@dataclass
class Styles:
    """The rules of all style sheets of a drawing."""

    budget: Budget
    rules: dict[str, list[tuple[_Selector, int, list[_Declaration]]]] = field(default_factory=dict)
    count: int = 0
    _resolved: dict[Element, dict[str, str]] = field(default_factory=dict)

    def read(self, sheet: str) -> None:
        """Add the rules of a style sheet. Raises RefusedError if it says more than can be resolved."""
        if len(sheet) > LONGEST:
            raise refused(f"has more than {LONGEST:,} characters of styles; save it with presentation attributes")
        for rule in _parsed(tinycss2.parse_stylesheet, sheet):
            if rule.type != "qualified-rule":
                raise refused("has a style with @rules or mistakes; save it with presentation attributes")
            declarations = list(_declarations(rule.content))
            for selector in _selectors(rule.prelude):
                self.count += 1
                self.budget.selector()
                self.rules.setdefault(selector.key, []).append((selector, self.count, declarations))

    def of(self, element: Element, name: str) -> dict[str, str]:
        """What is said of an element: attributes, then rules by their weight, then `style`; `!important` last."""
        if element not in self._resolved:
            self._resolved[element] = self._resolve(element, name)
        return self._resolved[element]

    def _resolve(self, element: Element, name: str) -> dict[str, str]:
        said = {key: value.strip() for key, value in element.attrib.items() if key in PROPERTIES}
        own = [((1, 0, 0, 0), 0, said) for said in _declarations(element.get("style") or "")]
        weighed = [*self._rules_of(element, name), *own]
        weighed.sort(key=lambda item: (item[2].is_important, item[0], item[1]))
        said.update((declaration.name, declaration.value) for _, _, declaration in weighed)
        return said

    def _rules_of(self, element: Element, name: str) -> Iterator[tuple[tuple[int, int, int, int], int, _Declaration]]:
        classes = frozenset((element.get("class") or "").split())
        identifier = element.get("id") or ""
        for key in ("", name, f"#{identifier}", *sorted(f".{known}" for known in classes)):
            for selector, order, declarations in self.rules.get(key, ()):
                self.budget.rules(1 + len(declarations))
                if selector.is_for(name, identifier, classes):
                    yield from (((0, *selector.specificity), order, said) for said in declarations)


def _parsed(parse: Any, source: Any) -> Any:
    try:
        return parse(source, skip_comments=True, skip_whitespace=True)
    except RecursionError:
        raise refused("has a style nested too deep; save it with presentation attributes") from None


def _declarations(source: Any) -> Iterator[_Declaration]:
    """Declarations of properties that are known; a mistake is passed over, as CSS has it, a further rule is not."""
    for part in _parsed(tinycss2.parse_blocks_contents, source):
        if part.type in ("at-rule", "qualified-rule"):
            raise refused("has styles within styles; save it with presentation attributes")
        if part.type == "declaration":
            value = _serialised(part.value)
            _check_addresses(part.value, value)
            if part.lower_name in GEOMETRY:
                raise refused(f"says where its shapes stand in a style ({part.lower_name}); save it with attributes")
            if part.lower_name in PROPERTIES:
                yield _Declaration(part.lower_name, value, part.important)


def _serialised(tokens: Iterable[Any]) -> str:
    try:
        return str(tinycss2.serialize(tokens)).strip()
    except RecursionError:
        raise refused("has a style nested too deep; save it with presentation attributes") from None


def _check_addresses(tokens: Iterable[Any], value: str) -> None:
    """No address leads out of the drawing, whatever property it stands in."""
    for token in tokens:
        address = None
        if token.type == "url":
            address = token.value
        elif token.type == "function" and token.lower_name in ("url", "src", "image", "image-set"):
            address = next((inner.value for inner in token.arguments if inner.type == "string"), "")
        if address is not None and not address.strip().startswith("#"):
            outside = shown(address)
            raise refused(f"refers to “{outside}” outside of itself; put all of it into the file as shapes")


def _selectors(prelude: Iterable[Any]) -> Iterator[_Selector]:
    """The selectors between commas."""
    tokens: list[Any] = []
    for token in [*prelude, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            yield _selector(tokens)
            tokens = []
        else:
            tokens.append(token)


def _selector(tokens: list[Any]) -> _Selector:
    while tokens and tokens[0].type == "whitespace":
        tokens = tokens[1:]
    while tokens and tokens[-1].type == "whitespace":
        tokens = tokens[:-1]
    name, classes, ids = "", set(), set()
    place = 0
    while place < len(tokens):
        token, following = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
        if token.type == "ident" and place == 0:
            name = token.value
        elif token.type == "literal" and token.value == "*" and place == 0:
            name = ""
        elif token.type == "hash":
            ids.add(token.value)
        elif token.type == "literal" and token.value == "." and following is not None and following.type == "ident":
            classes.add(following.value)
            place += 1
        else:
            said = shown(_serialised(tokens))
            raise refused(
                f"has a style rule for “{said}”; only names, classes and ids are resolved: save it with "
                "presentation attributes"
            )
        place += 1
    if not tokens:
        raise refused("has a style rule for nothing; save it with presentation attributes")
    return _Selector(name, frozenset(classes), frozenset(ids))


def local_address(value: str) -> str:
    """The id that `url(#id)` names, or nothing if a value names none."""
    for token in tinycss2.parse_component_value_list(value) if "url" in value.lower() else ():
        if token.type == "url":
            return str(token.value).strip().removeprefix("#")
        if token.type == "function" and token.lower_name == "url":
            return next(
                (str(part.value).strip().removeprefix("#") for part in token.arguments if part.type == "string"), ""
            )
    return ""
