"""Many packs from a spreadsheet: what the page makes is what `batch` makes, byte for byte; columns, cells, bounds."""

from __future__ import annotations

import hashlib
import io
import re
import threading
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import openpyxl
import pytest
import yaml

from tests.partnerships.test_spreadsheet import write
from tests.typed import typed
from tests.web.conftest import Server
from tests.web.site import Browser, read
from tests.web.test_words import ENGLISH
from toolkit_builder.batch.request import open_batch
from toolkit_builder.project import shipped
from toolkit_builder.web import columns, jobs, uploads
from toolkit_builder.web.jobs import Job, State
from toolkit_builder.web.words import LANGUAGES, PageWords, phrases

HEADS = ["Rhestr", "The Partnership", "Cards"]
"""Of which the tool understands none."""
ROWS = [["Tŷ Gŵyr", "House", "FM5"], ["Âl", "Ale", "FM5; SP1"], ["Pont", "Bridge", "FM5"]]
KEYS = {"column-1": "name.cy", "column-2": "name.en", "column-3": "selection.action"}
MATCH = {"row": "3", **KEYS, "product": "summary"}
LOGO = {"column-3": "logo.file", "column-4": "logo.alternative.cy", "column-5": "logo.alternative.en"}
LONG = "x" * 20_001


def table(
    folder: Path, rows: Sequence[Sequence[Any]] = ROWS, heads: Sequence[str] = HEADS, name: str = "a.xlsx"
) -> Any:
    """A spreadsheet with a title above its headings, as it is sent."""
    path = write(folder / name, [["Ein partneriaethau"], [], list(heads), *map(list, rows)])
    return io.BytesIO(path.read_bytes()), f"rhestrau/{name}"


