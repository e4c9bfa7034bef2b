"""Values in brackets and quotes, as long as they are made of words: `[a, b]`, `{zh: 一, en: one}`, `"0.50"`."""

import re
from collections.abc import Iterator
from typing import Any

# A letter, a digit, `(` or anything beyond U+00A0: said by what it is not, which compiles and matches faster.
BEGIN = r"[^\x00-')-/:-@\[-`{-\xa0]"
_WORD = rf"{BEGIN}[^\n,\[\]{{}}:#?]*+(?<! )"
_LABEL = rf"\{{zh: ({_WORD}), en: ({_WORD})\}}"  # by far the most frequent mapping
_PIECE = re.compile(
    rf"{_LABEL}|([\[\]{{}}])|(,[ \n]+)|([a-z_][a-z0-9_]{{0,63}}+):[ ]|({_WORD})|\"([^\"\\\n]+)\"|(.|\n)"
)

_Pieces = Iterator[tuple[str, str, str, str, str, str, str, str]]


def read_brackets(text: str) -> Any:
    """The value, None where only a parser of all YAML can say what it is."""
    pieces: _Pieces = iter(_PIECE.findall(text))
    try:
        value = _value(pieces)
        return None if next(pieces, None) else value
    except (_Unusual, StopIteration):
        return None


class _Unusual(Exception):
    """A spelling that is not ours to read."""


def _value(pieces: _Pieces) -> Any:
    zh, en, bracket, _, _, word, quoted, _ = next(pieces)
    if zh and "null" not in (zh, en):
        return {"zh": zh, "en": en}
    if bracket == "[":
        return _list(pieces)
    if bracket == "{":
        return _mapping(pieces)
    if not (word or quoted) or word == "null":
        raise _Unusual
    return word or quoted


def _list(pieces: _Pieces) -> list[Any]:
    found = [_value(pieces)]
    while _goes_on(pieces, "]"):
        found.append(_value(pieces))
    return found


def _mapping(pieces: _Pieces) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not found or _goes_on(pieces, "}"):
        key = next(pieces)[4]
        if not key or key in found:
            raise _Unusual
        found[key] = _value(pieces)
    return found


def _goes_on(pieces: _Pieces, end: str) -> bool:
    _, _, bracket, separator, *_ = next(pieces)
    if not separator and bracket != end:
        raise _Unusual
    return bool(separator)
