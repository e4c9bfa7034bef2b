"""Entering records: `new`, `fill`, `amend`, `renumber`. Each prepares bytes; nothing here writes."""

import datetime as dt
import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from csdocs.load.record.case import Query, RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Finding, Position, Severity
from csdocs.model.form import Form, Section, Step
from csdocs.model.number import field_names
from csdocs.model.person import HOLDS_NO_POST
from csdocs.model.place import STUB, is_stub
from csdocs.model.record import Record
from csdocs.model.spelling import spell as spell_value
from csdocs.model.suggestion import did_you_mean
from csdocs.model.text import BELOW, COMMA, EMPTY, SPACE, Text
from csdocs.parse.emit import emit
from csdocs.parse.fields import set_fields
from csdocs.prepare.numbering import is_contested, next_number, require_replacing, taken_numbers
from csdocs.rules import by_slug
from csdocs.rules.record import form_not_in_use
from csdocs.store import disk


class Entry(NamedTuple):
    """What is to be written: `was` are the bytes that were read (None for a new file)."""

    path: str
    data: bytes
    was: bytes | None


def find_record(workspace: Workspace, name: str) -> str:
    """Path of the record file that a person means by an id, an id with `.aN`, or a path. The latest amendment, if not said."""
    found = look_for_record(workspace, name)
    if found is None:
        raise _not_there(workspace, name)
    return found


def look_for_record(workspace: Workspace, name: str) -> str | None:
    """None where there is none. Ids are typed in either case."""
    path = posixpath.normpath(name)
    paths = list(workspace.record_paths_named(posixpath.basename(path).removesuffix(".yaml")))
    if path in paths:
        return path
    found = [path for path in paths if _names(path, name)]
    if not found:
        capital = in_capitals(name)
        return look_for_record(workspace, capital) if capital != name else None
    exact = [path for path in found if path.rpartition("/")[2] == f"{name}.yaml"]
    amended = sorted((path for path in found if path not in exact), key=lambda path: int(path[:-5].rpartition(".a")[2]))
    return amended[-1] if amended else exact[0]


def require_undisposed(workspace: Workspace, name: str) -> None:
    ids = (name, in_capitals(name))
    gone = (path for id in ids for path in workspace.source.files_named(disk.RECORDS, f"{id}{STUB}") if is_stub(path))
    stub = workspace.stub(path) if (path := next(gone, None)) else None
    if stub is not None:
        raise CsdocsError(
            Text("{name} 保存期满，已经处置", "{name} was disposed of at the end of its retention").format(name=name),
            Text("依据：{record}", "on the strength of {record}").format(record=stub.disposition),
        )


def _not_there(workspace: Workspace, name: str) -> CsdocsError:
    require_undisposed(workspace, name)
    path = workspace.paths_by_id.get(name.upper())
    if path is not None:
        return CsdocsError(
            Text("{name} 是制度或表单，不是记录", "{name} is a document or form, no record").format(name=name),
            Text(
                "内容在 {path}；csdocs history {name} 列出各版次，csdocs render {name} 打印",
                "it lies in {path}; csdocs history {name} lists its revisions, csdocs render {name} prints it",
            ).format(name=name, path=path),
        )
    meant = record_meant(workspace, name)
    guess = did_you_mean(meant) if meant else EMPTY
    return CsdocsError(
        Text("没有记录 {name}{meant}", "there is no record {name}{meant}").format(name=name, meant=guess),
        Text("用 csdocs list 表单编号 列出记录", "csdocs list FORM shows the records"),
    )


def record_meant(workspace: Workspace, name: str) -> str | None:
    """The record whose id is the same but for zeros, separators and wide letters, as when `-1` is typed for `-001`."""
    wanted = _parts(name)
    names = (
        posixpath.basename(path).removesuffix(".yaml")
        for path in workspace.source.files_below(disk.RECORDS)
        if path.endswith(".yaml")
    )
    return next((id for id in names if _parts(id) == wanted), None)


