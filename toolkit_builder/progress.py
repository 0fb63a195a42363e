"""What is told while work goes on: events, given to whoever asked for the work, who shows them or lets them pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from toolkit_builder.errors import StoppedError


class Phase(StrEnum):
    """The steps from a request to files, in their order: each value says what is being done."""

    READING = "looking at what is there"
    TYPESETTING = "typesetting"
    BINDING = "binding"
    PUBLISHING = "publishing"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Progress:
    """How far a step is: `done` of `total` pages, if it is one that is counted; `subject` is the file that it is at."""

    phase: Phase
    subject: str = ""
    done: int = 0
    total: int = 0

    def __str__(self) -> str:
        if not self.total:
            return f"{self.phase} {self.subject}".rstrip()
        if not self.done:
            return f"{self.phase} {self.total} {'page' if self.total == 1 else 'pages'}"
        return f"{self.phase}: {self.total - self.done} of {self.total} pages to go"


@dataclass(frozen=True)
class NoticeSubject:
    """Which pages a notice is about: those of an action, by its code, or those that are called so, by language. `role`:
    what they are in their product, such as the back of a card.
    """

    code: str = ""
    role: str = ""
    titles: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        if self.code:
            return f"{self.code} ({self.role})" if self.role else self.code
        return " / ".join(dict.fromkeys(title for _, title in self.titles)) or f"the {self.role}"


@dataclass(frozen=True)
class Notice:
    """Something that is worth reading when the work is done, too: what was selected, what was left out, a warning.
    `subject`: which pages it is about, for who tells it in words of their own.
    """

    text: str
    subject: NoticeSubject | None = None

    def __str__(self) -> str:
        return self.text


Event = Progress | Notice
Report = Callable[[Event], None]
"""Who is told. An exception of its ends the work, and nothing half-made is left."""


def silent(_: Event) -> None:
    """Tell nobody."""


def stoppable(report: Report, is_stopped: Callable[[], bool]) -> Report:
    """Tell `report`, and look each time whether the work is still wanted; it raises StoppedError if it is not."""

    def tell(event: Event) -> None:
        if is_stopped():
            raise StoppedError
        report(event)

    return tell
