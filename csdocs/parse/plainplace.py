"""Where a key or an item stands in a plain file (`plainyaml.py`): there the columns say what belongs to what."""

import re
from functools import cache
from typing import NamedTuple

from csdocs.model.finding import Position, Route

_FIRST = re.compile(r"\n( *)(- )?(?=[^ #\n])")
_ROW = re.compile(r"[a-z_][a-z0-9_]*+:[ \n]")


class _Block(NamedTuple):
    """A mapping or a list whose keys or dashes are in one column, and the lines that it takes. What is in brackets is one too, and opaque."""

    start: int  # offset of the line break before it
    end: int
    column: int = 0
    is_list: bool = False
    is_opaque: bool = False


class _Child(NamedTuple):
    at: int  # offset of the line break before its key or dash
    column: int
    inside: _Block | None


class _Opaque(Exception):
    """Only a parser of brackets can say."""


def place_in(text: str, route: Route) -> Position | None:
    """Of the deepest key of `route` that exists, in a text that `PlainReader` takes; None where a parser of all YAML must say."""
    lines = f"\n{text}"
    place = Position(1, 1)
    block: _Block | None = _Block(0, len(lines))
    try:
        for step in route:
            found = _child(lines, block, step) if block else None
            if found is not None:
                place = Position(lines.count("\n", 0, found.at + 1), found.column + 1)
                block = found.inside
    except _Opaque:
        return None
    return place


def _child(lines: str, block: _Block, step: str | int) -> _Child | None:
    if block.is_opaque:
        raise _Opaque
    if block.is_list:
        return _item(lines, block, step) if isinstance(step, int) else None
    return _entry(lines, block, step) if isinstance(step, str) and step.isidentifier() else None


def _entry(lines: str, block: _Block, key: str) -> _Child | None:
    """Of a mapping; where that is a row, its first key stands behind the dash."""
    column = block.column
    dashed = f"\n{' ' * (column - 2)}- {key}:"
    spelled = dashed if lines.startswith(dashed, block.start) else f"\n{' ' * column}{key}:"
    at = lines.find(spelled, block.start, block.end)
    if at < 0:
        return None
    value = at + len(spelled)
    if lines[value] != "\n":
        return _Child(at, column, _Block(value, value, is_opaque=True) if lines[value + 1] in "[{" else None)
    over = _outside(column).search(lines, value, block.end)
    return _Child(at, column, _below(lines, value, over.start() if over else block.end))


def _below(lines: str, start: int, end: int) -> _Block:
    first = _FIRST.search(lines, start, end)
    assert first is not None  # a key without a value is not plain
    return _Block(start, end, len(first[1]), is_list=first[2] is not None)


@cache
def _outside(column: int) -> re.Pattern[str]:
    """A line that does not belong to the key in that column."""
    return re.compile(rf"\n {{0,{column}}}[^ #\n]")


def _item(lines: str, block: _Block, index: int) -> _Child | None:
    dash = f"\n{' ' * block.column}- "
    at = lines.find(dash, block.start, block.end)
    for _ in range(index):
        at = lines.find(dash, at + 1, block.end) if at >= 0 else at
    if at < 0:
        return None
    value, following = at + len(dash), lines.find(dash, at + 1, block.end)
    column, end = block.column + 2, following if following >= 0 else block.end
    if lines[value] in "[{":
        return _Child(at, column, _Block(value, value, is_opaque=True))
    return _Child(at, column, _Block(at, end, column) if _ROW.match(lines, value) else None)
