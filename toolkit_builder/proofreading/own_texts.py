"""The texts of a partnership, and what is doubtful about the rest of its file: telephones, dates, names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from toolkit_builder.catalogue.documents import KeyPath, key_text
from toolkit_builder.catalogue.markdown import blocks, page
from toolkit_builder.catalogue.model import Text
from toolkit_builder.catalogue.texts import within
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.model import Contact, Partnership
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, HowPrinted
from toolkit_builder.proofreading.layout_texts import Prose

_NAMES = re.compile(r"(?:^|\.)(?:name|short_name|organisation|address|place|web|title)$")
"""Keys of texts that are names, and may be the same in all languages."""


class OwnTexts:
    """What a partnership says, to be proofread."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self._pages = {str(page.text.origin) for page in partnership.pages}

    def texts(self) -> Iterator[Text]:
        """Every text that is printed: of its file, and of its pages."""
        file = self.partnership.file
        printed = (file.name, file.short_name, file.contact, file.web, file.foreword, file.introduction, file.workshop)
        yield from within([*printed, file.logo.alternative if file.logo else None])
        yield from within(list(self.partnership.local.values()))
        for each in self.partnership.pages:
            yield from (each.title, each.text)

    def lists(self) -> Iterator[Sequence[Text]]:
        """The lists of what is said of actions."""
        for local in self.partnership.local.values():
            yield local.examples or ()
            yield local.who or ()

    def printed(self, text: Text, prose: Prose) -> HowPrinted:
        """How a text is printed. Foreword, introduction and pages are handed to layouts as the text of a page."""
        is_page = str(text.origin) in self._pages
        is_prose = is_page or text.origin.key in ("foreword", "introduction") or prose.has(text)
        return HowPrinted(page if is_page else blocks, is_prose, bool(_NAMES.search(text.origin.key)))

    def faults(self, today: datetime.date, unprintable: Callable[[str], Iterable[Doubt]]) -> Iterator[Fault]:
        """What is doubtful in what is no text; `unprintable` says which letters of a name have no font."""
        workshop = self.partnership.file.workshop
        if workshop and workshop.date < today:
            message = f"{workshop.date.isoformat()} has gone by; write the next date, or leave the workshop out"
            yield self._fault(("workshop", "date"), Doubt(Check.DATE, message))
        for path, contact in self._contacts():
            if contact.telephone and not re.search(r"\d{3}", re.sub(r"[\s()+./-]", "", contact.telephone)):
                message = f"“{contact.telephone}” is no telephone number; write all of it in figures, or leave it out"
                yield self._fault((*path, "telephone"), Doubt(Check.TELEPHONE, message))
            for name in ("name", "telephone", "email"):
                for doubt in unprintable(getattr(contact, name) or ""):
                    yield self._fault((*path, name), doubt)

    def _contacts(self) -> Iterator[tuple[KeyPath, Contact[Text]]]:
        if self.partnership.file.contact:
            yield ("contact",), self.partnership.file.contact
        for code, local in self.partnership.local.items():
            if local.contact:
                yield ("actions", code, "contact"), local.contact

    def _fault(self, path: KeyPath, doubt: Doubt) -> Fault:
        document = self.partnership.document
        place = document.position(path)
        return Fault(document.file, place.line, place.column, key_text(path), doubt.message, doubt.severity)
