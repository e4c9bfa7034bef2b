"""Spreadsheets as people save them, as sheets of text: Excel (.xlsx, .xlsm) and CSV, in UTF-8 or as Chinese Excel writes it."""

import codecs
import csv
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from csdocs.model.cell import EXACT
from csdocs.model.error import CsdocsError
from csdocs.model.text import SEMICOLON, Text
from csdocs.parse.unseen import Unseen, in_words, unseen

_READ = (".xlsx", ".xlsm", ".csv")
SPREADSHEETS = (*_READ, ".xls", ".et", ".ods", ".numbers")  # that a person may well try
_MOST_BYTES, _MOST_UNPACKED = 20 << 20, 100 << 20
_MOST_ROWS, _MOST_COLUMNS = 10_000, 500
_MOST_CELLS = _MOST_ROWS * _MOST_COLUMNS  # empty ones too: somebody may have coloured whole columns
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_ROUNDED = re.compile(r"[-+]?\d(?:\.\d+)?E\+\d\d+")
_ESCAPED = re.compile("_x(?![dD][89a-fA-F])([0-9a-fA-F]{4})_")  # how Excel writes a character (ECMA-376, 22.9.2.19)
_ASIDE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"")  # of a number format: [$-zh-CN], words in quotes
_LINE_END = re.compile("\r\n?")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # what comes of another encoding, such as Big5
_OLD = b"\xd0\xcf\x11\xe0"  # how files of Office began before 2007
_LOCKED = Text("设有打开密码，或其实是旧的 .xls 格式", "it has a password, or is an old .xls in truth")
_DIGITS_LOST = Text(
    "长数字，Excel 已丢掉末尾几位；把这一列设为文本再填",
    "a long number, of which Excel has dropped the last digits: make the column text and type it again",
)


class Line(NamedTuple):
    """A line that is not empty; `number` as the spreadsheet counts them."""

    number: int
    cells: tuple[str, ...]


class Page(NamedTuple):
    """A sheet; one that is hidden is named, and not read."""

    name: str
    lines: tuple[Line, ...] = ()
    is_hidden: bool = False


def read_spreadsheet(path: Path) -> tuple[Page, ...]:
    """Sheets without their empty lines. Every value as somebody would type it: 2026-11-02, 14:05, 12.5, 22.5%."""
    if path.stat().st_size > _MOST_BYTES:
        raise CsdocsError(
            Text("{path} 太大", "{path} is too large").format(path=path),
            Text("把它分成几个文件", "split it into several files"),
        )
    if path.suffix.lower() not in _READ:
        raise _unreadable(path, path.suffix)
    return _csv(path) if path.suffix.lower() == ".csv" else _excel(path)


def _csv(path: Path) -> tuple[Page, ...]:
    text = _decoded(path)
    head = text.partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return (Page(path.stem, tuple(_lines(path, path.stem, _undamaged(path, rows)))),)
    except csv.Error as error:
        raise _unreadable(path, str(error)) from None


def _decoded(path: Path) -> str:
    """In whatever a Chinese Excel writes; bytes that are no characters, or nobody's, are not guessed at."""
    data = path.read_bytes()
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if not _PRIVATE.search(text):
                return text
    raise _unreadable(path, "UTF-8? GB18030?")


