"""Layouts: Jinja templates that turn leaves into HTML.

A layout is given `lang` (the language to print), `languages`, `framework`, `labels`, and what the leaf is made of
(`action`, `category`...). Texts are printed with a filter: `{{ action.title | t }}` within a line,
`{{ text | blocks }}` as paragraphs. Both take the language in force (`lang`), and mark what they print with its key and
language, so that preflight can name it. For another language within a layout include a second layout:
`{% with lang = 'en' %}{% include "..." %}{% endwith %}`.
"""

from __future__ import annotations

import datetime
import math
import os
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.addresses import short_address
from toolkit_builder.catalogue.colours import mixed
from toolkit_builder.catalogue.decoding import project_text
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.catalogue.naming import UnknownNameError
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.documents.print_shop import CREASE, CUT, DIE_LINES
from toolkit_builder.drawings.pictograms import Pictograms
from toolkit_builder.drawings.picture_grid import picture_grid
from toolkit_builder.drawings.qr_code import qr_code
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.languages import breaking, measure, widths
from toolkit_builder.languages.dates import long_date
from toolkit_builder.press.html.rendered import FIT
from toolkit_builder.project import Project
from toolkit_builder.version import __version__

_AFTER_SLASHES = re.compile(r"(?<=/)(?=.)")
_PRINTED = re.compile(r'data-key="([^"]*)" data-language="([^"]*)"')
_ROOM = re.compile(r"(<(\w+)[^>]*\bdata-rows\b[^>]*>)\s*(</\2>)")
_ROW = re.compile(r"<!--row-->(.*)<!--/row-->", re.DOTALL)
_NUMBER = re.compile(r" data-number>[^<]*<")
_DRAFT = re.compile(r'<span class="draft" data-draft="([^"]*)">.*?</span></span>', re.DOTALL)
DOCUMENT = "document.html"
"""The layout around all leaves."""


class _Layouts(jinja2.BaseLoader):
    """Finds layouts by their names: the project's own, otherwise the shipped ones."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Raises FaultsError if one is there and cannot be read."""
        for place in self.project.layouts:
            path = place.joinpath(*jinja2.loaders.split_template_path(template))
            if os.path.lexists(path):
                return project_text(self.project, path), str(path), lambda: True
        raise jinja2.TemplateNotFound(template)


class CompiledLayouts(jinja2.BytecodeCache):
    """Layouts that were compiled before, as Jinja keeps them: by their names and places, each with a checksum of its
    text. In memory.
    """

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """What Jinja asks for before it compiles a layout; it looks at the checksum itself."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """What Jinja hands over after it has compiled one."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


