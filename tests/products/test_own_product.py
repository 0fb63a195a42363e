"""docs/products.md, followed to the letter in a fresh project: its files are written, its commands typed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests import reading
from tests.typed import ROOT, Typed, typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.project import Project

GUIDE = (ROOT / "docs" / "products.md").read_text("utf-8").partition("## What product.yaml can say")[0]
BLOCK = re.compile(r"(?:^`(?P<file>[^`\n]+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def follow(folder: Path) -> tuple[Path, list[Typed]]:
    """Do what the guide says, from top to bottom; the project, and what its commands said."""
    here, said = folder, []
    for block in BLOCK.finditer(GUIDE):
        if block["file"]:
            path = here / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], "utf-8")
        elif block["kind"] == "yaml":
            labels = here / "content" / "labels.yaml"
            before, group, after = labels.read_text("utf-8").partition("\nproduct:\n")
            labels.write_text(before + group + block["text"] + after, "utf-8")
        else:
            for line in block["text"].splitlines():
                command, *words = shlex.split(line)
                if command == "cd":
                    here /= words[0]
                else:
                    assert command == "toolkit-builder"
                    said.append(typed(*words, folder=here))
    return here, said


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Typed]]:
    return follow(tmp_path_factory.mktemp("fy-mhosteri ŵŷ"))


@pytest.fixture(scope="module")
def project(followed: tuple[Path, list[Typed]]) -> Path:
    return followed[0]


def test_every_command_of_the_guide_does_its_work(followed: tuple[Path, list[Typed]]) -> None:
    project, said = followed
    assert [each.status for each in said] == [0, 0, 0], [each.err for each in said]
    assert (said[1].out, said[1].err) == ("", "No fault in 21 actions.\n"), "and no doubt"
    assert "poster.cy-en.pdf: 1 page\n" in said[-1].err
    assert (project / "output" / "poster.cy-en.pdf").is_file()


def test_the_poster_is_one_a3_page_with_all_titles_in_both_languages(project: Path) -> None:
    path = project / "output" / "poster.cy-en.pdf"
    assert reading.sizes(path) == {(297, 420)}
    [page] = reading.pages(path)
    found = {(element.language, element.text) for element in reading.tree(path)}
    catalogue = load(Project(project))
    assert len(catalogue.actions) == 21
    titles = [action.title for action in catalogue] + [category.title for category in catalogue.framework.categories]
    for each in titles:
        for language in ("cy", "en"):
            title = reading.plain(each[language])
            assert title in page
            assert any(words.endswith(title) for tongue, words in found if tongue == language), title
    assert reading.failures(path) == ""


def test_the_manifest_lists_it_as_any_other(project: Path) -> None:
    [entry] = json.loads((project / "output" / "manifest.json").read_text("utf-8"))["files"]
    assert (entry["product"], entry["languages"], entry["layout"], entry["pages"]) == (
        "poster",
        ["cy", "en"],
        "parallel-columns",
        1,
    )


@pytest.mark.parametrize(
    ("words", "pages"),
    [("--layout back-to-back", 2), ("--language cy", 1), ("--stage early --greyscale", 1)],
)
def test_it_comes_in_the_other_ways_that_the_guide_names(project: Path, tmp_path: Path, words: str, pages: int) -> None:
    done = typed("poster", *words.split(), "--output", tmp_path, folder=project)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("poster.*.pdf")
    assert reading.sizes(path) == {(297, 420)}
    assert len(reading.pages(path)) == pages


def test_the_project_of_the_command_line_says_which_commands_there_are(project: Path, tmp_path: Path) -> None:
    """The command is found where the project is named too, and nowhere else."""
    listed = re.compile(r"^  poster +A poster, A3: every action by category\.$", re.M)
    assert listed.search(typed("--help", folder=project).out)
    assert not listed.search(typed("--help", folder=tmp_path).out)
    for words in (("--project", project), (f"--project={project}",)):
        done = typed("poster", *words, "--help", folder=tmp_path)
        assert done.status == 0
        assert "A poster, A3: every action by category." in done.out
    refused = typed("poster", folder=tmp_path)
    assert (refused.status, "No such command “poster”" in refused.err) == (2, True)


def test_build_and_a_partnership_take_it(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "dau.yaml"
    file.write_text("name: {cy: Dau, en: Two}\nproducts: [poster]\nedition: {layout: parallel-columns}\n", "utf-8")
    done = typed("build", "--partnership", file, "--action", "SP1", "--output", tmp_path, folder=project)
    assert done.status == 0, done.err
    entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert [(entry["product"], entry["partnership"]) for entry in entries] == [("poster", "dau")]
    wanted = tmp_path / "tri.yaml"
    wanted.write_text("name: {cy: Tri, en: Three}\nproducts: [postr]\n", "utf-8")
    refused = typed("build", "--partnership", wanted, folder=project)
    assert "“postr” is not allowed; did you mean “poster”?" in refused.err


def test_a_batch_takes_it(project: Path, tmp_path: Path) -> None:
    rows = tmp_path / "partneriaethau.csv"
    rows.write_text("id,name.cy,name.en,products,selection.action\nun,Un,One,poster,SP1\n", "utf-8")
    done = typed("batch", "--from", rows, "--output", tmp_path, "--jobs", "1", folder=project)
    assert done.status == 0, done.err
    [entry] = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert (entry["product"], entry["partnership"], entry["actions"]) == ("poster", "un", ["SP1"])


def test_a_proof_shows_it_to_a_translator(project: Path, tmp_path: Path) -> None:
    words = ("--product", "poster", "--action", "SP1", "--output", tmp_path)
    done = typed("translate", "proof", *words, folder=project)
    assert done.status == 0, done.err
    assert len(reading.pages(tmp_path / "proof.poster.cy.SP1.pdf")) == 1
    refused = typed("translate", "proof", "--product", "postr", folder=project)
    assert re.search(r"no product “postr”\. Allowed: .*\bposter, ", refused.err)
