"""Makes editions without pages of the plans of a ticket, in any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.reading_options import ReadingOptions
from toolkit_builder.editions.edition_file import EditionFile
from toolkit_builder.editions.pages import reading_order
from toolkit_builder.editions.rendering import PageRenderer
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.output import FileFacts
from toolkit_builder.press.hashing import digest_of
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.press.store.store import Store
from toolkit_builder.progress import Notice, Phase, Progress, Report
from toolkit_builder.project import Project
from toolkit_builder.target import Target, reading_target


@dataclass(frozen=True)
class MadeEdition:
    """An edition: what it becomes, and its files; of one that is a single file, that one."""

    target: Target
    files: tuple[EditionFile, ...]

    def listed(self) -> Iterator[tuple[str, FileFacts, EditionFile]]:
        """Each file with its name in the output folder, and what the manifest says of it."""
        for file in self.files:
            name = f"{self.target.name}/{file.name}" if self.target.is_folder else self.target.name
            yield name, replace(self.target.facts, languages=file.languages, actions=file.actions), file


class Editions:
    """The editions of one ticket. `templates`: those of its catalogue, if somebody has them already."""

    def __init__(
        self,
        project: Project,
        ticket: JobTicket,
        options: ReadingOptions,
        store: Store,
        templates: Templates | None = None,
    ) -> None:
        self.project = project
        self.ticket = ticket
        self.options = options
        self.store = store
        catalogue = ticket.selection.catalogue
        templates = templates or Templates(project, catalogue)
        templates.positions |= ticket.partnership.positions if ticket.partnership else {}
        self._renderer = PageRenderer(templates, ticket)

    def made(self, plan: Plan, file_format: str, report: Report) -> MadeEdition:
        """A plan in a format (`documents.reading_options.READING_FORMATS`).

        Raises FaultsError if a template is wrong, MachineError if the machine lacks what it needs.
        """
        report(Progress(Phase.BINDING, plan.product))
        files, notices = self._files(plan, file_format)
        for text in notices:
            report(Notice(text))
        key = digest_of([(file.name, file.data) for file in files])[:32]
        known = self.ticket.selection.catalogue.framework.language_ids
        target = reading_target(plan, key, known, file_format, self.options)
        return MadeEdition(target, tuple(file.keyed(key) for file in files))

    def _files(self, plan: Plan, file_format: str) -> tuple[list[EditionFile], list[str]]:
        """The files of a plan, and what there is to tell."""
        order = reading_order(plan)
        if file_format == "brf":
            from toolkit_builder.editions.braille import braille

            return braille(plan, self.ticket, order, self._renderer, self.options)
        if file_format == "docx":
            from toolkit_builder.editions.word import word

            document, notices = word(plan, self.ticket, order, self._renderer, self.store)
            return [document], notices
        if file_format == "epub":
            from toolkit_builder.editions.book import Book

            book = Book(self.project, self.ticket, plan, order, self._renderer, self.store)
            return [book.file()], book.notices
        from toolkit_builder.editions.website import Website  # slow to import

        site = Website(self.project, self.ticket, plan, order, self._renderer, self.store)
        return ([site.single_file()] if self.options.single_file else [*site.folder()]), site.notices
