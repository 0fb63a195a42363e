"""A deck for a print shop, as the command makes it, held against the deck for the screen."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from tests import reading
from tests.making import Copy
from tests.press.prepress import colours
from tests.typed import Typed, typed
from toolkit_builder.documents.print_shop import ShopOptions
from toolkit_builder.press.prepress.ink_preflight import InkFindings, Seen
from toolkit_builder.press.prepress.job_report import notices
from toolkit_builder.print_shops.loading import PrintShops
from toolkit_builder.print_shops.profiles import SHIPPED
from toolkit_builder.project import Project, shipped

SOME = ("cards", "--action", "SP1", "--action", "FM5")
NAME = "cards.cy-en.SP1-FM5"
MM = 72 / 25.4
TEAL = (0x12 / 255, 0x79 / 255, 0x7C / 255)
"""Of the first category, on a screen."""
PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"


def for_shop(folder: Path, *words: str) -> Typed:
    done = typed(*SOME, "--for", "print-shop", *words, "--output", folder)
    assert done.status == 0, done.err
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the deck for the screen, and for a print shop."""
    folder = tmp_path_factory.mktemp("argraffwyr")
    assert typed(*SOME, "--output", folder).status == 0
    for_shop(folder)
    return folder


@pytest.fixture(scope="module")
def deck(made: Path) -> Path:
    return made / f"{NAME}.print-shop.pdf"


def test_every_colour_is_of_inks(deck: Path) -> None:
    with pikepdf.open(deck) as pdf:
        assert {space for space, _ in colours.operators(pdf)} == {"CMYK"}
        assert colours.spaces(pdf) <= {"/DeviceCMYK", "/DeviceGray"}


def test_black_type_is_of_black_alone_and_white_is_paper(deck: Path) -> None:
    found = colours.text_colours(deck)
    assert {(0, 0, 0, 1), (0, 0, 0, 0)} <= found
    assert not [colour for colour in found if colour[3] > 0.9 and any(colour[:3])], "no rich black"
    with pikepdf.open(deck) as pdf:
        states: list[Any] = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        for page in pdf.pages:
            states += dict(page.obj.Resources.get("/ExtGState", {}).items()).values()
        assert not any(key in state for state in states for key in ("/OP", "/op"))


