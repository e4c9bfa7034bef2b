"""`csdocs show`, `list`: the verbs that only look."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from csdocs.cli.completing import form_ids, record_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.query import written
from csdocs.cli.shared import AS_OF, NO_INDEX, DateType, echo_lines, format_option, help_text, no_form, open_registered
from csdocs.cli.table import table_lines, terminal_room
from csdocs.cli.tables import current_tables, say_what_is_not_counted
from csdocs.cli.writing import open_named
from csdocs.model.error import CsdocsError
from csdocs.model.text import COLON, COMMA, EMPTY, Text

if TYPE_CHECKING:
    from csdocs.load.holdings.tree import Summary
    from csdocs.load.record.case import RecordCase
    from csdocs.model.field import Field
    from csdocs.model.form import Section
    from csdocs.model.listed import Listed


@click.command(
    "show", help=help_text("显示一份记录：内容、签名和状态。", "Show a record: contents, signatures and state.")
)
@click.argument("id", shell_complete=record_ids)
@format_option("text", "json")
@click.option(
    "--payload",
    metavar="STEP",
    help=help_text(
        "原样输出该步骤所签的字节，可用 ssh-keygen -Y verify 验证",
        "print the exact bytes that step signed, for ssh-keygen -Y verify",
    ),
)
def show_(id: str, format_: str, payload: str | None) -> int:
    case = open_named(id)
    if payload is not None:
        sys.stdout.buffer.write(_payload(case, payload))
        sys.stdout.buffer.flush()
    elif format_ == "json":
        click.echo(json.dumps(record_dict(case), ensure_ascii=False, indent=2))
    else:
        _print_record(case)
    return CLEAN


def _payload(case: "RecordCase", step: str) -> bytes:
    found = [i for i, signature in enumerate(case.record.signatures) if signature.step == step]
    if not found:
        raise CsdocsError(
            Text("{id} 的步骤“{step}”尚未签署", "step “{step}” of {id} is not signed").format(
                id=case.record.name, step=step
            ),
            Text("csdocs why {id} 列出步骤", "csdocs why {id} lists its steps").format(id=case.record.name),
        )
    return case.payloads[found[-1]]


def record_dict(case: "RecordCase") -> dict[str, Any]:
    """A record with what is derived of it, every value as files spell it."""
    record = case.record
    signatures = [
        {**{k: v for k, v in s._asdict().items() if v and k != "covers"}, "valid": case.signature_problems[i] is None}
        for i, s in enumerate(record.signatures)
    ]
    return {
        "record": record.id,
        "amendment": record.amendment,
        "reason": record.reason,
        "path": case.path,
        "form": record.form,
        "form_revision": record.form_revision,
        "day": case.day.isoformat(),
        "state": case.progress.state,
        "final": case.is_final,
        "retain_until": case.retain_until.isoformat() if case.retain_until else None,
        "org_unit": record.org_unit,
        "created_by": record.created_by,
        "created_at": record.created_at,
        "data": record.data,
        "computed": case.spelled_computed,
        "signatures": signatures,
    }


def _print_record(case: "RecordCase") -> None:
    from csdocs.model.spelling import shown

    form, record = case.form, case.record
    assert form is not None
    click.secho(f"{record.name}  {say(form.title)}  {form.id} r{record.form_revision}", bold=True)
    state = click.style(say(form.state_labels[case.progress.state]), bold=True)
    unit, by = _name(case, "department", record.org_unit), _name(case, "staff", record.created_by)
    at = say(shown(record.created, None, case.zone))
    click.echo(f"{say(Text('状态', 'State'))}{say(COLON)}{state}   {unit}   {by}   {at}")
    if record.amendment:
        said = Text("第{n}次更正，原因：{reason}", "Amendment {n}, because: {reason}")
        click.echo(say(said.format(n=record.amendment, reason=record.reason or "")))
    for section in form.sections:
        lines = list(_section_lines(case, section))
        if lines:
            click.secho(f"\n{say(section.title)}", fg="cyan")
            click.echo("\n".join(lines))
    click.secho(f"\n{say(Text('签名', 'Signatures'))}", fg="cyan")
    echo_lines(_signature_lines(case) if record.signatures else [say(Text("  （无）", "  (none)"))])


def _signature_lines(case: "RecordCase") -> "Iterator[str]":
    from csdocs.model.form import DECISION_WORDS
    from csdocs.model.spelling import shown

    assert case.form is not None
    titles = {step.id: say(step.title) for step in case.form.steps}
    for signature, problem in zip(case.record.signatures, case.signature_problems, strict=True):
        mark = click.style("✓", fg="green") if problem is None else click.style("✗", fg="red")
        step, decision = titles.get(signature.step, signature.step), say(DECISION_WORDS[signature.decision])
        by, at = _name(case, "staff", signature.by), say(shown(signature.moment, None, case.zone))
        yield f"  {mark} {step}  {decision}  {by}  {at}"
        if signature.comment:
            yield f"      {signature.comment}"


def _section_lines(case: "RecordCase", section: "Section") -> Iterator[str]:
    from csdocs.model.field import RowsField

    assert case.form is not None
    for field in case.form.section_fields(section):
        if field.id not in case.all_values:
            continue
        value = case.all_values[field.id]
        if isinstance(field, RowsField):
            yield f"  {say(field.label)}{say(COLON).rstrip()}"
            head = [say(inner.label) for inner in field.fields]
            body = [
                [_value_text(case, inner, row[inner.id]) if inner.id in row else "" for inner in field.fields]
                for row in value
            ]
            yield from ("    " + line for line in table_lines(head, body, room=terminal_room(4)))
        else:
            yield f"  {say(field.label)}{say(COLON)}{_value_text(case, field, value)}".replace("\n", "\n    ")


def _value_text(case: "RecordCase", field: "Field", value: Any) -> str:
    from csdocs.model.spelling import shown

    return _name(case, field.kind, say(shown(value, field, case.zone)))


def _name(case: "RecordCase", kind: str, id: str) -> str:
    """With the name of the person or department that is meant."""
    register = case.workspace.register
    person = register.person.get(id) if kind == "staff" else None
    found = person or (register.department.get(id) if kind == "department" else None)
    return f"{id} {found.name.to(spoken())}" if found else id


@click.command(
    "list",
    help=help_text(
        "列出某个表单的记录。\n\n不写表单时，列出每个表单有多少份记录。",
        "List the records of a form.\n\nWithout a form it says how many records of each form there are.",
    ),
)
@click.argument("form", shell_complete=form_ids, required=False)
@click.option("--state", metavar="STATE", help=help_text("只列这种状态", "only this state"))
@click.option("--overdue", is_flag=True, help=help_text("只列已逾期的", "only overdue ones"))
@click.option("--since", type=DateType(), help=help_text("只列这一天及以后的", "only from this day on"))
@format_option("table", "json", "csv")
@AS_OF
@NO_INDEX
def list_(
    form: str | None,
    state: str | None,
    overdue: bool,
    since: dt.date | None,
    format_: str,
    as_of: dt.date | None,
    no_index: bool,
) -> int:
    records = _listed(form and form.upper(), as_of, no_index)
    if state is not None and all(state not in (each.state, say(each.label)) for each in records.listed):
        _require_state(form and form.upper(), state)
    found = [each for each in records.listed if _is_wanted(each, records.now, state, overdue, since)]
    if form:
        _print_rows([_row(each, records.now) for each in found], format_)
    else:
        _print_counts(found, records.now, records.titles, format_)
    say_what_is_not_counted(records.unreadable)
    return CLEAN


class _Records(NamedTuple):
    """Those in the folder of a form, or all; the moment that counts, how many cannot be read, and of all the titles of their forms."""

    listed: list["Listed"]
    now: dt.datetime
    unreadable: int
    titles: Mapping[str, Text]


def _listed(form: str | None, as_of: dt.date | None, no_index: bool) -> _Records:
    """From the index while it holds, else from the files."""
    from csdocs.store import disk

    with current_tables(as_of, no_index=no_index) as current:
        if current is not None:
            reading, start = current.reading, f"{disk.RECORDS}/"
            if form:
                start += f"{_folder(form, reading.directory(form))}/"
            found = [each for each in reading.listed(form) if each.path.startswith(start)]
            titles = {} if form else reading.titles()
            return _Records(found, current.now, reading.unreadable_below(start.rstrip("/")), titles)
    return _read_anew(form, as_of)


def _require_state(form: str | None, state: str) -> None:
    """No record is in it; whether any could be, the form says, or all of them."""
    from csdocs.load.workspace import open_workspace

    workspace = open_workspace()
    found = filter(None, [workspace.form_today(form)] if form else workspace.forms.values())
    known = {id: say(label) for each in found for id, label in each.state_labels.items()}
    if not known or state in (*known, *known.values()):
        return
    if form is None:
        raise CsdocsError(
            Text("哪个表单都没有状态“{state}”", "no form has a state “{state}”").format(state=state),
            Text(
                "写上表单，就列出它的状态：csdocs list 表单编号 --state {state}",
                "name a form to see its states: csdocs list FORM --state {state}",
            ).format(state=state),
        )
    raise CsdocsError(
        Text("{form} 没有状态“{state}”", "{form} has no state “{state}”").format(form=form, state=state),
        Text("可用的状态：{states}", "its states: {states}").format(
            states=say(COMMA).join(f"{id} {label}" for id, label in known.items())
        ),
    )


def _folder(form: str, found: str | None) -> str:
    if found is None:
        from csdocs.load.workspace import open_workspace  # slow to come by

        raise no_form(open_workspace(), form)
    return found


def _read_anew(form: str | None, as_of: dt.date | None) -> _Records:
    """Files elsewhere are read as far as to see whether they bear the number of one that is listed: it may be they that count."""
    from csdocs.load.holdings.tree import counting, listed, summarise
    from csdocs.load.record.case import RecordCase
    from csdocs.parse.record import stated_number
    from csdocs.store import disk

    workspace, start = open_registered(as_of=as_of), f"{disk.RECORDS}/"
    now = workspace.now  # while the settings cannot be read, no other word is said
    if form:
        found = workspace.forms.get(form)
        start += f"{_folder(form, found.directory if found else None)}/"

    def read(paths: Iterable[str]) -> list["Summary | None"]:
        return [summarise(RecordCase(workspace, path, workspace.read(path))) for path in paths]

    paths = [*workspace.record_paths()]
    found_here = read(path for path in paths if path.startswith(start))
    summaries = [each for each in found_here if each is not None]
    numbers = {None, *(each.id for each in summaries)}
    elsewhere = (path for path in paths if not path.startswith(start))
    rivals = read(path for path in elsewhere if stated_number(workspace.read(path)) in numbers)
    chosen = counting(filter(None, [*summaries, *rivals]))
    rows = [listed(each)._replace(counts=chosen[each.id] is each) for each in summaries if form in (None, each.form)]
    titles = {} if form else {id: each.title for id, each in workspace.forms.items()}
    return _Records(rows, now, found_here.count(None), titles)


def _row(each: "Listed", now: dt.datetime) -> dict[str, Any]:
    return {
        "record": each.name,
        "form": each.form,
        "day": each.day,
        "state": each.state,
        "state_label": say(each.label),
        "overdue": list(map(say, each.overdue(now))),
        "created_by": each.created_by,
        "path": each.path,
        "counts": each.counts,
    }


_NONE = Text("没有这样的记录", "there are no such records")
_ONE_FORM = Text("csdocs list 表单编号 列出其中一种", "csdocs list FORM lists those of one form")
_ANOTHER = Text("（以另一份为准）", " (another file counts)")


def _is_wanted(each: "Listed", now: dt.datetime, state: str | None, overdue: bool, since: dt.date | None) -> bool:
    if state is not None and state not in (each.state, say(each.label)):
        return False
    return (not overdue or bool(each.overdue(now))) and (since is None or each.day >= since.isoformat())


_HEADS = {
    "record": Text("编号", "Number"),
    "day": Text("日期", "Day"),
    "state_label": Text("状态", "State"),
    "overdue": Text("逾期", "Overdue"),
    "created_by": Text("填表人", "By"),
}


def _print_rows(rows: list[dict[str, Any]], format_: str) -> None:
    if format_ == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    shown = (row if row["counts"] else {**row, "state_label": row["state_label"] + say(_ANOTHER)} for row in rows)
    cells = (
        [say(COMMA).join(cell) if isinstance(cell, list) else cell for cell in map(row.get, _HEADS)] for row in shown
    )
    echo_lines(written([say(head) for head in _HEADS.values()], cells, format_, terminal_room()))
    if not rows:
        click.echo(say(_NONE), err=True)


_COUNT_HEADS = {
    "form": Text("表单", "Form"),
    "title": Text("名称", "Title"),
    "records": Text("份数", "Records"),
    "overdue": Text("逾期", "Overdue"),
}


def _print_counts(found: Iterable["Listed"], now: dt.datetime, titles: Mapping[str, Text], format_: str) -> None:
    """Of each form that has records."""
    counted = [each for each in found if each.counts]
    records, late = Counter(each.form for each in counted), Counter(each.form for each in counted if each.overdue(now))
    cells = ([form, say(titles.get(form, EMPTY)), records[form], late[form]] for form in sorted(records))
    heads = list(_COUNT_HEADS if format_ == "json" else map(say, _COUNT_HEADS.values()))
    echo_lines(written(heads, cells, format_, terminal_room()))
    if not counted:
        click.echo(say(_NONE), err=True)
    elif format_ == "table":
        click.echo(say(_ONE_FORM), err=True)
