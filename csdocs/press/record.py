"""A record, or an empty form, as a view to print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from csdocs.check.whole import judge_record
from csdocs.load.record.case import RecordCase
from csdocs.model.field import ChoiceField, Field, RowsField, YesNoField
from csdocs.model.finding import Severity
from csdocs.model.form import DECISIONS_TAKEN, DRAFT, Form, Section
from csdocs.model.record import Record
from csdocs.model.spelling import shown
from csdocs.model.text import COMMA, EMPTY, Language, Text
from csdocs.press.audience import Audience
from csdocs.press.enclosure import Enclosures
from csdocs.press.fact import PrintFacts
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


def record_view(
    audience: Audience,
    case: RecordCase,
    amendments: Sequence[RecordCase],
    enclosed: Enclosures,
    counting: Record,
    *,
    seal: bool,
) -> RecordView:
    """`amendments` are the record's files from the first amendment to this one; `counting` may be one before or after it."""
    form, record, facts = case.form, case.record, audience.facts
    assert form is not None
    language = facts.language
    replaced_by = counting.name if counting.amendment > record.amendment else ""
    stands = counting.name if counting.amendment < record.amendment else ""
    draft = bool(stands) or case.progress.state == DRAFT
    mark = _mark(facts, case.progress.state, replaced=bool(replaced_by), draft=draft)
    imprint = facts.imprint(record.name, record.form_revision, case.data, mark, case.path, *enclosed.paths, seal=seal)
    return RecordView(
        title=form.title.to(language),
        subtitle_en=form.title.en if language == "zh" else "",
        number=record.name,
        form_id=form.id,
        form_revision=record.form_revision,
        state=form.state_labels[case.progress.state].to(language),
        day=case.day.isoformat(),
        note=audience.note,
        sections=tuple(_sections(audience, case)),
        sign_offs=tuple(_sign_offs(audience, case)),
        amendments=tuple(_amendment(audience, each) for each in amendments),
        replaced_by=replaced_by,
        stands=stands,
        findings=tuple(_findings(case, language)) if audience.is_house else (),
        enclosures=enclosed.listed,
        figures=enclosed.figures,
        imprint=replace(imprint, copy_mark=audience.mark(mark)),
    )


def _mark(facts: PrintFacts, state: str, *, replaced: bool, draft: bool) -> str:
    if state == "void":
        return "void"
    if replaced:
        return "superseded"
    return "draft" if draft or facts.workspace.in_set_up else "controlled"


def _findings(case: RecordCase, language: Language) -> Iterable[str]:
    findings = (finding for finding in judge_record(case) if finding.severity is not Severity.WARNING)
    return dict.fromkeys(finding.message.to(language) for finding in findings)


def _sections(audience: Audience, case: RecordCase) -> Iterator[SectionView]:
    assert case.form is not None
    for section in filter(audience.sees, case.form.sections):
        fields = filter(audience.sees, case.form.section_fields(section))
        present = [field for field in fields if _is_shown(field, case)]
        if present:
            yield SectionView(
                title=section.title.to(audience.facts.language),
                content=tuple(
                    _table(audience, case, field) if isinstance(field, RowsField) else _field(audience, case, field)
                    for field in present
                ),
            )


def _is_shown(field: Field, case: RecordCase) -> bool:
    """Fields without a value are printed too, as on paper, unless their whole part was never reached."""
    if field.id in case.all_values:
        return True
    return field.required and not isinstance(field, RowsField)


def _field(audience: Audience, case: RecordCase, field: Field) -> FieldView:
    value = case.all_values.get(field.id)
    text = "" if value is None else _read(audience, field, value)
    return FieldView(
        label=field.label.to(audience.facts.language),
        lines=tuple(text.split("\n")) if text else (),
        kind=field.kind,
        wide=field.kind in _WIDE,
        computed=field.is_computed,
    )


def _read(audience: Audience, field: Field, value: Any) -> str:
    return audience.words(field, _printed(audience, field, value))


