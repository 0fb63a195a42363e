"""The day that dates to come are held against: the only thing that `check` knows and that is not in the project."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970, set by whoever wants one input to give one result on any day (reproducible-builds.org)."""


def today(environment: Mapping[str, str] = os.environ) -> datetime.date:
    """Today in UTC, or the day that the variable says."""
    given = environment.get(VARIABLE, "")
    now = datetime.datetime.now(datetime.UTC)
    try:
        return (datetime.datetime.fromtimestamp(int(given), datetime.UTC) if given.isdecimal() else now).date()
    except (OverflowError, OSError, ValueError):
        return now.date()
