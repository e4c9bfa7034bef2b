"""`csdocs review`, `audit`."""

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.check import print_findings
from csdocs.cli.language import say
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import NO_INDEX, format_option, help_text, may_use_index
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csdocs.load.approval.dependents import Dependents
    from csdocs.model.finding import Finding
    from csdocs.store.history import Commit

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


def _fingerprint(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A slip of the pen would otherwise look like another key."""
    if value is not None and not _FINGERPRINT.fullmatch(value):
        raise click.BadParameter(
            say(
                Text(
                    "“{value}”不是指纹：SHA256: 后面应有 43 个字符",
                    "“{value}” is no fingerprint: 43 characters follow SHA256:",
                ).format(value=value)
            )
        )
    return value


_ROOT = click.option(
    "--root",
    "pinned",
    callback=_fingerprint,
    metavar="SHA256:…",
    help=help_text("根密钥指纹（来自保险柜里的打印件）", "fingerprint of the root key, from the print in the safe"),
)
_FORMAT = format_option("text", "json", "github", "sarif")


def _repository() -> Path:
    """Only commits are looked at: a workspace, or on a server a repository without a work tree."""
    from csdocs.store import disk, git

    repository = git.bare(Path.cwd())
    if repository is not None:
        git.require_history(repository)
        return repository
    root = disk.find_root(Path.cwd())
    git.require_repository(root)
    return root


@click.command(
    "review",
    help=help_text(
        "审查一次改动：从 --base 到 --head 是否可以合入。人员和审批规则以 base 为准。",
        "Judge a change: may --head go into --base? People and policy are those of the base.",
    ),
)
@click.option(
    "--base", metavar="REF", required=True, help=help_text("合入的目标分支或提交", "branch or commit it goes into")
)
@click.option(
    "--head",
    metavar="REF",
    default="HEAD",
    help=help_text("改动所在的分支或提交，默认当前提交", "branch or commit with the change; default the current one"),
)
@_FORMAT
@_ROOT
def review_(base: str, head: str, format_: str, pinned: str | None) -> int:
    from csdocs.gate.review import review

    repository = _repository()
    verdict = review(repository, base, head, _now(), pinned)
    if head == "HEAD":
        _tell_uncommitted(repository, records=not verdict.files)
    if format_ == "text":
        _print_affected(verdict.affected)
    print_findings(
        verdict.findings,
        {"files": verdict.files, "affected": [each._asdict() for each in verdict.affected]},
        format_,
        Text("已审查 {files} 个改动的文件：", "Reviewed {files} changed file{files:s}: "),
    )
    return FINDINGS if verdict.has_errors else CLEAN


def _tell_uncommitted(repository: Path, *, records: bool) -> None:
    """Somebody who has just signed reviews, finds nothing wrong and pushes: nothing. Of `records` there may be very many."""
    from csdocs.store import disk, git, worktree

    paths = (*disk.CONTROLLED_PATHS, disk.RECORDS) if records else disk.CONTROLLED_PATHS
    if git.bare(repository) is None and worktree.changed_paths(repository, *paths):
        unseen = Text(
            "工作目录里有未提交的改动，没有审查；先 git add -A 和 git commit",
            "what is not committed in the work tree was not reviewed: git add -A and git commit first",
        )
        click.secho(say(unseen), fg="yellow", err=True)


def _print_affected(affected: "Iterable[Dependents]") -> None:
    from csdocs.model.text import printable

    for each in affected:
        said = printable(say(each.said()))
        if said:
            click.echo(
                say(Text("{path} 影响：{what}", "{path} affects: {what}")).format(path=printable(each.path), what=said)
            )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@click.command(
    "audit", help=help_text("审计历史：逐步检查主线上的每个提交。", "Judge the history: every first-parent step.")
)
@click.option(
    "--since", metavar="COMMIT", help=help_text("只报告此提交之后的", "report only what came after this commit")
)
@_FORMAT
@_ROOT
@NO_INDEX
def audit_(since: str | None, format_: str, pinned: str | None, no_index: bool) -> int:
    from csdocs.gate.audit import audit
    from csdocs.gate.review import require_opening
    from csdocs.load.index.remembered import remembered

    root = _repository()
    zone = _zone(root)
    findings: list[Finding] = []
    steps, opened = 0, False
    for step in audit(root, since, pinned, _now(), remembered(root, pinned) if may_use_index(no_index) else None):
        steps, opened = steps + 1, step.opened
        if step.findings and format_ == "text":
            _head(step.commit, zone)
            print_findings(step.findings, None, "text", None)
        findings += step.findings
    summary = Text("已审计 {steps} 步：", "Audited {steps} step{steps:s}: ")
    print_findings(
        () if format_ == "text" else tuple(findings), {"steps": steps}, format_, summary, counted=tuple(findings)
    )
    if format_ == "text":
        _remarks(pinned, opened)
    if any(finding.severity == "error" for finding in findings):
        return FINDINGS
    require_opening(pinned, opened)
    return CLEAN


def _zone(root: Path) -> dt.tzinfo:
    """Of the workspace, if the last commit says so."""
    from csdocs.load.approval.ledger import read_clean
    from csdocs.model.place import CONFIG
    from csdocs.model.workspace import Settings
    from csdocs.store.source import CommitTree

    try:
        settings = read_clean(Settings, CommitTree(root, "HEAD").read(CONFIG))
    except CsdocsError:
        return dt.UTC
    return settings.zone if settings else dt.UTC


def _head(commit: "Commit", zone: dt.tzinfo) -> None:
    from csdocs.model.text import printable

    when = dt.datetime.fromtimestamp(commit.time, zone).isoformat(timespec="minutes")
    click.secho(f"{commit.id[:12]} {when} {printable(commit.author)}", bold=True)


_IN_SET_UP = Text("工作区尚在准备阶段：没有审批关口", "the workspace is in set-up: there is no gate yet")


def _remarks(pinned: str | None, opened: bool) -> None:
    from csdocs.gate.review import NO_OPENING

    if not opened:
        click.echo(say(_IN_SET_UP if pinned is None else NO_OPENING))
    if pinned is None:
        click.echo(
            say(
                Text(
                    "未指定根密钥指纹（--root），信任根未经外部核对",
                    "root not pinned: compare its fingerprint with --root",
                )
            )
        )
