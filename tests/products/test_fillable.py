"""Documents to fill in on a screen: fields that PDF/UA asks for, in the right places, named for whoever listens."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tests import making, reading
from tests.making import Copy
from tests.products.conftest import Made
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project, shipped

MM = 72 / 25.4
TWO: dict[str, Any] = {"actions": ("SP1", "GA3")}
MULTILINE, NO_SCROLL = 1 << 12, 1 << 23
TYPED = "Tŷ’r Wŷl: ŵyr Siân, ẁ ỳ ẅ ïâêîô – “gair”"
DOCUMENTS: list[tuple[str, dict[str, Any]]] = [
    ("toolkit", {}),
    ("toolkit", {"layout": "tilt-and-turn", "greyscale": True}),
    ("toolkit", {"large_print": True}),
    ("handouts", {}),
    ("handouts", {"layout": "block-by-block"}),
    ("handouts", {"layout": "top-and-bottom"}),
    ("handouts", {"large_print": True}),
    ("worksheet", {}),
    ("worksheet", {"layout": "back-to-back"}),
    ("worksheet", {"large_print": True}),
    ("sorting-mat", {}),
    ("slips", {}),
    ("wall-plan", {}),
]


@pytest.fixture(params=DOCUMENTS, ids=lambda each: "-".join([each[0], *map(str, each[1].values())]))
def filled_in(request: pytest.FixtureRequest, made: Made) -> Path:
    product, how = request.param
    return made(product, how={**how, "fillable": True}, **TWO)


@pytest.fixture
def sheet(made: Made) -> Path:
    """The planning worksheet, with both languages on its page."""
    return made("worksheet", how={"fillable": True})


@dataclass(frozen=True)
class FoundField:
    """A field: its name, what is read out, its rectangle in mm from the page's left and bottom, its flags."""

    name: str
    label: str
    rectangle: tuple[float, ...]
    flags: int

    @property
    def width(self) -> float:
        return self.rectangle[2] - self.rectangle[0]

    @property
    def height(self) -> float:
        return self.rectangle[3] - self.rectangle[1]


def fields(path: Path) -> dict[str, FoundField]:
    """The fields of a document in their order, by name without the leaf."""
    with pikepdf.open(path) as pdf:
        found = [
            FoundField(
                str(field["/T"]),
                str(field.TU),
                tuple(float(edge) / MM for edge in field.Rect),
                int(field.get("/Ff", 0)),
            )
            for field in pdf.Root.AcroForm.Fields
        ]
    return {field.name.partition("_")[2]: field for field in found}


def test_it_passes_pdf_ua(filled_in: Path) -> None:
    assert reading.failures(filled_in) == ""
    assert reading.untagged_annotations(filled_in) == 0
    assert reading.unembedded_fonts(filled_in) == 0


def test_every_field_is_named_and_in_the_tree(filled_in: Path) -> None:
    """ISO 14289-1, 7.18: each in a Form element, which the parent tree leads back to; pages are gone through in it."""
    with pikepdf.open(filled_in) as pdf:
        form = pdf.Root.AcroForm
        assert set(form.keys()) == {"/Fields", "/DR"}, "no XFA, and no appearances that are left to the viewer"
        names = [str(field["/T"]) for field in form.Fields]
        assert len(names) > 1
        assert len(set(names)) == len(names)
        assert not any("." in name for name in names), "a full stop divides names"
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        on_pages = []
        for page in pdf.pages:
            assert page.Tabs == "/S"
            for note in page.get("/Annots", ()):
                if note.Subtype == "/Widget":
                    on_pages.append(note.objgen)
                    assert note.P.objgen == page.obj.objgen
                    element = parents[int(note.StructParent)]
                    assert element.S == "/Form"
                    assert [kid.Obj.objgen for kid in element.K] == [note.objgen], "nothing else is in it"
        assert sorted(on_pages) == sorted(field.objgen for field in form.Fields)
        assert len({int(field.StructParent) for field in form.Fields}) == len(names)


def test_what_is_typed_has_a_font_that_is_in_the_file(filled_in: Path) -> None:
    with pikepdf.open(filled_in) as pdf:
        fonts = pdf.Root.AcroForm.DR.Font
        for field in pdf.Root.AcroForm.Fields:
            if field.FT == "/Btn":
                continue
            typed_in = re.search(r"/(\w+) ([\d.]+) Tf", str(field.DA))
            assert typed_in
            assert float(typed_in[2]) >= 11
            font = fonts[f"/{typed_in[1]}"]
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert field.AP.N.Resources.Font[f"/{typed_in[1]}"].objgen == font.objgen
            assert int(field.Ff) & NO_SCROLL, "what does not fit on paper cannot be typed"
            texts = bytes(font.ToUnicode.read_bytes()).lower()
            assert all(f"<{ord(letter):04x}>".encode() in texts for letter in set(TYPED))


