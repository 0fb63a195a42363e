"""Markdown in texts: emphasis, links and lists, and nothing that a layout has not allowed for."""

from __future__ import annotations

import re
from html import unescape

import pikepdf
import pytest

from tests.making import Copy
from tests.press.planting import PAGE, PlantingPress
from tests.reading import failures, pages, shape, tree
from toolkit_builder.catalogue.markdown import (
    MAXIMUM_DEPTH,
    ForbiddenLinkError,
    MarkdownError,
    blocks,
    inline,
    page,
    plain,
)
from toolkit_builder.catalogue.nesting import indented
from toolkit_builder.errors import FaultsError


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("gair", "gair"),
        ("gair *pwysig* iawn", "gair <em>pwysig</em> iawn"),
        ("gair **pwysig** iawn", "gair <strong>pwysig</strong> iawn"),
        (
            "[WCPP](https://www.wcpp.org.uk/cy)",
            '<a href="https://www.wcpp.org.uk/cy">WCPP</a> (<span class="address" dir="ltr">wcpp.org.uk/cy</span>)',
        ),
        (
            "[ni](mailto:ni@example.org)",
            '<a href="mailto:ni@example.org">ni</a> (<span class="address" dir="ltr">ni@example.org</span>)',
        ),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("dŵr’n “llifo” – ŵ ŷ", "dŵr’n “llifo” – ŵ ŷ"),
        ("* gair", "* gair"),
        ("- gair", "- gair"),
        ("+ gair", "+ gair"),
        ("1. gair", "1. gair"),
        ("12) gair", "12) gair"),
        ("# gair", "# gair"),
        ("> gair", "&gt; gair"),
        ("    gair", "gair"),
        ("`gair`", "`gair`"),
        ("---", "---"),
        ("", ""),
        ("2*3*4", "2*3*4"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*gair*’n, (**gair**)", "<em>gair</em>’n, (<strong>gair</strong>)"),
        ("* * *", "* * *"),
        ("&copy; &amp; &#169;", "&amp;copy; &amp;amp; &amp;#169;"),
        ("gair\\*", "gair*"),
        ("Un\n\ndau", "Un\n\ndau"),
        (
            "(https://x.org/a_b_c?d=1&e), a@b.org; a@b",
            '(<span class="address" dir="ltr">https://x.org/a_b_c?d=1&amp;e</span>), '
            '<span class="address" dir="ltr">a@b.org</span>; a@b',
        ),
        (
            "[**a@b.org**](mailto:a@b.org)",
            '<a href="mailto:a@b.org" class="address" dir="ltr"><strong>a@b.org</strong></a>',
        ),
    ],
)
def test_within_a_line(text: str, html: str) -> None:
    assert inline(text).strip() == html


def test_paragraphs_and_lists() -> None:
    html = blocks("Un *gair*.\n\n* un\n* dau\n\nNeu:\n\n1. tri\n2. pedwar").replace("\n", "")
    lists = "<ul><li>un</li><li>dau</li></ul><p>Neu:</p><ol><li>tri</li><li>pedwar</li></ol>"
    assert html == f"<p>Un <em>gair</em>.</p>{lists}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Neu:\n- un\n- dau", "<p>Neu:</p><ul><li>un</li><li>dau</li></ul>"),
        ("- un\n  - dau\n- tri", "<ul><li>un<ul><li>dau</li></ul></li><li>tri</li></ul>"),
        ("- un\n\n- dau\n\n  tri", "<ul><li>un</li><li><p>dau</p><p>tri</p></li></ul>"),
        ("* * *", "<p>* * *</p>"),
        ("- un\n- - -\n- dau", "<ul><li>un</li></ul><p>- - -</p><ul><li>dau</li></ul>"),
        ("1. un\n1. dau", "<ol><li>un</li><li>dau</li></ol>"),
        ("| a | b |\nneu", "<p>| a | b |neu</p>"),
        (
            "Gair:\n| a | *b* |\n|:--|--:|\n| c |",
            '<p>Gair:</p><table><thead><tr><th style="text-align: start">a</th>'
            '<th style="text-align: end"><em>b</em></th></tr></thead><tbody><tr>'
            '<td style="text-align: start">c</td><td style="text-align: end"></td></tr></tbody></table>',
        ),
    ],
)
def test_blocks(text: str, html: str) -> None:
    assert blocks(text).replace("\n", "") == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1. un\n  - dau\n2. tri", "<ol><li>un<ul><li>dau</li></ul></li><li>tri</li></ol>"),
        (
            "- un\n    - dau\n        - tri\n- x",
            "<ul><li>un<ul><li>dau<ul><li>tri</li></ul></li></ul></li><li>x</li></ul>",
        ),
        ("- un\n      - dau\n   - tri", "<ul><li>un<ul><li>dau</li><li>tri</li></ul></li></ul>"),
        ("- un\n - dau\n- tri", "<ul><li>un</li><li>dau</li><li>tri</li></ul>"),
        ("    - un\n    - dau", "<ul><li>un</li><li>dau</li></ul>"),
        ("- un\n\t- dau", "<ul><li>un<ul><li>dau</li></ul></li></ul>"),
        ("1. un\n\n  dau\n\ntri", "<ol><li><p>un</p><p>dau</p></li></ol><p>tri</p>"),
        ("- un\ndau\n- tri", "<ul><li>undau</li><li>tri</li></ul>"),
        ("un\n1986. dau", "<p>un1986. dau</p>"),
    ],
)
def test_two_spaces_make_a_list_within_a_list(text: str, html: str) -> None:
    assert blocks(text).replace("\n", "") == html
    assert indented(indented(text)) == indented(text)
    assert indented(text).count("\n") == text.count("\n")


