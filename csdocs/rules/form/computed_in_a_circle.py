"""# 计算字段循环引用

## 检查什么

计算字段可以用到别的计算字段，但绕一圈不能回到自己。圈里的每个字段都会报告。

## 为什么重要

甲等乙、乙等甲，哪个也算不出来，打印出来是空白。

## 示例

    - {id: adults, kind: integer, computed: total - 1}      # 错
    - {id: total, kind: integer, computed: adults + 1}

    - {id: adults, kind: integer}                           # 对：填写的
    - {id: total, kind: integer, computed: adults + 1}

## 如何处理

决定哪一个由人填写，去掉它的 computed；其余的由它算出。

---

# Computed in a circle

## What it checks

A computed field may use other computed fields, but not itself by a detour. Every field of the
circle is reported.

## Why it matters

If each waits for the other, neither ever has a value, and the print stays blank.

## Example

    - {id: adults, kind: integer, computed: total - 1}      # wrong
    - {id: total, kind: integer, computed: adults + 1}

    - {id: adults, kind: integer}                           # right: entered by hand
    - {id: total, kind: integer, computed: adults + 1}

## How to fix

Decide which one people enter and take its `computed` away; derive the others from it.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    case.compiled.computed_order  # noqa: B018  # ordering the fields finds the circles
    yield from (p for p in case.compiled.problems if p.slug == "computed-in-a-circle")


RULE = Rule(
    "FRM403",
    "computed-in-a-circle",
    Severity.ERROR,
    Text("计算字段“{field}”循环引用", "the computed field “{field}” depends on itself"),
    Text("拆开互相引用的计算字段", "untangle the computed fields that name each other"),
    check,
)
