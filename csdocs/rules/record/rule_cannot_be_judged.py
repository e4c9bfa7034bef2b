"""# 规则无法判断

## 检查什么

规则或计算式遇到这份记录的数据时算不下去，例如除以零。算不下去不算通过。

## 为什么重要

无法判断的规则什么也没有检查，而看报告的人会以为检查过了。

## 示例

    assert: guests / tables <= 4     # 错：tables 为 0 时算不出
    assert: guests <= 4 * tables     # 对

## 如何处理

先检查数据是否填错。数据属实，就请表单负责人改规则，使它对各种情况都有答案。

---

# Rule cannot be judged

## What it checks

With the data of this record a rule or formula breaks off, by a division by zero for instance. That
never counts as kept.

## Why it matters

A rule that breaks off has checked nothing, while readers of the report would think it had.

## Example

    assert: guests / tables <= 4     # wrong: fails where tables is 0
    assert: guests <= 4 * tables     # right

## How to fix

See first whether an entry is wrong. If the data are true, the form's owner must mend the rule so
that it has an answer for every case.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    for failure in dict.fromkeys(case.unjudged):
        rule = f"{case.form.id}:{failure.name.removeprefix('rule:')}"
        yield Problem("rule-cannot-be-judged", ("data",), {"rule": rule, "reason": failure.reason})


RULE = Rule(
    "REC319",
    "rule-cannot-be-judged",
    Severity.ERROR,
    Text("表单规则无法判断：{reason}", "a rule of the form cannot be judged: {reason}"),
    Text(
        "检查数据；若数据无误，请表单负责人修正规则 {rule}",
        "check the data; if it is right, the owner of the form must mend the rule {rule}",
    ),
    check,
    among="unjudged",
    rests_on=COURSE,
)