def sent(browser: Browser, file: Any, language: str = "en", **more: Any) -> str:
    """Send a spreadsheet; the address of its columns."""
    answer = browser.post(f"/{language}/many", {"file": file, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def checked(browser: Browser, address: str, match: dict[str, Any] | None = None) -> str:
    """What the page says of a spreadsheet that is checked."""
    asked = urlencode({**(MATCH if match is None else match), "do": "check"}, doseq=True)
    answer = browser.get(f"{urlsplit(address).path}?{asked}")
    assert answer.status_code == 200, answer.text
    return answer.text


def told(page: str) -> list[str]:
    """The faults and doubts that a page lists: the cell, what it is under, what is wrong."""
    listed = re.findall(r'<ul class="cells">(.*?)</ul>', page, re.DOTALL)
    items = [item for each in listed for item in re.findall(r"<li>(.*?)</li>", each, re.DOTALL)]
    return [" ".join(re.sub("<[^>]+>", "", item).split()) for item in items]


def job_of(browser: Browser, answer: Any) -> tuple[str, Job]:
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["Location"]).path
    return address, browser.queue._jobs[address.rpartition("/")[2]]


def made(browser: Browser, address: str, match: dict[str, Any] | None = None, **more: str) -> tuple[str, Job]:
    """Have the packs made, and wait; the address of the job's page, and the job."""
    answer = browser.post(urlsplit(address).path, {**(MATCH if match is None else match), **more})
    address, job = job_of(browser, answer)
    for _ in range(240):
        if job.is_over:
            break
        browser.queue.wait(job, job.version, 1)
    assert job.is_over, job
    return address, job


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def states(job: Job) -> dict[str, str]:
    return {name: pack.state for name, pack in job.packs.items()}


def test_packs_are_those_of_the_command_byte_for_byte(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    rows = [[*ROWS[0], ""], [*ROWS[1], "worksheet"], [*ROWS[2], ""]]
    address = sent(browser, table(tmp_path, rows, [*HEADS, "Pethau"]))
    match = {**MATCH, "column-4": "products", "base": "example-early"}
    page = checked(browser, address, match)
    assert "All is right. Number of packs: 3. There already: 0." in page
    address, job = made(browser, address, match)
    assert (job.state, states(job)) == (State.DONE, dict.fromkeys(("ty-gwyr", "al", "pont"), "made"))
    here = unzipped(browser.get(f"{address}/packs.zip").data)

    typed_in = write(tmp_path / "teipio.xlsx", [["Enw", "Name", "Actions", "Products"], *rows])
    output = tmp_path / "allbwn"
    done = typed(
        "batch",
        "--from",
        typed_in,
        "--base",
        "example-early",
        "--product",
        "summary",
        "--jobs",
        "1",
        "--output",
        output,
    )
    assert done.status == 0, done.err
    packs = output / "packs"
    assert here == {
        path.relative_to(packs).as_posix(): path.read_bytes() for path in packs.rglob("*") if path.is_file()
    }
    assert {name for name in here if name.startswith("al/")} == {"al/worksheet.al.cy-en.pdf"}
    # One pack, and one of its files.
    assert unzipped(browser.get(f"{address}/packs/al.zip").data) == {
        name.partition("/")[2]: data for name, data in here.items() if name.startswith("al/")
    }
    assert browser.get(f"{address}/packs/al/0").data == here["al/worksheet.al.cy-en.pdf"]
    # Again: the same zip, and packs that are there already.
    assert browser.get(f"{address}/packs.zip").data == browser.get(f"{address}/packs.zip").data
    again, job = made(browser, re.findall(r'href="(/en/many/[^"]+)"', browser.get(address).text)[0], match)
    assert {*states(job).values()} == {"current"}
    assert unzipped(browser.get(f"{again}/packs.zip").data) == here


def test_columns_are_guessed_by_their_headings_and_shown_with_their_first_rows(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    heads = ["Enw", "Name (English)", "Telefone", "SP1: note (Welsh)", "Rang up", "# Mine", "actions.SP2.contact.email"]
    rows = [[f"{number}", "b", "01632", "nodyn", "ie", "x", "a@b.org"] for number in range(1, 9)]
    page = browser.get(sent(browser, table(tmp_path, rows, heads))).text
    chosen = re.findall(r'value="([^"]*)" selected>', page)
    assert chosen == [
        "3", "name.cy", "name.en", "contact.telephone", "actions.SP1.note.cy", "actions.SP2.contact.email",
    ]  # fmt: skip
    assert '<strong lang="">a.xlsx</strong>' in page
    assert page.count("A guess: see whether it is right.") == 1
    assert re.findall(r'<span class="sample">(\d)</span>', page) == ["1", "2", "3"]
    assert "Rows below the headings: 8" in page


def test_another_row_may_have_the_headings(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    address = sent(browser, table(tmp_path))
    assert 'value="1" selected>' in browser.get(address).text  # nothing that the tool understands
    page = browser.get(f"{address}?row=3&of_row=1&column-1=web").text
    assert 'value="3" selected>' in page
    assert "The Partnership" in page
    assert '<option value="web" selected>' not in page  # it was the other row's


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
@pytest.mark.parametrize(
    ("row", "match", "cell", "said"),
    [
        (["", "House", "FM5"], {}, "A4", "House · Rhestr: The text is missing in this language."),
        (["", "", "FM5"], {}, "4:4", "ID: There is no ID, and none can be made from the name."),
        (["!", "?", "FM5"], {}, "4:4", "ID: There is no ID, and none can be made from the name."),
        (["Tŷ", "House", "FM55"], {}, "C4", "‘FM55’ is none of the words that the column takes: SP1; SP2"),
        (["Tŷ", "House", "gwyrdd"], {"column-3": "colours.ground"}, "C4", "Cards: This is no colour."),
        (["Tŷ", "House", "#fff000"], {"column-3": "colours.ground"}, "C4", "This colour is too light to be seen."),
        (["Tŷ", "House", "nobody"], {"column-3": "contact.email"}, "C4", "This is no email address."),
        (["Tŷ", "House", "example"], {"column-3": "web"}, "C4", "Write the whole address, with https://"),
        (["Tŷ", "House", "Thursday"], {"column-3": "workshop.date"}, "C4", "This is no date."),
        (["Tŷ", "House", "FM5"], {"column-3": "name.en"}, "C3", "Another column is matched to the same."),
        (["Tŷ", "House", "FM5"], {"column-1": "", "column-2": ""}, "3:3", "Match at least one column"),
        (
            ["Tŷ", "House", "other.svg", "x", "y"],
            LOGO,
            "C4",
            "Logo file (Welsh): This logo is not here: other.svg.",
        ),
        (["Tŷ", "House", LONG], {"column-3": "foreword.cy"}, "C4", "This is not right. What the tool says:"),
        (["Tŷ", "House", "a.png"], {"column-3": "logo.file"}, "C4", "Logo description (English): The text is missing"),
        (
            ["Tŷ", "House", "../../table.xlsx", "x", "y"],
            LOGO,
            "C4",
            "Logo file (Welsh): This logo is in another folder.",
        ),
    ],
    ids=str,
)
def test_faults_are_told_by_cell(
    server: Server, tmp_path: Path, name: str, row: list[str], match: dict[str, str], cell: str, said: str
) -> None:
    browser = server.browser()
    page = checked(browser, sent(browser, table(tmp_path, [row], name=name)), {**MATCH, **match})
    sheet = "Taflen!" if name.endswith("xlsx") else ""
    assert [each for each in told(page) if each.startswith(f"{sheet}{cell} ") and said in each], told(page)
    assert "To be put right" in page
    address = sent(browser, table(tmp_path, [row], name=name))
    assert browser.post(address, {**MATCH, **match}).status_code == 422
    assert 'href="/en/jobs/' not in page
    assert "Make the packs" not in page


def test_what_is_missing_in_all_languages_is_told_at_its_own_cell(server: Server, tmp_path: Path) -> None:
    """It was told at the cell of the logo, under the name of another column."""
    browser = server.browser()
    match = {**MATCH, "column-3": "logo.file", "column-4": "logo.alternative.cy", "column-5": "logo.alternative.en"}
    file = table(tmp_path, [["Tŷ", "House", "a.png", "", ""]], [*HEADS, "Disgrifiad", "Description"])
    said = told(checked(browser, sent(browser, file), match))
    assert [each for each in said if "is missing" in each] == [
        "Taflen!D4 House · Logo description (Welsh): The text is missing in this language."
    ]


def test_rows_that_are_one_partnership_are_told(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    page = checked(browser, sent(browser, table(tmp_path, [ROWS[0], ROWS[0]])))
    assert told(page) == ["Taflen!5:5 House · ID: This is the ID of row 4 too. Give each row an ID of its own."]


def test_cells_of_excel_that_hold_no_text_are_told(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    book = openpyxl.Workbook()
    for row in (["Enw", "Name", "Ffôn"], ["Un", "=A1", 1632960111], ["Dau", "Two", "01632 960111"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    address = sent(browser, (io.BytesIO((tmp_path / "a.xlsx").read_bytes()), "a.xlsx"))
    match = {"row": "1", "column-1": "name.cy", "column-2": "name.en", "column-3": "contact.telephone"}
    assert told(checked(browser, address, match)) == [
        "Sheet!B2 Un · Name: The formula has no result. Open the spreadsheet and save it, or put a text there.",
        "Sheet!C2 Un · Ffôn: This is a number in the spreadsheet: a 0 at its start, or figures at its end, may be "
        "lost. Format the column as text, and type the number again.",
    ]


def test_what_is_no_spreadsheet_is_told_in_words(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    many_rows = "\n".join(["Enw,Name", *(f"p{number},q" for number in range(columns.MOST_ROWS + 1))])
    for data, said in (
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "It has a password, or is of Excel before 2007."),
        (b"PK\3\4" + b"x" * 600, "It is no spreadsheet that can be read."),
        ("Enw,Name\nTŷ,a\nâ".encode("latin-1", "replace") + b"\xe2\n", "This CSV file is not in UTF-8"),
        (b'Enw,Name\n"a', "It is no spreadsheet that can be read."),
        (b"\xef\xbb\xbf", "This spreadsheet cannot be read."),
        (many_rows.encode(), "The spreadsheet has too many rows. Number at most: 300."),
        (("a," * columns.MOST_COLUMNS + "b\n").encode(), "The spreadsheet has too many columns."),
        (("," * (columns.MOST_CELLS + 1)).encode(), "There is too much in it."),
    ):
        answer = browser.get(sent(browser, (io.BytesIO(data), "../../etc/passwd")))
        assert answer.status_code == 422
        assert said in answer.text, said
        assert "etc" not in answer.text
        assert "passwd" in answer.text
    assert browser.post("/en/many").status_code == 422
    assert browser.post("/en/many", {"file": (io.BytesIO(b""), "a.csv")}).status_code == 422
    assert browser.post("/en/many", {"file": (io.BytesIO(b"x" * 3_000_001), "a.csv")}).status_code == 413


def test_a_table_of_headings_alone_has_no_rows(server: Server) -> None:
    browser = server.browser()
    address = sent(browser, (io.BytesIO(b"Enw,Name\n#a,b\n"), "a.csv"))
    page = checked(browser, address, {"row": "1", "column-1": "id", "column-2": "name.en"})
    assert "There are no rows below the headings." in page


@pytest.mark.parametrize(
    "forged",
    [
        {"column-1": "../../etc/passwd"},
        {"column-1": "nothing"},
        {"base": "/etc/passwd"},
        {"base": "../framework"},
        {"product": "nothing"},
        {"row": "-1"},
        {"row": "x"},
    ],
)
def test_no_form_can_name_what_the_page_does_not_offer(server: Server, tmp_path: Path, forged: dict[str, str]) -> None:
    browser = server.browser()
    address = urlsplit(sent(browser, table(tmp_path))).path
    before = dict(server.queue._jobs)
    assert browser.get(f"{address}?{urlencode({**MATCH, **forged})}").status_code == 400
    assert browser.post(address, {**MATCH, **forged}).status_code == 400
    assert server.queue._jobs == before


def test_nobody_gets_what_another_sent(server: Server, tmp_path: Path) -> None:
    browser, other = server.browser(), server.browser()
    address = sent(browser, table(tmp_path, ROWS[:1]))
    page, _ = made(browser, address)
    for each in ("", "/packs.zip", "/packs/ty-gwyr.zip", "/packs/ty-gwyr/0"):
        assert browser.get(f"{page}{each}").status_code == 200
        assert other.get(f"{page}{each}").status_code == 404
    assert other.get(address).status_code == 404
    assert other.post(address, MATCH).status_code == 404
    assert other.post("/en/many", {"file": table(tmp_path), "instead": address.rpartition("/")[2]}).status_code == 404
    for each in ("/packs/nobody.zip", "/packs/..%2f..%2fx.zip", "/packs/ty-gwyr/9", "/files/0", "/all.zip"):
        assert browser.get(f"{page}{each}").status_code == 404


def test_one_that_fails_is_told_and_is_made_alone_when_it_was_put_right(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    rows = [ROWS[0], ["漢字", "Ale", "FM5"], ROWS[2]]
    address = sent(browser, table(tmp_path, rows))
    page, job = made(browser, address)
    assert (job.state, states(job)) == (State.DONE, {"ty-gwyr": "made", "ale": "failed", "pont": "made"})
    text = browser.get(page).text
    assert "Some of the packs were not made. Number: 1." in text
    assert "Taflen!A5: error" in text
    assert "table.xlsx" not in text
    assert {*unzipped(browser.get(f"{page}/packs.zip").data)} == {
        "packs.csv", "pont/summary.pont.cy-en.pdf", "ty-gwyr/summary.ty-gwyr.cy-en.pdf",
    }  # fmt: skip
    _, job = made(browser, address, failed="yes")
    assert states(job) == {"ty-gwyr": "waiting", "ale": "failed", "pont": "waiting"}
    rows[1][0] = "Âl"
    corrected = sent(browser, table(tmp_path, rows, name="b.csv"), instead=address.rpartition("/")[2], **MATCH)
    assert urlsplit(corrected).path == address
    page = browser.get(corrected).text
    assert "b.csv" in page
    assert "Number of packs: 3. There already: 2." in page
    page, job = made(browser, corrected)
    assert states(job) == {"ty-gwyr": "current", "al": "made", "pont": "current"}


def test_a_job_can_be_cancelled_and_gone_on_with(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, going = server.browser(), threading.Event()

    def slow(*asked: Any, **more: Any) -> Any:
        going.wait(20)
        return open_batch(*asked, **more)

    address = sent(browser, table(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "open_batch", slow)
        page, job = job_of(browser, browser.post(address, MATCH))
        going_on = browser.get(page).text
        assert '<noscript><meta http-equiv="refresh"' in going_on
        assert going_on.count('data-pack="') == 3
        assert browser.post(f"{page}/stop").status_code == 303
        going.set()
        while not job.is_over:
            browser.queue.wait(job, job.version, 20)
    assert job.state is State.STOPPED
    text = browser.get(page).text
    assert "Cancelled" in text
    assert "Make the rest" in text
    assert browser.get(f"{page}/packs.zip").status_code == 404
    assert {*states(made(browser, address)[1]).values()} == {"made"}


def test_progress_is_told_by_pack(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    page, job = job_of(browser, browser.post(sent(browser, table(tmp_path), "cy"), MATCH))
    events = browser.get(f"{page}/events").text
    assert "event: progress" in events
    assert events.rstrip().endswith("event: over\ndata:")
    text = browser.get(f"{page}/state").text
    assert text.count("yn barod") == len(job.packs) == 3
    assert "Lawrlwytho’r pecynnau i gyd (zip)" in text


def test_only_so_many_spreadsheets_are_kept(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UPLOADS", 2)
    browser = server.browser()
    first = sent(browser, table(tmp_path, ROWS[:1]))
    page, job = made(browser, first)
    assert job.request.output
    assert job.request.output.exists()
    others = [sent(browser, table(tmp_path)) for _ in range(2)]
    assert [browser.get(each).status_code for each in (first, *others)] == [404, 200, 200]
    assert not job.request.output.exists()
    assert browser.get(page).status_code == 200


def test_the_spreadsheet_to_fill_in_is_that_of_the_command(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    assert typed("batch", "--template", tmp_path / "a.csv").status == 0
    answer = browser.get("/cy/many/template.csv")
    assert answer.data == (tmp_path / "a.csv").read_bytes()
    assert "partneriaethau-partnerships.csv" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/cy/many/template.xlsx").data))
    assert len(book.sheetnames) == 3
    assert browser.get("/cy/many/template.exe").status_code == 404
    # As it is sent, all its columns are known by their headings.
    page = browser.get(sent(browser, (io.BytesIO(answer.data), "a.csv"))).text
    assert "is-left" not in page
    assert "A guess" not in page


def test_pages_of_a_spreadsheet_are_in_one_language(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    address = sent(browser, table(tmp_path, [["", "x", "?"], *ROWS]))
    good = sent(browser, table(tmp_path))
    page, _ = made(browser, good)
    asked = urlencode({**MATCH, "do": "check"})
    for path in (address, f"{address}?{asked}", f"{good}?{asked}", page):
        for language in LANGUAGES:
            other = PageWords(language).other
            foreign = {getattr(each, other) for each in phrases().values()} - {
                getattr(each, language) for each in phrases().values()
            }
            here = read(browser.get(path.replace("/en/", f"/{language}/")).text)
            texts = [text for said, text in here.texts if said == language]
            assert [text for text in texts if text in foreign] == []
            if language == "cy":
                assert [text for text in texts if ENGLISH.search(text)] == []


def test_forms_and_texts_of_the_base_and_which_packs_are_as_the_command_takes_them(
    server: Server, tmp_path: Path
) -> None:
    browser = server.browser()
    rows = [[name, other, "FM5"] for name, other, _ in ROWS]
    base = {"product": "toolkit", "base": "example-early", "base_texts": "yes", "single_file": "yes"}
    match: dict[str, str | list[str]] = {**MATCH, **base, "format": ["html", "brf"]}
    address = sent(browser, table(tmp_path, rows))
    page = checked(browser, address, match)
    assert "Toolkit (Web pages), Toolkit (Braille)" in page
    made_at, job = made(browser, address, {**match, "only": ["al"]})
    assert states(job) == {"al": "made"}
    output = tmp_path / "allbwn"
    done = typed(
        *("batch", "--from", write(tmp_path / "t.xlsx", [["Enw", "Name", "Actions"], *rows]), "--only", "al"),
        *("--base", "example-early", "--base-texts", "--product", "toolkit", "--format", "html", "--format", "brf"),
        *("--single-file", "--jobs", "1", "--output", output),
    )
    assert done.status == 0, done.err
    packs = output / "packs"
    here = unzipped(browser.get(f"{made_at}/packs.zip").data)
    assert {name: data for name, data in here.items() if name != "packs.csv"} == {
        path.relative_to(packs).as_posix(): path.read_bytes()
        for path in packs.rglob("*")
        if path.is_file() and path.name != "packs.csv"
    }
    base = yaml.safe_load((Path(shipped()) / "content" / "partnerships" / "example-early.yaml").read_text("utf-8"))
    assert any(base["contact"]["email"].encode() in data for data in here.values()), "a text of the base's own"
    back = checked(browser, address, {**match, "only": ["al"]})
    assert re.findall(r'name="only" value="([a-z-]+)" checked', back) == ["al"]
    none = browser.post(urlsplit(address).path, {**match, "only": ""})
    assert none.status_code == 422
    assert "Tick at least one partnership" in none.text
    nobody = browser.post(urlsplit(address).path, {**match, "only": "nobody"})
    assert nobody.status_code == 422


def picture(colour: str) -> bytes:
    drawn = f'<rect width="60" height="20" fill="{colour}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">{drawn}</svg>'.encode()


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    packed.seek(0)
    return packed


def test_logos_come_with_a_spreadsheet_and_packs_have_those_that_cells_name(server: Server, tmp_path: Path) -> None:
    """One at once, the others in a zip afterwards: what `batch` makes of files beside its table."""
    browser = server.browser()
    rows = [
        ["Tŷ Gŵyr", "House", "Tŷ Gŵyr.svg", "tŷ", "house"],
        ["Âl", "Ale", r"C:\logos\AL.SVG", "âl", "ale"],
        ["Pont", "Bridge", "", "", ""],
    ]
    match = {**MATCH, **LOGO}
    file, name = table(tmp_path, rows)
    one = (io.BytesIO(picture("#1a5c3a")), unicodedata.normalize("NFD", "Tŷ Gŵyr.svg"))
    address = sent(browser, (file, name), logos=one)
    assert told(checked(browser, address, match)) == [
        "Taflen!C5 Ale · Logo file (Welsh): This logo is not here: C:\\logos\\AL.SVG. "
        "Send a file of this name below, under ‘Logos’."
    ]
    more = zipped({"../../../logos/al.svg": picture("#123456"), "__MACOSX/._al.svg": b"x", "notes.txt": b"y"})
    answer = browser.post(f"{urlsplit(address).path}/logos", {**match, "logos": (more, "logos.zip")})
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert told(page) == []
    assert "tŷ gŵyr.svg, al.svg" in page
    (folder,) = {path.parent.parent for path in browser.sessions.folder.rglob("logos/*.svg")}
    assert {path.name for path in (folder / "logos").iterdir()} == {
        f"{hashlib.sha256(data).hexdigest()[:16]}.svg" for data in (picture("#1a5c3a"), picture("#123456"))
    }
    made_at, job = made(browser, address, match)
    assert job.state is State.DONE, job
    beside = tmp_path / "beside"
    beside.mkdir()
    rows[1][2] = "al.svg"
    path = write(
        beside / "a.xlsx",
        [
            ["id", "name.cy", "name.en", "logo.file", "logo.alternative.cy", "logo.alternative.en"],
            *[["", *row] for row in rows],
        ],
    )
    (beside / "Tŷ Gŵyr.svg").write_bytes(picture("#1a5c3a"))
    (beside / "al.svg").write_bytes(picture("#123456"))
    done = typed("batch", "--from", path, "--product", "summary", "--output", tmp_path / "typed")
    assert done.status == 0, done.err
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{made_at}/packs.zip").data)) as archive:
        here = {each: archive.read(each) for each in archive.namelist() if each.endswith(".pdf")}
    wanted = {f"{each.parent.name}/{each.name}": each.read_bytes() for each in (tmp_path / "typed").rglob("*.pdf")}
    assert here == wanted
    assert len(here) == 3


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", b"PK\3\4 and no more", "This zip cannot be read"),
        ("a.txt", b"nothing", "There is no logo among these files"),
        ("a.zip", zipped({"a.txt": b"x"}).getvalue(), "There is no logo among these files"),
        ("a.zip", zipped({"a.png": b"0" * 2_500_000}).getvalue(), "One of the logos is too large"),
        ("a.zip", zipped({f"{each}.svg": b"<svg/>" for each in range(601)}).getvalue(), "There are too many logos"),
    ],
    ids=["broken", "none", "none in a zip", "a large one", "too many"],
)
def test_logos_that_cannot_be_taken_are_told_and_nothing_is_kept(
    server: Server, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    browser = server.browser()
    address = sent(browser, table(tmp_path))
    answer = browser.post(f"{urlsplit(address).path}/logos", {**MATCH, "logos": (io.BytesIO(data), name)})
    assert answer.status_code == 422
    assert said in answer.text
    assert "The logos that are here" not in answer.text