def test_labels_name_both_languages_the_page_s_own_first(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("toolkit", how={"fillable": True}, **TWO)
    with pikepdf.open(path) as pdf:
        labels = {str(field["/T"]): str(field.TU) for field in pdf.Root.AcroForm.Fields}
    why = shipped_catalogue.labels["worksheet"]["why"]
    assert labels["toolkit-worksheet-cy_1-why"] == f"1. {why['cy']} / {why['en']}"
    assert labels["toolkit-worksheet-en_1-why"] == f"1. {why['en']} / {why['cy']}"
    asked = shipped_catalogue.labels["handout"]["already"]
    assert labels["toolkit-action-SP1-en_already"] == f"{asked['en']} / {asked['cy']}"
    alone = fields(made("worksheet", "cy", how={"fillable": True}))
    assert alone["1-why"].label == f"1. {why['cy']}", "a document in one language speaks that alone"


def test_halves_of_a_handout_each_name_their_own_language_first(made: Made) -> None:
    found = fields(made("handouts", how={"layout": "top-and-bottom", "fillable": True}, **TWO))
    assert found["notes-cy"].label == "Ein nodiadau / Our notes"
    assert found["notes-en"].label == "Our notes / Ein nodiadau"


def test_the_worksheet_s_fields_are_its_cells(sheet: Path) -> None:
    found = fields(sheet)
    widths = {"why": 62, "step": 85, "who": 45, "when": 35}
    for row in range(1, 6):
        for column, width in widths.items():
            field = found[f"{row}-{column}"]
            assert field.width == pytest.approx(width, abs=0.5)
            assert field.height == pytest.approx(27, abs=0.5)
            assert field.flags & MULTILINE
    left = 25 + 20.0
    for column, width in widths.items():
        assert found[f"1-{column}"].rectangle[0] == pytest.approx(left, abs=0.5)
        left += width
    for row in range(1, 5):  # one below the other
        assert found[f"{row}-why"].rectangle[1] == pytest.approx(found[f"{row + 1}-why"].rectangle[3], abs=0.5)
    assert found["review"].height < 9
    assert not found["review"].flags & MULTILINE


def test_a_field_stands_below_the_words_that_ask_for_it(made: Made) -> None:
    path = made("toolkit", how={"fillable": True}, **TWO)
    with pikepdf.open(path) as pdf:
        [page] = [
            number
            for number, page in enumerate(pdf.pages)
            if any(str(note.get("/T", "")) == "toolkit-action-SP1-en_already" for note in page.get("/Annots", ()))
        ]
        [edge] = [
            float(note.Rect[3])
            for note in pdf.pages[page].Annots
            if str(note.get("/T", "")) == "toolkit-action-SP1-en_already"
        ]
    [words] = reading.find(path, page, r"What do we do already")
    assert edge < words.bottom
    assert words.bottom - edge < 3 * MM


def test_the_fields_of_a_row_are_read_in_the_order_of_the_row(sheet: Path) -> None:
    names = list(fields(sheet))
    row = ["shared-purpose", "governance", "finance", "card", "why", "step", "who", "when"]
    assert names == [f"{number}-{name}" for number in range(1, 6) for name in row] + ["review"]
    assert "TD(Form)" in reading.shape(sheet)


# Left, bottom, right and top, in mm from the left lower corner of the page.
PLACES: dict[str, dict[str, tuple[float, float, float, float]]] = {
    "sorting-mat": {
        "already": (8, 216, 294, 412),
        "not-now": (300, 216, 586, 412),
        "next-1-2": (8, 14, 586, 210),
        "next-1": (8, 14, 586, 210),
        "next-3": (8, 14, 586, 210),
    },
    "slips": {
        "1-own-will": (11, 198, 136, 297),
        "1-own-by": (11, 198, 136, 297),
        "3-own-with": (11, 0, 136, 99),
        "2-stub-name": (136, 99, 210, 198),
    },
    "wall-plan": {
        "1-card": (21, 245, 127, 292),
        "2-now": (145, 160, 275, 236),
        "3-year-who": (281, 10, 411, 60),
    },
}


@pytest.mark.parametrize("product", PLACES)
def test_fields_of_the_workshop_stand_in_their_places(made: Made, product: str) -> None:
    found = fields(made(product, how={"fillable": True}))
    assert len(found) == {"sorting-mat": 7, "slips": 18, "wall-plan": 21}[product]
    for name, (left, bottom, right, top) in PLACES[product].items():
        at = found[name].rectangle
        assert left < at[0] < at[2] < right, name
        assert bottom < at[1] < at[3] < top, name
    every = list(found.values())
    for one, other in ((one, other) for one in every for other in every if one is not other):
        a, b = one.rectangle, other.rectangle
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], f"{one.name} over {other.name}"
    assert len({field.label for field in every}) == len(every), "each is told from the others by ear"
    if product == "sorting-mat":
        assert all(field.flags & MULTILINE for field in every)


