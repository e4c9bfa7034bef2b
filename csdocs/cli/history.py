"""`csdocs history`, `as-of`, `due`."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.clock import doubt_clock
from csdocs.cli.completing import document_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import AS_OF, NO_INDEX, OVERDUE, DateType, echo_lines, help_text, open_registered
from csdocs.cli.table import table_lines, terminal_room
from csdocs.cli.tables import current_tables, say_what_is_not_counted
from csdocs.model.duration import duration_of
from csdocs.model.error import CsdocsError
from csdocs.model.moment import end_of
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace
    from csdocs.model.listed import DueItem

_HEADS = [
    Text("编号", "Id"),
    Text("版", "Rev."),
    Text("名称", "Title"),
    Text("生效", "From"),
    Text("失效", "Until"),
    Text("入库", "Known"),
]
_STILL, _TO_COME = Text("至今", "today"), Text("（尚未生效）", "(not in force yet)")
_NOTHING = Text("那一天没有获批并生效的内容", "nothing that was approved was in force that day")
_IN_SET_UP = Text("工作区在准备阶段，还没有获批的内容", "the workspace is in set-up: nothing is approved yet")


@click.command(
    "history",
    help=help_text(
        "一份制度或表单的全部版次、批准人、凭据和有效期间；有待批的新版也说明。",
        "All revisions of a document or form: approvers, receipts, when in force; and whether another waits for approval.",
    ),
)
@click.argument("doc", shell_complete=document_ids)
def history_(doc: str) -> int:
    from csdocs.gate.pending import pending
    from csdocs.load.workspace import open_workspace
    from csdocs.lookup.agenda import editions
    from csdocs.model.receipt import MEANING_WORDS
    from csdocs.model.spelling import shown

    workspace = open_workspace()
    path = _with_revisions(workspace, doc)
    found = editions(workspace.ledger, path)
    if not found:
        click.echo(
            say(
                Text(
                    "还没有获批的版次（工作区在准备阶段，或尚待审批）",
                    "no approved revision yet (set-up, or approval pending)",
                )
            )
        )
    today = workspace.today
    for edition in found:
        until = edition.until.isoformat() if edition.until else say(_TO_COME if edition.since > today else _STILL)
        click.secho(f"{edition.id} r{edition.revision}  {edition.since} – {until}", bold=True)
        click.echo(f"  SHA-256 {edition.sha256}")
        for verified in sorted(edition.receipts, key=lambda each: (each.receipt.at, each.receipt.meaning != "submit")):
            receipt = verified.receipt
            person = workspace.register.person.get(receipt.person)
            name = person.name.to(spoken()) if person else "?"
            what, at = say(MEANING_WORDS[receipt.meaning]), say(shown(receipt.at, None, workspace.settings.zone))
            click.echo(f"  {what} {receipt.person} {name} {receipt.post} {at}  {verified.path}")
    for waiting in (each for each in pending(workspace) if each.path == path):
        said = Text("{said}；csdocs why {id} 说明还缺谁", "{said}; csdocs why {id} says who is lacking")
        click.echo(say(said.format(said=waiting.said, id=waiting.id)), err=True)
    return CLEAN


def _with_revisions(workspace: "Workspace", doc: str) -> str:
    """Path of a document or form; registers and the like are approved too, but have no revisions."""
    from csdocs.prepare.approval import find_controlled

    path = find_controlled(workspace, doc)
    if path not in workspace.paths_by_id.values():
        raise CsdocsError(
            Text("{path} 不是制度或表单，没有版次", "{path} is neither document nor form and has no revisions").format(
                path=path
            ),
            Text(
                "csdocs why {path} 说明是否获批，git log --first-parent -- {path} 列出每次改动",
                "csdocs why {path} says whether it is approved, git log --first-parent -- {path} lists its changes",
            ).format(path=path),
        )
    return path


@click.command("as-of", help=help_text("某一天有效的制度和表单。", "Documents and forms in force on a day."))
@click.argument("date", type=DateType())
@click.argument("doc", shell_complete=document_ids, required=False)
@click.option(
    "--known-on",
    type=DateType(),
    help=help_text("只用仓库到那一天为止所知道的", "only what the repository knew by that day"),
)
def as_of_(date: dt.date, doc: str | None, known_on: dt.date | None) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.lookup.agenda import in_force

    workspace = open_workspace()
    moment = end_of(known_on, workspace.settings.zone) if known_on else None
    wanted = _with_revisions(workspace, doc) if doc else None
    rows = []
    for edition in in_force(workspace.ledger, date, moment):
        if wanted in (None, edition.path):
            until = edition.until.isoformat() if edition.until else ""
            known = edition.known.astimezone(workspace.settings.zone).date().isoformat()
            title = edition.title.to(spoken())
            rows.append([edition.id, str(edition.revision), title, edition.since.isoformat(), until, known])
    echo_lines(table_lines([say(head) for head in _HEADS], rows, room=terminal_room()))
    if not rows:
        click.echo(say(_IN_SET_UP if workspace.in_set_up else _NOTHING), err=True)
    return CLEAN


@click.command(
    "due",
    help=help_text(
        "到期和将到期的事：审批、复审、缺记录、期限，最急的在前。",
        "What is or falls due: approvals, reviews, evidence, deadlines; the most urgent first.",
    ),
)
@click.option("--within", default="P30D", metavar="P30D", help=help_text("多久以内", "how far ahead"))
@AS_OF
@NO_INDEX
def due_(within: str, as_of: dt.date | None, no_index: bool) -> int:
    from csdocs.store import disk

    ahead = duration_of(within)
    if ahead is None:
        raise CsdocsError(
            Text("“{value}”不是 P30D 这样的时长", "“{value}” is not a duration such as P30D").format(value=within),
            Text("30 天写作 P30D，6 小时写作 PT6H", "30 days are P30D, 6 hours PT6H"),
        )
    if as_of is None:
        doubt_clock(disk.find_root(Path.cwd()))
    items, today, unreadable = _due(ahead, as_of, no_index)
    language, now, overdue = spoken(), say(Text("现在", "now")), say(OVERDUE)

    def when(by: dt.date | None) -> str:
        if by is None:
            return now
        return overdue.format(by=by) if by < today else by.isoformat()

    rows = [[when(item.by), item.kind.to(language), item.what.to(language), item.path] for item in items]
    heads = [Text("期限", "By"), Text("种类", "Kind"), Text("事项", "What"), Text("文件", "File")]
    echo_lines(table_lines([say(head) for head in heads], rows, room=terminal_room()))
    if not rows:
        click.echo(say(Text("没有到期和将到期的事", "nothing is or falls due")), err=True)
    say_what_is_not_counted(unreadable)
    late = any(item.by is None or item.by < today for item in items)
    return FINDINGS if late else CLEAN


def _due(ahead: dt.timedelta, as_of: dt.date | None, no_index: bool) -> tuple[list["DueItem"], dt.date, int]:
    """What is due, the day that counts, and how many records cannot be read: from the index while it holds, else from the files."""
    from csdocs.model.listed import due_by

    with current_tables(as_of, no_index=no_index) as current:
        if current is not None:
            today, reading = current.now.date(), current.reading
            items = due_by(today + ahead, reading.owed(), reading.running(), current.now.tzinfo or dt.UTC)
            return items, today, reading.unreadable
    from csdocs.lookup.agenda import due

    workspace = open_registered(as_of=as_of)
    items, read = due(workspace, ahead)
    return items, workspace.today, workspace.count_records() - read
