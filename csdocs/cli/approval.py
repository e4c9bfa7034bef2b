"""`csdocs revise`, `submit`, `approve`, `open`."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import document_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import AS_PERSON, KEY, DateType, help_text
from csdocs.cli.words import some_words, words_if_any
from csdocs.cli.writing import open_here, warn_of_ignored
from csdocs.model.change import CHANGE_KINDS, ChangeKind
from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, SEMICOLON, Text

if TYPE_CHECKING:
    from csdocs.load.approval.ledger import Ledger
    from csdocs.load.workspace import Workspace
    from csdocs.model.receipt import Meaning, Receipt
    from csdocs.prepare.approval import Hand

_BASE = click.option(
    "--base",
    metavar="REF",
    help=help_text(
        "改动将合入的分支；默认为主线（main、origin 的默认分支，或 csdocs.yaml 的 main_branch）与当前分支分开的那一点",
        "branch that the change will go into; default: where this branch left the main line "
        "(main, the default branch of origin, or main_branch of csdocs.yaml)",
    ),
)
_YES = click.option("--yes", is_flag=True, help=help_text("不再询问", "do not ask"))


@click.command(
    "revise",
    help=help_text(
        "准备制度或表单的下一版：版次、修订记录和生效日期；正文随后自行修改。",
        "Prepare the next revision of a document or form: number, change entry, effective date; then edit the text.",
    ),
)
@click.argument("doc", shell_complete=document_ids)
@AS_PERSON
@click.option(
    "--kind",
    type=click.Choice(CHANGE_KINDS),
    required=True,
    help=help_text("改动类别：文字、一般、重大", "kind of change"),
)
@click.option("--summary", required=True, callback=some_words, help=help_text("改了什么", "what changes"))
@click.option(
    "--summary-en",
    metavar="TEXT",
    callback=words_if_any,
    help=help_text("改了什么，英文；不写则同 --summary", "--summary in English, if that is in Chinese"),
)
@click.option("--reason", required=True, callback=some_words, help=help_text("为什么改", "why"))
@click.option(
    "--reason-en",
    metavar="TEXT",
    callback=words_if_any,
    help=help_text("为什么改，英文；不写则同 --reason", "--reason in English, if that is in Chinese"),
)
@click.option("--effective", type=DateType(), required=True, help=help_text("生效日期", "day it comes into force"))
def revise_(
    doc: str,
    person: str,
    kind: ChangeKind,
    summary: str,
    summary_en: str | None,
    reason: str,
    reason_en: str | None,
    effective: dt.date,
) -> int:
    from csdocs.prepare.approval import NewRevision, find_controlled, revise
    from csdocs.store import disk

    workspace = open_here()
    path = find_controlled(workspace, doc)
    said = Text(summary, summary_en or summary), Text(reason, reason_en or reason)
    draft = NewRevision(person, kind, *said, effective, workspace.today)
    paper = revise(workspace, path, draft)
    disk.write(workspace.root, paper.path, paper.data, was=paper.was)
    click.echo(paper.path)
    click.echo(
        say(
            Text(
                "请修改正文，然后 csdocs submit {doc} --as {by}",
                "now edit the text, then csdocs submit {doc} --as {by}",
            ).format(doc=doc, by=person)
        ),
        err=True,
    )
    return CLEAN


@click.command(
    "submit",
    help=help_text(
        "起草人提交：对文件的确切内容签署凭据。",
        "Submit as the drafter: signs a receipt over the exact bytes of a file.",
    ),
)
@click.argument("docs", shell_complete=document_ids, nargs=-1, required=True, metavar="DOC...")
@AS_PERSON
@_BASE
@KEY
@_YES
def submit_(docs: tuple[str, ...], person: str, base: str | None, key: Path | None, yes: bool) -> int:
    workspace = open_here()
    paths = _paths(workspace, docs)
    return _sign_each(workspace, paths, "submit", _hand(workspace, person, None, None), base, key, yes)


@click.command(
    "approve",
    help=help_text(
        "审批：显示自上一批准版以来的改动，说明签名的含义，签署凭据。可一次签多份，每份一张凭据。",
        "Approve: shows the changes since the last approved revision, says what the signature means, writes a receipt for each file.",
    ),
)
@click.argument("docs", shell_complete=document_ids, nargs=-1, required=True, metavar="DOC...")
@AS_PERSON
@click.option(
    "--post",
    metavar="R-…",
    help=help_text("以哪个岗位；只担任一个岗位的可省略", "in which post; may be left out by who holds one only"),
)
@click.option(
    "--decision",
    type=click.Choice(["approve", "reject", "no-change", "acknowledge", "emergency"]),
    default="approve",
    help=help_text(
        "决定：批准（默认）、不批准、复审后无须修改、确认阅读、根密钥紧急批准",
        "approve (default) or reject; no-change after a review; acknowledge having read it; emergency, with a root key alone",
    ),
)
@click.option("--comment", callback=words_if_any, help=help_text("意见，一并签署", "a comment, signed with the rest"))
@_BASE
@KEY
@_YES
def approve_(
    docs: tuple[str, ...],
    person: str,
    post: str | None,
    decision: "Meaning",
    comment: str | None,
    base: str | None,
    key: Path | None,
    yes: bool,
) -> int:
    workspace = open_here()
    paths = _paths(workspace, docs)
    post = post or _only_post(workspace, person)
    return _sign_each(workspace, paths, decision, _hand(workspace, person, post, comment), base, key, yes)


def _only_post(workspace: "Workspace", person: str) -> str | None:
    """None for whoever holds none at all: that is told with the rest."""
    held = list(dict.fromkeys(each.post for each in workspace.register.named(person).tenures(workspace.today)))
    if len(held) > 1:
        raise CsdocsError(
            Text("{by} 担任几个岗位", "{by} holds several posts").format(by=person),
            Text("用 --post 说明以哪个岗位：{posts}", "say with --post in which of them: {posts}").format(
                posts=say(COMMA).join(held)
            ),
        )
    return held[0] if held else None


def _hand(workspace: "Workspace", person: str, post: str | None, comment: str | None) -> "Hand":
    from csdocs.model.person import HOLDS_NO_POST
    from csdocs.prepare.approval import Hand

    tenures = workspace.register.named(person).tenures(workspace.today)
    if post is None and not tenures:
        raise CsdocsError(
            HOLDS_NO_POST.format(by=person),
            Text(
                "核对 handbook/people.yaml 中的岗位和日期", "look at the posts and their days in handbook/people.yaml"
            ),
        )
    return Hand(person, post or tenures[0].post, workspace.now, comment)


def _paths(workspace: "Workspace", docs: Sequence[str]) -> list[str]:
    """What is meant to be signed, where anything is signed at all."""
    from csdocs.gate.pending import NOT_OPEN
    from csdocs.prepare.approval import find_controlled

    if workspace.in_set_up:
        raise CsdocsError(
            NOT_OPEN,
            Text(
                "准备就绪后由根密钥持有人运行 csdocs open --as 工号",
                "when ready, a holder of a root key runs csdocs open --as PERSON",
            ),
        )
    return [find_controlled(workspace, doc) for doc in docs]


def _sign_each(
    workspace: "Workspace",
    paths: Sequence[str],
    meaning: "Meaning",
    hand: "Hand",
    base: str | None,
    key: Path | None,
    yes: bool,
) -> int:
    from csdocs.prepare.approval import make_receipt, refuse_in_vain

    ledger = _ledger(workspace, base)
    if meaning in ("submit", "approve"):
        _refuse_flawed(workspace, paths, ledger)
    receipts: list[Receipt] = []
    for path in paths:
        if meaning in ("approve", "reject", "emergency"):
            _show_changes(workspace, ledger, path)
        receipts.append(make_receipt(workspace, [path], meaning, hand, ledger))
        refuse_in_vain(workspace, receipts[-1], ledger)
    return _write_receipts(workspace, receipts, ledger, key, yes)


def _refuse_flawed(workspace: "Workspace", paths: Sequence[str], ledger: "Ledger") -> None:
    """What `review` would refuse of them, and what `check` does."""
    from csdocs.check.whole import judge_controlled
    from csdocs.gate.pending import flaws
    from csdocs.model.finding import Severity, in_order
    from csdocs.report.text import plain

    errors = (each for each in judge_controlled(workspace, paths) if each.severity is Severity.ERROR)
    found = in_order({*flaws(workspace, paths, ledger), *errors})
    for line in plain(found, spoken()):
        click.echo(line, err=True)
    if found:
        raise CsdocsError(
            Text("{path} 还不能签署", "{path} is not ready to be signed").format(path=found[0].path),
            Text("先更正以上各项：签了也不能合入", "put the above right first: signed as it is, it could not go in"),
        )


def _ledger(workspace: "Workspace", base: str | None) -> "Ledger":
    """What is approved on the branch that the change will go into; without one, where this branch left the main line."""
    from csdocs.load.approval.ledger import folded
    from csdocs.store import history

    return workspace.base_ledger if base is None else folded(workspace.root, history.resolve(workspace.root, base))


def _show_changes(workspace: "Workspace", ledger: "Ledger", path: str) -> None:
    from csdocs.compare.text import redline_text
    from csdocs.load.approval.dependents import dependents

    approved = ledger.approved.get(path)
    before = approved.data if approved else b""
    click.echo(redline_text(path, before, workspace.files[path], spoken()), err=True)
    affected = dependents(path, workspace.files)
    if affected is not None and say(affected.said()):
        click.echo(say(Text("影响：{what}", "affects: {what}")).format(what=say(affected.said())), err=True)


def _write_receipts(
    workspace: "Workspace", receipts: "Sequence[Receipt]", ledger: "Ledger", key: Path | None, yes: bool
) -> int:
    from csdocs.gate.pending import counts
    from csdocs.model.receipt import RECEIPT_NAMESPACE, receipt_path, stated
    from csdocs.prepare.approval import papers, refuse_other_key, refuse_repetition
    from csdocs.store import disk
    from csdocs.trust.keyring import ROOT, signer_for

    for receipt in receipts:
        refuse_repetition(workspace, receipt, ledger, lambda path: counts(workspace, path, ledger))
        signing = Text("{by}（{post}）声明：{what}", "{by} ({post}) states: {what}")
        what = Text(receipt.statement, f"{receipt.statement} ({stated(receipt.meaning, receipt.covers).en})")
        click.echo(say(signing.format(by=receipt.person, post=receipt.post, what=what)), err=True)
    if not yes and sys.stdin.isatty() and not click.confirm(say(Text("签署？", "Sign?")), err=True):
        raise click.exceptions.Abort
    written: list[str] = []
    for receipt in receipts:
        holder = f"{receipt.person}{ROOT}" if receipt.meaning in ("open", "emergency") else receipt.person
        signer = signer_for(holder, key, RECEIPT_NAMESPACE, demo=workspace.settings.demo)
        signed = papers(receipt, signer, workspace.files)
        refuse_other_key(receipt, signed, (ledger.settings or workspace.settings).root_keys, ledger)
        for paper in signed:
            disk.write(workspace.root, paper.path, paper.data, was=paper.was)
            written.append(paper.path)
        click.echo(receipt_path(receipt))
    warn_of_ignored(workspace.root, written)
    click.echo(say(_next_after(receipts)), err=True)
    return CLEAN


def _next_after(receipts: "Sequence[Receipt]") -> Text:
    """Nothing counts before it is committed, and most changes need somebody else's signature as well."""
    if receipts[0].meaning not in ("submit", "approve", "reject"):
        return Text("用 git add -A 和 git commit 提交后生效", "it counts once it is committed: git add -A, git commit")
    paths = dict.fromkeys(target.path for each in receipts for target in each.covers)
    return Text(
        "接着运行 {commands}，看还缺谁；签齐后用 git add -A 和 git commit 提交",
        "next: {commands} says who is missing; when nobody is, git add -A and git commit",
    ).format(commands=SEMICOLON.join(f"csdocs why {path}" for path in paths))


