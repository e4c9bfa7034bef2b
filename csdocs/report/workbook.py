"""Tables as an Excel workbook (ECMA-376, SpreadsheetML), and sheets to be filled in that take only what a form does."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from csdocs.model.cell import EXACT
from csdocs.model.listed import NOT_COUNTED
from csdocs.model.text import Language

if TYPE_CHECKING:
    from csdocs.model.report import Cell, Figures

MOST_ROWS = 1_048_576  # of a sheet, its head included
LINES = 1_000  # of a sheet that are prepared to be filled in
_MOST_CHARACTERS = 32_767  # of a cell
_LEAST, _MOST = 8, 48  # width of a column, in characters
_LOOKED_AT = 200  # rows that say how wide a column has to be
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
_DATE = re.compile(  # not of 1900, to which spreadsheets give a 29th of February
    r"(?:19(?!00)|2\d)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?P<time>T\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d)?"
)
_MOMENT_WIDTH = 16  # of 2026-11-20 07:52
_HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#F1F2F3",
    "border": 1,
    "border_color": "#9EA3A9",
}
_A4 = 9  # ECMA-376, 18.18.43
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # the same tables make the same bytes; the library wants no zone
LISTS = "选项 Choices"


class Sheet(NamedTuple):
    """`foot`: rows below the others, which a filter leaves where they are."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]
    foot: Sequence[Sequence[Any]] = ()


class EntryColumn(NamedTuple):
    """A column to be filled in. `choices` are offered, `only` takes nothing else; `note` is shown at the head."""

    head: str
    choices: tuple[str, ...] = ()
    only: bool = True
    note: str = ""
    number: bool = False


class EntrySheet(NamedTuple):
    name: str
    columns: Sequence[EntryColumn]


def sheet_title(name: str) -> str:
    """A name as the tab of a sheet can carry it."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip()


def figures_sheet(figures: "Figures", language: Language) -> Sheet:
    """A report that was drawn up: numbers are numbers, all else is in words."""
    rows, foot = ([[_figure(cell, language) for cell in row] for row in part] for part in (figures.rows, figures.foot))
    if figures.unreadable:
        foot.append([NOT_COUNTED.format(n=figures.unreadable).to(language), *[None] * (len(figures.columns) - 1)])
    name = f"{figures.report.title.to(language)} {figures.span.words.to(language)}"
    return Sheet(name, [figures.head(column).to(language) for column in figures.columns], rows, foot)


def _figure(cell: "Cell", language: Language) -> Any:
    return cell.value if isinstance(cell.value, int | Decimal) else cell.shown.to(language) or None


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Rows are taken one by one. ValueError where a sheet has more than Excel reads."""
    with _created(path, constant_memory=True) as book:
        head, formats = book.add_format(_HEAD), _Formats(book)
        for sheet in sheets:
            page = _page(book, sheet.name, sheet.head, head)
            widths, number = [_width(word) for word in sheet.head], 0
            for number, row in enumerate(chain(sheet.rows, sheet.foot), start=1):
                if number >= MOST_ROWS:
                    raise ValueError(sheet.name)
                for column, value in enumerate(row):
                    _write_cell(page, number, column, value, formats)
                if number <= _LOOKED_AT:
                    widths = [max(pair) for pair in zip(widths, map(_width, row), strict=True)]
            for column, width in enumerate(widths):
                page.set_column(column, column, min(max(width + 2, _LEAST), _MOST))
            page.autofilter(0, 0, number - len(sheet.foot), len(sheet.head) - 1)


class _Formats:
    """How numbers, dates and moments are shown, each made once for a book."""

    def __init__(self, book: Workbook) -> None:
        self._add = cache(lambda said: book.add_format({"num_format": said}))

    def date(self, *, with_time: bool) -> Format:
        return self._add("yyyy-mm-dd hh:mm" if with_time else "yyyy-mm-dd")

    def decimal(self, value: Decimal) -> Format:
        """With as many places as it has."""
        places = -int(value.as_tuple().exponent)
        return self._add(f"#,##0.{'0' * places}" if places > 0 else "#,##0")


