"""Every fault that content can have, planted in a copy of it: the exact line that is reported, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.catalogue.planting import ACTION, Garden
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Text
from toolkit_builder.errors import FaultsError
from toolkit_builder.project import Project, shipped

FM5, FRAMEWORK, LABELS, PROVISIONAL = "actions/FM5.yaml", "framework.yaml", "labels.yaml", "provisional.yaml"
KEYS = "code, category, title, pictogram, web, lost, sort, purpose, examples, keys, who, stage, resource, time"
SECTORS = (
    "cross-sector, local-government, national-government, public-services, third-sector, community-groups, citizens"
)
LIST = "a list is needed; begin each item with “- ” on a line of its own"
NOT_KEYS = "a single text, and keys with values are needed"

Fault = tuple[str, str, str, str]
"""File, what is replaced, by what (¦ where the fault is expected), and the fault's key and message."""

IN_ACTIONS: dict[str, Fault] = {
    "unknown key": (
        FM5,
        "stage: unstated",
        "stage: unstated\n¦colour: red",
        f"colour: unknown key; remove it (known: {KEYS})",
    ),
    "misspelt key": (
        FM5,
        "purpose:",
        "¦purpos:",
        f"purpos: unknown key; did you mean “purpose”? (known: {KEYS})",
    ),
    "misspelt key in a list": (
        FM5,
        "    people: 5-10",
        "    ¦peopel: 5-10",
        "who[1].peopel: unknown key; did you mean “people”? (known: sectors, role, people)",
    ),
    "missing language": (FM5, "  cy: Codi arian\n  en: Fundraising", "  ¦cy: Codi arian", "title.en: missing; add it"),
    "missing language in a list": (
        FM5,
        "- cy: Cyllido torfol\n    en: Crowdfunding",
        "- ¦en: Crowdfunding",
        "examples[2].cy: missing; add it",
    ),
    "empty text": (
        FM5,
        "en: Fundraising",
        "en:¦",
        "title.en: is empty; write the text, in quotes if it begins with “#”",
    ),
    "blank text": (
        FM5,
        "en: Fundraising",
        "en: ¦' '",
        "title.en: is empty; write the text, in quotes if it begins with “#”",
    ),
    "unknown language": (
        FM5,
        "  en: Fundraising",
        "  en: Fundraising\n  ¦fr: Collecte",
        "title.fr: unknown key; remove it (known: cy, en)",
    ),
    "one text for all languages": (
        FM5,
        "title:\n  cy: Codi arian\n  en: Fundraising",
        "title: ¦Fundraising",
        "title: a single text, and a text in each language is needed (cy, en)",
    ),
    "one text for all languages, in a list": (
        FM5,
        "- cy: Cyllido torfol\n    en: Crowdfunding",
        "- ¦Crowdfunding",
        "examples[2]: a single text, and a text in each language is needed (cy, en)",
    ),
    "list where a text belongs": (
        FM5,
        "en: Fundraising",
        "en: ¦[Fundraising]",
        "title.en: a list, and a single text is needed",
    ),
    "wrong category": (
        FM5,
        "category: finance",
        "category: ¦finanse",
        "category: “finanse” is not allowed; did you mean “finance”?; allowed: shared-purpose, governance, finance",
    ),
    "wrong step": (
        FM5,
        "stage: unstated",
        "stage: ¦erly",
        "stage: “erly” is not allowed; did you mean “early”?; allowed: early, mid, mature, unstated, any",
    ),
    "list without brackets": (
        FM5,
        "stage: unstated",
        "stage: ¦early, mid",
        "stage: “early, mid” is one text; write a list, [early, mid], or in a table early; mid",
    ),
    "list where one value stands": (
        FM5,
        "resource: low",
        "resource: ¦low, high",
        "resource: “low, high” is more than one value, and one is needed; allowed: low, medium, high, unstated",
    ),
    "sectors without brackets": (
        FM5,
        "sectors: [citizens, third-sector]",
        "sectors: ¦citizens, third-sector",
        "who[1].sectors: “citizens, third-sector” is one text, and a list is needed; write [citizens, third-sector]",
    ),
    "numbers of people the wrong way round": (
        FM5,
        "people: 5-10",
        "people: ¦10-5",
        "who[1].people: “10-5” is the wrong way round; write 5-10",
    ),
    "wrong step in a list": (
        FM5,
        "stage: unstated",
        "stage: [early, ¦x]",
        "stage[2]: “x” is not allowed; allowed: early, mid, mature, unstated, any",
    ),
    "the only step in a list wrong": (
        FM5,
        "stage: unstated",
        "stage: [¦x]",
        "stage[1]: “x” is not allowed; allowed: early, mid, mature, unstated, any",
    ),
    "step doubled": (
        FM5,
        "stage: unstated",
        "stage: ¦[early, early]",
        "stage: “early” stands 2 times; each may stand once",
    ),
    "any among others": (
        FM5,
        "stage: unstated",
        "stage: ¦[early, any]",
        "stage: “any” stands alone, not in a list with others",
    ),
    "no step": (
        FM5,
        "stage: unstated",
        "stage:¦",
        "stage: is empty; allowed: early, mid, mature, unstated, any",
    ),
    "steps where one belongs": (
        FM5,
        "time: unstated",
        "time: ¦[short, long]",
        "time: a list, and one value is needed; allowed: short, medium, long, unstated",
    ),
    "mapping where a step belongs": (
        FM5,
        "time: unstated",
        "time: ¦{short: yes}",
        "time: keys with values, and one value is needed; allowed: short, medium, long, unstated",
    ),
    "empty list of steps": (FM5, "stage: unstated", "stage: ¦[]", "stage: is an empty list; give at least one item"),
    "empty list": (
        FM5,
        "keys:\n  - cy: Daliwch ati.\n    en: Go on.",
        "keys: ¦[]",
        "keys: is an empty list; give at least one item",
    ),
    "nothing where a list belongs": (
        FM5,
        "keys:\n  - cy: Daliwch ati.\n    en: Go on.",
        "keys:¦",
        f"keys: nothing stands here, and {LIST}",
    ),
    "text where a list belongs": (
        FM5,
        "keys:\n  - cy: Daliwch ati.\n    en: Go on.",
        "keys: ¦Go on.",
        f"keys: a single text, and {LIST}",
    ),
    "mapping where a list belongs": (
        FM5,
        "  - sectors: [citizens, third-sector]\n    people",
        "  ¦sectors: [citizens, third-sector]\n  people",
        f"who: keys with values, and {LIST}",
    ),
    "unknown sector": (
        FM5,
        "[citizens, third-sector]",
        "[citizens, ¦third-sektor]",
        f"who[1].sectors[2]: “third-sektor” is not allowed; did you mean “third-sector”?; allowed: {SECTORS}",
    ),
    "the only sector unknown": (
        FM5,
        "[citizens, third-sector]",
        "[¦x]",
        f"who[1].sectors[1]: “x” is not allowed; allowed: {SECTORS}",
    ),
    "sectors not a list": (
        FM5,
        "[citizens, third-sector]",
        "¦citizens",
        f"who[1].sectors: a single text, and {LIST}",
    ),
    "people": (
        FM5,
        "people: 5-10",
        "people: ¦lots",
        "who[1].people: “lots” cannot stand here; write a number, or two joined by a hyphen such as 10-30",
    ),
    "form of the code": (FM5, "code: FM5", "code: ¦fm5", "code: “fm5” cannot stand here; write a code such as SP1"),
    "file name unlike the code": (
        FM5,
        "code: FM5",
        "code: ¦FM8",
        "code: FM8 stands in FM5.yaml; call the file FM8.yaml",
    ),
    "prefix unlike the category": (
        FM5,
        "code: FM5\ncategory: finance",
        "code: ¦FM5\ncategory: governance",
        "code: FM5 does not begin with GA, as the codes of governance do; change the code or the category",
    ),
}