@click.command(
    "open",
    help=help_text(
        "正式启用工作区：由根密钥持有人一次批准全部受控文件，准备阶段就此结束，不可恢复。",
        "Open the workspace: a holder of a root key approves all controlled files at once; set-up ends for good.",
    ),
)
@AS_PERSON
@KEY
@_YES
def open_(person: str, key: Path | None, yes: bool) -> int:
    from csdocs.prepare.approval import everything, make_receipt, require_policy

    workspace = open_here()
    if not workspace.in_set_up:
        raise CsdocsError(
            Text("工作区已经开启", "the workspace is open already"),
            Text(
                "之后的改动走审批：csdocs revise、submit、approve；csdocs audit 逐步复核",
                "from here on changes are approved: csdocs revise, submit, approve; csdocs audit looks at every step",
            ),
        )
    workspace.register.named(person)
    if all(root.person != person for root in workspace.settings.root_keys):
        raise CsdocsError(
            Text("{by} 没有根密钥", "{by} has no root key").format(by=person),
            Text("先运行 csdocs keys root {by}", "run csdocs keys root {by} first").format(by=person),
        )
    paths = everything(workspace)
    require_policy(workspace, paths)
    for path in paths:
        click.echo(f"  {path}", err=True)
    click.echo(say(Text("共 {count} 份文件", "{count} file{count:s}").format(count=len(paths))), err=True)
    receipt = make_receipt(workspace, paths, "open", _hand(workspace, person, None, None))
    return _write_receipts(workspace, [receipt], workspace.ledger, key, yes)