def _undamaged(path: Path, rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Excel writes a long number into a CSV file without its last digits: 4.403E+17."""
    for number, row in enumerate(rows, start=1):
        for cell in filter(_ROUNDED.fullmatch, row):
            raise _wrong_cell(path, path.stem, f"{number}“{cell}”", _DIGITS_LOST)
        yield row


def _excel(path: Path) -> tuple[Page, ...]:
    from openpyxl import load_workbook

    with open(path, "rb") as file:
        if file.read(len(_OLD)) == _OLD:  # a workbook with a password is wrapped in one
            raise _unreadable(path, _LOCKED)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_UNPACKED:
                raise ValueError("it unpacks to too much")
        with warnings.catch_warnings(action="ignore"):  # of what is not read anyway: lists to choose from, drawings
            values = load_workbook(path, read_only=True, data_only=True)
            formulas = load_workbook(path, read_only=True)
        return tuple(
            _page(path, sheet, formulas[sheet.title])
            if sheet.sheet_state == "visible"
            else Page(sheet.title, is_hidden=True)
            for sheet in values.worksheets
        )
    except _BROKEN as error:
        raise _unreadable(path, str(error).split("\n", maxsplit=1)[0]) from None


def _page(path: Path, values: Any, formulas: Any) -> Page:
    page = Page(values.title, tuple(_lines(path, values.title, _texts(path, values, formulas))))
    with zipfile.ZipFile(path) as archive, archive.open(values._worksheet_path) as sheet:
        _refuse_unseen(path, page, unseen(sheet))
    return page


def _refuse_unseen(path: Path, page: Page, found: Unseen) -> None:
    """Whoever filters a sheet sees a part of it: what they do not see they do not mean to enter, or do they?"""
    from openpyxl.utils import get_column_letter

    told: list[Text] = []
    rows = {line.number for line in page.lines}
    if hidden := rows & found.rows:
        told.append(Text("第 {n} 行是隐藏的", "hidden lines {n}").format(n=in_words(hidden)))
    filled = {at for line in page.lines[1:] for at, cell in enumerate(line.cells, start=1) if cell}
    if columns := sorted(filled & found.columns):
        letters = ", ".join(map(get_column_letter, columns))
        told.append(Text("{letters} 列是隐藏的", "hidden columns {letters}").format(letters=letters))
    below = rows - {line.number for line in page.lines[:1]}
    if merged := [ref for ref in found.merged if not below.isdisjoint(_rows_of(ref))]:
        told.append(Text("合并的单元格 {refs}", "merged cells {refs}").format(refs=", ".join(merged[:5])))
    if told:
        raise CsdocsError(
            Text("{path} 的工作表“{sheet}”：{what}", "{path}, sheet “{sheet}”: {what}").format(
                path=path,
                sheet=page.name,
                what=SEMICOLON.join(told),
            ),
            Text(
                "清除筛选、取消隐藏，合并的单元格拆开后每格填好；不要的行删去，再试一次",
                "clear filters and show everything, split merged cells and fill each in, delete what is not wanted, then try again",
            ),
        )


def _rows_of(ref: str) -> range:
    from openpyxl.utils import range_boundaries

    _, first, _, last = range_boundaries(ref)
    return range(first or 1, (last or _MOST_ROWS) + 1)


def _unreadable(path: Path, why: str | Text) -> CsdocsError:
    return CsdocsError(
        Text("{path} 不是能读的 Excel 文件（{why}）", "{path} is no Excel file that can be read ({why})").format(
            path=path, why=why
        ),
        Text(
            "在 Excel 或 WPS 中打开，去掉密码，另存为 .xlsx 再试",
            "open it in Excel, take off any password, and save it as .xlsx",
        ),
    )


def _lines(path: Path, sheet: str, rows: Iterator[Sequence[str]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        cells = tuple(_LINE_END.sub("\n", cell).strip() for cell in row)
        if not any(cells):
            continue
        if number > _MOST_ROWS or len(cells) > _MOST_COLUMNS:
            raise _too_much(path, sheet)
        yield Line(number, cells)


def _too_much(path: Path, sheet: str) -> CsdocsError:
    return CsdocsError(
        Text(
            "{path} 的工作表“{sheet}”超过 {rows} 行或 {columns} 列",
            "sheet “{sheet}” of {path} has more than {rows} lines or {columns} columns",
        ).format(path=path, sheet=sheet, rows=_MOST_ROWS, columns=_MOST_COLUMNS),
        Text("把它分成几个文件", "split it into several files"),
    )


def _texts(path: Path, values: Any, formulas: Any) -> Iterator[list[str]]:
    """Cell by cell; a formula counts by its result, which the program that saved the file has written beside it.

    The size that a sheet states is not asked for: programs state a wrong one, and rows would be passed over.
    """
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    looked_at = 0
    for row, behind in zip(values.iter_rows(), formulas.iter_rows(), strict=True):
        looked_at += len(row)
        if looked_at > _MOST_CELLS:
            raise _too_much(path, values.title)
        filled = 1 + max((at for at, cell in enumerate(behind) if cell.value is not None), default=-1)
        yield [_text(path, values.title, *pair) for pair in zip(row[:filled], behind[:filled], strict=True)]


def _text(path: Path, sheet: str, cell: Any, behind: Any) -> str:
    value = cell.value
    if value is None and behind.value is None:
        return ""
    fault = _fault(cell)
    if fault is not None:
        raise _wrong_cell(path, sheet, cell.coordinate, fault)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, percent="%" in cell.number_format)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return _moment(value, timed="h" in _ASIDE.sub("", cell.number_format).lower())
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _wrong_cell(path: Path, sheet: str, cell: str, fault: Text) -> CsdocsError:
    return CsdocsError(
        Text("{path} 的工作表“{sheet}”{cell}：{fault}", "{path}, sheet “{sheet}”, {cell}: {fault}").format(
            path=path, sheet=sheet, cell=cell, fault=fault
        ),
        Text("改好这一格再试", "put that cell right and try again"),
    )


def _fault(cell: Any) -> Text | None:
    value = cell.value
    if value is None:
        return Text(
            "公式没有结果，请在 Excel 中打开并保存一次", "a formula without a result: open and save the file in Excel"
        )
    if cell.data_type == "e":
        return Text("公式出错（{value}）", "a formula went wrong ({value})").format(value=value)
    if isinstance(value, int | float) and abs(Decimal(value)) >= EXACT:
        return _DIGITS_LOST
    return None


def _number(value: float, *, percent: bool) -> str:
    exact = Decimal(format(value, ".15g")) * (100 if percent else 1)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: dt.date | dt.time | dt.timedelta, *, timed: bool) -> str:
    """Spreadsheets count days: a time of day may be a hair off its second. `timed`: the cell shows one, be it midnight."""
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(2000, 1, 1), value)
        return _clock(value + dt.timedelta(milliseconds=500))
    if isinstance(value, dt.datetime):
        value += dt.timedelta(milliseconds=500)
        clock = _clock(value)
        return value.date().isoformat() if clock == "00:00" and not timed else f"{value.date().isoformat()} {clock}"
    return value.isoformat()


def _clock(value: dt.datetime) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")
