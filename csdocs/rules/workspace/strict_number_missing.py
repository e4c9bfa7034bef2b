"""# 连续编号有缺号

## 检查什么

编号规则写了 gap: strict 的表单，号码必须连续，一个也不能少。

## 为什么重要

这类登记簿管的是钱、物或者责任，少一号就要查清那一份去了哪里。

## 示例

    LP-2026-01
    LP-2026-03     # 错：LP-2026-02 在哪里？

## 如何处理

从历史中找回被删的文件（git log --diff-filter=D --name-only）。填错的记录也要保留，办理作废，
不能删除。

---

# Strict number missing

## What it checks

A form whose number says `gap: strict` allows no gap in its series at all.

## Why it matters

Such registers are about money, goods or responsibility. If one number is missing somebody has to
find out where it went.

## Example

    LP-2026-01
    LP-2026-03     # wrong: where is LP-2026-02?

## How to fix

Bring the removed file back from history (git log --diff-filter=D --name-only). A record made by
mistake is voided, not deleted.
"""

from collections.abc import Iterator

from csdocs.load.holdings.parts import NUMBERS
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree, series: str) -> Iterator[Problem]:
    yield from tree.gaps(series, "strict", "strict-number-missing")


RULE = Rule(
    "WSP504",
    "strict-number-missing",
    Severity.ERROR,
    Text(
        "连续编号 {missing} 缺失（{before} 与 {after} 之间）",
        "the number {missing} is missing from a gap-free series (between {before} and {after})",
    ),
    Text("找回该记录；该表单要求编号连续", "find the record: this form allows no gap"),
    check,
    reads=NUMBERS,
)
