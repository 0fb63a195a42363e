"""Cards on sheets, and printers, as a user types them."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from tests import reading
from tests.making import Copy
from tests.typed import typed
from toolkit_builder import printers
from toolkit_builder.documents.sheet_options import SheetOptions, card_grid

SOME = ("cards", "--action", "SP1", "--action", "FM5", "--action", "GA1")
MM = 72 / 25.4
SINGLE = "/Simplex"


def made(folder: Path, *words: str) -> Path:
    """The sheets that a command makes."""
    done = typed(*SOME, *words, "--output", folder)
    assert done.status == 0, done.err
    [path] = folder.glob("*.sheets.pdf")
    return path


@pytest.mark.parametrize(
    ("words", "name", "size", "sides", "duplex"),
    [
        ((), "", (210, 297), 4, "/DuplexFlipLongEdge"),
        (("--sheet", "a3"), ".a3", (420, 297), 2, "/DuplexFlipLongEdge"),
        (("--sides", "short-edge", "--order", "stack"), ".short-edge.stack", (210, 297), 4, "/DuplexFlipShortEdge"),
        (("--sides", "fold", "--sheet", "sra3", "--gap", "4"), ".sra3.fold.gap-4mm", (450, 320), 2, "/Simplex"),
        (
            ("--sides", "single", "--copies", "2", "--copies", "SP1=3"),
            ".single.2-copies.SP1x3",
            (210, 297),
            8,
            "/Simplex",
        ),
    ],
)
def test_sheets_are_named_after_how_they_are_printed(
    words: tuple[str, ...], name: str, size: tuple[float, float], sides: int, duplex: str, tmp_path: Path
) -> None:
    path = made(tmp_path, *words)
    assert path.name == f"cards.cy-en.SP1-GA1-FM5{name}.sheets.pdf"
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == sides
        boxes = {tuple(round(float(edge) / MM, 1) for edge in page.MediaBox) for page in pdf.pages}
        assert boxes == {(0, 0, *size)}
        assert pdf.Root.ViewerPreferences.Duplex == duplex
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


@pytest.mark.parametrize("sides", ["long-edge", "short-edge"])
def test_backs_lie_behind_their_fronts_as_pixels(sides: str, tmp_path: Path) -> None:
    """Each back, seen through the paper and turned over like a page, is the page after its front on the screen."""
    path = made(tmp_path, "--sides", sides)
    screen, scale = tmp_path / "cards.cy-en.SP1-GA1-FM5.pdf", 5.99999 / MM  # six pixels a mm, and no row more
    back = reading.picture(path, 1, scale).convert("L")
    grid = card_grid((105, 148), SheetOptions("a4", sides))
    for at, page in enumerate((1, 3, 5, 7)):
        row, column = divmod(at, 2)
        x, y = grid.corner(row, 1 - column) if sides == "long-edge" else grid.corner(1 - row, column)
        face = reading.picture(screen, page, scale).convert("L")
        left, top = round(x * MM * scale), back.height - round((y + 148) * MM * scale)
        seen = back.crop((left, top, left + face.width, top + face.height))
        if sides == "short-edge":
            seen = seen.transpose(Image.Transpose.ROTATE_180)
        off = ImageChops.difference(seen.reduce(4), face.reduce(4))  # letters stand between pixels otherwise here
        assert ImageStat.Stat(off).mean[0] < 3, page


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("cards", "--sheet", "letter", "--sides", "fold", "--gap", "50"), 0, ""),
        (("cards", "--copies", "0"), 2, "--copies 0: from 1 to 500."),
        (("cards", "--copies", "tri"), 2, "--copies tri: write a number of decks (3), or of a card (SP1=3)."),
        (
            ("cards", "--marks", "cut,bend"),
            2,
            "no mark “bend”. There are: cut, fold, text, registration, colour;",
        ),
        (("cards", "--sheet", "none", "--gap", "3"), 2, "--sheet none makes no sheets, only cards, a side a page"),
        (("cards", "--bleed", "21"), 2, "21.0 is not in the range 0<=x<=20"),
        (
            ("cards", "--bleed", "3", "--sides", "fold", "--card-size", "a5"),
            2,
            "cards (148 × 210 mm) have no room with 3 mm of bleed. They have on a3, sra3, tabloid.",
        ),
        (("dividers", "--fill", "blank"), 2, "--fill blank: dividers has no blank cards to fill with"),
        (("handouts", "--two-up", "--bleed", "3"), 2, "--two-up lays pages on sheets that are not cut"),
        (("cards", "--copies", "XX9=2"), 2, "--copies XX9=…: no card XX9. There are: SP1"),
        (
            ("handouts", "--sheet", "a3"),
            2,
            "handouts has no sheets of cards. They are for blank-cards, cards, dividers.",
        ),
        (("cards", "--printer", "Neb"), 2, "--printer: no printer “Neb”. None is known. toolkit-builder calibrate"),
        (
            ("calibrate", "--back-offset", "1"),
            2,
            "“1” is none; write millimetres to the right and up, such as 1.5,-0.8",
        ),
        (
            ("cards", "--booklet"),
            2,
            "--booklet: cards has no pages to lie in pairs. It is for handouts, summary,",
        ),
        (("handouts", "--booklet", "--two-up"), 2, "--booklet folds its sheets and --two-up does not"),
        (("handouts", "--booklet", "--fillable"), 2, "nobody fills in on a screen: leave out --fillable"),
        (("handouts", "--booklet", "--sides", "fold"), 2, "handouts has no sheets of cards"),
        (("handouts", "--two-up", "--layout", "tilt-and-turn"), 2, "each leaf of handouts is turned by itself"),
        (("calibrate", "--back-offset", "1,1"), 2, "give --printer NAME too"),
        (("calibrate", "--printer", "A", "--back-offset", "30,1"), 2, "No printer shifts by more than 20 mm"),
        (("calibrate", "--printer", "A"), 2, "give --back-offset, --front-offset or both"),
    ],
)
def test_what_cannot_be_is_said(words: tuple[str, ...], status: int, said: str, tmp_path: Path) -> None:
    more = ("--output", str(tmp_path), "--action", "SP1") if words[0] == "cards" else ()
    done = typed(*words, *more, folder=tmp_path)
    assert done.status == status, done.err
    assert said in " ".join(done.err.split())


def test_cards_that_have_no_room_are_told_the_sheets_that_have(mine: Copy, tmp_path: Path) -> None:
    text = (mine.root / "layouts" / "cards" / "product.yaml").read_text("utf-8")
    mine.write("layouts/cards/product.yaml", text.replace("page: a6", "page: a5"))
    words = ("cards", "--sides", "fold", "--sheet", "letter", "--project", mine.root, "--output", tmp_path)
    done = typed(*words)
    assert done.status == 2
    told = "--sheet letter: cards (148 × 210 mm) have no room so. They have on a4, a3, sra4, sra3, tabloid."
    assert told in " ".join(done.err.split())


def test_a_printer_is_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "gosodiadau"))
    first = typed("calibrate", folder=tmp_path)
    assert first.status == 0
    sheet = tmp_path / "calibration.a4.pdf"
    with pikepdf.open(sheet) as pdf:
        assert len(pdf.pages) == 2
    assert typed("calibrate", folder=tmp_path).status == 2  # it is there already
    told = typed("calibrate", "--printer", "Swyddfa ŵ", "--back-offset", "1.5,-0.8,0.1")
    assert told.status == 0, told.err
    assert "printers.json" in told.out
    plain, shifted = made(tmp_path / "un"), made(tmp_path / "dau", "--printer", "Swyddfa ŵ")
    assert shifted.name.endswith(".printer-swyddfa-w.sheets.pdf")
    with pikepdf.open(plain) as before, pikepdf.open(shifted) as after:
        assert before.pages[0].Contents.read_bytes() == after.pages[0].Contents.read_bytes()
        assert before.pages[1].Contents.read_bytes() != after.pages[1].Contents.read_bytes()
        assert b" cm" in after.pages[1].Contents.read_bytes().splitlines()[0]
    other = typed(*SOME, "--printer", "Swyddfa ŵ", "--sheet", "a3", "--output", tmp_path)
    assert "“Swyddfa ŵ” was measured with a4 long-edge, not with a3 long-edge" in other.err


def test_how_the_sheet_lay_that_was_measured_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A6 lies across on A3, and which way round a printer turns that is not known from a sheet that lay upright."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "gosodiadau"))
    measured = ("calibrate", "--sheet", "a3", "--printer", "A3", "--back-offset", "1,0")
    assert typed(*measured).status == 0
    words = (*SOME, "--sheet", "a3", "--printer", "A3", "--output", tmp_path)
    refused = typed(*words)
    assert refused.status == 2
    told = "cards lie across on a3, and it was not measured so: toolkit-builder calibrate --across."
    assert told in " ".join(refused.err.split())
    assert typed(*measured, "--across").status == 0
    assert typed(*words).status == 0
    assert typed("calibrate", "--sheet", "a3", "--across", folder=tmp_path).status == 0
    with pikepdf.open(tmp_path / "calibration.a3.across.pdf") as pdf:
        assert float(pdf.pages[0].MediaBox[2]) > float(pdf.pages[0].MediaBox[3])


def test_what_is_known_of_printers_and_cannot_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = printers.default_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"Swyddfa": 3}', "utf-8")
    done = typed("calibrate", "--printer", "A", "--back-offset", "1,1")
    assert done.status == 2
    assert "mend it or delete it" in done.err
    assert file.read_text("utf-8") == '{"Swyddfa": 3}'


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        ("text,cut", ""),
        ("all", ".all-marks"),
        ("none", ".no-marks"),
        ("colour,registration,cut", ".cut-registration-colour-marks"),
    ],
)
def test_marks_are_named_in_one_order(marks: str, name: str, tmp_path: Path) -> None:
    path = made(tmp_path, "--sheet", "sra4", "--marks", marks)
    assert path.name == f"cards.cy-en.SP1-GA1-FM5.sra4{name}.sheets.pdf"
    with pikepdf.open(path) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert (b"1 1 1 1 K" in content) == ("registration" in marks or marks == "all")


def test_guide_and_colophon_may_be_left_out(tmp_path: Path) -> None:
    """On sheets; in two languages each has a card, with a language on either side."""
    path = made(tmp_path, "--copies", "guide=0", "--copies", "colophon=2")
    assert path.name == "cards.cy-en.SP1-GA1-FM5.colophonx2.guidex0.sheets.pdf"
    said = reading.pages(path)
    assert not any("Howtousethecards" in text for text in said)
    assert sum(text.count("Aboutthisdocument") for text in said) == 2


@pytest.mark.parametrize(
    ("words", "name", "size", "sides"),
    [
        (("handouts", "--booklet", "--category", "finance"), "handouts.cy-en.finance.booklet", (297, 210), 4),
        (
            ("toolkit", "--booklet", "--sheet", "a3", "--paper-weight", "160", "--action", "FM5"),
            "toolkit.cy-en.FM5.booklet.a3.160gsm",
            (420, 297),
            8,
        ),
        (("summary", "--two-up", "--language", "en"), "summary.en.two-up", (297, 210), 1),
    ],
)
def test_two_pages_on_a_side(
    words: tuple[str, ...], name: str, size: tuple[float, float], sides: int, tmp_path: Path
) -> None:
    done = typed(*words, "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("*.sheets.pdf")
    assert path.name == f"{name}.sheets.pdf"
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == sides
        assert {tuple(round(float(edge) / MM) for edge in page.MediaBox[2:]) for page in pdf.pages} == {size}
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


def test_the_pages_of_a_booklet_are_those_of_the_document_as_pixels(tmp_path: Path) -> None:
    """On A3 at their own size: the cover is the right half of the first side."""
    assert typed("toolkit", "--booklet", "--sheet", "a3", "--action", "FM5", "--output", tmp_path).status == 0
    [sheets] = tmp_path.glob("*.sheets.pdf")
    side, cover = reading.picture(sheets, 0, 1).convert("L"), reading.picture(tmp_path / "toolkit.cy-en.FM5.pdf", 0, 1)
    half = side.crop((side.width - cover.width, 0, side.width, cover.height))
    assert ImageStat.Stat(ImageChops.difference(half, cover.convert("L"))).mean[0] < 2


GROUND = """
.card { background: none; position: relative }
.card::before { content: ""; position: absolute; inset: calc(-1 * var(--bleed, 0mm)); background: #fff3c4; z-index: -1 }
"""


@pytest.mark.parametrize(
    ("sides", "gap"),
    [
        ("long-edge", None),
        ("short-edge", 2),
        ("single", None),
        ("fold", None),
    ],
)
def test_artwork_runs_on_into_the_bleed(sides: str, gap: float | None, mine: Copy, tmp_path: Path) -> None:
    """On A3, each way: 2.8 mm beyond the cut there is colour, half of the gap beyond it where neighbours are near, and
    3.2 mm beyond it none; on the screen nothing has changed.
    """
    mine.append("styles/cards.css", GROUND)
    words = ("--sheet", "a3", "--sides", sides, "--bleed", "3", *(("--gap", str(gap)) if gap else ()))
    done = typed(*SOME, *words, "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("*.sheets.pdf")
    assert f".bleed-3mm{f'.gap-{gap}mm' if gap else ''}." in path.name
    grid = card_grid((105, 148), SheetOptions("a3", sides, gap, bleed=3))
    scale = 4.0  # pixels a mm
    picture = reading.picture(path, 0, scale / MM * (1 - 1e-6)).convert("RGB")

    def is_coloured(x: float, y: float) -> bool:
        pixel = picture.getpixel((round(x * scale), picture.height - 1 - round(y * scale)))
        assert isinstance(pixel, tuple)
        return pixel[2] < 230

    (x, y), (width, height) = grid.corner(0, 0), grid.cell
    middle = y + height / 3
    assert is_coloured(x - 2.7, middle)
    assert not is_coloured(x - 3.4, middle)
    assert is_coloured(x + width / 3, y + height + 2.7)
    assert not is_coloured(x + width / 3, y + height + 3.4)
    if grid.columns > 1:
        inner = min(3, grid.gap / 2)
        assert is_coloured(x + width + inner - 0.3, middle)
        assert is_coloured(x + width + inner + 0.3, middle), "that of its neighbour"
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            trim, bleed = ([float(edge) / MM for edge in page.obj[name]] for name in ("/TrimBox", "/BleedBox"))
            assert trim == pytest.approx(grid.trim, abs=0.0035)  # a hundredth of a point
            assert bleed == pytest.approx([trim[0] - 3, trim[1] - 3, trim[2] + 3, trim[3] + 3], abs=0.0035)
    with pikepdf.open(next(tmp_path.glob("cards.cy-en.SP1-GA1-FM5.pdf"))) as screen:
        assert [float(edge) / MM for edge in screen.pages[0].MediaBox] == pytest.approx([0, 0, 105, 148], abs=0.01)


def test_artwork_that_ends_at_the_cut_is_refused(mine: Copy) -> None:
    mine.append("styles/cards.css", "\n.card { background: #fff3c4 }\n")
    assert typed(*SOME, "--project", mine.root).status == 0
    done = typed(*SOME, "--sheet", "a3", "--bleed", "3", "--project", mine.root)
    assert done.status == 1
    assert "page 1: what reaches the edge (left, bottom, right, top) ends there, and has to run on for 3 mm" in done.err


def test_cards_without_sheets(tmp_path: Path) -> None:
    done = typed(*SOME, "--sheet", "none", "--output", tmp_path)
    assert done.status == 0, done.err
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["cards.cy-en.SP1-GA1-FM5.pdf"]


def test_blank_cards_take_the_places_that_are_left(tmp_path: Path) -> None:
    """Of two sheets with eight places, three cards of actions, guide and colophon leave three; the screen has none."""
    path = made(tmp_path, "--fill", "blank")
    assert path.name == "cards.cy-en.SP1-GA1-FM5.blank.sheets.pdf"
    said = reading.pages(path)
    assert [text.count("Teitlybrif") + text.count("Teitl") for text in said[:2]] == [0, 0]
    assert sum("Cymraeg" in text for text in said[2:]) >= 1
    with pikepdf.open(path) as pdf:
        assert [content.count(b" Do Q") for content in (page.Contents.read_bytes() for page in pdf.pages)] == [4] * 4
    assert len(reading.pages(tmp_path / "cards.cy-en.SP1-GA1-FM5.pdf")) == 10
    again = typed(*SOME, "--fill", "blank", "--output", tmp_path)
    assert again.err.count(", current") == 2


def test_a_booklet_runs_on_into_the_bleed(tmp_path: Path) -> None:
    """The cover of the toolkit, on the right half of the first side; dashed at the fold, solid at the corners."""
    words = ("toolkit", "--booklet", "--sheet", "sra3", "--bleed", "3", "--action", "FM5", "--output", tmp_path)
    done = typed(*words)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("*.sheets.pdf")
    assert path.name == "toolkit.cy-en.FM5.booklet.sra3.bleed-3mm.sheets.pdf"
    scale = 4.0
    side = reading.picture(path, 0, scale / MM * (1 - 1e-6)).convert("L")
    fold, top, right = 225, (320 - 297) / 2, 225 + 210
    seen = {
        name: side.getpixel((round(x * scale), round(y * scale)))
        for name, x, y in (
            ("in the bleed above", fold + 105, top - 2.7),
            ("beyond it", fold + 105, top - 3.3),
            ("in the bleed at the right", right + 2.7, 160),
            ("beyond that", right + 3.4, 160),
        )
    }
    assert [isinstance(value, int) and value < 240 for value in seen.values()] == [True, False, True, False], seen
    with pikepdf.open(path) as pdf:
        trim = [float(edge) / MM for edge in pdf.pages[0].TrimBox]
        assert trim == pytest.approx([15, 11.5, 435, 308.5], abs=0.0035)
        assert b"[1.4 1.1] 0 d" in pdf.pages[0].Contents.read_bytes()


def test_a_booklet_that_is_too_thick_is_told(tmp_path: Path) -> None:
    words = ("toolkit", "--booklet", "--paper-weight", "400", "--category", "finance", "--output", tmp_path)
    done = typed(*words)
    assert done.status == 0, done.err
    assert re.search(
        r"toolkit: \d+ sheets of 400 g/m² are \d\.\d\d mm thick, and staples in the fold hold about 2", done.err
    )


def test_sheets_that_are_there_are_current(tmp_path: Path) -> None:
    for state in ("", ", current"):
        done = typed(*SOME, "--sheet", "a3", "--output", tmp_path)
        told = [line.rpartition(": ")[2] for line in (done.out + done.err).splitlines() if ".pdf: " in line]
        assert told == [f"10 pages{state}", f"2 pages{state}"]


def test_a_pack_that_has_no_sheets_comes_on_those_that_are_asked_for(mine: Copy, tmp_path: Path) -> None:
    mine.write("content/partnerships/bach.yaml", "name: {cy: Bach, en: Small}\nsheets: false\n")
    words = ("cards", "--action", "FM5", "--partnership", "bach", "--project", mine.root, "--output", tmp_path)
    assert typed(*words).status == 0
    assert not [*tmp_path.rglob("*.sheets.pdf")]
    assert typed(*words, "--sides", "short-edge").status == 0
    [sheets] = tmp_path.rglob("*.sheets.pdf")
    assert sheets.name == "cards.bach.cy-en.FM5.short-edge.sheets.pdf"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--marks", "all"),
            "a4 has no room beside cards of 105 × 148 mm for --marks text,registration,colour; letter, ",
        ),
        (("--marks", "cut"), ""),
        (("--marks", "all", "--sheet", "tabloid"), ""),
        ((), ""),
    ],
)
def test_marks_that_were_asked_for_and_have_no_room_are_told(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = typed("cards", "--action", "SP1", *words, "--output", tmp_path)
    assert done.status == 0, done.err
    told = [line for line in done.err.splitlines() if "no room beside" in line]
    assert len(told) == bool(said)
    assert all(said in line for line in told)
