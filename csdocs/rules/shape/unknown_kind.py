"""# 不认识的字段类型

## 检查什么

表单字段的 kind 只能是规定的几种，例如 text、integer、money、date、choice。

## 为什么重要

类型决定怎样填写、检查、打印和统计。类型不明，这个字段就无法使用。

## 示例

    - {id: pieces, kind: number, label: {zh: 件数, en: Pieces}}     # 错
    - {id: pieces, kind: integer, label: {zh: 件数, en: Pieces}}    # 对

## 如何处理

从提示列出的类型中选一种：件数用 integer，金额用 money，量值用 decimal。
docs/form-language.md 第 3 节逐一说明。

---

# Unknown field kind

## What it checks

The kind of a form's field is one of a fixed list, such as text, integer, money, date or choice.

## Why it matters

The kind decides how a value is entered, checked, printed and counted. Without it the field is of no
use.

## Example

    - {id: pieces, kind: number, label: {zh: 件数, en: Pieces}}     # wrong
    - {id: pieces, kind: integer, label: {zh: 件数, en: Pieces}}    # right

## How to fix

Choose from the list in the hint: integer for a count, money for an amount, decimal for a measure.
Section 3 of docs/form-language.md explains each.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP154",
    "unknown-kind",
    Severity.ERROR,
    Text("不认识的字段类型“{kind}”{meant}", "unknown field kind “{kind}”{meant}"),
    Text("可用的类型：{kinds}", "choose one of {kinds}"),
)
