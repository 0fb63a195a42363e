"""What of a drawing would be seen: where ink falls, against the part of the plane that is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

from toolkit_builder.drawings.svg.matrices import IDENTITY, Matrix
from toolkit_builder.drawings.svg.outlines import PathOutline, Point
from toolkit_builder.drawings.svg.painting import Look

Window = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def around(points: Sequence[Point]) -> Window:
    """The window that points just fill; an empty one for no points."""
    if not points:
        return (0, 0, -1, -1)
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def common(a: Window, b: Window) -> Window:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def has_room(window: Window) -> bool:
    return window[0] < window[2] and window[1] < window[3]


def is_seen(outline: PathOutline, look: Look, matrix: Matrix, window: Window) -> bool:
    """Whether a shape leaves ink within a window, as far as the box around it says."""
    box = around(outline.points(matrix))
    if look.fill and has_area(outline) and has_room(common(box, window)):
        return True
    if not look.stroke:
        return False
    a, b, c, d, *_ = matrix
    reach = look.stroke.width / 2 * math.sqrt(abs(a * d - b * c))
    left, top, right, bottom = box
    return has_room(common((left - reach, top - reach, right + reach, bottom + reach), window))


def has_area(outline: PathOutline) -> bool:
    """Whether an outline encloses anything: its points do not all lie on one line."""
    points = outline.points(IDENTITY)
    first = points[0] if points else (0.0, 0.0)
    far = max(points, key=lambda point: math.dist(first, point), default=first)
    across = math.dist(first, far)
    return across > 0 and any(
        abs((far[0] - first[0]) * (y - first[1]) - (far[1] - first[1]) * (x - first[0])) > 1e-9 * across * across
        for x, y in points
    )
