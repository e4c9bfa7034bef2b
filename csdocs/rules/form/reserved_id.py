"""# 字段编号是保留字

## 检查什么

record、row、param、signed、state、today、now、remarks、attachments 等词在公式里另有含义，
不能作字段编号。

## 为什么重要

否则规则里的 state 是记录的状态，还是你的字段，就分不清了。

## 示例

    - {id: state, kind: text, label: {zh: 来访人, en: Visitor}}     # 错
    - {id: guest, kind: text, label: {zh: 来访人, en: Visitor}}     # 对

## 如何处理

换一个更具体的编号。备注和附件每张表都自带，不必另设。

---

# Reserved id

## What it checks

Words such as record, row, param, signed, state, today, now, remarks and attachments mean something
else in expressions and cannot be fields.

## Why it matters

Otherwise nobody could tell whether `state` in a rule is the state of the record or your field.

## Example

    - {id: state, kind: text, label: {zh: 来访人, en: Visitor}}     # wrong
    - {id: guest, kind: text, label: {zh: 来访人, en: Visitor}}     # right

## How to fix

Choose a more telling id. Remarks and attachments are part of every form and need no field.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Severity
from csdocs.model.kind import ROUTE_WORDS
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for section in case.form.sections:
        for field in section.fields:
            inner = [f"{field.id}.{each.id}" for each in field.fields] if isinstance(field, RowsField) else []
            for name in (field.id, *inner):
                id = name.rpartition(".")[2]
                if id in ROUTE_WORDS and not (
                    name in inner and id in ("remarks", "attachments", "state", "now", "today")
                ):
                    yield Problem("reserved-id", case.compiled.field_route(name), {"id": id})


RULE = Rule(
    "FRM412",
    "reserved-id",
    Severity.ERROR,
    Text("“{id}”是保留字，不能作字段编号", "“{id}” is reserved and cannot be a field"),
    Text("换一个字段编号", "choose another id for the field"),
    check,
)
