"""Whatever is edited: substance is never called editorial, and spacing always is."""

import re
import unicodedata

from compare_common import DOCUMENT, REGULATION
from hypothesis import given, settings
from hypothesis import strategies as st

from csdocs.compare.kind import computed_kind

BODY = DOCUMENT.index("## 总则")
FREE = re.compile(r"^(?:revision|effective):.*$", re.MULTILINE)
FORCES = ["应当", "不得", "可以", "必须", "须", "禁止", "无需", "不必", "应"]
CELLS = ["时段", "次数", "早班", "晚班", "3", "二十"]
SPACES = [
    found.start()
    for found in re.finditer(r"(?<=[\u4e00-\u9fff，。；])(?=[\u4e00-\u9fff])", DOCUMENT)
    if found.start() > BODY
]
STOPS = [n for n, c in enumerate(DOCUMENT) if c in "，；" and n > BODY]


def _kind(text: str) -> str:
    return computed_kind(REGULATION, DOCUMENT.encode(), text.encode()).kind


def _exchanged(start: int, end: int, words: str) -> str:
    return DOCUMENT[:start] + words + DOCUMENT[end:]


def _may_change_freely(position: int) -> bool:
    return any(found.start() <= position < found.end() for found in FREE.finditer(DOCUMENT, 0, BODY))


DIGITS = [n for n, c in enumerate(DOCUMENT) if unicodedata.category(c) == "Nd" and not _may_change_freely(n)]
NUMERALS = [n for n, c in enumerate(DOCUMENT) if c in "一二三四五六七八九十" and n > BODY]


@given(st.sampled_from(DIGITS), st.sampled_from("0123456789０５９٣"))
@settings(max_examples=120)
def test_another_digit_is_never_editorial(position: int, digit: str) -> None:
    if DOCUMENT[position] != digit:
        assert _kind(_exchanged(position, position + 1, digit)) != "editorial"


@given(st.sampled_from(NUMERALS), st.sampled_from("〇零一三五十百两半"))
def test_another_chinese_numeral_is_never_editorial(position: int, numeral: str) -> None:
    if DOCUMENT[position] != numeral:
        assert _kind(_exchanged(position, position + 1, numeral)) != "editorial"


@given(st.sampled_from([*re.finditer("应当|不得|可以", DOCUMENT)]), st.sampled_from(FORCES))
@settings(max_examples=60)
def test_another_obligation_word_is_never_editorial(found: re.Match[str], word: str) -> None:
    if found[0] != word:
        assert _kind(_exchanged(*found.span(), word)) != "editorial"


@given(st.permutations(CELLS))
@settings(max_examples=40)
def test_exchanged_table_cells_are_never_editorial(cells: list[str]) -> None:
    start, end = DOCUMENT.index("   | 时段"), DOCUMENT.index("4. 有异议")
    a, b, c, d, e, f = cells
    table = f"   | {a} | {b} |\n   |------|------|\n   | {c} | {e} |\n   | {d} | {f} |\n\n"
    if table != DOCUMENT[start:end]:
        assert cells == CELLS or _kind(_exchanged(start, end, table)) != "editorial"


@given(st.from_regex(r"F-[A-Z]{2,8}", fullmatch=True))
@settings(max_examples=30)
def test_another_link_target_is_never_editorial(target: str) -> None:
    if target != "F-SAMPLE":
        assert _kind(DOCUMENT.replace("](F-SAMPLE)", f"]({target})")) != "editorial"


@given(st.lists(st.sampled_from(SPACES), max_size=8, unique=True))
def test_spaces_are_editorial(places: list[int]) -> None:
    text = DOCUMENT
    for place in sorted(places, reverse=True):
        text = f"{text[:place]} {text[place:]}"
    assert _kind(text) == "editorial"


@given(
    st.lists(st.tuples(st.sampled_from(STOPS), st.sampled_from("，；：、")), max_size=6, unique_by=lambda pair: pair[0])
)
def test_stops_are_editorial(changes: list[tuple[int, str]]) -> None:
    text = DOCUMENT
    for place, stop in changes:
        text = text[:place] + stop + text[place + 1 :]
    assert _kind(text) == "editorial"


@given(st.binary(max_size=80), st.integers(0, len(DOCUMENT)))
@settings(max_examples=60)
def test_garbage_is_never_editorial_and_never_raises(garbage: bytes, place: int) -> None:
    before = DOCUMENT.encode()
    after = before[:place] + garbage
    if after != before:
        assert computed_kind(REGULATION, before, after).kind in ("minor", "major")