def test_fields_of_the_workshop_name_their_place_in_both_languages(made: Made) -> None:
    assert fields(made("sorting-mat", how={"fillable": True}))["next-2"].label == "2. Nesaf / Next"
    stub = fields(made("slips", how={"fillable": True}))["1-stub-by"]
    assert stub.label == "1. I’r trefnydd: Erbyn / For the organiser: By"
    who = fields(made("wall-plan", how={"fillable": True}))["1-now-who"]
    assert who.label == "1. Nawr: Pwy · Erbyn pryd / Now: Who · By when"


@pytest.mark.parametrize("product", PLACES)
def test_what_the_workshop_fills_in_has_the_same_page_and_no_tiles(made: Made, product: str) -> None:
    plain, fillable = made(product), made(product, how={"fillable": True})
    assert reading.pages(plain) == reading.pages(fillable)
    assert reading.picture(plain, 0).tobytes() == reading.picture(fillable, 0).tobytes()
    assert not [*fillable.parent.glob("*.sheets.pdf")]


def widgets(path: Path) -> Iterator[tuple[Any, Any, Any, str]]:
    """Each field of the first page, ready to be filled in: the form, the page, the annotation and its name."""
    with pdfium.PdfDocument(path) as document:
        document.init_forms()
        form, page = document.formenv, document[0]
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, at)
            if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET:
                length = raw.FPDFAnnot_GetFormFieldName(form, note, None, 0)
                name = (ctypes.c_ushort * (length // 2))()
                raw.FPDFAnnot_GetFormFieldName(form, note, name, length)
                yield form, page, note, bytes(name).decode("utf-16-le").rstrip("\0")


def click(form: Any, page: Any, note: Any) -> None:
    rectangle = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, ctypes.byref(rectangle))
    middle = (rectangle.left + rectangle.right) / 2, (rectangle.bottom + rectangle.top) / 2
    raw.FORM_OnLButtonDown(form, page, 0, *middle)
    raw.FORM_OnLButtonUp(form, page, 0, *middle)


def test_what_is_typed_is_seen_in_our_font_with_its_welsh_letters(sheet: Path, tmp_path: Path) -> None:
    """As Chrome fills it in: letters that are lost, or that come from another font, have another font's resource."""
    for form, page, note, name in widgets(sheet):
        if name.endswith("_1-step"):
            empty = page.render(scale=2).to_pil().tobytes()
            click(form, page, note)
            text = ctypes.create_string_buffer((TYPED + "\0").encode("utf-16-le"))
            raw.FORM_ReplaceSelection(form, page, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
            raw.FORM_ForceToKillFocus(form)
            assert page.render(scale=2).to_pil().tobytes() != empty
            page.pdf.save(tmp_path / "llawn.pdf")
    with pikepdf.open(tmp_path / "llawn.pdf") as pdf:
        [field] = [each for each in pdf.Root.AcroForm.Fields if str(each["/T"]).endswith("_1-step")]
        assert str(field.V) == TYPED
        drawn = bytes(field.AP.N.read_bytes())
    assert set(re.findall(rb"/(\S+) [\d.]+ Tf", drawn)) == {b"Wingdings"}, "the name of ours, in fields"


def test_a_box_is_ticked_and_the_tick_is_seen(sheet: Path) -> None:
    ticked = [name for form, page, note, name in widgets(sheet) if _tick(form, page, note, name)]
    assert len(ticked) == 15, "a box for each category, in five rows"


def _tick(form: Any, page: Any, note: Any, name: str) -> bool:
    if raw.FPDFAnnot_GetFormFieldType(form, note) != raw.FPDF_FORMFIELD_CHECKBOX:
        return False
    before = page.render(scale=2).to_pil().tobytes()
    click(form, page, note)
    raw.FORM_ForceToKillFocus(form)
    assert raw.FPDFAnnot_IsChecked(form, note), name
    assert page.render(scale=2).to_pil().tobytes() != before, name
    return True


def test_without_the_option_pages_are_the_same_and_have_no_fields(made: Made) -> None:
    plain, fillable = made("worksheet"), made("worksheet", how={"fillable": True})
    assert reading.picture(plain, 0).tobytes() == reading.picture(fillable, 0).tobytes()
    assert reading.pages(plain) == reading.pages(fillable)
    with pikepdf.open(plain) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any("/Annots" in page for page in pdf.pages)


def test_leaves_without_fields_are_the_plates_that_there_are(shipped_catalogue: Catalogue) -> None:
    press = Press(Project(shipped()), shipped_catalogue, Store(None))
    plain = making.leaf_keys(press, making.plan(shipped_catalogue, "toolkit", **TWO))
    fillable = making.leaf_keys(press, making.plan(shipped_catalogue, "toolkit", how={"fillable": True}, **TWO))
    other = {name.split("/")[1] for name in plain if plain[name] != fillable[name]}
    assert other == {"action", "worksheet"}


def test_the_same_bytes_twice(shipped_catalogue: Catalogue) -> None:
    plan = making.plan(shipped_catalogue, "worksheet", how={"fillable": True})
    first, second = (making.bound(Press(Project(shipped()), shipped_catalogue, Store(None), 1), plan) for _ in range(2))
    assert first == second


def test_it_costs_little(made: Made) -> None:
    plain, fillable = made("toolkit", **TWO), made("toolkit", how={"fillable": True}, **TWO)
    with pikepdf.open(fillable) as pdf:
        count = len(pdf.Root.AcroForm.Fields)
    assert 0 < fillable.stat().st_size - plain.stat().st_size < 400 * count


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("cards",),
            "these have: handouts, slips, sorting-mat, toolkit, wall-plan, worksheet",
        ),
        (("toolkit", "--layout", "tilt-and-turn", "--for-print"), "leave out --fillable"),
    ],
    ids=str,
)
def test_what_cannot_be_filled_in_is_refused(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    refused = typed(*words, "--fillable", "--output", tmp_path)
    assert refused.status == 2
    assert said in refused.err, refused.err
    assert not [*tmp_path.iterdir()]


def test_build_leaves_out_what_has_no_fields_and_says_so(tmp_path: Path) -> None:
    done = typed("build", "--fillable", "--action", "SP1", "--output", tmp_path)
    assert done.status == 0, done.err
    assert "Not to fill in, and left out: cards, summary\n" in done.err
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        f"{product}.cy-en.SP1.fillable.pdf" for product in ("handouts", "toolkit", "worksheet")
    ]


