"""# 结案记录中有无人签署的内容

## 检查什么

已结案的记录中，每一项内容都应当被某个签名覆盖。本规则指出没有任何有效签名覆盖的字段。

## 为什么重要

没有人签署的内容可以随时改动而不留痕迹，也没有人对它负责。

## 示例

表单的“裁定”步骤没有进行，记录里却写了裁定意见：

    data:
      ruling: 由交班人承担      # 没有签名覆盖

## 如何处理

该步骤确已进行的，由有权的人签署；没有进行的，删去这项内容，或者用 csdocs amend 更正。

---

# Data that nobody signed

## What it checks

In a closed record every value must be covered by somebody's signature. This rule points at fields that no valid signature covers.

## Why it matters

What nobody signed can be changed at any time without a trace, and nobody answers for it.

## Example

The step "ruling" never took place, yet a ruling is written:

    data:
      ruling: the outgoing side is liable      # covered by no signature

## How to fix

If the step did take place, have somebody entitled sign it; if not, remove the value or correct the record with csdocs amend.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.form import CLOSED
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    if case.progress.state != CLOSED:
        return
    covered = frozenset[str]().union(*(case.course.fields[index] for index in case.progress.counted))
    for id in case.record.data:
        if id not in covered and id in case.form.fields:
            yield Problem("data-nobody-signed", ("data", id), {"field": case.form.fields[id].label})


RULE = Rule(
    "REC341",
    "data-nobody-signed",
    Severity.ERROR,
    Text("记录已结案，但“{field}”没有任何人签署", "the record is closed, but nobody signed “{field}”"),
    Text("由有权的人签署，或用 csdocs amend 更正", "have somebody entitled sign it, or correct it with csdocs amend"),
    check,
    among="may_be_unsigned",
    rests_on=COURSE,
)