def _parts(id: str) -> list[str]:
    return [part.lstrip("0") for part in re.split(r"[^0-9A-Z]+", unicodedata.normalize("NFKC", id).upper())]


def in_capitals(name: str) -> str:
    """An id as most are written; `.a1` stays."""
    id, dot, rest = name.partition(".")
    return id.upper() + dot + rest


def existing(workspace: Workspace, ids: Collection[str]) -> set[str]:
    """Those of the ids that records have, or had before they were disposed of."""
    if len(ids) > _FEW:
        return {_stem(path) for path in workspace.source.files_below(disk.RECORDS)}.intersection(ids)
    return {id for id in ids if id in map(_stem, workspace.source.files_named(disk.RECORDS, id))}


_FEW = 20  # looked up by name; for more all files are gone through once


def _stem(path: str) -> str:
    return posixpath.basename(path).partition(".")[0]


def _names(path: str, name: str) -> bool:
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    before, dot, number = stem.rpartition(".a")
    return stem == name or (bool(dot) and before == name and number.isdigit())


def open_case(
    workspace: Workspace,
    path: str,
    data: bytes | None = None,
    *,
    query: Query | None = None,
    now: dt.datetime | None = None,
) -> RecordCase:
    """A record ready to be worked on at a moment (default: now), or the reason why it is not."""
    case = RecordCase(workspace, path, workspace.read(path) if data is None else data, query=query, now=now)
    if case.parsed.record is None or case.form is None:
        raise CsdocsError(
            Text("{path} 不是可用的记录", "{path} is not a usable record").format(path=path),
            Text("运行 csdocs check {path}", "run csdocs check {path}").format(path=path),
        )
    return case


def require_in_use(workspace: Workspace, form: Form) -> None:
    """Nobody fills in a form of an industry that is not switched on."""
    if not workspace.is_in_use(form):
        values = {"form": form.id, "profiles": " / ".join(form.profile)}
        raise CsdocsError(form_not_in_use.RULE.message.format(**values), form_not_in_use.RULE.hint.format(**values))


class Draft(NamedTuple):
    """What somebody has entered and nobody has numbered: until then `case` stands under an id that no record has."""

    case: RecordCase
    form: Form
    header: Mapping[str, str]
    data: Mapping[str, Any]


def draft_record(
    workspace: Workspace,
    form_id: str,
    by: str,
    at: dt.datetime,
    data: Mapping[str, Any],
    org_unit: str | None = None,
) -> Draft:
    """By the revision of the form in force that day."""
    if form_id in workspace.forms:
        require_in_use(workspace, workspace.forms[form_id])
    header = _header(workspace, form_id, by, at, org_unit)
    draft = _case_of(workspace, {"record": "NEW-1", **header, "data": dict(data)})
    _require_readable(draft)
    found = workspace.form_in_force(form_id, draft.day) if draft.form else None
    if found is None:
        raise CsdocsError(
            Text("{day} 没有生效的表单 {form}", "no form {form} is in force on {day}").format(
                form=form_id, day=draft.day if draft.form else ""
            ),
            Text("csdocs form list 列出可用的表单", "csdocs form list shows the forms"),
        )
    form, revision = found
    return Draft(draft, form, {**header, "form_revision": str(revision.number)}, data)


def number_draft(draft: Draft, taken: set[str]) -> Entry:
    """The record, under the next number. `taken`: numbers in use; gets this one too."""
    workspace, form, data = draft.case.workspace, draft.form, draft.data
    id = next_number(form, draft.case.day, data, taken)
    require_replacing(workspace, form, id)
    taken.add(id)
    case = _case_of(workspace, {"record": id, **draft.header, "data": dict(data)})
    if case.parsed.record is None:
        raise _no_number(form, id)
    return Entry(case.proper_path, case.data, None)