IN_FRAMEWORK: dict[str, Fault] = {
    "light colour": (
        FRAMEWORK,
        'colour: "#12797c"',
        'colour: ¦"#7fb6ba"',
        "categories[1].colour: #7fb6ba has a contrast of 2.3:1 against white; take a darker one (4.5:1 or more)",
    ),
    "colour by name": (
        FRAMEWORK,
        'colour: "#12797c"',
        "colour: ¦teal",
        "categories[1].colour: “teal” cannot stand here; write a colour such as “#0b6468”, in quotes",
    ),
    "colour without quotes is a comment": (
        FRAMEWORK,
        'colour: "#12797c"',
        "colour:¦ #12797c",
        "categories[1].colour: is empty; write a colour such as “#0b6468”, in quotes",
    ),
    "shape": (
        FRAMEWORK,
        "shape: circle",
        "shape: ¦cirkle",
        "categories[1].shape: “cirkle” is not allowed; did you mean “circle”?; "
        "allowed: circle, square, diamond, hexagon, triangle, pentagon",
    ),
    "form of an id": (
        FRAMEWORK,
        "- id: mid",
        "- id: ¦Mid way",
        "columns[5].steps[2].id: “Mid way” cannot stand here; write lower-case letters, with hyphens between words",
    ),
    "step doubled": (
        FRAMEWORK,
        "- id: mid",
        "- id: ¦early",
        "columns[5].steps[2].id: “early” stands 2 times; each may stand once",
    ),
    "sector doubled": (
        FRAMEWORK,
        "- id: national-government",
        "- id: ¦local-government",
        "columns[4].sectors[3].id: “local-government” stands 2 times; each may stand once",
    ),
    "column doubled": (
        FRAMEWORK,
        "- id: keys",
        "- id: ¦purpose",
        "columns[3].id: “purpose” stands 2 times; each may stand once",
    ),
    "category doubled": (
        FRAMEWORK,
        "- id: governance",
        "- id: ¦shared-purpose",
        "categories[2].id: “shared-purpose” stands 2 times; each may stand once",
    ),
    "code of category doubled": (
        FRAMEWORK,
        "code: GA",
        "code: ¦SP",
        "categories[2].code: “SP” stands 2 times; each may stand once",
    ),
    "language doubled": (
        FRAMEWORK,
        "- id: en",
        "- id: ¦cy",
        "languages[2].id: “cy” stands 2 times; each may stand once",
    ),
    **{
        f"column called {name}": (
            FRAMEWORK,
            "- id: purpose",
            f"- id: ¦{name}",
            f"columns[1].id: “{name}” has a meaning of its own; choose another id",
        )
        for name in ("code", "category", "title", "values", "file", "rating", "copy", "model_fields")
    },
    "step called any": (
        FRAMEWORK,
        "- id: mid",
        "- id: ¦any",
        "columns[5].steps[2].id: “any” has a meaning of its own; choose another id",
    ),
    "unknown sector included": (
        FRAMEWORK,
        "includes: [local-government",
        "includes: [¦local-goverment",
        f"columns[4].sectors[1].includes[1]: “local-goverment” is not allowed; did you mean “local-government”?; "
        f"allowed: {SECTORS}",
    ),
    "unknown kind": (
        FRAMEWORK,
        "kind: list",
        "kind: ¦lst",
        "columns[2].kind: “lst” is not allowed; did you mean “list”?; allowed: text, list, people, scale",
    ),
    "missing kind": (
        FRAMEWORK,
        "- id: examples\n    kind: list",
        "- ¦id: examples",
        "columns[2].kind: missing; add it",
    ),
    "key of another kind": (
        FRAMEWORK,
        "kind: list",
        "kind: list\n    ¦steps: []",
        "columns[2].steps: unknown key; remove it (known: id, kind, label, on_card)",
    ),
    "key called as its kind": (
        FRAMEWORK,
        "kind: text",
        "kind: text\n    ¦text: x",
        "columns[1].text: unknown key; remove it (known: id, kind, label, on_card)",
    ),
    "misspelt key of a scale": (
        FRAMEWORK,
        "symbol: path",
        "¦symbl: path",
        "columns[5].symbl: unknown key; did you mean “symbol”? "
        "(known: id, kind, label, measures, symbol, steps, several, any, filter)",
    ),
    "missing language of a column": (
        FRAMEWORK,
        "label: {cy: Diben, en: Purpose}",
        "label: ¦{cy: Diben}",
        "columns[1].label.en: missing; add it",
    ),
    "several": (
        FRAMEWORK,
        "several: true",
        "several: ¦ja",
        "columns[5].several: “ja” is not allowed; allowed: true, false",
    ),
    "direction": (
        FRAMEWORK,
        "direction: ltr",
        "direction: ¦lrt",
        "languages[1].direction: “lrt” is not allowed; did you mean “rtl”?; allowed: ltr, rtl",
    ),
    "languages misspelt": (
        FRAMEWORK,
        "languages:",
        "¦langages:",
        "langages: unknown key; did you mean “languages”? "
        "(known: languages, title, subtitle, introduction, categories, columns, source, web, version, date)",
    ),
    "address": (
        FRAMEWORK,
        "url: https://www.wcpp.org.uk",
        "url: ¦www.wcpp.org.uk",
        "source.url: “www.wcpp.org.uk” cannot stand here; write a web address such as https://www.wcpp.org.uk",
    ),
    "date": (FRAMEWORK, "\ndate: ", "\ndate: ¦2026-02-31 # ", "date: “2026-02-31” is no date; write it as 2026-01-31"),
    "date as a number": (FRAMEWORK, "\ndate: ", "\ndate: ¦2026 # ", "date: “2026” is no date; write it as 2026-01-31"),
}

