"""`csdocs export`: the tables as files for other programs."""

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.completing import form_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import AS_OF, NO_INDEX, format_option, help_text, no_form
from csdocs.cli.tables import open_tables
from csdocs.model.cell import harmless
from csdocs.model.error import CsdocsError
from csdocs.model.text import COLON, Text
from csdocs.store.scope import table_of

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace
    from csdocs.store.reading import Reading


@click.command(
    "export",
    help=help_text(
        "把记录按表导出到文件夹：csv（每张表一个文件）、xlsx（每个表单一个工作簿，列名和选项用表单的文字，人员和部门带姓名、名称）、parquet（需另装 pyarrow）。"
        "不写表单时导出全部有记录的表单和总表 records。\n\n导出的文件含有个人信息，请按记录同样保管。",
        "Export records as tables into a folder: csv (a file each table), xlsx (a workbook each form, with the words of the form for "
        "columns and choices, and names for people and departments), parquet (needs pyarrow). Without forms: every form that has records, and the table of all records.\n\n"
        "What is exported holds personal data: keep it as you keep the records.",
    ),
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("forms", shell_complete=form_ids, nargs=-1, metavar="[FORM]...")
@format_option("csv", "xlsx", "parquet", said=Text("文件格式", "format of the files"))
@click.option(
    "--codes",
    is_flag=True,
    help=help_text(
        "工作簿里也写代码，不写文字（csv、parquet 总是代码）", "codes in workbooks too, as always in csv and parquet"
    ),
)
@AS_OF
@NO_INDEX
def export_(
    folder: Path, forms: tuple[str, ...], format_: str, codes: bool, as_of: dt.date | None, no_index: bool
) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.store import disk

    write = _WRITERS.get(format_) or partial(_write_xlsx, workspace=None if codes else open_workspace(as_of=as_of))

    with open_tables(as_of, no_index=no_index) as reading:
        _require_folder(folder, reading)
        groups = _groups(reading, [form.upper() for form in forms])
        wanted = [(folder / f"{name}.{format_}", tables) for name, tables in _files(groups, format_)]
        _require_free([path for path, _ in wanted])
        for path, tables in wanted:
            with disk.whole(path) as making:
                write(reading, making, tables)
            click.echo(path)
    return CLEAN


def _require_folder(folder: Path, reading: "Reading") -> None:
    """A form that stands where the folder belongs is no folder to be made."""
    id = str(folder).upper()
    if id in reading.forms and not folder.exists():
        said = Text(
            "{id} 是表单，先写文件夹：csdocs export 文件夹 {id}",
            "{id} is a form; the folder comes first: csdocs export FOLDER {id}",
        )
        raise click.UsageError(say(said.format(id=id)))


def _groups(reading: "Reading", forms: Sequence[str]) -> dict[str, list[str]]:
    """Tables by form, and the table of all records unless forms are named."""
    from csdocs.load.workspace import open_workspace

    known = {
        form: [name for name in reading.tables if name.partition("__")[0] == table_of(form)] for form in reading.forms
    }
    for form in forms:
        if form not in known:
            raise no_form(open_workspace(), form)
    if forms:
        return {form: known[form] for form in dict.fromkeys(forms)}
    return {"records": ["records"]} | {form: tables for form, tables in known.items() if reading.count(tables[0])}


def _files(groups: dict[str, list[str]], format_: str) -> Iterator[tuple[str, list[str]]]:
    for name, tables in groups.items():
        if format_ == "xlsx":
            yield name, tables
        else:
            yield from ((table, [table]) for table in tables)


def _require_free(paths: Sequence[Path]) -> None:
    taken = next((path for path in paths if path.exists()), None)
    if taken is not None:
        raise CsdocsError(
            Text("{path} 已经存在", "{path} is there already").format(path=taken),
            Text("换一个文件夹，或先删除旧文件", "choose another folder, or delete the old files first"),
        )


def _write_csv(reading: "Reading", path: Path, tables: Sequence[str]) -> None:
    columns, rows = reading.rows(tables[0])
    with path.open("x", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel that this is UTF-8
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([*map(harmless, row)] for row in rows)


def _write_xlsx(reading: "Reading", path: Path, tables: Sequence[str], *, workspace: "Workspace | None") -> None:
    """`workspace`: where the words for codes are; without it codes stay."""
    from csdocs.lookup.words import in_words
    from csdocs.report.workbook import Sheet, write_workbook

    sheets = []
    for table in tables:
        columns, found = reading.rows(table)
        rows = map(in_words(workspace, table, columns, spoken()), found) if workspace else found
        words = {each.field: say(each.words) for each in reading.labels if each.table == table}
        sheets.append(Sheet(words[""].rpartition(say(COLON))[2], [words[column] for column in columns], rows))
    try:
        write_workbook(path, sheets)
    except ValueError as error:
        raise CsdocsError(
            Text(f"“{error}”的行数超过 Excel 的上限", f"“{error}” has more rows than Excel reads"),
            Text("请导出为 csv 或 parquet", "export it as csv or parquet"),
        ) from None


def _write_parquet(reading: "Reading", path: Path, tables: Sequence[str]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CsdocsError(
            Text("导出 parquet 需要 pyarrow", "exporting parquet needs pyarrow"),
            Text("pip install 'csdocs[parquet]'，或改用 csv", "pip install 'csdocs[parquet]', or use csv"),
        ) from None
    columns, rows = reading.rows(tables[0])
    listed = list(rows)
    arrays = [pa.array(_alike([row[n] for row in listed])) for n in range(len(columns))]
    pq.write_table(pa.Table.from_arrays(arrays, names=list(columns)), path)


def _alike(values: list[Any]) -> list[Any]:
    """A column has one type: numbers, or texts."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float}:
        return [float(value) if value is not None and float in kinds else value for value in values]
    return [value if value is None else str(value) for value in values]


_WRITERS = {"csv": _write_csv, "parquet": _write_parquet}
