"""What a partnership's file may say, what is said of its faults, and where."""

from __future__ import annotations

import pickle
import unicodedata
from pathlib import Path

import pytest

from tests.making import LONG_WORD
from tests.partnerships.planting import LEAST, SVG, Bed
from toolkit_builder.catalogue.documents import Position, SourceDocument
from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import FaultsError, UsageError
from toolkit_builder.partnerships.loading import Partnerships

WHOLE = f"""\
name:
  cy: Partneriaeth {LONG_WORD}
  en: "{LONG_WORD} Partnership"
short_name: {{cy: Tŷ Gŵyr, en: Tŷ Gŵyr}}
logo:
  file: logo.svg
  alternative: {{cy: Cylch, en: A circle}}
colours: {{ground: "#2f5d1e", band: "#b07a00"}}
contact:
  name: Siân Ŵyn
  role: {{cy: Cydlynydd, en: Coordinator}}
  email: sian@example.org
  telephone: 01632 960 001
web: {{cy: https://example.org/cy, en: https://example.org/en}}
foreword: {{cy: Croeso., en: Welcome.}}
introduction: {{cy: Dyma ni., en: Here we are.}}
workshop: {{date: 2027-03-01, place: {{cy: Neuadd y Dref, en: The town hall}}}}
products: [toolkit, cards]
selection:
  stage: early
  category: [governance, shared-purpose]
  unstated: include
edition: {{first: en, layout: parallel-pages, large_print: true, greyscale: true, low_ink: true}}
sheets: false
actions:
  SP1:
    examples: [{{cy: Cinio, en: Lunch}}]
    note: {{cy: Nodyn., en: A note.}}
    who: [{{cy: Ni, en: Us}}]
    contact: {{name: Ifan}}
    order: 2
  SP2: {{leave_out: true}}
pages:
  - id: map
    title: {{cy: Map, en: Map}}
    file: {{cy: map/cy.md, en: map/en.md}}
    after: governance
"""


def test_a_whole_partnership_is_read_as_it_was_written(bed: Bed) -> None:
    bed.write("logo.svg", SVG)
    bed.write("map/cy.md", "Dyma’r map.\n")
    bed.write("map/en.md", "This is the map.\n")
    read = bed.read(WHOLE)
    assert (read.id, read.languages, read.short_name["cy"]) == ("ty-gwyr", ("cy", "en"), "Tŷ Gŵyr")
    assert read.name.as_dict() == {"cy": f"Partneriaeth {LONG_WORD}", "en": f"{LONG_WORD} Partnership"}
    assert read.file.products == ("toolkit", "cards")
    assert read.file.sheets is False
    assert (read.file.edition.first, read.file.edition.layout) == ("en", "parallel-pages")
    assert read.file.edition.low_ink
    assert read.file.web is not None
    assert read.file.web["cy"] == "https://example.org/cy"
    assert read.wanted.scales == {"stage": ("early",)}
    assert read.wanted.category == ("governance", "shared-purpose")
    assert read.wanted.unstated == "include"
    assert read.left_out == ("SP2",)
    assert (read.order("SP1"), read.order("SP3")) == (2, None)
    local = read.local_to("SP1")
    assert local is not None
    assert local.note is not None
    assert local.note["en"] == "A note."
    assert read.local_to("SP2") is None
    assert [(page.id, page.text["cy"], page.after) for page in read.pages] == [("map", "Dyma’r map.", "governance")]
    assert (read.logos["cy"].kind, read.logos["cy"]) == ("svg", read.logos["en"])
    assert b'fill="#123456"' in read.logos["en"].data
    assert read.warnings == ()


