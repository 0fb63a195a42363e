"""The pipeline: from a request to files. Every command that makes something goes through it, and every program.

    request -> job ticket -> plans -> targets -> plates -> documents -> files

Read and settle what is asked for, plan it, leave what is current, have the press typeset and bind the rest, and give
the finished files their names, all together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.loading import load, load_in
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import unreviewed
from toolkit_builder.documents.card_sizes import CARD_SIZES, card_size
from toolkit_builder.documents.edition_options import BOTH
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.product_table import Products, products_of
from toolkit_builder.documents.reading_options import READING_FORMATS
from toolkit_builder.documents.sheet_options import USUAL_MARKS, USUAL_SHEETS, holding_papers
from toolkit_builder.errors import ChangedError, Fault, FaultsError, StoppedError, UsageError, counted
from toolkit_builder.job_ticket import JobTicket, job_ticket
from toolkit_builder.output import FileFacts, MadeFile, Output, Stage, stage
from toolkit_builder.press.store.store import Store, default_folder
from toolkit_builder.progress import Event, Notice, NoticeSubject, Phase, Progress, Report, silent, stoppable
from toolkit_builder.project import Project
from toolkit_builder.recall import Recall
from toolkit_builder.request import FinishedFile, Request, Result
from toolkit_builder.target import Form, Target, targets_of

if TYPE_CHECKING:  # the press is slow to import, and not needed when nothing is out of date
    from toolkit_builder.documents.product import Product
    from toolkit_builder.editions.making import MadeEdition
    from toolkit_builder.partnerships.model import Partnership
    from toolkit_builder.press.pictures.picture_set import PictureSet
    from toolkit_builder.press.press import BoundDocument, Press
    from toolkit_builder.press.units import PreparedPlan
    from toolkit_builder.warm_press import WarmPress

_COVER = "cover"
"""The role of what is printed over covers, which has neither role nor title of its own."""
ATTEMPTS = 3
"""So often something is made again whose styles were changed meanwhile."""


def make(
    request: Request,
    report: Report = silent,
    is_stopped: Callable[[], bool] = lambda: False,
    warm: WarmPress | None = None,
) -> Result:
    """Make what is asked for; what is wrong with content or pages is among the result's faults.

    `report` is told of progress; `is_stopped` is asked again and again whether to stop, which leaves nothing half-made,
    and as little does Ctrl-C. `warm`: a press that stays, for whoever makes things again and again.
    Raises UsageError for what does not exist, SelectionError if no action is left, MachineError if the machine lacks
    something, StoppedError if it was stopped.
    """
    asked = request, stoppable(report, is_stopped), warm
    try:
        for _ in range(ATTEMPTS - 1):
            with suppress(ChangedError):
                return _make(*asked)
        return _make(*asked)
    except FaultsError as error:
        return Result(faults=tuple(error.faults))


def _make(request: Request, report: Report, warm: WarmPress | None) -> Result:
    report(Progress(Phase.READING))
    catalogue, table = _read(request, warm)
    for left_out in catalogue.left_out:
        report(Notice(f"{left_out} is left out, as texts lack it still: toolkit-builder translate status"))
    partnership = _partnership(request, catalogue, table)
    ticket = job_ticket(request, catalogue, table, partnership)
    warnings = partnership.warnings if partnership else ()
    if request.reviewed_only:
        _refuse_unreviewed(ticket)
    for text in (*map(str, warnings), *ticket.notices):
        report(Notice(text))
    folder = default_output(request.project, request.output)
    parts = _parts(request, ticket, is_warm=warm is not None)
    if len(parts) > 1 or request.keep_going:
        made = _made_in_parts(request, parts, folder, report, warm)
        return replace(made, warnings=warnings, notices=ticket.notices)
    try:
        files = [*_job_of(request)(request, ticket, folder, report, warm).files()]
    except FaultsError as error:
        _refuse_card_size(request, catalogue, table, partnership, error, report)
        raise
    return Result(tuple(files), warnings=warnings, notices=ticket.notices)


def _read(request: Request, warm: WarmPress | None) -> tuple[Catalogue, Products]:
    language = request.edition.language
    if language and language != BOTH:
        catalogue = load_in(request.project, language)
    elif warm:
        return warm.read(request.project)
    else:
        catalogue = load(request.project)
    return catalogue, products_of(request.project, catalogue)


def _parts(request: Request, ticket: JobTicket, *, is_warm: bool) -> list[JobTicket]:
    """A ticket in the parts that are made and published one after the other: each product for itself if those that are
    right are to be made although others are not; where somebody waits for an edit, what is looked at before all others.

    Raises UsageError if what is looked at is none of the products.
    """
    products = ticket.products
    if request.looked_at and request.looked_at not in (names := [product.name for product in products]):
        raise UsageError(f"--looking-at {request.looked_at}: what is made is {', '.join(names)}.")
    divided: list[tuple[Product, ...]]
    if request.keep_going:
        divided = [(product,) for product in products]
    elif is_warm:
        first = next((product for product in products if product.name == request.looked_at), products[0])
        divided = [(first,), tuple(product for product in products if product is not first)]
    else:
        divided = [products]
    return [replace(ticket, products=part) for part in divided if part]


def _refuse_card_size(
    request: Request,
    catalogue: Catalogue,
    table: Products,
    partnership: Partnership | None,
    error: FaultsError,
    report: Report,
) -> None:
    """Raises UsageError if it is the size of cards that leaves texts no room, with the smallest that does not."""
    if not request.edition.card_size:
        return

    def passing(event: Event) -> None:
        if isinstance(event, Progress):  # notices are of what was asked for
            report(event)

    width, height = card_size(request.edition.card_size).size
    larger = (name for name, size in CARD_SIZES.items() if size[0] * size[1] > width * height)
    for name in larger:
        edition = replace(request.edition, card_size=name)
        wider = replace(request, edition=edition, sheets=USUAL_SHEETS)
        if _Job(wider, job_ticket(wider, catalogue, table, partnership), Path(), passing).has_room():
            size = " × ".join(f"{side:g}" for side in CARD_SIZES[name])
            count, has = counted(len(error.faults), "text"), "has" if len(error.faults) == 1 else "have"
            raise UsageError(
                f"--card-size {request.edition.card_size}: {count} {has} no room in the least size of type, such as "
                f"{error.faults[0]}. The smallest size that has room is {name} ({size} mm)."
            ) from error


def _made_in_parts(
    request: Request, parts: Iterable[JobTicket], folder: Path, report: Report, warm: WarmPress | None
) -> Result:
    """Each part of a ticket for itself, so that one that has faults does not keep the others from being made."""
    files: list[FinishedFile] = []
    faults: list[Fault] = []
    not_made: list[str] = []
    job = _job_of(request)
    for part in parts:
        try:
            files += job(request, part, folder, report, warm).files()
        except FaultsError as error:
            faults += error.faults
            not_made += [product.name for product in part.products]
    return Result(tuple(files), tuple(dict.fromkeys(faults)), not_made=tuple(not_made))


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
    warm: WarmPress | None = None

    def files(self) -> Iterator[FinishedFile]:
        """Make what is not current; all files of the ticket."""
        output = Output(self.folder)
        if output.damage:
            self.report(Notice(str(output.damage)))
        plans = self.ticket.plans()
        store = Store((self.request.cache or default_folder()) if self.request.keep_pages else None)
        recall = self._recall(store)
        wanted = recall.targets(plans) if recall and not self.request.force else []
        made: Sequence[MadeFile] = ()
        if not wanted or out_of_date(output, wanted):
            wanted, made = self._make(plans, output, store, is_recalled=bool(wanted))
            if recall:
                recall.keep(wanted)
        if store.damaged:
            entries = f"{store.damaged} kept {'page or font was' if store.damaged == 1 else 'pages and fonts were'}"
            self.report(Notice(f"{store.where}: {entries} damaged, and made again"))
        yield from self._finished(wanted, output, made)

    def _make(
        self, plans: Sequence[Plan], output: Output, store: Store, *, is_recalled: bool
    ) -> tuple[list[Target], Sequence[MadeFile]]:
        """Make the files of plans that are out of date: all of the plans' files, and those that were made.

        `is_recalled`: whether the keys of all were known, so that there may be nothing to typeset.
        """
        with ExitStack() as stack:
            press = self._press(stack, store, is_likely_to_typeset=not is_recalled)
            prepared = press.numbered(plans, self.report)
            wanted = self._targets(press, prepared)
            missing = self._missing(output, wanted)
            if not missing:
                return wanted, ()
            names = {target.name for target in missing}
            with stage(self.folder) as files:  # before the work: a folder that takes no files is told at once
                wanted = self._targets(press, typeset(press, prepared, missing, self.report))
                put_all(press, [each for each in wanted if each.name in names], files, self.report)
            return wanted, files.made

    def _missing(self, output: Output, wanted: list[Target]) -> list[Target]:
        return wanted if self.request.force else out_of_date(output, wanted)

    def has_room(self) -> bool:
        """Whether all texts have room on their pages."""
        store = Store((self.request.cache or default_folder()) if self.request.keep_pages else None)
        with ExitStack() as stack:
            press = self._press(stack, store, is_likely_to_typeset=True)
            try:
                press.typeset(press.numbered(self.ticket.plans()), self.report)
            except FaultsError:
                return False
        return True

    def _recall(self, store: Store) -> Recall | None:
        if not self.request.keep_pages or self.request.purpose == "proof":
            return None
        partnership, ticket = self.ticket.partnership, self.ticket
        digest = partnership.digest if partnership else ""
        shop = (*ticket.print_shop.facts(), ticket.print_shop.proof) if ticket.print_shop else ()
        asked = ticket.edition, ticket.sheets, self.request.file_format, self.request.reading, shop
        return Recall(store, self.request.project, ticket.selection, asked, digest)

    def _press(self, stack: ExitStack, store: Store, *, is_likely_to_typeset: bool) -> Press:
        """The press that is warm, or one whose processes load the engine at once if they are likely to be needed."""
        if self.warm:
            catalogue = self.ticket.selection.catalogue
            press = stack.enter_context(self.warm.press(self.request.project, catalogue, store))
            press.learn(self.ticket.partnership.positions if self.ticket.partnership else {})
            return press
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

    def _targets(self, press: Press, plans: Sequence[PreparedPlan]) -> list[Target]:
        proofs, file_format = self.request.purpose == "proof", self.request.file_format
        return targets(press, plans, as_proofs=proofs, pictures="" if file_format == "pdf" else file_format)

    def _finished(self, wanted: Iterable[Target], output: Output, made: Sequence[MadeFile]) -> Iterator[FinishedFile]:
        pages = {file.path: file.pages for file in made}
        for target in wanted:
            facts, path = target.facts, self.folder / target.name
            if target.is_folder:
                new = [count for name, count in pages.items() if name.startswith(f"{target.name}/")]
                count, is_new = sum(new) if new else output.pages_in(target.name), bool(new)
            else:
                is_new = target.name in pages
                count = pages[target.name] if is_new else output.pages(target.name)
            of = facts.product, facts.languages, facts.actions
            yield FinishedFile(path, *of, count, not is_new, target.is_folder)


class _ReadingJob(_Job):
    """A ticket on its way to editions without pages: nothing is typeset."""

    def _make(
        self, plans: Sequence[Plan], output: Output, store: Store, *, is_recalled: bool
    ) -> tuple[list[Target], Sequence[MadeFile]]:
        from toolkit_builder.editions.making import Editions  # slow to import

        with stage(self.folder) as files:
            editions = Editions(self.request.project, self.ticket, self.request.reading, store)
            all_made = [editions.made(plan, self.request.file_format, self.report) for plan in plans]
            wanted = [edition.target for edition in all_made]
            missing = self._missing(output, wanted)
            for edition in all_made:
                if edition.target in missing:
                    _put_edition(files, edition)
            if missing:
                _publish(files, missing, self.report)
        return wanted, files.made


def _job_of(request: Request) -> type[_Job]:
    return _ReadingJob if request.file_format in READING_FORMATS else _Job


def targets(
    press: Press, plans: Sequence[PreparedPlan], *, as_proofs: bool = False, pictures: str = ""
) -> list[Target]:
    """The files of numbered plans, with their keys."""
    known = press.catalogue.framework.language_ids
    return [
        target
        for prepared in plans
        for target in targets_of(
            prepared.plan,
            press.document_key(prepared),
            known,
            prepared,
            as_proof=as_proofs,
            pictures=pictures,
            approval=press.approval_key(prepared.plan),
        )
    ]


def out_of_date(output: Output, wanted: Iterable[Target]) -> list[Target]:
    """The files that are not there, or not as they would be made now."""

    def is_current(target: Target) -> bool:
        if target.is_folder:
            return output.is_set_current(target.name, target.key)
        return output.is_current(target.name, target.key, target.facts)

    return [target for target in wanted if not is_current(target)]


def typeset(
    press: Press, plans: Sequence[PreparedPlan], missing: Iterable[Target], report: Report
) -> list[PreparedPlan]:
    """Typeset what the plans of several files lack, and tell what came of it; all plans, those as they are now. Leaves
    that were set in one size, or ran over, have given them other keys.

    Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
    """
    needed = list(dict.fromkeys(target.prepared for target in missing if target.prepared))
    done = dict(zip(needed, press.typeset(needed, report), strict=True))
    told = [notice for prepared in done.values() for notice in _run_over(prepared.plan)]
    told += [notice for prepared in done.values() for notice in _without_codes(prepared, press)]
    told += [notice for target in missing if target.form is Form.SHEETS for notice in _without_marks(target)]
    for notice in dict.fromkeys(told):
        report(notice)
    return [done.get(prepared, prepared) for prepared in plans]


def put_all(press: Press, wanted: Sequence[Target], files: Stage, report: Report) -> None:
    """Make files whose plans are typeset and give them their names, all together or none.

    Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
    """
    for target, made in documents(press, wanted, report):
        put(files, target, made)
    _publish(files, wanted, report)


def _publish(files: Stage, wanted: Iterable[Target], report: Report) -> None:
    """Give what is on the stage its names, all together."""
    report(Progress(Phase.PUBLISHING))
    files.publish()
    with suppress(StoppedError):  # it is too late to change nothing
        report(Progress(Phase.PUBLISHED, ", ".join(target.name for target in wanted)))


def documents(
    press: Press, wanted: Sequence[Target], report: Report
) -> Iterator[tuple[Target, BoundDocument | PictureSet]]:
    """Bind several files whose plans are typeset."""
    for target in wanted:
        report(Progress(Phase.BINDING, target.name))
        if target.form is Form.PICTURES:
            yield target, pictures(press, target)
            continue
        made = document(press, target)
        for text in made.doubts:
            report(Notice(text))
        yield target, made


def _run_over(plan: Plan) -> Iterator[Notice]:
    """A notice for each leaf that took more pages than planned, its languages together."""
    what = "card" if plan.is_paired else "page"
    for subject, leaves in _by_subject(plan.longer()):
        count = max(leaf.pages - leaf.planned for leaf in leaves)
        further = f"{count} further {what}s" if count > 1 else f"a further {what}"
        yield Notice(f"{plan.product}: {subject} takes {further}", subject)


def _without_codes(prepared: PreparedPlan, press: Press) -> Iterator[Notice]:
    """A notice for each leaf that has no room for its QR code, its languages together."""
    for subject, _ in _by_subject(press.without_codes(prepared)):
        yield Notice(f"{prepared.plan.product}: {subject} has no room for a QR code, and goes without", subject)


def _without_marks(target: Target) -> Iterator[Notice]:
    """That marks which were asked for have no room beside cards on this paper, and which paper has it."""
    from toolkit_builder.press.imposition.cards import without_room

    plan = _prepared(target).plan
    options = plan.sheet_options
    if not plan.is_paired or options.marks == USUAL_MARKS:
        return
    if lost := without_room(plan.page, options):
        others = [replace(options, paper=paper) for paper in holding_papers(plan.page, options)]
        having = ", ".join(each.paper for each in others if not without_room(plan.page, each))
        told = f"; {having} has" if having and "," not in having else f"; {having} have" if having else ""
        size = " × ".join(f"{edge:g}" for edge in plan.page)
        asked = ",".join(lost)
        yield Notice(f"{plan.product}: {options.paper} has no room beside cards of {size} mm for --marks {asked}{told}")


def _by_subject(leaves: Iterable[Leaf]) -> Iterator[tuple[NoticeSubject, list[Leaf]]]:
    """Leaves by what they are about, those of one thing in several languages together."""
    from toolkit_builder.catalogue.markdown import plain  # slow to import

    found: dict[tuple[str, str], list[Leaf]] = {}
    for leaf in leaves:
        found.setdefault((leaf.group_name, leaf.role), []).append(leaf)
    for same in found.values():
        first = same[0]
        if action := first.data.get("action"):
            yield NoticeSubject(action.code, first.role), same
            continue
        titles = {
            language: plain(title)
            for leaf in same
            for language, title in zip(leaf.languages, leaf.titles or (leaf.bookmark,), strict=False)
            if title
        }
        yield NoticeSubject(role="" if titles else first.role or _COVER, titles=tuple(titles.items())), same


def document(press: Press, target: Target) -> BoundDocument:
    """The document of a file whose plan is typeset."""
    if target.form is Form.PRINT_SHOP:
        return press.print_shop(_prepared(target), target.part)
    makers = {Form.DOCUMENT: press.bind, Form.SHEETS: press.impose, Form.PROOF: press.proof}
    return makers[target.form](_prepared(target))


def pictures(press: Press, target: Target) -> PictureSet:
    """The pictures of a folder whose plan is typeset."""
    return press.pictures(_prepared(target), target.part)


def _prepared(target: Target) -> PreparedPlan:
    if target.prepared is None:
        raise ValueError(f"{target.name} has only been recalled: its plan is not prepared")
    return target.prepared


def put(files: Stage, target: Target, made: BoundDocument | PictureSet) -> None:
    """Put a document on the stage, as the file that it is, or pictures as those of a folder."""
    from toolkit_builder.press.press import BoundDocument  # whoever made it has imported it already

    if isinstance(made, BoundDocument):
        _put_file(files, target.name, made.data, target.facts, made.pages)
    else:
        _put_pictures(files, target, made)


def _put_pictures(files: Stage, target: Target, made: PictureSet) -> None:
    """Each is a file of its own, and so is the table of what they say."""
    files.replace_set(target.name)
    for picture in made.pictures:
        facts = replace(target.facts, languages=picture.languages, actions=(picture.code,) if picture.code else ())
        _put_file(files, f"{target.name}/{picture.name}", picture.data, facts, 1)
    _put_file(files, f"{target.name}/{made.TABLE}", made.table, target.facts, 0)


def _put_edition(files: Stage, edition: MadeEdition) -> None:
    """An edition without pages, in one file or in several of a folder."""
    target = edition.target
    if target.is_folder:
        files.replace_set(target.name)
    for name, facts, file in edition.listed():
        _put_file(files, name, file.data, facts, file.pages)


def _put_file(files: Stage, name: str, data: bytes, facts: FileFacts, pages: int) -> None:
    files.path(name).write_bytes(data)
    files.add(name, facts, pages)
