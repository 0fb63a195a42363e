"""What a pack is made of: leaves of its own, and those that it shares with the products for everyone."""

from __future__ import annotations

import pytest

from tests.making import PRODUCTS, edition, entries, leaf_keys, selection
from tests.partnerships.planting import LEAST, SVG, Bed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.plan import Plan
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership, PartnershipFile
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.products import tailoring
from toolkit_builder.project import Project, shipped

SIDES = {"both": ("local/cy", "local/en"), "cy": ("local/cy", "notes/cy"), "en": ("local/en", "notes/en")}
SHORT = "short_name: {cy: Tŷ Gŵyr, en: Tŷ Gŵyr}\n"
LOCAL = "actions: {SP2: {note: {cy: Nodyn am Ŵyn., en: A note on lambs.}}}\n"


@pytest.fixture(scope="module")
def press(shipped_catalogue: Catalogue) -> Press:
    return Press(Project(shipped()), shipped_catalogue, Store(None))


def planned(
    press: Press, partnership: Partnership | None, product: str, language: str = "both", actions: tuple[str, ...] = ()
) -> Plan:
    selected = tailoring.selection(selection(press.catalogue, actions=actions), partnership)
    [plan] = JobTicket(selected, (PRODUCTS[product],), edition(selected, language), partnership).plans()
    return plan


def own(press: Press, partnership: Partnership, product: str, language: str = "both") -> list[str]:
    """The leaves of a pack that the product for everyone does not have."""
    shared = set(leaf_keys(press, planned(press, None, product, language)).values())
    found = leaf_keys(press, planned(press, partnership, product, language))
    return [name for name, key in found.items() if key not in shared]


@pytest.mark.parametrize("language", ["both", "cy", "en"])
def test_only_what_differs_is_a_leaf_of_the_packs_own(press: Press, bed: Bed, language: str) -> None:
    read = bed.read(LEAST + SHORT + LOCAL)
    languages = ["cy", "en"] if language == "both" else [language]
    edition_name = "-".join(languages)
    colophon = [f"toolkit/colophon/{one}" for one in languages]
    named = own(press, read, "toolkit", language)
    assert [name for name in named if name.startswith("toolkit/colophon/")][:1] == colophon[:1]
    shared = ("toolkit/colophon/", "toolkit/cover/row/")  # smaller pictures than on covers without a partnership
    assert [name for name in named if not name.startswith(shared)] == [
        f"toolkit/cover/{edition_name}",
        *([f"toolkit/imprint/{edition_name}/pack"] if language != "both" else []),
        f"toolkit/imprint/ty-gwyr/{edition_name}",
        *(f"toolkit/action/SP2/{one}" for one in languages),
    ]
    assert set(own(press, read, "handouts", language)) == {
        f"handouts/mark/ty-gwyr/{edition_name}",
        f"handouts/SP2/{edition_name}",
    }
    assert set(own(press, read, "summary", language)) == {
        *(f"summary/{one}" for one in languages),
        *(f"summary/mark/ty-gwyr/{one}" for one in languages),
    }
    faces = [f"cards/SP2/{side}" for side in SIDES[language]]
    about = [f"cards/{what}/{one}" for what in ("guide", "colophon") for one in languages]
    sides = [f"cards/{action.code}/{side}/{edition_name}" for action in press.catalogue for side in ("front", "back")]
    marks = [f"cards/mark/ty-gwyr/{name}" for name in dict.fromkeys([edition_name, *languages])]
    assert sorted(own(press, read, "cards", language)) == sorted([*faces, *about, *sides, *marks])


@pytest.mark.parametrize("product", ["cards", "handouts"])
def test_packs_share_what_their_names_are_printed_over(press: Press, bed: Bed, product: str) -> None:
    """Hundreds of partnerships share the card of an action; the name of each is typeset once for all of its cards."""

    def keys(name: str) -> dict[str, str]:
        return leaf_keys(press, planned(press, bed.read((LEAST + SHORT).replace("Tŷ Gŵyr", name)), product))

    one, other = keys("Tŷ Gŵyr"), keys("Llŷn")
    differing = {name for name in one if one[name] != other[name]}
    assert f"{product}/mark/ty-gwyr/cy-en" in differing
    assert all(name.startswith(f"{product}/mark/ty-gwyr/") for name in differing if "colophon" not in name)


