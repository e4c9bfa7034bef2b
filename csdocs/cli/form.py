"""`csdocs form list`, `lint`, `schema`, `blank`, `sheet`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import form_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import (
    HAS_ERRORS,
    Command,
    build_folder,
    echo_lines,
    form_named,
    format_option,
    help_text,
    require_ending,
)
from csdocs.cli.table import excerpt, table_lines, terminal_room
from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, Text

if TYPE_CHECKING:
    from csdocs.check.draft import Linted

_ALONE = Text(
    "（当前目录不在工作区内，按随程序附带的制度和岗位检查）",
    "(this folder is in no workspace: judged by the rule book that comes with csdocs)",
)
_UNREAD = Text(
    "{paths} 读不出，以它为据的没有判断；先运行 csdocs check",
    "{paths} cannot be read, and what rests on it was not judged; run csdocs check first",
)


@click.group("form", help=help_text("查看表单，检查表单草稿。", "Look at forms, and at drafts of forms."))
def form_() -> None: ...


@form_.command("list", help=help_text("列出已启用的表单。", "List the forms in use."))
@click.option(
    "--all",
    "all_",
    is_flag=True,
    help=help_text("连同未启用行业的和已废止的表单", "also those of industries not switched on, and withdrawn ones"),
)
def list_(all_: bool) -> int:
    from csdocs.load.workspace import open_workspace

    workspace = open_workspace()
    head = [
        say(Text(*words))
        for words in (
            ("编号", "Id"),
            ("名称", "Title"),
            ("版", "Rev."),
            ("生效", "Effective"),
            ("行业", "Profile"),
            ("条款", "Clauses"),
        )
    ]
    chosen = filter(None, map(workspace.form_today, sorted(workspace.forms if all_ else workspace.forms_in_use)))
    body = [
        [f.id, say(f.title), str(f.revision), f.effective.isoformat(), " ".join(f.profile), " ".join(f.clauses[:4])]
        for f in chosen
        if all_ or not f.is_withdrawn(workspace.today)
    ]
    echo_lines(table_lines(head, body, room=terminal_room()))
    broken = [path for id, path in workspace.form_paths.items() if id not in workspace.forms]
    for path in broken:
        click.echo(say(HAS_ERRORS.format(path=path)))
    if not body and not broken:
        none = Text(
            "没有启用的表单，写法见 csdocs explain add-a-form",
            "no form is in use; how to write one: csdocs explain add-a-form",
        )
        click.echo(say(none), err=True)
    return CLEAN


@form_.command(
    "lint",
    short_help=help_text("检查表单草稿，逐项说明错误。", "Explain every mistake of a form draft."),
    help=help_text(
        "检查表单草稿并逐项说明错误：拼错的键、写错的公式、不存在的条款、到不了的状态等。\n\n"
        "FORM 是表单编号、文件或文件夹，可以在任何位置；不写则检查全部表单。有错误时退出码为 1。",
        "Explain every mistake of a form draft: misspelt keys, wrong expressions, clauses that do not exist, states that cannot be "
        "reached …\n\nFORM is a form's id, a file or a folder, which may lie anywhere; without it every form is looked at. "
        "Errors give exit code 1.",
    ),
)
@click.argument("forms", shell_complete=form_ids, nargs=-1, metavar="[FORM]...")
@format_option("text", "json", "github", "sarif")
def lint_(forms: tuple[str, ...], format_: str) -> int:
    from csdocs.check.draft import lint
    from csdocs.cli.check import print_findings
    from csdocs.model.finding import Severity

    linted = lint(Path.cwd(), forms)
    findings = [finding for _, found in linted.findings for finding in found]
    if format_ == "text":
        _explain(linted)
    else:
        print_findings(findings, {"forms": len(linted.findings)}, format_, None)
    return FINDINGS if any(finding.severity is Severity.ERROR for finding in findings) else CLEAN


def _explain(linted: "Linted") -> None:
    """Each finding with the line it is about; then what to do next."""
    from csdocs.report import text

    for draft, findings in linted.findings:
        lines = draft.data.decode("utf-8", "replace").split("\n")
        for finding in findings:
            place, statement, hint = text.finding_lines(finding, spoken())
            click.echo(f"{place} {click.style(statement, fg=text.COLOURS[finding.severity])}")
            for line in excerpt(lines, finding.line, finding.col):
                click.echo(f"    {line}")
            click.echo(f"    {hint}")
    if linted.alone:
        click.echo(say(_ALONE))
    found = [finding for _, findings in linted.findings for finding in findings]
    looked = Text("已检查 {forms} 个表单：", "Checked {forms} form(s): ").format(forms=len(linted.findings))
    click.echo(text.summary(found, looked, spoken()))
    if linted.unread:
        click.echo(say(_UNREAD.format(paths=COMMA.join(linted.unread))))
    outside = [draft for draft, findings in linted.findings if draft.shown != draft.path and not findings]
    for draft in outside:
        said = Text("{shown} 可以放到 {path}，再运行 csdocs check", "{shown} can go to {path}; then run csdocs check")
        click.echo(say(said.format(shown=draft.shown, path=draft.path)))


@form_.command(
    "schema",
    help=help_text(
        "输出表单的 JSON Schema，供 YAML 编辑器补全和校验。", "Print the form's JSON Schema (2020-12) for YAML editors."
    ),
)
@click.argument("form", shell_complete=form_ids)
def schema_(form: str) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.report.schema import record_schema

    workspace = open_workspace()
    definition = form_named(workspace, form)
    click.echo(json.dumps(record_schema(definition, workspace.register), ensure_ascii=False, indent=2))
    return CLEAN


def _out(ending: str) -> Callable[[Command], Command]:
    return click.option(
        "-o",
        "output",
        type=click.Path(path_type=Path),
        help=help_text(
            f"输出文件或已有的文件夹，默认 build/<表单>.{ending}",
            f"output file, or a folder; default build/<form>.{ending}",
        ),
    )


@form_.command(
    "blank",
    short_help=help_text("空白表单的 PDF，供打印手填。", "Make a PDF of the empty form, to fill in by hand."),
    help=help_text(
        "生成空白表单的 PDF，供打印手填；打印的是现行版次，新版草案用 csdocs render 打印。",
        "Make a PDF of the empty form, to be filled in by hand: the revision in force; csdocs render prints one that is to come.",
    ),
)
@click.argument("form", shell_complete=form_ids)
@_out("pdf")
def blank_(form: str, output: Path | None) -> int:
    from csdocs.cli.rendition import open_press
    from csdocs.load.workspace import open_workspace
    from csdocs.store import disk

    workspace = open_workspace()
    id = form_named(workspace, form).id
    target = _target(output, workspace.root, f"{id}.pdf")
    press = open_press(seal=False)
    ruling = press.in_force()
    disk.lay_down(target, (ruling if id in ruling.workspace.forms else press).blank(id).data)
    click.echo(str(target))
    return CLEAN


def _target(output: Path | None, root: Path, name: str) -> Path:
    """A folder takes the file by its usual name."""
    folder = output or build_folder(root)
    return folder / name if output is None or output.is_dir() else require_ending(output, name.rpartition(".")[2])


@form_.command(
    "sheet",
    short_help=help_text("Excel 工作簿，一行填一份记录。", "Make an Excel workbook to fill in, a record a line."),
    help=help_text(
        "生成一个 Excel 工作簿，一行填一份记录，选项可以点选；填好后用 csdocs new 表单 --from 文件 一次生成全部记录。",
        "Make an Excel workbook to fill in, a record a line, with lists to choose from; csdocs new FORM --from FILE then makes all the records.",
    ),
)
@click.argument("form", shell_complete=form_ids)
@_out("xlsx")
def sheet_(form: str, output: Path | None) -> int:
    from csdocs.cli.sheet import entry_sheets
    from csdocs.load.workspace import open_workspace
    from csdocs.report.workbook import write_entry_sheets
    from csdocs.store import disk

    workspace = open_workspace()
    definition = form_named(workspace, form)
    target = _target(output, workspace.root, f"{definition.id}.xlsx")
    if target.exists():
        raise CsdocsError(
            Text("{path} 已经存在", "{path} is there already").format(path=target),
            Text(
                "里面可能有填好的内容；换一个文件名，或先移走它",
                "it may hold what somebody filled in: choose another name, or move it away",
            ),
        )
    with disk.whole(target) as making:
        write_entry_sheets(making, entry_sheets(workspace, definition))
    click.echo(str(target))
    return CLEAN
