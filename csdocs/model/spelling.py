"""Values back into text: the one spelling that files use, and the words that people read."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from csdocs.model.field import ChoiceField, DecimalField, Field
from csdocs.model.text import COMMA, NO, YES, Text, same

NONE = Text("无", "none")


def rounded(field: Field, value: Any) -> Any:
    """Decimals at the places the field declares, half-up; other values as they are."""
    if not isinstance(field, DecimalField) or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    return Decimal(value).quantize(Decimal(1).scaleb(-field.places), ROUND_HALF_UP)


def spell(value: Any) -> str:
    """Canonical text of a typed value, as a record would write it."""
    match value:
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return value.isoformat(timespec="minutes" if value.second == 0 else "seconds")
        case dt.time():
            return value.strftime("%H:%M")
        case dt.timedelta():
            return spell_duration(value)
        case Decimal():
            return format(value, "f")
    return str(getattr(value, "id", value))


def spell_duration(value: dt.timedelta) -> str:
    """ISO 8601, days and below."""
    seconds = value.seconds
    parts = [(seconds // 3600, "H"), (seconds % 3600 // 60, "M"), (seconds % 60, "S")]
    time = "".join(f"{number}{unit}" for number, unit in parts if number)
    days = f"{value.days}D" if value.days else ""
    return f"P{days}{'T' + time if time else ''}" if days or time else "PT0S"


def shown(value: Any, field: Field | None = None, zone: dt.tzinfo | None = None) -> Text:
    """A typed value in words, for messages and print."""
    match value:
        case None:
            return NONE
        case Text():
            return value
        case bool():
            return YES if value else NO
        case dt.datetime():
            local = value.astimezone(zone) if zone else value
            return same(local.strftime("%Y-%m-%d %H:%M"))
        case dt.timedelta():
            return shown_duration(value)
        case {"name": str(name), "sha256": _}:
            return same(name)
        case list() | tuple() if not hasattr(value, "id"):
            return COMMA.join(shown(each, field, zone) for each in value)
    if isinstance(field, ChoiceField):
        return next((option.label for option in field.options if option.code == value), same(str(value)))
    return same(spell(value))


def shown_duration(value: dt.timedelta) -> Text:
    minutes = round(abs(value).total_seconds() / 60)
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    zh = "".join(f"{number}{unit}" for number, unit in ((days, "天"), (hours, "小时"), (left, "分钟")) if number)
    en = " ".join(f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (left, "min")) if number)
    sign = "-" if value < dt.timedelta() else ""
    return Text(sign + (zh or "0分钟"), sign + (en or "0 min"))
