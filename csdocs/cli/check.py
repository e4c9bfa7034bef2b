"""`csdocs check`."""

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, COULD_NOT_LOOK, FINDINGS
from csdocs.cli.shared import EXECUTOR, NO_INDEX, DateType, executor_at, help_text, may_use_index, progress
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.executor import Executor
    from csdocs.load.counted import Progress
    from csdocs.load.outcome import Outcome
    from csdocs.model.finding import Finding
    from csdocs.model.text import Language


_LOOKED = Text(
    "已检查 {documents} 份文件、{forms} 个表单、{records} 条记录：",
    "Checked {documents} documents, {forms} forms, {records} records: ",
)


@click.command(
    "check",
    help=help_text(
        "检查工作区。除 git 忽略的索引 .csdocs/ 外不写任何文件。\n\nPATH 只显示这些文件或文件夹的问题。"
        "错误使退出码为 1；加 --strict 时“不符合”和警告也计入。",
        "Check the workspace; nothing is written but the index in .csdocs/, which git ignores.\n\nPATH shows only findings of these files or folders. "
        "Errors give exit code 1; with --strict breaches and warnings count too.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help=help_text("输出格式", "output format"),
)
@click.option(
    "--strict", is_flag=True, help=help_text("有不符合或警告时也以 1 退出", "exit 1 for breaches and warnings too")
)
@click.option("--as-of", type=DateType(), help=help_text("按该日期判断逾期等", "judge overdue matters as of this date"))
@click.option(
    "--no-signatures", is_flag=True, help=help_text("不验证签名（更快）", "do not verify signatures (faster)")
)
@click.option(
    "--committed",
    is_flag=True,
    help=help_text("只看已提交的内容，未提交的改动一概不看", "look at what is committed and at nothing else"),
)
@NO_INDEX
@EXECUTOR
def check_(
    paths: tuple[str, ...],
    format_: str,
    strict: bool,
    as_of: dt.date | None,
    no_signatures: bool,
    committed: bool,
    no_index: bool,
    address: str | None,
) -> int:
    from csdocs.load.outcome import is_asked
    from csdocs.store import disk

    root = disk.find_root(Path.cwd())
    asked = [path for path in (_relative(each, root) for each in paths) if path]
    with executor_at(address) as executor:
        found = _outcome(
            root,
            as_of,
            signatures=not no_signatures,
            committed=committed,
            index=may_use_index(no_index),
            executor=executor,
        )
    findings = [finding for finding in found.findings if is_asked(finding.path, asked)]
    checked = {"documents": found.documents, "forms": found.forms, "records": found.records}
    print_findings(findings, checked, format_, _LOOKED)
    if not any(checked.values()):
        click.echo(say(Text("没有检查任何文件", "nothing was checked")), err=True)
        return COULD_NOT_LOOK
    failed = any(finding.severity == "error" for finding in findings) or (strict and bool(findings))
    return FINDINGS if failed else CLEAN


def _outcome(
    root: Path,
    as_of: dt.date | None,
    *,
    signatures: bool,
    committed: bool,
    index: bool,
    executor: "Executor | None",
) -> "Outcome":
    """That of an earlier run if nothing has changed since, or a new one."""
    from csdocs.load.outcome import Standing

    standing = Standing(root, committed=committed, signatures=signatures) if index else None
    current = standing.current(as_of=as_of) if standing else None
    if current is not None:
        return current.outcome
    from csdocs.keeping import look

    return look(root, as_of, standing, signatures=signatures, committed=committed, progress=bar(), executor=executor)


def bar() -> "Progress":
    return progress(Text("检查记录", "Checking records"))


def _relative(path: str, root: Path) -> str:
    full = Path(os.path.abspath(path))
    if not full.exists():
        raise click.UsageError(say(Text("没有 {path}", "there is no {path}").format(path=path)))
    if not full.is_relative_to(root):
        raise click.UsageError(say(Text("{path} 不在工作区内", "{path} is outside the workspace").format(path=path)))
    relative = full.relative_to(root).as_posix()
    return "" if relative == "." else relative


def print_findings(
    findings: Sequence["Finding"],
    checked: Mapping[str, Any] | None,
    format_: str,
    looked: Text | None,
    counted: Sequence["Finding"] | None = None,
) -> None:
    """Findings in a format. `counted`: what the closing line counts, if not what is shown; no line without `looked`."""
    from csdocs import __version__
    from csdocs.report import machine, text

    match format_:
        case "json":
            click.echo(machine.as_json(findings, checked or {}, spoken()))
        case "sarif":
            click.echo(machine.as_sarif(findings, __version__, spoken()))
        case "github":
            for line in machine.as_github(findings, spoken()):
                click.echo(line)
        case _:
            for line in _lines(findings, spoken()):
                click.echo(line)
            if looked is not None:
                click.echo(
                    text.summary(findings if counted is None else counted, looked.format(**(checked or {})), spoken())
                )


def _lines(findings: Sequence["Finding"], language: "Language") -> Iterator[str]:
    """Many at once: to write each by itself takes longer than to find it."""
    from csdocs.report import text

    styles = {severity: click.style("|", fg=colour).split("|") for severity, colour in text.COLOURS.items()}
    for start in range(0, len(findings), _AT_ONCE):
        lines = []
        for finding in findings[start : start + _AT_ONCE]:
            place, statement, hint = text.finding_lines(finding, language)
            before, after = styles[finding.severity]
            lines.append(f"{place} {before}{statement}{after}\n    {hint}")
        yield "\n".join(lines)


_AT_ONCE = 200  # findings
