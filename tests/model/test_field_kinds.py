"""Every kind of field: what is a value, what is not, and that there is one way to write it."""

import contextlib
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from csdocs.model.field import Field, Scalar
from csdocs.model.identifier import STAFF
from csdocs.model.kind import KIND_WORDS
from csdocs.model.pattern import asked_for
from csdocs.model.spelling import spell, spell_duration
from csdocs.model.text import Text

OPTIONS = [{"code": "early", "label": {"zh": "早", "en": "early"}}, {"code": "2", "label": {"zh": "二", "en": "two"}}]
BEIJING = dt.timezone(dt.timedelta(hours=8))
_FIELD: TypeAdapter[Any] = TypeAdapter(Field)


def make(kind: str, **more: Any) -> Any:
    needed = {"choice": {"options": OPTIONS}, "reference": {"ref": ["F-CASE"]}}.get(kind, {})
    return _FIELD.validate_python({"id": "x", "kind": kind, "label": {"zh": "x", "en": "x"}, **needed, **more})


GOOD: dict[str, dict[str, Any]] = {
    "text": {
        "no": "no",
        "012": "012",
        "1e3": "1e3",
        "16:00": "16:00",
        "2026-02-30": "2026-02-30",
        "中文，标点": "中文，标点",
    },
    "long_text": {"一\n二": "一\n二", "x": "x"},
    "code": {"A": "A", "A-1": "A-1", "0123456789ABCDEF": "0123456789ABCDEF"},
    "date": {"2026-11-20": dt.date(2026, 11, 20), "2028-02-29": dt.date(2028, 2, 29)},
    "time": {"07:50": dt.time(7, 50), "00:00": dt.time(), "23:59": dt.time(23, 59)},
    "date_time": {
        "2026-11-20T07:52:00+08:00": dt.datetime(2026, 11, 20, 7, 52, tzinfo=BEIJING),
        "2026-11-20T07:52+08:00": dt.datetime(2026, 11, 20, 7, 52, tzinfo=BEIJING),
        "2026-11-20T07:52:01-05:30": dt.datetime(2026, 11, 20, 13, 22, 1, tzinfo=dt.UTC),
    },
    "month": {"2026-11": "2026-11"},
    "week": {"2026-W47": "2026-W47", "2026-W53": "2026-W53", "2026-W01": "2026-W01"},
    "year": {"2026": 2026},
    "duration": {
        "PT15M": dt.timedelta(minutes=15),
        "P2D": dt.timedelta(2),
        "P1DT2H3M4S": dt.timedelta(1, 2 * 3600 + 3 * 60 + 4),
        "P2W": dt.timedelta(14),
        "PT0S": dt.timedelta(),
    },
    "integer": {"0": 0, "12": 12, "-3": -3, "9" * 18: 10**18 - 1},
    "decimal": {"0": Decimal(0), "26.5": Decimal("26.5"), "-0.25": Decimal("-0.25"), "12": Decimal(12)},
    "money": {"210.00": Decimal("210.00"), "-0.50": Decimal("-0.50"), "0.00": Decimal("0.00")},
    "percent": {"22.50": Decimal("22.50"), "100": Decimal(100)},
    "yes_no": {"true": True, "false": False},
    "choice": {"early": "early", "2": "2"},
    "staff": {"S1023": "S1023", "A001": "A001"},
    "department": {"D-CS": "D-CS"},
    "customer": {"10086": "10086", "VIP-0001": "VIP-0001"},
    "reference": {"TS-202611-001": "TS-202611-001", "TS-1#3": "TS-1#3", "HR-S1.2": "HR-S1.2"},
}
BAD: dict[str, list[str]] = {
    "text": ["一\n二"],
    "code": ["a", "A_1", "A B", "0123456789ABCDEFG", "Ａ"],
    "date": [
        "2026-02-30", "2027-02-29", "20261120", "2026-1-2", "2026/11/20", "26-11-20", "2026-11-20 ", " 2026-11-20", "2026-11-20T00:00",
        "2026-W47-5", "2026-324", "0000-01-01", "２０２６-11-20", "2026-11-20\n", "today", "0999-12-31", "3000-01-01",
    ],
    "time": ["7:50", "24:00", "07:60", "07:50:00", "0750", "07:50+08:00", "０７:50", "07：50"],
    "date_time": [
        "2026-11-20T07:52", "2026-11-20 07:52+08:00", "2026-11-20T07:52Z", "2026-02-30T07:52+08:00", "2026-11-20T07:52:00.5+08:00",
        "2026-11-20T07:52+8:00", "2026-11-20T07:52+0800", "2026-11-20T25:00+08:00", "2026-11-20T07:52+25:00", "2026-11-20T07:52:00+08:00:30",
        "2026-11-20T07:52+08:60", "0001-01-01T00:00+08:00", "9999-12-31T23:59-08:00", "２０２６-11-20T07:52+08:00",
    ],
    "month": ["2026-13", "2026-00", "2026-1", "202611", "2026-11-01", "２０２６-11"],
    "week": ["2026-W54", "2026-W00", "2026W47", "2026-W7", "2027-W53", "2026-w47", "２０２６-W47"],
    "year": ["26", "02026", "3026", "0999", "2026年", "2０26"],
    "duration": [
        "P", "PT", "15M", "PT15", "P1Y", "P1M", "pt15m", "P1DT", "PT-5M", "-PT5M", "P1.5D", "P2D1W", "PT5M4H", "P１D", "P99999999999D", "P100000D",
        "PT" + "9" * 30 + "S",
    ],
    "integer": ["01", "-0", "+1", "1.0", "1e3", "1,000", " 1", "0x10", "1_000", "１２", "1２", "٣", "9" * 19, "一", "--1", "-"],
    "decimal": ["01.5", ".5", "5.", "1e3", "1,5", "+1.5", "NaN", "Infinity", "-0", "-0.0", "１.５", "1.５", "0x1", "1_0.0", "1.234"],
    "money": ["210", "210.0", "210.000", "2,100.00", "¥210.00", "-.50", "-0.00", "００.00", "2１0.00", "1e2"],
    "percent": ["22.5%", "22.505", "%", "２２.50"],
    "yes_no": ["yes", "no", "True", "FALSE", "1", "0", "是", "on", "true "],
    "choice": ["Early", "early ", "3", "早"],
    "staff": ["S1", "s1023", "1023", "S１０２３", "SS1023", "S123456789"],
    "department": ["CS", "D-", "D-cs", "D-客服"],
    "customer": ["a1", "1 2", "X" * 33, "１００"],
    "reference": ["../x", "TS 1", "TS-1#", "TS-1#a#b", "#3", "-TS", "TS/1", ".hidden"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "value"), [(k, t, v) for k, texts in GOOD.items() for t, v in texts.items()])
