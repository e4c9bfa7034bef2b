"""What is read off a sentence, and the bounded comparison of sequences."""

import pytest

from csdocs.compare.numeral import chinese_number, chinese_value
from csdocs.compare.sequence import spans
from csdocs.compare.signal import letters, signals


def _of(kind: str, text: str) -> list[str]:
    return [signal.value for signal in signals(text) if signal.kind == kind]


@pytest.mark.parametrize("number", [*range(1, 130), 200, 305, 990, 999])
def test_numerals_there_and_back(number: int) -> None:
    assert chinese_value(chinese_number(number)) == number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二〇二六", 2026),
        ("两", 2),
        ("三万零五十", 30050),
        ("壹佰贰拾", 120),
        ("十", 10),
        ("半", None),
        ("一亿二千万", 120_000_000),
    ],
)
def test_other_ways_to_write_a_number(written: str, value: int | None) -> None:
    assert chinese_value(written) == value


def test_numbers_in_every_dress() -> None:
    assert _of("number", "５日、五日、05、1,000、-3℃、2026-11-20、½、①、Ⅳ") == [
        *("5", "5", "5", "1,000", "-3", "2026-11-20", "½", "1", "Ⅳ")
    ]
    assert _of("number", "1\u00ad5") == ["15"]
    assert _of("invisible", "1\u00ad5 字\ufe00") == ["U+00AD", "U+FE00"]


def test_a_unit_belongs_to_its_number() -> None:
    assert _of("unit", "10 分 钟内，{{ hours }} 小时") == ["分钟", "小时"]
    assert _of("parameter", "{{ hours }}{{days}}") == ["hours", "days"]


@pytest.mark.parametrize(
    ("text", "forces"),
    [
        ("不得不到岗", ["must"]),
        ("不 得离岗", ["must_not"]),
        ("无须赔偿，可以申诉", ["need_not", "may"]),
        ("供应商应用软件", ["other", "other"]),
        (
            "Staff must not leave; they may rest and need not report. They should.",
            ["must_not", "may", "need_not", "must"],
        ),
    ],
)
def test_forces(text: str, forces: list[str]) -> None:
    assert _of("force", text) == forces


def test_people_and_signs() -> None:
    assert _of("people", "由交班人员和现场主管共同办理") == ["交班人员", "现场主管"]
    assert _of("symbol", "≤5%") == ["≤", "%"]
    assert _of("code", "表A01和F-CASE") == ["A01", "F-CASE"]


def test_letters_forget_spacing_and_stops() -> None:
    assert letters("接班，Ａ b。") == "接班ab"


def test_sequences_are_compared_in_bounded_time() -> None:
    before, after = "a" + "x" * 3000 + "b", "a" + "y" + "x" * 2999 + "zb"
    assert [span.is_equal for span in spans(before, after)] == [True, False, True]
    assert list(spans("", "")) == []
    assert [tuple(span) for span in spans("ab", "b")] == [(False, 0, 1, 0, 0), (True, 1, 2, 0, 1)]
