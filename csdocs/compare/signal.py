"""What a sentence demands, read off its words: two sentences with the same signals differ in style only."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from csdocs.compare.numeral import chinese_value
from csdocs.compare.vocabulary import force_words, limit_words, people_words
from csdocs.model.document import INTERPOLATION

SignalKind = Literal["parameter", "number", "unit", "force", "limit", "people", "code", "symbol", "invisible"]

CHINESE_DIGITS = "〇零一二两三四五六七八九十廿卅百千万亿兆壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億半倍俩仨"
_NUMBER = re.compile(
    rf"(?:(?<![\w.])[-+])?\d+(?:[.,:/~–—-]\d+)*|[{CHINESE_DIGITS}]+|[^\W\d_]", re.UNICODE
)  # the last branch is filtered: Roman, circled and other numerals that are letters to Unicode
_CODE = re.compile(r"[A-Za-z0-9_.-]*(?:[A-Z]{2,}|\d)[A-Za-z0-9_.-]*")
_AFTER_NUMBER = re.compile(r" ?([^\W\d_]{1,2})")
_IDLE_SPACE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")


class Signal(NamedTuple):
    """`value` is what counts, `written` how it stands in the text."""

    kind: SignalKind
    value: str
    written: str


def signals(text: str) -> Iterator[Signal]:
    """In the order of the text for each kind. Spaces count between Latin words and digits only."""
    yield from (Signal("invisible", f"U+{ord(c):04X}", f"U+{ord(c):04X}") for c in text if _is_invisible(c))
    visible = _IDLE_SPACE.sub("", "".join(c for c in text if not _is_invisible(c)))
    yield from _quantities(visible)
    folded = fold(INTERPOLATION.sub(" ", visible))
    yield from (Signal("force", force, word) for word, force in force_words(folded))
    yield from (Signal("limit", word, word) for word in limit_words(folded))
    yield from (Signal("people", word, word) for word in people_words(folded))
    yield from (Signal("code", found[0], found[0]) for found in _CODE.finditer(folded) if not found[0].isdigit())
    yield from (Signal("symbol", c, c) for c in folded if unicodedata.category(c)[0] == "S" or c in "%‰")


def fold(text: str) -> str:
    """Full-width and other compatibility letters and digits as the plain ones; punctuation stays."""
    return "".join(_fold(character) for character in text)


def letters(text: str) -> str:
    """The words alone, without spacing and punctuation."""
    return "".join(c for c in fold(text).casefold() if c.isalnum())


def _fold(character: str) -> str:
    if _is_invisible(character):
        return ""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKC", character)
    if category in ("No", "Nl") and not plain.isdecimal():
        return character
    return plain if plain.isalnum() or plain in ".:/%-~+" else character


def _is_invisible(character: str) -> bool:
    if character.isascii():
        return False
    variation = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return variation or character in _BLANKS or unicodedata.category(character) == "Cf"


def _quantities(text: str) -> Iterator[Signal]:
    """Numbers and parameters, each with the unit behind it."""
    position = 0
    for found in INTERPOLATION.finditer(text):
        yield from _numbers(text[position : found.start()])
        yield Signal("parameter", found[1], found[1])
        position = found.end()
        yield from _unit(fold(text[position : position + 4]), 0)
    yield from _numbers(text[position:])


def _numbers(text: str) -> Iterator[Signal]:
    """`written` keeps the characters of the file: 5 and ５ are one number, written differently."""
    sources = [(index, character) for index, character in enumerate(text) for _ in _fold(character)]
    folded = fold(text)
    for found in _NUMBER.finditer(folded):
        if found[0].isalpha() and not _is_numeral(found[0]):
            continue
        first, last = sources[found.start()][0], sources[found.end() - 1][0]
        yield Signal("number", _number_value(found[0]), text[first : last + 1])
        if found[0][-1].isdigit():
            yield from _unit(folded, found.end())


def _is_numeral(word: str) -> bool:
    return word[0] in CHINESE_DIGITS or unicodedata.category(word[0])[0] == "N"


def _unit(text: str, at: int) -> Iterator[Signal]:
    found = _AFTER_NUMBER.match(text, at)
    if found:
        yield Signal("unit", found[1], found[1])


def _number_value(written: str) -> str:
    if written[0] not in CHINESE_DIGITS:
        return written.lstrip("0") or "0" if written.isdecimal() else written
    value = chinese_value(written)
    return written if value is None else str(value)
