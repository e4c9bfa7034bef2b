"""Signing records: `sign`, `void`. Prepares bytes; nothing here writes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from csdocs.load.record.case import RecordCase
from csdocs.load.record.entitlement import entitlement, signers
from csdocs.model.error import CsdocsError
from csdocs.model.field import RowsField
from csdocs.model.form import Section, Step
from csdocs.model.record import NO_ROW, Signature
from csdocs.model.spelling import spell as spell_value
from csdocs.model.text import COMMA, SPACE, Text
from csdocs.parse.emit import emit_item
from csdocs.prepare.entry import Entry, require_last
from csdocs.trust.keyring import Signer
from csdocs.trust.payload import digest, record_payload


class SigningRequest(NamedTuple):
    """One signature as the signer asks for it."""

    step: str
    by: str
    at: dt.datetime
    decision: str = "sign"
    comment: str | None = None
    row: str | None = None


def sign_record(case: RecordCase, asked: SigningRequest, signer: Signer) -> Entry:
    """The record with one more signature, made by `signer` over the exact payload."""
    record = case.record
    draft = prepare_signature(case, asked)
    previous = [digest(payload) for payload in case.payloads]
    payload = record_payload(case.workspace.settings.workspace, record, draft, previous)
    signed = draft._replace(signature=signer(payload))
    return Entry(case.path, appended(case.data, signed), case.data)


def prepare_signature(case: RecordCase, asked: SigningRequest) -> Signature:
    """The entry before it is signed; refuses what could not count."""
    assert case.form is not None
    require_last(case)
    if asked.decision == "void":
        _require_standing(case)
    step = case.form.step_by_id.get(asked.step)
    if step is None and asked.decision != "void":
        raise CsdocsError(
            Text("表单 {form} 没有步骤 {step}", "form {form} has no step {step}").format(
                form=case.form.id, step=asked.step
            ),
            Text("步骤：{steps}", "steps: {steps}").format(steps=COMMA.join(case.form.step_by_id)),
        )
    if asked.decision != "void" and step not in case.open_steps:
        raise CsdocsError(
            Text("现在不能签署“{step}”（状态：{state}）", "“{step}” cannot be signed now (state: {state})").format(
                step=step.title if step else asked.step, state=case.form.state_labels[case.progress.state]
            ),
            Text("运行 csdocs why {id}", "run csdocs why {id}").format(id=case.record.id),
        )
    sections = _sections_to_sign(case, step)
    draft = Signature(
        step=asked.step,
        decision=asked.decision,
        by=asked.by,
        post="",
        at=spell_value(asked.at),
        form_sha256=case.compiled.sha256,
        attests=attested(step, asked.decision).zh,
        covers={
            s.id: ids for s in sections if (ids := [f.id for f in case.form.section_fields(s) if not f.is_computed])
        },
        signature="",
        comment=asked.comment,
        row=_row(case, step, asked.row),
        rows_to=_rows_to(case, step),
        computed=_computed(case, sections),
    )
    return _with_post(case, draft)


def _require_standing(case: RecordCase) -> None:
    """What is over already is not declared void."""
    assert case.form is not None
    if case.progress.state not in ("void", "withdrawn"):
        return
    name, state = case.record.name, case.form.state_labels[case.progress.state]
    raise CsdocsError(
        Text("不能作废 {name}（状态：{state}）", "{name} cannot be declared void (state: {state})").format(
            name=name, state=state
        ),
        Text("csdocs show {name} 列出签名", "csdocs show {name} lists its signatures").format(name=name)
        if case.was_taken_back
        else Text(
            "整份记录要作废的，先 csdocs amend {id} --as 工号 --reason 理由，再作废",
            "for the whole record: csdocs amend {id} --as PERSON --reason WHY, then declare it void",
        ).format(id=case.record.id),
    )


def attested(step: Step | None, decision: str) -> Text:
    """What whoever signs declares; the Chinese is what is signed."""
    if decision == "sign" and step is not None and step.attests is not None:
        return step.attests
    return _DECIDED[decision]


_DECIDED = {
    "reject": Text("不同意，驳回", "I do not agree and reject it"),
    "return": Text("退回更正", "I return it for correction"),
    "withdraw": Text("本人撤回", "I withdraw it"),
    "void": Text("声明本记录作废", "I declare this record void"),
}


def _sections_to_sign(case: RecordCase, step: Step | None) -> tuple[Section, ...]:
    """Those signed before and the step's own; also what was written where an earlier step was passed over."""
    assert case.form is not None
    signed = case.signed_before(step)
    steps = case.form.steps[: case.form.steps.index(step)] if step else ()
    passed_over = {each.section for each in steps if each.when is not None and not case.step_applies(each)}
    return tuple(
        section
        for section in case.form.sections
        if section in signed
        or (section.id in passed_over and any(field.id in case.record.data for field in section.fields))
    )


