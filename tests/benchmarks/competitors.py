"""What all competitors have in common."""

from __future__ import annotations


class CompetitorMissingError(Exception):
    """What is to be measured against is not installed; the message says how to install it."""
