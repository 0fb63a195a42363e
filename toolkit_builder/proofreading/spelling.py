"""Words that a spelling dictionary does not know: GNU Aspell with its Welsh dictionary, run as a program.

The project's own words stand in `content/words.LANGUAGE.txt`, one a line, and are known in every mutation. They are
many: the dictionary is small, and has hardly a word of administration.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping

from toolkit_builder.catalogue.decoding import listed_lines
from toolkit_builder.catalogue.markdown import outline
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import Fault, MachineError
from toolkit_builder.languages.mutations import forms
from toolkit_builder.languages.ordering import sort_key
from toolkit_builder.project import Project

LANGUAGE = "cy"
PACKAGES = "aspell aspell-cy"
SUGGESTIONS = 3
LONGEST_WORD = 80
"""In letters; the longest name of a place in Wales has 58."""

_RUN = re.compile(r"\w+(?:’\w+)*")
_LEANING = re.compile(r"’(?:r|n|i|u|w|m|th|ch|ll)$", re.IGNORECASE)
"""What leans on the word before it and is written together with it: a’r, i’w, mae’n."""


def spell(project: Project, catalogue: Catalogue) -> list[Fault]:
    """A warning for every Welsh word that is not known, with its place and what may be meant.

    Raises MachineError if the dictionary is not there.
    """
    if LANGUAGE not in catalogue.framework.language_ids:
        return []
    file = f"content/words.{LANGUAGE}.txt"
    own = listed_lines(project.root / file)
    places: dict[str, list[Fault]] = {}
    for text in texts(catalogue):
        key = f"{text.origin}.{LANGUAGE}"
        name, line, column = catalogue.positions.get(key, (text.origin.file, 0, 0))
        for word in words(text[LANGUAGE]):
            place = Fault(name, line, column, key.partition("#")[2], word, "warning")
            places.setdefault(word, []).append(place)
    known = {form for word in own for form in forms(word)}
    found = [
        Fault(place.file, place.line, place.column, place.where, _said(word, suggestions), "warning")
        for word, suggestions in unknown(word for word in places if word.lower() not in known).items()
        for place in places[word]
    ]
    used = {word.lower() for word in places}
    found += [
        Fault(file, line, 1, "", f"no Welsh text has “{word}”; remove the line", "warning")
        for word, line in own.items()
        if not forms(word) & used
    ]
    if list(own) != sorted(own, key=sort_key(LANGUAGE)):
        found.append(Fault(file, 1, 1, "", "the words are not in alphabetical order; sort them", "warning"))
    return sorted(set(found))


def words(text: str) -> Iterator[str]:
    """The words of a text as it is printed; of a compound, its parts, and without what leans on them.

    Addresses, codes and whatever has a digit in it are no words, nor is what is longer than any.
    """
    for token in outline(text).words.split():
        for run in _RUN.findall(token) if "://" not in token and "@" not in token else ():
            for part in run.split("_"):
                word = _LEANING.sub("", part)
                if 1 < len(word) <= LONGEST_WORD and not any(map(str.isdigit, part)):
                    yield word


def unknown(asked: Iterable[str]) -> Mapping[str, list[str]]:
    """The words that the dictionary does not know, each with what may be meant, nearest first.

    Raises MachineError if the dictionary is not there.
    """
    asked = list(dict.fromkeys(asked))
    program = shutil.which("aspell")
    how = f"no Welsh spelling dictionary on this machine. On Debian: sudo apt-get install {PACKAGES}"
    if program is None:
        raise MachineError(how)
    command = [program, "-a", "-l", LANGUAGE, "--encoding=utf-8", "--sug-mode=fast"]
    lines = "".join(f"^{word.replace('’', chr(39))}\n" for word in asked)
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        raise MachineError(f"{how} (aspell says: {done.stderr.strip()})")
    answers = done.stdout.split("\n", 1)[1].split("\n\n")
    return {
        word: _suggestions(answer)
        for word, answer in zip(asked, answers, strict=False)
        if any(line[:1] in ("&", "#") for line in answer.splitlines())
    }


def _suggestions(answer: str) -> list[str]:
    """Of the ispell protocol: `& word count offset: one, another`."""
    line = next(line for line in answer.splitlines() if line[:1] in ("&", "#"))
    return line.partition(": ")[2].split(", ")[:SUGGESTIONS] if line.startswith("&") else []


def _said(word: str, suggestions: list[str]) -> str:
    hint = f"; did you mean {' or '.join(f'“{word}”' for word in suggestions)}?" if suggestions else ""
    return f"“{word}” is not in the Welsh dictionary{hint} If it is right, list it in content/words.{LANGUAGE}.txt"
