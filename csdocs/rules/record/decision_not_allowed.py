"""# 步骤不允许该决定

## 检查什么

签署时可以同意、驳回、退回等，每个步骤允许哪几种由表单规定。第一步通常只能签署。

## 为什么重要

超出规定的决定没有效力，记录看上去已经处理，其实没有。

## 示例

    - {step: confirm, decision: return, …}     # 错：该步骤只允许 sign 和 reject
    - {step: confirm, decision: reject, …}     # 对

## 如何处理

改用允许的决定重新签署。需要撤回的，由填表人撤回；填错而要作废的，由有作废权限的岗位办理。

---

# Decision not allowed

## What it checks

A signer may sign, reject or return; the form says which of these a step allows. The first step
usually allows signing only.

## Why it matters

Any other decision has no effect: the record looks dealt with but is not.

## Example

    - {step: confirm, decision: return, …}     # wrong: this step allows sign and reject
    - {step: confirm, decision: reject, …}     # right

## How to fix

Sign again with a decision that is allowed. To take a record back, its creator withdraws it; to
cancel it, a post that may void does so.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.missteps if problem.slug == "decision-not-allowed")


RULE = Rule(
    "REC321",
    "decision-not-allowed",
    Severity.ERROR,
    Text("步骤“{step}”不允许“{decision}”", "the step “{step}” does not allow “{decision}”"),
    Text("改用该步骤允许的决定", "take a decision that the step allows"),
    check,
    among="missteps",
    rests_on=COURSE,
)
