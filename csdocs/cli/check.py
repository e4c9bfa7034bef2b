"""`csdocs check`."""

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from csdocs.cli.clock import doubt_clock
from csdocs.cli.language import is_coloured, say, spoken
from csdocs.cli.main import CLEAN, COULD_NOT_LOOK, FINDINGS
from csdocs.cli.shared import (
    EXECUTOR,
    NO_INDEX,
    DateType,
    checking,
    executor_at,
    format_option,
    help_text,
    may_use_index,
)
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.executor import Executor
    from csdocs.load.index.outcome import Found, KnownState, Outcome
    from csdocs.model.finding import Finding
    from csdocs.model.text import Language


_LOOKED = Text(
    "已检查 {documents} 份文件、{forms} 个表单、{records} 条记录：",
    "Checked {documents} document{documents:s}, {forms} form{forms:s}, {records} record{records:s}: ",
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
@format_option("text", "json", "github", "sarif")
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
    from csdocs.load.index.outcome import KnownState
    from csdocs.store import disk

    root = disk.find_root(Path.cwd())
    asked = [path for path in (_relative(each, root) for each in paths) if path]
    how = _How(format_, spoken(), coloured=is_coloured())
    with executor_at(address) as executor:
        known_state = (
            KnownState(root, committed=committed, signatures=not no_signatures) if may_use_index(no_index) else None
        )
        current = known_state.found(as_of=as_of) if known_state else None
        if as_of is None and (current is None or current.doubted):
            doubt_clock(root)
        found = current or _look(root, as_of, known_state, not no_signatures, committed, executor)
        said = _said_before(known_state, found, how) if known_state and not asked else None
        if said is None:
            said = _in_words(found.outcome(), asked, how)
            if known_state and current and not asked and len(said.text) > _LONG:
                known_state.keep_words(current, how.name, said.kept)
    _print(said.text)
    if said.code == COULD_NOT_LOOK:
        click.echo(say(_NOTHING_HERE), err=True)
    return said.strict_code if strict else said.code


_NOTHING_HERE = Text(
    "这里还没有制度、表单和记录可以检查。怎样写：csdocs explain add-a-regulation，csdocs explain add-a-form",
    "there are no regulations, forms or records here to check yet. How to write them: csdocs explain add-a-regulation, csdocs explain add-a-form",
)


def _look(
    root: Path,
    as_of: dt.date | None,
    known_state: "KnownState | None",
    signatures: bool,
    committed: bool,
    executor: "Executor | None",
) -> "Found":
    from csdocs.check.keeping import look

    return look(
        root, as_of, known_state, signatures=signatures, committed=committed, progress=checking(), executor=executor
    )


_LONG = 100_000  # bytes: to put so many findings into words a third time takes longer than to keep the words


class _How(NamedTuple):
    format: str
    language: "Language"
    coloured: bool

    @property
    def name(self) -> str:
        return f"{self.format} {self.language}{' coloured' if self.coloured else ''}"


class _Said(NamedTuple):
    """What a check prints, and the code that it leaves with: usually, and where everything found counts."""

    text: bytes
    code: int
    strict_code: int

    @property
    def kept(self) -> bytes:
        return b"%d%d%b" % (self.code, self.strict_code, self.text)


def _print(text: bytes) -> None:
    """A terminal that takes UTF-8 takes it as it is."""
    as_it_is = (sys.stdout.encoding or "").lower() == "utf-8" and os.linesep == "\n"
    click.echo(text if as_it_is else text.decode(), nl=False)


def _said_before(known_state: "KnownState", found: "Found", how: _How) -> _Said | None:
    kept = known_state.words(found, how.name)
    if kept is None:
        return None
    return _Said(kept[2:], int(kept[:1]), int(kept[1:2]))


def _in_words(found: "Outcome", asked: Sequence[str], how: _How) -> _Said:
    from csdocs.load.index.outcome import is_wanted

    findings = [finding for finding in found.findings if is_wanted(finding, asked)]
    checked = {"documents": found.documents, "forms": found.forms, "records": found.records}
    looked = any(checked.values())
    text = _worded(findings, checked, how, _LOOKED if looked or findings else None).encode("utf-8", "backslashreplace")
    if not looked:
        return _Said(text, COULD_NOT_LOOK, COULD_NOT_LOOK)
    failed = any(finding.severity == "error" for finding in findings)
    return _Said(text, FINDINGS if failed else CLEAN, FINDINGS if findings else CLEAN)


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
    how = _How(format_, spoken(), coloured=is_coloured())
    click.echo(_worded(findings, checked or {}, how, looked, counted), nl=False)


def _worded(
    findings: Sequence["Finding"],
    checked: Mapping[str, Any],
    how: _How,
    looked: Text | None,
    counted: Sequence["Finding"] | None = None,
) -> str:
    if how.format != "text":
        return _for_programs(findings, checked, how)
    from csdocs.report import text

    lines = _coloured(findings, how.language) if how.coloured else text.plain(findings, how.language)
    if looked is not None:
        closing = text.summary(findings if counted is None else counted, looked.format(**checked), how.language)
        lines = chain(lines, [closing], text.cause(findings, how.language))
    return _joined(lines)


def _for_programs(findings: Sequence["Finding"], checked: Mapping[str, Any], how: _How) -> str:
    from csdocs import __version__
    from csdocs.report import machine

    match how.format:
        case "json":
            return _joined([machine.as_json(findings, checked, how.language)])
        case "sarif":
            return _joined([machine.as_sarif(findings, __version__, how.language)])
        case _:
            return _joined(machine.as_github(findings, how.language))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _coloured(findings: Sequence["Finding"], language: "Language") -> Iterator[str]:
    from csdocs.report import text

    styles = {severity: click.style("|", fg=colour).split("|") for severity, colour in text.COLOURS.items()}
    for finding in findings:
        place, statement, hint = text.finding_lines(finding, language)
        before, after = styles[finding.severity]
        yield f"{place} {before}{statement}{after}\n    {hint}"
