"""`csdocs new`, `fill`: what people write into records."""

import datetime as dt
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from csdocs.cli.completing import form_ids, record_ids
from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import AS_PERSON, form_named, help_text
from csdocs.cli.writing import (
    Drafted,
    Made,
    commit,
    only_step,
    open_here,
    open_record,
    refuse_lines,
    say_what_is_not_there,
)
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.cli.sheet import Entered
    from csdocs.load.record.case import RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.model.form import Form

Line = TypeVar("Line", "Entered", Drafted)
Result = TypeVar("Result")
_SET = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FIELD=VALUE",
    help=help_text(
        "给出一个字段的值，可重复；“字段=”清空该字段", "give a field its value; may be repeated; “FIELD=” empties it"
    ),
)
_ADD = click.option(
    "--add",
    "additions",
    multiple=True,
    metavar="TABLE={…}",
    help=help_text(
        "给表格加一行，如 --add 'items={item: 上衣, qty: 1}'，可重复",
        "add a row to a table, as in --add 'items={item: top, qty: 1}'; may be repeated",
    ),
)
_ATTACH = click.option(
    "--attach",
    "files",
    multiple=True,
    metavar="[FIELD=]FILE",
    help=help_text(
        "附上一个文件（照片、扫描件），可重复；不写字段则列入“附件”",
        "enclose a file (a photo, a scan); may be repeated; without a field it goes to the attachments",
    ),
)
_FROM = click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=help_text(
        "从文件读取：YAML 是一份记录；new 还接受 Excel（xlsx）和 csv，一行一份",
        "read from a file: YAML is one record; new also takes Excel (xlsx) and csv, a record a line",
    ),
)
_NO_INPUT = click.option("--no-input", is_flag=True, help=help_text("不询问", "ask nothing"))


@click.command(
    "new",
    help=help_text(
        "填写一份新记录。\n\nFORM 是表单编号（csdocs form list 列出）。在终端上逐项询问；"
        "也可用 --set 字段=值 或 --from 文件.yaml 给出。写好后显示文件路径。",
        "Fill in a new record.\n\nFORM is the form's id (csdocs form list). Asks field by field on a terminal; "
        "values may also come from --set FIELD=VALUE or --from FILE.yaml. Prints the path of the file.",
    ),
)
@click.argument("form", shell_complete=form_ids)
@AS_PERSON
@_SET
@_ADD
@_ATTACH
@_FROM
@_NO_INPUT
@click.option(
    "--again",
    is_flag=True,
    help=help_text("表格里已经登记过的行也照样登记", "of a sheet, take lines that are entered already as well"),
)
@click.option(
    "--only-new",
    is_flag=True,
    help=help_text("跳过表格里已经登记过的行", "of a sheet, leave out lines that are entered already"),
)
@click.option(
    "--org-unit",
    metavar="D-…",
    help=help_text("所属部门，默认为填表人的部门", "department; default: that of the person"),
)
def new_(
    form: str,
    person: str,
    settings: tuple[str, ...],
    additions: tuple[str, ...],
    files: tuple[str, ...],
    source: Path | None,
    no_input: bool,
    again: bool,
    only_new: bool,
    org_unit: str | None,
) -> int:
    from csdocs.cli.ask import ask_fields
    from csdocs.cli.sheet import Entered, not_yet_entered, read_lines
    from csdocs.parse.spreadsheet import SPREADSHEETS
    from csdocs.prepare.entry import require_in_use

    sheet = source if source and source.suffix.lower() in SPREADSHEETS else None
    if (again or only_new) and (sheet is None or again == only_new):
        raise click.UsageError(say(_OF_A_SHEET))
    workspace = open_here()
    definition = form_named(workspace, form)
    require_in_use(workspace, definition)
    definition = _of_its_day(workspace, definition, settings, None if sheet else source)
    given = _given(workspace, definition, {}, None if sheet else source, settings, additions, files)
    if sheet:
        entered = read_lines(workspace, definition, sheet, given)
    elif not no_input and sys.stdin.isatty():
        case_of = _drafts(workspace, definition, person, org_unit)
        entered = [Entered(None, ask_fields(workspace, definition, definition.opening_sections, case_of, given))]
    else:
        entered = [Entered(None, given)]
    drafts = _drafted(workspace, definition, entered, person, org_unit)
    if sheet and not again:
        drafts = not_yet_entered(workspace, drafts, only_new=only_new)
    made = _numbered(workspace, definition, drafts)
    commit(workspace, *made)
    for each in made:
        click.echo(each.entry.path)
    say_what_is_not_there(workspace, [each.draft.case for each in drafts])
    click.echo(say(_next_of(made, person)), err=True)
    return CLEAN


_OF_A_SHEET = Text(
    "--again、--only-new 只用于 --from 的表格文件（xlsx、csv），二者取一",
    "--again and --only-new go with a sheet (xlsx, csv) of --from, one of them",
)


def _next_of(made: Sequence[Made], person: str) -> Text:
    if len(made) != 1:
        return Text("接着运行 csdocs todo {person}", "next: csdocs todo {person}").format(person=person)
    return _WHY_NEXT.format(id=Path(made[0].entry.path).stem)


_WHY_NEXT = Text("接着运行 csdocs why {id}", "next: csdocs why {id}")


def _drafts(
    workspace: "Workspace", form: "Form", person: str, org_unit: str | None
) -> Callable[[Mapping[str, Any]], "RecordCase"]:
    """The record that answers make, whatever they still lack."""
    from csdocs.prepare.enclosure import listed
    from csdocs.prepare.entry import draft_record

    return lambda data: draft_record(workspace, form.id, person, workspace.now, listed(data, []), org_unit).case


