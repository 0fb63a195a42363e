"""What layouts and styles may fetch: files of the project, font packages, pictures drawn in place. Nothing else."""

from __future__ import annotations

import base64
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest

from tests.press.planting import PAGE, PlantingPress
from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import font_file

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
REFUSED = "only those are allowed"


@pytest.fixture
def outside(press: PlantingPress) -> Path:
    """A picture beside the project, which only its place makes forbidden."""
    path = press.root.parent / "llun.svg"
    path.write_text(DRAWING, "utf-8")
    return path


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(DRAWING.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def image(press: PlantingPress, address: str) -> list[str]:
    return press.faults(f'<p>Llun</p><img src="{address}" alt="Llun" style="width: 9mm">')


@pytest.mark.parametrize("folder", ["layouts", "styles", "content"])
def test_files_of_the_project(press: PlantingPress, folder: str) -> None:
    path = press.root / folder / "llun â.svg"
    path.write_text(DRAWING, "utf-8")
    assert image(press, path.as_uri()) == []
    assert image(press, f"../{folder}/{quote(path.name)}") == []


def test_a_drawing_in_its_address(press: PlantingPress) -> None:
    assert image(press, f"data:image/svg+xml,{quote(DRAWING)}") == []


def test_files_outside_the_project(press: PlantingPress, outside: Path) -> None:
    for address in (outside.as_uri(), "../../llun.svg", "../layouts/../../llun.svg", "..%2F..%2Fllun.svg"):
        assert any(REFUSED in fault for fault in image(press, address)), address


def test_a_file_of_the_project_that_is_not_for_printing(press: PlantingPress) -> None:
    (press.root / "llun.svg").write_text(DRAWING, "utf-8")
    assert REFUSED in image(press, "../llun.svg")[0]


def test_a_folder_whose_name_begins_like_the_projects(press: PlantingPress) -> None:
    (press.root / "layouts-eraill").mkdir()
    (press.root / "layouts-eraill" / "llun.svg").write_text(DRAWING, "utf-8")
    assert REFUSED in image(press, "../layouts-eraill/llun.svg")[0]


def test_a_symbolic_link_out_of_the_project(press: PlantingPress, outside: Path) -> None:
    (press.root / "layouts" / "llun.svg").symlink_to(outside)
    assert REFUSED in image(press, "llun.svg")[0]


def test_the_file_of_passwords(press: PlantingPress) -> None:
    assert REFUSED in image(press, "file:///etc/passwd")[0]


def test_nothing_is_asked_of_the_web(press: PlantingPress, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    assert REFUSED in image(press, f"{address}/llun.svg")[0]
    assert REFUSED in press.faults("<p>Gair</p>", css=f'{PAGE} p {{ background: url("{address}/cefndir") }}')[0]
    assert press.faults("<p>Gair</p>", css=f'@import url("{address}/arddull.css"); {PAGE}')
    assert press.faults(f'<link rel="stylesheet" href="{address}/arddull.css"><p>Gair</p>')
    (press.root / "layouts" / "ffenestr.svg").write_text(DRAWING.replace("<rect", f'<image href="{address}/x"/><rect'))
    assert image(press, "ffenestr.svg")
    assert paths == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/llun.svg",
        "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode(),
        "data:text/html,gair",
        "//example.org/llun.svg",
        "font:os/../llun.svg",
        "FILE:///etc/passwd",
        "file://localhost/etc/passwd",
    ],
)
def test_other_addresses(press: PlantingPress, address: str) -> None:
    try:
        faults = image(press, address)
    except MachineError as error:
        faults = [error.message]
    assert len(faults) == 1


def test_a_file_within_a_drawing(press: PlantingPress, outside: Path) -> None:
    inner = DRAWING.replace("<rect", f'<image href="{outside.as_uri()}" width="9" height="9"/><rect')
    (press.root / "layouts" / "ffenestr.svg").write_text(inner, "utf-8")
    assert REFUSED in image(press, "ffenestr.svg")[0]


@pytest.mark.parametrize(
    "attachment",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="Attachment" href="llun.svg">',
        '<a rel="nofollow attachment" href="llun.svg">Llun</a>',
    ],
)
def test_attachments(press: PlantingPress, attachment: str) -> None:
    (press.root / "layouts" / "llun.svg").write_text(DRAWING, "utf-8")
    assert "attachments are not allowed" in "\n".join(press.faults(f"<p>Gair</p>{attachment}"))


def test_nothing_is_attached_to_a_sound_document(press: PlantingPress) -> None:
    assert press.faults("<p>Gair</p>") == []
    with pikepdf.open(press.target) as pdf:
        assert len(pdf.attachments) == 0


# -- fonts ------------------------------------------------------------------------------------------------------------


def test_the_font_package() -> None:
    assert font_file("font:fontpkg_source_sans_3/SourceSans3[wght].ttf").is_file()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("font:no_such_package/a.ttf", "the font package no_such_package is not installed. Install it with: pip"),
        ("font:fontpkg_source_sans_3/nid-yw.ttf", "has no file nid-yw.ttf"),
        ("font:fontpkg_source_sans_3/../../../../../../../etc/passwd", "has no file"),
        ("font:../etc/passwd", "is not installed"),
        ("font:sys/a.ttf", "the font package sys"),
    ],
)
def test_a_font_that_is_not_there(url: str, said: str) -> None:
    with pytest.raises(MachineError, match=said):
        font_file(url)


def test_a_font_package_behind_a_symbolic_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lib" / "fontpkg_prawf"
    (folder / "files").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "files" / "a.ttf").touch()
    (tmp_path / "lib64").symlink_to(tmp_path / "lib")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "lib64")])
    assert font_file("font:fontpkg_prawf/a.ttf").is_file()


@pytest.mark.parametrize("source", ['url("nid-yw.ttf")', 'local("DejaVu Sans")', 'url("font:no_such_package/a.ttf")'])
def test_a_font_face_without_its_file(press: PlantingPress, source: str) -> None:
    with pytest.raises(MachineError):
        press.faults("<p>Gair</p>", css=f'{PAGE} @font-face {{ font-family: "Arall"; src: {source} }}')