class Templates:
    """The layouts of a project, ready to print leaves of its catalogue. `compiled`: layouts as they were compiled
    before.
    """

    def __init__(self, project: Project, catalogue: Catalogue, compiled: CompiledLayouts | None = None) -> None:
        self.project = project
        self.catalogue = catalogue
        self.positions = dict(catalogue.positions)
        """Where each text was written; those of partnerships are added as they come."""
        self.environment = jinja2.Environment(
            loader=_Layouts(project),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled,
        )
        self.environment.filters |= {
            "t": _inline,
            "blocks": _blocks,
            "page": _page,
            "heading": _heading,
            "balanced": _balanced,
            "lines": _lines,
            "lines_in": _lines_in,
            "lines_below": _lines_below,
            "closed": _closed,
            "closed_parts": _closed_parts,
            "named": _named,
            "link": _link,
            "widest": _widest,
            "widest_word": _widest_word,
            "date": _date,
            "number_range": number_range,
            "svg_url": svg_url,
            "mixed": mixed,
        }
        self.environment.globals |= {
            "framework": catalogue.framework,
            "labels": _Labels(catalogue.labels),
            "tool_version": __version__,
            "die_lines": {"cut": DIE_LINES[CUT], "crease": DIE_LINES[CREASE]},
            "is_partly_provisional": catalogue.has_provisional,
            "number_of": catalogue.number,
            "pictogram_of": Pictograms(project, catalogue).of,
            "qr_of": qr_code,
            "picture_grid": picture_grid,
            "short_address": short_address,
            "turn_sine": lambda part, whole: round(math.sin(2 * math.pi * part / whole), 4),
            "turn_cosine": lambda part, whole: round(math.cos(2 * math.pi * part / whole), 4),
        }

    def leaf(self, leaf: Leaf, size: object, rows: Iterable[str] = ()) -> Markup:
        """The HTML of one leaf, set in `size` pt, with room for its rows, of which `rows` is the HTML.

        Raises FaultsError, naming file and line of the layout, if the layout is wrong.
        """
        own = {"leaf": leaf, "edition": leaf.edition, "size": size, "fit": FIT}
        context = {**leaf.data, **own, "languages": leaf.languages, "lang": leaf.languages[0]}
        return self._settled(self._print(leaf.layout, context), rows)

    def surroundings(self, layout: str, language: str, context: Mapping[str, Any]) -> Markup:
        """A layout that is no leaf: what stands around pages that are read on a screen.

        Raises FaultsError as `leaf` does.
        """
        return self._print(layout, {**context, "lang": language})

    def one_piece(self, leaf: Leaf, size: object) -> str:
        """The HTML of one leaf with its rows in it, as it is typeset in one piece."""
        rows = [str(self.leaf(row, size)) for row in leaf.rows]
        html = str(self.leaf(leaf, size, rows))
        return with_rows(html, rows, [row.number for row in leaf.rows]) if rows else html

    def _settled(self, html: Markup, beside: Iterable[str]) -> Markup:
        """Take the marks of drafts off where every text that is printed in their language was reviewed."""
        review = self.catalogue.review
        unreviewed = {
            language
            for key, language in _PRINTED.findall("".join([_DRAFT.sub("", html), *beside]))
            if review.get(f"{unescape(key)}.{language}", "reviewed") != "reviewed"
        }
        return Markup(_DRAFT.sub(lambda found: found[0] if found[1] in unreviewed else "", html))  # noqa: S704  (layouts)

    def document(self, product: str, leaves: str) -> str:
        """A whole HTML document of these leaves."""
        framework = self.catalogue.framework
        language = framework.languages[0].id
        context = {"product": product, "lang": language, "title": framework.title[language], "leaves": Markup(leaves)}  # noqa: S704
        return self._print(DOCUMENT, context)

    def _print(self, name: str, context: Mapping[str, Any]) -> Markup:
        try:
            return Markup(self.environment.get_template(name).render(context))  # noqa: S704  (layouts escape)
        except jinja2.TemplateNotFound as error:
            places = " or ".join(self.project.file(place) for place in self.project.layouts)
            raise FaultsError([Fault(f"layouts/{error.name}", 0, 0, "", f"no such layout in {places}")]) from None
        except jinja2.TemplateSyntaxError as error:
            file = self.project.file(Path(error.filename)) if error.filename else f"layouts/{name}"
            raise FaultsError([Fault(file, error.lineno, 1, "", f"not a Jinja template: {error.message}")]) from None
        except (jinja2.TemplateError, _TextError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise FaultsError([self._fault(name, error)]) from error

    def _fault(self, name: str, error: Exception) -> Fault:
        """Where in which layout an error came up, or in which text."""
        if isinstance(error, _TextError):
            file, line, column = self.positions.get(error.where, (error.where.partition("#")[0], 0, 0))
            return Fault(file, line, column, error.where.partition("#")[2], str(error))
        folders = [str(place) for place in self.project.layouts]
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename.startswith(tuple(folders)):
                return Fault(self.project.file(Path(frame.filename)), frame.lineno or 0, 1, "", _said(error))
        return Fault(f"layouts/{name}", 0, 0, "", _said(error))


def with_rows(html: str, rows: Sequence[str], numbers: Sequence[int]) -> str:
    """The HTML of a leaf with that of its rows put into the room that it leaves for them.

    Raises ValueError if it leaves none, or a row does not say which part of it is pasted in (`row.html`).
    """
    pasted = []
    for row, number in zip(rows, numbers, strict=True):
        found = _ROW.search(row)
        if found is None:
            raise ValueError("a row has to extend row.html")
        pasted.append(_NUMBER.sub(lambda _, number=number: f">{number}<", found[1]))
    room = _ROOM.search(html)
    if room is None:
        raise ValueError("a leaf with rows needs one empty element with data-rows")
    return f"{html[: room.end(1)]}{''.join(pasted)}{html[room.start(3) :]}"


def _said(error: Exception) -> str:
    if isinstance(error, jinja2.UndefinedError):
        return f"{error.message}; see docs/layouts.md for what a layout is given"
    return str(error) if isinstance(error, UnknownNameError) else f"{type(error).__name__}: {error}"


class _Labels:
    """Labels for layouts: `labels.card.notes`. Unlike a mapping, it has no `items` or `keys` to stand in the way."""

    def __init__(self, labels: Mapping[str, Any], group: str = "") -> None:
        self._labels = labels
        self._group = group

    def __getitem__(self, name: str) -> Any:
        try:
            found = self._labels[name]
        except KeyError:
            full = f"{self._group}.{name}" if self._group else name
            raise jinja2.UndefinedError(f"labels.yaml has no label “{full}”") from None
        return _Labels(found, name) if isinstance(found, Mapping) else found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


class _TextError(ValueError):
    """A text that cannot be printed; `where` is its key with the language."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@jinja2.pass_context
def _inline(context: jinja2.runtime.Context, text: Text, *, capital: bool = False, addresses: bool = True) -> Markup:
    """A text within a line; with `capital` its first letter is made a capital, for the beginning of a line. Without
    `addresses`, those of its links are not printed.
    """

    def printed(words: str) -> Markup:
        return markdown.inline(words[0].upper() + words[1:] if capital else words, addresses=addresses)

    return _marked("span", text, context["lang"], printed)


@jinja2.pass_context
def _heading(context: jinja2.runtime.Context, text: Text) -> Markup:
    """A title within a line, its lines broken where a reader would pause."""
    return _marked("span", text, context["lang"], lambda words: _unbroken(words, context["lang"]))


@jinja2.pass_context
def _balanced(
    context: jinja2.runtime.Context, text: Text, length: float, short: Text | None = None, most: int = measure.EVEN
) -> str:
    """A style that evens out a title of two lines, or of `most`, where lines may be `length` em long in its largest
    size; a name that is printed as `named`, with its short form.

    One that is longer may have to be set smaller, in more letters a line; it is left to the engine.
    """
    language = context["lang"]
    words = breaking.together(text[language], short[language]) if short else text[language]
    has_room = measure.widest_word(words, length) <= length
    is_even = has_room and measure.lines(words, language, length) <= most
    return f"max-width: {measure.balanced(words, language, length)}em" if is_even else ""


def _lines(text: Text, length: float) -> int:
    """About how many lines of `length` em a title takes, in the language in which it takes most."""
    return max(measure.lines(words, language, length) for language, words in text.as_dict().items())


def _lines_in(text: Text | str, language: str, length: float) -> int:
    """About how many lines of `length` em of bold type a text takes in one language."""
    return measure.lines(text if isinstance(text, str) else text[language], language, length)


def _lines_below(paragraphs: Iterable[Sequence[Text | str]], languages: Iterable[str], length: float) -> int:
    """About how many lines of `length` em of bold type paragraphs take below one another, in that of these languages in
    which they take most, printed as `closed`. A paragraph is a text, or several that follow on one another; a text may
    have several lines.
    """

    def words(text: Text | str, language: str) -> str:
        return text if isinstance(text, str) else breaking.closed(text[language], language)

    def count(language: str) -> int:
        said = (" ".join(words(text, language) for text in paragraph) for paragraph in paragraphs)
        lines = (markdown.plain(line) for text in said for line in text.splitlines() if line.strip())
        return sum(measure.lines(line, language, length) for line in lines)

    return max(map(count, languages), default=0)


@jinja2.pass_context
def _closed(context: jinja2.runtime.Context, text: Text, length: float = 0, *, addresses: bool = True) -> Markup:
    """A text within a line whose last word does not stand on a line by itself, whose lines do not end with a word that
    leans on the next, and whose compounds are not broken, for texts that are set large or narrow. Where lines are
    `length` em of bold type long, the last is longer than a third of them. Without `addresses`, those of its links are
    not printed.
    """

    def printed(words: str) -> Markup:
        return _compounds_kept(breaking.closed(words, context["lang"], length), addresses=addresses)

    return _marked("span", text, context["lang"], printed)


@jinja2.pass_context
def _closed_parts(
    context: jinja2.runtime.Context, parts: Sequence[tuple[Text | str, str]], length: float = 0
) -> Markup:
    """Texts that follow on one another in a paragraph, each with the mark after it, closed as one; the first begins
    with a capital. Without `length`, its lines break where they may. A part that is no text of the catalogue is
    numbers, and not broken.
    """
    language = context["lang"]
    said = [part if isinstance(part, str) else part[language] for part, _ in parts]
    said[0] = said[0][:1].upper() + said[0][1:]
    written = [words + mark for words, (_, mark) in zip(said, parts, strict=True)]
    closed = breaking.closed_parts(written, language, length) if length else [f"{words} " for words in written]
    printed = Markup()
    for (part, _), words, whole in zip(parts, said, closed, strict=True):
        own = whole[: len(words)]
        if isinstance(part, str):
            printed += Markup('<span class="nowrap" dir="ltr">{}</span>').format(own)
        else:
            printed += _marked("span", part, language, partial(_as_closed, own))
        printed += whole[len(words) :]
    return printed


def _as_closed(closed: str, _: str) -> Markup:
    return _compounds_kept(closed)


def _compounds_kept(words: str, *, addresses: bool = True) -> Markup:
    return Markup(breaking.compounds_kept(markdown.inline(words, addresses=addresses)))  # noqa: S704  (it is markup)


@jinja2.pass_context
def _named(context: jinja2.runtime.Context, text: Text, short: Text) -> Markup:
    """A name within a line that is not broken within its short form."""
    known = short[context["lang"]]

    def printed(words: str) -> Markup:
        return markdown.inline(breaking.together(words, known), addresses=False)

    return _marked("span", text, context["lang"], printed)


@jinja2.pass_context
def _blocks(context: jinja2.runtime.Context, text: Text) -> Markup:
    """A text as paragraphs and lists."""
    return _marked("div", text, context["lang"], markdown.blocks)


@jinja2.pass_context
def _page(context: jinja2.runtime.Context, text: Text) -> Markup:
    """A text as paragraphs and lists under headings."""
    return _marked("div", text, context["lang"], markdown.page)


@jinja2.pass_context
def _link(context: jinja2.runtime.Context, text: Text, address: str | Text) -> Markup:
    """A text as a link, `{{ action.title | link('#anchor') }}`; the engine wants no element inside of a link.

    The address may be a text too: that of each language.
    """
    target = address if isinstance(address, str) else address[context["lang"]]
    attributes = f' href="{escape(target)}"'
    return _marked("a", text, context["lang"], lambda words: _leaning(words, context["lang"]), attributes)


def _leaning(title: str, language: str) -> Markup:
    """A title that does not break after words that lean on the next, without an element that says so."""
    if not markdown.is_plain(title):
        return markdown.inline(title, addresses=False)
    runs = breaking.unbroken(title.split(), language)
    return Markup(" ").join(run.replace(" ", breaking.NO_BREAK_SPACE) for run, _ in runs)


def _unbroken(title: str, language: str) -> Markup:
    if not markdown.is_plain(title):
        return markdown.inline(title, addresses=False)
    runs = breaking.unbroken(title.split(), language)
    return Markup(" ").join(_kept(run) if keep else escape(run) for run, keep in runs)


def _kept(run: str) -> Markup:
    """A run of a title on one line. Where spaces are all that it may be broken at, they do not break: before an element
    that is not broken and has no room, the engine breaks lines at every space.
    """
    if run.startswith("("):
        return Markup('<span class="bracket">{}</span>').format(run)
    if " " in run and "-" not in run:
        return escape(run.replace(" ", breaking.NO_BREAK_SPACE))
    # A word that is wider than its line is broken after a slash, as it is measured.
    parts = [run] if " " in run else _AFTER_SLASHES.split(run)
    whole = Markup('<span class="nowrap">{}</span>')
    return Markup("").join(whole.format(part) if "-" in part else escape(part) for part in parts)


def _marked(element: str, text: Text, language: str, convert: Callable[[str], Markup], attributes: str = "") -> Markup:
    """A text in an element that says which text it is, and in which language."""
    if isinstance(text, jinja2.Undefined):
        str(text)  # raises, naming what is undefined
    if not isinstance(text, Text):
        raise TypeError(f"the filters t, heading, closed, link and blocks print texts of the catalogue, not {text!r}")
    try:
        html = convert(text[language])
    except markdown.MarkdownError as error:
        raise _TextError(f"{text.origin}.{language}", str(error)) from None
    key = escape(str(text.origin))
    return Markup(  # noqa: S704  (markup and escape have seen to it)
        f'<{element} data-key="{key}" data-language="{language}"{attributes}>{html}</{element}>'
    )


def _widest(text: Text, languages: Sequence[str]) -> float:
    """About how wide a text is in bold, in em, in that of these languages in which it is widest."""
    return max(widths.width(text[language]) for language in languages)


def _widest_word(text: Text, languages: Sequence[str], length: float = math.inf) -> float:
    """About how wide the widest word of a text is in bold, in em, in any of these languages; in lines of `length` em,
    of what it is broken into there.
    """
    return max(measure.widest_word(text[language], length) for language in languages)


@jinja2.pass_context
def _date(context: jinja2.runtime.Context, date: datetime.date) -> str:
    return long_date(date, context["lang"])


def number_range(numbers: str) -> str:
    """`10-30` with an en dash, as numbers from–to are printed."""
    return numbers.replace("-", "–")


def svg_url(
    drawing: str,
    width: float,
    height: float,
    fill: str = "none",
    *,
    stretch: bool = False,
    bleed: float = 0,
    bleed_above: float | None = None,
) -> Markup:
    """A drawing in SVG as an address for a CSS background.

    `width` and `height` are those of its view box, `fill` its colour; with `stretch` it fills what room it is given.
    `bleed`: how much more of it there is on each side, and `bleed_above` above and below if that is another.
    """
    above = bleed if bleed_above is None else bleed_above
    box = f"{-bleed:g} {-above:g} {width + 2 * bleed:g} {height + 2 * above:g}" if bleed else f"0 0 {width} {height}"
    aspect = ' preserveAspectRatio="none"' if stretch else ""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="{fill}"{aspect}>{drawing}</svg>'
    return Markup(f"data:image/svg+xml,{quote(svg)}")  # noqa: S704  (quoted)
