"""Gettext PO, by translate-toolkit. What is not fuzzy is finished."""

from __future__ import annotations

from typing import Any

from toolkit_builder.exchange.returning import Contents, NotThatError, Returned, library
from toolkit_builder.exchange.units import TranslationJob


def write(job: TranslationJob) -> bytes:
    pypo = library("translate.storage.pypo")
    store = pypo.pofile()
    store.updateheader(
        add=True,
        Project_Id_Version="toolkit-builder",
        PO_Revision_Date="",
        Last_Translator="",
        Language_Team=job.language,
        Language=job.language,
        MIME_Version="1.0",
        Content_Type="text/plain; charset=UTF-8",
        Content_Transfer_Encoding="8bit",
    )
    for unit in job.units:
        entry = store.addsourceunit(unit.source)
        entry.setcontext(unit.key)
        entry.addnote(f"{unit.note} ({unit.state})", origin="developer")
        entry.target = unit.target
        entry.markfuzzy(bool(unit.target) and unit.state in ("draft", "stale"))
    return bytes(store)


def read(data: bytes) -> Contents:
    text = data.decode("utf-8")
    if "msgid" not in text:
        raise NotThatError("is no gettext PO file: it has no msgid")
    store = library("translate.storage.pypo").pofile.parsestring(data)
    header = store.parseheader()
    entries = [entry for entry in store.units if not entry.isheader() and not entry.isobsolete()]
    return Contents(None, header.get("Language") or None, [_returned(entry) for entry in entries])


def _returned(entry: Any) -> Returned:
    state = "draft" if entry.isfuzzy() else "translated"
    return Returned("", entry.getcontext(), str(entry.source), str(entry.target or ""), state)
