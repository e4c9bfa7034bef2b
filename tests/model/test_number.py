"""Record numbers: one spelling a number, and back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdocs.model.number import Number, parts, read, spell

DAY = dt.date(2026, 12, 31)
SERIAL = "ZL-{day:YYYYMM}-{serial:3}"


@pytest.mark.parametrize(
    ("pattern", "data", "serial", "id"),
    [
        (SERIAL, {}, 1, "ZL-202612-001"),
        (SERIAL, {}, 1234, "ZL-202612-1234"),
        ("JB-{day:YYYYMMDD}-{shift}-{team}", {"shift": "early", "team": "A01"}, None, "JB-20261231-early-A01"),
        ("W-{day:GGGG}W{day:WW}", {}, None, "W-2026W53"),
        ("Y{day:YYYY}", {}, None, "Y2026"),
    ],
)
def test_a_pattern_spells_and_reads_back(pattern: str, data: dict[str, str], serial: int | None, id: str) -> None:
    assert spell(pattern, DAY, data, serial) == id
    found = read(pattern, id, DAY, data)
    assert found is not None
    assert found.serial == serial


@given(st.integers(1, 99_999))
def test_every_serial_reads_back(serial: int) -> None:
    found = read(SERIAL, spell(SERIAL, DAY, {}, serial), DAY, {})
    assert found == Number("ZL-202612-*", serial, 3)


@pytest.mark.parametrize(
    "id",
    [
        "ZL-202612-01", "ZL-202612-0001", "ZL-202612-000", "ZL-202612-00", "ZL-202611-001", "zl-202612-001", "ZL-202612-001.2", "ZL-202612-001 ",
        "ZL-202612-*", "ZL-202612-", "XZL-202612-001", "ZL-202612-００１", "ZL-202612-01234",
    ],
)  # fmt: skip
def test_another_spelling_of_a_number_is_none(id: str) -> None:
    assert read(SERIAL, id, DAY, {}) is None


@pytest.mark.parametrize(
    ("id", "right"),
    [
        ("Y2026", True),
        ("Y2026.2", True),
        ("Y2026.13", True),
        ("Y2026.20", True),
        ("Y2026.100", True),
        ("Y2026.1", False),
        ("Y2026.02", False),
        ("Y2026.2.2", False),
        ("Y2027", False),
        ("Y2027.2", False),
    ],
)
def test_a_natural_key_and_its_replacements(id: str, right: bool) -> None:
    assert (read("Y{day:YYYY}", id, DAY, {}) is not None) is right


@pytest.mark.parametrize(
    "pattern", ["{day}", "{day:YY}", "{serial}", "{serial:x}", "{", "A}", "{shift:3}", "{day:YYYYMM", "{Shift}"]
)
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the message is the part that is wrong
        parts(pattern)


def test_a_field_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="shift"):
        spell("JB-{shift}", DAY, {}, None)
