# ruff: noqa: E501  (a table)
"""Silent faults in styles: pages that the engine makes without a word, and that nobody should print."""

from __future__ import annotations

from tests.press.preflight.planted import Planted

TITLE = "<h1>{{ action.title | t }}</h1>"
SQUARE = "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E{}%3C/svg%3E"
BLACK = SQUARE.format("%3Crect width='9' height='9'/%3E")
WHITE = SQUARE.format("%3Crect width='9' height='9' fill='%23ffffff'/%3E")
SHAPE = (
    f"""<p>Gair</p><div class="shape" style="background-image: url(&quot;data:image/svg+xml,{BLACK}&quot;)"></div>"""
)
ROOM = ".shape { width: 20mm; height: 20mm; background-repeat: no-repeat; background-size: 100% 100% }"
NAMED = r"content/actions/SP1\.yaml:\d+:\d+: error: title\.cy: "
LAYOUT = r"layouts/leaf\.html: error: "

STYLES = (
    Planted("white on white", TITLE, "h1 { color: #ffffff }", f"{NAMED}.* #ffffff on the paper has a contrast of 1.0:1"),
    Planted("grey too light", TITLE, "h1 { color: #999999 }", f"{NAMED}.* has a contrast of 2.8:1, .* needs 3:1"),
    Planted("dark on dark", TITLE, "h1 { background: #1c1f24 }", f"{NAMED}.* on #1c1f24 has a contrast of 1.0:1"),
    Planted("without colour", TITLE, "h1 { color: transparent }", f"{NAMED}.*cannot be seen"),
    Planted("half transparent", TITLE, "h1 { opacity: 0.2 }", f"{NAMED}.*is too faint"),
    Planted("wholly transparent", TITLE, "h1 { opacity: 0 }", f"{NAMED}.*cannot be seen"),
    Planted("hidden", TITLE, "h1 { visibility: hidden }", f"{NAMED}.*is not on its page"),
    Planted("not displayed", TITLE, "h1 { display: none }", f"{NAMED}.*is not on its page"),
    Planted("in no size", TITLE, "h1 { font-size: 0 }", f"{NAMED}.*(is not on its page|fails)"),
    Planted("below its own ground", TITLE, "h1 { position: relative; z-index: -1 } .leaf { background: #fff }",
            f"{NAMED}.*is covered, at “.*”, by section.leaf, what is painted in #ffffff.*: move one of them"),
    Planted("cut off below", TITLE, "h1 { height: 2mm; overflow: hidden }", f"{NAMED}.*is cut off: .* mm"),
    Planted("clipped away", TITLE, "h1 { position: absolute; clip: rect(0, 0, 0, 0) }", f"{NAMED}.*is cut off"),
    Planted("moved off the page", TITLE, "h1 { transform: translateX(90mm) }", f"{NAMED}.* mm outside the page"),
    Planted("moved on the page", TITLE, "h1 { transform: translateY(30mm) }", f"{NAMED}.*from where it is laid out"),
    Planted("upside down", TITLE, "h1 { transform: rotate(180deg) }", f"{NAMED}.*from where it is laid out"),
    Planted("shrunk to nothing", TITLE, "h1 { transform: scale(0) }", r"error: .*(fails|is not on its page)"),
    Planted("indented off the page", TITLE, "h1 { text-indent: -300mm }", f"{NAMED}.*outside"),
    Planted("on a gradient", TITLE, "h1 { color: #fff; background: linear-gradient(90deg, #1c1f24, #ffffff) }",
            f"{NAMED}.*is too faint"),
    Planted("on a light picture", TITLE, f'h1 {{ color: #fff; background: url("data:image/svg+xml,{WHITE}") }}',
            f"{NAMED}.*is too faint"),
    Planted("generated text, white", TITLE, 'h1::before { content: "Gair "; color: #fff }', "“Gair ” is too faint"),
    Planted("bullets, white", "<ul><li>Gair</li></ul>", "ul { padding-left: 9mm; list-style: disc } li::marker { color: #fff }",
            "“• ?” is too faint"),
    Planted("first letter, white", TITLE, "h1::first-letter { color: #fff }", f"{NAMED}.*is too faint"),
    Planted("letters over one another", TITLE, "h1 { letter-spacing: -0.4em }", f"{NAMED}.*letters over one another"),
    Planted("lines over one another", TITLE, "h1 { font-size: 8pt; width: 22mm; line-height: 0.3 }", f"{NAMED}.*over one another"),
    Planted("cut short with dots", TITLE, "h1 { width: 25mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }",
            f"{NAMED}.*(is not whole|wider than its column|is not on its page)"),
    Planted("one line of many", "<p>{{ action.purpose | t }}</p>", "p { width: 40mm; max-lines: 1; continue: discard }",
            r"purpose\.cy: .*(is not whole|is not on its page)"),
    Planted("covered by another box", f"{TITLE}<div></div>",
            "div { margin-top: -9mm; position: relative; width: 50mm; height: 9mm; background: #c0ffc0 }",
            f"{NAMED}.*(is covered|stands under)"),
    Planted("a property mistyped", TITLE, "\nh1 { font-wieght: bold }",
            r"styles/test\.css:3:\d+: error: there is no property “font-wieght”; did you mean “font-weight”"),
    Planted("a value mistyped", TITLE, "\nh1 { color: rde }",
            r"styles/test\.css:3:\d+: error: “color: rde” is passed over \(invalid value\)"),
    Planted("a selector mistyped", TITLE, "\nh1:hoverr { color: #000 }",
            r"styles/test\.css:3:1: error: the selector “h1:hoverr” is not understood"),
    Planted("a custom property mistyped", TITLE, "html { --accent: #000 }\nh1 { color: var(--acent) }",
            r"styles/test\.css:3:\d+: error: no style defines --acent; did you mean “--accent”"),
    Planted("a picture of a style is not there", TITLE, "\nh1 { background: url(blodyn.svg) }",
            r"styles/test\.css:3:\d+: error: “blodyn\.svg” is not there"),
    Planted("a style sheet is not there", TITLE, '@import "arall.css";', r"styles/test\.css:.*arall\.css"),
    Planted("picture in no size", SHAPE, f"{ROOM} .shape {{ background-size: 0 0 }}", f"{LAYOUT}.*has no room"),
    Planted("picture in no room", SHAPE, f"{ROOM} .shape {{ width: 0 }}", f"{LAYOUT}.*has no room"),
    Planted("picture beside its room", SHAPE, f"{ROOM} .shape {{ background-position: 70mm 0 }}", f"{LAYOUT}.*has no room"),
    Planted("picture taken away", SHAPE, f"{ROOM} .shape {{ background-image: none !important }}",
            f"{LAYOUT}.*is named, and not drawn"),
    Planted("picture not displayed", SHAPE, f"{ROOM} .shape {{ display: none }}", f"{LAYOUT}.*is named, and not drawn"),
    Planted("picture black on black", SHAPE, f"{ROOM} .shape {{ background-color: #000 }}", f"{LAYOUT}.*is not seen"),
    Planted("picture covered", f"{SHAPE}<div class='box'></div>",
            f"{ROOM} .box {{ position: relative; margin-top: -20mm; width: 20mm; height: 20mm; background: #fff }}",
            f"{LAYOUT}.*is not seen"),
    Planted("picture over another", SHAPE + SHAPE.replace("<p>Gair</p>", ""),
            f"{ROOM} div + div {{ margin-left: -12mm }}", f"{LAYOUT}.*stand over one another"),
)  # fmt: skip