def test_lists_have_the_numbers_that_were_typed(press: PlantingPress) -> None:
    press.retell("purpose", "2027. un\n\n3. dau\n4. tri\n1986. pedwar\n\n&copy; 2*3*4\n\n* * *")
    assert press.faults("<div>{{ action.purpose | blocks }}</div>") == []
    [text] = pages(press.target)
    numbers = [number for number in ("2027.", "3.", "4.", "1986.") if number in text]
    assert numbers == ["2027.", "3.", "4.", "1986."]
    assert "&copy;2*3*4***" in text


def test_lists_that_are_loose_or_nested_pass_the_check_of_pdf_ua(press: PlantingPress) -> None:
    """What an item says is in its body, the lists within it too, in the order of reading."""
    press.retell("purpose", "Un:\n- a\n\n- b\n\n  c\n  - d\n    1. e\n\n  f\n- g **h** i")
    assert press.faults("<div>{{ action.purpose | blocks }}</div>", f"{PAGE} ul {{ list-style: disc }}") == []
    assert failures(press.target) == ""
    assert shape(press.target) == (
        "Document(Sect(P:Un:, L(LI(Lbl:•, LBody:a), LI(Lbl:•, LBody(P:b, P:c, "
        "L(LI(Lbl:•, LBody:d(L(LI(Lbl:1., LBody:e))))), P:f)), LI(Lbl:•, LBody:ghi))))"
    )


def test_a_table_in_a_text_is_a_table_in_the_tree(press: PlantingPress) -> None:
    """Its heads stand over columns, its cells name them; one that is empty is there."""
    press.retell("purpose", "Gair:\n\n| Beth | Pryd |\n|---|--:|\n| Gweithdy **ŵ** | Mai |\n| Cinio |")
    assert press.faults("<div>{{ action.purpose | blocks }}</div>") == []
    assert failures(press.target) == ""
    assert shape(press.target) == (
        "Document(Sect(P:Gair:, Table(THead(TR(TH:Beth, TH:Pryd)), TBody(TR(TD:Gweithdyŵ, TD:Mai), TR(TD:Cinio, TD)))))"
    )


def test_lists_that_are_nested_too_deep_are_refused_and_not_cut_off() -> None:
    deep = "".join(f"{'  ' * level}- gair {level}\n" for level in range(MAXIMUM_DEPTH + 1))
    assert blocks(deep.rpartition("\n  ")[0]).count("<ul>") == MAXIMUM_DEPTH
    with pytest.raises(MarkdownError, match="nested more than"):
        blocks(deep)
    with pytest.raises(MarkdownError, match="nested more than"):
        blocks("- " * 5000 + "gair")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*Cyd* **weithio**", "Cyd weithio"),
        ("[WCPP](https://www.wcpp.org.uk) 2*3*4", "WCPP 2*3*4"),
        ("a\\*b &amp; <b>c</b>", "a*b &amp; <b>c</b>"),
        ("dŵr\u00a0oer\n*iawn*", "dŵr\u00a0oer iawn"),
    ],
)
def test_words_without_their_marks_are_those_that_are_printed(text: str, words: str) -> None:
    assert plain(text) == words
    shown = re.sub("<[^>]+>", "", inline(text, addresses=False)).replace("\n", " ")
    assert unescape(shown) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cyd\u00adweithio", "Cydweithio"),
        ("*hir\u2060dymor* a\u200bgored\u200d", "hirdymor agored"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # spelt with it
        ("\u200fملاحظات", "\u200fملاحظات"),
    ],
)
def test_soft_hyphens_and_joiners_keep_out_of_bookmarks(text: str, words: str) -> None:
    assert plain(text) == words


