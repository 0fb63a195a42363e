"""The toolkit set by Typst, to measure against: the same leaves on the same pages, from the same plan.

`typst/toolkit.typ` has the pages; this module gives it the plan as data. `python -m tests.benchmarks.typst_port`
measures 60 packs, in one process and in one for each core.

What it has as the toolkit's own PDF has it: texts, fonts, sizes of type fitted a group at a time, A4, drawn shapes and
symbols, links, bookmarks, page numbers, languages of parts, tags (PDF/UA-1). What it has not: pictograms, what the
covers draw now, the wish to be shown as facing pages, and any preflight but that each leaf fits its room. So it has
less to do.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import metadata
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from tests.benchmarks import packs
from tests.benchmarks.competitors import CompetitorMissingError
from tests.making import entries
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Action, Catalogue, Party, Text
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.languages import breaking
from toolkit_builder.languages.dates import long_date
from toolkit_builder.press.fonts import font_file
from toolkit_builder.press.html.templates import number_range
from toolkit_builder.products.chart import Chart
from toolkit_builder.products.parts import Line
from toolkit_builder.project import open_project
from toolkit_builder.version import __version__

SOURCE = Path(__file__).parent / "typst"
FONT = "font:fontpkg_source_sans_3/SourceSans3[wght].ttf"
STANDARD = "ua-1"

Words = str | list[dict[str, Any]]


class DoesNotFitError(Exception):
    """A leaf does not fit its page in its least size."""


class TypstPress:
    """Compiles plans of the toolkit to PDF with one Typst compiler for all of them.

    Fonts and sources are read once, and Typst itself remembers what it has laid out before. The plan is given to it as
    part of the main source: by `sys_inputs`, or with a compiler for each plan, it would remember nothing. All leaves
    are set in their largest size at first; if a page too many comes of it, they are measured, and set again in sizes
    that fit, which are remembered too.

    Raises CompetitorMissingError if the package `typst` is not installed.
    """

    def __init__(self, *, standard: str = STANDARD) -> None:
        if importlib.util.find_spec("typst") is None:
            raise CompetitorMissingError("the package typst is not installed. Type: pip install -e '.[bench]'")
        import typst

        self._typst: Any = typst
        self._standard = standard
        self._folder = tempfile.TemporaryDirectory()
        self._root = Path(self._folder.name)
        for source in SOURCE.glob("*.typ"):
            shutil.copy(source, self._root)
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_file(FONT).parent]
        )
        self._compiler: Any = typst.Compiler(b"", root=self._root, font_paths=self._fonts)
        self._catalogue: Catalogue | None = None
        self._sizes: dict[str, float] = {}

    def compile(self, plan: Plan, catalogue: Catalogue) -> bytes:
        """The PDF of a plan made from a selection of `catalogue`.

        Raises DoesNotFitError for a leaf that does not fit in its least size.
        """
        self._share(catalogue)
        leaves = leaf_data(plan)
        pdf = self._press(plan, leaves)
        if _page_count(pdf) != len(leaves):
            self._measure(leaves)
            pdf = self._press(plan, leaves)
        if _page_count(pdf) != len(leaves):
            raise DoesNotFitError(f"{_page_count(pdf)} pages came of {len(leaves)} leaves")
        return pdf

    def _share(self, catalogue: Catalogue) -> None:
        """What all plans share goes into a file."""
        if self._catalogue is not catalogue:
            self._catalogue = catalogue
            self._sizes.clear()
            (self._root / "catalogue.json").write_text(_json(shared_data(catalogue)), encoding="utf-8")

    def _press(self, plan: Plan, leaves: list[dict[str, Any]]) -> bytes:
        sized = [{**leaf, "size": self._sizes.get(_content(leaf), leaf["sizes"][0])} for leaf in leaves]
        data = {**document_data(plan), "leaves": sized}
        made = self._compiler.compile(
            input=_call("toolkit", data), format="pdf", pdf_standards=self._standard, timestamp=0
        )
        if not isinstance(made, bytes):
            raise TypeError(f"Typst gave {type(made)}, not the bytes of a PDF")
        return made

    def _measure(self, leaves: list[dict[str, Any]]) -> None:
        """Find the sizes in which these leaves fit, a group at a time."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for leaf in leaves:
            groups.setdefault(leaf["group"], []).append(leaf)
        found = self._typst.query(
            _call("sizes", groups), "<sizes>", field="value", one=True, root=self._root, font_paths=self._fonts
        )
        for name, size in json.loads(found).items():
            if size is None:
                raise DoesNotFitError(f"{name} does not fit in {groups[name][0]['sizes'][-1]} pt")
            self._sizes |= {_content(leaf): size for leaf in groups[name]}