def test_every_fault_is_told_at_once_each_with_its_place(bed: Bed) -> None:
    faults = bed.faults(
        "name: {cy: Partneriaeth X}\n"
        "colour: {ground: red}\n"
        "web: example.org\n"
        "products: [cards, posters]\n"
        "selection: {stage: earl, category: sp}\n"
        "edition: {layout: side-by-side}\n"
        "workshop: {date: 1 March}\n"
        "contact: {email: sian at example}\n"
        "actions:\n"
        "  SP9: {leave_out: true}\n"
        "  SP1: {order: first, note: {en: Only in English}}\n"
        "pages:\n"
        "  - {id: map, title: {cy: Map, en: Map}, file: {cy: a.md, en: b.md}, before: money}\n"
    )
    place = "content/partnerships/ty-gwyr.yaml"
    assert [fault.partition(": error: ")[0] for fault in faults] == [
        f"{place}:1:7",
        f"{place}:2:1",
        f"{place}:3:6",
        f"{place}:4:19",
        f"{place}:5:20",
        f"{place}:5:36",
        f"{place}:6:19",
        f"{place}:7:18",
        f"{place}:8:18",
        f"{place}:10:3",
        f"{place}:11:16",
        f"{place}:11:29",
        f"{place}:13:78",
    ]
    assert faults[0].endswith("name.en: missing; add it")
    assert "did you mean “colours”?" in faults[1]
    assert "allowed: badges, blank-cards, cards" in faults[3]
    assert "did you mean “early”?" in faults[4]
    assert "parallel-columns, block-by-block, parallel-pages, top-and-bottom" in faults[6]
    assert "“first” is no whole number" in faults[10]
    assert faults[11].endswith("actions.SP1.note.cy: missing; add it")


@pytest.mark.parametrize(
    ("more", "where", "said"),
    [
        (
            "selection: {stage: 'early, mid'}",
            "selection.stage",
            "is one text; write a list, [early, mid], or in a table",
        ),
        (
            "products: cards; toolkit",
            "products",
            "is one text; write a list, [cards, toolkit], or in a table cards; to",
        ),
        ("contact: {}", "contact", "says nothing; write one of: name, role"),
        ("actions: {SP1: {order: 1}, SP2: {order: 1}}", "actions.SP2.order", "1 is the place of SP1 too"),
        ("actions: {SP1: {order: 0}}", "actions.SP1.order", "too small; write 1 or more"),
        ("edition: {languages: cy, first: en}", "edition.first", "not among the pack’s languages (cy)"),
        ("edition: {languages: cy, layout: back-to-back}", "edition.layout", "the pack is in one; leave it out"),
        ("products: cards\nedition: {large_print: true}", "edition.large_print", "none of its products comes in large"),
        (
            "products: [cards, summary]\nedition: {layout: parallel-pages}",
            "edition.layout",
            "none of its products takes parallel-pages (cards: top-and-bottom, back-to-back, tilt-and-turn; summary: ",
        ),
        ("logo: {file: none.svg, alternative: {cy: A, en: B}}", "logo.file.cy", "no such file “none.svg”"),
        ("logo: {file: ../../labels.yaml, alternative: {cy: A, en: B}}", "logo.file.cy", "lies outside"),
        ("logo: {file: logo.svg}", "logo.alternative", "missing"),
        ("logo: {file: logo.svg, alternative: {en: B}}", "logo.alternative.cy", "missing"),
    ],
)
def test_what_does_not_agree_is_a_fault(bed: Bed, more: str, where: str, said: str) -> None:
    bed.write("logo.svg", SVG)
    found = bed.faults(LEAST + more + "\n")
    assert len(found) == 1
    assert f" {where}: " in found[0]
    assert said in found[0]


def test_pages_stand_before_or_after_a_category_under_ids_of_their_own(bed: Bed) -> None:
    bed.write("a.md", "A")
    bed.write("b.md", "B")
    page = "  - {id: map, title: {cy: Map, en: Map}, file: {cy: a.md, en: b.md}"
    faults = bed.faults(f"{LEAST}pages:\n{page}}}\n{page}, before: finance, after: finance}}\n")
    place = "content/partnerships/ty-gwyr.yaml"
    assert faults == [
        f"{place}:3:5: error: pages[1]: stands neither before nor after a category; write one of before and after",
        f"{place}:4:5: error: pages[2]: stands both before and after a category; write one of before and after",
        f"{place}:4:10: error: pages[2].id: “map” stands 2 times; each may stand once",
    ]


