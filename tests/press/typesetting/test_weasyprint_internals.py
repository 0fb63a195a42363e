"""What WeasyPrint and pydyf keep private: the list holds for the versions that are installed, and one module knows it.

If a test here fails after an upgrade, `docs/weasyprint.md` says what to do.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import weasyprint

import toolkit_builder
from toolkit_builder.press.fonts import font_file
from toolkit_builder.press.typesetting import weasyprint_internals
from toolkit_builder.press.typesetting.weasyprint_internals import INTERNALS, Internal, document_fonts

ROOT = Path(toolkit_builder.__file__).parent
HOME = Path(weasyprint_internals.__file__)
PAGE = """<html lang="cy"><title>Tŷ</title><style>@page { @bottom-right { content: counter(page) } }</style>
<p>Gŵyl</p><div style="position: absolute; top: 9cm">Tŷ</div>"""
DOCUMENTED = {
    "weasyprint": {"HTML", "CSS", "Attachment", "Document", "Page", "VERSION", "__version__"},
    "weasyprint.document": {"Document", "Page"},
    "weasyprint.text.fonts": {"FontConfiguration"},
    "weasyprint.urls": {"URLFetcher", "URLFetcherResponse", "FatalURLFetchingError"},
}
"""What WeasyPrint's API reference has (https://doc.courtbouillon.org/weasyprint/stable/api_reference.html)."""


# -- the list holds ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def samples() -> list[Any]:
    """Objects as typesetting meets them: boxes, fonts, a stream, a PDF, a page, a document, HTML."""
    source = weasyprint.HTML(string=PAGE)
    document = source.render()
    written: list[Any] = [source, document, *document.pages]
    document.write_pdf(pdf_variant="pdf/ua-1", finisher=lambda _, pdf: written.extend([pdf, *pdf.objects]))
    return [*written, *document.fonts.values(), *_boxes(document.pages[0]._page_box)]


def _boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "_box", box).children:
        yield from _boxes(child)


def owner(name: str) -> Any:
    """A module, or a class of a module."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return getattr(importlib.import_module(module), attribute)


def broken(internal: Internal) -> str:
    """What is wrong with an entry of the list; empty if it holds."""
    try:
        holder = owner(internal.owner)
    except (ImportError, AttributeError) as error:
        return f"{internal.owner} is gone ({error})"
    holders = [holder]
    if inspect.isclass(holder) and not hasattr(holder, internal.name):  # set on objects, not on their class
        holders = [sample for sample in samples() if isinstance(sample, holder)]
        if not holders:
            return f"no {internal.owner} is met any more"
    if not all(hasattr(each, internal.name) for each in holders):
        return f"{internal.owner}.{internal.name} is gone"
    if internal.parameters is not None:
        parameters = tuple(inspect.signature(getattr(holders[0], internal.name)).parameters)
        parameters = tuple(name for name in parameters if name not in ("self", "cls"))
        if parameters != internal.parameters:
            return f"{internal.owner}.{internal.name} takes {parameters}, and {internal.parameters} is expected"
    return ""


@pytest.mark.parametrize("internal", INTERNALS, ids=lambda internal: f"{internal.owner}.{internal.name}")
def test_it_is_there_and_called_as_before(internal: Internal) -> None:
    assert not (what := broken(internal)), f"{what}; it is used for this: {internal.purpose}"


@pytest.mark.parametrize(
    ("internal", "complaint"),
    [
        (Internal("weasyprint.pdf.tags", "tag_all", ""), "weasyprint.pdf.tags.tag_all is gone"),
        (Internal("weasyprint.colophon", "Book", ""), "weasyprint.colophon is gone"),
        (Internal("weasyprint.pdf.fonts.Font", "charset", ""), "weasyprint.pdf.fonts.Font.charset is gone"),
        (Internal("weasyprint.pdf", "add_tags", "", ("pdf",)), "weasyprint.pdf.add_tags takes ('pdf', 'document'"),
    ],
)
def test_it_says_what_is_gone_or_changed(internal: Internal, complaint: str) -> None:
    assert broken(internal).startswith(complaint)


# -- one module knows it -----------------------------------------------------------------------------------------------


def sources() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path != HOME)


def undocumented(tree: ast.AST) -> Iterator[str]:
    """What a source imports of WeasyPrint and pydyf, or reads from the modules, that is not documented."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name != "weasyprint" and alias.name.split(".")[0] in ("weasyprint", "pydyf"):
                    yield f"line {node.lineno}: import {alias.name}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("weasyprint", "pydyf"):
            for alias in node.names:
                if alias.name not in DOCUMENTED.get(node.module or "", ()):
                    yield f"line {node.lineno}: from {node.module} import {alias.name}"
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "weasyprint":
            yield from (f"line {node.lineno}: weasyprint.{name}" for name in {node.attr} - DOCUMENTED["weasyprint"])


