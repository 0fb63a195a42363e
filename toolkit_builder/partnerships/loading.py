"""Loads partnerships: from `content/partnerships/ID.yaml`, from a file elsewhere, or from other data.

Everything is checked at once, against the framework and its actions, and each fault has its place.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from toolkit_builder.catalogue.documents import Data, Position, SourceDocument
from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.catalogue.files import ContentFiles, fits
from toolkit_builder.catalogue.model import FORMS, PARTNERSHIP, Catalogue, Text
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.documents.product_table import Products, products_of
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.partnerships.attachments import Material
from toolkit_builder.partnerships.checking import check_partnership
from toolkit_builder.partnerships.file_models import partnership_shape
from toolkit_builder.partnerships.model import Partnership, PartnershipFile, Wanted
from toolkit_builder.project import Project
from toolkit_builder.regular_files import exists, on_disk

FOLDER = "partnerships"
_RESERVED = ("category", "sector", "action", "exclude", "source_only", "unstated")

_LACKING = "add them, or leave {language} out of the pack: %s names those that it has"


class Partnerships:
    """The partnerships of a project, to be checked against its catalogue."""

    def __init__(self, project: Project, catalogue: Catalogue, products: Products | None = None) -> None:
        self.project = project
        self.catalogue = catalogue
        self.folder = project.content / FOLDER
        self.products = products_of(project, catalogue) if products is None else products
        self._shapes: dict[tuple[str, ...], type[PartnershipFile[Text]]] = {}

    def ids(self) -> list[str]:
        """The ids of all that have a file in the project, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.yaml") if not path.name.startswith("."))

    def load(self, name: str) -> Partnership:
        """The partnership with this id, or of the file with this name.

        Raises UsageError if there is none, FaultsError with all that is wrong with it.
        """
        path = self.path(name)
        faults: list[Fault] = []
        document = read_yaml(path, self.project.file(path), faults)
        if document is None:
            raise FaultsError(faults)
        return self.partnership_from(document, path.stem, path.parent, faults)

    def load_all(self) -> tuple[list[Partnership], list[Fault]]:
        """Those that have a file in the project and no errors; all that is wrong or doubtful in any of them."""
        loaded: list[Partnership] = []
        faults: list[Fault] = []
        for partnership_id in self.ids():
            try:
                loaded.append(self.load(partnership_id))
                faults += loaded[-1].warnings
            except FaultsError as error:
                faults += error.faults
        return loaded, sorted(set(faults))

    def path(self, name: str) -> Path:
        """The file of a partnership, by its id or by the name of the file.

        Raises UsageError, with the ids that there are, if there is none.
        """
        if name.endswith(".yaml") or "/" in name or "\\" in name:
            path = on_disk(Path(), name)
            if exists(path):  # what is no file is told as such when it is read
                return path
            raise UsageError(f"--partnership: no file {name}. {self._known()}")
        if name not in self.ids():
            near = nearest(name, self.ids())
            hint = f" Did you mean “{near}”?" if near else ""
            raise UsageError(f"--partnership: no partnership “{name}”.{hint} {self._known()}")
        return self.folder / f"{name}.yaml"

    def partnership_from(
        self, document: SourceDocument, partnership_id: str, folder: Path, faults: list[Fault] | None = None
    ) -> Partnership:
        """A partnership from data, as a file or a row of a spreadsheet has it.

        `document` holds the data with the place of each value (those without one are reported at the place of what is
        around them). Logos and Markdown files are looked for in `folder`, and nowhere else. `faults` are those that
        reading has found already.

        Raises FaultsError with all that is wrong.
        """
        files = ContentFiles(self.project, _LACKING % document.subject(("edition", "languages")))
        files.faults += faults or []
        if not re.fullmatch(PARTNERSHIP, partnership_id):
            message = f"“{partnership_id}” cannot be the id of a partnership; write {FORMS[PARTNERSHIP]}"
            place = document.values.get(("id",), Position(0, 0))  # a spreadsheet has it in a cell
            files.faults.append(Fault(document.file, place.line, place.column, "", message))
        languages = self._languages(document.data)
        origin = f"{FOLDER}/{partnership_id}.yaml"
        shape = self._shape(languages)
        file = files.shaped(document, shape, origin) or _what_fits(document.data, shape, languages)
        material = Material(files, document, folder, languages)
        pages = material.pages(file, origin)
        logos = material.logos(file)
        check_partnership(files, document, file, self.catalogue, self.products)
        if any(fault.severity == "error" for fault in files.faults):
            raise FaultsError(files.faults)
        codes = [action.code for action in self.catalogue]
        local = {code: getattr(file.actions, code) for code in codes} if file.actions else {}
        return Partnership(
            partnership_id,
            languages,
            file,
            self._wanted(file.selection),
            {code: each for code, each in local.items() if each},
            pages,
            logos,
            document,
            files.positions,
            tuple(files.faults),
        )

    def _shape(self, languages: tuple[str, ...]) -> type[PartnershipFile[Text]]:
        if languages not in self._shapes:
            self._shapes[languages] = partnership_shape(self.catalogue, tuple(self.products), languages)
        return self._shapes[languages]

    def _languages(self, data: Data) -> tuple[str, ...]:
        """The languages that a pack is in, in the framework's order; all, if the file does not say."""
        everything = self.catalogue.framework.language_ids
        edition = data.get("edition") if isinstance(data, dict) else None
        named = edition.get("languages") if isinstance(edition, dict) else None
        wanted = [named] if isinstance(named, str) else named if isinstance(named, list) else []
        return tuple(language for language in everything if language in wanted) or everything

    def _wanted(self, selection: Any) -> Wanted:
        if selection is None:
            return Wanted()
        scales = [scale.id for scale in self.catalogue.framework.scales if scale.filter]
        named = {name: getattr(selection, name) or () for name in scales if name not in _RESERVED}
        return Wanted(
            {name: values for name, values in named.items() if values},
            selection.category or (),
            getattr(selection, "sector", None) or (),
            selection.action or (),
            selection.exclude or (),
            selection.source_only,
            selection.unstated,
        )

    def _known(self) -> str:
        known = ", ".join(self.ids())
        return f"There are: {known}." if known else f"There is none in {self.project.file(self.folder)}."


def _what_fits(data: Data, shape: type[PartnershipFile[Text]], languages: tuple[str, ...]) -> PartnershipFile[Text]:
    """Of a file with faults, the parts that have none, so that these can be checked further."""
    known: dict[str, Any] = {"name": dict.fromkeys(languages, "?")}
    for key, value in data.items() if isinstance(data, dict) else ():
        if fits({**known, key: value}, shape):
            known[key] = value
        elif isinstance(value, dict):  # of the colours, the one that is one
            inner = {name: each for name, each in value.items() if fits({**known, key: {name: each}}, shape)}
            known |= {key: inner} if inner and fits({**known, key: inner}, shape) else {}
    return shape.model_validate(known)
