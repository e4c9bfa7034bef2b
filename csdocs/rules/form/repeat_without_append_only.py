"""# 可重复签署的步骤签了固定内容

## 检查什么

标为 repeat 的步骤可以签多次，它的区段只能放追加式表格（append_only），不能有普通字段。

## 为什么重要

普通字段一经签字就不得改动，第二次签字前也就没有新内容可填；改了，第一次的签名就失效。

## 示例

    fields: [{id: visitor, kind: text, …}]                                   # 错
    fields: [{id: visitors, kind: rows, key: no, append_only: true, …}]      # 对
    steps: [{id: receive, section: visit, repeat: true, …}]

## 如何处理

把要逐次登记的内容改成追加式表格；只填一次的字段移到另一个区段，由另一个步骤签。

---

# Repeat without append-only

## What it checks

A step marked `repeat` may be signed many times. Its section may hold append-only tables only, no
other fields.

## Why it matters

A signed field must not change, so there would be nothing to add before the next signature; changing
it breaks the first one.

## Example

    fields: [{id: visitor, kind: text, …}]                                   # wrong
    fields: [{id: visitors, kind: rows, key: no, append_only: true, …}]      # right
    steps: [{id: receive, section: visit, repeat: true, …}]

## How to fix

Turn what is entered again and again into an append-only table, and move fields that are filled once
into another section with its own step.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for index, step in enumerate(case.form.steps):
        section = case.form.section(step.section or "")
        if step.repeat and section is not None:
            fixed = [
                field for field in section.fields if field.id not in case.form.append_only and not field.is_computed
            ]
            if fixed:
                yield Problem("repeat-without-append-only", ("steps", index, "repeat"), {"step": step.id})


RULE = Rule(
    "FRM414",
    "repeat-without-append-only",
    Severity.ERROR,
    Text(
        "可重复签署的步骤“{step}”的区段只能有追加式表格", "the repeatable step “{step}” may sign append-only rows only"
    ),
    Text("把区段内的字段改为 append_only 表格", "make the fields of its section append-only rows"),
    check,
)
