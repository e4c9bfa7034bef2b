"""ISO 8601 durations without years and months, whose length depends on where they fall."""

import datetime as dt
import re
from functools import lru_cache

DURATION = r"P(?=.)(?:\d{1,5}W|(?:\d{1,5}D)?(?:T(?=.)(?:\d{1,5}H)?(?:\d{1,5}M)?(?:\d{1,5}S)?)?)"


@lru_cache(maxsize=256)
def duration_of(text: str) -> dt.timedelta | None:
    """None for what is no duration."""
    if not re.fullmatch(DURATION, text, re.ASCII):
        return None
    found = {unit: int(number) for number, unit in re.findall(r"(\d+)([WDHS])", text)}
    minutes = re.search(r"T.*?(\d+)M", text)
    return dt.timedelta(
        weeks=found.get("W", 0),
        days=found.get("D", 0),
        hours=found.get("H", 0),
        minutes=int(minutes[1]) if minutes else 0,
        seconds=found.get("S", 0),
    )
