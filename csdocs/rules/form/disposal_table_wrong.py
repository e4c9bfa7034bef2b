"""# 处置明细表不完整

## 检查什么

表单写了 disposes 的，它要指向一张表格，表中有必填的 number 和 sha256 两列。

## 为什么重要

处置记录靠这两列指明销毁的是哪一份记录、哪一种内容。

## 示例

    disposes: disposed
    …
      - id: disposed
        kind: rows
        fields:
          - {id: number, kind: text, required: true, …}
          - {id: sha256, kind: text, required: true, …}

## 如何处理

补上表格和两列，或删去 disposes。

---

# Disposal table wrong

## What it checks

Where a form says `disposes`, it must name a table with the required columns `number` and `sha256`.

## Why it matters

By these two columns a disposition says which record it disposes of, and with what content.

## Example

    disposes: disposed
    …
      - id: disposed
        kind: rows
        fields:
          - {id: number, kind: text, required: true, …}
          - {id: sha256, kind: text, required: true, …}

## How to fix

Add the table and its two columns, or remove `disposes`.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.disposal import COLUMNS
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    if case.form.disposes is None:
        return
    table = case.form.fields.get(case.form.disposes)
    columns = {field.id for field in table.fields if field.required} if isinstance(table, RowsField) else set()
    if not columns.issuperset(COLUMNS):
        yield Problem("disposal-table-wrong", ("disposes",), {"table": case.form.disposes})


RULE = Rule(
    "FRM420",
    "disposal-table-wrong",
    Severity.ERROR,
    Text(
        "disposes 指向的“{table}”不是含必填列 number、sha256 的表格",
        "`disposes` names {table}, which is no table with the required columns number and sha256",
    ),
    Text("补上该表格的两列", "give that table the two columns"),
    check,
)
