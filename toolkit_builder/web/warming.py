"""The press is warmed while somebody is still choosing: the pages that all partnerships share are made once, so that
the first that anybody looks at is there soon.
"""

from __future__ import annotations

import secrets
from contextlib import suppress

from toolkit_builder.request import Request
from toolkit_builder.web.jobs import BusyError, Job
from toolkit_builder.web.pages import reading, session, site

PREVIEWS = "previews"


def warm_up() -> None:
    """Make the usual product for everyone, the first time that anybody comes, and again when the content is another.
    What the session looks at next takes its place.
    """
    at, version = site(), reading().version
    usual = next((name for name, each in reading().products.sound.items() if each.file.planner), "")
    if not at.queue.is_warm or not usual or version in at.warmed:
        return
    at.warmed.add(version)
    asked = Request(reading().project, (usual,), output=session().place(PREVIEWS, secrets.token_hex(8)))
    with suppress(BusyError):
        at.queue.submit(Job(asked, session().key, is_preview=True))
