# ruff: noqa: E501  (a table)
"""Silent faults in the shipped project: in its contents, and where pages are laid over one another or on sheets."""

from __future__ import annotations

from tests.press.preflight.planted import PlantedInProject

FRAMEWORK = "content/framework.yaml"
LONG_WORD = "Framework" + "llanfair" * 7
FOUR_LINES = "Activities that are very long and take much room on this page and go on for four whole lines of it"
ONE = ("toolkit", "--action", "SP1")

PROJECTS = (
    PlantedInProject("title of a word of 60 letters", ((FRAMEWORK, "en: Framework for Action", f"en: {LONG_WORD}"),), ONE,
                     r"^content/framework\.yaml:\d+:\d+: error: title\.en: .*\(cover, cy-en\)"),
    PlantedInProject("category of four lines",
                     ((FRAMEWORK, "en: Activities for developing shared purpose", f"en: {FOUR_LINES}"),
                      ("styles/toolkit.css", ".opening .opening-long { font-size: 22pt; }", ""),
                      ("layouts/toolkit/opening.html", "else marks.dark(category)", "else '#ffffff'")), ONE,
                     r"title\.en: “Activities.* is too faint.*shorten the text"),
    PlantedInProject("rows in the colour of their page",
                     (("styles/toolkit.css", ".opening-list { color: #ffffff;", ".opening-list { color: var(--ink);"),),
                     ONE, r"^content/actions/SP1\.yaml:\d+:\d+: error: (title|purpose)\.cy: .*is too faint"),
    PlantedInProject("rows wider than their room",
                     (("styles/toolkit.css", "page: row-leaf; width: 170mm", "page: row-leaf; width: 190mm"),
                      ("styles/toolkit.css", "size: 170mm 297mm", "size: 190mm 297mm")), ONE,
                     r"a row is 190 mm wide, and the room for it 170 mm"),
    PlantedInProject("imprint in the colour of its cover",
                     (("styles/toolkit.css", "height: 297mm; color: #ffffff; position: relative; }\n.imprint p",
                       "height: 297mm; color: #333333; position: relative; }\n.imprint p"),), ONE,
                     r"is too faint: #333333 on #1c1f24 has a contrast of 1\.3:1.*where it is printed over"),
    PlantedInProject("imprint over the title of its cover",
                     (("styles/toolkit.css", "top: 243mm; height: 27mm;", "top: 140mm; height: 27mm;"),), ONE,
                     r"stands over its text"),
    PlantedInProject("cards that A4 has no room for",
                     (("layouts/cards/product.yaml", "page: a6", "page: [211, 298]"),
                      ("styles/cards.css", "width: 105mm; height: 148mm", "width: 148mm; height: 210mm"),
                      ("styles/cards.css", "height: 138mm", "height: 200mm")),
                     ("cards", "--action", "SP1"),
                     r"^layouts/cards/product\.yaml:8:9: error: sheets: a card of this size has no room on A4"),
    PlantedInProject("a style that makes cards larger than their product says",
                     (("styles/cards.css", "@page {", "@page { size: 148mm 210mm;"),
                      ("styles/cards.css", "width: 105mm; height: 148mm", "width: 148mm; height: 210mm"),
                      ("styles/cards.css", "height: 138mm", "height: 200mm")),
                     ("cards", "--action", "SP1"),
                     r"^styles/cards\.css:\d+:\d+: error: size: the page is 105mm 148mm in layouts/cards/product"),
    PlantedInProject("the art of a cover over its titles",
                     (("layouts/toolkit/cover_art.html", "style=\"height: {{ high }}mm;", "style=\"height: 200mm;"),),
                     ("toolkit", "--action", "SP1", "--action", "GA1"),
                     r"^content/labels\.yaml:.*“Pecyn cymorth” is too faint: #ffffff on #"),
    PlantedInProject("running head that is hidden",
                     (("styles/toolkit.css", ".running { color", ".running { display: none; color"),), ONE,
                     r"“Framework for Action” is not on its page"),
    PlantedInProject("note that is hidden",
                     (("styles/cards.css", ".card li {", ".card .parties { visibility: hidden } .card li {"),),
                     ("cards", "--deck", "text", "--action", "SP1"), r"is not on its page"),
    PlantedInProject("symbols that are not drawn",
                     (("styles/base.css", ".symbol { display: inline-block", ".symbol { display: none"),),
                     ("summary", "--action", "SP1"), r"^layouts/summary/page\.html: error: .*not drawn"),
    PlantedInProject("faint in grey alone",
                     (("styles/greyscale.css", ".opening h2 { color: #ffffff; }", ".opening h2 { color: #777777; }"),),
                     (*ONE, "--greyscale"), r"is too faint: #777777 on #"),
    PlantedInProject("white on white where ink is spared",
                     (("styles/low-ink.css", ".opening h2 { color: var(--ink); }", ""),), (*ONE, "--low-ink"),
                     r"is too faint: #ffffff on the paper"),
)  # fmt: skip
