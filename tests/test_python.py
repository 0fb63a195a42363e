"""The interface for programs: docs/python.md does what it says, and a run can be watched and stopped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import toolkit_builder
from tests import reading
from tests.making import Copy, contents_of
from tests.typed import typed
from toolkit_builder import EditionOptions, Filters, Notice, Progress, Request, make, open_project
from toolkit_builder.errors import ExitStatus, StoppedError, UsageError
from toolkit_builder.progress import NoticeSubject

DOCS = Path(__file__).parents[1] / "docs" / "python.md"
FM5 = Filters(actions=("FM5",))


def test_the_example_of_the_docs_makes_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(example.splitlines()) < 20
    exec(compile(example, "docs/python.md", "exec"), {})  # noqa: S102  (our own docs)
    made = tmp_path / "output" / "summary.cy.early.pdf"
    assert made.exists()
    said = capsys.readouterr().out
    assert "actions selected" in said
    assert "summary.cy.early.pdf" in said.splitlines()[-1]


def test_every_name_that_is_offered_is_there() -> None:
    for name in toolkit_builder.__all__:
        assert getattr(toolkit_builder, name)
    with pytest.raises(AttributeError):
        _ = toolkit_builder.nothing_of_that_name


def test_the_same_bytes_as_the_command(tmp_path: Path) -> None:
    request = Request(
        open_project(), ("cards",), FM5, EditionOptions("cy"), "example-early", tmp_path / "program", keep_pages=False
    )
    result = make(request)
    words = ("--action", "FM5", "--language", "cy", "--partnership", "example-early", "--no-cache")
    assert typed("cards", *words, "--output", tmp_path / "command").status == 0
    assert result.files
    for file in result.files:
        assert (
            file.path.read_bytes() == (tmp_path / "command" / file.path.relative_to(tmp_path / "program")).read_bytes()
        )


def test_the_result_says_what_was_made_and_what_was_current(tmp_path: Path) -> None:
    request = Request(open_project(), ("summary",), FM5, output=tmp_path)
    first, second = make(request), make(request)
    assert [(file.product, file.languages, file.actions, file.pages, file.was_current) for file in first.files] == [
        ("summary", ("cy", "en"), ("FM5",), 2, False)
    ]
    assert [file.was_current for file in second.files] == [True]
    assert len(reading.pages(first.files[0].path)) == 2
    assert second.notices == ("1 of 21 actions selected",)


def test_faults_are_among_the_result_and_nothing_is_written(tmp_path: Path) -> None:
    """The texts are drafts, and only reviewed ones are asked for."""
    result = make(Request(open_project(), ("summary",), FM5, output=tmp_path, reviewed_only=True))
    assert not result.files
    assert {fault.file for fault in result.faults} >= {"content/actions/FM5.yaml", "content/framework.yaml"}
    with pytest.raises(toolkit_builder.FaultsError):
        result.raise_faults()
    assert not contents_of(tmp_path)


def test_what_does_not_exist_is_a_matter_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no product “posters”"):
        make(Request(open_project(), ("posters",), output=tmp_path))


def test_a_run_is_told_step_by_step(tmp_path: Path) -> None:
    told: list[Progress | Notice] = []
    make(Request(open_project(), ("cards",), output=tmp_path, keep_pages=False, processes=2), told.append)
    said = [str(event) for event in told]
    assert said[0] == "looking at what is there"
    assert "21 of 21 actions selected" in said
    counted = [event for event in told if isinstance(event, Progress) and event.total]
    assert len(counted) > 2
    assert [event.done for event in counted] == sorted(event.done for event in counted)
    assert "binding cards.cy-en.sheets.pdf" in said
    assert said[-2:] == ["publishing", "published cards.cy-en.pdf, cards.cy-en.sheets.pdf"]


def test_a_notice_says_which_pages_it_is_about_in_all_their_languages_together(mine: Copy, tmp_path: Path) -> None:
    for name in ("deng-mlynedd", "ten-years"):
        mine.append(f"content/partnerships/example-mature/{name}.md", "\n\nUn. Dau. Tri.\n" * 60)
    told: list[Notice] = []
    request = Request(
        open_project(mine.root), ("toolkit",), Filters(actions=("GA1",)), partnership="example-mature", output=tmp_path
    )
    result = make(request, lambda event: told.append(event) if isinstance(event, Notice) else None)
    assert not result.faults
    [notice] = [notice for notice in told if notice.subject]
    titles = (("cy", "Deng mlynedd ar un dudalen"), ("en", "Ten years on a page"))
    assert notice.subject == NoticeSubject(titles=titles)
    assert str(notice).startswith("toolkit: Deng mlynedd ar un dudalen / Ten years on a page takes ")


def test_what_is_published_is_not_said_to_be_stopped(tmp_path: Path) -> None:
    told: list[str] = []
    request = Request(open_project(), ("summary",), Filters(actions=("FM5",)), output=tmp_path, keep_pages=False)
    made = make(request, lambda event: told.append(str(event)), lambda: told[-1:] == ["publishing"] and done(tmp_path))
    assert [path.name for path in made.paths] == ["summary.cy-en.FM5.pdf"]


def done(folder: Path) -> bool:
    return (folder / "summary.cy-en.FM5.pdf").exists()


@pytest.mark.parametrize(
    "last", ["looking", "typesetting", "binding cards.cy-en.FM5.pdf", "binding cards.cy-en.FM5.sheets"]
)
def test_a_run_that_is_stopped_leaves_nothing_half_made(tmp_path: Path, last: str) -> None:
    """It is stopped after one of its steps; a program would look at a flag that another thread sets."""
    seen: list[str] = []
    before = {"cards.cy-en.FM5.pdf": b"hen ffeil"}
    (tmp_path / "cards.cy-en.FM5.pdf").write_bytes(before["cards.cy-en.FM5.pdf"])
    request = Request(open_project(), ("cards",), FM5, output=tmp_path, keep_pages=False)
    with pytest.raises(StoppedError) as stopped:
        make(request, lambda event: seen.append(str(event)), lambda: any(text.startswith(last) for text in seen))
    assert stopped.value.exit_code == ExitStatus.INTERRUPTED
    assert seen[-1].startswith(last)
    assert contents_of(tmp_path) == before
