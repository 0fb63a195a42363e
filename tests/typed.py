"""Commands as a user types them: in this process, which is quick, or in one of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from toolkit_builder.cli import main

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Typed:
    """What came of a command."""

    status: int
    out: str
    err: str


def typed(*words: str | Path, folder: Path | None = None) -> Typed:
    """Run the command in this process, in `folder`."""
    out, err = io.StringIO(), io.StringIO()
    status: Any = 0
    with (
        patch.object(sys, "argv", ["toolkit-builder", *map(str, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
        chdir(folder or Path.cwd()),
    ):
        try:
            main()
        except SystemExit as ended:
            status = ended.code
    assert "Traceback" not in err.getvalue()
    return Typed(int(status or 0), out.getvalue(), err.getvalue())


def run(*words: str | Path, folder: Path | None = None, **options: Any) -> Typed:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit_builder", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        timeout=120,
        check=False,
        **{"env": os.environ | {"PYTHONPATH": str(ROOT)}} | options,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Typed(done.returncode, done.stdout, done.stderr)
