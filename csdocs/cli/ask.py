"""`csdocs new` and `fill` on a terminal: one question a field, in the words of the form."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from pydantic_core import PydanticCustomError

from csdocs.cli.language import say, spoken
from csdocs.cli.table import in_a_row
from csdocs.cli.values import next_key, typed, who_may_be_named
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.record.case import RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.model.field import Field, RowsField
    from csdocs.model.form import Form, Section


class _Interview(NamedTuple):
    """Who asks, and what was answered so far. `case_of` is the record with these answers: what it requires may follow from them."""

    workspace: "Workspace"
    case_of: "Callable[[Mapping[str, Any]], RecordCase]"
    answers: dict[str, Any]

    def requires(self, field: "Field") -> bool:
        from csdocs.load.record.required import is_required

        return field.required or (bool(field.required_when) and is_required(self.case_of(self.answers), field))

    def requires_in_row(self, table: "RowsField", field: "Field", rows: Sequence[Mapping[str, Any]]) -> bool:
        """Of the last of these rows."""
        from csdocs.load.record.required import is_required

        if field.required or not field.required_when:
            return field.required
        return is_required(self.case_of({**self.answers, table.id: rows}), field, table)


def ask_fields(
    workspace: "Workspace",
    form: "Form",
    sections: "Sequence[Section]",
    case_of: "Callable[[Mapping[str, Any]], RecordCase]",
    given: Mapping[str, Any] = MappingProxyType({}),
    known: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """Ask for every field of some sections that is neither given nor known yet; tables that only grow are asked for more rows.

    Ctrl-C leaves nothing behind.
    """
    from csdocs.model.field import RowsField

    click.secho(f"{form.id} {say(form.title)}", bold=True, err=True)
    click.echo(
        say(
            Text(
                "直接回车跳过选填项；Ctrl-C 放弃，不留下任何文件",
                "Enter skips what is optional; Ctrl-C gives up and leaves no file",
            )
        ),
        err=True,
    )
    interview = _Interview(workspace, case_of, dict(given))
    for section in sections:
        click.secho(f"\n{say(section.title)}", fg="cyan", err=True)
        if section.hint:
            click.secho(say(section.hint), dim=True, err=True)
        for field in section.fields:
            if field.is_computed or field.id in interview.answers:
                continue
            if isinstance(field, RowsField):
                above = known.get(field.id, [])
                rows = [] if above and not field.append_only else _rows(interview, field, above)
                value: Any = [*above, *rows] if rows else ""
            else:
                value = "" if field.id in known else _ask(workspace, field, must=interview.requires(field))
            if value:
                interview.answers[field.id] = value
    return interview.answers


def _rows(interview: _Interview, table: "RowsField", above: "Sequence[Any]") -> list[dict[str, Any]]:
    """More rows, until one is left empty."""
    out: list[dict[str, Any]] = []
    click.echo(
        say(
            Text(
                "{label}：逐行填写，第一项留空即结束", "{label}: row by row; leave the first item empty to end"
            ).format(label=table.label)
        ),
        err=True,
    )
    while True:
        row = _row(interview, table, [*above, *out])
        if row is None:
            return out
        out.append(row)


def _row(interview: _Interview, table: "RowsField", above: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The next row, or None where nothing is left to say."""
    numbered = {table.key: next_key([row.get(table.key) for row in above])} if table.key else {}
    row: dict[str, Any] = dict(numbered)
    for field in (field for field in table.fields if not field.is_computed and field.id != table.key):
        begun = row != numbered
        must = begun and interview.requires_in_row(table, field, [*above, row])
        value = _ask(interview.workspace, field, prefix=f"  {len(above) + 1}. ", must=must, ends=not begun)
        if value:
            row[field.id] = value
        elif not begun:
            return None
    return row


def _ask(workspace: "Workspace", field: "Field", prefix: str = "", *, must: bool, ends: bool = False) -> Any:
    """One answer that the field accepts; "" where it is left out."""
    _explain(workspace, field, prefix)
    question = prefix + say(field.label) + ("" if must else say(_ENDS if ends else _OPTIONAL))
    while True:
        answer = click.prompt(question, default="", show_default=False, err=True)
        if not answer.strip():
            if not must:
                return ""
            click.secho(say(Text("这一项必填", "this one is required")), fg="red", err=True)
            continue
        try:
            value = typed(field, answer, workspace)
            trouble = _trouble(workspace, field, value)
        except CsdocsError as error:
            trouble = f"{say(error.message)} — {say(error.hint)}"
        if trouble is None:
            return value
        click.secho(trouble, fg="red", err=True)


_OPTIONAL = Text("（选填）", " (optional)")
_ENDS = Text("（留空结束）", " (empty ends the table)")


def _explain(workspace: "Workspace", field: "Field", prefix: str) -> None:
    indent = " " * len(prefix)
    for said in filter(None, (field.hint, field.own_form)):
        click.secho(indent + say(said), dim=True, err=True)
    options = getattr(field, "options", ())
    if options:
        _offer([f"{i}={say(option.label)}" for i, option in enumerate(options, start=1)], indent)
    if field.kind == "file":
        where = Text(
            "写文件的路径，也可以把文件拖进终端窗口", "the path of a file; it may be dragged onto the terminal"
        )
        click.secho(indent + say(where), dim=True, err=True)
    if field.kind == "staff":
        people = who_may_be_named(field, workspace)
        _offer([f"{p.staff_no} {p.name.to(spoken())}" for p in people], indent)


def _offer(choices: Sequence[str], indent: str) -> None:
    for line in in_a_row(choices, shutil.get_terminal_size().columns - len(indent)):
        click.secho(indent + line, dim=True, err=True)


def _trouble(workspace: "Workspace", field: "Field", value: Any) -> str | None:
    """Why the field would refuse the value, in the words of the rule that says so."""
    from csdocs.prepare.enclosure import Enclosure
    from csdocs.rules import by_slug

    try:
        for each in value if isinstance(value, list) else [value]:
            field.read(each.listed if isinstance(each, Enclosure) else each)
            if field.kind == "staff" and each not in workspace.register.person:
                return say(by_slug()["unknown-staff"].message.format(staff=each))
    except PydanticCustomError as error:
        rule = by_slug()[error.type]
        values = {"value": value, **(error.context or {}), "field": field.label}
        return f"{say(rule.message.format(**values))} — {say(rule.hint.format(**values))}"
    return None
