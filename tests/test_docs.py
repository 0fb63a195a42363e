"""The docs say what the code does: the reference of commands, links between files, labels that layouts print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit_builder.catalogue.loading import load
from toolkit_builder.cli.reference import reference
from toolkit_builder.project import open_project

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_reference_is_made_from_the_commands() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m toolkit_builder.cli.reference"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_dependency_is_explained() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for name in re.findall(r'^    "([A-Za-z][A-Za-z0-9-]*)(?:>=|==)', project, re.MULTILINE):
        assert name in explained, name


def test_every_label_is_printed_by_a_layout_or_a_plan() -> None:
    planning = [*(ROOT / "toolkit_builder" / "products").glob("*.py"), ROOT / "toolkit_builder/documents/print_shop.py"]
    sources = [*(ROOT / "layouts").rglob("*.html"), *planning, *(ROOT / "toolkit_builder" / "editions").glob("*.py")]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    for group, labels in load(open_project(ROOT)).labels.items():
        for label in labels:
            named = rf"labels\.{group}\.{label}\b|labels\.{group}\[|[\"']{label}[\"']|[\"']{group}[\"'], product"
            assert re.search(named, text), f"{group}.{label} is printed nowhere"


def test_what_has_to_be_installed_is_said_alike_everywhere() -> None:
    script = (ROOT / ".ci" / "system-packages").read_text(encoding="utf-8")
    needed = re.search(r'^needed="(.*)"$', script, re.MULTILINE)
    assert needed
    for name in ("docs/install.md", "Containerfile"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [package for package in needed[1].split() if package not in text] == [], name