def _call(function: str, data: Any) -> bytes:
    """A source that calls one of the functions of toolkit.typ; a string of JSON is one of Typst too."""
    quoted = json.dumps(_json(data), ensure_ascii=False)
    return (f'#import "/toolkit.typ": {function}\n#{function}(json(bytes({quoted})))\n').encode()


def _content(leaf: Mapping[str, Any]) -> str:
    """What a leaf says, wherever it stands."""
    return _json({name: value for name, value in leaf.items() if name != "page"})


def _page_count(pdf: bytes) -> int:
    with pdfium.PdfDocument(pdf) as document:
        return len(document)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


# -- what all plans share ---------------------------------------------------------------------------------------------


def shared_data(catalogue: Catalogue) -> dict[str, Any]:
    """Labels and framework, in every language."""
    framework = catalogue.framework
    languages = framework.language_ids
    source = framework.source
    return {
        "title": _text(framework.title),
        "subtitle": _text(framework.subtitle),
        "introduction": {
            language: [_words(paragraph) for paragraph in framework.introduction[language].split("\n\n")]
            for language in languages
        },
        "labels": {
            group: {name: _text(label) for name, label in labels.items()} for group, labels in catalogue.labels.items()
        },
        "drafts": {language.id: language.review == "draft" for language in framework.languages},
        "categories": {
            category.id: {
                "code": category.code,
                "title": _text(category.title),
                "heading": _heading(category.title),
                "introduction": _text(category.introduction),
                "colour": category.colour,
                "shape": category.shape,
            }
            for category in framework.categories
        },
        "columns": {column.id: _text(column.label) for column in framework.columns},
        "sectors": {sector.id: sector.label.as_dict() for people in framework.people for sector in people.sectors},
        "scales": [
            {
                "id": scale.id,
                "label": _text(scale.label),
                "measures": _text(scale.measures),
                "symbol": scale.symbol,
                "steps": [{"id": step.id, "label": _text(step.label)} for step in scale.steps],
                "any": _text(scale.any) if scale.any else None,
            }
            for scale in framework.scales
        ],
        "source": {
            "url": source.url,
            **{
                name: _text(getattr(source, name))
                for name in ("title", "publisher", "licence", "licence_url", "attribution", "adapted", "to_confirm")
            },
        },
        "version": framework.version,
        "dates": {language: long_date(framework.date, language) for language in languages},
        "tool": __version__,
    }


# -- a plan -----------------------------------------------------------------------------------------------------------


def document_data(plan: Plan) -> dict[str, Any]:
    """The metadata of a plan."""
    return {
        "title": plan.title,
        "author": plan.author,
        "description": plan.subject,
        "keywords": plan.keywords,
        "languages": plan.languages,
    }


def leaf_data(plan: Plan) -> list[dict[str, Any]]:
    """The leaves of a plan, each with the number of its page."""
    pages, page = {}, 1
    for leaf in plan.leaves:
        pages[leaf.anchor] = page
        page += leaf.pages
    return [_leaf(leaf, pages) for leaf in plan.leaves]


def _leaf(leaf: Leaf, pages: Mapping[str, int]) -> dict[str, Any]:
    kind = leaf.layout.partition("/")[2].removesuffix(".html")
    return {
        "kind": kind,
        "languages": leaf.languages,
        "bookmark": leaf.bookmark,
        "level": leaf.level,
        "group": leaf.group_name,
        "sizes": leaf.sizes,
        "page": pages[leaf.anchor],
        **_DATA[kind](leaf, pages),
    }


def _cover(leaf: Leaf, _: Mapping[str, int]) -> dict[str, Any]:
    said = {name: value for imprint in leaf.imprints for name, value in imprint.data.items()}
    whose = said.get("partnership")
    return {
        "partnership": {language: whose.name[language] for language in leaf.languages} if whose else None,
        "is-whole": not said.get("selection"),
        "selection": {language: _lines(said.get("selection", ()), language) for language in leaf.languages},
        "others": bool(said.get("others")),
        "categories": [category.id for category in leaf.data["categories"]],
    }


def _lines(lines: Iterable[Line], language: str) -> list[tuple[str, str]]:
    """What was selected, as labels and values in one language."""
    values = [", ".join(one if isinstance(one, str) else one[language] for one in each) for _, each in lines]
    return [(label[language], value) for (label, _), value in zip(lines, values, strict=True)]


