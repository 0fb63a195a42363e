"""QR codes of web addresses: on cards and handouts of actions, on covers of partnerships."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import zxingcpp

from tests import reading
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.catalogue.addresses import short_address
from toolkit_builder.drawings.qr_code import qr_code

WELSH, ENGLISH = "https://www.example.org/cy/codi-arian/", "https://www.example.org/en/fundraising"
PIXELS = 300 / 72
"""As a page is printed: so many pixels a pt."""


def with_web(mine: Copy, address: str = f"{{cy: {WELSH}, en: {ENGLISH}}}", code: str = "FM5") -> Copy:
    path = mine.root / "content" / "actions" / f"{code}.yaml"
    mine.write(
        f"content/actions/{code}.yaml", path.read_text("utf-8").replace("\ntitle:", f"\nweb: {address}\ntitle:", 1)
    )
    return mine


def made(mine: Copy, folder: Path, *words: str) -> tuple[Path, str]:
    done = typed(*words, "--project", mine.root, "--output", folder)
    assert done.status == 0, done.err
    [path] = [path for path in folder.rglob("*.pdf") if not path.name.endswith(".sheets.pdf")]
    return path, done.err


def codes(path: Path, page: int) -> list[tuple[str, float]]:
    """What is read from the pixels of a page, from top to bottom and left to right: each code, and its width in mm."""
    found = zxingcpp.read_barcodes(reading.picture(path, page, PIXELS))
    found.sort(key=lambda code: (code.position.top_left.y // 20, code.position.top_left.x))
    return [(code.text, (code.position.top_right.x - code.position.top_left.x) / PIXELS / 72 * 25.4) for code in found]


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        (("cards",), {3: [WELSH, ENGLISH]}),
        (("cards", "--deck", "text"), {2: [WELSH], 3: [ENGLISH]}),
        (("cards", "--language", "en"), {3: [ENGLISH]}),
        (("handouts",), {0: [WELSH, ENGLISH]}),
        (("handouts", "--layout", "top-and-bottom"), {0: [WELSH, ENGLISH]}),
        (("handouts", "--language", "cy", "--large-print"), {0: [WELSH]}),
        (("handouts", "--greyscale"), {0: [WELSH, ENGLISH]}),
    ],
)
def test_the_code_of_an_action_is_read_from_its_pixels(
    words: tuple[str, ...], pages: dict[int, list[str]], mine: Copy, tmp_path: Path
) -> None:
    path, _ = made(with_web(mine), tmp_path, *words, "--action", "FM5")
    for page, addresses in pages.items():
        read = codes(path, page)
        assert [address for address, _ in read] == addresses
        assert min(width for _, width in read) >= 14.7  # corners lie in the middle of the outermost pixels
        for address in addresses:
            assert reading.squeezed(short_address(address)) in reading.pages(path)[page]
    assert not reading.failures(path)


def test_whoever_does_not_see_a_code_is_told_its_address(mine: Copy, tmp_path: Path) -> None:
    """And it is drawn, not made of pixels."""
    path, _ = made(with_web(mine), tmp_path, "cards", "--action", "FM5")
    with pikepdf.open(path) as pdf:
        assert not [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        told = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert "Cod QR: example.org/cy/codi-arian" in told
    assert "QR code: example.org/en/fundraising" in told


def test_one_address_stands_for_all_languages(mine: Copy, tmp_path: Path) -> None:
    path, _ = made(with_web(mine, WELSH), tmp_path, "handouts", "--action", "FM5")
    assert [address for address, _ in codes(path, 0)] == [WELSH, WELSH]


def test_a_page_without_room_goes_without_and_is_told(mine: Copy, tmp_path: Path) -> None:
    """Its texts are not set smaller for it: they are as they are without an address. Where scales begin is as on
    cards that have one.
    """
    words = ("cards", "--action", "GA1", "--action", "FM5")
    before, _ = made(mine, tmp_path / "hebddo", *words)
    path, said = made(with_web(with_web(mine, code="GA1")), tmp_path / "gyda", *words)
    assert "cards: GA1 (back) has no room for a QR code, and goes without" in said
    assert "FM5" not in said.replace("FM5.pdf", "").replace("FM5.sheets", "")
    [back] = [page for page, text in enumerate(reading.pages(path)) if "Byddwchynddigonhyblyg" in text]
    assert codes(path, back) == []
    assert reading.pages(path)[back] == reading.pages(before)[back]
    heights = [[found.height for found in reading.find(one, back, "hyblyg")] for one in (path, before)]
    assert heights[0] == heights[1] != []


def test_the_cover_of_a_pack_has_the_code_of_its_web_address(tmp_path: Path) -> None:
    done = typed("toolkit", "--partnership", "example-mature", "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.rglob("*.pdf")
    assert [address for address, _ in codes(path, 0)] == ["https://example.org/cy/bro-dychymyg"]
    assert not reading.failures(path)


def of_the_project(mine: Copy, address: str = f"{{cy: {WELSH}, en: {ENGLISH}}}") -> Copy:
    mine.append("content/framework.yaml", f"\nweb: {address}\n")
    return mine


@pytest.mark.parametrize(
    ("words", "page", "addresses"),
    [
        (("toolkit", "--action", "FM5"), 0, [WELSH, ENGLISH]),
        (("toolkit", "--action", "FM5", "--language", "en", "--low-ink"), 0, [ENGLISH]),
        (("cards", "--action", "FM5"), 4, [WELSH]),
        (("cards", "--action", "FM5"), 5, [ENGLISH]),
    ],
)
def test_the_projects_own_address_is_on_covers_and_in_the_colophon_of_a_deck(
    words: tuple[str, ...], page: int, addresses: list[str], mine: Copy, tmp_path: Path
) -> None:
    path, said = made(of_the_project(mine), tmp_path, *words)
    read = codes(path, page)
    assert [address for address, _ in read] == addresses
    assert min(width for _, width in read) >= 14.7
    for address in addresses:
        assert reading.squeezed(short_address(address)) in reading.pages(path)[page]
    if words[0] == "toolkit":
        assert any("Website:example.org/en/fundraising" in text for text in reading.pages(path)), "in its colophon"
    assert "goes without" not in said
    assert not reading.failures(path)


@pytest.mark.parametrize("has_its_own", [True, False])
def test_a_pack_has_the_partnerships_address_or_else_the_projects(
    has_its_own: bool, mine: Copy, tmp_path: Path
) -> None:
    of_the_project(mine, WELSH)
    file = "content/partnerships/example-early.yaml"
    own = "https://example.org/cwm-enghraifft"
    if not has_its_own:
        text = (mine.root / file).read_text("utf-8")
        assert f"web: {own}\n" in text
        mine.write(file, text.replace(f"web: {own}\n", ""))
    path, _ = made(mine, tmp_path, "toolkit", "--partnership", "example-early", "--action", "SP1")
    assert {address for address, _ in codes(path, 0)} == {own if has_its_own else WELSH}


def test_the_address_of_the_project_is_one(mine: Copy) -> None:
    done = typed("check", "--project", of_the_project(mine, "example.org").root)
    assert done.status == 1
    assert "web" in done.out
    assert "write a web address such as" in done.out


def test_an_address_is_one(mine: Copy) -> None:
    done = typed("check", "--project", with_web(mine, "example.org").root)
    assert done.status == 1
    assert "content/actions/FM5.yaml" in done.out
    assert "web" in done.out


@pytest.mark.parametrize("length", [20, 60, 150, 400])
def test_squares_are_wide_enough_to_be_read(length: int) -> None:
    address = f"https://example.org/{'a' * (length - 20)}"
    assert qr_code(address).width >= 15 * 1.2
    assert qr_code(address) == qr_code(address)


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/cy/t%C5%B7/", "example.org/cy/tŷ"),
        ("https://example.org/a?b=c#d", "example.org/a?b=c"),
    ],
)
def test_addresses_are_short_to_type(address: str, short: str) -> None:
    assert short_address(address) == short