def _computed(case: RecordCase, sections: Sequence[Section]) -> Mapping[str, str] | None:
    """The computed values that the signer sees in the sections to be signed."""
    ids = {field.id for section in sections for field in section.fields if field.is_computed}
    return {id: text for id, text in case.spelled_computed.items() if id in ids} or None


def _row(case: RecordCase, step: Step | None, key: str | None) -> Mapping[str, Mapping[str, str]] | None:
    """The row a `per` step initials: the one asked for, or the first that is not initialled yet."""
    rows = case.form.fields.get(step.per) if case.form and step and step.per else None
    if step is None or not isinstance(rows, RowsField) or rows.key is None:
        return None
    left = [each for each in case.expected(step) if each not in case.progress.partial.get(step.id, [])]
    if not left or (key is not None and key not in left):
        raise CsdocsError(
            Text("没有待签的行 {key}", "no row {key} waits for initials").format(key=key or ""),
            Text("csdocs why {id} 列出待签的行", "csdocs why {id} lists the rows that wait").format(
                id=case.record.name
            ),
        )
    return {rows.id: {rows.key: key or left[0]}}


def _rows_to(case: RecordCase, step: Step | None) -> Mapping[str, Mapping[str, str]] | None:
    assert case.form is not None
    covered = {field.id for section in case.signed_before(step) for field in section.fields}
    out: dict[str, Mapping[str, str]] = {}
    for id in sorted(case.form.append_only & covered):
        field = case.form.fields[id]
        rows = case.record.data.get(id, [])
        if isinstance(field, RowsField) and field.key and not (step and step.per == id):
            out[id] = {field.key: rows[-1][field.key] if rows else NO_ROW}
    return out or None


def _with_post(case: RecordCase, draft: Signature) -> Signature:
    """The signature in the first of the signer's posts in which it counts."""
    person = case.workspace.register.named(draft.by)
    day = draft.moment.astimezone(case.zone).date()
    problem = None
    for tenure in person.tenures(day):
        candidate = draft._replace(post=tenure.post)
        problem = entitlement(case, len(case.record.signatures), candidate)
        if problem is None:
            return candidate
    known = case.workspace.register.person
    able = [
        SPACE.join((number, known[number].name)) if number in known else number for number in _who_may(case, draft, day)
    ]
    reason = (
        problem.values["reason"]
        if problem and "reason" in problem.values
        else Text("当日不担任任何岗位", "holds no post that day")
    )
    raise CsdocsError(
        Text("{by} 不能签署：{reason}", "{by} may not sign: {reason}").format(by=draft.by, reason=reason),
        Text("可以签署的人：{who}", "who may sign: {who}").format(who=COMMA.join(able)) if able else _why(case),
    )


def _why(case: RecordCase) -> Text:
    """Nobody may, perhaps because the field that says who is still empty."""
    said = Text("csdocs why {id} 说明先要填什么、由谁签", "csdocs why {id} says what to fill in first and who may sign")
    return said.format(id=case.record.name)


def _who_may(case: RecordCase, draft: Signature, day: dt.date) -> list[str]:
    """Staff numbers of everybody who may take this decision on that day."""
    assert case.form is not None
    step, register = case.form.step_by_id.get(draft.step), case.workspace.register
    if draft.decision == "void":
        return sorted({number for post in case.form.void_by for number in register.holder_numbers(post, day)})
    if draft.decision == "withdraw" or step is None:
        return [case.record.created_by]
    return sorted(set(signers(case, step, day)))


def appended(data: bytes, signature: Signature) -> bytes:
    entry = {key: value for key, value in signature._asdict().items() if value not in (None, {}, "")}
    text = data.decode()
    text = text if text.endswith("\n") else text + "\n"
    lines = text.split("\n")
    tops = [line for line in lines if line[:1] not in ("", " ", "#", "-")]
    if not any(line.startswith("signatures:") for line in tops):
        text += "signatures:\n"
    elif not tops[-1].startswith("signatures:"):
        raise CsdocsError(
            Text("signatures 必须是文件的最后一项", "`signatures` must be the last key of the file"),
            Text("把 signatures 移到文件末尾，再签", "move it to the end of the file, then sign"),
        )
    return (text + emit_item(entry)).encode()