def test_a_good_spelling_is_read(kind: str, text: str, value: Any) -> None:
    assert make(kind).read(text) == value


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD.items() for text in texts])
def test_a_bad_spelling_is_refused(kind: str, text: str) -> None:
    with pytest.raises(PydanticCustomError):
        make(kind).read(text)


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("value", [None, 3, True, ["x"], {"x": "y"}, b"x", 1.5])
def test_only_text_is_typed(kind: str, value: Any) -> None:
    with pytest.raises(PydanticCustomError):
        make(kind).read(value)


@given(st.sampled_from(sorted(GOOD)), st.text(max_size=40))
def test_a_kind_reads_or_refuses_and_never_breaks(kind: str, text: str) -> None:
    with contextlib.suppress(PydanticCustomError):
        make(kind).read(text)


ONE_WAY = ["date", "time", "integer", "money", "yes_no", "year"]


@given(st.sampled_from(ONE_WAY), st.text("0123456789０１-:.truefalsWP ", max_size=12))
def test_two_texts_never_mean_one_value(kind: str, text: str) -> None:
    try:
        value = make(kind).read(text)
    except PydanticCustomError:
        return
    assert spell(value) == text


@given(
    st.timedeltas(dt.timedelta(), dt.timedelta(999)).map(
        lambda length: length - dt.timedelta(microseconds=length.microseconds)
    )
)
def test_a_duration_is_read_back(length: dt.timedelta) -> None:
    assert make("duration").read(spell_duration(length)) == length


LIMITS: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    ("integer", {"min": "1", "max": "9"}, ["1", "9"], ["0", "10", "-1"]),
    ("decimal", {"min": "0.5", "max": "1.5", "places": "1"}, ["0.5", "1.5", "1"], ["0.4", "1.6", "1.25"]),
    ("decimal", {"places": "0"}, ["3"], ["3.5", "3.0"]),
    ("money", {"min": "0"}, ["0.00"], ["-0.01"]),
    ("percent", {"max": "100", "places": "1"}, ["99.9", "100"], ["100.1", "99.99"]),
    ("text", {"min": "2", "max": "3"}, ["一二", "abc"], ["一", "abcd", ""]),
    (
        "text",
        {"pattern": r"1\d{10}"},
        ["13800000000"],
        ["138", "13800000000x", "x13800000000", "1３８00000000", "13800000000\n"],
    ),
    ("code", {"pattern": r"T-\d{4}"}, ["T-0001"], ["T-1", "X-0001"]),
    ("long_text", {"max": "4"}, ["一\n二三"], ["一\n二三四"]),
]


@pytest.mark.parametrize(("kind", "limits", "good", "bad"), LIMITS)
def test_limits_include_their_ends(kind: str, limits: dict[str, Any], good: list[str], bad: list[str]) -> None:
    field = make(kind, **limits)
    for text in good:
        field.read(text)
    for text in bad:
        with pytest.raises(PydanticCustomError):
            field.read(text)


@pytest.mark.parametrize("kind", ["date", "time", "yes_no", "choice", "staff", "duration", "month"])
def test_kinds_that_are_not_measured_have_no_limits(kind: str) -> None:
    with pytest.raises(ValueError, match="wrong-value"):
        make(kind, min="1")


