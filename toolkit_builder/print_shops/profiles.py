"""Output profiles (ICC.1): what inks look like on a press and a paper."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageCms

from toolkit_builder.errors import UsageError
from toolkit_builder.regular_files import UnreadableFileError, read_regular

SHIPPED = Path(__file__).parent / "profiles" / "ISOcoated_v2_300_bas.icc"
"""Its licence lies beside it."""
REGISTRY = "http://www.color.org"
"""Where printing conditions are registered by name."""
CUSTOM = "Custom"
"""What an output intent calls a condition that is in no registry (ISO 32000-1, 14.11.5)."""
_CONDITIONS = {"ISO Coated v2 300% (basICColor)": "FOGRA39"}
"""The registered names of the conditions of profiles whose description does not have them."""
_NAMED = re.compile(r"\b(FOGRA\d{2})L?\b", re.IGNORECASE)
MAXIMUM_BYTES = 20_000_000


@dataclass(frozen=True)
class OutputProfile:
    """A profile of a press that prints with cyan, magenta, yellow and black. `condition`: the name of the printing
    condition that it is of, as registered, or `CUSTOM`.
    """

    data: bytes
    description: str
    condition: str

    @cached_property
    def digest(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_registered(self) -> bool:
        """Whether its condition is in the registry."""
        return self.condition != CUSTOM

    def open(self) -> Any:
        """The profile as ImageCms takes it."""
        return ImageCms.ImageCmsProfile(io.BytesIO(self.data))


def profile_at(path: Path, condition: str = "") -> OutputProfile:
    """The profile in a file; `condition`: what its printing condition is called, where it does not say so itself.

    Raises UsageError if it is none, or not one of a press with four inks.
    """
    try:
        data = read_regular(path, MAXIMUM_BYTES)
    except UnreadableFileError as error:
        raise UsageError(f"--profile: {path.name} cannot be read ({error}).") from None
    return _profile(data, path.name, condition)


@lru_cache(maxsize=4)
def _profile(data: bytes, name: str, condition: str) -> OutputProfile:
    try:
        facts = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    except (OSError, TypeError, ValueError):
        raise UsageError(f"--profile: {name} is no ICC profile.") from None
    space, kind = str(facts.xcolor_space).strip(), str(facts.device_class).strip()
    if space != "CMYK":
        raise UsageError(f"--profile: {name} is for {space}, and a press with four inks is needed (CMYK).")
    if kind != "prtr":
        raise UsageError(f"--profile: {name} is of the class {kind}, and an output profile is needed (prtr).")
    description = " ".join(str(facts.profile_description or name).split())
    found = _NAMED.search(description)
    known = condition or _CONDITIONS.get(description) or (found[1].upper() if found else CUSTOM)
    return OutputProfile(data, description, known)