def attributes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The attributes that a source reads or sets, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("getattr", "setattr", "hasattr"):
            yield from (
                (node.lineno, str(argument.value)) for argument in node.args if isinstance(argument, ast.Constant)
            )


@lru_cache(maxsize=1)
def own_names() -> frozenset[str]:
    """Names that this project gives itself: functions, fields, attributes of its objects; and those of a tree in HTML,
    which is Python's own.
    """
    names = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                names.add(node.attr)
    return frozenset(names)


def watched_names() -> frozenset[str]:
    """Names that can only be those of the engine's objects. Names of modules need an import, which is seen."""
    of_objects = {internal.name for internal in INTERNALS if internal.owner.rpartition(".")[2][0].isupper()}
    private = {name for name in of_objects if name.startswith("_")}
    return frozenset(private | (of_objects - own_names() - {"text", "name"}))  # those are of ElementTree, of paths too


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_else_touches_it(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not list(undocumented(tree)), "only weasyprint_internals.py may"
    touched = [f"line {line}: {name}" for line, name in attributes(tree) if name in watched_names()]
    assert not touched, "only weasyprint_internals.py may"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import pydyf", "line 1: import pydyf"),
        ("import weasyprint.pdf", "line 1: import weasyprint.pdf"),
        ("from weasyprint.formatting_structure import boxes", "from weasyprint.formatting_structure import boxes"),
        ("import weasyprint\nweasyprint.pdf.add_tags = None", "line 2: weasyprint.pdf"),
        ("def f():\n    from weasyprint.urls import iri_to_uri", "line 2: from weasyprint.urls import iri_to_uri"),
    ],
)
def test_it_sees_who_touches_it(source: str, complaint: str) -> None:
    assert any(complaint in line for line in undocumented(ast.parse(source)))


def test_the_names_of_boxes_and_fonts_are_watched() -> None:
    assert {"_page_box", "position_x", "element_tag", "border_width", "to_unicode"} <= watched_names()
    source = 'getattr(page, "_page_box").position_x'
    assert {name for _, name in attributes(ast.parse(source))} >= {"_page_box", "position_x"}


# -- what glyphs say ---------------------------------------------------------------------------------------------------


def test_every_glyph_says_something_though_the_engine_gives_a_letter_to_its_mark() -> None:
    """Of the hamza and its damma in this word, the engine gives both to the mark, and nothing to the letter."""
    cairo = font_file("font:fontpkg_cairo/Cairo[slnt,wght].ttf").as_uri()
    style = f'@font-face {{ font-family: Cairo; src: url("{cairo}") }} p {{ font-family: Cairo }}'
    document = weasyprint.HTML(string=f'<html lang="ar"><style>{style}</style><p dir="rtl">أُعدّ</p>').render()
    document.write_pdf(io.BytesIO())  # only writing fills in glyphs
    [font] = document_fonts(document)
    said = [text for text, _ in font.glyphs.values()]
    assert all(said)
    assert "أ" in said
