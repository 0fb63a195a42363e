"""Dates as each language writes them: 1 Ionawr 2026, 1 January 2026."""

from __future__ import annotations

import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date


def long_date(date: datetime.date, language: str) -> str:
    """Day, month in words and year (CLDR month names); ISO 8601 for a language that CLDR does not know."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return date.isoformat()
    return format_date(date, "d MMMM y", locale=locale)