def _guide(leaf: Leaf, _: Mapping[str, int]) -> dict[str, Any]:
    return {
        "has-provisional": leaf.data["has_provisional"],
        "categories": [category.id for category in leaf.data["categories"]],
    }


def _colophon(leaf: Leaf, _: Mapping[str, int]) -> dict[str, Any]:
    rows = {row.data["about"]: row.data for row in leaf.rows}
    return {
        "selection": _lines(rows["selection"]["selection"], leaf.languages[0]),
        "count": rows["selection"]["count"],
        "has-provisional": "provisional" in rows,
        "drafts": "review" in rows,
        "others": "languages" in rows,
    }


def _contents(leaf: Leaf, pages: Mapping[str, int]) -> dict[str, Any]:
    (language,) = leaf.languages
    return {
        "entries": [
            {
                "page": entry.page,
                "code": entry.action.code if entry.action else None,
                "category": entry.category.id if entry.category and not entry.action else None,
                "title": _words(entry.action.title[language] if entry.action else entry.title),
            }
            for entry in entries(leaf)
        ]
    }


def _map(leaf: Leaf, pages: Mapping[str, int]) -> dict[str, Any]:
    (language,) = leaf.languages
    chart: Chart = leaf.data["chart"]
    parts = [
        *((chart.down, rating, None, those) for rating, those in chart.sections),
        *((None, None, category, those) for category, those in leaf.data["groups"] if not chart.sections),
    ]
    return {
        "across": chart.across.id if chart.across else None,
        "others": [scale.id for scale in chart.others],
        "legend": [category.id for category, _ in leaf.data["groups"]] if chart.sections else [],
        "sections": [
            {
                "scale": scale.id if scale else None,
                "rating": _value(rating) if rating else None,
                "category": category.id if category else None,
                "actions": [
                    {
                        "category": action.category,
                        "title": _words(action.title[language]),
                        "page": pages[f"toolkit-action-{action.code}-{language}"],
                        "ratings": {
                            scale.id: _value(action.rating(scale.id))
                            for scale in (chart.across, *chart.others)
                            if scale
                        },
                        "code": action.code,
                    }
                    for action in those
                ],
            }
            for scale, rating, category, those in parts
        ],
        "has-provisional": leaf.data["has_provisional"],
    }


def _opening(leaf: Leaf, pages: Mapping[str, int]) -> dict[str, Any]:
    (language,) = leaf.languages
    return {
        "category": leaf.data["category"].id,
        "actions": [
            {
                "code": row.data["action"].code,
                "title": _words(row.data["action"].title[language]),
                "page": pages[row.data["anchor"]],
            }
            for row in leaf.rows
        ],
    }


def _action(leaf: Leaf, _: Mapping[str, int]) -> dict[str, Any]:
    action, category = leaf.data["action"], leaf.data["category"]
    return {"category": category.id, "action": _of_action(action)}


def _of_action(action: Action) -> dict[str, Any]:
    return {
        "code": action.code,
        "heading": _heading(action.title),
        **{column: _value(value) for column, value in action.values.items()},
    }


def _nothing(_: Leaf, __: Mapping[str, int]) -> dict[str, Any]:
    return {}


_DATA: Mapping[str, Callable[[Leaf, Mapping[str, int]], dict[str, Any]]] = {
    "cover": _cover,
    "guide": _guide,
    "contents": _contents,
    "map": _map,
    "opening": _opening,
    "action": _action,
    "worksheet": _nothing,
    "colophon": _colophon,
}


# -- texts ------------------------------------------------------------------------------------------------------------


def _value(value: Any) -> Any:
    """An action's value for one column."""
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, tuple):
        return [_party(one) if isinstance(one, Party) else _text(one) for one in value]
    return {"steps": value.steps, "any": value.any, "basis": value.basis}


def _party(party: Party[Text]) -> dict[str, Any]:
    return {
        "sectors": party.sectors,
        "role": _text(party.role) if party.role else None,
        "people": number_range(party.people) if party.people else None,
    }


def _text(text: Text) -> dict[str, Words]:
    return {language: _words(words) for language, words in text.as_dict().items()}


def _words(words: str) -> Words:
    """A text as a string, or as runs where there is emphasis or a link in it."""
    return words if markdown.is_plain(words) else _runs(words)


