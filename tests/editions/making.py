"""Editions made as the command makes them, without files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.documents.reading_options import USUAL_READING, ReadingOptions
from toolkit_builder.editions.making import Editions, MadeEdition
from toolkit_builder.editions.pages import ReadingOrder, reading_order
from toolkit_builder.editions.rendering import PageRenderer, RenderedPage
from toolkit_builder.job_ticket import JobTicket, job_ticket
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.press.store.store import Store
from toolkit_builder.progress import silent
from toolkit_builder.project import Project, shipped
from toolkit_builder.request import FileFormat, Request


def ticket_of(
    product: str = "toolkit",
    file_format: FileFormat = "html",
    project: Project | None = None,
    partnership: str | None = None,
    filters: Filters | None = None,
) -> JobTicket:
    project = project or Project(shipped())
    catalogue = load(project)
    table = products_of(project, catalogue)
    found = Partnerships(project, catalogue, table).load(partnership) if partnership else None
    request = Request(project, (product,), filters or Filters(), partnership=partnership, file_format=file_format)
    return job_ticket(request, catalogue, table, found)


def made(
    ticket: JobTicket,
    file_format: str = "html",
    project: Project | None = None,
    options: ReadingOptions = USUAL_READING,
    store: Store | None = None,
) -> MadeEdition:
    editions = Editions(project or Project(shipped()), ticket, options, store or Store(None))
    [plan] = ticket.plans()
    return editions.made(plan, file_format, silent)


def files(edition: MadeEdition) -> Mapping[str, bytes]:
    return {file.name: file.data for file in edition.files}


def rendered(ticket: JobTicket, project: Project | None = None) -> tuple[Plan, ReadingOrder, list[RenderedPage]]:
    """The pages of a ticket with their content, each language complete before the next."""
    templates = Templates(project or Project(shipped()), ticket.selection.catalogue)
    renderer = PageRenderer(templates, ticket)
    [plan] = ticket.plans()
    order = reading_order(plan)
    return plan, order, [renderer.rendered(order, page) for page in order.all()]


def found(tree: Element, tag: str, **attributes: Any) -> list[Element]:
    return [each for each in tree.iter(tag) if all(each.get(name) == value for name, value in attributes.items())]
