"""Bilingual cards, handouts, a summary and a toolkit as PDF, from one YAML catalogue."""

__version__ = "0.1.0"
