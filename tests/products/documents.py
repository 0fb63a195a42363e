"""What holds for every document for the screen: what it says, in which language, to whom.

Each product has its own file of tests with a class that inherits these, and the documents that they are to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests import making, reading
from tests.products.conftest import Made
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.documents.plan import Plan


@dataclass(frozen=True)
class MadeDocument:
    path: Path
    plan: Plan
    catalogue: Catalogue


def each_of(product: str, *documents: tuple[str, Mapping[str, Any]]) -> Any:
    """A fixture of documents of a product, each a language and filters."""

    @pytest.fixture(params=documents, ids=lambda each: f"{each[0]}-{each[1] or 'whole'}")
    def document(request: pytest.FixtureRequest, made: Made, shipped_catalogue: Catalogue) -> MadeDocument:
        language, filters = request.param
        plan = making.plan(shipped_catalogue, product, language, **filters)
        return MadeDocument(made(product, language, **filters), plan, shipped_catalogue)

    return document


def is_printed(text: Text, document: MadeDocument) -> bool:
    """Whether a document has a text of an action as it was written: who takes part is put together from several, and a
    picture card in two languages has what stands first and the columns for cards.
    """
    column = text.origin.key.partition("[")[0]
    if document.plan.deck != "picture" or len(document.plan.languages) == 1:
        return column != "who"
    framework = document.catalogue.framework
    lead = next(each.id for each in framework.columns if each.kind == "text")
    return column in ("title", lead, *(each.id for each in framework.card_columns))


class Documents:
    """The tests."""

    def test_it_passes_pdf_ua(self, document: MadeDocument) -> None:
        assert reading.failures(document.path) == ""

    def test_it_has_the_pages_of_its_plan(self, document: MadeDocument) -> None:
        assert len(reading.pages(document.path)) == sum(leaf.pages for leaf in document.plan.leaves)

    def test_its_name_gives_product_and_languages(self, document: MadeDocument) -> None:
        plan = document.plan  # what is not as usual, such as a selection, comes after: test_file_names.py
        start = f"{plan.product}.{'-'.join(plan.languages)}."
        assert document.path.name.startswith(start)
        assert document.path.name.endswith(".pdf")

    def test_it_says_who_made_what_about_what(self, document: MadeDocument) -> None:
        plan = document.plan
        with pikepdf.open(document.path) as pdf, pdf.open_metadata() as metadata:
            assert str(pdf.docinfo.Title) == plan.title
            assert str(pdf.docinfo.Author) == plan.author
            assert str(pdf.docinfo.Subject) == plan.subject
            assert metadata["dc:title"] == plan.title
            assert metadata["pdfuaid:part"] == "1"
            assert str(pdf.Root.Lang) == plan.languages[0]
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pdf.Root.MarkInfo.Marked
            for language in plan.languages:
                framework = document.catalogue.framework
                assert framework.title[language] in plan.title
                assert framework.source.publisher[language] in plan.author

    def test_it_says_every_selected_action_and_no_other(self, document: MadeDocument) -> None:
        text = "".join(reading.pages(document.path))
        selected = [action for action in document.catalogue if action.code in document.plan.actions]
        spoken_of = str([action.values for action in selected])
        for action in document.catalogue:
            is_selected = action in selected
            assert (action.code in text) == is_selected or action.code in spoken_of, action.code
            for language in ("cy", "en"):
                title = reading.plain(action.title[language])
                if is_selected and language in document.plan.languages:
                    assert title in text
        assert "{{" not in text
        assert "None" not in text

    def test_every_bookmark_leads_to_its_page(self, document: MadeDocument) -> None:
        page, expected = 0, []
        for leaf in document.plan.leaves:
            expected.append((leaf.level - 1, leaf.bookmark, page))
            page += leaf.pages
        assert reading.bookmarks(document.path) == expected

    def test_every_part_says_its_language(self, document: MadeDocument) -> None:
        parts = [element for element in reading.tree(document.path) if element.kind in ("/Sect", "/Art")]
        assert len(parts) >= len(document.plan.leaves)
        assert all(part.own_language for part in parts)
        assert {part.own_language for part in parts} == set(document.plan.languages)

    def test_every_text_is_in_the_language_of_its_part(self, document: MadeDocument) -> None:
        """The language in force in the structure tree is one in which somebody wrote just that text."""
        written = reading.languages_of(document.catalogue)
        found = [element for element in reading.tree(document.path) if element.text in written]
        assert len(found) > len(document.plan.leaves) * 3
        wrong = [element for element in found if element.language not in written[element.text]]
        assert wrong == []

    def test_the_texts_of_actions_are_there_in_their_language(self, document: MadeDocument) -> None:
        if document.plan.product == "summary":
            pytest.skip("the summary has titles only, and another test for them")
        found = {(element.language, element.text) for element in reading.tree(document.path)}
        for action in document.catalogue:
            if action.code in document.plan.actions:
                for language in document.plan.languages:
                    for text in reading.texts_of(action):
                        if is_printed(text, document):
                            assert (language, reading.plain(text[language])) in found, f"{text.origin}.{language}"

    def test_the_titles_are_there_in_their_language(self, document: MadeDocument) -> None:
        found = {(element.language, element.text) for element in reading.tree(document.path)}
        for action in document.catalogue:
            if action.code in document.plan.actions:
                for language in document.plan.languages:
                    assert (language, reading.plain(action.title[language])) in found

    def test_every_picture_has_an_alternative_text(self, document: MadeDocument) -> None:
        with pikepdf.open(document.path) as pdf:
            figures = [
                item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
            ]
            assert all(str(figure.get("/Alt", "")).strip() for figure in figures)

    def test_every_link_is_known_to_the_structure_tree(self, document: MadeDocument) -> None:
        assert reading.untagged_annotations(document.path) == 0
        assert all(link.is_tagged and link.contents for link in reading.links(document.path))

    def test_its_fonts_are_source_sans_and_in_it(self, document: MadeDocument) -> None:
        fonts = reading.fonts(document.path)
        assert fonts
        assert all(font.startswith("Source-Sans-3") for font in fonts), fonts
        assert reading.unembedded_fonts(document.path) == 0

    def test_nothing_in_it_acts_or_is_attached(self, document: MadeDocument) -> None:
        with pikepdf.open(document.path) as pdf:
            assert not set(pdf.Root.keys()) & {"/OpenAction", "/AA", "/AcroForm"}
            assert len(pdf.attachments) == 0
            addresses = [
                str(note.A.URI)
                for page in pdf.pages
                for note in page.get("/Annots", ())
                if "/URI" in note.get("/A", {})
            ]
        assert all(address.startswith(("https://", "http://", "mailto:")) for address in addresses)
        assert str(Path.cwd()).encode() not in document.path.read_bytes()

    def test_its_size(self, document: MadeDocument) -> None:
        assert reading.sizes(document.path) == {(105, 148) if document.plan.product == "cards" else (210, 297)}