def test_every_kind_is_known_wherever_kinds_are_listed() -> None:
    """Whoever adds one learns here what else knows them."""
    kinds = {str(get_args(each.model_fields["kind"].annotation)[0]) for each in get_args(get_args(Scalar)[0])}
    page = (Path(__file__).parents[2] / "docs/form-language.md").read_text("utf-8")
    described = "".join(re.findall(r"^\| (`[a-z_` ]+`) \|", page, re.MULTILINE))
    assert kinds == {*GOOD, "file"}
    assert kinds - KIND_WORDS.keys() == set()
    assert {kind for kind in kinds if f"`{kind}`" not in described} == set()


FILE = {"name": "回执.pdf", "sha256": "0" * 64, "bytes": "12"}


def test_a_file_is_its_name_digest_and_size() -> None:
    assert make("file").read(dict(FILE)) == {**FILE, "bytes": 12}


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../secret"}, {"name": "a/b"}, {"name": "a\\b"}, {"name": "."}, {"name": ".."}, {"name": "a\nb"}, {"name": "x" * 121},
        {"sha256": "0" * 63}, {"sha256": "A" * 64}, {"sha256": "０" * 64}, {"bytes": "-1"}, {"bytes": "012"}, {"bytes": "1２"}, {"extra": "x"},
        {"name": ["x"]}, {"bytes": "9" * 13},
    ],
)  # fmt: skip
def test_a_file_with_something_wrong_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(PydanticCustomError):
        make("file").read({**FILE, **change})


def test_a_file_needs_all_its_parts_and_one_of_the_types() -> None:
    for missing in FILE:
        with pytest.raises(PydanticCustomError):
            make("file").read({key: value for key, value in FILE.items() if key != missing})
    assert make("file", types=["pdf"]).read({**FILE, "name": "X.PDF"})["name"] == "X.PDF"
    for name in ("x.pdf.exe", "pdf", "x.jpg", ".pdf.", "x"):
        with pytest.raises(PydanticCustomError):
            make("file", types=["pdf"]).read({**FILE, "name": name})
    with pytest.raises(PydanticCustomError):
        make("file", max="11").read(dict(FILE))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("[0-9]{4}", ("4位数字（如 1234）", "4 digits (such as 1234)")),
        ("^T-[0-9]{2,4}$", ("“T-”，后接2至4位数字（如 T-123）", "“T-”, then 2 to 4 digits (such as T-123)")),
        (
            r"(?:A|B)-\d+",
            ("“A-”或“B-”，后接至少1位数字（如 A-123）", "“A-” or “B-”, then one or more digits (such as A-123)"),
        ),
        (
            "[A-Z][0-9]?",
            ("1位大写字母，后接至多1位数字（如 A1）", "one capital letter, then at most 1 digit (such as A1)"),
        ),
        (r"\+[A-Za-z]*", ("“+”，后接任意位数的字母（如 +ABC）", "“+”, then any number of letters (such as +ABC)")),
        (
            "[A-HJ-Z ]{3,}",
            ("至少3位大写字母（I除外）或空格（如 ABC）", "at least 3 capital letters except I or spaces (such as ABC)"),
        ),
        ("[0-9+-]{5}", ("5位：数字、“+”、“-”（如 12345）", "5 characters: digits, “+”, “-” (such as 12345)")),
        (
            "[1-9a-m]",
            ("1位数字（0除外）或“abcdefghijklm”中的字（如 1）", "one digit except 0 or of “abcdefghijklm” (such as 1)"),
        ),
        ("[1-9][0-9]*", ("从1起的整数，前面不加0", "a whole number from 1 on without leading zeros")),
        ("[1-9][0-9]{0,2}", ("1至999的整数，前面不加0", "a whole number from 1 to 999 without leading zeros")),
        (f"^{STAFF}$", ("工号：一个大写字母加数字，如 S1023", "a staff number: a capital and digits, such as S1023")),
        ("sign|void", ("sign、void之一", "one of sign, void")),
        (r"[\u4e00-\u9fa5]{2,4}", ("2至4位汉字（如 王小明）", "2 to 4 Chinese characters (such as 王小明)")),
        ("[甲乙丙]", ("1位：“甲”、“乙”、“丙”（如 甲）", "one character: “甲”, “乙”, “丙” (such as 甲)")),
        ("(?s).{1,9}", ("至多9字的文字", "a text of at most 9 characters")),
    ],
)
def test_a_pattern_is_told_in_words(pattern: str, words: tuple[str, str]) -> None:
    assert make("text", pattern=pattern).own_form == words


@pytest.mark.parametrize(
    "pattern", ["[^a]", "a|.", "(a|b)(a|b)(a|b)", ".*", "(?i)a", "(a|b)+", "[京-沪]{2}", "(a|b|c|d|e|f|g)", ""]
)
def test_a_pattern_without_words_is_told_by_the_hint(pattern: str) -> None:
    assert make("text", pattern=pattern).own_form is None
    hint = Text("照原件", "As in the original")
    assert asked_for(pattern, hint) == hint
    assert asked_for(pattern, None).en == f"what the regular expression {pattern} matches"
