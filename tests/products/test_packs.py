"""Packs as a user asks for them, and what their documents say."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageColor

from tests import reading
from tests.making import LONG_WORD, Copy, contents_of
from tests.partnerships.planting import LEAST, SVG, Bed
from tests.typed import typed
from toolkit_builder.catalogue.colours import mixed
from toolkit_builder.catalogue.model import Catalogue

POINTS = 72 / 25.4
"""pt a mm"""

PACK = f"""\
name: {{cy: Partneriaeth {LONG_WORD}, en: "{LONG_WORD} Partnership"}}
short_name: {{cy: Tŷ Gŵyr, en: Tŷ Gŵyr}}
logo: {{file: logo.svg, alternative: {{cy: Cylch glas, en: A blue circle}}}}
colours: {{ground: "#7a0c2e", band: "#a8681b"}}
contact: {{name: Siân Ŵyn, role: {{cy: Cydlynydd, en: Coordinator}}, email: sian@example.org}}
web: {{cy: https://example.org/cy, en: https://example.org/en}}
foreword: {{cy: "Croeso i bawb. <b>Nid HTML</b>", en: "Welcome to all. <b>No HTML</b>"}}
workshop: {{date: 2027-03-01, place: {{cy: Neuadd y Dref, en: The town hall}}}}
products: [toolkit, cards]
selection: {{category: governance, stage: [mid, mature]}}
sheets: false
actions:
  GA3:
    examples: [{{cy: Cinio ŵyl, en: A feast}}]
    note: {{cy: Nodyn lleol iawn., en: A very local note.}}
    who: [{{cy: Y pwyllgor gwaith, en: The working group}}]
    contact: {{name: Ifan Ŵyr, telephone: 01632 960 001}}
    order: 1
  GA2: {{leave_out: true}}
pages:
  - {{id: map, title: {{cy: Ein map, en: Our map}}, file: {{cy: cy.md, en: en.md}}, after: governance}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack, as `build` makes it."""
    copy = Copy(tmp_path_factory.mktemp("pecyn"))
    bed = Bed(copy.project)
    bed.write("logo.svg", SVG)
    bed.write(
        "cy.md", "# Y dyffryn\n\n- Yr afon\n- Y [wefan](https://example.org/cy/map)\n\n" + "Llinell hir ŵy. " * 900
    )
    bed.write(
        "en.md", "# The valley\n\n- The river\n- The [site](https://example.org/en/map)\n\n" + "A long line. " * 900
    )
    bed.write("ty-gwyr.yaml", PACK)
    done = typed("build", "--partnership", "ty-gwyr", "--project", copy.root)
    assert done.status == 0, done.err
    assert "6 of 21 actions selected" in done.err
    return copy.output


def test_a_pack_is_what_the_partnership_wants_in_a_folder_of_its_own(made: Path) -> None:
    assert {name for name in contents_of(made) if "." in name} == {
        "manifest.json",
        "packs/ty-gwyr/cards.ty-gwyr.cy-en.pdf",
        "packs/ty-gwyr/toolkit.ty-gwyr.cy-en.pdf",
    }
    listed = json.loads((made / "manifest.json").read_text("utf-8"))["files"]
    assert [entry["path"] for entry in listed] == [
        "packs/ty-gwyr/cards.ty-gwyr.cy-en.pdf",
        "packs/ty-gwyr/toolkit.ty-gwyr.cy-en.pdf",
    ]
    for entry in listed:
        assert entry["partnership"] == "ty-gwyr"
        assert entry["actions"][0] == "GA3"
        assert "GA2" not in entry["actions"]


def test_the_cover_has_both_names_the_logo_and_the_workshop(made: Path) -> None:
    path = made / "packs" / "ty-gwyr" / "toolkit.ty-gwyr.cy-en.pdf"
    cover = reading.pages(path)[0]
    for text in (
        f"Partneriaeth {LONG_WORD}",
        f"{LONG_WORD} Partnership",
        "Gweithdy",
        "1 Mawrth 2027",
        "Neuadd y Dref",
        "Workshop",
        "1 March 2027",
        "The town hall",
    ):
        assert reading.squeezed(text) in cover
    with pikepdf.open(path) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        on_cover = [str(figure.Alt) for figure in figures if figure.Pg.objgen == pdf.pages[0].objgen]
        assert on_cover == ["Cylch glas / A blue circle"]
        assert str(pdf.docinfo["/Title"]).count(LONG_WORD) == 2
    red, green, blue = reading.picture(path, 0).convert("RGB").getpixel((300, 1600))  # type: ignore[misc]
    assert (red, green, blue) == (0x7A, 0x0C, 0x2E)


def test_what_is_local_stands_on_the_actions_page_in_each_language(made: Path) -> None:
    found = {
        element.text: element.language
        for element in reading.tree(made / "packs" / "ty-gwyr" / "toolkit.ty-gwyr.cy-en.pdf")
    }
    for text, language in (
        ("Cinio ŵyl", "cy"),
        ("A feast", "en"),
        ("Nodyn lleol iawn.", "cy"),
        ("A very local note.", "en"),
        ("Y pwyllgor gwaith", "cy"),
        ("The working group", "en"),
        ("Ffôn: 01632 960 001", "cy"),
        ("Telephone: 01632 960 001", "en"),
        ("Y dyffryn", "cy"),
        ("The valley", "en"),
        ("Partneriaeth " + LONG_WORD, "cy"),
        ("Paratowyd y pecyn hwn ar gyfer y bartneriaeth a enwir ar y clawr.", "cy"),
        ("Croeso i bawb. <b>Nid HTML</b>", "cy"),
    ):
        assert found[reading.squeezed(text)] == language


def test_a_long_page_runs_on_and_numbers_and_links_keep_up(made: Path) -> None:
    path = made / "packs" / "ty-gwyr" / "toolkit.ty-gwyr.cy-en.pdf"
    pages = reading.pages(path)
    long = [number for number, text in enumerate(pages) if reading.squeezed("Llinell hir ŵy. Llinell hir") in text]
    assert len(long) > 2
    marks = {title: page for _, title, page in reading.bookmarks(path)}
    assert marks["Ein map"] == long[0]
    assert "Cynnwys" in marks
    contents = next(
        text for text in pages if text.startswith(reading.squeezed("Fframwaith Gweithredu · drafft Cynnwys"))
    )
    assert reading.squeezed(f"Ein map {long[0] + 1}") in contents
    assert "Cysylltu â ni" not in marks, "it is in the colophon"
    assert reading.squeezed("Cysylltu â ni Siân Ŵyn, Cydlynydd") in pages[marks["Am y ddogfen hon"]]


def test_openings_keep_the_colour_of_their_category_over_the_band(made: Path) -> None:
    path = made / "packs" / "ty-gwyr" / "toolkit.ty-gwyr.cy-en.pdf"
    [opening] = [page for _, title, page in reading.bookmarks(path) if title == "Trefniadau llywodraethu"]
    picture = reading.picture(path, opening, 1).convert("RGB")
    assert picture.getpixel((30, 600)) == (0x37, 0x28, 0x72)
    assert picture.getpixel((30, picture.height - 8)) == (0xA8, 0x68, 0x1B)
    assert picture.getpixel((round(picture.width - 20 * POINTS - 4), 10)) != (255, 255, 255), "no tab over the shape"
    foot = [picture.getpixel((round(picture.width - 20 * POINTS - 4), y)) for y in range(picture.height)]
    assert foot.count((255, 255, 255)) > 8 * POINTS, "the tab of the logo, at the foot"


def test_cards_say_whose_they_are_at_the_foot(made: Path) -> None:
    """At one place on both sides of each, 6 mm from the cut, and below all else."""
    path = made / "packs" / "ty-gwyr" / "cards.ty-gwyr.cy-en.pdf"
    pages = [page for page, text in enumerate(reading.pages(path)) if reading.squeezed("gwerthoedd dros dro") in text]
    assert len(pages) == 12
    found = [reading.find(path, page, "Tŷ Gŵyr") for page in pages]
    assert {len(each) for each in found} == {1}, "once, since both languages call it so"
    assert len({(round(each[0].left, 1), round(each[0].bottom, 1)) for each in found}) == 1
    assert found[0][0].bottom > 6 * POINTS
    for page in pages:
        code = reading.find(path, page, r"[A-Z]{2}\d")
        assert min(each.bottom for each in code) > found[0][0].bottom + found[0][0].height


def test_pages_face_one_another_whichever_language_runs_longer(made: Path) -> None:
    pages = reading.pages(made / "packs" / "ty-gwyr" / "toolkit.ty-gwyr.cy-en.pdf")
    welsh = [number for number, text in enumerate(pages) if "Llinellhirŵy.Llinell" in text]
    english = [number for number, text in enumerate(pages) if "Alongline.Along" in text]
    assert len(welsh) > len(english) > 1
    assert {number % 2 for number in welsh} == {1}  # with even numbers: on the left
    assert english == [number + 1 for number in welsh][: len(english)]
    for number in welsh[len(english) :]:
        assert pages[number + 1] == ""


@pytest.mark.parametrize("product", ["toolkit", "cards"])
def test_a_pack_is_accessible_and_says_nothing_in_the_wrong_language(made: Path, product: str) -> None:
    path = made / "packs" / "ty-gwyr" / f"{product}.ty-gwyr.cy-en.pdf"
    assert reading.failures(path) == ""
    assert reading.untagged_annotations(path) == 0
    assert reading.unembedded_fonts(path) == 0


def test_what_was_typed_goes_before_what_the_partnership_wants(bed: Bed) -> None:
    bed.write("ty-gwyr.yaml", LEAST + "selection: {category: governance, stage: early}\nproducts: cards\n")
    root = bed.project.root
    done = typed("summary", "--partnership", "ty-gwyr", "--project", root, "--category", "finance", "--language", "cy")
    assert done.status == 0, done.err
    [entry] = json.loads((root / "output" / "manifest.json").read_text("utf-8"))["files"]
    assert entry["path"] == "packs/ty-gwyr/summary.ty-gwyr.cy.finance.pdf"
    assert entry["actions"] == ["FM1", "FM5", "FM7"]


def test_a_second_run_leaves_what_is_current_and_an_edit_makes_its_pack_again(bed: Bed) -> None:
    root = bed.project.root
    words = ("summary", "--partnership", "ty-gwyr", "--project", root, "--action", "SP1")
    bed.write("ty-gwyr.yaml", LEAST)
    assert "current" not in typed(*words).err
    first = contents_of(root / "output")
    assert "2 pages, current" in typed(*words).err
    assert contents_of(root / "output") == first
    bed.write("arall.yaml", LEAST)
    assert "2 pages, current" in typed(*words).err
    bed.write("ty-gwyr.yaml", LEAST.replace("Gŵyr", "Gwŷr"))
    assert "current" not in typed(*words).err
    assert contents_of(root / "output") != first


def test_an_unknown_partnership_is_a_matter_of_usage(bed: Bed, tmp_path: Path) -> None:
    bed.write("ty-gwyr.yaml", LEAST)
    for name, said in (("ty-gwyl", "Did you mean “ty-gwyr”?"), (str(tmp_path / "dim.yaml"), "no file")):
        done = typed("build", "--partnership", name, "--project", bed.project.root)
        assert done.status == 2
        assert said in done.err
        assert "There are: example-early, example-mature, ty-gwyr." in done.err
        assert not (bed.project.root / "output").exists()


def test_a_pack_with_faults_is_not_made(bed: Bed) -> None:
    bed.write("ty-gwyr.yaml", LEAST + 'colours: {ground: "#ffee00"}\nforeword: {cy: Croeso}\n')
    done = typed("cards", "--partnership", "ty-gwyr", "--project", bed.project.root)
    assert done.status == 1
    assert "ty-gwyr.yaml:2:19: error: colours.ground: #ffee00 has a contrast of 1.2:1" in done.err
    assert "ty-gwyr.yaml:3:11: error: foreword.en: missing" in done.err
    assert not (bed.project.root / "output").exists()


def test_a_link_to_what_is_not_the_web_is_told_at_the_text(bed: Bed) -> None:
    text = LEAST + "foreword: {cy: '[A](https://example.org)', en: '[A](javascript:alert)'}\n"
    bed.write("ty-gwyr.yaml", text)
    done = typed("toolkit", "--partnership", "ty-gwyr", "--project", bed.project.root, "--action", "SP1")
    assert done.status == 1
    assert "content/partnerships/ty-gwyr.yaml:2:48: error: foreword.en: a link to “javascript:alert”" in done.err


@pytest.mark.parametrize("product", ["cards", "handouts", "toolkit"])
def test_addresses_may_be_broken_anywhere(bed: Bed, product: str) -> None:
    mail = f"partneriaeth.llesiant.cymunedol@{LONG_WORD.lower()}-sir.example.org"
    web = f"https://example.org/{LONG_WORD.lower() * 2}_a_b"
    bed.write(
        "ty-gwyr.yaml",
        f"{LEAST}contact: {{email: {mail}}}\nweb: {web}\nselection: {{action: [SP2]}}\nsheets: false\n"
        f"introduction: {{cy: 'Gweler {web}, neu [{mail}](mailto:{mail}).', en: 'See {web}.'}}\n"
        f"actions: {{SP2: {{contact: {{email: {mail}}}, note: {{cy: 'Gweler {web}.', en: 'See {web}.'}}}}}}\n",
    )
    done = typed(product, "--partnership", "ty-gwyr", "--project", bed.project.root)
    assert done.status == 0, done.err
    [path] = (bed.project.root / "output" / "packs" / "ty-gwyr").glob("*.pdf")
    said = "".join(reading.pages(path))
    assert reading.squeezed(mail) in said
    assert reading.squeezed(web) in said


def test_a_note_that_does_not_fit_on_its_page_runs_over(bed: Bed) -> None:
    long = "Gair ar ôl gair ar ôl gair. " * 60
    text = LEAST + f"actions: {{SP1: {{note: {{cy: {long}, en: Short.}}}}}}\n"
    bed.write("ty-gwyr.yaml", text)
    asked = ("handouts", "--partnership", "ty-gwyr", "--project", bed.project.root, "--action", "SP1")
    done = typed(*asked, "--layout", "back-to-back")
    assert done.status == 0, done.err
    [path] = (bed.project.root / "output" / "packs" / "ty-gwyr").glob("*.pdf")
    assert sum(page.count("Gairarôlgairarôlgair.") for page in reading.pages(path)) >= 58


def test_beside_another_language_what_is_local_stands_overleaf_with_its_title(bed: Bed) -> None:
    long = "Gair ar ôl gair ar ôl gair. " * 60
    bed.write("ty-gwyr.yaml", LEAST + f"actions: {{SP1: {{note: {{cy: {long}, en: Short.}}}}}}\n")
    for layout in ("parallel-columns", "block-by-block", "top-and-bottom"):
        asked = ("handouts", "--partnership", "ty-gwyr", "--project", bed.project.root, "--action", "SP1")
        assert typed(*asked, "--layout", layout).status == 0
        folder = bed.project.root / "output" / "packs" / "ty-gwyr"
        usual = "" if layout == "parallel-columns" else f".{layout}"
        path = folder / f"handouts.ty-gwyr.cy-en.SP1{usual}.pdf"
        _, overleaf = reading.pages(path)
        assert "SP1Casglugwybodaeth" in overleaf
        assert "SP1Informationgathering" in overleaf
        assert overleaf.index("Casglu") < overleaf.index("Gairarôlgair") < overleaf.index("Information")


def test_what_is_brief_stands_in_a_box_beside_the_same_in_the_other_language(bed: Bed) -> None:
    """On the page of its action, with whose it is, and no page for it, nor an empty one for its neighbour."""
    bed.write("ty-gwyr.yaml", LEAST + "actions: {SP1: {note: {cy: Gair byr., en: A short word.}}}\n")
    chosen = ("--action", "SP1", "--action", "SP2")
    done = typed("handouts", "--partnership", "ty-gwyr", "--project", bed.project.root, *chosen)
    assert done.status == 0, done.err
    [path] = (bed.project.root / "output" / "packs" / "ty-gwyr").glob("*.pdf")
    with_note, without = reading.pages(path)
    assert (
        with_note.index("Ynlleol·")
        < with_note.index("Gairbyr.")
        < with_note.index("Locally·")
        < with_note.index("Ashortword.")
    )
    assert "Ynlleol" not in without


def test_boxes_of_what_is_local_keep_step_on_facing_pages(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    """As high in both languages, and what is below them: questions, or without room for them a heading over rows."""
    for whose, code, heads in (
        ("example-early", "SP2", ("Yn lleol|Locally", "Ein nodiadau|Our notes", "Beth yw|What is the next")),
        ("example-mature", "GA3", ("Yn lleol|Locally", "Ein nodiadau|Our notes")),
    ):
        wanted = ("toolkit", "--partnership", whose, "--action", code, "--layout", "parallel-pages")
        assert typed(*wanted, "--output", tmp_path).status == 0
        [path] = tmp_path.rglob(f"toolkit.{whose}.*.pdf")
        first, second = (page for _, title, page in reading.bookmarks(path) if title.startswith(f"{code} "))
        for head in heads:
            one, other = (reading.find(path, page, head)[0].bottom for page in (first, second))
            assert one == pytest.approx(other, abs=1), (code, head)
        if len(heads) == 2:
            pictures = [reading.picture(path, page, 1).convert("RGB") for page in (first, second)]
            pale = mixed(shipped_catalogue.framework.category("governance").colour, "#ffffff", 0.9)
            ground = ImageColor.getrgb(pale)
            ends = [max(y for y in range(each.height) if each.getpixel((120, y)) == ground) for each in pictures]
            assert ends[0] == pytest.approx(ends[1], abs=2)
            for each, end in zip(pictures, ends, strict=True):
                below = range(end + 4, round(285 * POINTS))
                assert len([y for y in below if each.getpixel((120, y)) != (255, 255, 255)]) >= 3
            assert not any(reading.find(path, page, "Beth yw|What is the next") for page in (first, second))


def test_beside_what_is_local_there_is_room_to_write(tmp_path: Path) -> None:
    """On the fullest handout of the example, which has a language on each side."""
    done = typed("handouts", "--partnership", "example-mature", "--action", "GA3", "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.rglob("*.pdf")
    welsh, english = reading.pages(path)
    assert "Ynlleol·" in welsh
    assert "Einnodiadau" in welsh
    assert "Locally·" in english
    assert "Ournotes" in english


@pytest.mark.parametrize("words", [(), ("--layout", "tilt-and-turn", "--for-print")], ids=str)
def test_what_is_local_overleaf_keeps_its_neighbours_on_their_own_sheets(bed: Bed, words: tuple[str, ...]) -> None:
    """Printed on both sides, a handout is a sheet; page numbers and bookmarks count the blank pages."""
    long = "Gair ar ôl gair ar ôl gair. " * 60
    bed.write("ty-gwyr.yaml", LEAST + f"actions: {{SP2: {{note: {{cy: {long}, en: Short.}}}}}}\n")
    chosen = ("--action", "SP1", "--action", "SP2", "--action", "SP3")
    done = typed("handouts", "--partnership", "ty-gwyr", "--project", bed.project.root, *chosen, *words)
    assert done.status == 0, done.err
    files = sorted((bed.project.root / "output" / "packs" / "ty-gwyr").glob("*.pdf"), key=lambda path: len(path.name))
    begun: dict[str, int] = {}
    for _, title, page in reading.bookmarks(files[0]):
        begun.setdefault(title[:3], page)
    for path in files:
        pages = reading.pages(path)
        assert all(code in pages[page] and page % 2 == 0 for code, page in begun.items())
        sheets = [{code for code in begun if code in "".join(pages[at : at + 2])} for at in range(0, len(pages), 2)]
        assert all(len(sheet) == 1 for sheet in sheets), "a sheet has one action"
    assert reading.failures(files[0]) == ""


def test_a_pack_in_one_language_is_refused_in_two(bed: Bed) -> None:
    bed.write("ty-gwyr.yaml", "name: {cy: Partneriaeth Tŷ Gŵyr}\nedition: {languages: cy}\n")
    words = ("summary", "--partnership", "ty-gwyr", "--project", bed.project.root, "--action", "SP1")
    for language in ("both", "en"):
        done = typed(*words, "--language", language)
        assert done.status == 2
        assert f"the texts of ty-gwyr are not in “{language}”. Allowed: cy." in done.err
    assert typed(*words).status == 0
    assert (bed.project.root / "output" / "packs" / "ty-gwyr" / "summary.ty-gwyr.cy.SP1.pdf").is_file()


def test_check_looks_at_every_partnership(bed: Bed) -> None:
    assert typed("check", "--project", bed.project.root).status == 0
    bed.write("ty-gwyr.yaml", "name: {cy: A}\n")
    bed.write("arall.yaml", "nam: {cy: A, en: B}\n")
    done = typed("check", "--project", bed.project.root)
    assert done.status == 1
    assert done.out.splitlines() == [
        "content/partnerships/arall.yaml:1:1: error: nam: unknown key; did you mean “name”? (known: "
        + done.out.splitlines()[0].rpartition("known: ")[2],
        "content/partnerships/ty-gwyr.yaml:1:7: error: name.en: missing; add it",
    ]


def test_the_language_that_it_wants_first_is_first(bed: Bed) -> None:
    bed.write("ty-gwyr.yaml", LEAST + "edition: {first: en}\n")
    done = typed("summary", "--partnership", "ty-gwyr", "--project", bed.project.root, "--action", "SP1")
    assert done.status == 0, done.err
    [entry] = json.loads((bed.project.root / "output" / "manifest.json").read_text("utf-8"))["files"]
    assert entry["languages"] == ["en", "cy"]
    assert entry["path"] == "packs/ty-gwyr/summary.ty-gwyr.cy-en.SP1.pdf"
    english, welsh = reading.pages(bed.project.root / "output" / entry["path"])
    assert "Framework" in english
    assert "Fframwaith" in welsh


@pytest.mark.parametrize(
    ("edition", "layouts"),
    [
        ("layout: tilt-and-turn", {"summary": "tilt-and-turn", "handouts": "tilt-and-turn"}),
        ("layout: parallel-columns", {"summary": "back-to-back", "handouts": "parallel-columns"}),
        ("layout: top-and-bottom", {"summary": "back-to-back", "handouts": "top-and-bottom"}),
        ("layout: block-by-block, greyscale: true", {"summary": "back-to-back", "handouts": "block-by-block"}),
        ("large_print: true, layout: back-to-back", {"summary": "back-to-back", "handouts": "back-to-back"}),
    ],
)
def test_a_pack_is_set_as_it_wants_by_the_products_that_can(bed: Bed, edition: str, layouts: dict[str, str]) -> None:
    local = "actions: {SP1: {note: {cy: Nodyn lleol., en: A local note.}, who: [{cy: Ni, en: Us}]}}\n"
    bed.write("ty-gwyr.yaml", f"{LEAST}{local}edition: {{{edition}}}\nproducts: [summary, handouts, cards]\n")
    root = bed.project.root
    done = typed("build", "--partnership", "ty-gwyr", "--project", root, "--action", "SP1")
    assert done.status == 0, done.err
    listed = json.loads((root / "output" / "manifest.json").read_text("utf-8"))["files"]
    found = {entry["product"]: entry["layout"] for entry in listed}
    assert {product: found[product] for product in layouts} == layouts
    assert ("cards" in found) is ("large_print" not in edition)
    path = root / "output" / "packs" / "ty-gwyr" / "handouts.ty-gwyr.cy-en.SP1.pdf"
    assert reading.failures(path) == ""
    text = "".join(reading.pages(path))
    assert "Nodynlleol." in text
    assert "Alocalnote." in text


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_in_grey_the_logo_is_grey_too(bed: Bed, kind: str) -> None:
    from io import BytesIO

    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (600, 300), "#c00000").save(drawn, "PNG")
    red = (
        '<rect width="40" height="20" fill="rgb(192 0 0)"/><rect x="20" width="20" height="20" style="fill: crimson"/>'
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{red}</svg>'
    bed.write(f"logo.{kind}", svg if kind == "svg" else drawn.getvalue())
    logo = f"logo: {{file: logo.{kind}, alternative: {{cy: Coch, en: Red}}}}\n"
    bed.write("ty-gwyr.yaml", f'{LEAST}{logo}colours: {{ground: "#7a0c2e", band: "#b35900"}}\n')
    root = bed.project.root
    words = ("toolkit", "--partnership", "ty-gwyr", "--project", root, "--action", "SP1")
    path = root / "output" / "packs" / "ty-gwyr" / "toolkit.ty-gwyr.cy-en.SP1.pdf"
    assert typed(*words).status == 0
    assert _colourfulness(path) > 100
    done = typed(*words, "--greyscale")
    assert done.status == 0, done.err
    assert _colourfulness(path.with_suffix(".grey.pdf")) <= 2
    assert _colourfulness(path) > 100, "the file in colour stays as it was"


def _colourfulness(path: Path) -> int:
    """The most that the channels of a pixel of the cover's logo differ."""
    image = reading.picture(path, 0).convert("RGB").crop((100, 100, 440, 260))
    red, green, blue = (list(channel.tobytes()) for channel in image.split())
    return max(max(pixel) - min(pixel) for pixel in zip(red, green, blue, strict=True))


@pytest.mark.parametrize("deck", ["text", "picture"])
def test_names_at_the_foot_of_cards_take_no_further_card(bed: Bed, tmp_path: Path, deck: str) -> None:
    """All that the shipped actions say has room on their cards with a name as it has without."""
    bed.write("ty-gwyr.yaml", f"{LEAST}short_name: {{cy: Rhwydwaith Tŷ Gŵyr, en: Tŷ Gŵyr Network}}\nsheets: false\n")
    found = []
    for whose in ((), ("--partnership", "ty-gwyr")):
        done = typed("cards", "--deck", deck, *whose, "--project", bed.project.root, "--output", tmp_path)
        assert done.status == 0, done.err
        entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
        found.append([entry["pages"] for entry in entries if "sheets" not in entry["path"]][-1])
    assert found[0] == found[1] == 46
