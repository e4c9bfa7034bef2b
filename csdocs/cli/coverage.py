"""`csdocs coverage`."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import echo_lines, format_option, help_text
from csdocs.cli.table import table_lines, terminal_room
from csdocs.model.error import CsdocsError, has_errors
from csdocs.model.text import COMMA, HINT, Text

if TYPE_CHECKING:
    from csdocs.load.holdings.coverage import Coverage, CoverageRow, Lack

_HEADS = (
    Text("条款", "Clause"),
    Text("以何为证", "Proved by"),
    Text("表单和记录数", "Forms and records"),
    Text("跨记录检查", "Checks"),
    Text("报表", "Reports"),
)
_SUMMARY = Text(
    "{documents} 份文件、{clauses} 条条款（以记录为证 {records}、以检查为证 {inspection}、以阅读确认为证 {acknowledgement}）、"
    "{forms} 个表单：",
    "{documents} document{documents:s}, {clauses} clause{clauses:s} (proved by records {records}, by inspection {inspection}, by acknowledgement "
    "{acknowledgement}), {forms} form{forms:s}: ",
)


@click.command(
    "coverage",
    help=help_text(
        "逐条列出制度的每一条款由哪些表单、多少条记录举证，并指出缺口：没有覆盖的服务环节、没有条款要求的表单、"
        "没有证据来源的条款、没有用到的参数、无人担任的岗位。有缺口时退出码为 1。",
        "List for every clause the forms and the number of records that prove it, and what is missing: stages of service not covered, "
        "forms no clause asks for, clauses nothing can prove, parameters used nowhere, posts nobody holds. Exit code 1 if anything is.",
    ),
)
@format_option("text", "json")
@click.option("--clause", metavar="REG-X/3", help=help_text("只看这一条", "this clause only"))
@click.option("--regulation", metavar="REG-X", help=help_text("只看这份文件", "this document only"))
def coverage_(format_: str, clause: str | None, regulation: str | None) -> int:
    from csdocs.load.holdings.coverage import Coverage
    from csdocs.load.workspace import open_workspace

    workspace = open_workspace()
    coverage = Coverage(workspace)
    asked = (clause or regulation or "").upper()
    rows = [row for row in coverage.rows if asked in ("", row.citation, row.document.id)]
    broken = workspace.unread_documents.get(asked.partition("/")[0])
    if broken is not None:
        raise has_errors(broken)
    if not coverage.rows:
        raise CsdocsError(
            Text("还没有制度，谈不上举证", "there are no regulations whose clauses could be proved"),
            Text("写法见 csdocs explain add-a-regulation", "csdocs explain add-a-regulation shows how to write one"),
        )
    if not rows:
        raise CsdocsError(
            Text("没有已启用的条款或文件 {asked}", "there is no clause or document {asked} in use").format(asked=asked),
            Text("写法如 REG-COMPLAINT/3 或 REG-COMPLAINT", "write it like REG-COMPLAINT/3 or REG-COMPLAINT"),
        )
    lacks = [lack for lack in coverage.lacks if asked in ("", lack.about, lack.about.partition("/")[0])]
    if format_ == "json":
        click.echo(json.dumps(_as_json(coverage, rows, lacks), ensure_ascii=False, indent=2))
    else:
        echo_lines(_as_text(coverage, rows, lacks))
    return FINDINGS if lacks else CLEAN


def _as_text(coverage: "Coverage", rows: Sequence["CoverageRow"], lacks: Sequence["Lack"]) -> Iterator[str]:
    for document, own in groupby(rows, key=lambda row: row.document):
        yield click.style(f"{document.id}  {say(document.control.title)}", bold=True)
        heads, room = [say(head) for head in _HEADS], terminal_room(indent=2)
        yield from (f"  {line}" for line in table_lines(heads, [_cells(coverage, r) for r in own], room=room))
        yield ""
    for hint, alike in groupby(lacks, key=lambda lack: lack.hint):
        for lack in alike:
            place = f"{lack.path}:{lack.position.line}:{lack.position.col}:"
            yield f"{place} {click.style(say(lack.message), fg='red')}"
        yield f"    {say(HINT)}{say(hint)}"
    counts = {kind: sum(row.kind == kind for row in rows) for kind in ("records", "inspection", "acknowledgement")}
    forms = {form for row in rows for form in row.proof.forms}
    looked = _SUMMARY.format(
        documents=len({row.document.id for row in rows}), clauses=len(rows), forms=len(forms), **counts
    )
    found = Text(f"缺口 {len(lacks)}", f"{len(lacks)} missing") if lacks else Text("没有缺口", "nothing is missing")
    yield say(looked) + say(found)


def _cells(coverage: "Coverage", row: "CoverageRow") -> list[str]:
    from csdocs.model.document import EVIDENCE_WORDS

    forms = [f"{form} {coverage.records[form]}" for form in row.proof.forms]
    forms += [say(Text("{form}（未启用）", "{form} (not in use)").format(form=form)) for form in row.elsewhere]
    listed = say(COMMA).join(forms)
    return [
        str(row.clause.number),
        say(EVIDENCE_WORDS[row.kind]),
        listed,
        " ".join(row.proof.checks),
        " ".join(row.reports),
    ]


def _as_json(coverage: "Coverage", rows: Sequence["CoverageRow"], lacks: Sequence["Lack"]) -> dict[str, Any]:
    return {
        "clauses": [
            {
                "clause": row.citation,
                "evidence": row.kind,
                "forms": [{"form": form, "records": coverage.records[form]} for form in row.proof.forms],
                "forms_not_in_use": list(row.elsewhere),
                "checks": list(row.proof.checks),
                "reports": list(row.reports),
                "records": row.records,
            }
            for row in rows
        ],
        "missing": [
            {
                "kind": lack.kind,
                "about": lack.about,
                "path": lack.path,
                "line": lack.position.line,
                "col": lack.position.col,
                "message": lack.message.to(spoken()),
                "hint": lack.hint.to(spoken()),
            }
            for lack in lacks
        ],
    }
