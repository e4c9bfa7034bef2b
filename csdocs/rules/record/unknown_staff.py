"""# 登记册中没有这个工号

## 检查什么

记录里的工号，包括填表人和各员工字段，都必须登记在 handbook/people.yaml。

## 为什么重要

查不到的工号等于没有责任人；多半是少打了一位。

## 示例

    agent: S1011     # 错
    agent: S1001     # 对

## 如何处理

核对工号。新员工先登记，再填记录。离职员工的条目永久保留，旧记录仍然认得。

---

# Unknown staff

## What it checks

Every staff number in a record, its creator included, must be registered in handbook/people.yaml.

## Why it matters

A number that nobody has means that nobody answers for it. Usually a digit is wrong.

## Example

    agent: S1011     # wrong
    agent: S1001     # right

## How to fix

Check the number. Register new staff before they appear in records. Entries of people who left stay,
so old records keep their meaning.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import STAFF, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    people = case.workspace.register.person
    if case.record.created_by not in people:
        yield Problem("unknown-staff", ("created_by",), {"staff": case.record.created_by})
    for route, _, value in case.scalars("staff"):
        if value not in people:
            yield Problem("unknown-staff", route, {"staff": value})
    yield from (problem for problem in case.refused if problem.slug == "unknown-staff")


RULE = Rule(
    "REC313",
    "unknown-staff",
    Severity.ERROR,
    Text("登记册中没有工号 {staff}", "the register has no staff number {staff}"),
    Text(
        "核对工号；新员工请先登记到 handbook/people.yaml",
        "check the number; enter new staff in handbook/people.yaml first",
    ),
    check,
    among="names_strangers",
    rests_on=STAFF,
)
