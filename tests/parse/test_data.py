"""Typing by pydantic's own schemas: never another value than the field's own reader gives."""

import random
from typing import Any

import pytest
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError

from csdocs.model.field import Field

LABEL = {"zh": "甲", "en": "a"}
PIECES = [
    *"ABZ019-#.azé一٣\n\t ",
    "true",
    "false",
    "T",
    ":30",
    "2026-02-2",
    "+08:00",
    "D-",
    "S00",
    "2026-",
    "12",
    "\U0001f600",
    "\r",
    "on",
    "off",
    "null",
]
FIELDS: list[dict[str, Any]] = [
    *({"kind": kind} for kind in ("text", "long_text", "staff", "department", "customer", "month", "code")),
    *({"kind": kind} for kind in ("yes_no", "date", "time", "date_time")),
    {"kind": "reference", "ref": "F-ABC"},
    *({"kind": kind} for kind in ("integer", "decimal", "money", "percent")),
    *({"kind": kind, "min": "-1", "max": "12.5"} for kind in ("integer", "decimal", "money", "percent")),
    *({"kind": kind, "min": "0"} for kind in ("integer", "decimal", "money")),
    *({"kind": "decimal", "places": str(places)} for places in (1, 9)),
    {"kind": "text", "min": "2", "max": "4"},
    {"kind": "long_text", "max": "3"},
    {"kind": "text", "min": "-1", "max": "-1"},
    {"kind": "choice", "options": [{"code": code, "label": LABEL} for code in ("on", "off", "a", "1", "null")]},
]


def _read(read: Any, text: str) -> Any:
    try:
        return read(text)
    except (PydanticCustomError, ValidationError):
        return None


@pytest.mark.parametrize("shape", FIELDS, ids=str)
def test_a_schema_of_pydantic_takes_only_what_the_field_takes(shape: dict[str, Any]) -> None:
    field: Any = TypeAdapter(Field).validate_python({"id": "f", "label": LABEL, **shape})
    quick = SchemaValidator(field.own_schema()).validate_python
    dice, taken = random.Random(4), 0
    words = [
        "S0001",
        "D-CS",
        "KH-1",
        "2026-11",
        "A-1.2#B",
        "on",
        "一二",
        "x",
        "2026-02-28",
        "2026-02-29",
        "07:30",
        "24:00",
        *("0", "-0", "0.00", "-0.00", "12.5", "12.50", "-1.00", "-1", "012", "1" * 19, "0.0000000001", "12."),
    ]
    words += ["2026-02-28T07:30+08:00", "2026-02-29T07:30+08:00", "2026-02-28T07:30:59-12:00", "2026-02-28T07:30Z"]
    for _ in range(1_500):
        text = dice.choice(words) if dice.random() < 0.2 else "".join(dice.choices(PIECES, k=dice.randint(1, 6)))
        found = _read(quick, text)
        taken += found is not None
        assert found is None or repr(found) == repr(_read(field.read, text)), text
    assert taken or shape.get("max") == "-1"


@pytest.mark.parametrize(
    "shape",
    [
        {"kind": "text", "pattern": "a"},
        {"kind": "text", "max": "2.5"},
        {"kind": "code", "pattern": "A"},
        {"kind": "week"},
        {"kind": "year"},
        {"kind": "duration"},
        {"kind": "decimal", "places": "0"},
        {"kind": "money", "places": "1"},
    ],
    ids=str,
)
def test_what_only_python_can_read_has_no_such_schema(shape: dict[str, Any]) -> None:
    field: Any = TypeAdapter(Field).validate_python({"id": "f", "label": LABEL, **shape})
    assert field.own_schema() is None
