"""Loads a project's content: checks everything at once, lays provisional values under the source's.

The order: `framework.yaml` first, since it declares languages, categories and columns; then labels, actions and
provisional values, each against the shape that follows from it; then what concerns several files together.
Where the framework's own faults leave it unclear what the others should be, they are read as YAML only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from pydantic import RootModel

from toolkit_builder.catalogue import kinds
from toolkit_builder.catalogue.checking import (
    check_actions,
    check_categories,
    check_framework,
    check_languages,
    check_provisional,
)
from toolkit_builder.catalogue.documents import Data, SourceDocument
from toolkit_builder.catalogue.files import ContentFiles, fits
from toolkit_builder.catalogue.model import (
    Action,
    ActionFile,
    AnyText,
    Basis,
    Catalogue,
    Framework,
    Language,
    Languages,
    Rating,
    ScaleColumn,
    Text,
    Value,
    text_shape,
)
from toolkit_builder.catalogue.review import load_review, states
from toolkit_builder.errors import FaultsError
from toolkit_builder.project import Project

FRAMEWORK, LABELS, PROVISIONAL = "framework.yaml", "labels.yaml", "provisional.yaml"

Ratings = dict[str, dict[str, Rating]]
"""By the code of the action and the id of the scale."""


def load(project: Project) -> Catalogue:
    """The catalogue of a project.

    Raises FaultsError with every fault of every file, each with file, line and column.
    """
    return _Loading(project).catalogue()


def load_in(project: Project, language: str) -> Catalogue:
    """The catalogue of a project for whoever wants one language: others that texts still lack are left out of it, as if
    the framework did not have them. Without anything that is lacking, the same as `load`.

    Raises FaultsError as `load` does.
    """
    loading = _Loading(project)
    try:
        return loading.catalogue()
    except FaultsError:
        left_out = loading.files.incomplete - {language}
        if not left_out or language in loading.files.incomplete:
            raise
    return _Loading(project, left_out).catalogue()


def load_framework(project: Project) -> Framework[Text]:
    """The framework alone.

    Raises FaultsError with every fault of its file.
    """
    loading = _Loading(project)
    framework = loading.framework()
    if framework is None or loading.files.has_errors:
        raise FaultsError(loading.files.faults)
    return framework


def load_languages(project: Project) -> Languages:
    """The languages alone, whatever else the framework lacks: translators are not to wait for it.

    Raises FaultsError if they are at fault, or the file is no YAML that can be read.
    """
    loading = _Loading(project)
    document = loading.files.document(FRAMEWORK)
    entries = document.data.get("languages") if document and isinstance(document.data, dict) else None
    read = [fits(entry, Language) for entry in entries] if isinstance(entries, list) else []
    found = tuple(language for language in read if language)
    if document and (len(found) < len(read) or not found):
        loading.framework()  # which says what is wrong with them
    elif document:
        check_languages(loading.files, document, [language.id for language in found])
    if loading.files.faults:
        raise FaultsError(loading.files.faults)
    return Languages(found)


class _Loading:
    """One run over the content of a project."""

    def __init__(self, project: Project, left_out: Collection[str] = ()) -> None:
        self.files = ContentFiles(project)
        self.left_out = left_out
        self.text: type[Text] = AnyText

    def catalogue(self) -> Catalogue:
        framework = self.framework()
        documents = {name: self.files.document(name) for name in self.files.actions()}
        labels = self.files.document(LABELS)
        provisional = self._optional(PROVISIONAL)
        if framework is None:
            raise FaultsError(self.files.faults)
        words = self.files.shaped(labels, kinds.labels_shape(self.text)) if labels else None
        ratings = self._ratings(framework, provisional)
        actions = self._actions(framework, documents, ratings)
        self._check_together(framework, documents, provisional)
        if words is None or self.files.has_errors:
            raise FaultsError(self.files.faults)
        catalogue = Catalogue(framework, words.root, actions, self.files.positions)
        review = load_review(self.files.project)
        if review.faults:
            raise FaultsError(review.faults)
        doubts, left_out = tuple(self.files.faults), tuple(sorted(self.left_out))
        return replace(catalogue, review=states(catalogue, review), warnings=doubts, left_out=left_out)

    def framework(self) -> Framework[Text] | None:
        """The framework, with the shape of its texts; None if nothing can be checked against it."""
        document = self.files.document(FRAMEWORK)
        if document is None:
            return None
        languages = _languages(document.data)
        if languages and check_languages(self.files, document, languages):
            self.text = text_shape(languages, self.left_out)
        framework = self.files.shaped(document, kinds.framework_shape(self.text))
        framework = framework or fits(document.data, kinds.outline_shape())
        if framework is None or not check_framework(self.files, document, framework):
            return None
        if not self.left_out:
            return framework
        spoken = tuple(each for each in framework.languages if each.id not in self.left_out)
        return framework.model_copy(update={"languages": spoken})

    def _optional(self, name: str) -> SourceDocument | None:
        return self.files.document(name) if os.path.lexists(self.files.project.content / name) else None

    def _actions(
        self, framework: Framework[Text], documents: dict[str, SourceDocument | None], ratings: Ratings
    ) -> tuple[Action, ...]:
        shape = kinds.action_shape(framework, self.text)
        actions = []
        for document in documents.values():
            read = self.files.shaped(document, shape) if document else None
            if document and read:
                actions.append(_action(framework, read, ratings.get(read.code, {}), document.file))
        order = {category.id: number for number, category in enumerate(framework.categories)}
        return tuple(sorted(actions, key=lambda action: (order[action.category], _natural(action.code))))

    def _ratings(self, framework: Framework[Text], document: SourceDocument | None) -> Ratings:
        shape = kinds.provisional_shape(framework, self.text)
        read: RootModel[dict[str, Any]] | None = self.files.shaped(document, shape) if document else None
        ratings: Ratings = {}
        for code, entry in read.root.items() if read else ():
            for scale in framework.scales:
                value = getattr(entry, scale.id)
                if value is not None:
                    rating = _rating(scale, value.value, "provisional", value.reason)
                    ratings.setdefault(code, {})[scale.id] = rating
        return ratings

    def _check_together(
        self,
        framework: Framework[Text],
        documents: dict[str, SourceDocument | None],
        provisional: SourceDocument | None,
    ) -> None:
        read = {PurePosixPath(name).stem: document for name, document in documents.items() if document}
        check_actions(self.files, framework, read)
        own = self.files.document(FRAMEWORK)
        if own and documents and len(read) == len(documents):  # else who knows what the others hold
            check_categories(self.files, framework, own, read.values())
        if provisional and documents:
            codes = {PurePosixPath(name).stem for name in documents}
            codes |= {document.entry("code") or stem for stem, document in read.items()}
            check_provisional(self.files, provisional, codes)


def _languages(data: Data) -> list[str]:
    """The languages come first: every other text is checked against them. Empty if they are at fault."""
    entries = data.get("languages") if isinstance(data, dict) else None
    read = [fits(entry, Language) for entry in entries] if isinstance(entries, list) else []
    return [] if None in read else [language.id for language in read if language]


def _action(framework: Framework[Text], read: ActionFile, provisional: dict[str, Rating], file: str) -> Action:
    values: dict[str, Value] = {}
    for column in framework.columns:
        value = getattr(read, column.id)
        if isinstance(column, ScaleColumn):
            stated = _rating(column, value)
            value = stated if stated.basis == "source" else provisional.get(column.id, stated)
        values[column.id] = value
    sort = read.sort.model_dump(exclude_none=True) if read.sort else {}
    return Action(read.code, read.category, read.title, values, file, sort, read.pictogram, read.web, read.lost)


def _rating(
    scale: ScaleColumn[Text], words: tuple[str, ...], basis: Basis = "source", reason: Text | None = None
) -> Rating:
    if words == (kinds.UNSTATED,):
        return Rating((), False, "unstated")
    if words == (kinds.ANY,):
        return Rating(scale.step_ids, True, basis, reason)
    return Rating(tuple(step for step in scale.step_ids if step in words), False, basis, reason)


def _natural(code: str) -> tuple[str, int]:
    """SP10 comes after SP9."""
    return re.sub(r"[0-9]", "", code), int(re.sub(r"[^0-9]", "", code))
