"""The ground of every file shape: frozen, closed, and as strict about spelling as records are."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from csdocs.model.text import Text

# how a day and a moment are spelled, in records as well
DAY = r"[12]\d{3}-\d\d-\d\d"
MOMENT = rf"{DAY}T\d\d:\d\d(?::\d\d)?[+-]\d\d:[0-5]\d"


class Shape(BaseModel):
    """A frozen mapping with no keys but its own."""

    # What validates is built when something is first validated: most shapes are only ever part of another.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def unexpected(zh: str, en: str) -> PydanticCustomError:
    """A value that is not what the key asks for; the words say what would be."""
    return PydanticCustomError("wrong-value", "{expected}", {"expected": Text(zh, en)})


def _flag(value: Any) -> Any:
    if value in (True, "true"):
        return True
    if value in (False, "false"):
        return False
    raise unexpected("true 或 false", "true or false")


def _day(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(DAY, value, re.ASCII):
        raise unexpected("日期，如 2026-11-20", "a date such as 2026-11-20")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise unexpected("真实存在的日期", "a day of the calendar") from None


def _moment(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(MOMENT, value, re.ASCII):
        raise unexpected("时间，如 2026-11-20T07:52:00+08:00", "a moment such as 2026-11-20T07:52:00+08:00")
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        raise unexpected("真实存在的时间", "a moment of the calendar") from None


def _label(value: Any) -> Any:
    if isinstance(value, Text):
        return value
    if isinstance(value, dict) and len(value) == 2:
        zh, en = value.get("zh"), value.get("en")
        if isinstance(zh, str) and isinstance(en, str):
            return Text(zh, en)
    raise unexpected("中英文两种文字：{zh: …, en: …}", "a text in both languages: {zh: …, en: …}")


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"-?\d{1,18}(?:\.\d{1,9})?", value, re.ASCII):
        raise unexpected("数字", "a number")
    return Decimal(value)


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Several = BeforeValidator(_several)  # one entry may be written without the list around it
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]
Label = Annotated[Text, BeforeValidator(_label)]
Number = Annotated[Decimal, BeforeValidator(_number)]
