"""What is written takes the place of regular files alone, all or nothing; what this tool wrote is decoded by type."""

from __future__ import annotations

import errno
import io
import os
import resource
import shutil
import tarfile
from pathlib import Path

import msgspec
import pytest

from tests.making import Copy, contents_of
from tests.typed import run, typed
from toolkit_builder.atomic_files import replace_bytes, replace_files
from toolkit_builder.batch.orders import Order
from toolkit_builder.batch.project_bundle import packed, unpack
from toolkit_builder.batch.record import BatchRecord, PackEntry
from toolkit_builder.catalogue.documents import SourceDocument
from toolkit_builder.errors import Fault, MachineError, UsageError, printable
from toolkit_builder.new_project import new_project
from toolkit_builder.output import FileFacts, MadeFile, Output, made_from, stage
from toolkit_builder.own_state import DamagedError

FACTS = FileFacts("cards", ("cy",), "", None, ("SP1",))
MADE = MadeFile("a.pdf", FACTS, 1, "0" * 64)
KINDS = ("folder", "link", "pipe", "device")


def put_in_the_way(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.with_name("arall").write_bytes(b"another's")
        path.symlink_to(path.with_name("arall"))
    else:
        try:
            os.mknod(path, 0o600 | 0o020000, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("only root can make a device")


@pytest.mark.parametrize("kind", KINDS)
def test_only_regular_files_are_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.pdf"
    put_in_the_way(path, kind)
    before = sorted(tmp_path.iterdir()), path.lstat().st_mode
    with pytest.raises(MachineError, match=f"a {kind} is in the way"):
        replace_files({tmp_path / "b.pdf": "x", path: "x"})
    with stage(tmp_path) as files:
        files.path("a.pdf").write_bytes(b"x")
        files.add("a.pdf", FACTS, 1)
        with pytest.raises(MachineError, match=f"a {kind} is in the way"):
            files.publish()
    assert (sorted(tmp_path.iterdir()), path.lstat().st_mode) == before


@pytest.mark.parametrize("words", [["translate", "export", "--format", "csv", "--output"], ["batch", "--template"]])
def test_an_output_that_is_a_link_is_refused(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "a.csv"
    put_in_the_way(path, "link")
    done = typed(*words, path)
    assert done.status == 3
    assert "a link is in the way" in done.err
    assert path.read_bytes() == b"another's"


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("ŵ" * 127)
    replace_bytes(path, b"x")
    assert path.read_bytes() == b"x"


def test_clearing_up_does_not_raise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(Path, "unlink", full)
    with pytest.raises(MachineError, match="No space left on device"):
        replace_bytes(tmp_path / "a", b"x")


@pytest.mark.parametrize("name", ["newydd", "a/b/newydd", "gwag"])
def test_a_new_project_on_a_full_disk_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "gwag").mkdir()
    before = contents_of(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(MachineError, match=r"\(File too large\)"):
            new_project(tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents_of(tmp_path) == before
    new_project(tmp_path / name)
    assert sorted(path.name for path in (tmp_path / name).iterdir()) == [
        "README.md",
        "content",
        "docs",
        "layouts",
        "styles",
    ]


def test_what_a_killed_run_left_goes_with_the_next_whatever_that_makes(tmp_path: Path) -> None:
    names = (".making-99999999999999999999", ".making-4194303", ".writing-4194303-0", ".making-4194303.json")
    for name in names:
        (tmp_path / name).mkdir() if name.endswith("4194303") else (tmp_path / name).write_bytes(b"half")
    Output(tmp_path)
    assert list(tmp_path.iterdir()) == []


# -- what this tool wrote ----------------------------------------------------------------------------------------------

GOOD = MADE.entry()
SPOILT: list[object] = [
    None,
    1,
    [],
    "a.pdf",
    {},
    {**GOOD, "path": 1},
    {**GOOD, "path": "../a.pdf"},
    {**GOOD, "path": "/etc/passwd"},
    {**GOOD, "pages": "many"},
    {**GOOD, "languages": "cy"},
    {**GOOD, "actions": [1]},
    {**GOOD, "sha256": None},
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_does_not_decode_is_absent(tmp_path: Path, spoilt: object) -> None:
    (tmp_path / "manifest.json").write_bytes(msgspec.json.encode({"tool": "0", "files": [spoilt, GOOD]}))
    assert list(Output(tmp_path).entries) == ["a.pdf"]
    with pytest.raises(DamagedError):
        made_from(spoilt)
    good = msgspec.json.encode(PackEntry("da", "made", "k", 1.0, (GOOD,)))
    bad = msgspec.json.encode({"id": "drwg", "state": "made", "key": "k", "seconds": 1, "files": [spoilt]})
    (tmp_path / "batch.jsonl").write_bytes(bad + b"\n" + good + b"\n" + good[:40] + b"\n\xff\n" + b"[" * 5000 + b"\n")
    assert list(BatchRecord(tmp_path).entries) == ["da"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe", b'{"files": 1}', b'{"files":' + b"[" * 50_000])
@pytest.mark.parametrize("name", ["manifest.json", "batch.jsonl"])
def test_a_damaged_file_of_our_own_is_as_none(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert Output(tmp_path).entries == {}
    assert BatchRecord(tmp_path).entries == {}


def test_pipes_in_the_place_of_our_own_files_are_not_waited_for(tmp_path: Path) -> None:
    for name in ("manifest.json", "batch.jsonl", "a.pdf"):
        os.mkfifo(tmp_path / name)
    assert not Output(tmp_path).is_current("a.pdf", "", FACTS)
    record = BatchRecord(tmp_path)
    with pytest.raises(MachineError, match="a pipe is in the way"):
        record.add(PackEntry("a", "made", "k", 1.0))


# -- batches -----------------------------------------------------------------------------------------------------------


def test_an_id_too_long_for_a_name_is_refused_at_its_cell(tmp_path: Path) -> None:
    table = tmp_path / "rhesi.csv"
    rows = [f"{one},Un ŵŷ,One,summary,SP1" for one in ("a" * 300, "bala")]
    table.write_text("\n".join(["id,name.cy,name.en,products,selection.action", *rows]), "utf-8")
    output = tmp_path / "allbwn"
    done = typed("batch", "--from", table, "--jobs", "1", "--output", output)
    assert done.status == 1
    assert "rhesi.csv: A2: error: " in done.err
    assert "100 characters at most" in done.err
    assert not (output / "packs").exists()


def test_a_bundle_takes_only_what_is_named_as_a_file_and_lies_in_its_folder(tmp_path: Path) -> None:
    copy, elsewhere = Copy(tmp_path), tmp_path / "arall"
    elsewhere.mkdir()
    for name in ("logo.svg", "cyfrinach", "tudalen.md"):
        (elsewhere / name).write_bytes(b"x")
    (tmp_path / "allan").write_bytes(b"secret")
    (elsewhere / "dolen.svg").symlink_to(tmp_path / "allan")
    (copy.root / "content" / "dolen").symlink_to(tmp_path / "allan")
    os.mkfifo(copy.root / "content" / "pibell")
    data = {
        "name": {"cy": "cyfrinach", "en": "cyfrinach"},
        "contact": {"name": "cyfrinach"},
        "logo": {"file": {"cy": "logo.svg", "en": "../allan"}},
        "pages": [{"id": "a", "file": {"cy": "tudalen.md", "en": "dolen.svg"}}],
    }
    order = Order("un", SourceDocument("un.yaml", data), elsewhere, "")  # type: ignore[arg-type]
    bundle = packed(copy.root, [order]).data
    with tarfile.open(fileobj=io.BytesIO(bundle)) as archive:
        names = archive.getnames()
        assert [name for name in names if name.startswith("folder-0/")] == ["folder-0/logo.svg", "folder-0/tudalen.md"]
        assert not {"project/content/dolen", "project/content/pibell"} & set(names)
    unpack(bundle, tmp_path / "yno")
    assert (tmp_path / "yno" / "folder-0" / "logo.svg").read_bytes() == b"x"


def test_a_bundle_is_unpacked_where_python_has_no_filters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian 12 has Python 3.11.2; they came with 3.11.4."""
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    copy = Copy(tmp_path)
    unpack(packed(copy.root, []).data, tmp_path / "yno")
    assert (tmp_path / "yno" / "project" / "content" / "framework.yaml").is_file()


# -- terminals ---------------------------------------------------------------------------------------------------------


def test_what_would_steer_a_terminal_is_shown_and_not_done() -> None:
    assert printable("a\x1b[31mb\r\x9bc\n\td\u2028") == "a\\u001b[31mb\\u000d\\u009bc\n\td\\u2028"
    assert str(Fault("a\x1b.yaml", 1, 1, "k\n", "x\ny")) == "a\\u001b.yaml:1:1: error: k : x y"


def test_names_with_escapes_are_told_without_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    UsageError("no \x1b]0;x\x07").show()
    assert "\x1b" not in capsys.readouterr().err
    copy = Copy(tmp_path, "content")
    shutil.copy(copy.root / "content/actions/SP1.yaml", copy.root / "content/actions/SP\x1b[31m.yaml")
    done = run("check", "--project", copy.root)
    assert done.status == 1
    assert "\x1b" not in done.out + done.err
