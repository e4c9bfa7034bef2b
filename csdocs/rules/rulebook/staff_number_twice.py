"""# 工号登记了两次

## 检查什么

每个工号在 handbook/people.yaml 中只有一条，也永远只属于一个人。

## 为什么重要

签名最终归到工号。一号两人，就说不清是谁签的字。

## 示例

    - {staff_no: S1002, name: {zh: 张磊, en: Zhang Lei}, …}
    - {staff_no: S1002, name: {zh: 吴桐, en: Wu Tong}, …}     # 错
    - {staff_no: S1003, name: {zh: 吴桐, en: Wu Tong}, …}     # 对

## 如何处理

给新人一个没有用过的工号。同一个人换岗，在原来的条目下加一条任职；离职人员的工号不再使用。

---

# Staff number twice

## What it checks

A staff number has one entry in handbook/people.yaml and belongs to one person for ever.

## Why it matters

A signature ends in a staff number. If two people share one, nobody can say who signed.

## Example

    - {staff_no: S1002, name: {zh: 张磊, en: Zhang Lei}, …}
    - {staff_no: S1002, name: {zh: 吴桐, en: Wu Tong}, …}     # wrong
    - {staff_no: S1003, name: {zh: 吴桐, en: Wu Tong}, …}     # right

## How to fix

Give the newcomer a number that was never used. If somebody changes post, add a tenure to the old
entry; numbers of people who left are not used again.
"""

from collections.abc import Iterator

from csdocs.load.approval.ambiguity import ambiguities
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    return (problem for problem in ambiguities(workspace.register) if problem.slug == "staff-number-twice")


RULE = Rule(
    "WSP514",
    "staff-number-twice",
    Severity.ERROR,
    Text("工号 {staff} 登记了两次", "the staff number {staff} is registered twice"),
    Text("每人一个工号", "give everybody a number of their own"),
    check,
)