def test_names_that_have_no_room_on_a_line_leave_it_to_the_logo(press: Press, bed: Bed) -> None:
    """In one language and not in another they would not be equal; smaller type could not be read. On the faces of
    actions, that is: guide and colophon have a side for each.
    """
    bed.write("logo.svg", SVG)
    logo = "logo: {file: logo.svg, alternative: {cy: Cylch, en: A circle}}\n"

    def marks(text: str) -> list[tuple[tuple[str, ...], bool]]:
        plan = planned(press, bed.read(text), "cards")
        return [
            (mark.data["spoken"], mark.data["logos"])
            for mark in {m for leaf in plan.leaves for m in leaf.imprints}
            if len(mark.languages) > 1
        ]

    assert marks(LEAST) == []
    assert marks(LEAST + logo) == [((), True)]
    assert marks(LEAST + SHORT + logo) == [(("cy",), True)]
    assert marks(LEAST + "short_name: {cy: Bro Ŵyr, en: Gŵyr Vale}\n") == [(("cy", "en"), False)]


def test_two_packs_share_the_shell_of_the_cover_unless_their_colours_differ(press: Press, bed: Bed) -> None:
    def keys(name: str, colours: str = "") -> dict[str, str]:
        text = LEAST.replace("Tŷ Gŵyr", name) + colours
        return leaf_keys(press, planned(press, bed.read(text), "toolkit"))

    one, other, blue = keys("Tŷ Gŵyr"), keys("Llŷn"), keys("Llŷn", 'colours: {ground: "#123456"}\n')
    assert one["toolkit/cover/cy-en"] == other["toolkit/cover/cy-en"] != blue["toolkit/cover/cy-en"]
    assert {name for name in one if one[name] != other[name]} == {
        "toolkit/imprint/ty-gwyr/cy-en",
    }
    pictures = {name for name in other if name.startswith("toolkit/cover/row/")}
    changed = {name for name in other if other[name] != blue[name]}
    assert changed & pictures, "those that are drawn with the ground too"
    assert changed - pictures == {
        "toolkit/cover/cy-en",
        "toolkit/imprint/ty-gwyr/cy-en",
    }
    assert set(blue) - set(other) == {f"toolkit/tab/ty-gwyr/{language}" for language in ("cy", "en")}
    opening = "toolkit/opening/finance/cy"
    assert one[opening] == blue[opening], "openings keep the colour of their category, and are shared"


def test_what_shapes_a_leaf_shapes_its_key(press: Press, bed: Bed) -> None:
    bed.write("cy.md", "Un")
    bed.write("en.md", "One")
    bed.write("logo.svg", SVG)
    text = (
        LEAST
        + LOCAL
        + "logo: {file: logo.svg, alternative: {cy: Cylch, en: A circle}}\n"
        + "pages: [{id: map, title: {cy: Map, en: Map}, file: {cy: cy.md, en: en.md}, before: finance}]\n"
    )

    def keys() -> tuple[dict[str, str], str]:
        read = bed.read(text)
        return leaf_keys(press, planned(press, read, "toolkit")), read.digest

    before = keys()
    assert before == keys()
    for name, content, leaf in (
        ("logo.svg", SVG.replace("#123456", "#654321"), "toolkit/imprint/ty-gwyr/cy-en"),
        ("cy.md", "Dau", "toolkit/partnership/page/map/cy"),
    ):
        bed.write(name, content)
        now = keys()
        assert now[0][leaf] != before[0][leaf]
        assert now[1] != before[1]
        before = now


