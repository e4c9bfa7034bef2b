"""Spreadsheets as people save them, as sheets of text: Excel (.xlsx, .xlsm) and CSV, in UTF-8 or as Chinese Excel writes it."""

import csv
import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

_READ = (".xlsx", ".xlsm", ".csv")
SPREADSHEETS = (*_READ, ".xls", ".et", ".ods", ".numbers")  # that a person may well try
_MOST_BYTES, _MOST_UNPACKED = 20 << 20, 400 << 20
_MOST_ROWS, _MOST_COLUMNS = 10_000, 500
_EXACT = Decimal(10) ** 15  # a spreadsheet keeps fifteen digits of a number
_BROKEN = (
    AttributeError,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_FAULTS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


class Line(NamedTuple):
    """A line that is not empty; `number` as the spreadsheet counts them."""

    number: int
    cells: tuple[str, ...]


class Page(NamedTuple):
    name: str
    lines: tuple[Line, ...]


def read_spreadsheet(path: Path) -> tuple[Page, ...]:
    """Sheets that are shown, without their empty lines. Every value as somebody would type it: 2026-11-02, 14:05, 12.5, 22.5%."""
    if path.stat().st_size > _MOST_BYTES:
        raise CsdocsError(
            Text("{path} 太大", "{path} is too large").format(path=path),
            Text("把它分成几个文件", "split it into several files"),
        )
    if path.suffix.lower() not in _READ:
        raise _unreadable(path, path.suffix)
    return _csv(path) if path.suffix.lower() == ".csv" else _excel(path)


def _csv(path: Path) -> tuple[Page, ...]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    head = text.partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return (Page(path.stem, tuple(_lines(path, path.stem, rows))),)


def _excel(path: Path) -> tuple[Page, ...]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_UNPACKED:
                raise ValueError("it unpacks to too much")
        with warnings.catch_warnings(action="ignore"):  # of what is not read anyway: lists to choose from, drawings
            values = load_workbook(path, read_only=True, data_only=True)
            formulas = load_workbook(path, read_only=True)
        return tuple(
            Page(sheet.title, tuple(_lines(path, sheet.title, _texts(path, sheet, formulas[sheet.title]))))
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        )
    except _BROKEN as error:
        raise _unreadable(path, str(error).split("\n", maxsplit=1)[0]) from None


def _unreadable(path: Path, why: str) -> CsdocsError:
    return CsdocsError(
        Text("{path} 不是能读的 Excel 文件（{why}）", "{path} is no Excel file that can be read ({why})").format(
            path=path, why=why
        ),
        Text("在 Excel 或 WPS 中打开，另存为 .xlsx 再试", "open it in Excel and save it as .xlsx"),
    )


def _lines(path: Path, sheet: str, rows: Iterator[Sequence[str]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        cells = tuple(cell.strip() for cell in row)
        if not any(cells):
            continue
        if number > _MOST_ROWS or len(cells) > _MOST_COLUMNS:
            raise CsdocsError(
                Text(
                    "{path} 的工作表“{sheet}”超过 {rows} 行或 {columns} 列",
                    "sheet “{sheet}” of {path} has more than {rows} lines or {columns} columns",
                ).format(path=path, sheet=sheet, rows=_MOST_ROWS, columns=_MOST_COLUMNS),
                Text("把它分成几个文件", "split it into several files"),
            )
        yield Line(number, cells)


def _texts(path: Path, values: Any, formulas: Any) -> Iterator[list[str]]:
    """Cell by cell; a formula counts by its result, which the program that saved the file has written beside it."""
    for row, behind in zip(values.iter_rows(), formulas.iter_rows(), strict=True):
        yield [_text(path, values.title, cell, other) for cell, other in zip(row, behind, strict=True)]


def _text(path: Path, sheet: str, cell: Any, behind: Any) -> str:
    value = cell.value
    if value is None and behind.value is None:
        return ""
    fault = _fault(value)
    if fault is not None:
        raise CsdocsError(
            Text("{path} 的工作表“{sheet}”{cell}：{fault}", "{path}, sheet “{sheet}”, {cell}: {fault}").format(
                path=path, sheet=sheet, cell=cell.coordinate, fault=fault
            ),
            Text("改好这一格再试", "put that cell right and try again"),
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, percent="%" in cell.number_format)
    return _moment(value) if isinstance(value, dt.date | dt.time | dt.timedelta) else str(value)


def _fault(value: Any) -> Text | None:
    if value is None:
        return Text(
            "公式没有结果，请在 Excel 中打开并保存一次", "a formula without a result: open and save the file in Excel"
        )
    if value in _FAULTS:
        return Text("公式出错（{value}）", "a formula went wrong ({value})").format(value=value)
    if isinstance(value, int | float) and abs(Decimal(value)) >= _EXACT:
        return Text(
            "超过 15 位的数字，Excel 已丢掉末尾几位；把这一列设为文本再填",
            "a number of more than 15 digits, of which Excel has dropped the last: make the column text and type it again",
        )
    return None


def _number(value: float, *, percent: bool) -> str:
    exact = Decimal(format(value, ".15g")) * (100 if percent else 1)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: dt.date | dt.time | dt.timedelta) -> str:
    """Spreadsheets count days: a time of day may be a hair off its second."""
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(2000, 1, 1), value)
        return _clock(value + dt.timedelta(milliseconds=500))
    if isinstance(value, dt.datetime):
        value += dt.timedelta(milliseconds=500)
        clock = _clock(value)
        return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"
    return value.isoformat()


def _clock(value: dt.datetime) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")