ELSEWHERE: dict[str, Fault] = {
    "provisional value for an unknown action": (
        PROVISIONAL,
        "SP1:",
        "¦SP8:",
        "SP8: unknown action; did you mean “SP7”? (known: FM1, FM2, FM3, FM4, FM5, FM6, FM7, "
        "GA1, GA2, GA3, GA4, GA5, GA6, GA7, SP1, SP2, SP3, SP4, SP5, SP6, SP7)",
    ),
    "provisional value for no code": (
        PROVISIONAL,
        "SP1:",
        "¦sp1:",
        "sp1: “sp1” cannot stand here; write a code such as SP1",
    ),
    "provisional value for an unknown scale": (
        PROVISIONAL,
        "SP1:",
        "SP1:\n  ¦cost:\n    value: low",
        "SP1.cost: unknown key; remove it (known: stage, resource, time)",
    ),
    "wrong provisional value": (
        PROVISIONAL,
        "value: early",
        "value: ¦unstated",
        "SP1.stage.value: “unstated” is not allowed; allowed: early, mid, mature, any",
    ),
    "label with a capital": (
        LABELS,
        "product:",
        "¦Product:",
        "Product: “Product” cannot stand here; write lower-case letters, with underscores between words",
    ),
    "label outside a group": (LABELS, "product:", "lonely: ¦text\nproduct:", f"lonely: {NOT_KEYS}"),
    "label in one language": (
        LABELS,
        "product:",
        "more:\n  words: ¦{cy: Mwy}\nproduct:",
        "more.words.en: missing; add it",
    ),
}