def test_a_page_needs_a_file_of_its_own_in_each_language(bed: Bed) -> None:
    bed.write("a.md", "A")
    bed.write("empty.md", " \n")
    bed.write("latin.md", "Tŷ".encode("utf-16"))
    page = "  - {{id: {id}, title: {{cy: Map, en: Map}}, before: finance, file: {file}}}\n"
    text = LEAST + "pages:\n" + page.format(id="one", file="a.md")
    text += page.format(id="two", file="{cy: empty.md, en: latin.md}")
    assert [fault.partition(": error: ")[2] for fault in bed.faults(text)] == [
        "is empty; write the page, or remove it from “pages”",
        "is encoded as UTF-16; save it as UTF-8",
        "pages[1].file.en: “a.md” is the file of cy too; each language needs one of its own",
    ]


def test_a_pack_in_one_language_needs_texts_in_that_one_only(bed: Bed) -> None:
    read = bed.read(
        "name: {cy: Partneriaeth Tŷ Gŵyr}\nedition: {languages: cy}\nforeword: {cy: Croeso., en: Welcome.}\n"
    )
    assert read.languages == ("cy",)
    assert bed.faults("name: {en: Tŷ Gŵyr}\nedition: {languages: [cy]}\n")[0].endswith("name.cy: missing; add it")


@pytest.mark.parametrize(
    ("colours", "faults"),
    [
        ('ground: "#123456", band: "#b35900"', []),
        ('ground: "#777777"', [":2:19: error: colours.ground: #777777 has a contrast of 4.4:1 against"]),
        ('band: "#949494"', []),
        ('ground: "#f5b800", band: "#f5b800"', [":2:19: error: colours.ground", ":2:36: error: colours.band"]),
    ],
)
def test_a_colour_that_cannot_be_seen_is_a_fault_with_the_nearest_that_can(
    bed: Bed, colours: str, faults: list[str]
) -> None:
    found = bed.faults(f"{LEAST}colours: {{{colours}}}\n")
    assert len(found) == len(faults)
    for said, wanted in zip(found, faults, strict=True):
        assert wanted in said
        nearest = said.rpartition("The nearest colour that passes is ")[2]
        assert bed.faults(f'{LEAST}colours: {{ground: "{nearest}"}}\n') == [] or "band" in wanted


def test_an_unknown_partnership_is_told_with_those_that_there_are(bed: Bed) -> None:
    bed.write("ty-gwyr.yaml", LEAST)
    known = Partnerships(bed.project, load(bed.project)).ids()
    assert "ty-gwyr" in known
    with pytest.raises(UsageError) as told:
        bed.load("ty-gwyn")
    assert "Did you mean “ty-gwyr”?" in told.value.message
    assert f"There are: {', '.join(known)}." in told.value.message


def test_a_file_elsewhere_is_read_with_what_lies_beside_it(bed: Bed, tmp_path: Path) -> None:
    folder = tmp_path / "ffolder arall"
    folder.mkdir()
    (folder / "logo.svg").write_text(SVG, "utf-8")
    logo = "logo: {file: logo.svg, alternative: {cy: Cylch, en: A circle}}\n"
    (folder / "ty-gwyr.yaml").write_text(LEAST + logo, "utf-8")
    read = bed.load(str(folder / "ty-gwyr.yaml"))
    assert (read.id, set(read.logos)) == ("ty-gwyr", {"cy", "en"})
    (folder / "Tŷ Gŵyr.yaml").write_text(LEAST, "utf-8")
    with pytest.raises(FaultsError, match="“Tŷ Gŵyr” cannot be the id of a partnership"):
        bed.load(str(folder / "Tŷ Gŵyr.yaml"))