def _header(workspace: Workspace, form_id: str, by: str, at: dt.datetime, org_unit: str | None) -> dict[str, str]:
    day = at.astimezone(workspace.settings.zone).date()
    tenures, form = workspace.register.named(by).tenures(day), workspace.form_on(form_id, day)
    if org_unit is None and not tenures:
        raise CsdocsError(
            HOLDS_NO_POST.format(by=by),
            Text("用 --org-unit 指明部门", "name the department with --org-unit"),
        )
    return {
        "form": form_id,
        "form_revision": str(form.revision) if form else "1",
        "org_unit": org_unit or tenures[0].department,
        "created_by": by,
        "created_at": spell_value(at),
    }


def _no_number(form: Form, id: str) -> CsdocsError:
    fields = COMMA.join(field_names(form.number.pattern))
    return CsdocsError(
        Text("“{id}”不能作编号", "“{id}” cannot be a number").format(id=id),
        Text("核对编号所用的字段：{fields}", "check the fields that the number is made of: {fields}").format(
            fields=fields
        ),
    )


def _require_readable(draft: RecordCase) -> None:
    """What somebody typed may not be writable at all: a control character, a department that is none."""
    if draft.parsed.record is not None:
        return
    problem = draft.parsed.problems[0]
    found = by_slug()[problem.slug].finding(problem, draft.path, Position(1, 1))
    raise CsdocsError(
        Text("填写的内容不能写成记录：{why}", "what was entered cannot be written as a record: {why}").format(
            why=found.message
        ),
        found.hint,
    )


def _case_of(workspace: Workspace, tree: Mapping[str, Any]) -> RecordCase:
    if not tree["data"]:
        tree = {key: value for key, value in tree.items() if key != "data"}
    case = RecordCase(workspace, "", emit(tree).encode())
    if case.parsed.record is not None and case.form is not None:
        case.path = case.proper_path
    return case


def sections_to_fill(case: RecordCase, step: Step) -> tuple[Section, ...]:
    """What a step will sign for the first time, and its own section, whose tables may still grow."""
    assert case.form is not None
    if step.section is None:
        return tuple(section for section in case.form.sections if section.id not in case.reached)
    return tuple(s for s in case.signed_before(step) if s.id == step.section or s.id not in case.reached)


def fill_record(case: RecordCase, values: Mapping[str, Any]) -> Entry:
    """The record with these fields besides those that it has; None takes a field out."""
    assert case.form is not None
    require_last(case)
    if case.is_final:
        raise CsdocsError(
            Text("{id} 已结束（{state}），不能再填", "{id} is closed ({state}) and takes nothing more").format(
                id=case.record.name, state=case.form.state_labels[case.progress.state]
            ),
            after_the_end(case),
        )
    return Entry(case.path, set_fields(case.data, values, [*case.form.fields]), case.data)


def require_last(case: RecordCase) -> None:
    """What was amended stays as it is: the amendment names its digest."""
    later = case.record._replace(amendment=case.record.amendment + 1).name
    if (case.workspace.root / f"{case.directory}/{later}.yaml").exists():
        raise CsdocsError(
            Text("{name} 已有更正 {later}，不能再改", "{name} was amended by {later} and stays as it is").format(
                name=case.record.name, later=later
            ),
            Text("办理最新的一份：csdocs why {id}", "go on with the latest amendment: csdocs why {id}").format(
                id=case.record.id
            ),
        )


def after_the_end(case: RecordCase) -> Text:
    """What whoever still has something to enter may do."""
    return _anew(case.record) if case.was_taken_back else _AMEND.format(id=case.record.id)


_AMEND = Text(
    "需要更正的，用 csdocs amend {id} --as 工号 --reason 理由",
    "to correct it: csdocs amend {id} --as PERSON --reason WHY",
)


def _anew(record: Record) -> Text:
    """What is void or withdrawn takes no amendment."""
    return Text("另填一份：csdocs new {form} --as 工号", "enter another: csdocs new {form} --as PERSON").format(
        form=record.form
    )