def test_boxes_are_right_to_a_hundredth_of_a_point(deck: Path) -> None:
    with pikepdf.open(deck) as pdf:
        for page in pdf.pages:
            trim, bleed, media = (
                [float(edge) for edge in page.obj[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")
            )
            assert trim == pytest.approx([0, 0, 105 * MM, 148 * MM], abs=0.01)
            assert bleed == pytest.approx([-3 * MM, -3 * MM, 108 * MM, 151 * MM], abs=0.01)
            assert media == pytest.approx(bleed, abs=0.001)
            assert "/CropBox" not in page.obj
            assert "/Annots" not in page.obj


def test_the_output_intent_names_and_has_its_profile(deck: Path) -> None:
    with pikepdf.open(deck) as pdf:
        [intent] = pdf.Root.OutputIntents
        assert intent.S == pikepdf.Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        profile = intent.DestOutputProfile
        assert profile.N == 4
        assert profile.read_bytes() == SHIPPED.read_bytes()
        assert ImageCms.ImageCmsProfile(io.BytesIO(profile.read_bytes())).profile.xcolor_space == "CMYK"


def test_metadata_and_information_agree(deck: Path) -> None:
    with pikepdf.open(deck) as pdf:
        xmp = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314  (our own)
        said = {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in xmp.iter()}
        information = pdf.docinfo
        assert xmp.find(f".//{PDFX}") is not None
        assert said["GTS_PDFXVersion"] == "PDF/X-4"
        assert said["part"] == "1", "PDF/UA-1"
        assert information.Trapped == pikepdf.Name("/False")
        assert said["Trapped"] == "False"
        date = datetime.datetime.fromisoformat(said["CreateDate"])
        assert said["CreateDate"] == said["ModifyDate"] == said["MetadataDate"]
        assert str(information.CreationDate) == str(information.ModDate) == f"D:{date:%Y%m%d%H%M%S}Z"
        assert said["Producer"] == str(information.Producer)
        assert said["CreatorTool"] == str(information.Creator)
        titles = [element.text for element in xmp.iter() if element.text == str(information.Title)]
        assert titles, "the title"
        first, second = (bytes(part).hex() for part in pdf.trailer.ID)
        assert first == said["DocumentID"].removeprefix("uuid:").replace("-", "")
        assert second
        assert pdf.pdf_version == "1.6"
        assert not pdf.is_encrypted
        assert "/Filter" not in pdf.Root.Metadata, "other programs find it without reading PDF"
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())


def test_tags_and_languages_are_those_of_the_screen(made: Path, deck: Path) -> None:
    """Only that what is a link there is plain text here."""
    screen = [
        reading.FoundElement("/Span" if each.kind == "/Link" else each.kind, *list(vars(each).values())[1:])
        for each in reading.tree(made / f"{NAME}.pdf")
    ]
    assert reading.tree(deck) == screen
    assert {each.language for each in screen} == {"cy", "en"}
    assert reading.failures(deck) == "", "PDF/UA-1"
    assert reading.unembedded_fonts(deck) == 0
    assert reading.pages(deck) == reading.pages(made / f"{NAME}.pdf")


def test_it_looks_like_the_screen(made: Path, deck: Path) -> None:
    """Within the trim, at the same places, in colours as near as inks are (PDFium shows them without a profile)."""
    for page in range(4):
        screen, scale = reading.picture(made / f"{NAME}.pdf", page, 2).convert("RGB"), 2
        whole = reading.picture(deck, page, scale).convert("RGB")
        edge = round(3 * MM * scale)
        face = whole.crop((edge, edge, edge + screen.width, edge + screen.height))
        off = ImageStat.Stat(ImageChops.difference(screen, face)).mean
        assert max(off) < 14, (page, off)
        beyond = whole.copy()
        beyond.paste((255, 255, 255), (edge, edge, edge + screen.width, edge + screen.height))
        assert ImageStat.Stat(beyond).mean == [255] * 3, "cards are white at their edges"
        one, other = (image.convert("L").point(lambda value: 255 if value < 200 else 0) for image in (screen, face))
        assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 3, "what is dark is dark"


def test_the_same_bytes_each_time(deck: Path, tmp_path: Path) -> None:
    for_shop(tmp_path, "--no-cache")
    for path in tmp_path.glob("*.print-shop*"):
        assert path.read_bytes() == (deck.parent / path.name).read_bytes(), path.name


def test_the_report_says_what_the_files_are(made: Path, deck: Path) -> None:
    report = (made / f"{NAME}.print-shop.job.txt").read_text("utf-8")
    for said in ("105 × 148 mm", "111 × 154 mm", "PDF/X-4, tagged", "FOGRA39", "front, back, front, back"):
        assert said in report
    assert hashlib.sha256(deck.read_bytes()).hexdigest() in report
    most = re.search(r"Most ink: +(\d+) % \(page \d+\); limit 300 %", report)
    assert most
    assert 150 < int(most[1]) <= 300
    assert re.search(r"Smallest type in more than one ink: +9\.5 pt", report)
    assert re.search(r"Type nearest to the cut: +6\.\d mm \(page \d+\); safe zone 5 mm", report)
    assert "Source Sans 3 (400, 600, 700)" in report
    assert "—" not in report
    assert re.search(r"Order of pages: +front, back, front, back\n", report)


def test_the_report_says_the_same_in_both_languages(made: Path) -> None:
    """Welsh first, line by line the same figures."""
    report = (made / f"{NAME}.print-shop.job.txt").read_text("utf-8")
    _, welsh, english, _ = report.split("\n\n")
    assert welsh.startswith("Adroddiad i’r argraffwyr\n---")
    assert english.startswith("Report for the printer\n---")
    welsh_lines, english_lines = welsh.splitlines()[2:], english.splitlines()[2:]
    assert len(welsh_lines) == len(english_lines) < 25
    for one, other in zip(welsh_lines, english_lines, strict=True):
        assert re.findall(r"\d[\d.]*", one) == re.findall(r"\d[\d.]*", other)
        assert one.partition(":")[0] != other.partition(":")[0], one
        assert ":" in one


def test_the_manifest_has_both_and_they_are_current_the_next_time(made: Path) -> None:
    listed = {entry["path"]: entry for entry in json.loads((made / "manifest.json").read_text("utf-8"))["files"]}
    assert listed[f"{NAME}.print-shop.pdf"]["pages"] == listed[f"{NAME}.pdf"]["pages"]
    assert listed[f"{NAME}.print-shop.job.txt"]["pages"] == 0
    again = for_shop(made)
    assert again.err.count(", current") == 2
    report = made / f"{NAME}.print-shop.job.txt"
    before = report.read_bytes()
    report.write_bytes(b"something else\n")
    assert "job.txt, current" not in for_shop(made).err
    assert report.read_bytes() == before


@pytest.mark.parametrize(
    ("shop", "files", "told"),
    [
        ("backs-first", {"": [2, 1, 4, 3, 6, 5, 8, 7]}, "back, front, back, front"),
        ("fronts-then-backs", {"": [1, 3, 5, 7, 2, 4, 6, 8]}, "all fronts, then all backs"),
        ("two-files", {".fronts": [1, 3, 5, 7], ".backs": [2, 4, 6, 8]}, "a file of all fronts, and one of all backs"),
    ],
)
def test_sides_come_in_the_order_of_the_shop(
    shop: str, files: dict[str, list[int]], told: str, made: Path, tmp_path: Path
) -> None:
    """Told by the words on each page, of the guide's card and of the actions'."""
    for_shop(tmp_path, "--shop", shop)
    screen = reading.pages(made / f"{NAME}.pdf")
    for part, order in files.items():
        path = tmp_path / f"{NAME}.print-shop.{shop}{part}.pdf"
        assert reading.pages(path) == [screen[at - 1] for at in order]
        assert reading.failures(path) == ""
    report = (tmp_path / f"{NAME}.print-shop.{shop}.job.txt").read_text("utf-8")
    assert re.search(rf"Order of pages: +{told}", report)
    assert not re.search(r"^[^:\n]*:\S", report, re.MULTILINE), "a name that runs into its value"


def test_crop_marks_stand_beyond_the_bleed_on_every_plate(tmp_path: Path, deck: Path) -> None:
    for_shop(tmp_path, "--shop", "crop-marks")
    path = tmp_path / f"{NAME}.print-shop.crop-marks.pdf"
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0].obj
        space = page.Resources.ColorSpace.ToolkitRegistration
        assert [str(part) for part in space[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
        assert [float(edge) for edge in page.MediaBox][:2] == pytest.approx([-10 * MM] * 2, abs=0.01)
        assert [float(edge) for edge in page.BleedBox][:2] == pytest.approx([-3 * MM] * 2, abs=0.01)
    assert reading.tree(path) == reading.tree(deck), "marks are artifacts"
    scale = 11.99999 / MM  # twelve pixels a mm, and no row more
    with_marks, plain = (reading.picture(each, 0, scale).convert("L") for each in (path, deck))
    margin = round(7 * MM * scale)
    inner = with_marks.crop((margin, margin, margin + plain.width, margin + plain.height))
    assert ImageStat.Stat(ImageChops.difference(inner, plain)).mean[0] < 1, "none within the bleed"
    left = with_marks.crop((0, 0, margin, with_marks.height))
    rows = [at for at in range(left.height) if min(left.crop((0, at, left.width, at + 1)).tobytes()) < 200]
    trim = [(10 * MM) * scale, (158 * MM) * scale]
    assert all(min(abs(row - edge) for edge in trim) < 3 for row in rows if row > margin and row < left.height - margin)
    assert rows


def test_artwork_that_reaches_the_edge_runs_on_into_the_bleed(mine: Copy) -> None:
    mine.append("styles/cards.css", "\n@page { background: #fff3c4 }\n")
    done = typed(*SOME, "--for", "print-shop", "--project", mine.root)
    assert done.status == 0, done.err
    path = mine.output / f"{NAME}.print-shop.pdf"
    whole = reading.picture(path, 2, 3).convert("RGB")
    corners = [(2, 2), (whole.width - 3, 2), (2, whole.height - 3), (whole.width - 3, whole.height - 3)]
    assert len({whole.getpixel(corner) for corner in corners}) == 1
    assert whole.getpixel((2, 2)) != (255, 255, 255)


def test_artwork_that_ends_at_the_edge_is_refused(mine: Copy) -> None:
    mine.append("styles/cards.css", "\n.card { background: #fff3c4 }\n")
    done = typed(*SOME, "--for", "print-shop", "--project", mine.root)
    assert done.status == 1
    assert "page 1: what reaches the edge (left, bottom, right, top) ends there" in done.err
    assert "var(--bleed, 0mm)" in done.err
    mine.append(
        "styles/cards.css",
        "\n.card { background: none; position: relative }\n.card::before { content: ''; position: absolute; "
        "inset: calc(-1 * var(--bleed, 0mm)); background: #fff3c4; z-index: -1 }\n",
    )
    done = typed(*SOME, "--for", "print-shop", "--project", mine.root)
    assert done.status == 0, done.err


def test_type_near_the_edge_is_told(mine: Copy) -> None:
    mine.write("content/shops/careful.yaml", "help: Cuts roughly.\nsafe_zone: 8\nbleed: 5\n")
    done = typed(*SOME, "--for", "print-shop", "--shop", "careful", "--project", mine.root)
    assert done.status == 0, done.err
    assert re.search(r"cards: type comes to 6\.\d mm from the edge, nearer than 8 mm: pages 3, ", done.err)
    report = next(mine.output.glob("*.job.txt")).read_text("utf-8")
    assert re.search(r"I’w wirio: +testun yn nes at y toriad na’r parth diogel \(6\.\d mm\): tudalennau 3, ", report)
    assert "115 × 158 mm (BleedBox)" in report
    with pikepdf.open(next(mine.output.glob("*careful.pdf"))) as pdf:
        assert [float(edge) for edge in pdf.pages[0].obj.BleedBox][:2] == pytest.approx([-5 * MM] * 2, abs=0.01)
    assert re.search(r"To check: +type nearer to the cut than the safe zone \(6\.\d mm\): pages 3, ", report)


def test_pictures_of_too_few_pixels_and_of_more_than_are_of_use_are_told() -> None:
    shop = PrintShops(Project(shipped())).settled(ShopOptions())
    found = InkFindings(coarse=[Seen(2, 150), Seen(5, 120)], fine=[Seen(page, 900) for page in range(1, 16)])
    assert list(notices(shop, found)) == [
        "pictures have fewer than 300 dpi, 120 at least: pages 2, 5",
        "pictures have more than 600 dpi, 900 at most: pages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 (+3)",
    ]


def test_too_much_ink_is_refused(mine: Copy) -> None:
    mine.write("content/shops/sparing.yaml", "help: Takes little ink.\nmost_ink: 150\n")
    done = typed(*SOME, "--for", "print-shop", "--shop", "sparing", "--project", mine.root)
    assert done.status == 1
    assert re.search(r"2\d\d % of ink lie on one place, and sparing takes 150 %", done.err)


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proof for a client, with the files for the shop beside it."""
    folder = tmp_path_factory.mktemp("proflen")
    for_shop(folder)
    done = for_shop(folder, "--proof")
    assert done.err.count(", current") == 2, "only the proof is new"
    assert for_shop(folder, "--proof").err.count(", current") == 3
    return folder / f"{NAME}.print-shop.proof.pdf"


def test_a_proof_shows_what_is_cut_off_in_the_colours_of_the_press(proof: Path, made: Path) -> None:
    assert reading.pages(proof)[1:] == reading.pages(made / f"{NAME}.pdf")
    printed = reading.tree(proof.parent / f"{NAME}.print-shop.pdf")[1:]  # but for the document, of which all is part
    assert reading.tree(proof)[-len(printed) :] == printed, "what is drawn over it is artifacts"
    assert reading.failures(proof) == ""
    with pikepdf.open(proof) as pdf:
        assert "/OutputIntents" not in pdf.Root, "it is not printed from"
        assert {space for space, _ in colours.operators(pdf)} <= {"RGB", "Gray"}
        seen = {values for space, values in colours.operators(pdf) if space == "RGB"}
        apart = [max(abs(a - b) for a, b in zip(values, TEAL, strict=True)) for values in seen]
        assert 0 < min(apart) < 0.1, "as near as inks are"
        assert [float(edge) for edge in pdf.pages[1].obj.TrimBox] == pytest.approx([0, 0, 105 * MM, 148 * MM], abs=0.01)
    scale = 9.99999 / MM  # ten pixels a mm
    page = reading.picture(proof, 3, scale).convert("RGB")
    around = 120  # 3 mm of bleed, and 9 beyond it
    red, green, blue = pixel_at(page, around, around + 700)
    assert red > 150 > green, "the line that is cut along"
    assert blue > green


def test_each_page_of_a_proof_says_which_line_is_which(proof: Path) -> None:
    """Below the paper: samples of the three, in their order, and words beside each; nothing of it on the paper."""
    scale = 9.99999 / MM
    page = reading.picture(proof, 3, scale).convert("RGB")
    foot = page.crop((120 - 30, 120 + 1480 + 30, 120 + 1050 + 30, page.height))
    third = foot.width // 3
    parts = [foot.crop((at * third, 0, (at + 1) * third, foot.height)) for at in range(3)]
    pixels = [list(zip(*[iter(part.tobytes())] * 3, strict=True)) for part in parts]
    is_red = [any(red > 180 and green < 90 for red, green, _ in part) for part in pixels]
    is_blue = [any(blue > 150 and red < 90 for red, _, blue in part) for part in pixels]
    is_dark = [sum(max(pixel) < 90 for pixel in part) > 200 for part in pixels]
    assert (is_red, is_blue, is_dark) == ([True, False, False], [False, True, False], [True] * 3)


def test_a_proof_begins_with_a_page_to_sign(proof: Path) -> None:
    said = reading.pages(proof)[0]
    for words in (
        *("Proflen i’w chymeradwyo", "Proof for approval", "Torrir yma", "Cut here", "Parth diogel", "Safe zone"),
        *("Cymeradwywyd gyda’r newidiadau isod", "Approved with the changes below", "105 × 148 mm", "5 mm"),
        *("Llofnod", "Signature", "Sefydliad", "Organisation", "Dyddiad", "Date", "Enw", "Name"),
    ):
        assert reading.squeezed(words) in said, words
    first = [each.language for each in reading.tree(proof) if each.language]
    assert {"cy", "en"} <= set(first[:12])
    with pikepdf.open(proof) as pdf:
        fields = [(str(field.T).partition(".")[2] or str(field.T), str(field.FT)) for field in pdf.Root.AcroForm.Fields]
        assert len(fields) == 7
        assert [kind for _, kind in fields].count("/Btn") == 2
        assert [float(edge) for edge in pdf.pages[0].obj.MediaBox][2:] == pytest.approx([210 * MM, 297 * MM], abs=0.1)
        assert all("/Annots" not in page.obj for page in list(pdf.pages)[1:])


def pixel_at(picture: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    """The darkest pixel of a few in a row: lines stand between pixels."""
    pixels = [picture.getpixel((x + step, y)) for step in (-1, 0, 1)]
    found = min((pixel for pixel in pixels if isinstance(pixel, tuple)), key=sum)
    return found[0], found[1], found[2]


def test_a_colour_may_have_inks_of_its_own(mine: Copy) -> None:
    mine.write("content/shops/brand.yaml", "help: Ours.\ninks:\n  - {screen: '#12797C', ink: [90, 20, 40, 10.5]}\n")
    done = typed(*SOME, "--for", "print-shop", "--shop", "brand", "--project", mine.root)
    assert done.status == 0, done.err
    with pikepdf.open(mine.output / f"{NAME}.print-shop.brand.pdf") as pdf:
        found = {values for _, values in colours.operators(pdf)}
    assert (0.9, 0.2, 0.4, 0.105) in found
    assert (0.81, 0.28, 0.45, 0.2) not in found


def test_grounds_of_the_toolkit_run_on_into_the_bleed(tmp_path: Path) -> None:
    """At the end of the bleed, cover and opening are coloured all around; and the screen has nothing of it."""
    words = ("toolkit", "--action", "SP1", "--language", "cy", "--output", tmp_path)
    assert typed(*words).status == 0
    done = typed(*words, "--for", "print-shop")
    assert done.status == 0, done.err
    screen, path = (tmp_path / f"toolkit.cy.SP1{mark}.pdf" for mark in ("", ".print-shop"))
    found = reading.pages(path)
    opening = next(at for at, text in enumerate(found) if "Ycamaugweithreduynyradranhon" in text)
    for page in (0, opening):
        whole = reading.picture(path, page, 1.5).convert("L")
        edge = [
            whole.crop(box)
            for box in ((1, 1, whole.width - 1, 2), (1, whole.height - 2, whole.width - 1, whole.height - 1))
        ]
        edge += [
            whole.crop(box)
            for box in ((1, 1, 2, whole.height - 1), (whole.width - 2, 1, whole.width - 1, whole.height - 1))
        ]
        assert all(max(strip.tobytes()) < 250 for strip in edge), f"paper shows on page {page}"
        plain = reading.picture(screen, page, 1.5).convert("L")
        left = round(3 * MM * 1.5)
        inner = whole.crop((left, left, left + plain.width, left + plain.height))
        assert ImageStat.Stat(ImageChops.difference(inner, plain)).mean[0] < 14, page


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--for", "print-shop", "--shop", "two-file"), 2, "Did you mean “two-files”?"),
        (("--for", "print-shop", "--sheet", "a3"), 2, "leave the options of sheets out"),
        (("--for", "print-shop", "--profile", str(Path(__file__))), 2, "is no ICC profile"),
        (("--shop", "two-files"), 2, "say --for print-shop too"),
        (("--for", "print-chop"), 2, "print-shop"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], status: int, said: str, tmp_path: Path) -> None:
    done = typed(*SOME, *words, "--output", tmp_path)
    assert done.status == status
    assert said in done.err


def test_a_profile_of_a_screen_is_refused(tmp_path: Path) -> None:
    screen = tmp_path / "sgrin.icc"
    screen.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    done = typed(*SOME, "--for", "print-shop", "--profile", str(screen), "--output", tmp_path)
    assert done.status == 2
    assert "sgrin.icc is for RGB" in done.err


def test_a_profile_of_the_shops_own(tmp_path: Path) -> None:
    own = tmp_path / "Ein Papur 80.icc"
    shutil.copyfile(SHIPPED, own)
    for_shop(tmp_path, "--profile", str(own))
    assert (tmp_path / f"{NAME}.print-shop.ein-papur-80.pdf").is_file()


def test_what_does_not_come_so_is_left_out(mine: Copy) -> None:
    product = "layouts/worksheet/product.yaml"
    mine.write(product, (mine.root / product).read_text("utf-8").replace("print_shop: true\n", ""))
    words = ("--for", "print-shop", "--action", "SP1", "--language", "cy", "--project", mine.root)
    done = typed("build", *words)
    assert done.status == 0, done.err
    assert "Not for a print shop, and left out: worksheet\n" in done.err
    assert (mine.output / "cards.cy.SP1.print-shop.pdf").is_file()
    assert not list(mine.output.glob("worksheet*"))
    refused = typed("tokens", *words)
    assert refused.status == 2
    assert "--for print-shop: tokens does not come so; these do: blank-cards, cards, " in refused.err


def test_the_picture_of_a_card_is_of_the_inks_that_its_colour_has(deck: Path) -> None:
    """The panel of SP1, as its operators say it: the teal of shared purpose through the profile."""
    with pikepdf.open(deck) as pdf:
        found = {values for space, values in colours.operators(pdf) if space == "CMYK"}
    assert (0.81, 0.28, 0.45, 0.2) in found
    assert isinstance(reading.picture(deck, 2), Image.Image)
