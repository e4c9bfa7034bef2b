"""A record, or an empty form, as a view to print."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from csdocs.check import judge_record
from csdocs.load.case import RecordCase
from csdocs.model.field import ChoiceField, Field, RowsField, YesNoField
from csdocs.model.finding import Severity
from csdocs.model.form import DRAFT, Form, Section
from csdocs.model.spelling import shown
from csdocs.model.text import Text
from csdocs.press.enclosure import Enclosures
from csdocs.press.fact import Facts
from csdocs.render.view import (
    AmendmentView,
    BlankView,
    ColumnView,
    FieldView,
    Imprint,
    RecordView,
    SectionView,
    SignOffView,
    TableView,
)

_WIDE = frozenset({"long_text", "file"})
_BLANK_ROWS = 4
_DECISIONS = {
    "sign": Text("", ""),
    "reject": Text("驳回", "rejected"),
    "return": Text("退回", "returned"),
    "withdraw": Text("撤回", "withdrawn"),
    "void": Text("作废", "void"),
}


def record_view(
    facts: Facts, case: RecordCase, amendments: Sequence[RecordCase], enclosed: Enclosures, *, seal: bool
) -> RecordView:
    """`amendments` are the record's files from the first amendment to this one."""
    form, record = case.form, case.record
    assert form is not None
    language = facts.language
    mark = (
        "void"
        if case.progress.state == "void"
        else "draft"
        if facts.workspace.in_set_up or case.progress.state == DRAFT
        else "controlled"
    )
    findings = (f for f in judge_record(case) if f.severity is not Severity.WARNING)
    return RecordView(
        title=form.title.to(language),
        subtitle_en=form.title.en if language == "zh" else "",
        number=record.name,
        form_id=form.id,
        form_revision=record.form_revision,
        state=form.state_labels[case.progress.state].to(language),
        day=case.day.isoformat(),
        sections=tuple(_sections(facts, case)),
        sign_offs=tuple(_sign_offs(facts, case)),
        amendments=tuple(_amendment(facts, each) for each in amendments),
        findings=tuple(dict.fromkeys(finding.message.to(language) for finding in findings)),
        enclosures=enclosed.listed,
        figures=enclosed.figures,
        imprint=facts.imprint(
            record.name, record.form_revision, case.data, mark, case.path, *enclosed.paths, seal=seal
        ),
    )


def _sections(facts: Facts, case: RecordCase) -> Iterator[SectionView]:
    assert case.form is not None
    for section in case.form.sections:
        present = [field for field in case.form.section_fields(section) if _is_shown(field, case)]
        if present:
            yield SectionView(
                title=section.title.to(facts.language),
                fields=tuple(_field(facts, case, field) for field in present if not isinstance(field, RowsField)),
                tables=tuple(_table(facts, case, field) for field in present if isinstance(field, RowsField)),
            )


def _is_shown(field: Field, case: RecordCase) -> bool:
    """Fields without a value are printed too, as on paper, unless their whole part was never reached."""
    if field.id in case.all_values:
        return True
    return field.required and not isinstance(field, RowsField)


def _field(facts: Facts, case: RecordCase, field: Field) -> FieldView:
    value = case.all_values.get(field.id)
    text = "" if value is None else _printed(facts, field, value)
    return FieldView(
        label=field.label.to(facts.language),
        lines=tuple(text.split("\n")) if text else (),
        kind=field.kind,
        wide=field.kind in _WIDE,
        computed=field.is_computed,
    )


def _printed(facts: Facts, field: Field, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_printed(facts, field, each) for each in value)
    match field.kind:
        case "staff":
            return f"{facts.person(value.id)} {value.id}"
        case "department":
            found = facts.workspace.register.department.get(value)
            return found.name.to(facts.language) if found else str(value)
        case "file":
            return str(value["name"])
    return shown(value, field, facts.workspace.settings.zone).to(facts.language)


def _table(facts: Facts, case: RecordCase, rows: RowsField) -> TableView:
    value = case.all_values.get(rows.id, ())
    return TableView(
        label=rows.label.to(facts.language),
        columns=_columns(facts, rows.fields),
        rows=tuple(tuple(_printed(facts, f, row[f.id]) if f.id in row else "" for f in rows.fields) for row in value),
    )


def _columns(facts: Facts, fields: Iterable[Field]) -> tuple[ColumnView, ...]:
    return tuple(ColumnView(label=field.label.to(facts.language), kind=field.kind) for field in fields)


def _sign_offs(facts: Facts, case: RecordCase) -> Iterator[SignOffView]:
    assert case.form is not None
    for index, signature in enumerate(case.record.signatures):
        problem = case.signature_problems[index]
        step = case.form.step_by_id.get(signature.step)
        reason = problem.values.get("reason") if problem else None
        title = step.title if step else Text("作废", "Void")
        at = shown(signature.moment, None, facts.workspace.settings.zone)
        yield SignOffView(
            title=title.to(facts.language),
            attests=signature.attests,
            person=facts.person(signature.by),
            staff_no=signature.by,
            post=facts.post(signature.post),
            at=at.to(facts.language),
            verified=problem is None,
            reason=reason.to(facts.language) if isinstance(reason, Text) else "",
            decision=_DECISIONS[signature.decision].to(facts.language),
            comment=signature.comment or "",
        )


def _amendment(facts: Facts, case: RecordCase) -> AmendmentView:
    record = case.record
    return AmendmentView(
        id=record.name,
        at=shown(record.created, None, facts.workspace.settings.zone).to(facts.language),
        person=f"{facts.person(record.created_by)} {record.created_by}",
        reason=record.reason or "",
    )


def blank_view(facts: Facts, form: Form, imprint: Imprint) -> BlankView:
    language = facts.language
    signed = (step for step in form.steps if step.attests is not None)
    return BlankView(
        title=form.title.to(language),
        subtitle_en=form.title.en if language == "zh" else "",
        form_id=form.id,
        form_revision=form.revision,
        sections=tuple(_blank_section(facts, form, section) for section in form.sections if _to_fill(section)),
        steps=tuple(
            SignOffView(title=s.title.to(language), attests=s.attests.to(language) if s.attests else "") for s in signed
        ),
        imprint=imprint,
    )


def _to_fill(section: Section) -> bool:
    return any(not field.is_computed for field in section.fields)


def _blank_section(facts: Facts, form: Form, section: Section) -> SectionView:
    fields = [field for field in form.section_fields(section) if not field.is_computed and field.id != "attachments"]
    return SectionView(
        title=section.title.to(facts.language),
        fields=tuple(_blank_field(facts, field) for field in fields if not isinstance(field, RowsField)),
        tables=tuple(
            TableView(
                label=field.label.to(facts.language),
                columns=_columns(facts, (inner for inner in field.fields if not inner.is_computed)),
                blank_rows=_BLANK_ROWS,
            )
            for field in fields
            if isinstance(field, RowsField)
        ),
    )


def _blank_field(facts: Facts, field: Field) -> FieldView:
    choices: tuple[str, ...] = ()
    if isinstance(field, ChoiceField):
        choices = tuple(option.label.to(facts.language) for option in field.options)
    elif isinstance(field, YesNoField):
        choices = (facts.say("是", "yes"), facts.say("否", "no"))
    wide = field.kind in _WIDE or len("".join(choices)) > 14
    return FieldView(label=field.label.to(facts.language), kind=field.kind, wide=wide, choices=choices)
