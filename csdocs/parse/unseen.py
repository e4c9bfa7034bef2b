"""What a sheet shows otherwise than its cells hold it: rows and columns that are hidden, cells that were made one."""

from collections.abc import Iterable, Mapping
from typing import IO, NamedTuple
from xml.etree.ElementTree import iterparse

_LAST_COLUMN = 1 << 14


class Unseen(NamedTuple):
    """Rows and columns by number, from 1; `merged`: as a spreadsheet names ranges, A2:A4."""

    rows: frozenset[int]
    columns: frozenset[int]
    merged: tuple[str, ...]


def unseen(sheet: IO[bytes]) -> Unseen:
    """From the XML of one sheet, which the library that reads cells passes over."""
    rows: set[int] = set()
    columns: set[int] = set()
    merged: list[str] = []
    number = 0
    for event, element in iterparse(sheet, ("start", "end")):  # noqa: S314  # expat bounds what entities may grow to
        name = element.tag.rpartition("}")[2]
        if event == "end":
            if name == "row":
                element.clear()
        elif name == "row":
            number = int(element.get("r", number + 1))
            rows.update([number] if _is_hidden(element.attrib) else ())
        elif name == "col" and _is_hidden(element.attrib):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            columns.update(range(first, min(last, _LAST_COLUMN) + 1))
        elif name == "mergeCell":
            merged.append(element.get("ref", ""))
    return Unseen(frozenset(rows), frozenset(columns), tuple(merged))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def in_words(numbers: Iterable[int]) -> str:
    """2, 4–7: runs are drawn together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)
