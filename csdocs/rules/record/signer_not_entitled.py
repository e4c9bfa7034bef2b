"""# 签字人无权签署

## 检查什么

按签字当天的登记册核对：签字人是否担任该岗位、是否是表单指定的人、
是否与前面的经办人是同一人而表单不允许。

## 为什么重要

复核由别人做，才有复核的意义。无权的签名一律不计。

## 示例

    - {step: confirm, by: S1002, post: R-AGENT, …}          # 错：须由客服主管签署
    - {step: confirm, by: S0003, post: R-SUPERVISOR, …}     # 对

## 如何处理

请提示中列出的人重新签署。登记册有误的，先更正登记册；不得借用他人的密钥。

---

# Signer not entitled

## What it checks

By the register of that day: does the signer hold the post, is it the person the form names, and is
it not one who may not sign twice?

## Why it matters

A review means something only if another person with authority does it. A signature without
authority does not count.

## Example

    - {step: confirm, by: S1002, post: R-AGENT, …}          # wrong: a supervisor must sign
    - {step: confirm, by: S0003, post: R-SUPERVISOR, …}     # right

## How to fix

Have one of the people named sign again. If the register is wrong correct it first; never borrow
somebody's key.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import SIGNERS, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.refused if problem.slug == "signer-not-entitled")


RULE = Rule(
    "REC322",
    "signer-not-entitled",
    Severity.ERROR,
    Text("{by} 无权签署“{step}”：{reason}", "{by} may not sign “{step}”: {reason}"),
    Text("请有权的人重新签署", "have somebody entitled sign it"),
    check,
    among="refused",
    rests_on=SIGNERS,
)
