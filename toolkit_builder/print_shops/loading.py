"""Loads print shops: from `content/shops/NAME.yaml` of the project, or else of the shipped one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.palette import percent
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.documents.print_shop import PrintShop, ShopOptions
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.print_shops.model import ShopFile
from toolkit_builder.print_shops.palette import too_much
from toolkit_builder.project import Project, shipped

if TYPE_CHECKING:
    from toolkit_builder.print_shops.profiles import OutputProfile

FOLDER = "shops"
NAME = r"[a-z][a-z0-9-]{0,39}"
_UNNAMED = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_STEM = 24
"""Characters of the name of a profile in the name of a file."""


class PrintShops:
    """The print shops of a project by their names: its own, and those shipped ones that it does not replace."""

    def __init__(self, project: Project) -> None:
        self.project = project
        own, packaged = project.content / FOLDER, shipped() / "content" / FOLDER
        found = [path for folder in (packaged, own) for path in sorted(folder.glob("*.yaml"))]
        self.files = {path.stem: path for path in found if not path.name.startswith(".")}

    def settled(self, options: ShopOptions) -> PrintShop:
        """The shop that is asked for, with what is asked for besides.

        Raises UsageError if there is none of this name, or for a profile that cannot be used, FaultsError with all that
        is wrong with its file.
        """
        if options.shop not in self.files:
            near = nearest(options.shop, self.files)
            hint = f" Did you mean “{near}”?" if near else ""
            raise UsageError(f"--shop: no print shop “{options.shop}”.{hint} There are: {', '.join(self.files)}.")
        file, path, profile = self._read(options.shop)
        own = ""
        if options.profile:
            from toolkit_builder.print_shops.profiles import profile_at

            path, profile = options.profile, profile_at(options.profile)
            own = _UNNAMED.sub("-", path.stem).strip("-")[:_LONGEST_STEM].lower() or "profile"
        return PrintShop(
            options.shop,
            file.bleed,
            file.safe_zone,
            file.order,
            file.marks,
            file.most_ink,
            file.trim,
            path,
            profile.digest,
            "" if own else file.condition or "",
            own,
            tuple((each.screen.lower(), each.ink) for each in file.inks),
            options.proof,
        )

    def faults(self) -> list[Fault]:
        """All that is wrong with the project's own."""
        faults: list[Fault] = []
        folder = self.project.content / FOLDER
        for name, path in self.files.items():
            try:
                if path.parent == folder:
                    self._read(name)
            except FaultsError as error:
                faults += error.faults
        for path in sorted(folder.glob("*.yml")):
            message = f"is not read under this name; call it {path.stem}.yaml"
            faults.append(Fault(self.project.file(path), 1, 1, "", message))
        return faults

    def _read(self, name: str) -> tuple[ShopFile, Path, OutputProfile]:
        """A shop's file, and its profile. Raises FaultsError with all that is wrong with it."""
        from toolkit_builder.print_shops.profiles import SHIPPED, profile_at  # slow to import

        path = self.files[name]
        files = ContentFiles(self.project)
        document = read_yaml(path, self.project.file(path), files.faults)
        shaped = files.shaped(document, ShopFile) if document else None
        if document and not re.fullmatch(NAME, name):
            files.fault(document, (), f"“{name}” cannot be the name of a print shop; write small letters and hyphens")
        if document and shaped:
            place = path.parent / shaped.profile if shaped.profile else SHIPPED
            if shaped.profile and Path(shaped.profile).name != shaped.profile:
                files.fault(document, ("profile",), f"“{shaped.profile}” is no file beside this one; put it there")
            else:
                try:
                    profile = profile_at(place, shaped.condition or "")
                except UsageError as error:
                    files.fault(document, ("profile",), error.message.removeprefix("--profile: "))
            for at, given in enumerate(shaped.inks):
                if percent(given.ink) > shaped.most_ink:
                    files.fault(document, ("inks", at, "ink"), too_much(given.ink, name, shaped.most_ink))
        if not document or not shaped or files.has_errors:
            raise FaultsError(files.faults)
        return shaped, place, profile
