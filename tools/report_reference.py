"""`docs/report-list.md`: every report of this repository's workspace, as the report files have it."""

from csdocs.load.holdings.coverage import forms_read
from csdocs.load.workspace import Workspace
from csdocs.model.report import EVERY, Report
from tools.form_reference import page_of
from tools.markdown import GENERATED, both, table

_HEAD = ("编号 Id", "名称", "Title", "期间 Period", "行业 Industry", "列", "Columns", "表单 Forms", "条款 Clauses")


def reports_page(workspace: Workspace) -> str:
    reports = sorted(workspace.reports.values(), key=lambda report: report.id)
    paths = {loaded.value.id: path for path, loaded in workspace.loaded_reports.items() if loaded.value}
    lines = ["# 报表一览 All reports", "", GENERATED, ""]
    lines += ["写法和用法见[报表](reports.md)。 [reports.md](reports.md) says how they are written and drawn up.", ""]
    lines += table(_HEAD, [_row(workspace, report, paths[report.id]) for report in reports])
    return "\n".join(lines) + "\n"


def _row(workspace: Workspace, report: Report, path: str) -> tuple[str, ...]:
    shown = [column.label for column in report.columns if not column.hidden]
    forms = " ".join(f"[{form}]({page_of(form)})" for form in forms_read(workspace, report))
    return (
        f"[{report.id}](../{path})",
        report.title.zh,
        report.title.en,
        "、".join(both(EVERY[every]) for every in report.period),
        " ".join(report.profile),
        "、".join(label.zh for label in shown),
        "; ".join(label.en for label in shown),
        forms,
        " ".join(report.clauses),
    )
