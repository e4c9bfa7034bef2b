"""Whether a page is set tighter, so that a few signatures, or the seal, do not spill over to a sheet of their own.

The heights of `record.css` are added up beforehand, since laying everything out twice would cost twice the time. Where the
sum is a little wrong a page is set tighter for nothing, or spills as it would have.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from csdocs.render.column import UPRIGHT, Sheet, column_widths, ems, is_crowded, pair_fields
from csdocs.render.view import BlankView, FieldView, GridView, RecordView, SectionView, SignOffView, TableView

_DOUBT = 5.0
# Millimetres of a line in a label, a value, a cell and a crowded cell, an attestation; of a character in each of the cells.
_LABEL_LINE, _VALUE_LINE, _CELL_LINE, _CROWDED_LINE, _ATTEST_LINE = 4.3, 5.03, 4.6, 3.84, 4.4
_CELL_EM, _CROWDED_EM, _CELL_SIDES, _CROWDED_SIDES = 3.175, 2.646, 2.6, 1.8
_TABLE_LABEL, _COMPUTED, _SEAL = 6.2, 3.1, 20.4
# Characters of a line of a label, of a value beside another and alone, of an attestation; and what a box to tick takes up.
_LABEL, _VALUE, _WIDE_VALUE, _ATTEST, _TICK = 8.0, 15.8, 41.0, 27.0, 2.6


class _Spacing(NamedTuple):
    """In millimetres: what stands before the first section, the title and end of each, the head of a table and what is free
    before it, what is free below a table, the least heights of rows, what is free above and below a line, a box for a signature
    without what is attested."""

    head: float
    section: float
    table: float
    below: float
    row: float
    long_row: float
    blank_row: float
    free: float
    box: float


_BLANK = (
    _Spacing(33.8, 10.4, 7.9, 3.0, 9.18, 20.18, 9.68, 2.2, 29.6),
    _Spacing(30.0, 8.6, 6.6, 2.0, 7.6, 12.8, 7.6, 1.4, 23.7),
)
_RECORD = (
    _Spacing(33.0, 10.4, 8.4, 3.0, 0.0, 0.0, 0.0, 2.2, 19.8),
    _Spacing(29.4, 8.6, 6.6, 2.0, 0.0, 0.0, 0.0, 1.3, 17.2),
)


def is_tight(view: BlankView | RecordView, sheet: Sheet) -> bool:
    """It takes a sheet less if set tighter."""
    is_blank = isinstance(view, BlankView)
    usual, tight = (_height(view, sheet, spacing) for spacing in (_BLANK if is_blank else _RECORD))
    return ceil(tight / sheet.height) < ceil((usual + _DOUBT) / sheet.height)


def _height(view: BlankView | RecordView, sheet: Sheet, spacing: _Spacing) -> float:
    sections = sum(_section(section, sheet, spacing) for section in view.sections)
    if isinstance(view, BlankView):
        return spacing.head + sections + _signed(view.steps, False, sheet, spacing)
    signed = _signed(view.sign_offs, view.imprint.seal_place, sheet, spacing)
    return spacing.head + sections + signed + _beside(view, spacing)


def _section(section: SectionView, sheet: Sheet, spacing: _Spacing) -> float:
    blocks = section.blocks
    grids = [block for block in blocks if isinstance(block, GridView)]
    rows = sum(_row(line, sheet, spacing) for grid in grids for line in pair_fields(grid.fields))
    tables = sum(_table(table, section.title, sheet, spacing) for table in section.tables)
    below = spacing.below * sum(isinstance(block, GridView) for block in blocks[1:])
    return spacing.section + rows + tables + below


def _row(line: Sequence[FieldView], sheet: Sheet, spacing: _Spacing) -> float:
    room = (_VALUE if len(line) > 1 else _WIDE_VALUE) * sheet.width / UPRIGHT.width
    least = spacing.long_row if any(field.kind == "long_text" for field in line) else spacing.row
    values = _VALUE_LINE * max(_value_lines(field, room) for field in line)
    labels = max(_LABEL_LINE * _lines(field.label, _LABEL) + _COMPUTED * field.computed for field in line)
    return max(least, values + spacing.free, labels + spacing.free)


def _value_lines(field: FieldView, room: float) -> int:
    if field.choices:
        return ceil(sum(ems(choice) + _TICK for choice in field.choices) / room)
    return sum(_lines(text, room) for text in field.lines)


def _table(table: TableView, heading: str, sheet: Sheet, spacing: _Spacing) -> float:
    label = _TABLE_LABEL if table.label and table.label != heading else 0
    rows = sum(_cells(table, sheet, spacing)) + table.blank_rows * spacing.blank_row
    return label + spacing.table + rows


def _cells(table: TableView, sheet: Sheet, spacing: _Spacing) -> Iterable[float]:
    crowded = is_crowded(table.columns, table.rows, sheet)
    line, em, sides = (_CROWDED_LINE, _CROWDED_EM, _CROWDED_SIDES) if crowded else (_CELL_LINE, _CELL_EM, _CELL_SIDES)
    shares = [float(width.rstrip("%")) / 100 for width in column_widths(table.columns, table.rows, sheet)]
    rooms = [(share * sheet.width - sides) / em for share in shares]
    for row in table.rows:
        yield line * max(_lines(cell, room) for cell, room in zip(row, rooms, strict=True)) + spacing.free


def _signed(items: Sequence[SignOffView], seal: bool, sheet: Sheet, spacing: _Spacing) -> float:
    if not items:
        return spacing.section + _SEAL if seal else 0.0
    rows = [items[start : start + sheet.boxes] for start in range(0, len(items), sheet.boxes)]
    boxes = sum(spacing.box + _ATTEST_LINE * max(map(_said, row)) for row in rows)
    return spacing.section + boxes + (_SEAL if seal and not len(items) % sheet.boxes else 0.0)


def _said(item: SignOffView) -> int:
    return _lines(item.attests, _ATTEST) + (_lines(f"意见：{item.comment}", _ATTEST) if item.comment else 0)


def _beside(view: RecordView, spacing: _Spacing) -> float:
    """Breaches, amendments, files; what is written in their tables mostly takes two lines."""
    tables = [list_ for list_ in (view.amendments, view.enclosures) if list_]
    rows = sum(spacing.section + spacing.table + len(list_) * (2 * _CELL_LINE + spacing.free) for list_ in tables)
    breaches = sum(_CELL_LINE * _lines(finding, 48.0) for finding in view.findings)
    return rows + (spacing.section + 4.0 + breaches if breaches else 0.0)


def _lines(text: str, room: float) -> int:
    return sum(ceil(ems(line) / room) for line in text.split("\n"))