def new_errors(before: list[Finding], after: list[Finding]) -> list[Finding]:
    """Errors of an illegal file that a step would make: those that it brings, or else those that were there."""
    known = {(finding.code, finding.message) for finding in before}
    errors = [finding for finding in after if finding.severity is Severity.ERROR]
    return [finding for finding in errors if (finding.code, finding.message) not in known] or errors


def refuse_errors(before: list[Finding], after: list[Finding]) -> None:
    """Stop if a step would make an illegal file: what is wrong with it, first things first."""
    errors = new_errors(before, after)
    if not errors:
        return
    told = [SPACE.join((_place(each), each.message)) for each in errors]
    raise CsdocsError(
        BELOW.join([Text("记录尚有错误，没有写入：", "the record has errors, nothing was written:"), *told]),
        errors[0].hint,
    )


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}:{finding.col}:"


def amend_record(case: RecordCase, by: str, at: dt.datetime, reason: str) -> Entry:
    """A full copy of the record under the next `.aN`, to be corrected and signed as far as this one was."""
    record = case.record
    require_last(case)
    if not record.signatures:
        raise CsdocsError(
            Text("{name} 尚未签署，可直接修改", "{name} is not signed: change it directly").format(name=record.name),
            Text("csdocs fill {name} --set 字段=值", "csdocs fill {name} --set FIELD=VALUE").format(name=record.name),
        )
    if case.was_taken_back:
        raise CsdocsError(
            Text("{name} 已作废或撤回，请重新填写", "{name} is void or withdrawn: enter a new record").format(
                name=record.name
            ),
            _anew(record),
        )
    tree = _tree(
        record._replace(created_by=by, created_at=spell_value(at), amendment=record.amendment + 1, reason=reason)
    )
    tree["amends"] = {"file": f"{record.name}.yaml", "sha256": hashlib.sha256(case.data).hexdigest()}
    ordered = {key: tree[key] for key in (*_HEAD, "amendment", "amends", "reason", "data") if key in tree}
    path = f"{case.directory}/{record._replace(amendment=record.amendment + 1).name}.yaml"
    return Entry(path, emit(ordered).encode(), None)


_HEAD = ("record", "form", "form_revision", "org_unit", "created_by", "created_at")


def _tree(record: Record) -> dict[str, Any]:
    values = {**record._asdict(), "record": record.id, "form_revision": str(record.form_revision)}
    optional = {"amendment": str(record.amendment)} if record.amendment else {}
    wanted = {key: values[key] for key in (*_HEAD, "reason", "data") if values[key]}
    return {**wanted, **optional}


def renumber_record(case: RecordCase) -> Entry:
    """An unsigned copy under the next free number: of two that collide the later one moves and is signed again."""
    assert case.form is not None
    name = case.record.name
    if case.record.amendment or (case.workspace.root / f"{case.directory}/{name}.a1.yaml").exists():
        raise CsdocsError(
            Text("{name} 有更正记录，编号不能再改", "{name} has been amended: its number stays").format(name=name),
            Text("给另一份同号的记录换号", "renumber the other record of that number"),
        )
    if case.record.signatures and case.number is not None and not is_contested(case):
        raise CsdocsError(
            Text(
                "{name} 已签字，编号正确，也没有与别的记录重复",
                "{name} is signed, and its number is right and nobody else's",
            ).format(name=name),
            Text(
                "内容有误的，用 csdocs amend 更正或 csdocs void 作废",
                "what is wrong in it is put right by csdocs amend or csdocs void",
            ),
        )
    id = next_number(case.form, case.day, case.record.data, taken_numbers(case.workspace, case.form))
    tree = _tree(case.record._replace(id=id))
    ordered = {key: tree[key] for key in (*_HEAD, "data") if key in tree}
    return Entry(f"{case.directory}/{id}.yaml", emit(ordered).encode(), None)
