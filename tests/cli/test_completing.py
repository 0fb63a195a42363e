"""The Tab key: what each shell's own script is answered, in any project and in none."""

from __future__ import annotations

import io
import shlex
from contextlib import chdir, redirect_stdout
from pathlib import Path

import click
import pytest

from tests.making import Copy
from toolkit_builder.cli import cli, main
from toolkit_builder.cli.completing import OFFERS
from toolkit_builder.cli.products import shipped_context
from toolkit_builder.cli.reference import reference


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    return Copy(tmp_path, "content")


def said_to_a_shell(monkeypatch: pytest.MonkeyPatch, what: str, folder: Path | None = None) -> str:
    """What is printed, as bytes, when a shell's script asks."""
    monkeypatch.setenv("_TOOLKIT_BUILDER_COMPLETE", what)
    monkeypatch.setattr("sys.argv", ["toolkit-builder"])
    raw = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(raw, "utf-8", write_through=True)), chdir(folder or Path.cwd()):
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return raw.getvalue().decode()


def offered(monkeypatch: pytest.MonkeyPatch, words: str, folder: Path | None = None, to: str = "bash") -> list[str]:
    """What is offered after these words; the last, which may be empty, is being typed."""
    *_, last = words.split(" ")
    monkeypatch.setenv("COMP_WORDS", f"toolkit-builder {words}")
    monkeypatch.setenv("COMP_CWORD", last if to == "fish" else str(len(shlex.split(f"{words}|"))))
    return said_to_a_shell(monkeypatch, f"{to}_complete", folder).splitlines()


def values(monkeypatch: pytest.MonkeyPatch, words: str, folder: Path | None = None) -> list[str]:
    return [line.partition(",")[2] for line in offered(monkeypatch, words, folder) if line]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ca", ["cache", "calibrate", "cards"]),
        ("cards --stage ", ["early", "mid", "mature"]),
        ("list --time m", ["medium"]),
        ("cards --action ga", [f"GA{n}" for n in range(1, 8)]),
        ("cards --action SP1 --exclude FM7", ["FM7"]),
        ("toolkit --where sta", ["stage=early", "stage=mid", "stage=mature"]),
        ("build --category f", ["finance"]),
        ("build --sector third", ["third-sector"]),
        ("build --language ", ["cy", "en", "both"]),
        ("list --language ", ["cy", "en"]),
        ("toolkit --first e", ["en"]),
        ("build --partnership example-m", ["example-mature"]),
        ("batch --only example-e", ["example-early"]),
        ("translate proof --product su", ["summary"]),
        ("add action --category g", ["governance"]),
        ("translate accept --file content/l", ["content/labels.yaml"]),
        ("cards --layout tilt", ["tilt-and-turn"]),
    ],
)
def test_values_of_the_project_are_offered(monkeypatch: pytest.MonkeyPatch, words: str, found: list[str]) -> None:
    assert values(monkeypatch, words) == found


def test_they_are_those_of_the_project_at_hand(mine: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.append("content/actions/SP1.yaml", "stge: early\n")
    mine.write("content/actions/ŵŷ1.yaml", "")
    mine.write("content/partnerships/ty-gwyr.yaml", "nam: {}\n")
    mine.write("layouts/posteri/product.yaml", "")
    assert values(monkeypatch, "cards --action ŵ", mine.root) == ["ŵŷ1"]
    assert values(monkeypatch, "build --partnership t", mine.root) == ["ty-gwyr"]
    assert values(monkeypatch, "pos", mine.root) == ["posteri"]
    monkeypatch.chdir(mine.root.parent)
    assert values(monkeypatch, f"build --project {mine.root.name.split()[0]}\\ ŵŷ --partnership t") == ["ty-gwyr"]


@pytest.mark.parametrize("framework", [b"", b"{", b"columns: []\n", b"columns: [1]\ncategories: a\n", b"\xff\xfe"])
def test_a_broken_project_completes_nothing_and_fails_in_nothing(
    mine: Copy, monkeypatch: pytest.MonkeyPatch, framework: bytes
) -> None:
    (mine.root / "content" / "framework.yaml").write_bytes(framework)
    for option in ("--stage", "--category", "--sector", "--where", "--language"):
        assert set(values(monkeypatch, f"build {option} ", mine.root)) <= {"both"}
    assert values(monkeypatch, "build --project dim --stage ", mine.root) == []


def test_a_partnership_may_be_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered(monkeypatch, "build --partnership ../ein") == ["file,../ein"]


def test_zsh_shows_what_a_value_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered(monkeypatch, "cards --stage e", to="zsh") == ["plain", "early", "Cynnar / Early"]
    assert offered(monkeypatch, "cards --stage e", to="fish") == ["plain,early\tCynnar / Early"]


def test_every_option_that_offers_something_exists() -> None:
    context = shipped_context(cli)
    commands = [cli.get_command(context, name) for name in cli.list_commands(context)]
    every = [*commands, *(each for one in commands if isinstance(one, click.Group) for each in one.commands.values())]
    names = {name for command in every if command for parameter in command.params for name in parameter.opts}
    assert set(OFFERS) <= names


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_docs_say_how_each_shell_is_told(monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    assert f"_TOOLKIT_BUILDER_COMPLETE={shell}_source toolkit-builder" in reference()
    assert "toolkit-builder" in said_to_a_shell(monkeypatch, f"{shell}_source")
