"""`csdocs new` and `fill` on a terminal: one question a field, in the words of the form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click
from pydantic_core import PydanticCustomError

from csdocs.cli.language import say, spoken
from csdocs.cli.values import next_key, typed, who_may_be_named
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csdocs.load.workspace import Workspace
    from csdocs.model.field import Field, RowsField
    from csdocs.model.form import Form, Section


def ask_fields(
    workspace: "Workspace",
    form: "Form",
    sections: "Sequence[Section]",
    given: Mapping[str, Any],
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
    answers = dict(given)
    for section in sections:
        click.secho(f"\n{say(section.title)}", fg="cyan", err=True)
        for field in section.fields:
            if field.is_computed or field.id in answers:
                continue
            if isinstance(field, RowsField):
                above = known.get(field.id, [])
                rows = [] if above and not field.append_only else _rows(workspace, field, above)
                value: Any = [*above, *rows] if rows else ""
            else:
                value = "" if field.id in known else _ask(workspace, field)
            if value:
                answers[field.id] = value
    return answers


def _rows(workspace: "Workspace", rows: "RowsField", above: "Sequence[Any]") -> list[dict[str, Any]]:
    """More rows, until one is left empty."""
    out: list[dict[str, Any]] = []
    click.echo(
        say(
            Text(
                "{label}：逐行填写，第一项留空即结束", "{label}: row by row; leave the first item empty to end"
            ).format(label=rows.label)
        ),
        err=True,
    )
    while True:
        number = len(above) + len(out) + 1
        numbered = {rows.key: next_key([row.get(rows.key) for row in (*above, *out)])} if rows.key else {}
        row: dict[str, Any] = dict(numbered)
        for field in (field for field in rows.fields if not field.is_computed and field.id != rows.key):
            value = _ask(workspace, field, prefix=f"  {number}. ", optional=row == numbered)
            if value:
                row[field.id] = value
            elif row == numbered:
                return out
        out.append(row)


def _ask(workspace: "Workspace", field: "Field", prefix: str = "", *, optional: bool = False) -> Any:
    """One answer that the field accepts; "" where it is left out."""
    _explain(workspace, field, prefix)
    must = field.required and not optional
    question = prefix + say(field.label) + ("" if must else say(Text("（选填）", " (optional)")))
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


def _explain(workspace: "Workspace", field: "Field", prefix: str) -> None:
    indent = " " * len(prefix)
    if field.hint:
        click.secho(indent + say(field.hint), dim=True, err=True)
    options = getattr(field, "options", ())
    if options:
        listed = "  ".join(f"{i}={say(option.label)}" for i, option in enumerate(options, start=1))
        click.secho(indent + listed, dim=True, err=True)
    if field.kind == "file":
        where = Text(
            "写文件的路径，也可以把文件拖进终端窗口", "the path of a file; it may be dragged onto the terminal"
        )
        click.secho(indent + say(where), dim=True, err=True)
    if field.kind == "staff":
        people = who_may_be_named(field, workspace)
        listed = "  ".join(f"{p.staff_no} {p.name.to(spoken())}" for p in people)
        click.secho(indent + listed, dim=True, err=True)


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