def test_data_from_a_row_is_checked_the_same_with_its_own_places(bed: Bed) -> None:
    partnerships = Partnerships(bed.project, load(bed.project))
    data: SourceDocument = SourceDocument(
        "partneriaethau.csv",
        {"name": {"cy": "Partneriaeth Ŵ", "en": ""}, "colours": {"ground": "#ffff00"}},
        {(): Position(7, 1), ("name", "en"): Position(7, 3), ("colours", "ground"): Position(7, 9)},
    )
    with pytest.raises(FaultsError) as told:
        partnerships.partnership_from(data, "w", bed.folder)
    empty, faint = map(str, told.value.faults)
    assert empty == "partneriaethau.csv:7:3: error: name.en: is empty; write the text, in quotes if it begins with “#”"
    assert faint.startswith("partneriaethau.csv:7:9: error: colours.ground: #ffff00 has a contrast of 1.0:1")


def test_a_partnership_can_be_made_anew_from_its_data_elsewhere(bed: Bed) -> None:
    read = bed.read(LEAST + "actions: {SP1: {order: 2}}\n")
    sent: SourceDocument = pickle.loads(pickle.dumps(read.document))  # noqa: S301
    again = Partnerships(bed.project, load(bed.project)).partnership_from(sent, read.id, bed.folder)
    assert again.name.as_dict() == read.name.as_dict()
    assert again.order("SP1") == 2
    assert again.positions == read.positions


@pytest.mark.parametrize(("said", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_files_are_found_however_their_names_are_composed(said: str, there: str, bed: Bed) -> None:
    """A Mac's archive has ŵ as a letter and an accent, where a keyboard writes one letter."""

    def form(kind: str, name: str) -> str:
        return unicodedata.normalize(kind, name)  # type: ignore[arg-type]

    bed.write(form(there, "tŷ/dŵr.svg"), SVG)
    bed.write(form(there, "tŷ/â.md"), "Dyma’r map.\n")
    bed.write(form(there, "tŷ/ô.md"), "This is the map.\n")
    asked = (
        "logo: {file: tŷ/dŵr.svg, alternative: {cy: Cylch, en: A circle}}\n"
        "pages: [{id: map, title: {cy: Map, en: Map}, file: {cy: tŷ/â.md, en: tŷ/ô.md}, before: governance}]\n"
    )
    read = bed.read(LEAST + form(said, asked))
    assert read.logos["cy"].kind == "svg"
    assert [page.text["en"] for page in read.pages] == ["This is the map."]


def test_one_file_is_one_however_its_name_is_composed(bed: Bed) -> None:
    bed.write("tŷ.md", "Dyma’r map.\n")
    names = f'cy: tŷ.md, en: "{unicodedata.normalize("NFD", "tŷ.md")}"'
    faults = bed.faults(
        LEAST + f"pages: [{{id: map, title: {{cy: Map, en: Map}}, file: {{{names}}}, before: governance}}]\n"
    )
    assert "is the file of cy too" in " ".join(faults)


def test_an_id_has_no_more_letters_than_names_of_files_can(bed: Bed) -> None:
    bed.read(LEAST, "a" * 100)
    [fault] = bed.faults(LEAST, "a" * 101)
    assert fault.endswith("; write lower-case letters, with hyphens between words, 100 characters at most")


def test_of_several_colours_each_is_told_and_figures_need_no_hash(bed: Bed) -> None:
    with pytest.raises(FaultsError) as caught:
        bed.read(f'{LEAST}colours: {{ground: yellow, band: "ffee00"}}\n')
    assert "“yellow” cannot stand here; write a colour such as “#0b6468”, in quotes" in caught.value.message
    assert "colours.band: #ffee00 has a contrast of 1.2:1" in caught.value.message
    assert bed.read(f"{LEAST}colours: {{ground: 1a5c3a}}\n").file.colours.ground == "#1a5c3a"
