"""What is taken away is what the command makes, byte for byte; progress, cancelling, fetching again."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.typed import typed
from tests.web.conftest import Server
from tests.web.site import Browser, read
from toolkit_builder import build
from toolkit_builder.documents.sheet_options import USUAL_MARKS
from toolkit_builder.web import jobs
from toolkit_builder.web.jobs import MOST_OF_ONE, State
from toolkit_builder.web.orders import usual_products

OTHERS = ["FM1", "FM2", "FM3", "FM4", "FM6", "FM7"]
ONE: dict[str, Any] = {"product": "summary", "category": "finance", "exclude": OTHERS}
SAME = ("--category", "finance", *(f"--exclude={code}" for code in OTHERS))


def files(browser: Browser, address: str) -> dict[str, bytes]:
    """The files of a finished job by their names, each fetched."""
    reader = read(browser.get(address).text)
    links = [str(has["href"]) for tag, has in reader.elements if tag == "a" and "/files/" in str(has.get("href"))]
    found = {}
    for link in links:
        answer = browser.get(link)
        assert answer.status_code == 200
        found[answer.headers["Content-Disposition"].partition("filename=")[2].strip('"')] = answer.data
    return found


@pytest.mark.parametrize(
    ("form", "command"),
    [
        ({**ONE, "product": ["summary", "cards"]}, [("summary", *SAME), ("cards", *SAME)]),
        ({**ONE, "use": "shop", "product": "summary"}, [("summary", *SAME, "--for", "print-shop")]),
        (
            {**ONE, "partnership": "example-early", "greyscale": "yes"},
            [("summary", *SAME, "--partnership", "example-early", "--greyscale")],
        ),
    ],
    ids=["for everyone", "for a print shop", "for a partnership"],
)
def test_the_bytes_are_those_of_the_command(
    server: Server, tmp_path: Path, form: dict[str, object], command: list[tuple[str, ...]]
) -> None:
    browser = server.browser()
    address, job = browser.made(form)
    assert job.state is State.DONE, job
    for each in command:
        done = typed(*each, "--output", tmp_path)
        assert done.status == 0, done.err
    wanted = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.suffix in (".pdf", ".txt")}
    made = files(browser, address)
    assert made == wanted
    assert files(browser, address) == made  # again
    if len(made) > 1:
        first, second = (browser.get(f"{address}/all.zip").data for _ in range(2))
        assert first == second
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == wanted


MANY = {
    **ONE,
    "product": "cards",
    "deck": "text",
    "first": "en",
    "own_size": "110x160",
    "bleed": "3",
    "gap": "4.5",
    "stack": "yes",
    "blanks": "yes",
    "own_copies": "FM5 = 3; guide=0",
    "marks": ["", "cut", "registration"],
    "paper_weight": "250",
}
TYPED = (
    *("--deck", "text", "--first", "en", "--card-size", "110x160mm", "--bleed", "3", "--gap", "4.5"),
    *("--order", "stack", "--fill", "blank", "--copies", "FM5=3", "--copies", "guide=0", "--marks", "cut,registration"),
)


@pytest.mark.parametrize(
    ("form", "command"),
    [
        (MANY, ("cards", *TYPED)),
        ({**ONE, "pages": "booklet", "paper_weight": "90"}, ("summary", "--booklet", "--paper-weight", "90")),
        ({**ONE, "pages": "two-up", "sheet": "a3"}, ("summary", "--two-up", "--sheet", "a3")),
        ({**ONE, "use": "drawings"}, ("summary", "--format", "svg")),
        (
            {**ONE, "product": "toolkit", "use": "html", "single_file": "yes"},
            ("toolkit", "--format", "html", "--single-file"),
        ),
        (
            {**ONE, "product": "toolkit", "use": "brf", "grade": "1", "braille_page": "32x20"},
            ("toolkit", "--format", "brf", "--grade", "1", "--braille-page", "32x20"),
        ),
    ],
    ids=["cards", "booklet", "two-up", "outlines", "one web page", "braille"],
)
def test_what_is_seldom_asked_for_is_what_the_command_makes_of_its_options(
    server: Server, tmp_path: Path, form: dict[str, object], command: tuple[str, ...]
) -> None:
    browser = server.browser()
    address, job = browser.made(form)
    assert job.state is State.DONE, job
    done = typed(*command, *SAME, "--output", tmp_path)
    assert done.status == 0, done.err
    wanted = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and path.name != "manifest.json" and not path.name.startswith(".")
    }
    made: dict[str, bytes] = {}
    for name, data in files(browser, address).items():
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                made |= {each: archive.read(each) for each in archive.namelist()}
        else:
            made[name] = data
    assert made == wanted
    again = browser.get(f"/en/take?{job.query}").text
    assert '<details class="panel-box" open>' in again or form.get("use") == "drawings"
    for name, value in form.items():
        if name not in ("product", "marks", "category", "exclude", "own_copies") and value != "yes":
            assert f'value="{value}"' in again


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bleed", "21"),
        ("gap", "a lot"),
        ("paper_weight", "9"),
        ("own_size", "120x80"),
        ("own_copies", "FM5"),
        ("braille_page", "7"),
    ],
)
def test_what_cannot_be_typed_there_is_told_at_its_field(server: Server, field: str, value: str) -> None:
    browser = server.browser()
    for language in ("cy", "en"):
        sent = browser.post(f"/{language}/take", {**ONE, "sent": "yes", field: value})
        assert sent.status_code == 422
        assert f'id="remark-{field}"' in sent.text
        assert f'value="{value}" aria-invalid="true"' in sent.text


def test_a_translation_that_was_not_reviewed_can_be_refused(server: Server) -> None:
    _, job = server.browser().made({**ONE, "reviewed_only": "yes"})
    assert job.state is State.WRONG


def test_the_job_ticket_is_called_one_and_small_files_have_a_size(server: Server) -> None:
    browser = server.browser()
    address, _ = browser.made({**ONE, "use": "shop"})
    page = " ".join(browser.get(address).text.split())
    assert "The job ticket, for the print shop" in page
    assert "0.00 MB" not in page
    assert re.search(r"\b[1-9][0-9]* kB<", page)


def test_pages_are_shown_as_they_are(server: Server) -> None:
    browser = server.browser()
    address, job = browser.made(ONE)
    assert job.result
    assert f"{address}/pages/0/1.png" in browser.get(address).text
    small = browser.get(f"{address}/pages/0/1.png")
    assert small.mimetype == "image/png"
    assert len(browser.get(f"{address}/pages/0/1.png?size=large").data) > len(small.data)
    for wrong in ("0/0.png", "0/99.png", "7/1.png", "0/1.png?size=huge"):
        assert browser.get(f"{address}/pages/{wrong}").status_code == 404


def test_pictures_come_as_a_zip(server: Server) -> None:
    browser = server.browser()
    address, job = browser.made({**ONE, "product": "cards", "use": "pictures"})
    assert job.state is State.DONE, job
    (data,) = files(browser, address).values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [Path(name).name for name in archive.namelist()]
    assert "alt.csv" in names
    assert any(name.startswith("FM5.") and name.endswith(".png") for name in names)


def test_editions_without_pages_are_those_of_the_command(server: Server, tmp_path: Path) -> None:
    browser = server.browser()
    page = browser.get("/cy/take").text
    for form, product in (("html", "toolkit"), ("docx", "handouts"), ("brf", "toolkit")):
        assert f'name="use" value="{form}"' in page
        # What is of paper alone is passed over; what does not come so is left out, and told.
        asked = {**ONE, "product": [product, "summary"], "use": form, "large_print": "yes", "layout": "block-by-block"}
        address, job = browser.made(asked)
        assert job.state is State.DONE, job
        assert "left out: summary" in " ".join(map(str, job.notices))
        told = read(browser.get(address.replace("/en/", "/cy/")).text).texts
        assert ("cy", "Heb eu creu, gan nad ydynt ar gael ar y ffurf honno: Crynodeb.") in told
        done = typed(product, *SAME, "--format", form, "--output", tmp_path / form)
        assert done.status == 0, done.err
        (name, data), *more = files(browser, address).items()
        assert not more
        wanted = {
            path.relative_to(tmp_path / form).as_posix(): path.read_bytes()
            for path in (tmp_path / form).rglob("*")
            if path.is_file() and path.name != "manifest.json" and not path.name.startswith(".")
        }
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert {each: archive.read(each) for each in archive.namelist()} == wanted
        else:
            assert {name: data} == wanted
    refused = browser.post("/en/take", {**ONE, "sent": "yes", "use": "epub"})
    assert refused.status_code == 422
    assert "None of what you chose comes in that form" in refused.text


def test_nobody_gets_what_another_made(server: Server) -> None:
    browser, other = server.browser(), server.browser()
    address, _ = browser.made(ONE)
    for page in ("", "/state", "/files/0", "/all.zip", "/pages/0/1.png", "/events"):
        assert other.get(f"{address}{page}").status_code == 404
    assert other.post(f"{address}/stop").status_code == 404
    assert address not in other.get("/en/take").text
    assert address in browser.get("/en/take").text


def test_progress_is_told_as_it_happens_and_the_page_reloads_itself_without_script(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    browser, going = server.browser(), threading.Event()
    make = build.make

    def slow(*asked: object, **more: object) -> object:
        going.wait(20)
        return make(*asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "make", slow)
    sent = browser.post("/cy/take", {"sent": "yes", **ONE})
    address = sent.headers["Location"]
    page = browser.get(address).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Canslo" in page
    going.set()
    told = browser.get(f"{address}/events").text
    assert "event: progress" in told
    assert told.rstrip().endswith("event: over\ndata:")
    after = browser.get(address).text
    assert "refresh" not in after
    assert "Yn barod" in after


def test_a_long_job_can_be_cancelled_and_leaves_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    browser, going = server.browser(), threading.Event()
    make = build.make

    def slow(*asked: object, **more: object) -> object:
        going.wait(20)
        return make(*asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "make", slow)
    addresses = [browser.post("/en/take", {"sent": "yes", **ONE}).headers["Location"] for _ in range(MOST_OF_ONE)]
    refused = browser.post("/en/take", {"sent": "yes", **ONE})
    assert refused.status_code == 503
    assert "Too much of your work" in refused.text
    for address in addresses:
        assert browser.post(f"{address}/stop").status_code == 303
    going.set()
    found = [server.queue._jobs[address.rpartition("/")[2]] for address in addresses]
    for job in found:
        server.queue.wait(job, -1, 20)
        while not job.is_over:
            server.queue.wait(job, job.version, 20)
        assert job.state is State.STOPPED
        assert job.request.output
        assert list(job.request.output.iterdir()) == []
    assert "Cancelled" in browser.get(addresses[0]).text


def test_what_was_made_long_ago_goes_with_its_files(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_KEPT", 1)
    browser = server.browser()
    (first, old), (second, new) = browser.made(ONE), browser.made(ONE)
    third, _ = browser.made(ONE)
    assert [browser.get(address).status_code for address in (first, second, third)] == [404, 200, 200]
    assert old.request.output
    assert new.request.output
    assert (old.request.output.exists(), new.request.output.exists()) == (False, True)


def test_a_defect_is_a_message_and_the_next_job_is_done(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = server.browser()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "make", broken)
        address, job = browser.made(ONE)
        assert job.state is State.WRONG
        assert "That is the fault of this tool" in browser.get(address).text
        assert "on purpose" not in browser.get(address).text
    assert browser.made(ONE)[1].state is State.DONE


@pytest.mark.parametrize(("name", "bound"), [("MOST_PAGES", 0), ("MOST_SECONDS", -1.0)])
def test_a_job_has_bounds(server: Server, monkeypatch: pytest.MonkeyPatch, name: str, bound: float) -> None:
    monkeypatch.setattr(jobs, name, bound)
    # another size of cards, which has not been typeset before
    form = {**ONE, "product": "cards", "card_size": "a5"}
    _, job = server.browser().made(form)
    assert job.state is State.WRONG
    assert job.trouble


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"product": []}, "Choose at least one thing"),
        ({"product": "cards", "large_print": "yes"}, "comes in large print"),
        ({"product": "badges", "use": "shop"}, "comes for a print shop"),
        ({"product": "cards", "use": "screen", "fillable": "yes"}, "fields to fill in"),
        ({"product": "cards", "layout": "parallel-pages"}, "can be laid out so"),
        ({"product": "cards", "stage": "mature", "resource": "low", "time": "medium"}, "No card answers"),
    ],
)
def test_what_cannot_be_is_told_on_the_form_which_keeps_what_was_said(
    server: Server, form: dict[str, object], said: str
) -> None:
    answer = server.browser().post("/en/take", {"sent": "yes", "copies": "3", **form})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'name="copies" min="1" max="50" value="3"' in answer.text


def test_what_is_wrong_with_pages_is_told(own: Server) -> None:
    project = own.app.extensions["toolkit-builder"].library.project
    file = project.content / "actions" / "FM5.yaml"
    file.write_text(file.read_text("utf-8").replace("en: Fundraising\n", "en: Fundraising 漢字\n", 1), "utf-8")
    browser = own.browser()
    address, job = browser.made(ONE)
    assert job.state is State.WRONG, job
    page = browser.get(address).text
    assert "Something is wrong with the pages" in page
    assert "content/actions/FM5.yaml" in page


def test_the_form_of_take_away_is_there_in_the_other_language_as_it_was_filled_in(server: Server) -> None:
    browser = server.browser()
    sent = browser.post(
        "/cy/take", {"sent": "yes", "product": "cards", "use": "shop", "greyscale": "yes", "do": "show"}
    )
    assert sent.status_code == 200
    ticked = re.findall(r'<input type="(?:checkbox|radio)" name="(\w+)" value="([^"]*)" checked', sent.text)
    assert ticked == [("product", "cards"), ("use", "shop"), ("greyscale", "yes")] + [
        ("marks", mark) for mark in USUAL_MARKS
    ]


def test_a_zip_and_what_was_made_before_say_for_whom_and_for_which_use(server: Server) -> None:
    browser = server.browser()
    form: dict[str, Any] = {
        "sent": "yes",
        "product": ["worksheet", "summary"],
        "partnership": "example-early",
        "use": "office",
    }
    made, job = browser.made(form)
    assert job.state is State.DONE, job
    page = browser.get(made).text
    [address] = re.findall(r'href="([^"]*all\.zip)"', page)
    zipped = browser.get(address)
    assert "example-early-office.zip" in zipped.headers["Content-Disposition"]
    assert 'href="/en/tailor/example-early' in page, "the steps lead back to it"
    [step] = re.findall(r'<a class="step step-take" href="([^"]*)"', page)
    assert "partnership=example-early" in step
    before = browser.get("/en/take").text.partition('id="before"')[2]
    assert "Cwm Enghraifft Example Partnership · An office printer" in " ".join(before.split())


def test_the_products_that_a_partnership_lists_are_ticked_at_first(server: Server) -> None:
    browser = server.browser()

    def ticked(query: str) -> list[str]:
        return re.findall(r'name="product" value="([\w-]+)" checked', browser.get(f"/en/take?{query}").text)

    assert ticked("partnership=example-early") == ["cards", "handouts", "toolkit"]
    assert ticked("partnership=example-early&product=summary") == ["summary"]
    assert ticked("") == list(usual_products(server.app.extensions["toolkit-builder"].library.read()))
    assert browser.get("/en/take?partnership=../nobody").status_code == 400
