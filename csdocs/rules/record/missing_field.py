"""# 缺少必填字段

## 检查什么

步骤签字时，它所签区段里的必填字段都要填好；按条件必填的，条件成立时也要填。
表格里写了的每一行都要填全。签字之前可以先空着。

## 为什么重要

签字表示“这些内容属实”。缺了要紧的一栏，签的就不完整。

## 示例

    data:
      called_at: 2026-11-18T14:05:00+08:00
      result: solved                         # 对：缺了这一行就报告

## 如何处理

还没有签字的，补填。已经签字的，不要直接改，用 csdocs amend 做一份更正。

---

# Missing field

## What it checks

When a step signs, the required fields of its section must be there, and so must those whose
condition holds. Every row that is written must be complete. Before signing a field may be absent.

## Why it matters

A signature says that these facts are true. If an important one is missing, so is its meaning.

## Example

    data:
      called_at: 2026-11-18T14:05:00+08:00
      result: solved                         # right: reported when this line is missing

## How to fix

If the record is not signed yet, fill the field in. If it is, leave it alone and make an amendment
with csdocs amend.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for route, field in case.missing:
        yield Problem("missing-field", ("data", *route), {"field": field.label, "id": field.id})


RULE = Rule(
    "REC304",
    "missing-field",
    Severity.ERROR,
    Text("缺少必填字段“{field}”（{id}）", "the required field “{field}” ({id}) is missing"),
    Text("补填该字段；已签字的部分请用 csdocs amend", "fill it in; if that part is signed already, use csdocs amend"),
    check,
    among="missing",
    rests_on=COURSE,
)
