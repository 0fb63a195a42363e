"""Whether a refusal explains itself: it names a text that somebody can change, and that is where it says."""

from __future__ import annotations

import re
from pathlib import Path

from tests import reading
from tests.fuzz.framework_files import VOCABULARIES

_FAULT = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): error: (?P<where>\S+): (?P<message>.*)$")
_ERROR = re.compile(r": error: ")
_QUOTED = re.compile("“([^”]{10,}?)…?”")


def unexplained(said: str, root: Path) -> list[str]:
    """The lines of a refusal that blame a layout or a style, or a text that is not there; or all, if it blames none."""
    errors = [line for line in said.splitlines() if _ERROR.search(line)]
    wrong = [f"{why}: {line}" for line in errors if (why := _wrong_with(line, root))]
    return wrong if errors else [f"no fault: {said.strip()[-300:]}"]


def _wrong_with(line: str, root: Path) -> str:
    fault = _FAULT.match(line)
    if not fault:
        return "blames no text"
    file, where = fault["file"], fault["where"]
    if not file.startswith("content/") or not (root / file).is_file():
        return "blames what is not content"
    if file == "content/labels.yaml":
        return "blames words that are as they were shipped"
    lines = (root / file).read_text("utf-8").splitlines()
    there = lines[int(fault["line"]) - 1] if int(fault["line"]) <= len(lines) else ""
    language = where.rpartition(".")[2]
    if language in VOCABULARIES and not there.lstrip(" -").startswith(f"{language}:"):
        return f"no “{where}” in that line"
    content = reading.squeezed("".join(path.read_text("utf-8") for path in (root / "content").rglob("*.yaml")))
    quoted = [reading.squeezed(text) for text in _QUOTED.findall(fault["message"])]
    missing = [text for text in quoted if text not in content.replace("**", "")]
    return f"quotes “{missing[0]}”, which nobody wrote" if missing else ""


def kind_of(said: str) -> str:
    """The first fault of a refusal without what differs between frameworks: texts, numbers, names."""
    line = next((line for line in said.splitlines() if _ERROR.search(line)), said.strip().splitlines()[-1])
    fault = re.sub("“[^”]*”", "“…”", line)
    fault = re.sub(r"^(.*?)content/actions/\w+\.yaml", r"\1content/actions/*.yaml", fault)
    fault = re.sub(r"\b(cy|en|pl|ar)\b", "*", re.sub(r"\([\w/, -]+\)", "(…)", fault))
    return re.sub(r"[0-9]+(\.[0-9]+)?", "N", fault)[:240]