def _of_its_day(workspace: "Workspace", usual: "Form", settings: Sequence[str], source: Path | None) -> "Form":
    """The revision by which the record will be judged: that of the day it states, or of today."""
    from csdocs.cli.values import read_settings, read_source

    stated = [each for each in settings if each.partition("=")[0].strip() == usual.day]
    said = {**(read_source(source) if source else {}), **read_settings(usual, stated, workspace)}
    try:
        day = dt.date.fromisoformat(str(said.get(usual.day or ""))[:10])
    except ValueError:
        return usual
    return workspace.form_on(usual.id, day) or usual


def _drafted(
    workspace: "Workspace", form: "Form", entered: Sequence["Entered"], person: str, org_unit: str | None
) -> list[Drafted]:
    """A draft for each record that was entered."""
    from csdocs.prepare.enclosure import Enclosure, listed
    from csdocs.prepare.entry import draft_record

    def drafted(each: "Entered") -> Drafted:
        enclosed: list[Enclosure] = []
        data = {id: value for id, value in listed(each.data, enclosed).items() if value is not None}
        return Drafted(draft_record(workspace, form.id, person, workspace.now, data, org_unit), enclosed, each.place)

    return _of_each(entered, drafted)


def _numbered(workspace: "Workspace", form: "Form", drafts: Sequence[Drafted]) -> list[Made]:
    """One after the other."""
    from csdocs.prepare.entry import number_draft
    from csdocs.prepare.numbering import taken_numbers

    taken = taken_numbers(workspace, form) if drafts else set()
    return _of_each(drafts, lambda each: Made(number_draft(each.draft, taken), None, each.enclosed, each.place))


def _of_each(lines: Sequence[Line], make: Callable[[Line], Result]) -> list[Result]:
    """All of them or none: every line that cannot be is told at once; what stands alone says itself why not."""
    made, troubles = [], []
    for line in lines:
        try:
            made.append(make(line))
        except CsdocsError as error:
            if line.place is None:
                raise
            troubles.append((line.place, error.message))
    refuse_lines(troubles)
    return made


def _given(
    workspace: "Workspace",
    form: "Form",
    known: dict[str, Any],
    source: Path | None,
    settings: tuple[str, ...],
    additions: tuple[str, ...],
    files: tuple[str, ...],
) -> dict[str, Any]:
    """What the options say; `known` is what the record says already."""
    from csdocs.cli.values import add_files, add_rows, read_settings, read_source

    data = {**(read_source(source) if source else {}), **read_settings(form, settings, workspace)}
    add_rows(form, additions, data, known, workspace)
    add_files(form, files, data, known)
    return data


@click.command(
    "fill",
    help=help_text(
        "续填一份记录：下一步骤要填的栏目、表格的新行、附件。\n\nID 是记录编号。在终端上逐项询问尚缺的内容；也可用选项给出。"
        "已签字的内容不能再改（用 csdocs amend 更正）；有错误时什么也不写。",
        "Go on with a record: the fields of the next step, new rows of tables, attachments.\n\nID is the record's number. Asks on a "
        "terminal for what is missing; values may also come from options. What is signed stays (csdocs amend corrects it); "
        "nothing is written if there are errors.",
    ),
)
@click.argument("id", shell_complete=record_ids)
@click.option(
    "--step",
    metavar="STEP",
    help=help_text("为哪个步骤填写；只有一个待办时可省略", "for which step; may be left out if only one is open"),
)
@_SET
@_ADD
@_ATTACH
@_FROM
@_NO_INPUT
def fill_(
    id: str,
    step: str | None,
    settings: tuple[str, ...],
    additions: tuple[str, ...],
    files: tuple[str, ...],
    source: Path | None,
    no_input: bool,
) -> int:
    from csdocs.cli.ask import ask_fields
    from csdocs.prepare.enclosure import Enclosure, listed
    from csdocs.prepare.entry import fill_record, find_record, sections_to_fill

    workspace = open_here()
    case = open_record(workspace, find_record(workspace, id))
    assert case.form is not None
    known = dict(case.record.data)
    data = _given(workspace, case.form, known, source, settings, additions, files)
    asks = not data and not no_input and sys.stdin.isatty()
    chosen = only_step(case, step) if asks or step else None
    if asks and chosen:
        sections = sections_to_fill(case, chosen)
        data = ask_fields(workspace, case.form, sections, _filled(case), known=known)
    enclosed: list[Enclosure] = []
    entry = fill_record(case, listed(data, enclosed))
    if entry.data == entry.was:
        raise CsdocsError(
            Text("没有要填的内容", "there is nothing to fill in"),
            Text(
                "用 --set 字段=值、--add 表格={…} 或 --attach 文件 给出",
                "say what with --set FIELD=VALUE, --add TABLE={…} or --attach FILE",
            ),
        )
    commit(workspace, Made(entry, case, enclosed))
    click.echo(entry.path)
    say_what_is_not_there(workspace, [open_record(workspace, entry.path)] if data else [])
    click.echo(say(_WHY_NEXT.format(id=case.record.name)), err=True)
    return CLEAN


def _filled(case: "RecordCase") -> Callable[[Mapping[str, Any]], "RecordCase"]:
    """The record with answers besides what it has."""
    from csdocs.prepare.enclosure import listed
    from csdocs.prepare.entry import fill_record, open_case

    return lambda data: open_case(case.workspace, case.path, fill_record(case, listed(data, [])).data)
