"""Draws a report up: its query over the records of a period, ratios, totals, and every value in words."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from csdocs.load.holdings.tree import Tree
from csdocs.load.index.report import bound, label_at, report_database, report_tree
from csdocs.load.workspace import Workspace
from csdocs.model.period import Span
from csdocs.model.report import Cell, Column, Figures, Report
from csdocs.model.spelling import shown
from csdocs.model.text import EMPTY, NO, SPACE, YES, Text, same

_PLACES = {"decimal": 2, "money": 2, "percent": 1}
_TOTAL = Text("合计", "Total")


def draw_up(workspace: Workspace, report: Report, span: Span, tree: Tree | None = None) -> Figures:
    """`tree`: the records, where the caller has read them already."""
    found = report_database(tree or report_tree(workspace), report).select(
        workspace.whole_query(report.query), bound(span)
    )
    lines = [_with_ratios(report, line) for line in found]
    columns = tuple(column for column in report.columns if not column.hidden)
    rows = tuple(tuple(_cell(workspace, column, line) for column in columns) for line in lines)
    totals = _totals(workspace, report, columns, lines)
    return Figures(report, span, columns, rows, totals)


def _with_ratios(report: Report, line: Mapping[str, Any]) -> dict[str, Any]:
    ratios = {column.id: _ratio(column, line) for column in report.columns if column.ratio}
    return {**line, **ratios}


def _ratio(column: Column, line: Mapping[str, Any]) -> Decimal | None:
    assert column.ratio is not None
    part, whole = (line.get(id) for id in column.ratio)
    if part is None or not whole:
        return None
    return Decimal(str(part)) / Decimal(str(whole)) * (100 if column.kind == "percent" else 1)


def _totals(
    workspace: Workspace, report: Report, columns: Sequence[Column], lines: Sequence[Mapping[str, Any]]
) -> tuple[Cell, ...] | None:
    """None for a report that adds nothing up, or has nothing to add up."""
    summed = dict(_sums(report, lines))
    if len(lines) < 2 or not any(column.id in summed for column in columns):
        return None
    whole = _with_ratios(report, summed)
    first, *others = columns
    head = _cell(workspace, first, whole) if first.id in summed else Cell(None, _TOTAL)
    return (head, *(_cell(workspace, column, whole) for column in others))


def _sums(report: Report, lines: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for column in report.columns:
        if column.total:
            values = [Decimal(str(line[column.id])) for line in lines if line.get(column.id) is not None]
            yield column.id, sum(values, Decimal())


def _cell(workspace: Workspace, column: Column, line: Mapping[str, Any]) -> Cell:
    if f"{column.id}_zh" in line:
        pair = Text(str(line[f"{column.id}_zh"] or ""), str(line[f"{column.id}_en"] or ""))
        return Cell(pair, pair)
    value = line.get(column.id)
    if value is None or value == "":
        return Cell(None, EMPTY)
    if column.is_number:
        value = _number(column, value)
        return Cell(value, same(f"{value:,}" if column.kind == "money" else str(value)))
    return Cell(value, _shown(workspace, column.kind, value))


def _number(column: Column, value: Any) -> int | Decimal:
    places = _PLACES.get(column.kind)
    exact = Decimal(str(value))
    if places is None:
        return int(exact.to_integral_value(ROUND_HALF_UP))
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _shown(workspace: Workspace, kind: str, value: Any) -> Text:
    text = str(value)
    match kind:
        case "yes_no":
            return YES if value else NO
        case "date_time":
            return _local(workspace, text)
        case "staff" | "department":
            return _named(workspace, text)
        case "form":
            form = workspace.forms.get(text)
            return SPACE.join((text, form.title)) if form else same(text)
        case "label":
            return label_at(workspace, text) or _named(workspace, text.rpartition("/")[2])
    return same(text)


def _named(workspace: Workspace, id: str) -> Text:
    """A person or department by its name."""
    if person := workspace.register.person.get(id):
        return SPACE.join((id, person.name))
    department = workspace.register.department.get(id)
    return department.name if department else same(id)


def _local(workspace: Workspace, text: str) -> Text:
    try:
        return shown(dt.datetime.fromisoformat(text), zone=workspace.settings.zone)
    except ValueError:
        return same(text)