@pytest.mark.parametrize("fault", IN_ACTIONS.values(), ids=IN_ACTIONS)
def test_fault_in_an_action(garden: Garden, fault: Fault) -> None:
    file, old, new, expected = fault
    place = garden.plant(file, old, new)
    assert garden.faults() == [f"{place}: error: {expected}"]


@pytest.mark.parametrize("fault", IN_FRAMEWORK.values(), ids=IN_FRAMEWORK)
def test_fault_in_the_framework(garden: Garden, fault: Fault) -> None:
    file, old, new, expected = fault
    place = garden.plant(file, old, new)
    assert garden.faults() == [f"{place}: error: {expected}"]


@pytest.mark.parametrize("fault", ELSEWHERE.values(), ids=ELSEWHERE)
def test_fault_in_labels_or_provisional_values(garden: Garden, fault: Fault) -> None:
    file, old, new, expected = fault
    place = garden.plant(file, old, new)
    assert garden.faults() == [f"{place}: error: {expected}"]


def test_content_as_shipped_has_no_fault(garden: Garden) -> None:
    assert garden.faults() == []


def test_a_provisional_value_has_a_reason(garden: Garden) -> None:
    garden.write(PROVISIONAL, "SP1:\n  stage:\n    value: early\n")
    assert garden.faults() == [f"content/{PROVISIONAL}:3:5: error: SP1.stage.reason: missing; add it"]