def write_entry_sheets(path: Path, sheets: Sequence[EntrySheet]) -> None:
    """A workbook to be filled in: one line a record or row, with lists to choose from."""
    with _created(path) as book:
        bold = book.add_format(_HEAD)
        text, plain = book.add_format({"num_format": "@"}), book.add_format()
        pages = [(_page(book, sheet.name, [column.head for column in sheet.columns], bold), sheet) for sheet in sheets]
        lists = book.add_worksheet(LISTS)
        offered: list[tuple[str, ...]] = []
        for page, sheet in pages:
            for number, column in enumerate(sheet.columns):
                width = min(max(_width(column.head) + 4, 14), _MOST)
                page.set_column(number, number, width, plain if column.number else text)
                if column.note:
                    page.write_comment(0, number, column.note)
                if column.choices:
                    _offer(page, number, column, _listed(lists, offered, column.choices))
        lists.hide()


def _listed(lists: Worksheet, offered: list[tuple[str, ...]], choices: tuple[str, ...]) -> str:
    """Where the choices stand: a cell itself cannot carry many."""
    if choices not in offered:
        for row, choice in enumerate(choices):
            lists.write_string(row, len(offered), choice)
        offered.append(choices)
    column = offered.index(choices)
    return f"='{LISTS}'!{xl_range_abs(0, column, len(choices) - 1, column)}"


def _offer(page: Worksheet, number: int, column: EntryColumn, source: str) -> None:
    page.data_validation(
        1,
        number,
        LINES,
        number,
        {
            "validate": "list",
            "source": source,
            "error_type": "stop" if column.only else "information",
            "show_error": column.only,
        },
    )


@contextmanager
def _created(path: Path, **options: Any) -> Iterator[Workbook]:
    book = Workbook(path, options)
    book.set_properties({"created": _CREATED})
    try:
        yield book
    finally:
        try:
            book.close()
        except FileCreateError as error:  # the library's own word for what the system said
            raise (error.__context__ if isinstance(error.__context__, OSError) else error) from None


def _page(book: Workbook, name: str, head: Sequence[str], style: Format) -> Worksheet:
    """A sheet whose first line stays in sight. Of two that would have one name the second gets a number."""
    title = sheet_title(name)
    taken = {page.get_name().lower() for page in book.worksheets()}
    names = (title, *(f"{title[:28]} {number}" for number in range(2, 100)))
    page = book.add_worksheet(next(each for each in names if each.lower() not in taken))
    page.freeze_panes(1, 0)
    _set_up_print(page)
    for column, word in enumerate(head):
        page.write_string(0, column, word, style)
    return page


def _set_up_print(page: Worksheet) -> None:
    """On A4 across, all columns on a sheet, the head on each, with the name and the number of the page below."""
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer("&L&A&R&P / &N")


def _write_cell(page: Worksheet, row: int, column: int, value: Any, formats: _Formats) -> None:
    if isinstance(value, int) and abs(value) >= EXACT:
        page.write_string(row, column, str(value))
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), formats.decimal(value))
    elif value is not None:
        text = _FORBIDDEN.sub("", str(value))[:_MOST_CHARACTERS]
        found = _DATE.fullmatch(text)
        day = _day(text) if found else None
        if found and day:
            page.write_datetime(row, column, day, formats.date(with_time=bool(found["time"])))
        else:
            page.write_string(row, column, text)  # never a formula, whatever somebody wrote


def _day(text: str) -> dt.datetime | None:
    """As it is written, on the clocks of its place; None for the 30th of February."""
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _width(value: Any) -> int:
    """Characters that a cell is wide; Chinese ones are as wide as two others."""
    text = "" if value is None else str(value)[:_MOST]
    if (found := _DATE.fullmatch(text)) and found["time"]:
        return _MOMENT_WIDTH
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
