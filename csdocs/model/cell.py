"""A cell of a table that goes to a spreadsheet as text, where nobody says what is a formula and what is not."""

import re
from typing import TypeVar

V = TypeVar("V")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # begins a CSV: without it Excel reads Chinese as the code page of the machine
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")


def harmless(value: V) -> V | str:
    """No text begins like a formula: a spreadsheet would compute what somebody wrote into a record."""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