def _printed(audience: Audience, field: Field, value: Any) -> str:
    facts = audience.facts
    if isinstance(value, list):
        return COMMA.to(facts.language).join(_printed(audience, field, each) for each in value)
    match field.kind:
        case "staff":
            return audience.person(value.id)
        case "department":
            found = facts.workspace.register.department.get(value)
            return found.name.to(facts.language) if found else str(value)
        case "file":
            return str(value["name"])
    return shown(value, field, facts.workspace.settings.zone).to(facts.language)


def _table(audience: Audience, case: RecordCase, rows: RowsField) -> TableView:
    fields = [field for field in rows.fields if audience.sees(field)]
    return TableView(
        label=rows.label.to(audience.facts.language),
        columns=_columns(audience.facts, fields),
        rows=tuple(
            tuple(_read(audience, field, row[field.id]) if field.id in row else "" for field in fields)
            for row in case.all_values.get(rows.id, ())
        ),
    )


def _columns(facts: PrintFacts, fields: Iterable[Field]) -> tuple[ColumnView, ...]:
    return tuple(ColumnView(label=field.label.to(facts.language), kind=field.kind) for field in fields)


def _sign_offs(audience: Audience, case: RecordCase) -> Iterator[SignOffView]:
    assert case.form is not None
    facts, house = audience.facts, audience.is_house
    sections = {section.id: section for section in case.form.sections}
    for index, signature in enumerate(case.record.signatures):
        problem = case.signature_problems[index]
        step = case.form.step_by_id.get(signature.step)
        if step and step.section and not audience.sees(sections[step.section]):
            continue
        reason = problem.values.get("reason") if problem else None
        title = step.title if step else Text("作废", "Void")
        at = shown(signature.moment, None, facts.workspace.settings.zone)
        yield SignOffView(
            title=title.to(facts.language),
            attests=signature.attests,
            person=facts.person(signature.by) if house else "",
            staff_no=signature.by,
            post=facts.post(signature.post) if house else "",
            at=at.to(facts.language),
            verified=problem is None,
            reason=reason.to(facts.language) if house and isinstance(reason, Text) else "",
            decision=(EMPTY if signature.decision == "sign" else DECISIONS_TAKEN[signature.decision]).to(
                facts.language
            ),
            comment=(signature.comment or "") if house else "",
        )


def _amendment(audience: Audience, case: RecordCase) -> AmendmentView:
    record, facts = case.record, audience.facts
    return AmendmentView(
        id=record.name,
        at=shown(record.created, None, facts.workspace.settings.zone).to(facts.language),
        person=audience.person(record.created_by),
        reason=(record.reason or "") if audience.is_house else "",
    )


def blank_view(facts: PrintFacts, form: Form, imprint: Imprint) -> BlankView:
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


def _blank_section(facts: PrintFacts, form: Form, section: Section) -> SectionView:
    fields = [field for field in form.section_fields(section) if not field.is_computed and field.id != "attachments"]
    return SectionView(
        title=section.title.to(facts.language),
        hint=section.hint.to(facts.language) if section.hint else "",
        content=tuple(
            _blank_table(facts, field) if isinstance(field, RowsField) else _blank_field(facts, field)
            for field in fields
        ),
    )


def _blank_table(facts: PrintFacts, rows: RowsField) -> TableView:
    return TableView(
        label=rows.label.to(facts.language),
        columns=_columns(facts, (inner for inner in rows.fields if not inner.is_computed)),
        blank_rows=_BLANK_ROWS,
    )


def _blank_field(facts: PrintFacts, field: Field) -> FieldView:
    choices: tuple[str, ...] = ()
    if isinstance(field, ChoiceField):
        choices = tuple(option.label.to(facts.language) for option in field.options)
    elif isinstance(field, YesNoField):
        choices = (facts.say("是", "yes"), facts.say("否", "no"))
    wide = field.kind in _WIDE or len("".join(choices)) > 14
    return FieldView(label=field.label.to(facts.language), kind=field.kind, wide=wide, choices=choices)
