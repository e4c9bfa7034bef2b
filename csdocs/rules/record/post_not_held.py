"""# 当日不担任要求的岗位

## 检查什么

表单可以要求员工字段所填的人在记录当天担任某个岗位。按登记册的任职起止日期判断。

## 为什么重要

制度把事情交给岗位，不交给个人。当天不在岗的人，不能算作经办人。

## 示例

    agent: S0003     # 错：客服主管，不是客服专员
    agent: S1001     # 对

## 如何处理

填实际经办并且在岗的人。确实由此人办理而登记册没有更新的，先更正任职日期。

---

# Post not held

## What it checks

A form may ask that the person in a staff field holds a certain post on the record's day, by the
dates in the register.

## Why it matters

Regulations give tasks to posts, not to people. Somebody without the post that day cannot be the one
who did it.

## Example

    agent: S0003     # wrong: a supervisor, not an agent
    agent: S1001     # right

## How to fix

Name the person who did it and held the post. If the register is behind, correct the tenure first.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.field import StaffField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import COMMA, Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for route, field, value in case.scalars("staff"):
        if not isinstance(field, StaffField) or not field.posts or value not in case.workspace.register.person:
            continue
        if set(field.posts).isdisjoint(case.staff(value).posts):
            values = {
                "staff": value,
                "field": field.label,
                "posts": COMMA.join(field.posts),
            }
            yield Problem("post-not-held", route, values)


RULE = Rule(
    "REC314",
    "post-not-held",
    Severity.ERROR,
    Text(
        "{staff} 当日不担任“{field}”要求的岗位（{posts}）",
        "{staff} does not hold a post that “{field}” asks for ({posts}) on that day",
    ),
    Text("换一位任职人员，或更正登记册", "name somebody who holds the post, or correct the register"),
    check,
    concerns=lambda terms: terms.form.asks_for_posts,
)
