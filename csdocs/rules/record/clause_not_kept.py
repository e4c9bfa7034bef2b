"""# 未遵守条款

## 检查什么

表单里带 breaks 的规则对应制度的某一条。记录如实填写，但事实没有达到该条的要求，就报告为“不符合”。

## 为什么重要

如实记下没有做到的事，是一份好记录。发现得多的地方，正是需要改进的地方。

## 示例

    minutes: 45     # 错：制度规定不超过 30 分钟

## 如何处理

保留记录，按条款补救，在备注里说明原因。不要为了消除提示而改数据；经常做不到的条款，
向制度负责人提出修订。

---

# Clause not kept

## What it checks

A rule of the form with `breaks` stands for a clause. The record may be true and the fact still fall
short of the clause; that is reported as a breach.

## Why it matters

A truthful record of a failure is a good record. Where breaches gather, something needs to change.

## Example

    minutes: 45     # wrong: the clause allows 30

## How to fix

Keep the record, put things right as the clause says and give the reason in the remarks. Never
change the data to silence this; if a clause often fails, propose to revise it.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for verdict in case.rule_verdicts:
        if verdict.rule.breaks is not None:
            values = {"rule": verdict.name, "message": verdict.message, "clause": verdict.rule.breaks}
            yield Problem("clause-not-kept", verdict.route, values)


RULE = Rule(
    "REC318",
    "clause-not-kept",
    Severity.BREACH,
    Text("未遵守 {clause}", "{clause} was not kept"),
    Text(
        "如实保留记录，并按条款要求补救；不要为消除提示而改数据",
        "keep the record as it is and put things right as the clause says; never change the data to silence this",
    ),
    check,
    concerns=lambda terms: terms.form.rules,
    among="rule_verdicts",
    rests_on=COURSE,
)