def test_a_pack_is_filled_in_too(tmp_path: Path) -> None:
    words = ("toolkit", "--partnership", "example-mature", "--action", "GA3", "--fillable")
    done = typed(*words, "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("packs/*/*.fillable.pdf")
    assert reading.failures(path) == ""
    assert "1-why" in fields(path)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<td data-field="why" data-field-name="Pam"></td>', "two fields are called why"),
        ('<td data-field="x" data-field-name="Pam" data-field-kind="date"></td>', "of the kind “date”"),
        ('<td data-field="x"></td>', "has no name to be read out"),
        (
            '<td><p data-field="x" data-field-name="Pam" style="transform: rotate(90deg)">.</p></td>',
            "is turned or scaled",
        ),
        (
            '<td><p data-field="x" data-field-name="Pam" style="display: inline-block">Llawn</p></td>',
            "no room",
        ),
    ],
    ids=lambda each: each[:40],
)
def test_a_field_that_cannot_be_is_a_fault_of_its_template(mine: Copy, cell: str, said: str, tmp_path: Path) -> None:
    template = f"""{{% extends "leaf.html" %}}{{% block body %}}<h1>Dalen</h1>
<style>td {{ width: 60mm; height: 20mm }}</style>
<table><tr><th scope="col">Pam</th></tr><tr><td data-field="why" data-field-name="Pam"></td></tr><tr>{cell}</tr></table>
{{% endblock %}}"""
    mine.write("layouts/toolkit/worksheet.html", template)
    words = ("toolkit", "--action", "SP1", "--project", mine.root, "--output", tmp_path / "allan", "--fillable")
    refused = typed(*words)
    assert refused.status == 1
    assert said in refused.err, refused.err


def test_a_product_that_says_it_has_fields_and_has_none_is_a_fault(mine: Copy, tmp_path: Path) -> None:
    path = mine.root / "layouts" / "summary" / "product.yaml"
    text = (shipped() / "layouts" / "summary" / "product.yaml").read_text("utf-8")
    mine.write(str(path.relative_to(mine.root)), text.replace("\nleaves:", "\nfillable: true\nleaves:"))
    refused = typed("summary", "--project", mine.root, "--output", tmp_path / "allan", "--fillable")
    assert refused.status == 1
    assert "layouts/summary/product.yaml: error: fillable: no template has a field" in refused.err