def test_missing_keys_are_reported_where_the_mapping_begins(garden: Garden) -> None:
    garden.write(FM5, "# Almost nothing.\ncode: FM5\ncategory: finance\n")
    names = ("examples", "keys", "purpose", "resource", "stage", "time", "title", "who")
    assert garden.faults() == [f"content/{FM5}:2:1: error: {name}: missing; add it" for name in names]


def test_a_scale_with_several_says_what_any_is(garden: Garden) -> None:
    text = garden.path(FRAMEWORK).read_text("utf-8")
    start = text.index("    any: {")
    garden.write(FRAMEWORK, text[:start] + text[text.index("\n", start) + 1 :])
    place = garden.plant(FRAMEWORK, "- id: stage", "- ¦id: stage")
    message = "columns[5].any: missing; with “several”, add what is said when every step suits"
    assert garden.faults() == [f"{place}: error: {message}"]


# -- files as a whole -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [FRAMEWORK, LABELS, PROVISIONAL, FM5])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; keys and values are needed"),
        (b"# A comment.\n\n", "is empty; keys and values are needed"),
        (b"hello\n", NOT_KEYS),
        (b"- hello\n", "a list, and keys with values are needed"),
    ],
    ids=["empty", "comment", "scalar", "list"],
)
def test_file_that_is_no_mapping(garden: Garden, name: str, content: bytes, message: str) -> None:
    garden.write(name, content)
    assert garden.faults() == [f"content/{name}:1:1: error: {message}"]


@pytest.mark.parametrize("name", [FRAMEWORK, LABELS, PROVISIONAL, FM5])
def test_folder_where_a_file_belongs(garden: Garden, name: str) -> None:
    garden.path(name).unlink()
    garden.path(name).mkdir()
    message = "is a folder, and a file is needed; rename or move the folder"
    assert garden.faults() == [f"content/{name}:1:1: error: {message}"]


@pytest.mark.parametrize("name", [FRAMEWORK, LABELS])
def test_missing_file(garden: Garden, name: str) -> None:
    garden.path(name).unlink()
    message = "no such file; make it, or restore it from the shipped project"
    assert garden.faults() == [f"content/{name}:1:1: error: {message}"]


def test_provisional_values_may_be_left_out(garden: Garden) -> None:
    garden.path(PROVISIONAL).unlink()
    assert garden.faults() == []
    assert load(Project(garden.root)).action("SP1").rating("time").basis == "unstated"


def test_no_actions(garden: Garden) -> None:
    shutil.rmtree(garden.path("actions"))
    message = "no actions; put one file an action here, called CODE.yaml"
    assert garden.faults() == [f"content/actions: error: {message}"]


@pytest.mark.parametrize("name", ["FM5.yml", "FM5.yaml.txt", "FM5.YAML"])
def test_file_with_another_ending(garden: Garden, name: str) -> None:
    garden.path(FM5).rename(garden.path(f"actions/{name}"))
    garden.write("actions/notes.txt", "Not ours.")
    garden.write("actions/.FM5.yaml", "An editor's.")
    [first, *others] = garden.faults()
    assert first == f"content/actions/{name}: error: is not read under this name; call it FM5.yaml"
    assert [fault.split(": error: ")[1] for fault in others] == [
        f"FM5: unknown action; did you mean “FM7”? (known: {', '.join(known_codes(without='FM5'))})"
    ]


# -- what several files say together ----------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["FM0", "FM8"])
def test_duplicate_code_is_the_fault_of_the_file_of_another_name(garden: Garden, other: str) -> None:
    garden.write(f"actions/{other}.yaml", ACTION)
    message = "FM5 is also the code of content/actions/FM5.yaml; change one of them"
    assert garden.faults() == [f"content/actions/{other}.yaml:2:7: error: code: {message}"]


