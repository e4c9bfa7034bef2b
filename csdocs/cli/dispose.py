"""`csdocs dispose`: records go at the end of their retention, and say so."""

import shutil
import sys
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import record_ids
from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import echo_lines, help_text, open_registered
from csdocs.cli.table import table_lines
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace
    from csdocs.prepare.disposition import Disposable


@click.command(
    "dispose",
    help=help_text(
        "处置保存期满的记录。不带编号：列出到期的记录；--add：列入处置记录的草稿；带已结案的处置记录编号：移除所列文件，每份留下一个凭证。",
        "Dispose of records at the end of their retention. Without ID: list what is due; --add: put it on the list of a draft disposition; with a closed disposition: remove the files and leave a stub for each.",
    ),
)
@click.argument("id", shell_complete=record_ids, required=False)
@click.argument("records", shell_complete=record_ids, nargs=-1, metavar="[RECORD]...")
@click.option(
    "--add",
    is_flag=True,
    help=help_text(
        "把到期的记录（或所指的记录）列入草稿 ID", "put what is due (or RECORDs) on the list of the draft ID"
    ),
)
@click.option("--yes", is_flag=True, help=help_text("不再询问", "do not ask"))
def dispose_(id: str | None, records: tuple[str, ...], add: bool, yes: bool) -> int:
    if records and not add:
        raise click.UsageError(str(say(Text("列入记录须用 --add", "use --add to put records on a list"))))
    if add and id is None:
        raise click.UsageError(
            say(Text("--add 要写处置记录草稿的编号", "--add needs the number of a draft disposition"))
        )
    workspace = open_registered()
    if id is None:
        return _print_due(workspace)
    return _add(workspace, id, records) if add else _carry_out(workspace, id, yes)


def _print_due(workspace: "Workspace") -> int:
    from csdocs.prepare.disposition import ripe

    found = list(ripe(workspace))
    head = [say(label) for label in _COLUMNS]
    echo_lines(table_lines(head, list(map(_line, found))) if found else ())
    click.echo(say(_PAST.format(count=len(found))), err=True)
    return CLEAN


_PAST = Text("{count} 份记录保存期满", "{count} record{count:s} past retention")
_LISTED = Text("列入 {count} 份记录", "{count} record{count:s} put on its list")
_REMOVE = Text("移除以上 {count} 份记录？", "Remove {count} record{count:s}, as above?")
_COLUMNS = (Text("编号", "record"), Text("表单", "form"), Text("保存至", "kept until"), Text("依据", "basis"))


def _line(record: "Disposable") -> list[str]:
    latest = record.latest
    assert latest.form is not None
    return [record.id, latest.form.id, str(latest.retain_until), latest.form.retention.basis]


def _add(workspace: "Workspace", id: str, records: tuple[str, ...]) -> int:
    from csdocs.prepare.disposition import listing, ripe
    from csdocs.prepare.entry import find_record, open_case
    from csdocs.store import disk

    found = list(ripe(workspace, records))
    if not found:
        raise CsdocsError(
            Text("没有保存期满的记录，清单未改", "no record is past its retention: the list is as it was"),
            Text("csdocs list 表单编号 列出记录", "csdocs list FORM shows the records"),
        )
    entry = listing(open_case(workspace, find_record(workspace, id)), found)
    disk.write(workspace.root, entry.path, entry.data, was=entry.was)
    click.echo(entry.path)
    click.echo(say(_LISTED.format(count=len(found))), err=True)
    return CLEAN


def _carry_out(workspace: "Workspace", id: str, yes: bool) -> int:
    from csdocs.prepare.disposition import removals
    from csdocs.prepare.entry import find_record
    from csdocs.store import disk

    found = removals(workspace, find_record(workspace, id))
    if not found:
        click.echo(say(Text("清单上的记录都已移除", "everything on its list is gone already")), err=True)
        return CLEAN
    for removal in found:
        click.echo("\n".join(removal.files))
    question = say(_REMOVE.format(count=len(found)))
    if not yes and sys.stdin.isatty() and not click.confirm(question, err=True):
        raise click.exceptions.Abort
    for removal in found:
        disk.write(workspace.root, removal.stub.path, removal.stub.data, was=removal.stub.was)
        shutil.rmtree(workspace.root / removal.attachments, ignore_errors=True)
        for path in removal.files:
            (workspace.root / path).unlink()
    said = Text(
        "已移除，各留下一个 .gone.yaml；请一并提交。git 历史仍保留原文",
        "Removed; each left a .gone.yaml: commit them together. What they held stays in git's history",
    )
    click.echo(say(said), err=True)
    return CLEAN
