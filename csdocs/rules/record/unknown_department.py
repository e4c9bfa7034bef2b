"""# 没有这个部门

## 检查什么

记录的所属部门和部门字段，都要填 handbook/organisation.yaml 里的编号。

## 为什么重要

部门决定由谁审批、计入谁的统计。编号不存在，两样都落空。

## 示例

    dept: D-SALES     # 错
    dept: D-CS        # 对

## 如何处理

改成现有的编号。部门更名只改名称，编号不变；新部门先登记。

---

# Unknown department

## What it checks

The record's unit and every department field hold an id from handbook/organisation.yaml.

## Why it matters

The department decides who approves and whose figures it counts in. With an unknown id both fail.

## Example

    dept: D-SALES     # wrong
    dept: D-CS        # right

## How to fix

Use an id that exists. A department that is renamed keeps its id; enter a new one first.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import POSTS, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for route, department in case.strange_departments:
        yield Problem("unknown-department", route, {"department": department})


RULE = Rule(
    "REC315",
    "unknown-department",
    Severity.ERROR,
    Text("没有部门 {department}", "there is no department {department}"),
    Text("可用的部门见 handbook/organisation.yaml", "see handbook/organisation.yaml for the departments"),
    check,
    among="strange_departments",
    rests_on=POSTS,
)
