"""# 编号有缺号

## 检查什么

同一系列的流水号应当从 1 起逐个使用。中间缺少的号码逐个报告。这是警告。

## 为什么重要

缺号往往说明有一份记录没有提交，或者被人删掉了。

## 示例

    HF-202611-002
    HF-202611-005     # 错：003、004 在哪里？

## 如何处理

先问是否还有没提交的记录。确实没有用过的，留下缺号并在下一份记录的备注里说明；号码不得补用。

---

# Number missing

## What it checks

The serials of a series count from 1 without a gap. Every number that is missing is reported. This
is a warning.

## Why it matters

A missing number often means that a record was never handed in, or that somebody removed it.

## Example

    HF-202611-002
    HF-202611-005     # wrong: where are 003 and 004?

## How to fix

Ask first whether a record is still to be handed in. If the number was never used, leave the gap and
note it in the remarks of the next record; do not use the number later.
"""

from collections.abc import Iterator

from csdocs.load.holdings.parts import NUMBERS
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree, series: str) -> Iterator[Problem]:
    yield from tree.gaps(series, "report", "number-missing")


RULE = Rule(
    "WSP503",
    "number-missing",
    Severity.WARNING,
    Text(
        "编号 {missing} 缺失（{before} 与 {after} 之间）",
        "the number {missing} is missing (between {before} and {after})",
    ),
    Text("找回或说明缺号；不得重用", "find it or explain it; a number is never used again"),
    check,
    reads=NUMBERS,
)
