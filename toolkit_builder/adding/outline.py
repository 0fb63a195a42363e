"""What of a framework must be known to add to it. Its texts may be missing: several things may be added in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit_builder.catalogue.documents import Data, SourceDocument
from toolkit_builder.catalogue.files import fits
from toolkit_builder.catalogue.kinds import outline_shape
from toolkit_builder.catalogue.loading import FRAMEWORK, load_framework
from toolkit_builder.catalogue.model import Category, Column, Language, Text
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.project import Project


@dataclass(frozen=True)
class FrameworkOutline:
    """Languages by id with their names, categories, and columns with what they are called (in the language that texts
    are translated from, or by their ids).
    """

    languages: Mapping[str, str]
    categories: tuple[Category[Text], ...]
    columns: tuple[tuple[Column, str], ...]

    def check_languages(self, option: str, words: Mapping[str, str]) -> None:
        """Raises UsageError for a text in a language that the framework does not have."""
        for language in words:
            if language not in self.languages:
                allowed = ", ".join(self.languages)
                raise UsageError(f"{option}: no language “{language}”. Allowed: {allowed}.")


def outline_of(project: Project) -> FrameworkOutline:
    """The outline of a project's framework.

    Raises FaultsError if more is wrong with it than that texts are missing.
    """
    faults: list[Fault] = []
    path = project.content / FRAMEWORK
    document = read_yaml(path, project.file(path), faults)
    framework = fits(document.data, outline_shape()) if document else None
    languages = [fits(entry, Language) for entry in _list(document, "languages")]
    known = [language for language in languages if language]
    if faults or framework is None or not known or None in languages:
        raise FaultsError(faults) if faults else _said(project)
    original = next((language.id for language in known if language.review == "original"), known[0].id)
    labels = [_label(entry, original) for entry in _list(document, "columns")]
    columns = tuple((column, label or column.id) for column, label in zip(framework.columns, labels, strict=True))
    return FrameworkOutline({each.id: each.name for each in known}, framework.categories, columns)


def _said(project: Project) -> FaultsError:
    """What is wrong with a framework that has no outline."""
    try:
        load_framework(project)
    except FaultsError as error:
        return error
    return FaultsError([Fault(FRAMEWORK, 0, 0, "", "cannot be added to")])


def _list(document: SourceDocument | None, key: str) -> list[Data]:
    data = document.data if document else None
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _label(entry: Data, language: str) -> str:
    label = entry.get("label") if isinstance(entry, dict) else None
    said = label.get(language) if isinstance(label, dict) else None
    return said if isinstance(said, str) else ""
