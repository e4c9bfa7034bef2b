"""# 表格没有行号字段

## 检查什么

追加式表格必须用 key 指定一个必填的行号字段；写了 key 的表格，该字段必须在行内定义并且必填。

## 为什么重要

签名靠行号写明“签到第几行”，引用也靠它指到某一行。没有行号，新旧行就分不开。

## 示例

    - {id: visitors, kind: rows, append_only: true, fields: […]}              # 错
    - {id: visitors, kind: rows, key: no, append_only: true, fields: […]}     # 对

## 如何处理

在行内加一个序号字段（kind: code，required: true），并写上 key。

---

# Rows without a key

## What it checks

An append-only table needs `key`, naming a required field of its rows. Wherever `key` is written,
that field must be there and be required.

## Why it matters

A signature says by the key up to which row it covers, and references use it to point at a row.
Without it old and new rows cannot be told apart.

## Example

    - {id: visitors, kind: rows, append_only: true, fields: […]}              # wrong
    - {id: visitors, kind: rows, key: no, append_only: true, fields: […]}     # right

## How to fix

Add a number to the row (kind: code, required: true) and name it as `key`.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for field in case.form.fields.values():
        if not isinstance(field, RowsField):
            continue
        key = field.field(field.key) if field.key else None
        if (field.append_only and key is None) or (field.key and (key is None or not key.required)):
            yield Problem("rows-without-key", case.compiled.field_route(field.id), {"field": field.label})


RULE = Rule(
    "FRM415",
    "rows-without-key",
    Severity.ERROR,
    Text("追加式表格“{field}”没有行号字段（key）", "the append-only table “{field}” has no key"),
    Text("加上 key，并在行内定义该代码字段", "add `key` and define that code field in the row"),
    check,
)
