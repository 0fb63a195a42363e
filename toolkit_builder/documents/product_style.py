"""The size of a page and the style sheet of a product have to agree: `product.yaml` says the size.

The press writes it into `@page` before all styles, so that a style sheet need not say it, or be there at all. One that
says another size would win there, and sheets would be cut by the wrong one: that is a fault.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from toolkit_builder.catalogue.decoding import project_text
from toolkit_builder.documents.paper import PAPER, Size, css_size
from toolkit_builder.documents.product import Product
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.project import Project

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAGE = re.compile(r"@page\s*\{[^{}]*")
"""Pages without a name: a style may well give those of another name (`@page row`) another size."""
_SIZE = re.compile(r"(?<![\w-])size\s*:\s*([^;{}]*)")
_LENGTHS = re.compile(r"([0-9.]{1,9})mm(?:\s{1,9}([0-9.]{1,9})mm)?")


def check_style(project: Project, product: Product) -> Iterator[Fault]:
    """What the product's style sheet says of the size of pages, if that is not what `product.yaml` says."""
    paths = [place / f"{product.name}.css" for place in project.styles]
    path = next((path for path in paths if os.path.lexists(path)), None)
    if path is None:
        return
    try:
        text = project_text(project, path)
    except FaultsError as error:
        yield from error.faults
        return
    css = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for page in _PAGE.finditer(css):
        for size in _SIZE.finditer(css, page.start(), page.end()):
            if _read(size[1]) != product.file.page:
                before = css[: size.start()]
                line, column = before.count("\n") + 1, size.start() - before.rfind("\n")
                message = f"the page is {css_size(product.file.page)} in layouts/{product.name}/product.yaml"
                yield Fault(
                    project.file(path), line, column, "size", f"{message}; leave it out here, or let both agree"
                )


def _read(words: str) -> Size | None:
    """What CSS calls a size, upright, in mm."""
    words = words.strip().lower()
    if words in PAPER:
        return PAPER[words]
    lengths = _LENGTHS.fullmatch(words)
    return (float(lengths[1]), float(lengths[2] or lengths[1])) if lengths else None
