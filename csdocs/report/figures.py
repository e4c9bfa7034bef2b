"""A report that was drawn up, for a spreadsheet, a program or a browser."""

import csv
import html
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from csdocs.model.cell import BOM, harmless
from csdocs.model.listed import NOT_COUNTED
from csdocs.model.report import Cell, Column, Figures
from csdocs.model.text import EMPTY, TAGS, Language, Text

_STYLE = """:root{color-scheme:light dark;--ink:#1d1e20;--soft:#5d6168;--line:#9ea3a9;--paper:#fff;--shade:#f1f2f3}
@media(prefers-color-scheme:dark){:root{--ink:#e6e7e9;--soft:#a0a5ac;--line:#4c5157;--paper:#1a1c1f;--shade:#24272b}}
body{font:14px/1.5 "Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;margin:2em;background:var(--paper);color:var(--ink)}
h1{font-size:1.5em;line-height:1.35;margin:0}p{margin:.2em 0 1em;color:var(--soft)}
table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:.2em .6em;text-align:left;vertical-align:top}
th{background:var(--shade);vertical-align:bottom}td{word-break:keep-all;overflow-wrap:break-word}tbody tr:hover{background:var(--shade)}
.n{text-align:right;font-variant-numeric:tabular-nums}tfoot td{font-weight:bold;border-top:2px solid var(--line)}
@media print{@page{size:A4 landscape;margin:12mm}body{margin:0;font-size:11px}thead{display:table-header-group}tr{break-inside:avoid}}"""


def as_csv(figures: Figures, language: Language) -> bytes:
    """UTF-8 with a mark at the beginning and CRLF, as spreadsheets like it. No cell begins like a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([figures.head(column).to(language) for column in figures.columns])
    for row in (*figures.rows, *figures.foot):
        writer.writerow([_plain(cell, language) for cell in row])
    return (BOM + out.getvalue()).encode()


def _plain(cell: Cell, language: Language) -> str:
    if isinstance(cell.value, int | Decimal):
        return str(cell.value)
    return harmless(cell.shown.to(language))


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
        "not_counted": figures.unreadable,
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
    title, words = html.escape(figures.report.title.to(language)), html.escape(figures.span.words.to(language))
    note = "".join(f"<p>{html.escape(said.to(language))}</p>\n" for said in _notes(figures))
    heads = "".join(_tag("th", c, figures.head(c).to(language)) for c in figures.columns)
    body = "\n".join(_line(figures.columns, row, language) for row in figures.rows)
    foot = "".join(_line(figures.columns, row, language) for row in figures.foot)
    return (
        f'<!doctype html>\n<html lang="{TAGS[language]}">\n<meta charset="utf-8">\n<title>{title} {words}</title>\n<style>{_STYLE}</style>\n'
        f"<h1>{title}&emsp;{words}</h1>\n{note}<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n"
        f"<tfoot>{foot}</tfoot>\n</table>\n</html>\n"
    )


def _notes(figures: Figures) -> Iterator[Text]:
    yield figures.report.note or EMPTY
    if figures.unreadable:
        yield NOT_COUNTED.format(n=figures.unreadable)


def _line(columns: Sequence[Column], row: Sequence[Cell], language: Language) -> str:
    cells = (_tag("td", c, cell.shown.to(language)) for c, cell in zip(columns, row, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _tag(name: str, column: Column, text: str) -> str:
    kind = ' scope="col"' if name == "th" else ""
    kind += ' class="n"' if column.is_number else ""
    return f"<{name}{kind}>{html.escape(text)}</{name}>"
