"""`csdocs todo`: what waits for a person."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import people
from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import AS_OF, NO_INDEX, help_text, progress
from csdocs.cli.table import table_lines
from csdocs.cli.tables import current_tables
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from csdocs.load.case import RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.worklist import Task

_HEADS = (
    Text("编号", "Number"),
    Text("表单", "Form"),
    Text("步骤", "Step"),
    Text("还要填写", "To fill in"),
    Text("期限", "By"),
)


@click.command(
    "todo",
    help=help_text(
        "等某人办的记录：轮到此人签字的步骤，签字前还要填什么，最近的期限。\n\nPERSON 是工号。期限早的在前。",
        "Records that wait for a person: steps that they may sign next, what has to be filled in first, the nearest limit.\n\n"
        "PERSON is a staff number. The most urgent come first.",
    ),
)
@click.argument("person", shell_complete=people)
@AS_OF
@NO_INDEX
def todo_(person: str, as_of: "dt.date | None", no_index: bool) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.worklist import tasks

    workspace = open_workspace(Path.cwd(), as_of)
    number = person.upper()
    if number not in workspace.register.person:
        raise CsdocsError(
            Text("登记册中没有工号 {by}", "the register has no staff number {by}").format(by=person),
            Text("工号见 handbook/people.yaml", "see handbook/people.yaml for the numbers"),
        )
    found = [task for case in _open_cases(workspace, as_of, no_index) for task in tasks(case, number)]
    found.sort(key=lambda task: (task.by is None, task.by, task.record))
    for line in table_lines([say(head) for head in _HEADS], [_row(workspace, task) for task in found]):
        click.echo(line)
    said = (
        Text("待办 {n} 项；csdocs why 编号 说明怎么办", "{n} to do; csdocs why NUMBER says how")
        if found
        else Text("没有待办", "nothing to do")
    )
    click.echo(say(said.format(n=len(found))), err=True)
    return CLEAN


def _row(workspace: "Workspace", task: "Task") -> list[str]:
    by = task.by.astimezone(workspace.settings.zone).strftime("%Y-%m-%d %H:%M") if task.by else ""
    late = say(Text("，已逾期", ", overdue")) if task.by and task.by < workspace.now else ""
    return [task.record, say(task.form), say(task.title), say(Text("、", ", ")).join(map(say, task.lacks)), by + late]


def _open_cases(workspace: "Workspace", as_of: "dt.date | None", no_index: bool) -> "Iterator[RecordCase]":
    """Records that are not closed: from the index while it holds, else from the files."""
    from csdocs.load.case import RecordCase

    paths = _unfinished(as_of, no_index)
    for path in progress(Text("查看记录", "Looking at records"))(workspace.record_paths() if paths is None else paths):
        case = RecordCase(workspace, path, workspace.read(path))
        if case.parsed.record is not None and case.form is not None and not case.is_final:
            yield case


def _unfinished(as_of: "dt.date | None", no_index: bool) -> list[str] | None:
    with current_tables(as_of, no_index=no_index) as current:
        return None if current is None else current.reading.unfinished()
