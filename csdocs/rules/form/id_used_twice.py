"""# 编号用了两次

## 检查什么

同一张表单里，字段、区段、步骤、规则、期限各自不得重号；同一张表格的列也不得重号。

## 为什么重要

两个字段同号，后一个会盖掉前一个，填的内容不知归谁。

## 示例

    - {id: visitor, kind: text, label: {zh: 来访人, en: Visitor}}
    - {id: visitor, kind: text, label: {zh: 同行人, en: Companion}}       # 错
    - {id: companion, kind: text, label: {zh: 同行人, en: Companion}}     # 对

## 如何处理

给后一个换一个编号，并改正引用它的规则和步骤。

---

# Id used twice

## What it checks

Within a form no two fields share an id, nor two sections, steps, rules, deadlines or columns of one
table.

## Why it matters

With two fields of one id the later hides the earlier, and nobody knows where an entry belongs.

## Example

    - {id: visitor, kind: text, label: {zh: 来访人, en: Visitor}}
    - {id: visitor, kind: text, label: {zh: 同行人, en: Companion}}       # wrong
    - {id: companion, kind: text, label: {zh: 同行人, en: Companion}}     # right

## How to fix

Give the later one another id and correct the rules and steps that mean it.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Route, Severity
from csdocs.model.form import Form
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for group in _groups(case.form):
        seen: set[str] = set()
        for id, route in group:
            if id in seen:
                yield Problem("id-used-twice", route, {"id": id})
            seen.add(id)


def _groups(form: Form) -> Iterator[list[tuple[str, Route]]]:
    """The ids that must differ from each other, with their places."""
    yield [(section.id, ("sections", i)) for i, section in enumerate(form.sections)]
    yield [(step.id, ("steps", i)) for i, step in enumerate(form.steps)]
    yield [(rule.id, ("rules", i)) for i, rule in enumerate(form.rules)]
    yield [(deadline.id, ("deadlines", i)) for i, deadline in enumerate(form.deadlines)]
    fields: list[tuple[str, Route]] = []
    for s, section in enumerate(form.sections):
        for f, field in enumerate(section.fields):
            route = ("sections", s, "fields", f)
            fields.append((field.id, route))
            if isinstance(field, RowsField):
                yield [(inner.id, (*route, "fields", i)) for i, inner in enumerate(field.fields)]
    yield fields


RULE = Rule(
    "FRM411",
    "id-used-twice",
    Severity.ERROR,
    Text("编号“{id}”用了两次", "the id “{id}” is used twice"),
    Text(
        "每个字段、区段、步骤、规则、期限各用一个编号",
        "give every field, section, step, rule and deadline an id of its own",
    ),
    check,
)
