"""Translators' files in other programs than those that wrote them: a round trip with what translators use.

XLIFF is read by l10n-lint, which has its own reader; PO by gettext; both are edited by translate-toolkit's programs.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from l10n_lint import XLIFFParser
from lxml import etree

from tests.exchange.test_exchange import TITLE, XLIFF, content, export, mine, take_back
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.catalogue.loading import load

__all__ = ["mine"]
needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
in_tools = pytest.mark.parametrize("form", ["xliff", "po"])
"""What translate-toolkit's programs read; they take no XLIFF 2.0."""


def run(program: str, *words: object) -> str:
    """A program that stands beside Python, or on the path; what it says."""
    beside = Path(sys.executable).with_name(program)
    command = [str(beside) if beside.exists() else program, *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def edit(path: Path, source: str, *how: str) -> Path:
    """As a translator with translate-toolkit does it: find a string, rewrite it, merge it back into the whole."""
    found, rewritten, merged = (path.with_stem(name) for name in ("found", "rewritten", "merged"))
    run("pogrep", "--progress=none", "--search=source", "--regexp", source, path, found)
    run("podebug", "--progress=none", "--rewrite=bracket", *how, found, rewritten)
    run("pomerge", "--progress=none", "-t", path, "-i", rewritten, "-o", merged)
    return merged


# -- a round trip ------------------------------------------------------------------------------------------------------


@in_tools
def test_one_string_that_was_changed_comes_back_alone(mine: Copy, form: str) -> None:
    before = content(mine)
    done = take_back(mine, edit(export(mine, form), "^Fundraising$"))
    assert done.err == f"changed: {TITLE}\n1 string changed.\n"
    assert load(mine.project).action("FM5").title["cy"] == "[Fundraising]"
    after = content(mine)
    assert {name for name in after if after[name] != before[name]} == {"actions/FM5.yaml"}


@in_tools
def test_what_went_through_their_programs_unchanged_changes_nothing(mine: Copy, form: str) -> None:
    path, before = export(mine, form), content(mine)
    same = path.with_stem("same")
    run("pomerge", "--progress=none", "-t", path, "-i", path, "-o", same)
    assert take_back(mine, same).err == "0 strings changed.\n"
    assert content(mine) == before


@in_tools
def test_one_that_went_stale_meanwhile(mine: Copy, form: str) -> None:
    path = edit(export(mine, form), "^Fundraising$")
    action = mine.root / "content/actions/FM5.yaml"
    action.write_text(action.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    before = content(mine)
    refused = take_back(mine, path)
    assert (refused.status, f"{TITLE}: the en was changed since the export" in refused.err) == (1, True)
    assert content(mine) == before
    assert "1 string changed, 1 of them stale." in take_back(mine, path, "--allow-stale").err
    assert typed("translate", "export", "--format", "po", "--only", "stale", "--project", mine.root,
                 "--output", mine.root / "a.po").err.endswith("a.po: 1 string\n")  # fmt: skip


@in_tools
def test_one_that_was_broken(mine: Copy, form: str) -> None:
    path, before = edit(export(mine, form), "^Fundraising$", "--format={enw} "), content(mine)
    refused = take_back(mine, path)
    assert refused.status == 1
    assert f"{TITLE}: the placeholders {{enw}} where the original has (none)" in refused.err
    assert content(mine) == before


@needs_gettext
def test_a_round_trip_through_gettext(mine: Copy) -> None:
    """Its programs edit, break lines anew and take the mark of work to be done away."""
    path = export(mine, "po", "--action", "FM5")
    edited, finished = path.with_stem("edited"), path.with_stem("finished")
    run("msgfilter", "--keep-header", "-i", path, "-o", edited, "sed", "s/^Codi arian$/Codi’r arian/")
    run("msgattrib", "--clear-fuzzy", "--width=40", "-o", finished, edited)
    assert take_back(mine, finished).status == 0
    catalogue = load(mine.project)
    assert catalogue.action("FM5").title["cy"] == "Codi’r arian"
    states = {state for key, state in catalogue.review.items() if key.startswith("content/actions/FM5.yaml")}
    assert states == {"translated"}


# -- reading -----------------------------------------------------------------------------------------------------------


@needs_gettext
def test_po_passes_msgfmt(mine: Copy) -> None:
    run("msgfmt", "--check", "--output-file=/dev/null", export(mine, "po"))


@pytest.mark.parametrize("form", ["xliff", "xliff2"])
def test_an_independent_reader_finds_every_string(mine: Copy, form: str) -> None:
    found = XLIFFParser(export(mine, form).read_text("utf-8"))
    rows = list(csv.DictReader(io.StringIO(export(mine, "csv").read_text("utf-8-sig"), newline="")))
    assert found.language == "cy"
    assert [(unit["_context"], unit["source"], unit["translation"]) for unit in found.entries] == [
        (row["key"], row["source (en)"], row["target (cy)"]) for row in rows
    ]
    assert len(rows) > 300


@in_tools
def test_the_translators_own_programs_count_every_string(mine: Copy, form: str) -> None:
    path = export(mine, form)
    header, row = list(csv.reader(io.StringIO(run("pocount", "--csv", path))))[:2]
    total = dict(zip([name.strip() for name in header], row, strict=False))["Total Message"]
    with path.open(encoding="utf-8") as file:
        mark = "<trans-unit" if form == "xliff" else "msgctxt"
        assert int(total) == sum(line.count(mark) for line in file) > 300


def test_xliff_2_has_notes_where_the_schema_has_them(mine: Copy) -> None:
    tree = etree.parse(export(mine, "xliff2"))
    units = tree.xpath("//y:unit", namespaces=XLIFF)
    assert len(units) > 300
    for unit in units:
        assert [etree.QName(child).localname for child in unit] == ["notes", "segment"]
        assert [etree.QName(child).localname for child in unit[1]] == ["source", "target"]
