"""A cell of a spreadsheet: as text, nobody says what is a formula and what is not; as a number, it loses digits."""

import re
from typing import TypeVar

V = TypeVar("V")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # begins a CSV: without it Excel reads Chinese as the code page of the machine
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")


def harmless(value: V) -> V | str:
    """No text begins like a formula: a spreadsheet would compute what somebody wrote into a record."""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
