"""Loads a project's content: reads every file, checks everything at once, lays provisional values under the source's.

The order: `framework.yaml` first, since it declares languages, categories and columns; then labels, actions and
provisional values, each against the shape that follows from it; then what concerns several files together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from toolkit_builder.catalogue import kinds
from toolkit_builder.catalogue.colours import contrast_with_white
from toolkit_builder.catalogue.explaining import explain, not_allowed
from toolkit_builder.catalogue.model import (
    Action,
    Catalogue,
    Framework,
    Language,
    Origin,
    Rating,
    ScaleColumn,
    Text,
    Value,
    text_shape,
)
from toolkit_builder.catalogue.yaml_reader import Document, Path_, Position, key_text, read_yaml
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.project import Project

LEAST_CONTRAST = 4.5

S = TypeVar("S", bound=BaseModel)


def load(project: Project) -> Catalogue:
    """The catalogue of a project.

    Raises FaultsError with every fault of every file, each with file, line and column.
    """
    return _Loading(project).catalogue()


class _Loading:
    """One run over the content of a project. Faults add up until `catalogue` raises them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.faults: list[Fault] = []
        self.positions: dict[str, tuple[str, int, int]] = {}

    def catalogue(self) -> Catalogue:
        framework = self._framework()
        if framework is None:
            raise FaultsError(self.faults)
        text = text_shape(framework.language_ids)
        labels = self._read("labels.yaml", kinds.labels_shape(text))
        provisional = self._provisional(framework, text)
        actions = self._actions(framework, text, provisional)
        if self.faults:
            raise FaultsError(self.faults)
        assert labels is not None  # noqa: S101  (or there would be a fault)
        return Catalogue(framework, labels.root, actions, self.positions)  # type: ignore[attr-defined]

    # -- framework.yaml -------------------------------------------------------------------------------------------

    def _framework(self) -> Framework[Text] | None:
        document = self._document("framework.yaml")
        if document is None:
            return None
        languages = self._languages(document)
        if not languages:
            return None
        framework = self._shaped(document, kinds.framework_shape(text_shape(languages)))
        if framework is not None:
            self._check_framework(document, framework)
        return None if self.faults else framework

    def _languages(self, document: Document) -> list[str]:
        """The languages come first: every other text is checked against them."""
        data = document.data
        entries = data.get("languages") if isinstance(data, dict) else None
        if not isinstance(entries, list) or not entries:
            self._fault(document, ("languages",), "missing; list the languages first, each with id, name and review")
            return []
        found = []
        for index, entry in enumerate(entries):
            language = self._validated(document, Language, entry, ("languages", index))
            if language is not None:
                found.append(language.id)
        self._no_doubles(document, [("languages", index) for index in range(len(found))], found)
        return found if len(found) == len(entries) else []

    def _check_framework(self, document: Document, framework: Framework[Text]) -> None:
        for key, entries in (("categories", framework.categories), ("columns", framework.columns)):
            self._no_doubles(document, [(key, index, "id") for index in range(len(entries))], [e.id for e in entries])
        codes = [category.code for category in framework.categories]
        self._no_doubles(document, [("categories", index, "code") for index in range(len(codes))], codes)
        for index, category in enumerate(framework.categories):
            contrast = contrast_with_white(category.colour)
            if contrast < LEAST_CONTRAST:
                message = f"{category.colour} has a contrast of {contrast:.1f}:1 against white; take a darker one (4.5:1)"
                self._fault(document, ("categories", index, "colour"), message)
        for index, column in enumerate(framework.columns):
            path: Path_ = ("columns", index)
            if column.id in ("code", "category", "title"):
                self._fault(document, (*path, "id"), f"“{column.id}” is taken by every action; choose another id")
            if column.kind == "scale":
                self._check_scale(document, path, column)
            elif column.kind == "people":
                ids = [sector.id for sector in column.sectors]
                self._no_doubles(document, [(*path, "sectors", n, "id") for n in range(len(ids))], ids)
                for n, sector in enumerate(column.sectors):
                    for m, included in enumerate(sector.includes):
                        if included not in ids:
                            self._fault(document, (*path, "sectors", n, "includes", m), not_allowed(included, ids))

    def _check_scale(self, document: Document, path: Path_, scale: ScaleColumn[Text]) -> None:
        ids = list(scale.step_ids)
        self._no_doubles(document, [(*path, "steps", n, "id") for n in range(len(ids))], ids)
        for n, step_id in enumerate(ids):
            if step_id in (kinds.ANY, kinds.UNSTATED):
                self._fault(document, (*path, "steps", n, "id"), f"“{step_id}” has a meaning of its own; choose another")
        if scale.several and scale.any is None:
            self._fault(document, (*path, "any"), "missing; with “several” say what is printed when every step suits")

    # -- actions --------------------------------------------------------------------------------------------------

    def _actions(
        self, framework: Framework[Text], text: type[Text], provisional: dict[str, dict[str, Rating]]
    ) -> tuple[Action, ...]:
        shape = kinds.action_shape(framework, text)
        folder = self.project.content / "actions"
        paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
        if not paths:
            self.faults.append(
                Fault(self.project.file(folder), 0, 0, "", "no actions; put one file an action here, called CODE.yaml")
            )
        documents: dict[str, Document] = {}
        actions: list[Action] = []
        complete = True
        for path in paths:
            document = self._document(path.relative_to(self.project.content).as_posix())
            read = self._shaped(document, shape) if document else None
            if document is None or read is None:
                complete = False
                continue
            code = read.code  # type: ignore[attr-defined]
            if code in documents:
                self._fault(document, ("code",), f"{code} is also the code of {documents[code].file}; change one of them")
                continue
            documents[code] = document
            self._check_action(document, framework, read, path.stem)
            actions.append(_action(framework, read, provisional.get(code, {}), document.file))
        if complete:
            self._check_together(framework, actions, provisional)
        order = {category.id: number for number, category in enumerate(framework.categories)}
        return tuple(sorted(actions, key=lambda action: (order[action.category], _natural(action.code))))

    def _check_action(self, document: Document, framework: Framework[Text], read: Any, stem: str) -> None:
        expected = framework.category(read.category).code
        if not re.fullmatch(rf"{expected}[0-9]+", read.code):
            message = f"{read.code} does not begin with {expected}, as the codes of {read.category} do"
            self._fault(document, ("code",), f"{message}; change the code or the category")
        if stem != read.code:
            self._fault(document, ("code",), f"{read.code} stands in {stem}.yaml; call the file {read.code}.yaml")

    def _check_together(
        self, framework: Framework[Text], actions: list[Action], provisional: dict[str, dict[str, Rating]]
    ) -> None:
        used = {action.category for action in actions}
        for index, category in enumerate(framework.categories):
            if category.id not in used:
                self._fault_at("framework.yaml", ("categories", index), f"{category.id}: no action is in this category")
        codes = {action.code for action in actions}
        for code in provisional:
            if code not in codes:
                self._fault_at("provisional.yaml", (code,), not_allowed(code, sorted(codes), "no such action"))

    # -- provisional.yaml -----------------------------------------------------------------------------------------

    def _provisional(self, framework: Framework[Text], text: type[Text]) -> dict[str, dict[str, Rating]]:
        if not (self.project.content / "provisional.yaml").exists():
            return {}
        read = self._read("provisional.yaml", kinds.provisional_shape(framework, text))
        if read is None:
            return {}
        found: dict[str, dict[str, Rating]] = {}
        for code, entry in read.root.items():  # type: ignore[attr-defined]
            for scale in framework.scales:
                value = getattr(entry, scale.id)
                if value is not None:
                    rating = _rating(scale, value.value)
                    ratings = found.setdefault(code, {})
                    ratings[scale.id] = Rating(rating.steps, rating.any, "provisional", value.reason)
        return found

    # -- reading and reporting ------------------------------------------------------------------------------------

    def _document(self, name: str) -> Document | None:
        path = self.project.content / name
        return read_yaml(path, self.project.file(path), self.faults)

    def _read(self, name: str, shape: type[BaseModel]) -> BaseModel | None:
        document = self._document(name)
        return self._shaped(document, shape) if document else None

    def _shaped(self, document: Document, shape: type[S]) -> S | None:
        """The document in its shape, each of its texts knowing where it was written."""
        read = self._validated(document, shape, document.data, ())
        if read is not None:
            for path, text in _texts(read, ()):
                origin = Origin(document.file, key_text(path))
                text._origin = origin
                for language in text.as_dict():
                    place = document.position((*path, language))
                    self.positions[f"{origin}.{language}"] = (document.file, place.line, place.column)
        return read

    def _validated(self, document: Document, shape: type[S], data: object, base: Path_) -> S | None:
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path, message = explain(document.data, base, dict(detail), shape)
                self._fault(document, path, message)
            return None

    def _no_doubles(self, document: Document, paths: list[Path_], values: list[str]) -> None:
        for value, count in Counter(values).items():
            if count > 1:
                path = [path for path, other in zip(paths, values, strict=True) if other == value][-1]
                self._fault(document, path, f"“{value}” stands {count} times; each may stand once")

    def _fault(self, document: Document, path: Path_, message: str) -> None:
        place = document.position(path)
        self.faults.append(Fault(document.file, place.line, place.column, key_text(path), message))

    def _fault_at(self, name: str, path: Path_, message: str) -> None:
        document = self._document(name)
        place = document.position(path) if document else Position(1, 1)
        file = self.project.file(self.project.content / name)
        self.faults.append(Fault(file, place.line, place.column, key_text(path), message))


def _action(framework: Framework[Text], read: Any, provisional: dict[str, Rating], file: str) -> Action:
    values: dict[str, Value] = {}
    for column in framework.columns:
        value = getattr(read, column.id)
        if isinstance(column, ScaleColumn):
            stated = _rating(column, value)
            value = stated if stated.basis == "source" else provisional.get(column.id, stated)
        values[column.id] = value
    return Action(read.code, read.category, read.title, values, file)


def _rating(scale: ScaleColumn[Text], words: tuple[str, ...]) -> Rating:
    if words == (kinds.UNSTATED,):
        return Rating((), False, "unstated")
    if words == (kinds.ANY,):
        return Rating(scale.step_ids, True, "source")
    return Rating(tuple(step for step in scale.step_ids if step in words), False, "source")


def _natural(code: str) -> tuple[str, int]:
    return re.sub(r"[0-9]", "", code), int(re.sub(r"[^0-9]", "", code) or 0)


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, Text]]:
    """Every text in a value that was read, with its path in the file."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from _texts(inner, path if name == "root" else (*path, name))
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
