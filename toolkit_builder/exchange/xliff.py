"""XLIFF 1.2 and 2.0, by translate-toolkit."""

from __future__ import annotations

from typing import Any

from toolkit_builder.exchange.returning import FINISHED, Contents, NotThatError, Returned, library
from toolkit_builder.exchange.units import TranslationJob

_STATES = {
    "missing": "needs-translation",
    "stale": "needs-adaptation",
    "draft": "needs-review-translation",
    "translated": "translated",
    "reviewed": "signed-off",
}
_STATES_2 = {"translated": "translated", "reviewed": "final"}
_STORES = {"1": "translate.storage.xliff", "2": "translate.storage.xliff2"}


def write_1(job: TranslationJob) -> bytes:
    store = library(_STORES["1"]).xlifffile()
    store.setsourcelanguage(job.original)
    store.settargetlanguage(job.language)
    for unit in job.units:
        entry = store.addsourceunit(unit.source)
        entry.setid(unit.key)
        entry.addnote(unit.note, origin="developer")
        if unit.target:
            entry.target = unit.target
            entry.get_target_dom().set("state", _STATES[unit.state])
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
        note = notes.makeelement(f"{{{entry.namespace}}}note", category="developer")
        note.text = unit.note
        notes.append(note)
        element.insert(0, notes)  # before the segment, as the schema has it
        if unit.target:
            entry.target = unit.target
        entry.xmlelement.set("state", _STATES_2.get(unit.state, "initial"))
    return bytes(store)


def read(data: bytes) -> Contents:
    """Raises NotThatError if it is no XLIFF that is known."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    version = root.get("version", "")[:1]
    if etree.QName(root).localname != "xliff" or version not in _STORES:
        raise NotThatError("is XML, but no XLIFF 1.2 or 2.0 file")
    module = library(_STORES[version])
    store = (module.xlifffile if version == "1" else module.Xliff2File).parsestring(data)
    units = [_returned_1(entry) if version == "1" else _returned_2(entry) for entry in store.units]
    return Contents(store.getsourcelanguage(), store.gettargetlanguage(), units)


def _returned_1(entry: Any) -> Returned:
    target = entry.get_target_dom()
    state = target.get("state", "") if target is not None else ""
    return _returned(entry, entry.getid().rpartition("\x04")[2], state, target)


def _returned_2(entry: Any) -> Returned:
    target = entry.xmlelement.find(f"{{{entry.namespace}}}target")
    return _returned(entry, entry.getunitelement().get("name", ""), entry.xmlelement.get("state", ""), target)


def _returned(entry: Any, key: str, state: str, target: Any) -> Returned:
    inside = [] if target is None else sorted({str(child.tag).rpartition("}")[2] for child in target})
    doubt = f"the elements {', '.join(inside)} within the translation, which were not in the export" if inside else ""
    return Returned("", key, str(entry.source), str(entry.target or ""), FINISHED.get(state, "draft"), doubt)
