# ruff: noqa: E501  (a table)
"""Silent faults in layouts, and in the drawings and texts that they print."""

from __future__ import annotations

from tests.press.preflight.planted import Planted
from tests.press.preflight.planted_styles import BLACK, LAYOUT, NAMED, ROOM, SQUARE, TITLE


def drawing(inside: str) -> str:
    address = SQUARE.format(inside.replace("<", "%3C").replace(">", "%3E").replace("#", "%23"))
    return f"""<p>Gair</p><div class="shape" style="background-image: url(&quot;data:image/svg+xml,{address}&quot;)"></div>"""


LAYOUTS = (
    Planted("element with hidden", "<h1 hidden>{{ action.title | t }}</h1>", "", f"{NAMED}.*is not on its page"),
    Planted("running text that is no artifact", f"<p class='top'>Pen</p>{TITLE}",
            "@page { margin-top: 12mm; @top-left { content: element(top) } } .leaf { height: 80mm }"
            " .top { position: running(top) }", "“Pen” is not on its page"),
    Planted("artifact that is hidden", f"<p class='top' data-artifact>Pen</p>{TITLE}", ".top { display: none }",
            "“Pen” is not on its page"),
    Planted("artifact twice", f"<p class='top' data-artifact>Pen</p>{TITLE}",
            "@page { margin-top: 12mm; @top-left { content: element(top) } @top-right { content: element(top) } }"
            " .leaf { height: 80mm } .top { position: running(top) }", "“pen” stands at the edge .* more than once"),
    Planted("page number that nobody stamps", f"{TITLE}<p>Tudalen <span data-number>7</span></p>", "",
            f"{LAYOUT}.*data-number"),
    Planted("empty drawing", drawing(""), ROOM, f"{LAYOUT}.*draws nothing"),
    Planted("drawing of NaN", drawing("<path d='M NaN 0 L NaN 9'/>"), ROOM, f"{LAYOUT}.*draws nothing"),
    Planted("gradient of itself", drawing("<linearGradient id='g' href='#g'/><rect width='9' height='9' fill='url(#g)'/>"),
            ROOM, f"{LAYOUT}.*(draws nothing|is not seen|fails)"),
    Planted("drawing beside its page", drawing("<rect x='20' width='9' height='9'/>"), ROOM, f"{LAYOUT}.*draws nothing"),
    Planted("drawing white on white", drawing("<rect width='9' height='9' fill='#ffffff'/>"), ROOM, f"{LAYOUT}.*is not seen"),
    Planted("drawing without paint", drawing("<rect width='9' height='9' fill='none'/>"), ROOM, f"{LAYOUT}.*draws nothing"),
    Planted("title over a shape of its colour",
            f"""<div class="shape" style="background-image: url(&quot;data:image/svg+xml,{BLACK}&quot;)"></div>{TITLE}""",
            f"{ROOM} h1 {{ margin-top: -18mm; color: #000; position: relative }}", f"{NAMED}.*is too faint, at “"),
    Planted("words in a picture's place", f'{TITLE}<img src="llun.png" alt="Llun">', "img { display: none }",
            "(is named, and not drawn|alternative texts)"),
    Planted("picture in a size of nothing", f'{TITLE}<img src="llun.png" alt="Llun">', "img { width: 0; height: 0 }",
            f"{LAYOUT}.*has no room"),
    Planted("text on a photograph", f"<div class='photo'>{TITLE}</div>", ".photo { background: url(llun.png) }",
            f"{NAMED}.*is too faint"),
)  # fmt: skip
