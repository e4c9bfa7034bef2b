"""# 签名没有覆盖应签的内容

## 检查什么

一个步骤签署自己的区段和前面各步骤签过的区段，逐个列出字段。少列一个字段，就会被报告。

## 为什么重要

没有覆盖的字段以后改动，签名仍然有效，等于给改动留了后门。

## 示例

    covers:
      call: [day, agent, customer, asked_at, called_at]              # 错：少了 minutes
      call: [day, agent, customer, asked_at, called_at, minutes]     # 对

## 如何处理

请本人用 csdocs sign 重新签署，它会列全字段。签名不要手工编写。

---

# Signature covers too little

## What it checks

A step signs its own section and all that were signed before, field by field. A signature that
leaves a field out is reported.

## Why it matters

A field that is not covered could be changed later without breaking the signature.

## Example

    covers:
      call: [day, agent, customer, asked_at, called_at]              # wrong: minutes is left out
      call: [day, agent, customer, asked_at, called_at, minutes]     # right

## How to fix

Have the person sign again with csdocs sign, which lists every field. Do not write signatures by
hand.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from csdocs.load.record.case import RecordCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Route, Severity
from csdocs.model.form import ENDINGS, Form, Section, Step
from csdocs.model.record import NO_ROW, Signature
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    needed, course = case.form.to_be_covered, case.course
    for index, signature in enumerate(case.record.signatures):
        step = case.form.step_by_id.get(signature.step)
        cut_off = _cut_off(case, step, signature) if step and (signature.rows_to or signature.row) else ()
        for id in course.due[index]:
            if id not in course.whole[index] or (cut_off and not needed[id].isdisjoint(cut_off)):
                yield _problem(case.form, id, signature, ("signatures", index, "covers"))
    yield from _rows_nobody_signed(case)


def _problem(form: Form, section: str, signature: Signature, at: Route) -> Problem:
    title = next(each.title for each in form.sections if each.id == section)
    values = {"by": signature.by, "step": signature.step, "section": title}
    return Problem("signature-covers-too-little", at, values)


def _cut_off(case: RecordCase, step: Step, signature: Signature) -> list[str]:
    """Tables of which rows are left out: only one that grows may be covered up to a row, only that of a step's initials by one row, and both by their key."""
    assert case.form is not None
    by_row = _by_another_key(case.form, signature.row or {}, {step.per or ""})
    up_to = _by_another_key(case.form, signature.rows_to or {}, case.form.append_only)
    up_to += [id for id, key in (signature.rows_to or {}).items() if _is_ambiguous(case.record.data.get(id), key)]
    return [*by_row, *(id for id in up_to if id not in (signature.row or {}))]


def _is_ambiguous(rows: Any, key: Mapping[str, str]) -> bool:
    """A row of that very name: what is signed as “no row yet” would read as if it were signed up to there."""
    return NO_ROW in key.values() and isinstance(rows, list) and any(_is_row(row, key) for row in rows)


def _is_row(row: Any, key: Mapping[str, str]) -> bool:
    return isinstance(row, dict) and row.items() >= key.items()


def _by_another_key(form: Form, rows: Mapping[str, Mapping[str, str]], allowed: Collection[str]) -> list[str]:
    return [
        id
        for id, row in rows.items()
        if id not in allowed or next(iter(row)) != getattr(form.fields.get(id), "key", None)
    ]


def _rows_nobody_signed(case: RecordCase) -> Iterator[Problem]:
    """A table may grow until the record has ended; then its rows must have been signed."""
    assert case.form is not None
    if case.form.append_only.isdisjoint(case.record.data) or not case.is_final or not case.progress.counted:
        return
    if case.progress.state in ENDINGS.values():
        return
    last = max(case.progress.counted)
    for section in case.form.sections:
        for field in section.fields:
            rows = case.record.data.get(field.id)
            if isinstance(field, RowsField) and field.append_only and isinstance(rows, list):
                counted = (case.record.signatures[index] for index in case.progress.counted)
                if max(_rows_covered(field, section, rows, each) for each in counted) < len(rows):
                    yield _problem(case.form, section.id, case.record.signatures[last], ("signatures", last, "rows_to"))


def _rows_covered(field: RowsField, section: Section, rows: list[Any], signature: Signature) -> int:
    if field.id not in signature.covers.get(section.id, ()) or field.id in (signature.row or {}):
        return 0
    key = (signature.rows_to or {}).get(field.id)
    if key is None:
        return len(rows)
    return next((number for number, row in enumerate(rows, start=1) if _is_row(row, key)), 0)


RULE = Rule(
    "REC340",
    "signature-covers-too-little",
    Severity.ERROR,
    Text("{by} 在“{step}”的签名没有覆盖“{section}”", "the signature of {by} at “{step}” leaves out “{section}”"),
    Text("请用 csdocs sign 重新签署", "sign again with csdocs sign"),
    check,
    among="may_leave_out",
)
