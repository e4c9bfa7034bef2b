"""A report that was drawn up, for a spreadsheet, a program or a browser."""

import csv
import html
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from csdocs.model.cell import BOM, harmless
from csdocs.model.report import Cell, Column, Figures
from csdocs.model.text import Language, Text

_STYLE = """body{font:14px/1.5 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;margin:2em}
table{border-collapse:collapse}caption{text-align:left;font-weight:bold;font-size:1.2em}
th,td{border:1px solid #999;padding:.2em .6em;text-align:left;vertical-align:top}
th{background:#eee}.n{text-align:right;font-variant-numeric:tabular-nums}tfoot td{font-weight:bold}
@media print{@page{size:A4 landscape;margin:12mm}body{margin:0}thead{display:table-header-group}}"""


def as_csv(figures: Figures, language: Language) -> bytes:
    """UTF-8 with a mark at the beginning and CRLF, as spreadsheets like it. No cell begins like a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([figures.head(column).to(language) for column in figures.columns])
    for row in (*figures.rows, *_foot(figures)):
        writer.writerow([_plain(cell, language) for cell in row])
    return (BOM + out.getvalue()).encode()


def _plain(cell: Cell, language: Language) -> str:
    if isinstance(cell.value, int | Decimal):
        return str(cell.value)
    return harmless(cell.shown.to(language))


def _foot(figures: Figures) -> tuple[tuple[Cell, ...], ...]:
    return (figures.totals,) if figures.totals else ()


def as_json(figures: Figures, language: Language) -> str:
    span = figures.span
    tree = {
        "report": figures.report.id,
        "title": figures.report.title.to(language),
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "columns": [_column(figures, column, language) for column in figures.columns],
        "rows": [_row(figures.columns, row, language) for row in figures.rows],
        "totals": _row(figures.columns, figures.totals, language) if figures.totals else None,
    }
    return json.dumps(tree, ensure_ascii=False, indent=2)


def _column(figures: Figures, column: Column, language: Language) -> dict[str, str]:
    return {"id": column.id, "kind": column.kind, "label": figures.head(column).to(language)}


def _row(columns: Sequence[Column], row: Sequence[Cell], language: Language) -> dict[str, Any]:
    return {column.id: _bare(cell.value, language) for column, cell in zip(columns, row, strict=True)}


def _bare(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return value.to(language)
    return float(value) if isinstance(value, Decimal) else value


def as_html(figures: Figures, language: Language) -> str:
    """One page that needs nothing else."""
    title = html.escape(f"{figures.report.title.to(language)}  {figures.span.words.to(language)}")
    heads = "".join(_tag("th", c, figures.head(c).to(language)) for c in figures.columns)
    body = "\n".join(_line(figures.columns, row, language) for row in figures.rows)
    foot = "".join(_line(figures.columns, row, language) for row in _foot(figures))
    tongue = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tongue}">\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"<table>\n<caption>{title}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n"
        f"<tfoot>{foot}</tfoot>\n</table>\n</html>\n"
    )


def _line(columns: Sequence[Column], row: Sequence[Cell], language: Language) -> str:
    cells = (_tag("td", c, cell.shown.to(language)) for c, cell in zip(columns, row, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _tag(name: str, column: Column, text: str) -> str:
    kind = ' class="n"' if column.is_number else ""
    return f"<{name}{kind}>{html.escape(text)}</{name}>"
