"""`csdocs todo`, `why`: what waits for a person, and what a record or a revision waits for."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from csdocs.cli.clock import doubt_clock
from csdocs.cli.completing import people, printable_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import AS_OF, NO_INDEX, OVERDUE, StaffNumberType, help_text, open_registered, progress
from csdocs.cli.table import table_lines, terminal_room
from csdocs.cli.tables import current_tables, say_what_is_not_counted
from csdocs.cli.writing import open_here, open_named
from csdocs.model.text import COMMA, HINT, Text

if TYPE_CHECKING:
    import datetime as dt

    from csdocs.load.record.case import RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.lookup.worklist import Task
    from csdocs.model.finding import Finding
    from csdocs.model.form import Step

_MOST_NAMED = 8  # of those who may sign
_HEADS = (
    Text("编号", "Number"),
    Text("表单或文件", "Form or document"),
    Text("办理", "To do"),
    Text("还要填写", "To fill in"),
    Text("期限", "By"),
)


@click.command(
    "todo",
    help=help_text(
        "等某人办的事：轮到此人签字的记录，签字前还要填什么，最近的期限；等此人提交或审批的制度和表单。\n\n"
        "PERSON 是工号。期限早的在前。",
        "What waits for a person: records that they may sign next, what has to be filled in first, the nearest limit; "
        "regulations and forms that they are to submit or approve.\n\nPERSON is a staff number. The most urgent come first.",
    ),
)
@click.argument("person", type=StaffNumberType(), shell_complete=people)
@AS_OF
@NO_INDEX
def todo_(person: str, as_of: "dt.date | None", no_index: bool) -> int:
    from csdocs.gate.pending import pending
    from csdocs.lookup.worklist import Task, papers, tasks

    workspace = open_registered(as_of=as_of)
    if as_of is None:
        doubt_clock(workspace.root)
    number = workspace.register.named(person).staff_no
    found, unreadable = list[Task](), 0
    for case in _cases(workspace, as_of, no_index):
        if case.parsed.record is None or case.form is None:
            unreadable += 1
        elif not case.is_final:
            found += tasks(case, number)
    found += papers(pending(workspace), number, workspace.settings.zone)
    found.sort(key=lambda task: (task.by is None, task.by, task.id))
    for line in table_lines(
        [say(head) for head in _HEADS], [_row(workspace, task) for task in found], room=terminal_room()
    ):
        click.echo(line)
    said = (
        Text("待办 {n} 项；csdocs why 编号 说明怎么办", "{n} to do; csdocs why NUMBER says how")
        if found
        else Text("没有待办", "nothing to do")
    )
    click.echo(say(said.format(n=len(found))), err=True)
    say_what_is_not_counted(unreadable)
    return CLEAN


def _row(workspace: "Workspace", task: "Task") -> list[str]:
    from csdocs.model.spelling import shown

    by = say(shown(task.by, zone=workspace.settings.zone)) if task.by else ""
    when = say(OVERDUE.format(by=by)) if task.by and task.by < workspace.now else by
    return [task.id, say(task.kind), say(task.title), say(COMMA).join(map(say, task.lacks)), when]


def _cases(workspace: "Workspace", as_of: "dt.date | None", no_index: bool) -> "Iterator[RecordCase]":
    """Records, at least those that are not closed: by the index while it holds, else all files."""
    from csdocs.load.record.case import RecordCase

    paths = _unfinished(as_of, no_index)
    for path in progress(Text("查看记录", "Looking at records"))(workspace.record_paths() if paths is None else paths):
        yield RecordCase(workspace, path, workspace.read(path))


def _unfinished(as_of: "dt.date | None", no_index: bool) -> list[str] | None:
    with current_tables(as_of, no_index=no_index) as current:
        return None if current is None else current.reading.unfinished()


@click.command(
    "why",
    help=help_text(
        "一份记录还缺什么、谁可以办、用什么命令。\n\nID 是记录编号，或待审批的制度、表单的编号或受控文件的路径。",
        "What a record still needs, who can give it, and the exact command.\n\n"
        "ID is the number of a record, the id of a regulation or form that waits for approval, or a controlled file's path.",
    ),
)
@click.argument("id", shell_complete=printable_ids)
def why_(id: str) -> int:
    from csdocs.load.approval.ledger import is_controlled
    from csdocs.model.identifier import CONTROLLED

    if is_controlled(id) or re.fullmatch(CONTROLLED, id.upper()):
        _print_paper(id if is_controlled(id) else id.upper())
    else:
        _print_record(id)
    return CLEAN


def _print_paper(name: str) -> None:
    from csdocs.gate.pending import NOT_OPEN, pending
    from csdocs.prepare.approval import find_controlled

    workspace = open_here()
    path = find_controlled(workspace, name)
    found = next((each for each in pending(workspace) if each.path == path), None)
    if workspace.in_set_up:
        said = NOT_OPEN
    elif found is None:
        said = Text("现有内容已获批准", "what lies here is approved")
    else:
        said = found.said
    click.echo(say(Text("{id}：{said}", "{id}: {said}").format(id=name, said=said)))
    if found is not None:
        _print_findings(found.findings)
        for want in found.standing.wants:
            click.echo(f"  → {say(want.said)}")


def _print_findings(findings: "Iterable[Finding]") -> None:
    from csdocs.report.text import finding_lines

    for finding in findings:
        for line in finding_lines(finding, spoken())[1:]:
            click.echo(f"  {line.strip()}")


def _print_record(id: str) -> None:
    from csdocs.check.whole import judge_record
    from csdocs.model.form import ENDINGS
    from csdocs.prepare.entry import after_the_end

    case = open_named(id)
    assert case.form is not None
    state = case.form.state_labels[case.progress.state]
    click.echo(say(Text("{id}：{state}", "{id}: {state}").format(id=case.record.name, state=state)))
    _print_findings(judge_record(case))
    steps = case.open_steps
    if not steps:
        done = (
            Text("没有待办的步骤", "nothing is left to do")
            if case.is_final
            else Text("没有人能推进，请检查表单", "nobody can go on: check the form")
        )
        click.echo(say(done))
        if case.progress.state in ENDINGS.values():
            click.echo(say(HINT) + say(after_the_end(case)))
    for step in steps:
        _print_step(case, step)


def _print_step(case: "RecordCase", step: "Step") -> None:
    from csdocs.load.record.entitlement import who_can_go_on
    from csdocs.lookup.worklist import still_missing

    missing = [field.label for field in still_missing(case, step)]
    click.secho(f"  → {say(step.title)} ({step.id})", bold=True)
    if missing:
        click.echo(say(Text("    先填写：{fields}", "    fill in first: {fields}").format(fields=COMMA.join(missing))))
        click.echo(f"    csdocs fill {case.record.name} --step {step.id}")
    known = case.workspace.register.person
    able = [known[number] for number in who_can_go_on(case, step, case.workspace.today) if number in known]
    for person in able[:_MOST_NAMED]:
        click.echo(
            f"    csdocs sign {case.record.name} --step {step.id} --as {person.staff_no}   # {person.name.to(spoken())}"
        )
    if not able:
        click.echo(f"    {say(_why_nobody(case, step))}")


def _why_nobody(case: "RecordCase", step: "Step") -> Text:
    """Who signs may stand in a field that is still empty."""
    assert case.form is not None
    name = step.per if (step.named_by or "").startswith("row.") else step.named_by
    field = case.form.fields.get(name or "")
    if field is None or field.id in case.all_values:
        return Text("目前无人可签", "nobody can sign this now")
    said = Text(
        "由谁签署，看“{field}”：先填写，csdocs fill {id} --step {step}",
        "“{field}” says who signs: fill it in first, csdocs fill {id} --step {step}",
    )
    return said.format(field=field.label, id=case.record.name, step=step.id)