def test_pages_of_its_own_stand_where_they_were_put_in_each_language(press: Press, bed: Bed) -> None:
    for name in ("a", "b", "c"):
        bed.write(f"{name}.md", name)
        bed.write(f"{name}-en.md", f"{name} in English")
    page = "  - {{id: {0}, title: {{cy: {0}, en: {0}}}, file: {{cy: {0}.md, en: {0}-en.md}}, {1}}}\n"
    read = bed.read(
        LEAST
        + "foreword: {cy: Rhagair, en: Foreword}\nintroduction: {cy: Dyma, en: Here}\nweb: https://example.org\npages:\n"
        + page.format("a", "after: governance")
        + page.format("b", "before: shared-purpose")
        + page.format("c", "before: finance")
    )
    found = [leaf.name for leaf in planned(press, read, "toolkit", actions=("SP1", "GA1")).leaves]
    both = [name for name in found if name.endswith("/cy")]
    assert [name.replace("/cy", "/en") for name in both] == [name for name in found if name.endswith("/en")]
    assert [name.removeprefix("toolkit/").removesuffix("/cy") for name in both] == [
        "partnership/welcome",
        "guide",
        "contents",
        "partnership/page/b",
        "opening/shared-purpose",
        "action/SP1",
        "opening/governance",
        "action/GA1",
        "partnership/page/a",
        "partnership/page/c",  # the pack has no finance; the page stands where it would
        "worksheet",
        "colophon",
    ]


def test_the_contents_list_the_packs_own_pages(press: Press, bed: Bed) -> None:
    plan = planned(press, bed.read(LEAST + "foreword: {cy: Rhagair, en: Foreword}\n"), "toolkit", actions=("SP1",))
    [welsh] = [leaf for leaf in plan.leaves if leaf.name == "toolkit/contents/cy"]
    listed = [(entry.title, entry.page) for entry in entries(welsh)]
    assert listed[0] == ("Rhagair", 2)
    assert len(listed) == 6
    assert not any("Fframwaith Gweithredu" in title for title, _ in listed)


def test_actions_stand_in_the_partnerships_order_within_their_category(press: Press, bed: Bed) -> None:
    read = bed.read(LEAST + "actions: {SP5: {order: 1}, GA3: {order: 2}, GA7: {order: 1}}\n")
    codes = planned(press, read, "summary").actions
    assert codes[:7] == ("SP5", "SP1", "SP2", "SP3", "SP4", "SP6", "SP7")
    assert codes[7:10] == ("GA7", "GA3", "GA1")
    assert codes[14:] == tuple(f"FM{n}" for n in range(1, 8))


@pytest.mark.parametrize("language", ["both", "cy"])
def test_a_local_card_comes_after_that_of_its_action_and_is_a_whole_card(press: Press, bed: Bed, language: str) -> None:
    names = [leaf.name for leaf in planned(press, bed.read(LEAST + LOCAL), "cards", language).leaves]
    assert len(names) % 2 == 0
    at = names.index("cards/SP2/local/cy")
    assert at % 2 == 0
    assert names[at - 1].startswith("cards/SP2/")
    assert names[at + 1] == ("cards/SP2/local/en" if language == "both" else "cards/SP2/notes/cy")
    assert names[at + 2].startswith("cards/SP3/")


def test_the_plan_says_whose_it_is(press: Press, bed: Bed) -> None:
    read = bed.read(LEAST + "sheets: false\n")
    for product in PRODUCTS:
        plan = planned(press, read, product)
        assert plan.partnership == "ty-gwyr"
        sheets = PRODUCTS[product].file.sheets
        assert plan.has_sheets is (sheets == "tiles"), "of cards it wants none"
        assert "Partneriaeth Dyffryn Tŷ Gŵyr" in plan.title
        assert "Dyffryn Tŷ Gŵyr Partnership" in plan.title
        everyones = planned(press, None, product)
        assert (everyones.partnership, everyones.has_sheets) == (None, sheets is not None)


def test_the_shipped_examples_differ_in_what_they_want(shipped_catalogue: Catalogue) -> None:
    partnerships = Partnerships(Project(shipped()), shipped_catalogue)
    early, mature = (partnerships.load(name) for name in ("example-early", "example-mature"))
    assert partnerships.load_all()[1] == []
    for one in (early, mature):
        assert "Enghreifftiol" in one.name["cy"]
        assert "Example" in one.name["en"]
    for option in PartnershipFile.model_fields:
        assert repr(getattr(early.file, option)) != repr(getattr(mature.file, option)), option
    assert not set(early.local) & set(mature.local)
    assert early.file.products != mature.file.products
    assert early.wanted != mature.wanted
    assert early.file.sheets != mature.file.sheets
    assert early.file.colours != mature.file.colours
    assert {logo.data for logo in early.logos.values()} != {logo.data for logo in mature.logos.values()}
    assert (len(set(early.logos.values())), len(set(mature.logos.values()))) == (1, 2)