def test_category_without_actions(garden: Garden) -> None:
    for path in garden.path("actions").glob("GA*.yaml"):
        path.unlink()
    text = garden.path(PROVISIONAL).read_text("utf-8")
    garden.write(PROVISIONAL, text[: text.index("GA1:")] + text[text.index("FM1:") :])
    place = garden.plant(FRAMEWORK, "- id: governance", "- ¦id: governance")
    message = "no action is in governance; add one to content/actions, or remove the category"
    assert garden.faults() == [f"{place}: error: categories[2]: {message}"]


def test_all_faults_of_all_files_in_one_run(garden: Garden) -> None:
    expected = [
        f"{garden.plant(name, old, new)}: error: {message}"
        for name, old, new, message in (
            (FM5, "purpose:", "¦purpos:", f"purpos: unknown key; did you mean “purpose”? (known: {KEYS})"),
            (
                FRAMEWORK,
                "title:\n  cy: Fframwaith Gweithredu\n  en",
                "title:\n  ¦en",
                "title.cy: missing; add it",
            ),
            (
                FRAMEWORK,
                'colour: "#372872"',
                'colour: ¦"#ffffff"',
                "categories[2].colour: #ffffff has a contrast of 1.0:1 against white; "
                "take a darker one (4.5:1 or more)",
            ),
            (LABELS, "product:", "lonely: ¦text\nproduct:", f"lonely: {NOT_KEYS}"),
            (
                PROVISIONAL,
                "value: early",
                "value: ¦soon",
                "SP1.stage.value: “soon” is not allowed; allowed: early, mid, mature, any",
            ),
        )
    ]
    garden.write("actions/GA3.yaml", "code: GA3\n\tcategory: governance\n")
    tab = "a tab; YAML is indented with spaces only, so put two spaces for each step"
    expected.insert(1, f"content/actions/GA3.yaml:2:1: error: {tab}")
    assert garden.faults() == expected


def test_where_the_framework_is_unclear_the_other_files_are_read_as_yaml(garden: Garden) -> None:
    columns = garden.plant(FRAMEWORK, "columns:", "¦columms:")
    labels = garden.plant(LABELS, "product:", "¦product:\nproduct:")
    garden.plant(FM5, "purpose:", "purpos:")
    unknown, doubled = garden.faults()
    assert unknown.startswith(f"{columns}: error: columms: unknown key; did you mean “columns”?")
    line = int(labels.split(":")[1]) + 1
    assert doubled.startswith(f"content/{LABELS}:{line}:1: error: product: a second time here")


def test_nothing_follows_from_a_language_that_is_at_fault(garden: Garden) -> None:
    place = garden.plant(FRAMEWORK, "review: draft", "review: ¦drafted")
    message = "languages[1].review: “drafted” is not allowed; did you mean “draft”?; allowed: original, draft, reviewed"
    key = garden.plant(FM5, "purpose:", "¦purpos:")
    assert garden.faults() == [
        f"{key}: error: purpos: unknown key; did you mean “purpose”? (known: {KEYS})",
        f"{place}: error: {message}",
    ]


def test_texts_are_composed(garden: Garden) -> None:
    garden.plant(FM5, "cy: Talwch am waith ŵyneb.", "cy: Talwch am waith w\u0302yneb a thy\u0302.")
    garden.plant(FM5, "cy: Codi arian", 'cy: "Codi a\\u0302r"')
    action = load(Project(garden.root)).action("FM5")
    purpose = action["purpose"]
    assert isinstance(purpose, Text)
    assert (purpose["cy"], action.title["cy"]) == ("Talwch am waith ŵyneb a thŷ.", "Codi âr")


def test_the_exception_carries_the_faults(garden: Garden) -> None:
    garden.plant(FM5, "purpose:", "purpos:")
    with pytest.raises(FaultsError) as caught:
        load(Project(garden.root))
    [fault] = caught.value.faults
    assert fault.as_dict() == {
        "file": f"content/{FM5}",
        "line": 7,
        "column": 1,
        "severity": "error",
        "where": "purpos",
        "message": f"unknown key; did you mean “purpose”? (known: {KEYS})",
    }
    assert caught.value.format_message().endswith("\n1 fault; nothing was written.")


def known_codes(*, without: str) -> list[str]:
    folder: Path = shipped() / "content" / "actions"
    return [path.stem for path in sorted(folder.glob("*.yaml")) if path.stem != without]
