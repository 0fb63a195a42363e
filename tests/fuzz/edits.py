"""Edits at random, as somebody makes them while the watch runs: `python -m tests.fuzz.edits --edits 100`.

After each, what a warm press makes is held against what a cold build makes of the same files: the same bytes, or the
same faults.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import yaml

from tests.making import Copy, contents_of
from toolkit_builder.build import make
from toolkit_builder.request import Request
from toolkit_builder.warm_press import WarmPress

KEPT = ("SP1", "GA2", "FM5")
"""The actions that are left: a small framework is built fast."""
PRODUCTS = ("handouts", "summary")
_WORDS = re.compile(r"^( +(?:cy|en): )(?=\w)", re.MULTILINE)
_NEW = ("Mae", "Gŵyl", "Newydd", "Together", "Plainly", "Wŷr", "Often")


class Editor:
    """Edits a copy of the shipped project, cut down to three actions; the same edits for the same seed."""

    def __init__(self, copy: Copy, seed: int) -> None:
        self.copy = copy
        self.dice = random.Random(seed)  # noqa: S311  (to be made again, not to be secret)
        self._broken: dict[Path, bytes] = {}
        for path in (copy.root / "content" / "actions").iterdir():
            if path.stem not in KEPT:
                path.unlink()
        provisional = copy.root / "content" / "provisional.yaml"
        values = yaml.safe_load(provisional.read_text("utf-8"))
        kept = {code: values[code] for code in KEPT}
        provisional.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")
        self.kinds: dict[str, Callable[[], str]] = {
            "text": lambda: self._reword("content/actions", "*.yaml"),
            "label": lambda: self._reword("content", "labels.yaml"),
            "framework": lambda: self._reword("content", "framework.yaml"),
            "layout": self._layout,
            "style": self._style,
            "font": self._font,
            "pictogram": self._pictogram,
            "review": self._review,
            "action": self._action,
            "fault": self._fault,
        }

    def edit(self, kind: str = "") -> str:
        """Make an edit of this kind, or of any; what it was."""
        kind = kind or self.dice.choice([*self.kinds])
        return f"{kind}: {self.kinds[kind]()}"

    def _path(self, folder: str, pattern: str) -> Path:
        return self.dice.choice(sorted((self.copy.root / folder).glob(pattern)))

    def _reword(self, folder: str, pattern: str) -> str:
        """Put a word before one of a file's texts."""
        path = self._path(folder, pattern)
        text = path.read_text("utf-8")
        at = self.dice.choice([found.end() for found in _WORDS.finditer(text)])
        word = self.dice.choice(_NEW)
        path.write_text(f"{text[:at]}{word} {text[at:]}", "utf-8")
        return f"{path.name}, {word} at {at}"

    def _layout(self) -> str:
        path = self._path(f"layouts/{self.dice.choice(PRODUCTS)}", "*.html")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{{# {self.dice.random()} #}}\n")
        if path.name in ("action.html", "handout.html", "sheet.html"):
            path.write_text(path.read_text("utf-8").replace("<h1", "<h1 data-edit", 1), "utf-8")
        return path.name

    def _style(self) -> str:
        path = self._path("styles", "[bhs]*.css")  # base, handouts, summary
        height = self.dice.choice(("1.24", "1.25", "1.26", "1.27"))
        path.write_text(re.sub(r"line-height: 1\.2\d", f"line-height: {height}", path.read_text("utf-8")), "utf-8")
        return f"{path.name} {height}"

    def _font(self) -> str:
        path = self.copy.root / "content" / "framework.yaml"
        text, cairo = path.read_text("utf-8"), '{family: Cairo, file: "font:fontpkg_cairo/Cairo[slnt,wght].ttf"}'
        usual = "{family: Source Sans 3}"
        old, new = (usual, cairo) if cairo not in text else (cairo, usual)
        path.write_text(new.join(text.rsplit(old, 1)), "utf-8")
        return new

    def _pictogram(self) -> str:
        path, other = self._path("content/pictograms", "FM5.svg"), self._path("content/pictograms", "*.svg")
        path.write_bytes(other.read_bytes())
        return other.name

    def _review(self) -> str:
        path = self.copy.root / "content" / "review.lock"
        aside = path.with_suffix(".aside")
        (path if path.exists() else aside).rename(aside if path.exists() else path)
        return "put back" if path.exists() else "taken away"

    def _action(self) -> str:
        """Take an action in, or out again."""
        path = self.copy.root / "content" / "actions" / "FM6.yaml"
        if path.exists():
            path.unlink()
            return "FM6 out"
        source = (path.parent / "FM5.yaml").read_text("utf-8")
        source = source.replace("code: FM5", "code: FM6").replace("  en: ", "  en: Also ", 1)
        path.write_text(source.replace("  cy: ", "  cy: Hefyd ", 1), "utf-8")
        return "FM6 in"

    def _fault(self) -> str:
        """Break a file, or mend all that are broken."""
        if self._broken:
            for path, data in self._broken.items():
                path.write_bytes(data)
            self._broken.clear()
            return "mended"
        path = self._path(*self.dice.choice([("content/actions", "*.yaml"), ("layouts/handouts", "*.html")]))
        self._broken[path] = path.read_bytes()
        path.write_bytes(self._broken[path] + (b"stge: [\n" if path.suffix == ".yaml" else b"{% if %}\n"))
        return f"{path.name} broken"


class Comparison:
    """A warm press and a cold one, side by side over one project. `fresh`: the cold one has no store at all."""

    def __init__(self, copy: Copy, warm: WarmPress, *, fresh: bool) -> None:
        self.copy = copy
        self.warm = warm
        self.fresh = fresh
        self.seconds = {"warm": 0.0, "cold": 0.0}

    def differs(self) -> str:
        """In what both differ now; nothing if they do not."""
        outputs, faults = [], []
        for name, warm in (("warm", self.warm), ("cold", None)):
            folder = self.copy.root.parent / name
            shutil.rmtree(folder, ignore_errors=True)
            kept, cache = bool(warm) or not self.fresh, self.copy.root.parent / f"cof-{name}"
            request = Request(self.copy.project, PRODUCTS, output=folder, cache=cache, keep_pages=kept, processes=1)
            request = replace(request, keep_going=warm is None)  # as a warm press does
            start = time.perf_counter()
            result = make(request, warm=warm)
            self.seconds[name] += time.perf_counter() - start
            outputs.append(contents_of(folder))
            faults.append([str(fault) for fault in result.faults])
        if faults[0] != faults[1]:
            return f"warm says {faults[0]}, cold {faults[1]}"
        unlike = sorted(name for name in {*outputs[0], *outputs[1]} if outputs[0].get(name) != outputs[1].get(name))
        return f"other bytes: {', '.join(unlike)}" if unlike else ""


def main() -> int:
    """0 if what was made warm was always what was made cold, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.edits", description=__doc__)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="golygu-") as folder, WarmPress(2) as warm:
        copy = Copy(Path(folder))
        editor, comparison, wrong = Editor(copy, asked.seed), Comparison(copy, warm, fresh=True), 0
        for number in range(asked.edits + 1):
            done = editor.edit() if number else "as it was"
            if difference := comparison.differs():
                wrong += 1
                print(f"{number}. {done}: {difference}", flush=True)
    print(f"{asked.edits} edits, {wrong} not the same; seconds: {comparison.seconds}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
