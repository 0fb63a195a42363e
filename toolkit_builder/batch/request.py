"""What can be asked of a batch, and from there to a batch that is ready to run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.batch import orders
from toolkit_builder.batch.orders import Found
from toolkit_builder.batch.pack_table import PackTable
from toolkit_builder.batch.packs import PAGES, PDF, PackFormats
from toolkit_builder.batch.run import Batch, Settings
from toolkit_builder.build import default_output
from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import Fault, UsageError
from toolkit_builder.job_ticket import JobTicket, job_ticket
from toolkit_builder.output import Output
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.partnerships.spreadsheet import Matching, TableTerms, read_rows, shared
from toolkit_builder.partnerships.words import CellWords, UnknownWordError
from toolkit_builder.press.store.storage import Where
from toolkit_builder.press.store.store import default_folder
from toolkit_builder.project import Project
from toolkit_builder.recall import project_state
from toolkit_builder.request import FileFormat, Request

MEMORY_OF_ONE = 400
"""MB that a process has at least: 200 were seen."""


@dataclass(frozen=True)
class BatchRequest:
    """Packs to be made: of the partnerships of a project, or of the rows of a spreadsheet laid over a `base`.

    `base_texts`: rows that have no text of their own take that of the base, which is about one partnership. `only`:
    those of these ids or names. `where`: those that want this, each COLUMN=VALUE as a table has them. `products`: of
    those that name none. `matching`: which column of the table is which; None: what its headings say. `jobs`: how many
    processes (None: one a core), which share `memory` MB (None: any). `cluster`: the address of a Dask scheduler.
    `results`: where packs are written by those who make them; None: they come to `output`. `retry_failed`: only those
    that failed the last time. `formats`: what packs come as.
    """

    project: Project
    table: Path | None = None
    base: str | None = None
    base_texts: bool = False
    only: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    matching: Matching | None = None
    output: Path | None = None
    cache: Where | None = None
    results: Where | None = None
    jobs: int | None = None
    memory: int | None = None
    cluster: str = ""
    force: bool = False
    zipped: bool = False
    retry_failed: bool = False
    formats: PackFormats = PAGES


def open_batch(
    request: BatchRequest,
    warn: Callable[[Fault], None] = lambda _: None,
    partnerships: Partnerships | None = None,
) -> Batch:
    """The batch that is asked for, every order read and checked; `warn` is told of what is doubtful in a spreadsheet.

    `partnerships`: of the project, if somebody has read it already. Raises UsageError for what does not exist,
    FaultsError with the faults of all partnerships.
    """
    request.formats.reading.check(request.formats.formats)
    project = Project(request.project.root.absolute())  # processes elsewhere have other current folders
    partnerships = partnerships or Partnerships(project, load(project))
    for name in request.products:
        if name not in partnerships.products:
            raise UsageError(f"--product: no product “{name}”. Allowed: {', '.join(partnerships.products)}.")
    processes, memory = _shares(request.jobs, request.memory)
    settings = Settings(
        root=project.root,
        output=default_output(project, request.output).absolute(),
        cache=_absolute(request.cache or default_folder()),
        project_state=project_state(project),
        jobs=processes,
        memory=memory,
        force=request.force,
        zipped=request.zipped,
        retry_failed=request.retry_failed,
        cluster=request.cluster,
        results=_absolute(request.results),
        formats=request.formats,
    )
    table = TableTerms(Headings.of(partnerships.catalogue), CellWords.of(partnerships.catalogue, partnerships.products))
    found, faults = _found(request, partnerships, table, warn)
    if request.products:
        found = orders.with_products(found, request.products)
    wanted = _where(orders.chosen(found, request.only), request.where, table)
    for each in request.formats.editions:
        coming = ", ".join(partnerships.products.coming_as(each)) or "none"
        message = f"of the products of packs these come so: {coming}; others are left out of it"
        warn(Fault(f"--format {each}", 0, 0, "", message, "warning"))
    batch = Batch(settings, orders.checked(partnerships, wanted, faults, warn), PackTable(found, table))
    for damage in (Output(settings.output).damage, batch.record.damage):
        if damage:
            warn(damage)
    return batch


@dataclass(frozen=True)
class Intended:
    """A pack as a run would make it; `is_current`: it is there already. `products`: by their names, with the format
    where that is another than PDF (`toolkit.html`).
    """

    id: str
    is_current: bool
    names: Mapping[str, str]
    products: tuple[str, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.names)


def overview(batch: Batch, partnerships: Partnerships | None = None) -> Iterator[Intended]:
    """What a run would make, and what is there. `partnerships`: as `open_batch` has them."""
    project = Project(batch.settings.root)
    partnerships = partnerships or Partnerships(project, load(project))
    outstanding = {order.id for order in batch.outstanding()}
    for order in batch.orders:
        partnership = order.partnership(partnerships)
        tickets = _tickets(batch.settings.formats, partnerships, partnership)
        names = {language: partnership.name[language] for language in partnership.languages}
        products = tuple(_as_files(tickets))
        yield Intended(order.id, order.id not in outstanding, names, products)


def _tickets(
    formats: PackFormats, partnerships: Partnerships, partnership: Partnership
) -> Mapping[FileFormat, JobTicket]:
    """The tickets of a pack by format; none if its products come in none, which a run says with what there is to do."""
    request = Request(partnerships.project)
    with suppress(UsageError):
        return formats.tickets(
            request, lambda asked: job_ticket(asked, partnerships.catalogue, partnerships.products, partnership)
        )
    return {}


def _as_files(tickets: Mapping[FileFormat, JobTicket]) -> Iterator[str]:
    """The products of a pack, in any format but PDF with its name."""
    for each, ticket in tickets.items():
        yield from (f"{product.name}{'' if each == PDF else f'.{each}'}" for product in ticket.products)


def _found(
    request: BatchRequest, partnerships: Partnerships, table: TableTerms, warn: Callable[[Fault], None]
) -> tuple[list[Found], list[Fault]]:
    """All partnerships that there are, in files or in the table, and what is wrong with the table itself."""
    if request.table is None:
        if request.base:
            raise UsageError("--base goes with --from.")
        if request.base_texts:
            raise UsageError("--base-texts goes with --base.")
        return orders.in_files(partnerships), []
    folder = request.table.parent.absolute()
    base = partnerships.load(request.base).document if request.base else None
    if base and request.base_texts:
        folder = partnerships.path(str(request.base)).parent.absolute()
    elif base:
        base, left = shared(base)
        if left:
            message = f"rows do not take {', '.join(left)}, which are about one partnership; --base-texts takes them"
            warn(Fault(base.file, 0, 0, "", message, "warning"))
    rows = read_rows(request.table, table, base, warn, request.matching)
    return orders.in_rows(rows, folder), rows.faults


def _where(found: Sequence[Found], conditions: Sequence[str], table: TableTerms) -> list[Found]:
    """Those that want what all conditions say; several values of one column are alternatives.

    Raises UsageError for a condition that cannot be, or if none of them does.
    """
    wanted: dict[str, set[str]] = {}
    for condition in conditions:
        heading, equals, value = condition.partition("=")
        key = table.column(heading)
        choices = table.words.choices(key)
        if not equals or choices is None:
            columns = ", ".join(map(table.headings.words, table.words.columns))
            message = f"--where: “{condition}” does not have the form COLUMN=VALUE, such as stage=early."
            raise UsageError(f"{message} Columns with values: {columns}.")
        try:
            wanted.setdefault(key, set()).update(choices.read(value))
        except UnknownWordError as unknown:
            raise UsageError(f"--where {heading}: {unknown}.") from None
    kept = [each for each in found if all(values & {*each.values(key)} for key, values in wanted.items())]
    if wanted and not kept:
        raise UsageError(f"--where: no partnership wants {' and '.join(conditions)}.")
    return kept


def _shares(jobs: int | None, memory: int | None) -> tuple[int, int]:
    """How many processes work for this one, which has its own share of the memory, and the MB that each may take."""
    processes = jobs or os.cpu_count() or 1
    if memory is None:
        return processes, 0
    processes = min(processes, max(1, memory // MEMORY_OF_ONE - 1))
    return processes, max(MEMORY_OF_ONE, memory // (processes + 1))


def _absolute(where: Where | None) -> Where | None:
    """The same for processes that are elsewhere."""
    return where.absolute() if isinstance(where, Path) else where
