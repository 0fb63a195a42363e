"""Puts other words into YAML files and leaves every other byte as it is, line ends and byte order mark among them.

ruamel.yaml keeps comments, order, quotes and line breaks if it is told how a file is indented. What that is, is found
out: the file is written unchanged first, and has to come out the same.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from pathlib import Path
from typing import Any

from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.exchange.written_form import MixedLinesError, taken_apart
from toolkit_builder.regular_files import UnreadableFileError, read_regular

_INDENTS = ((2, 4, 2), (2, 2, 0), (2, 3, 1), (4, 4, 2), (4, 6, 4), (4, 4, 0))
"""Ways of indenting: mappings, lists, and the dash within a list."""


def with_words(path: Path, file: str, words: Mapping[KeyPath, str], languages: Sequence[str]) -> str:
    """The text of a YAML file with other words: `words` by the path of each, which ends with the language.

    A language that was not there yet is put in the order of `languages`. Raises FaultsError if the file is written in a
    way that would not be kept.
    """
    try:
        form, text = taken_apart(read_regular(path, MAXIMUM_BYTES).decode("utf-8"))
    except UnreadableFileError as error:
        raise FaultsError([Fault(file, 0, 0, "", str(error))]) from None
    except MixedLinesError:
        message = "some of its lines end as Windows has it and some do not; save it with one kind"
        raise FaultsError([Fault(file, 1, 1, "", message)]) from None
    for indent in _INDENTS:
        yaml = _yaml(*indent)
        data = yaml.load(text)
        if _dumped(yaml, data) == text:
            break
    else:
        message = (
            "its lines are indented or broken in a way that would not be kept; indent by two, as the shipped files do"
        )
        raise FaultsError([Fault(file, 1, 1, "", message)])
    for place, value in words.items():
        _put(data, place, value, languages)
    return form.written(_dumped(yaml, data))


def with_values(text: str, values: Mapping[KeyPath, Any]) -> str:
    """The text of a YAML file, which is a mapping, with other values: by the path of each through mappings and lists,
    of which the place after the last is one more; None takes the key or the item away, with what is around it and has
    nothing left. Comments and order stay; where the file is indented in a way that would not be kept, it is indented by
    two.
    """
    form, plain = taken_apart(text)
    usable = (found for found in _INDENTS if _dumped(_yaml(*found), _yaml(*found).load(plain)) == plain)
    yaml = _yaml(*next(usable, _INDENTS[0]))
    data = yaml.load(plain)
    if data is None:
        data = yaml.map()
    for place, value in values.items():
        if value is None:
            _take_away(data, place)
        else:
            _put_in(yaml, data, place, value)
    return form.written(_dumped(yaml, data))


def _put_in(yaml: Any, data: Any, place: KeyPath, value: Any) -> None:
    """Whatever is no mapping on the way there is replaced by one; a mapping keeps the keys that it has in their order,
    and its style.
    """
    *around, last = place
    for part, inner in zip(around, place[1:], strict=True):
        kind = MutableSequence if isinstance(inner, int) else MutableMapping
        if not isinstance(_at(data, part), kind):
            data[part] = yaml.seq() if isinstance(inner, int) else yaml.map()
        data = data[part]
    if isinstance(last, int) and last == len(data):
        data.append(_written(yaml, value))
        return
    there = _at(data, last)
    if isinstance(value, Mapping) and isinstance(there, MutableMapping):
        for key in [key for key in there if key not in value]:
            del there[key]
        if any("\n" in str(each) for each in value.values()):
            there.fa.set_block_style()  # type: ignore[attr-defined]
        for key, each in value.items():
            there[key] = _like(there.get(key), each) if isinstance(each, str) else each
    else:
        data[last] = _written(yaml, value)


def _written(yaml: Any, value: Any) -> Any:
    """A value as the library writes it well: texts of several lines as blocks."""
    if isinstance(value, str):
        return _like(None, value)
    if isinstance(value, Mapping):
        made = yaml.map()
        for key, each in value.items():
            made[key] = _written(yaml, each)
        return made
    if isinstance(value, Sequence):
        listed = yaml.seq()
        listed.extend(_written(yaml, each) for each in value)
        return listed
    return value


def _take_away(data: Any, place: KeyPath) -> None:
    around = [data]
    for part in place[:-1]:
        inner = _at(around[-1], part)
        if not isinstance(inner, MutableMapping | MutableSequence):
            return
        around.append(inner)
    if isinstance(around[-1], MutableMapping):
        around[-1].pop(place[-1], None)
    elif _at(around[-1], place[-1]) is not None:
        del around[-1][place[-1]]
    for at in range(len(around) - 1, 0, -1):
        if not around[at]:
            del around[at - 1][place[at - 1]]


def _at(data: Any, part: str | int) -> Any:
    """What is there under a key or at a place; None if nothing is."""
    if isinstance(part, int):
        return data[part] if isinstance(data, MutableSequence) and part < len(data) else None
    return data.get(part) if isinstance(data, MutableMapping) else None


def _yaml(mapping: int, sequence: int, offset: int) -> Any:
    from ruamel.yaml import YAML  # slow to import

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


def _dumped(yaml: Any, data: Any) -> str:
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _put(data: Any, place: KeyPath, value: str, languages: Sequence[str]) -> None:
    parent = data
    for part in place[:-1]:
        parent = parent[part]
    language = str(place[-1])
    if language in parent:
        parent[language] = _like(parent[language], value)
        return
    after = [other for other in languages[: languages.index(language)] if other in parent]
    pattern = parent[next(iter(parent))]
    last = list(parent)[-1]
    parent.insert(list(parent).index(after[-1]) + 1 if after else 0, language, _like(pattern, value))
    if list(parent)[-1] == language:
        _take_over_lines(parent.ca.items, last, language)


def _take_over_lines(comments: Any, before: str, key: str) -> None:
    """Let the empty lines that stood after what was last stand after what is last now, whose place it is."""
    found = comments.get(before)
    if found and found[2] and found[2].value.startswith("\n"):
        comments[key] = comments.pop(before)


def _like(old: Any, value: str) -> Any:
    """The words in the style of what stood there; block style for what has several lines."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

    if "\n" in value:
        return LiteralScalarString(value)
    if isinstance(old, DoubleQuotedScalarString | SingleQuotedScalarString):
        return type(old)(value)
    return value
