"""Gettext PO, by translate-toolkit. What is not fuzzy is finished."""

from __future__ import annotations

import re
from typing import Any

from toolkit_builder.exchange.encodings import decoded, refuse_characters
from toolkit_builder.exchange.returning import Contents, NotThatError, Returned, exported, library
from toolkit_builder.exchange.units import TranslationJob

_CHARSET = re.compile(rb"Content-Type:[^\n]*charset=([\w.:-]+)", re.IGNORECASE)
_KEY = re.compile(r'^(?:#~ )?msgctxt "([^"]*)"', re.MULTILINE)
_NOT_A_NAME = b"CHARSET"
"""What gettext's templates have where the name of the encoding is to be put."""


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
        entry.addnote(f"{unit.note} ({unit.state})\n{unit.mark}", origin="developer")
        entry.target = unit.target
        entry.markfuzzy(bool(unit.target) and unit.state in ("draft", "stale"))
    return bytes(store)


def read(data: bytes) -> Contents:
    """Raises NotThatError if it is no PO file, or is not in the encoding that it declares."""
    text = decoded(data, _declared)
    if "msgid" not in text:
        raise NotThatError("is no gettext PO file: it has no msgid")
    refuse_characters(text, _KEY)
    plain = _CHARSET.sub(b"Content-Type: text/plain; charset=UTF-8", text.encode("utf-8"), count=1)
    store = library("translate.storage.pypo").pofile.parsestring(plain)
    header = store.parseheader()
    entries = [entry for entry in store.units if not entry.isheader()]
    gone = [entry.getcontext() for entry in entries if entry.isobsolete()]
    notes = tuple(f"{key}: a program has put this entry aside as obsolete (#~); it is not taken" for key in gone if key)
    units = [_returned(entry) for entry in entries if not entry.isobsolete()]
    return Contents(None, header.get("Language") or None, units, notes)


def _declared(head: bytes) -> str | None:
    found = _CHARSET.search(head)
    return found[1].decode("ascii") if found and found[1] != _NOT_A_NAME else None


def _returned(entry: Any) -> Returned:
    state = "draft" if entry.isfuzzy() else "translated"
    mark = exported(entry.getnotes())
    return Returned("", entry.getcontext(), str(entry.source), str(entry.target or ""), state, exported=mark)
