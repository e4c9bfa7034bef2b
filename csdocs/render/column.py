"""How wide the columns of a table are, what stands side by side, and which way the paper lies for it.

Widths are reckoned in characters of the table's text: what dates, numbers and codes need is known, prose takes the rest.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from csdocs.model.kind import NUMBERS
from csdocs.render.view import ColumnView, FieldView, SectionView

# The most that a column of each kind asks for; prose shares what is left.
_ROOM = {
    "department": 10, "customer": 10, "choice": 9, "staff": 11, "date_time": 10, "date": 7, "code": 16,
    "time": 5, "month": 6, "week": 6, "year": 4, "duration": 6, "money": 8, "integer": 5, "decimal": 7,
    "percent": 6, "yes_no": 3, "reference": 16, "pages": 60,
}  # fmt: skip
_PROSE_SHARE = {"text": 1.0, "file": 1.0, "long_text": 1.4}
_YIELDING = frozenset({*_PROSE_SHARE, "pages"})
_LEAST_PROSE = 7.0
_PADDING = 1.3
_UNBROKEN = NUMBERS | {"date", "time", "month", "week", "year", "yes_no"}
_LEAST, _LEAST_SOFT = 5.0, {"staff": 7.0, "date_time": 7.0}
_ROOMY = 8.0


class Sheet(NamedTuple):
    """How the paper lies: room for content in millimetres, what a line of a table holds at the usual size and where it is
    crowded, and the boxes side by side."""

    is_landscape: bool
    width: float
    height: float
    usual: float
    crowded: float
    boxes: int


# A crowded table is set in 7.5 pt instead of 9 pt and so has room for more characters.
UPRIGHT = Sheet(False, 172.0, 251.0, 54.0, 65.0, 2)
LANDSCAPE = Sheet(True, 259.0, 164.0, 81.0, 98.0, 3)


def sheet_of(sections: Iterable[SectionView]) -> Sheet:
    """Landscape for a register so wide that its dates would break upright, however small it were set.

    Only the columns count, not what stands in them: all records of a form lie the same way.
    """
    tables = (table for section in sections for table in section.tables)
    wide = any(sum(_hard_floors(each.columns, _broken_needs(each.columns, ()))) > UPRIGHT.crowded for each in tables)
    return LANDSCAPE if wide else UPRIGHT


def pair_fields(fields: Sequence[FieldView]) -> list[tuple[FieldView, ...]]:
    """Lines of the grid: two narrow fields side by side, a wide one alone."""
    lines: list[tuple[FieldView, ...]] = []
    waiting: FieldView | None = None
    for field in fields:
        if field.wide:
            if waiting:
                lines.append((waiting,))
            lines.append((field,))
            waiting = None
        elif waiting:
            lines.append((waiting, field))
            waiting = None
        else:
            waiting = field
    return [*lines, (waiting,)] if waiting else lines


def column_widths(
    columns: Sequence[ColumnView], rows: Sequence[Sequence[str]] = (), sheet: Sheet = UPRIGHT
) -> list[str]:
    """CSS widths that add up to 100 %."""
    needs = _needs(columns, rows)
    if _overflow(needs, sheet):
        needs = _broken_needs(columns, rows)
        widths = _squeezed(needs, _hard_floors(columns, needs, filled=bool(rows)), sheet.crowded)
    elif sum(needs) > sheet.usual:
        widths = _squeezed(needs, _soft_floors(columns, needs), sheet.usual)
    else:
        widths = _stretched(columns, needs, sheet.usual)
    total = sum(widths)
    return [f"{width / total:.3%}" for width in widths]


def is_crowded(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]] = (), sheet: Sheet = UPRIGHT) -> bool:
    """More columns than fit at the usual size: the table is set smaller."""
    return _overflow(_needs(columns, rows), sheet)


def ems(text: str) -> float:
    """The width of a line in Chinese characters; a Latin letter takes about half of one."""
    return sum((_width(character) for character in text), start=0.0)


def _width(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.66 if character.isupper() else 0.55


def _needs(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]]) -> list[float]:
    return [_need(column, column.label, _cells(rows, number)) for number, column in enumerate(columns)]


def _broken_needs(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]]) -> list[float]:
    """Where heads stand in several lines, a word in each."""
    words = [max(column.label.split(), key=ems, default="") for column in columns]
    return [_need(column, words[number], _cells(rows, number)) for number, column in enumerate(columns)]


def _cells(rows: Sequence[Sequence[str]], number: int) -> list[str]:
    return [row[number] for row in rows]


def _need(column: ColumnView, label: str, cells: Sequence[str]) -> float:
    if column.kind == "pages":
        cells = ["88" * len(cell.split()) for cell in cells]
    longest = max((ems(line) for cell in cells for line in cell.split("\n")), default=0.0)
    head = min(ems(label), 6.0)
    if column.kind in _PROSE_SHARE:
        amount = longest if cells else _LEAST_PROSE * 2
        return max(min(amount, 30.0) * _PROSE_SHARE[column.kind], head, _LEAST_PROSE)
    room = _ROOM.get(column.kind, 10)
    return max(min(longest if cells else 5.0, room), head) + _PADDING


def _overflow(needs: Sequence[float], sheet: Sheet) -> bool:
    # No column may be so narrow that words break; beyond that, prose wraps.
    return sum(min(need, _ROOMY) for need in needs) > sheet.usual


def _stretched(columns: Sequence[ColumnView], needs: Sequence[float], width: float) -> list[float]:
    prose = sum(need for need, column in zip(needs, columns, strict=True) if column.kind in _PROSE_SHARE)
    stretch = (width - sum(needs) + prose) / prose if prose else 1.0
    return [need * (stretch if column.kind in _PROSE_SHARE else 1) for need, column in zip(needs, columns, strict=True)]


def _soft_floors(columns: Sequence[ColumnView], needs: Sequence[float]) -> list[float]:
    """Prose gives way, and so do page numbers, which may stand in several lines."""
    return [
        min(need, _ROOMY) if column.kind in _YIELDING else need for need, column in zip(needs, columns, strict=True)
    ]


def _hard_floors(columns: Sequence[ColumnView], needs: Sequence[float], *, filled: bool = False) -> list[float]:
    """Dates, times and numbers keep what they need, since a broken number misleads; the others give way."""
    return [
        need if filled and column.kind in _UNBROKEN else min(need, _LEAST_SOFT.get(column.kind, _LEAST))
        for need, column in zip(needs, columns, strict=True)
    ]


def _squeezed(needs: Sequence[float], floors: Sequence[float], width: float) -> list[float]:
    """Each column its floor; what is left goes to those that need more, by how much more."""
    wishes = [need - floor for need, floor in zip(needs, floors, strict=True)]
    spare = max(width - sum(floors), 0.0) / (sum(wishes) or 1.0)
    return [floor + wish * spare for floor, wish in zip(floors, wishes, strict=True)]
