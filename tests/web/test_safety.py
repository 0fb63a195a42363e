"""Who is let in, from where, and with how much."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.conftest import Server
from tests.web.site import HERE, Browser, read
from toolkit_builder.web.safety import MOST_BYTES
from toolkit_builder.web.sessions import IDLE_HOURS, MOST_SESSIONS

PAGES = ("/en/choose", "/en/take", "/pictures/SP1.svg", "/look.css", "/typeface.ttf")
ORDER = {"sent": "yes", "product": "summary", "add": "FM5"}


def test_an_address_lets_one_browser_in_and_is_used_up(server: Server) -> None:
    token = server.sessions.token
    first, second = server.app.test_client(), server.app.test_client()
    entered = first.get(f"/en/choose?stage=early&token={token}")
    assert entered.status_code == 302
    assert entered.headers["Location"] == "/en/choose?stage=early"
    assert first.get("/en/choose").status_code == 200
    assert second.get(f"/en/choose?token={token}").status_code == 401
    assert second.get("/en/choose").status_code == 401
    assert server.sessions.token != token
    assert second.get(f"/?token={server.sessions.token}").status_code == 302


def test_the_cookie_is_one_and_no_script_reads_it(server: Server) -> None:
    cookies = server.browser().let_in.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert server.sessions.token not in cookies[0]


@pytest.mark.parametrize("address", PAGES)
def test_nobody_sees_anything_without_a_session(server: Server, address: str) -> None:
    stranger = server.app.test_client()
    assert stranger.get(address).status_code == 401
    stranger.set_cookie("toolkit-builder", "guessed")
    assert stranger.get(address).status_code == 401


def test_a_token_never_leads_to_another_host(server: Server) -> None:
    entered = server.app.test_client().get(f"//example.org/?token={server.sessions.token}")
    assert not entered.headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org:8642", "[::1"])
def test_a_foreign_host_is_refused_before_anything_else(server: Server, browser: Browser, host: str) -> None:
    assert browser.get("/en/choose", headers={"Host": host}).status_code == 400
    stranger = server.app.test_client()
    assert stranger.get(f"/?token={server.sessions.token}", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:9", "localhost"])
def test_loopback_is_taken_by_its_names(browser: Browser, host: str) -> None:
    let_in = browser.app.test_client(use_cookies=False)
    assert let_in.get("/en/choose", headers={"Host": host, "Cookie": _cookie(browser)}).status_code == 200


def _cookie(browser: Browser) -> str:
    return browser.let_in.headers["Set-Cookie"].partition(";")[0]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://example.org"},
    ],
)
def test_writes_from_elsewhere_change_nothing(server: Server, headers: dict[str, str]) -> None:
    browser = server.browser()
    before = dict(server.queue._jobs)
    assert browser.post("/en/take", ORDER, headers).status_code == 403
    assert server.queue._jobs == before


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}])
def test_writes_from_here_are_taken(server: Server, headers: dict[str, str]) -> None:
    assert server.browser().post("/en/take", {"sent": "yes"}, headers).status_code == 422


def test_every_address_that_writes_is_guarded(server: Server) -> None:
    browser = server.browser()
    for rule in server.app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            address = re.sub(r"<[^>]*language>", "en", rule.rule)
            address = re.sub(r"<[^>]*>", "x", address)
            assert browser.post(address, {}, {}).status_code == 403, address


def test_what_is_too_large_is_refused(server: Server) -> None:
    browser = server.browser()
    sent = browser.post("/en/take", {"sent": "yes", "product": "x" * (MOST_BYTES + 1)})
    assert sent.status_code == 413
    assert "2 MB" in sent.text


def test_a_session_that_is_not_used_is_gone_with_its_files(server: Server) -> None:
    browser = server.browser()
    session = server.sessions.find(_cookie(browser).partition("=")[2])
    assert session
    folder = session.place("made")
    (folder / "kept.pdf").write_bytes(b"%PDF")
    assert str(IDLE_HOURS) in browser.get("/en/choose").text
    server.clock[0] += IDLE_HOURS * 3600 - 1
    assert browser.get("/en/choose").status_code == 200
    server.clock[0] += IDLE_HOURS * 3600 + 1
    assert browser.get("/en/choose").status_code == 401
    assert not session.folder.exists()


def test_there_are_only_so_many_sessions(server: Server) -> None:
    while server.sessions.begin(server.sessions.token):
        pass
    assert len(server.sessions._sessions) == MOST_SESSIONS
    assert server.app.test_client().get(f"/?token={server.sessions.token}").status_code == 401
    server.clock[0] += IDLE_HOURS * 3600 + 1
    assert server.browser().let_in.status_code == 302


@pytest.mark.parametrize("address", ["/cy/choose", "/en/take", "/en/nowhere", "/look.css"])
def test_every_answer_has_its_policy(server: Server, address: str) -> None:
    answer = server.browser().get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address", ["/cy/choose?stage=early", "/cy/tailor", "/cy/tailor/example-early", "/en/take", "/en/nowhere"]
)
def test_no_page_has_script_or_style_within_it_or_anything_from_elsewhere(server: Server, address: str) -> None:
    for tag, has in read(server.browser().get(address).text).elements:
        assert "style" not in has, (tag, has)
        assert not [name for name in has if name.startswith("on")], (tag, has)
        if tag == "script":
            assert has.get("src")
        for name in ("src", "href", "action"):
            assert not str(has.get(name) or "").startswith(("http", "//", "data:", "javascript:")), (tag, has)


@pytest.mark.parametrize(
    "field", ["partnership", "language", "layout", "use", "card_size", "sheet", "sides", "shop", "copies"]
)
@pytest.mark.parametrize("value", ["../../etc/passwd", "/etc/passwd", "nothing-of-the-kind", "-1"])
def test_no_form_can_name_what_the_page_does_not_offer(server: Server, field: str, value: str) -> None:
    before = dict(server.queue._jobs)
    assert server.browser().post("/en/take", {**ORDER, field: value}).status_code == 400
    assert server.queue._jobs == before


@pytest.mark.parametrize(
    "address",
    [
        "/en/jobs/../../etc/passwd",
        "/en/jobs/%2e%2e/files/0",
        "/pictures/..%2f..%2fSP1.svg",
        "/pictures/XX1.svg",
        "/shapes/nothing.svg",
        "/static/..%2fwords.yaml",
        "/static/../words.yaml",
        "/en/jobs/x/files/0",
        "/en/tailor/../../framework",
        "/en/tailor/..%2f..%2fframework",
        "/en/tailor/nobody",
        "/en/tailor/nobody/file",
        "/en/tailor/nobody/logo/cy",
        "/en/tailor/example-early/logo/..",
        "/en/jobs/x/pages/0/1.png",
        "/en/jobs/x/all.zip",
        "/en/pages/x.png",
        "/en/pages/..%2fx.png",
        "/en/many/x",
        "/en/many/..%2f..",
        "/en/jobs/x/packs.zip",
        "/en/jobs/x/packs/x.zip",
    ],
)
def test_no_address_leads_to_a_file_that_was_not_made(server: Server, address: str) -> None:
    assert server.browser().get(address).status_code == 404


def test_killed_servers_leave_nothing(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit_builder.web.sessions import Sessions

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "toolkit-builder-serve-999999999-abc"
    left.mkdir()
    with Sessions() as sessions:
        assert not left.exists()
        assert sessions.folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []
