"""What a shape alone cannot say: ids that must differ, colours that must be seen, codes that must agree."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping

from toolkit_builder.catalogue import kinds
from toolkit_builder.catalogue.colours import contrast as contrast_of
from toolkit_builder.catalogue.colours import contrast_with_white
from toolkit_builder.catalogue.documents import KeyPath, SourceDocument
from toolkit_builder.catalogue.explaining import nearest, not_allowed, unknown
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.model import Action, ActionFile, Framework, PeopleColumn, ScaleColumn, Text
from toolkit_builder.catalogue.palette import PaletteColour

LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""
LEAST_OF_TINT = 2.5
"""Of the tint on its category's colour. Pictures stand on a darker shade, on which it is 3:1 (1.4.11) or more."""


def check_framework(files: ContentFiles, document: SourceDocument, framework: Framework[Text]) -> bool:
    """Check `framework.yaml`; whether its ids are such that actions can be checked against them."""
    clear = [
        files.no_doubles(document, _values(("categories",), "id", [category.id for category in framework.categories])),
        files.no_doubles(
            document, _values(("categories",), "code", [category.code for category in framework.categories])
        ),
        files.no_doubles(document, _values(("columns",), "id", [column.id for column in framework.columns])),
    ]
    for index, category in enumerate(framework.categories):
        contrast = contrast_with_white(category.colour)
        if contrast < LEAST_CONTRAST:
            message = f"{category.colour} has a contrast of {contrast:.1f}:1 against white; take a darker one"
            files.fault(document, ("categories", index, "colour"), f"{message} ({LEAST_CONTRAST}:1 or more)")
        elif category.tint and (of_tint := contrast_of(category.tint, category.colour)) < LEAST_OF_TINT:
            message = f"{category.tint} has a contrast of {of_tint:.1f}:1 against {category.colour}; take a lighter one"
            files.fault(document, ("categories", index, "tint"), f"{message} ({LEAST_OF_TINT}:1 or more)")
    check_inks(files, document, framework.palette)
    for index, column in enumerate(framework.columns):
        path: KeyPath = ("columns", index)
        if _is_taken(column.id):
            files.fault(document, (*path, "id"), f"“{column.id}” has a meaning of its own; choose another id")
            clear.append(False)
        if isinstance(column, ScaleColumn):
            clear.append(_check_scale(files, document, path, column))
        elif isinstance(column, PeopleColumn):
            clear.append(_check_people(files, document, path, column))
    return all(clear)


def check_inks(
    files: ContentFiles,
    document: SourceDocument,
    palette: Mapping[KeyPath, PaletteColour],
    known: Iterable[PaletteColour] = (),
) -> None:
    """Note each colour of a file that is printed in other inks elsewhere: in that file, or as one that is `known`.
    Finished pages have the colour of the screen alone.
    """
    first: dict[str, PaletteColour] = {}
    for colour in known:
        if colour.ink:
            first.setdefault(colour.lower(), colour)
    for path, colour in palette.items():
        other = first.setdefault(colour.lower(), colour) if colour.ink else colour
        if other.ink != colour.ink:
            message = f"{colour} has other inks in {other.origin.file} ({other.origin.key}); give both the same"
            files.fault(document, (*path, "ink"), message)


def check_languages(files: ContentFiles, document: SourceDocument, languages: Iterable[str]) -> bool:
    """Whether each language stands once, so that texts can be checked against them."""
    return files.no_doubles(document, _values(("languages",), "id", languages))


def _is_taken(column: str) -> bool:
    """Whether every action has something else of this name."""
    names = {field.name for field in dataclasses.fields(Action)}
    return column in names or hasattr(Action, column) or hasattr(ActionFile, column)


def _check_scale(files: ContentFiles, document: SourceDocument, path: KeyPath, scale: ScaleColumn[Text]) -> bool:
    clear = files.no_doubles(document, _values((*path, "steps"), "id", scale.step_ids))
    for n, step in enumerate(scale.step_ids):
        if step in (kinds.ANY, kinds.UNSTATED):
            message = f"“{step}” has a meaning of its own; choose another id"
            files.fault(document, (*path, "steps", n, "id"), message)
            clear = False
    if scale.several and scale.any is None:
        message = "missing; with “several”, add what is said when every step suits"
        files.fault(document, (*path, "any"), message)
    return clear


def _check_people(files: ContentFiles, document: SourceDocument, path: KeyPath, column: PeopleColumn[Text]) -> bool:
    ids = [sector.id for sector in column.sectors]
    for n, sector in enumerate(column.sectors):
        for m, included in enumerate(sector.includes):
            if included not in ids:
                files.fault(document, (*path, "sectors", n, "includes", m), not_allowed(included, ids))
    return files.no_doubles(document, _values((*path, "sectors"), "id", ids))


def check_actions(files: ContentFiles, framework: Framework[Text], documents: Mapping[str, SourceDocument]) -> None:
    """Check codes and categories over all actions, as far as they can be read. By the stem of their files."""
    owners: dict[str, str] = {}
    for stem, document in sorted(documents.items(), key=lambda item: item[0] != item[1].entry("code")):
        code = document.entry("code")
        if code is None:
            continue
        if code in owners:
            other = documents[owners[code]].file
            files.fault(document, ("code",), f"{code} is also the code of {other}; change one of them")
            continue
        owners[code] = stem
        _check_code(files, framework, document, code, stem)


def _check_code(
    files: ContentFiles, framework: Framework[Text], document: SourceDocument, code: str, stem: str
) -> None:
    if not re.fullmatch(kinds.CODE, code):
        return  # said already, with its form
    category = document.entry("category")
    prefix = next((known.code for known in framework.categories if known.id == category), None)
    if prefix and not re.fullmatch(rf"{prefix}[0-9]+", code):
        message = f"{code} does not begin with {prefix}, as the codes of {category} do"
        files.fault(document, ("code",), f"{message}; change the code or the category")
    elif stem != code:
        files.fault(document, ("code",), f"{code} stands in {stem}.yaml; call the file {code}.yaml")


def check_categories(
    files: ContentFiles, framework: Framework[Text], document: SourceDocument, actions: Iterable[SourceDocument]
) -> None:
    """Each category has an action. Says nothing while one is in a category that does not exist."""
    used = {action.entry("category") for action in actions}
    if not used <= {category.id for category in framework.categories}:
        return
    for index, category in enumerate(framework.categories):
        if category.id not in used:
            message = f"no action is in {category.id}; add one to content/actions, or remove the category"
            files.fault(document, ("categories", index), message)


def check_provisional(files: ContentFiles, document: SourceDocument, codes: Iterable[str]) -> None:
    """Each entry belongs to an action."""
    known = sorted(codes)
    for code in document.data if isinstance(document.data, dict) else ():
        if code not in known and re.fullmatch(kinds.CODE, code):
            files.fault(document, (code,), unknown(known, nearest(code, known), "action"), of_key=True)


def _values(path: KeyPath, key: str, values: Iterable[str]) -> dict[KeyPath, str]:
    return {(*path, index, key): value for index, value in enumerate(values)}
