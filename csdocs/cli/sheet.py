"""Records from a spreadsheet: the sheets that a form is filled in on, and what was filled in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.values import typed, who_may_be_named
from csdocs.cli.writing import refuse_lines
from csdocs.model.error import CsdocsError
from csdocs.model.field import RowsField
from csdocs.model.kind import KIND_WORDS
from csdocs.model.text import COMMA, NO, SEMICOLON, YES, Text

if TYPE_CHECKING:
    from csdocs.cli.writing import Drafted
    from csdocs.load.workspace import Workspace
    from csdocs.model.field import Field
    from csdocs.model.form import Form
    from csdocs.parse.spreadsheet import Page
    from csdocs.report.workbook import EntryColumn, EntrySheet

_NUMBER = Text("序号", "Line no.")  # what ties the rows of a table to the line of their record
_TIE, _IGNORED = "#", "?"  # no field is called so
_WORDS = {  # where a cell is filled in otherwise than a file is
    "date_time": Text("日期时间（如 2026-11-20 07:52）", "a moment (2026-11-20 07:52)"),
    "percent": Text("百分数（如 22.5%）", "a percentage (22.5%)"),
    "money": Text("金额", "an amount"),
    "file": Text("文件名；文件与本工作簿放在同一文件夹", "the name of a file that lies beside this workbook"),
}
_NUMERIC = ("integer", "decimal", "money")


class Entered(NamedTuple):
    """A record as somebody entered it: fields by id; `place` tells which line that was, if there are several."""

    place: Text | None
    data: dict[str, Any]


def entry_sheets(workspace: "Workspace", form: "Form") -> list["EntrySheet"]:
    """One sheet for the form, one more for each of its tables."""
    from csdocs.report.workbook import EntryColumn, EntrySheet

    plain, tables = _fields(form)
    tie = [EntryColumn(say(_NUMBER), note=say(_tied(tables)))] if tables else []
    first = EntrySheet(say(form.title), [*tie, *_columns(workspace, plain)])
    return [
        first,
        *(EntrySheet(say(table.label), [*tie, *_columns(workspace, _entered(table.fields))]) for table in tables),
    ]


def _tied(tables: Sequence["RowsField"]) -> Text:
    names = COMMA.join(table.label for table in tables)
    return Text(
        "给每份记录编一个号（1、2、3……），在工作表“{names}”里写上同一个号",
        "number the records (1, 2, 3 …) and write the same number on the sheets {names}",
    ).format(names=names)


def _fields(form: "Form") -> tuple[list["Field"], list["RowsField"]]:
    """Fields and tables of the part that a record begins with."""
    fields = [field for section in form.opening_sections for field in form.section_fields(section)]
    tables = [field for field in fields if isinstance(field, RowsField)]
    return _entered(field for field in fields if not isinstance(field, RowsField)), tables


def _entered(fields: Iterable["Field"]) -> list["Field"]:
    return [field for field in fields if not field.is_computed]


def _columns(workspace: "Workspace", fields: Sequence["Field"]) -> list["EntryColumn"]:
    from csdocs.report.workbook import EntryColumn

    heads = Counter(say(field.label) for field in fields)
    return [
        EntryColumn(
            head=(
                say(field.label) + (f"（{field.id}）" if heads[say(field.label)] > 1 else "") + " *" * field.required
            ),
            choices=_choices(workspace, field),
            only=field.kind in ("choice", "yes_no") and not field.list,
            note=say(_note(field)),
            number=field.kind in _NUMERIC,
        )
        for field in fields
    ]


def _choices(workspace: "Workspace", field: "Field") -> tuple[str, ...]:
    match field.kind:
        case "choice":
            return tuple(say(option.label) for option in getattr(field, "options", ()))
        case "yes_no":
            return say(YES), say(NO)
        case "department":
            return tuple(department.name.to(spoken()) for department in workspace.register.departments)
        case "staff":
            return tuple(f"{p.staff_no} {p.name.to(spoken())}" for p in who_may_be_named(field, workspace))
    return ()


def _note(field: "Field") -> Text:
    """What somebody has to know who fills the column in."""
    parts = [said for said in (field.hint, field.own_form) if said]
    if not field.own_form and field.kind not in ("choice", "yes_no", "text", "long_text", "staff", "department"):
        parts.append(_WORDS.get(field.kind, KIND_WORDS[field.kind]))
    if field.list:
        parts.append(Text("可填几个，用顿号隔开", "several are separated by commas"))
    if field.required:
        parts.append(Text("必填", "required"))
    elif field.required_when:
        parts.append(Text("有的情况必填", "required in some cases"))
    return SEMICOLON.join(parts)


def read_lines(workspace: "Workspace", form: "Form", source: Path, given: Mapping[str, Any]) -> list[Entered]:
    """A record for each line of a spreadsheet; `given` counts where a line is silent. All trouble is told at once."""
    from csdocs.parse.spreadsheet import read_spreadsheet

    reader = _Reader(workspace, form, source.parent)
    pages = read_spreadsheet(source)
    _tell_hidden(pages)
    entered = reader.records(pages) if pages else []
    refuse_lines(reader.troubles)
    if not entered:
        raise CsdocsError(
            Text("{source} 里没有填好的行", "{source} holds no line that is filled in").format(source=source),
            Text(
                "csdocs form sheet {form} 生成可填的工作簿", "csdocs form sheet {form} makes a workbook to fill in"
            ).format(form=form.id),
        )
    return [Entered(place, {**given, **data}) for place, data in entered]


def not_yet_entered(workspace: "Workspace", drafts: Sequence["Drafted"], *, only_new: bool) -> list["Drafted"]:
    """Those of the lines that are to be taken: none is where some are there already, unless only new ones were asked for."""
    from csdocs.prepare.repetition import entered_before

    numbers = entered_before(workspace, [each.draft for each in drafts])
    there = [(each.place, id) for each, id in zip(drafts, numbers, strict=True) if id and each.place]
    if not only_new:
        said = Text("已经登记为 {id}", "is entered already as {id}")
        refuse_lines(
            [(place, said.format(id=id)) for place, id in there],
            Text(
                "只登记其余的行，加 --only-new；确实要再登记一次，加 --again",
                "--only-new takes the other lines; --again takes these once more",
            ),
        )
    for place, id in there:
        told = Text("跳过{place}，已经登记为 {id}", "{place} left out: entered already as {id}")
        click.echo(say(told.format(place=place, id=id)), err=True)
    return [each for each, id in zip(drafts, numbers, strict=True) if not id]


def _tell_hidden(pages: Sequence["Page"]) -> None:
    from csdocs.report.workbook import LISTS

    for page in pages:
        if page.is_hidden and page.name != LISTS:
            said = Text("没有读取隐藏的工作表“{name}”", "the hidden sheet “{name}” was not read")
            click.echo(say(said.format(name=page.name)), err=True)


class _Reader:
    """Reads the pages of a spreadsheet; what is wrong with them is gathered in `troubles`, with its place."""

    def __init__(self, workspace: "Workspace", form: "Form", folder: Path) -> None:
        self._workspace, self._folder, self._form = workspace, folder, form
        self._plain, self._tables = _fields(form)
        self.troubles: list[tuple[Text, Text]] = []

    def records(self, pages: Sequence["Page"]) -> list[Entered]:
        first, others = self._told_apart(pages)
        entries: dict[str, tuple[Text, dict[str, Any]]] = {}
        for place, tie, cells in self._lines(first, self._plain):
            if tie in entries:
                self._trouble(place, Text("序号“{tie}”已经用过", "line no. “{tie}” is used before").format(tie=tie))
            entries[tie or f"line {place.en}"] = place, dict(cells)
        for page, table in others:
            self._add_rows(page, table, entries)
        return [Entered(place, self._typed(place, cells)) for place, cells in entries.values() if cells]

    def _told_apart(self, pages: Sequence["Page"]) -> tuple["Page", list[tuple["Page", "RowsField"]]]:
        """The page of the form, and those of its tables, by their names."""
        from csdocs.report.workbook import sheet_title

        names = {
            name.casefold(): table for table in self._tables for name in (table.id, *map(sheet_title, table.label))
        }
        tables = [(page, names[page.name.casefold()]) for page in pages if page.name.casefold() in names]
        first, *more = [page for page in pages if page.name.casefold() not in names and page.lines] or pages
        for page in (page for page, _ in tables if page.is_hidden):
            said = Text("是隐藏的；取消隐藏，或者删除", "is hidden: show it, or delete it")
            self._trouble(Text("工作表“{name}”", "sheet “{name}”").format(name=page.name), said)
        for page in more:
            said = Text("不是本表单的工作表；请移到别的文件", "is no sheet of this form: move it to another file")
            self._trouble(Text("工作表“{name}”", "sheet “{name}”").format(name=page.name), said)
        return first, tables

    def _add_rows(self, page: "Page", table: "RowsField", entries: dict[str, tuple[Text, dict[str, Any]]]) -> None:
        for place, tie, row in self._lines(page, _entered(table.fields)):
            key = next(iter(entries)) if len(entries) == 1 and not tie else tie
            where = Text("工作表“{name}”{place}", "sheet “{name}”, {place}").format(name=page.name, place=place)
            if key in entries:
                entries[key][1].setdefault(table.id, []).append(row)
            else:
                said = Text("没有序号为“{tie}”的记录", "there is no record with line no. “{tie}”").format(tie=tie)
                self._trouble(where, said)

    def _lines(self, page: "Page", fields: Sequence["Field"]) -> Iterator[tuple[Text, str, dict[str, Any]]]:
        """Place, line number of the record, and filled-in cells by field, below the head of a page."""
        if not page.lines:
            return
        columns = self._columns(page, fields)
        if not columns:
            said = Text("不是表头：第一行要写栏目名，上面的标题请删去", "has no heads: the first line names the fields")
            self._trouble(Text("第 {n} 行", "line {n}").format(n=page.lines[0].number), said)
            return
        for line in page.lines[1:]:
            place = Text("第 {n} 行", "line {n}").format(n=line.number)
            cells = {columns.get(at, ""): cell for at, cell in enumerate(line.cells) if cell}
            if "" in cells:
                self._trouble(
                    place,
                    Text("“{cell}”上面没有可填的栏目名", "there is no field at the head of “{cell}”").format(
                        cell=cells.pop("")
                    ),
                )
            cells.pop(_IGNORED, None)
            yield place, cells.pop(_TIE, ""), cells

    def _columns(self, page: "Page", fields: Sequence["Field"]) -> dict[int, str]:
        """Field by column, from the words of the head in either language."""
        names = {_plain(name): _TIE for name in _NUMBER} if self._tables else {}
        for field in fields:
            alone = sum(other.label.zh == field.label.zh for other in fields) == 1
            words = (*(f"{word}（{field.id}）" for word in field.label), *(field.label if alone else ()))
            names |= {_plain(word): field.id for word in (field.id, *words)}
        columns: dict[int, str] = {}
        heads = page.lines[0].cells
        for at, head in enumerate(heads if any(_plain(head) in names for head in heads) else ()):
            id = names.get(_plain(head))
            if head and (id is None or id in columns.values()):
                said = (
                    Text("本表单没有可填的栏目“{head}”", "this form has no field “{head}” to fill in")
                    if id is None
                    else Text("栏目“{head}”出现了两次", "the field “{head}” is there twice")
                )
                self._trouble(Text("第 {n} 行", "line {n}").format(n=page.lines[0].number), said.format(head=head))
            columns |= {at: id or _IGNORED} if head else {}
        return columns

    def _typed(self, place: Text, cells: Mapping[str, Any]) -> dict[str, Any]:
        data = {}
        for id, value in cells.items():
            field = self._form.fields[id]
            try:
                data[id] = typed(field, value, self._workspace, self._folder)
            except CsdocsError as error:
                self._trouble(place, error.message)
        return data

    def _trouble(self, place: Text, said: Text) -> None:
        self.troubles.append((place, said))


def _plain(head: str) -> str:
    """The words at the head of a column, without the mark of what is required, wherever they are broken."""
    return "".join(head.split()).rstrip("*＊").casefold()
