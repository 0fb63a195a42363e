"""Pages of a partnership's own on its form: a title and a text (Markdown) in each language, and where it stands.

The texts are files that the partnership's file names. On the form a page is called by its id (`pages.fund.title.cy`,
`pages.fund.text.cy`, `pages.fund.place`), and one that is to be added `+`. Pages whose files lie elsewhere than in the
partnership's folder are not on the form, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.errors import Fault
from toolkit_builder.exchange.yaml_writing import with_values
from toolkit_builder.partnerships.ids import id_from_names
from toolkit_builder.regular_files import UnreadableFileError, read_regular

NEW = "+"
"""What the page is called that is to be added."""
UNNAMED = "page"
"""The id of a page whose titles give none."""
_ID = re.compile(r"[a-z][a-z0-9-]*")
_WHERE = re.compile(r"pages\[(\d+)\](?:\.(\w+))?(?:\.([\w-]+))?")

Values = dict[str, str]


@dataclass(frozen=True)
class OwnPages:
    """The pages on the form, as it follows from a framework: its languages and its categories."""

    languages: tuple[str, ...]
    categories: tuple[str, ...]

    @property
    def places(self) -> list[str]:
        """Where a page may stand; the last is where one stands of which nothing else is said."""
        return [f"{side} {category}" for category in self.categories for side in ("before", "after")]

    def values(self, text: str, folder: Path) -> Values:
        """What the inputs say, of a partnership's file in this folder, and of a page to be added."""
        found: Values = {}
        for _, page in self._pages(text, folder):
            found |= self._said(page["id"], page, folder)
        return found | self._said(NEW, {}, folder)

    @staticmethod
    def ids(values: Values) -> list[str]:
        """The pages that are on the form, the one to be added last."""
        return [name.split(".")[1] for name in values if name.startswith("pages.") and name.endswith(".place")]

    def written(self, text: str, folder: Path, values: Values, partnership: str) -> tuple[str, dict[str, str]]:
        """The text of the file with other pages, and the Markdown files that are another for it, by their names. A page
        without title and text is taken out; its files stay.
        """
        before, changes, files = self.values(text, folder), dict[KeyPath, Any](), dict[str, str]()
        removed: list[int] = []
        for at, page in self._pages(text, folder):
            said = {name: values.get(name, before[name]) for name in self._names(page["id"])}
            if all(said[name] == before[name] for name in said):
                continue
            if self._is_empty(page["id"], said):
                removed.append(at)
                continue
            more, texts = self._changes(page, said, before, partnership)
            changes |= {("pages", at, key): value for key, value in more.items()}
            files |= texts
        new = {name: values.get(name, "") for name in self._names(NEW)}
        if not self._is_empty(NEW, new):
            page, texts = self._added(new, self._ids(text), partnership)
            changes["pages", len(_listed(text))] = page
            files |= texts
        changes |= {("pages", at): None for at in reversed(removed)}  # the last one first: those after it move up
        return (with_values(text, changes) if changes else text), files

    def name_of(self, text: str, values: Values, fault: Fault) -> str:
        """The input that a fault of this text of the file is about; empty if it is about none of a page."""
        pages = _listed(text)
        if found := _WHERE.match(fault.where):
            page, key, language = pages[int(found[1]) - 1], found[2] or "title", found[3] or self.languages[0]
            start = self._start(page, values)
            key = {"file": "text", "id": "title"}.get(key, key)
            return f"{start}.place" if key in ("before", "after") else f"{start}.{key}.{language}"
        for page in pages:
            for language in self.languages:
                if (name := _in(page, "file", language)) and fault.file.endswith(f"/{name}"):
                    return f"{self._start(page, values)}.text.{language}"
        return ""

    def causes(self, text: str, values: Values) -> Iterator[tuple[str, str]]:
        """The texts of the file that its pages print, and the input of each."""
        for at, page in enumerate(_listed(text), start=1):
            start = self._start(page, values)
            for language in self.languages:
                yield f"pages[{at}].title.{language}", f"{start}.title.{language}"
                yield f"pages[{at}].file.{language}", f"{start}.text.{language}"

    @staticmethod
    def _start(page: Any, values: Values) -> str:
        known = isinstance(page, dict) and f"pages.{page.get('id')}.place" in values
        return f"pages.{page['id']}" if known else f"pages.{NEW}"

    def _names(self, page: str) -> list[str]:
        each = [f"pages.{page}.{key}.{language}" for key in ("title", "text") for language in self.languages]
        return [*each, f"pages.{page}.place"]

    def _is_empty(self, page: str, said: Values) -> bool:
        return not any(said[name] for name in self._names(page)[:-1])

    def _said(self, page: str, data: Mapping[str, Any], folder: Path) -> Values:
        titles = {f"pages.{page}.title.{each}": _in(data, "title", each) for each in self.languages}
        texts = {f"pages.{page}.text.{each}": _read(folder, _in(data, "file", each)) for each in self.languages}
        sides = [f"{side} {data[side]}" for side in ("before", "after") if isinstance(data.get(side), str)]
        return {**titles, **texts, f"pages.{page}.place": next(iter(sides), "")}

    def _pages(self, text: str, folder: Path) -> Iterator[tuple[int, dict[str, Any]]]:
        """The pages that are on the form, with their places in the list."""
        for at, page in enumerate(_listed(text)):
            if not (isinstance(page, dict) and _ID.fullmatch(str(page.get("id", "")))):
                continue
            if all(_is_within(folder, _in(page, "file", each)) for each in self.languages):
                yield at, page

    @staticmethod
    def _ids(text: str) -> set[str]:
        return {str(page.get("id")) for page in _listed(text) if isinstance(page, dict)}

    def _changes(
        self, page: Mapping[str, Any], said: Values, before: Values, partnership: str
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """What is another in the entry of a page, and its files."""
        start, changes, files = f"pages.{page['id']}", dict[str, Any](), dict[str, str]()

        def differs(key: str) -> bool:
            return any(said[f"{start}.{key}.{each}"] != before[f"{start}.{key}.{each}"] for each in self.languages)

        if differs("title"):
            changes["title"] = self._in_each(start, "title", said)
        if differs("text"):
            names = {each: _in(page, "file", each) for each in self.languages}
            for each in self.languages:
                if not names[each] or list(names.values()).count(names[each]) > 1:  # none, or one for several languages
                    names[each] = f"{partnership}/{page['id']}.{each}.md"
                if said[f"{start}.text.{each}"]:
                    files[names[each]] = said[f"{start}.text.{each}"] + "\n"
            changes["file"] = {each: name for each, name in names.items() if name in files}
        if said[f"{start}.place"] != before[f"{start}.place"]:
            changes |= {"before": None, "after": None, **self._placed(said[f"{start}.place"])}
        return changes, files

    def _added(self, said: Values, taken: set[str], partnership: str) -> tuple[dict[str, Any], dict[str, str]]:
        start = f"pages.{NEW}"
        titles = self._in_each(start, "title", said)
        wished = id_from_names(titles, self.languages) or UNNAMED
        page = next(each for each in _numbered(wished) if each not in taken)
        texts = self._in_each(start, "text", said)
        names = {each: f"{partnership}/{page}.{each}.md" for each in texts}
        entry = {"id": page, "title": titles, "file": names, **self._placed(said[f"{start}.place"])}
        return entry, {names[each]: f"{text}\n" for each, text in texts.items()}

    def _in_each(self, start: str, key: str, said: Values) -> dict[str, str]:
        found = {each: said[f"{start}.{key}.{each}"] for each in self.languages}
        return {each: " ".join(text.split()) if key == "title" else text for each, text in found.items() if text}

    def _placed(self, place: str) -> dict[str, str]:
        side, _, category = (place if place in self.places else self.places[-1]).partition(" ")
        return {side: category}


def own_pages_of(catalogue: Catalogue) -> OwnPages:
    """The pages on the form of a partnership of this framework."""
    framework = catalogue.framework
    return OwnPages(framework.language_ids, tuple(category.id for category in framework.categories))


def _listed(text: str) -> list[Any]:
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (it makes texts of everything, and nothing else)
    pages = data.get("pages") if isinstance(data, dict) else None
    return pages if isinstance(pages, list) else []


def _in(data: Any, key: str, language: str) -> str:
    """What is said under a key in a language; a single value stands for all."""
    found = data.get(key) if isinstance(data, dict) else None
    said = found.get(language) if isinstance(found, dict) else found
    return said.strip() if isinstance(said, str) else ""


def _is_within(folder: Path, name: str) -> bool:
    return not name or (not Path(name).is_absolute() and (folder / name).resolve().is_relative_to(folder.resolve()))


def _read(folder: Path, name: str) -> str:
    """The text of a file as a form has it; empty if there is none that can be read: the fault says so."""
    try:
        data = read_regular(folder / name, MAXIMUM_BYTES) if name else b""
        return data.decode("utf-8").replace("\r\n", "\n").strip()
    except (UnreadableFileError, UnicodeDecodeError, OSError):
        return ""


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
