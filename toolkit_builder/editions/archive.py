"""Zip archives that are the same bytes each time: fixed times, a fixed order, and the key in the comment."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from toolkit_builder.editions.edition_file import KEY
from toolkit_builder.output import PICTURE_KEY

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive knows."""


def archive(files: Mapping[str, bytes], stored: str = "") -> bytes:
    """These files, in this order; `stored`: the one that is not to be compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.comment = f"{PICTURE_KEY} {KEY}".encode()
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
    return out.getvalue()
