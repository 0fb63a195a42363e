"""What the engine says: it logs what ought to stop the press, and fails over some combinations of properties."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.urls import FatalURLFetchingError

from toolkit_builder.errors import MachineError


class EngineError(Exception):
    """The engine failed over a layout or a style, as it does over some combinations of properties."""


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def engine_messages() -> Iterator[list[str]]:
    """Collects the warnings and errors that the engine and its font library log meanwhile, instead of printing them."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield collector.messages
    finally:
        for logger, (propagate, level) in zip(loggers, before, strict=True):
            logger.removeHandler(collector)
            logger.propagate, logger.level = propagate, level


@contextmanager
def engine_errors() -> Iterator[None]:
    """What the engine raises over what it was given becomes EngineError; a missing font package, MachineError."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise MachineError(str(error)) from error
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise EngineError(f"{type(error).__name__}: {error}") from error
