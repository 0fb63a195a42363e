"""Where the engine fails over a leaf: which text is too long, and how much of it has room."""

from __future__ import annotations

import re

from toolkit_builder.press.typesetting.overlong import Overlong, emptied, overlong_text

LEAF = (
    '<section class="leaf"><h1><span data-key="labels.yaml#of.note" data-language="cy">Ein nodyn</span></h1>'
    '<div data-key="p.yaml#note" data-language="cy"><p>{words}</p></div></section>'
)


def test_the_text_is_named_with_how_many_words_have_room() -> None:
    html = LEAF.format(words=" ".join(["gair"] * 900))

    def has_room(leaf: str) -> bool:
        return len(re.findall("gair", leaf)) <= 250

    found = overlong_text(html, has_room)
    assert isinstance(found, Overlong)
    assert (found.key, found.language, found.words) == ("p.yaml#note", "cy", 900)
    assert 250 - 9 <= found.room <= 250, "within a hundredth of its words"
    told = found.told("it ran out of memory")
    assert re.match(
        r"“gair gair .*…” is too long by about \d+ words: about \d+ have room \(it ran out of memory\)", told
    )


def test_no_text_is_blamed_that_is_not_the_cause() -> None:
    assert overlong_text(LEAF.format(words="gair"), lambda _: False) is None


def test_a_leaf_without_its_words_keeps_its_elements() -> None:
    html = emptied(LEAF.format(words="un <em>dau</em> tri"))
    assert re.sub(r"\s", "", re.sub("<[^>]*>", "", html)) == ""
    assert "<em></em>" in html
