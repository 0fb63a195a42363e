"""The files that a partnership's file names: logos, and Markdown files for pages. They lie in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit_builder.catalogue.characters import MAXIMUM_PAGE, composed, doubt
from toolkit_builder.catalogue.decoding import read_text, refusal_of
from toolkit_builder.catalogue.documents import KeyPath, Origin, RefusedError, SourceDocument
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.model import Text, text_shape
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.logo import Logo
from toolkit_builder.partnerships.model import ExtraPage, PageFile, PartnershipFile
from toolkit_builder.regular_files import on_disk


class Material:
    """Reads what a partnership's file names; faults and positions are added to those of `files`."""

    def __init__(self, files: ContentFiles, document: SourceDocument, folder: Path, languages: tuple[str, ...]) -> None:
        self.files = files
        self.document = document
        self.folder = folder
        self.languages = languages

    def pages(self, partnership_file: PartnershipFile[Text], origin: str) -> tuple[ExtraPage, ...]:
        """The pages from Markdown files; those that cannot be read are among the faults."""
        found = []
        for n, page in enumerate(partnership_file.pages):
            text = self._page_text(("pages", n, "file"), page, Origin(origin, f"pages[{n + 1}].file"))
            if text is not None:
                found.append(ExtraPage(page.id, page.title, text, page.before, page.after))
        return tuple(found)

    def _page_text(self, path: KeyPath, page: PageFile[Text], origin: Origin) -> Text | None:
        texts: dict[str, str] = {}
        for language in self.languages:
            name = page.file[language]
            same = next((other for other in texts if composed(page.file[other]) == composed(name)), None)
            if same:
                message = f"“{name}” is the file of {same} too; each language needs one of its own"
                self.files.fault(self.document, (*path, language), message)
                continue
            file = self._file((*path, language), name)
            read = self._text_of(file) if file else None
            if file and read is not None:
                texts[language] = read
                self.files.positions[f"{origin}.{language}"] = (self.files.project.file(file), 1, 1)
        if len(texts) < len(self.languages):
            return None
        text = text_shape(self.languages)(**texts)
        text.place_at(origin)
        return text

    def _text_of(self, file: Path) -> str | None:
        name = self.files.project.file(file)
        try:
            text = composed(read_text(file)).rstrip()
        except RefusedError as refused:
            self.files.faults.append(refusal_of(name, refused))
            return None
        said = doubt(text.replace("\r\n", "\n"), MAXIMUM_PAGE)
        if said:
            self.files.faults.append(Fault(name, 1, 1, "", said))
            return None
        if not text.strip():
            self.files.faults.append(Fault(name, 1, 1, "", "is empty; write the page, or remove it from “pages”"))
            return None
        return text

    def logos(self, partnership_file: PartnershipFile[Text]) -> Mapping[str, Logo]:
        """The logo in each language; those that cannot be used are among the faults."""
        found: dict[str, Logo] = {}
        if partnership_file.logo is None:
            return found
        read: dict[str, Logo | None] = {}
        for language in self.languages:
            name = partnership_file.logo.file[language]
            path: KeyPath = ("logo", "file", language)
            if name not in read:
                file = self._file(path, name)
                read[name] = self._logo(path, file) if file else None
            logo = read[name]
            if logo:
                found[language] = logo
        return found

    def _logo(self, path: KeyPath, file: Path) -> Logo | None:
        from toolkit_builder.partnerships.logos import read_logo  # slow to import

        try:
            logo = read_logo(file)
        except RefusedError as refused:
            message = f"{self.files.project.file(file)} {refused.message}"
            self.files.fault(self.document, path, message)
            return None
        if logo.doubt:
            message = f"{self.files.project.file(file)} {logo.doubt}"
            self.files.warn(self.document, path, message)
        return logo

    def _file(self, path: KeyPath, name: str) -> Path | None:
        """A file of the partnership's folder by its name; None, which is then a fault, if it is not there."""
        try:
            file = on_disk(self.folder, name).resolve()
            inside = not Path(name).is_absolute() and file.is_relative_to(self.folder.resolve())
            there = inside and file.is_file()
        except (OSError, ValueError, RuntimeError):  # a name that no file can have, a link to itself
            inside, there = True, False
        if not inside:
            self.files.fault(self.document, path, f"“{name}” lies outside of the partnership’s folder; copy it there")
        elif not there:
            where = self.files.project.file(self.folder)
            self.files.fault(self.document, path, f"no such file “{name}” in {where}")
        return file if there else None
