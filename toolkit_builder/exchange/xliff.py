"""XLIFF 1.2 and 2.0: written by translate-toolkit; read element by element, since programs leave more in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit_builder.exchange.encodings import decoded, refuse_characters
from toolkit_builder.exchange.returning import RANKS, Contents, NotThatError, Returned, exported, library, state_named
from toolkit_builder.exchange.units import TranslationJob

_STATES = {
    "missing": "needs-translation",
    "stale": "needs-adaptation",
    "draft": "needs-review-translation",
    "translated": "translated",
    "reviewed": "signed-off",
}
_UNFINISHED = (
    "new",
    "initial",
    "needs-translation",
    "needs-l10n",
    "needs-adaptation",
    "needs-review-translation",
    "needs-review-adaptation",
    "needs-review-l10n",
)
_STATES_2 = {"translated": "translated", "reviewed": "final"}
_STORES = {"1": "translate.storage.xliff", "2": "translate.storage.xliff2"}
_MARK_NOTE = "toolkit-builder"
"""Whose note the mark is, so that a program shows it apart from what is for the translator."""
_GUESSED = ("fuzzy-match", "mt-suggestion", "tm-suggestion", "id-match")
"""State qualifiers of 1.2 for words that a program has put there, and nobody has looked at."""
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w.:-]+)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_KEY = re.compile(r'<(?:\w+:)?(?:trans-unit|unit)\b[^>]*?\b(?:id|name)="([^"]*#[^"]*)"')


def write_1(job: TranslationJob) -> bytes:
    store = library(_STORES["1"]).xlifffile()
    store.setsourcelanguage(job.original)
    store.settargetlanguage(job.language)
    for unit in job.units:
        entry = store.addsourceunit(unit.source)
        entry.setid(unit.key)
        if unit.target:
            entry.target = unit.target
            entry.get_target_dom().set("state", _STATES[unit.state])
        entry.addnote(unit.note, origin="developer")
        entry.addnote(unit.mark, origin=_MARK_NOTE)
        entry.xmlelement.set("approved", "yes" if unit.state == "reviewed" else "no")
    # translate-toolkit calls it 1.1, of which 1.2 is the later name; what is written here is the same in both.
    return (
        bytes(store).replace(b"xliff:document:1.1", b"xliff:document:1.2").replace(b'version="1.1"', b'version="1.2"')
    )


def write_2(job: TranslationJob) -> bytes:
    store = library(_STORES["2"]).Xliff2File()
    store.setsourcelanguage(job.original)
    store.settargetlanguage(job.language)
    for number, unit in enumerate(job.units, start=1):
        entry = store.addsourceunit(unit.source)
        entry.setid(f"u{number}")  # an id may not have the characters of a key
        element = entry.getunitelement()
        element.set("name", unit.key)
        notes = element.makeelement(f"{{{entry.namespace}}}notes")
        for category, text in (("developer", unit.note), (_MARK_NOTE, unit.mark)):
            note = notes.makeelement(f"{{{entry.namespace}}}note", category=category)
            note.text = text
            notes.append(note)
        element.insert(0, notes)  # before the segment, as the schema has it
        if unit.target:
            entry.target = unit.target
        entry.xmlelement.set("state", _STATES_2.get(unit.state, "initial"))
    return bytes(store)


def read(data: bytes) -> Contents:
    """Raises NotThatError if it is no XLIFF that is known, or is not in the encoding that it declares."""
    from lxml import etree

    text = decoded(data, _declared)
    refuse_characters(text, _KEY, references=True)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8"), parser)
    version = root.get("version", "")[:1]
    if etree.QName(root).localname != "xliff" or version not in _STORES:
        raise NotThatError("is XML, but no XLIFF 1.2 or 2.0 file")
    if version == "1":
        head = next(_named(root, "file"), root)
        original, language = head.get("source-language"), head.get("target-language")
        units = [_unit_1(element) for element in _named(root, "trans-unit")]
    else:
        original, language = root.get("srcLang"), root.get("trgLang")
        units = [_unit_2(element) for element in _named(root, "unit")]
    return Contents(original, language, units)


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    return found[1].decode("ascii") if found else None


def _unit_1(element: Any) -> Returned:
    """A `trans-unit`. One whose segments (`<mrk mtype="seg">`) are not all translated counts as not translated."""
    source, target = _child(element, "source"), _child(element, "target")
    state, notes = _state_1(element, target)
    words = _text(target)
    parts = {mark.get("mid"): _text(mark) for mark in _segments(target)}
    wanted = [mark.get("mid") for mark in _segments(_child(element, "seg-source"))]
    if words.strip() and parts and not all(parts.get(part, "").strip() for part in wanted):
        words, notes = "", (*notes, _IN_PART)
    return Returned(
        "", element.get("id", ""), _text(source), words, state, _elements(target), exported(_notes(element)), notes
    )


def _state_1(element: Any, target: Any) -> tuple[str, tuple[str, ...]]:
    """What `state`, `state-qualifier` and `approved` say together."""
    named = target.get("state", "") if target is not None else ""
    qualifier = target.get("state-qualifier", "") if target is not None else ""
    is_approved = element.get("approved") == "yes"
    if named in _UNFINISHED or qualifier in _GUESSED:
        said = (f"is approved, and its state is “{qualifier or named}”; it is taken as a draft",) if is_approved else ()
        return "draft", said
    if is_approved:
        return "reviewed", ()
    return state_named(named)


def _unit_2(element: Any) -> Returned:
    """A `unit`: its segments, which a program may have split, joined in the order of the translation."""
    parts = [part for part in element if _name(part) in ("segment", "ignorable")]
    segments = [part for part in parts if _name(part) == "segment"]
    targets = [_child(part, "target") for part in segments]
    filled = [bool(_text(target).strip()) for target in targets]
    read = [_state_2(part) for part in segments]
    state = min((state for state, _ in read), key=lambda state: RANKS.get(state, 0), default="draft")
    notes = tuple(dict.fromkeys(note for _, said in read for note in said))
    words = ""
    if any(filled) and not all(filled):
        notes = (*notes, _IN_PART)
    elif any(filled):
        words = "".join(map(_translated, sorted(parts, key=_order(parts).__getitem__)))
    source = "".join(_text(_child(part, "source")) for part in parts)
    doubt = next((said for said in map(_elements, targets) if said), "")
    return Returned("", element.get("name", ""), source, words, state, doubt, exported(_notes(element)), notes)


_IN_PART = "only some of its segments are translated; it is left as it was"


def _order(parts: list[Any]) -> dict[Any, tuple[int, int]]:
    """The place of each part in the translation: `order` of its target, or where it stands (XLIFF 2.0, 4.3.1.25)."""
    found = {}
    for number, part in enumerate(parts, start=1):
        target = _child(part, "target")
        given = target.get("order", "") if target is not None else ""
        found[part] = (int(given) if given.isdecimal() else number, number)
    return found


def _translated(part: Any) -> str:
    """The translation of a segment; of what is between segments, the original where it has none."""
    target = _child(part, "target")
    return _text(target) if target is not None or _name(part) == "segment" else _text(_child(part, "source"))


def _state_2(segment: Any) -> tuple[str, tuple[str, ...]]:
    named, sub = segment.get("state", "initial"), segment.get("subState", "")
    if sub.rpartition(":")[2].lower() in ("fuzzy", "needs-work", "draft"):
        return "draft", ()
    state, notes = ("draft", ()) if named in _UNFINISHED else state_named(named)
    said = (f"the sub-state “{sub}” is not known; it is taken as {state}, as its state says",) if sub else ()
    return state, (*notes, *said)


# -- elements ----------------------------------------------------------------------------------------------------------


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _named(element: Any, name: str) -> Iterator[Any]:
    return (found for found in element.iter() if _name(found) == name)


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _segments(element: Any) -> list[Any]:
    return [] if element is None else [mark for mark in _named(element, "mrk") if mark.get("mtype") == "seg"]


def _elements(target: Any) -> str:
    """That a translation holds elements, which would be lost. Marks (`mrk`) only say something of the words in them."""
    inside = [] if target is None else sorted({_name(child) for child in target.iterdescendants()} - {"mrk"})
    return f"the elements {', '.join(inside)} within the translation, which were not in the export" if inside else ""


def _notes(element: Any) -> str:
    return "\n".join(map(_text, _named(element, "note")))
