"""The pipeline: from a request to files. Every command that makes something goes through it, and every program.

    request -> job ticket -> plans -> targets -> plates -> documents -> files

Read and settle what is asked for, plan it, leave what is current, have the press typeset and bind the rest, and give
the finished files their names, all together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.loading import load, load_in
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import unreviewed
from toolkit_builder.documents.edition_options import BOTH
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.product_table import Products, products_of
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.job_ticket import JobTicket, job_ticket
from toolkit_builder.output import MadeFile, Output, Stage, stage
from toolkit_builder.press.store.store import Store, default_folder
from toolkit_builder.progress import Notice, Phase, Progress, Report, silent, stoppable
from toolkit_builder.project import Project
from toolkit_builder.recall import Recall
from toolkit_builder.request import FinishedFile, Request, Result
from toolkit_builder.target import Form, Target, targets_of

if TYPE_CHECKING:  # the press is slow to import, and not needed when nothing is out of date
    from toolkit_builder.partnerships.model import Partnership
    from toolkit_builder.press.press import BoundDocument, Press
    from toolkit_builder.press.units import PreparedPlan


def make(request: Request, report: Report = silent, is_stopped: Callable[[], bool] = lambda: False) -> Result:
    """Make what is asked for; what is wrong with content or pages is among the result's faults.

    `report` is told of progress; `is_stopped` is asked again and again whether to stop, which leaves nothing half-made,
    and as little does Ctrl-C.
    Raises UsageError for what does not exist, SelectionError if no action is left, MachineError if the machine lacks
    something, StoppedError if it was stopped.
    """
    try:
        return _make(request, stoppable(report, is_stopped))
    except FaultsError as error:
        return Result(faults=tuple(error.faults))


def _make(request: Request, report: Report) -> Result:
    report(Progress(Phase.READING))
    asked = request.edition.language
    catalogue = load_in(request.project, asked) if asked and asked != BOTH else load(request.project)
    for left_out in catalogue.left_out:
        report(Notice(f"{left_out} is left out, as texts lack it still: toolkit-builder translate status"))
    table = products_of(request.project, catalogue)
    partnership = _partnership(request, catalogue, table)
    ticket = job_ticket(request, catalogue, table, partnership)
    warnings = partnership.warnings if partnership else ()
    if request.reviewed_only:
        _refuse_unreviewed(ticket)
    for text in (*map(str, warnings), *ticket.notices):
        report(Notice(text))
    folder = default_output(request.project, request.output)
    if request.keep_going:
        return replace(_made_one_by_one(request, ticket, folder, report), warnings=warnings, notices=ticket.notices)
    files = _Job(request, ticket, folder, report).files()
    return Result(tuple(files), warnings=warnings, notices=ticket.notices)


def _made_one_by_one(request: Request, ticket: JobTicket, folder: Path, report: Report) -> Result:
    """Each product of a ticket for itself, so that one that has faults does not keep the others from being made."""
    files: list[FinishedFile] = []
    faults: list[Fault] = []
    not_made: list[str] = []
    for product in ticket.products:
        try:
            files += _Job(request, replace(ticket, products=(product,)), folder, report).files()
        except FaultsError as error:
            faults += error.faults
            not_made.append(product.name)
    return Result(tuple(files), tuple(faults), not_made=tuple(not_made))


def _partnership(request: Request, catalogue: Catalogue, table: Products) -> Partnership | None:
    if request.partnership is None:
        return None
    from toolkit_builder.partnerships.loading import Partnerships  # slow to import

    return Partnerships(request.project, catalogue, table).load(request.partnership)


def _refuse_unreviewed(ticket: JobTicket) -> None:
    selection = ticket.selection
    if faults := unreviewed(selection.catalogue, selection.codes, ticket.edition.languages):
        raise FaultsError(faults)


def default_output(project: Project, folder: Path | None) -> Path:
    """Where files go: the folder asked for, or `output` in the project, or here if the project is the shipped one."""
    if folder is not None:
        return folder
    return (Path.cwd() if project.is_packaged else project.root) / "output"


@dataclass(frozen=True)
class _Job:
    """A ticket on its way to files in a folder."""

    request: Request
    ticket: JobTicket
    folder: Path
    report: Report

    def files(self) -> Iterator[FinishedFile]:
        """Make what is not current; all files of the ticket."""
        output = Output(self.folder)
        if output.damage:
            self.report(Notice(str(output.damage)))
        plans = self.ticket.plans()
        store = Store((self.request.cache or default_folder()) if self.request.keep_pages else None)
        recall = self._recall(store)
        recalled = recall.targets(plans) if recall and not self.request.force else []
        made: list[MadeFile] = []
        wanted, missing = recalled, out_of_date(output, recalled)
        if missing or not recalled:
            with ExitStack() as stack:
                press = self._press(stack, store, is_likely_to_typeset=not recalled)
                wanted = self._targets(press, plans, recall)
                missing = wanted if self.request.force else out_of_date(output, wanted)
                made = put_all(press, missing, self.folder, self.report) if missing else []
        if store.damaged:
            entries = f"{store.damaged} kept {'page or font was' if store.damaged == 1 else 'pages and fonts were'}"
            self.report(Notice(f"{store.where}: {entries} damaged, and made again"))
        yield from self._finished(wanted, output, made)

    def _recall(self, store: Store) -> Recall | None:
        if not self.request.keep_pages or self.request.purpose == "proof":
            return None
        partnership, ticket = self.ticket.partnership, self.ticket
        digest = partnership.digest if partnership else ""
        shop = (*ticket.print_shop.facts(), ticket.print_shop.proof) if ticket.print_shop else ()
        return Recall(store, self.request.project, ticket.selection, ticket.edition, digest, (ticket.sheets, shop))

    def _press(self, stack: ExitStack, store: Store, *, is_likely_to_typeset: bool) -> Press:
        """A press, whose processes load the engine at once if they are likely to be needed."""
        from toolkit_builder.press.press import Press
        from toolkit_builder.press.typesetting import jobs, processes

        cores = self.request.processes or os.cpu_count() or 1
        workers: tuple[jobs.TypesettingBackend, jobs.FontMaker]
        workers = processes.local_processes(cores), processes.made_here
        if is_likely_to_typeset:
            workers = stack.enter_context(processes.at_hand(cores))
        backend, font_maker = workers
        catalogue = self.ticket.selection.catalogue
        press = Press(self.request.project, catalogue, store, backend=backend, font_maker=font_maker)
        press.learn(self.ticket.partnership.positions if self.ticket.partnership else {})
        return press

    def _targets(self, press: Press, plans: Sequence[Plan], recall: Recall | None) -> list[Target]:
        prepared = press.numbered(plans, self.report)
        wanted = targets(press, prepared, self.request.purpose == "proof")
        if recall:
            recall.keep(wanted)
        return wanted

    def _finished(self, wanted: Iterable[Target], output: Output, made: Sequence[MadeFile]) -> Iterator[FinishedFile]:
        pages = {file.path: file.pages for file in made}
        for target in wanted:
            facts, is_new = target.facts, target.name in pages
            count = pages[target.name] if is_new else output.pages(target.name)
            path = self.folder / target.name
            yield FinishedFile(path, facts.product, facts.languages, facts.actions, count, not is_new)


def targets(press: Press, plans: Sequence[PreparedPlan], as_proofs: bool = False) -> list[Target]:
    """The files of numbered plans, with their keys."""
    known = press.catalogue.framework.language_ids
    return [
        target
        for prepared in plans
        for target in targets_of(prepared.plan, press.document_key(prepared), known, prepared, as_proof=as_proofs)
    ]


def out_of_date(output: Output, wanted: Iterable[Target]) -> list[Target]:
    """The files that are not there, or not as they would be made now."""
    return [target for target in wanted if not output.is_current(target.name, target.key, target.facts)]


def put_all(press: Press, wanted: Sequence[Target], folder: Path, report: Report) -> list[MadeFile]:
    """Make files and give them their names, all together or none.

    Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
    """
    with stage(folder) as files:
        for target, document in documents(press, wanted, report):
            put(files, target, document)
        report(Progress(Phase.PUBLISHING))
        files.publish()
        return files.made


def documents(press: Press, wanted: Sequence[Target], report: Report) -> Iterator[tuple[Target, BoundDocument]]:
    """Typeset what several files lack, then bind each."""
    plans = list(dict.fromkeys(target.prepared for target in wanted if target.prepared))
    typeset = dict(zip(plans, press.typeset(plans, report), strict=True))
    for text in dict.fromkeys(text for prepared in typeset.values() for text in _run_over(prepared.plan)):
        report(Notice(text))
    for target in wanted:
        report(Progress(Phase.BINDING, target.name))
        if target.prepared:
            made = document(press, replace(target, prepared=typeset[target.prepared]))
            for text in made.doubts:
                report(Notice(text))
            yield target, made


def _run_over(plan: Plan) -> Iterator[str]:
    """A line for each leaf that took more pages than planned, its languages together."""
    further: dict[str, int] = {}
    for leaf in plan.longer():
        action = leaf.data.get("action")
        subject = f"{action.code} ({leaf.role})" if action and leaf.role else action.code if action else leaf.bookmark
        further[subject] = max(further.get(subject, 0), leaf.pages - leaf.planned)
    what = "card" if plan.is_paired else "page"
    for subject, count in further.items():
        yield f"{plan.product}: {subject} takes {count if count > 1 else 'a'} further {what}{'s' if count > 1 else ''}"


def document(press: Press, target: Target) -> BoundDocument:
    """The document of a file whose plan is typeset."""
    if target.prepared is None:
        raise ValueError(f"{target.name} has only been recalled: its plan is not prepared")
    if target.form is Form.PRINT_SHOP:
        return press.print_shop(target.prepared, target.part)
    makers = {Form.DOCUMENT: press.bind, Form.SHEETS: press.impose, Form.PROOF: press.proof}
    return makers[target.form](target.prepared)


def put(files: Stage, target: Target, document: BoundDocument) -> None:
    """Put a document on the stage, as the file that it is."""
    files.path(target.name).write_bytes(document.data)
    files.add(target.name, target.facts, document.pages)
