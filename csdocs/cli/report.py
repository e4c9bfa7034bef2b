"""`csdocs report`."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import report_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import (
    AS_OF,
    HAS_ERRORS,
    NO_INDEX,
    DateType,
    build_folder,
    chosen_format,
    echo_lines,
    format_of,
    format_option,
    help_text,
    open_registered,
    output_option,
    progress,
    refuse_reversed,
)
from csdocs.cli.table import table_lines, terminal_room
from csdocs.cli.tables import discarding, known_tree, say_what_is_not_counted
from csdocs.model.error import CsdocsError, has_errors
from csdocs.model.text import COMMA, Text

if TYPE_CHECKING:
    from csdocs.load.holdings.tree import Tree
    from csdocs.load.workspace import Workspace
    from csdocs.model.period import Span
    from csdocs.model.report import Figures, Report

_HEADS = (Text("编号", "Id"), Text("报表", "Report"), Text("期间", "Period"), Text("表单", "Forms"))


@click.command(
    "report",
    help=help_text(
        "按期间出报表；不写编号则列出全部报表。不写期间时取已结束的最近一期。记录只按验证过的签名计。",
        "Draw up a report for a period; without an id, list the reports. The period is the last one that is over unless another "
        "is given. Only verified signatures move a record on.",
    ),
)
@click.argument("id", shell_complete=report_ids, required=False, metavar="[RPT-…]")
@click.option(
    "--period",
    metavar="2026-10",
    help=help_text(
        "期间：2026-10、2026-W43、2026-10-05、2026-Q4 或 2026",
        "the period: 2026-10, 2026-W43, 2026-10-05, 2026-Q4 or 2026",
    ),
)
@click.option("--from", "first", type=DateType(), help=help_text("第一天（与 --to 同用）", "first day (with --to)"))
@click.option("--to", "last", type=DateType(), help=help_text("最后一天", "last day"))
@format_option(
    "text",
    "csv",
    "json",
    "html",
    "xlsx",
    said=Text("输出格式；xlsx 是 Excel 工作簿", "output format; xlsx is an Excel workbook"),
)
@output_option(
    "写到文件，不写 --format 时由扩展名决定格式；默认显示出来，xlsx 默认写到 build/<报表>-<期间>.xlsx",
    "file to write, whose ending says the format unless --format does; default: shown here, xlsx as build/<report>-<period>.xlsx",
)
@AS_OF
@NO_INDEX
def report_(
    id: str | None,
    period: str | None,
    first: dt.date | None,
    last: dt.date | None,
    format_: str,
    output: Path | None,
    as_of: dt.date | None,
    no_index: bool,
) -> int:
    if id is None and (period or first or last or output or chosen_format()):
        raise click.UsageError(
            help_text("写报表编号；csdocs report 列出全部", "name a report; csdocs report lists them")
        )
    workspace = open_registered(as_of=as_of)
    if id is None:
        echo_lines(_listed(workspace))
        return CLEAN
    from csdocs.lookup.figures import draw_up

    report = _wanted(workspace, id)
    span = _span(workspace, report, period, first, last)
    tree, unreadable = _records(workspace, no_index)
    with discarding(workspace), closing(tree.connection):
        figures = draw_up(workspace, report, span, tree)._replace(unreadable=unreadable)
    format_ = format_of(output, format_)
    _hand_out(figures, format_, output or _place(workspace, figures, format_))
    say_what_is_not_counted(unreadable)
    return CLEAN


def _records(workspace: "Workspace", no_index: bool) -> tuple["Tree", int]:
    """What the report reads, from the index where there is one, and how many records cannot be read."""
    from csdocs.load.index.known import unreadable
    from csdocs.load.index.report import report_tree

    known = known_tree(workspace, no_index=no_index)
    if known is not None:
        return known, unreadable(known)
    tree = report_tree(workspace, progress(Text("读取记录", "reading records")))
    return tree, sum(1 for _ in workspace.record_paths()) - tree.count()


def _listed(workspace: "Workspace") -> Iterator[str]:
    from csdocs.load.holdings.coverage import forms_read

    reports = sorted(workspace.reports.values(), key=lambda report: report.id)
    shown = [report for report in reports if workspace.is_in_use(report)]
    rows = [[report.id, say(report.title), _every(report), " ".join(forms_read(workspace, report))] for report in shown]
    yield from table_lines([say(head) for head in _HEADS], rows, room=terminal_room())
    if len(shown) < len(reports):
        others = Text("另有 {n} 份报表属于没有启用的行业", "reports for industries that are not switched on: {n}")
        yield say(others.format(n=len(reports) - len(shown)))
    elif not reports and not workspace.unread_reports:
        yield say(
            Text(
                "还没有报表，写法见 csdocs explain reports",
                "there are no reports yet; how to write one: csdocs explain reports",
            )
        )
    for path in workspace.unread_reports:
        yield say(HAS_ERRORS.format(path=path))


def _every(report: "Report") -> str:
    from csdocs.model.report import EVERY

    return say(COMMA).join(say(EVERY[every]) for every in report.period)


def _wanted(workspace: "Workspace", id: str) -> "Report":
    name = id.upper() if id.upper().startswith("RPT-") else f"RPT-{id.upper()}"
    report = workspace.reports.get(name)
    if report is None:
        raise _no_report(workspace, name)
    if not workspace.is_in_use(report):
        codes = " ".join(report.profile)
        raise CsdocsError(
            Text(
                "报表 {id} 属于没有启用的行业 {codes}", "the report {id} is for {codes}, which is not switched on"
            ).format(id=name, codes=codes),
            Text("在 csdocs.yaml 的 profiles 中启用", "switch it on under profiles in csdocs.yaml"),
        )
    return report


def _no_report(workspace: "Workspace", id: str) -> CsdocsError:
    from csdocs.model.suggestion import suggestion

    stated = f"id: {id}".encode()
    path = next((path for path in workspace.unread_reports if stated in workspace.files[path].splitlines()), None)
    if path is not None:
        return has_errors(path)
    meant = suggestion(id, workspace.reports)
    return CsdocsError(
        Text("没有报表 {id}{meant}", "there is no report {id}{meant}").format(id=id, meant=meant),
        Text("csdocs report 列出全部报表", "csdocs report lists them"),
    )


def _span(
    workspace: "Workspace", report: "Report", period: str | None, first: dt.date | None, last: dt.date | None
) -> "Span":
    from csdocs.model.period import between, latest, read_span

    if (first is None) != (last is None) or (period and first):
        raise click.UsageError(
            help_text("用 --period，或同时用 --from 和 --to", "give --period, or both --from and --to")
        )
    if first is not None and last is not None:
        refuse_reversed(first, last)
        return between(first, last)
    if period is None:
        return latest(report.period[0], workspace.today)
    span = read_span(period)
    if span is None:
        wrong = Text(
            "“{typed}”不是期间，写法如 2026-10 或 2026-W43", "“{typed}” is no period such as 2026-10 or 2026-W43"
        )
        raise click.UsageError(say(wrong.format(typed=period)))
    return span


def _place(workspace: "Workspace", figures: "Figures", format_: str) -> Path | None:
    """Where a workbook goes unless somebody says; anything else is shown."""
    period = figures.span.words.en.replace(" ", "-")
    return build_folder(workspace.root) / f"{figures.report.id}-{period}.xlsx" if format_ == "xlsx" else None


def _hand_out(figures: "Figures", format_: str, target: Path | None) -> None:
    from csdocs.store import disk

    if target is None and format_ == "text":
        echo_lines(_as_text(figures, terminal_room()))
    elif target is None:
        sys.stdout.buffer.write(_bytes(figures, format_))
        sys.stdout.buffer.flush()
    else:
        with disk.whole(target) as making:
            _write(figures, format_, making)
        click.echo(target)


def _write(figures: "Figures", format_: str, path: Path) -> None:
    if format_ == "xlsx":
        from csdocs.report.workbook import figures_sheet, write_workbook

        write_workbook(path, [figures_sheet(figures, spoken())])
    else:
        path.write_bytes(_bytes(figures, format_))


def _bytes(figures: "Figures", format_: str) -> bytes:
    from csdocs.report.figures import as_csv, as_html, as_json

    match format_:
        case "csv":
            return as_csv(figures, spoken())
        case "json":
            return f"{as_json(figures, spoken())}\n".encode()
        case "html":
            return as_html(figures, spoken()).encode()
    return "".join(f"{click.unstyle(line)}\n" for line in _as_text(figures, None)).encode()


def _as_text(figures: "Figures", room: int | None) -> Iterator[str]:
    report = figures.report
    yield click.style(f"{report.id}  {say(report.title)}  {say(figures.span.words)}", bold=True)
    if report.note:
        yield say(report.note)
    yield ""
    if not figures.rows:
        yield say(Text("本期没有数据", "nothing in this period"))
        return
    head = [say(figures.head(column)) for column in figures.columns]
    body = [[say(cell.shown) for cell in row] for row in (*figures.rows, *figures.foot)]
    right = {index for index, column in enumerate(figures.columns) if column.is_number}
    lines = list(table_lines(head, body, right, room))
    if figures.totals:
        rule = next(line for line in lines if line.startswith("─"))
        lines.insert(-1, rule)
    yield from lines