def _heading(text: Text) -> dict[str, list[dict[str, Any]]]:
    """A title as runs that are not broken."""
    return {
        language: [{"text": run, "keep": keep} for run, keep in breaking.unbroken(words.split(), language)]
        for language, words in text.as_dict().items()
    }


@functools.lru_cache(maxsize=1024)
def _runs(words: str) -> list[dict[str, Any]]:
    reader = _Runs()
    reader.feed(str(markdown.inline(words)))
    reader.close()
    return reader.runs


class _Runs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.runs: list[dict[str, Any]] = []
        self.strong = 0
        self.link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("strong", "em"):
            self.strong += 1
        elif tag == "a":
            self.link = dict(attrs).get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("strong", "em"):
            self.strong -= 1
        elif tag == "a":
            self.link = None

    def handle_data(self, data: str) -> None:
        self.runs.append({"text": data, "strong": self.strong > 0, "link": self.link})


# -- measuring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Timing:
    """What it took to make some documents."""

    documents: int
    pages: int
    size: int
    clock: float
    cpu: float

    def __add__(self, other: Timing) -> Timing:
        return Timing(
            self.documents + other.documents,
            self.pages + other.pages,
            self.size + other.size,
            self.clock + other.clock,
            self.cpu + other.cpu,
        )

    def __str__(self) -> str:
        return (
            f"{self.documents / self.clock:6.1f} packs/s, {self.clock / self.documents * 1000:6.1f} ms and "
            f"{self.cpu / self.documents * 1000:6.1f} ms of CPU time a pack, {self.pages / self.documents:.1f} pages "
            f"and {self.size / self.documents / 1024:.0f} KiB each"
        )


def timed(press: TypstPress, plans: Sequence[Plan], catalogue: Catalogue) -> Timing:
    """Compile plans one after another."""
    clock, cpu, size = time.perf_counter(), time.process_time(), 0
    for plan in plans:
        size += len(press.compile(plan, catalogue))
    return Timing(
        len(plans),
        sum(leaf.pages for plan in plans for leaf in plan.leaves),
        size,
        time.perf_counter() - clock,
        time.process_time() - cpu,
    )


class _Worker:
    """A process of its own with a press and plans of its own, ready to begin."""

    press: TypstPress
    catalogue: Catalogue
    plans: list[Plan]

    @classmethod
    def prepare(cls, barrier: Any, number_each: int) -> None:
        cls.press, cls.catalogue = TypstPress(), load(open_project())
        cls.plans = [pack.plan for pack in packs.packs(cls.catalogue, number_each)]
        barrier.wait()

    @classmethod
    def work(cls, share: slice) -> Timing:
        return timed(cls.press, cls.plans[share], cls.catalogue)


def timed_in_processes(number_each: int, processes: int) -> Timing:
    """The packs of the ten kinds dealt to processes that have started and planned before."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes + 1)
    with context.Pool(processes, _Worker.prepare, (barrier, number_each)) as pool:
        barrier.wait()
        clock = time.perf_counter()
        shares = [(slice(first, None, processes),) for first in range(processes)]
        done = pool.starmap(_Worker.work, shares, chunksize=1)
        clock = time.perf_counter() - clock
    documents, pages, size = (sum(getattr(one, name) for one in done) for name in ("documents", "pages", "size"))
    return Timing(documents, pages, size, clock, sum(one.cpu for one in done))


def main() -> None:
    number_each, cores = 6, os.cpu_count() or 1
    catalogue = load(open_project())
    edition = Edition(catalogue.framework.language_ids)
    plans = [pack.plan for pack in packs.packs(catalogue, number_each)]
    press = TypstPress()
    print(f"Typst {metadata.version('typst')}, {len(plans)} packs of {len(packs.KINDS)} kinds")
    first, others = timed(press, plans[:10], catalogue), timed(press, plans[10:], catalogue)
    print(f"one process, first of each kind: {first}")
    print(f"one process, the others:         {others}")
    print(f"one process, all:                {first + others}")
    print(f"{cores} processes, all:              {timed_in_processes(number_each, cores)}")
    names = packs.partnership_names(60)
    chosen = packs.random_selections(catalogue, len(names), seed=1)
    random = [packs.plan_for(selection, edition, name) for selection, name in zip(chosen, names, strict=True)]
    print(f"one process, random selections:  {timed(TypstPress(), random, catalogue)}")


if __name__ == "__main__":
    try:
        main()
    except CompetitorMissingError as error:
        sys.exit(str(error))