def test_a_heading_ends_a_list_on_a_page() -> None:
    assert page("- un\n## Dau\n1. tri\n  - x").replace("\n", "") == (
        "<ul><li>un</li></ul><h2>Dau</h2><ol><li>tri<ul><li>x</li></ul></li></ol>"
    )


def test_bookmarks_and_metadata_say_what_is_printed(mine: Copy) -> None:
    mine.retell("SP1", "title", "Casglu *gwybodaeth* 2*3", "**Information** gathering")
    title = "cy: Fframwaith Gweithredu\n"
    framework = (mine.root / "content" / "framework.yaml").read_text("utf-8")
    mine.write("content/framework.yaml", framework.replace(title, "cy: Fframwaith **Gweithredu**\n", 1))
    with pikepdf.open(mine.make("handouts", actions=("SP1",))) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == "SP1 Casglu gwybodaeth 2*3 / Information gathering"
        assert str(pdf.docinfo["/Title"]).startswith("Fframwaith Gweithredu: ")
        assert b"**" not in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("convert", [inline, blocks])
@pytest.mark.parametrize(
    "raw",
    [
        "<b>gair</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div>\n\ngair\n\n</div>",
        "<!-- cudd -->",
        "<style>* { display: none }</style>",
        "gair <br> gair",
        "<?php ?>",
        "<https://example.org>",
        "![llun](llun.png)",
        "![llun][a]\n\n[a]: llun.png",
        "*<b>*gair",
        "[<b>gair</b>](https://example.org)",
        '[gair](https://example.org "><script>")',
        "&lt;b&gt;",
        "\x02klzzwxh:0000\x03",
    ],
)
def test_raw_html_is_never_passed_through(convert: object, raw: str) -> None:
    html = str(convert(raw))  # type: ignore[operator]
    allowed = ("<p>", "</p>", "<em>", "</em>", "<a href=", "</a>", '<span class="address"', "</span>")
    for tag in allowed:
        html = html.replace(tag, "")
    assert "<" not in html


@pytest.mark.parametrize("convert", [inline, blocks])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,gair",
        "ftp://example.org",
        "vbscript:x",
        "toolkit:x",
        "<javascript:alert(1)>",
        "//example.org",
        "page.html",
        "#sp1",
    ],
)
def test_links_elsewhere_are_refused(convert: object, address: str) -> None:
    with pytest.raises(ForbiddenLinkError, match="allowed: http, https, mailto"):
        convert(f"gair [gair]({address}) gair")  # type: ignore[operator]


def test_the_address_of_a_link_is_printed_behind_its_words_unless_they_are_one() -> None:
    """Nobody can follow a link on paper."""
    behind = ' (<span class="address" dir="ltr">example.org/cy/tŷ</span>).'
    assert str(inline("Gweler [y tŷ](https://www.example.org/cy/t%C5%B7/).")).endswith(f"y tŷ</a>{behind}")
    assert str(blocks("Gweler [y tŷ](https://www.example.org/cy/t%C5%B7/).")).strip().endswith(f"y tŷ</a>{behind}</p>")
    assert "(" not in inline("[https://example.org/cy](https://example.org/cy) ac [a@b.org](mailto:a@b.org)")
    assert "(" not in inline("[y tŷ](https://example.org)", addresses=False)


def test_a_link_elsewhere_is_refused_where_it_was_written(mine: Copy) -> None:
    _, line = mine.retell("SP1", "purpose", "Gair.", "See [this](javascript:alert(1)).")
    with pytest.raises(FaultsError) as caught:
        mine.make("cards", actions=("SP1",))
    [fault] = caught.value.faults
    assert (fault.file, fault.line, fault.where) == ("content/actions/SP1.yaml", line, "purpose.en")
    assert "javascript:" in fault.message
    assert not mine.output.exists()


def test_html_in_a_text_is_printed_as_it_was_typed(press: PlantingPress) -> None:
    press.retell("title", "<b>Gair</b> <script>alert(1)</script>")
    assert press.faults("<h1>{{ action.title | t }}</h1>") == []
    assert pages(press.target) == ["<b>Gair</b><script>alert(1)</script>"]


def test_html_in_a_label_is_printed_as_it_was_typed(press: PlantingPress) -> None:
    assert press.faults("<p>{{ '<b>gair</b>' }}</p>") == []
    assert pages(press.target) == ["<b>gair</b>"]


def test_a_list_in_a_text_is_a_list_in_the_tree(press: PlantingPress) -> None:
    press.retell("purpose", "Un gair.\n\n- dau\n- tri")
    assert press.faults("<div>{{ action.purpose | blocks }}</div>") == []
    kinds = [element.kind for element in tree(press.target)]
    assert kinds.count("/LI") == 2
