"""What is known of the content streams that the engine writes: how they name resources, fonts, marked content.

Terms after ISO 32000-1 (7.8, 14.6). An operand that names something stands on a line with its operator.
"""

from __future__ import annotations

import re

RESOURCE_OF = {
    b"gs": "ExtGState",
    b"Do": "XObject",
    b"sh": "Shading",
    b"scn": "Pattern",
    b"SCN": "Pattern",
    b"cs": "ColorSpace",
    b"CS": "ColorSpace",
}
"""The kind of resource that each operator names."""
NAMED = re.compile(rb"^/(\S+) (gs|Do|sh|scn|SCN|cs|CS)$", re.MULTILINE)
FONT = re.compile(rb"^/(\S+) [\d.]+ Tf$", re.MULTILINE)
SHOWN = re.compile(rb"^(?:/(\S+) [\d.]+ Tf|(\[.*\] TJ|<.*> Tj))$", re.MULTILINE)
MARKED = re.compile(rb"^/(\w+)\n<</MCID (\d+)>>\nBDC$", re.MULTILINE)
NAME = re.compile(rb"^/\S+(?: .*)?$", re.MULTILINE)
_DEVICE_SPACES = (b"DeviceRGB", b"DeviceGray", b"DeviceCMYK", b"Pattern")


def names_resource(found: re.Match[bytes]) -> bool:
    """Whether what `NAMED` found is a resource of the page, rather than one that every page has."""
    return not (RESOURCE_OF[found[2]] == "ColorSpace" and found[1] in _DEVICE_SPACES)
