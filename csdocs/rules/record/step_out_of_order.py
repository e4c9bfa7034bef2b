"""# 步骤次序不对

## 检查什么

每个步骤只能在表单规定的状态下签署。次序不对的签名不计入进展。

## 为什么重要

复核的人如果先签，他复核的内容当时还不存在。

## 示例

    signatures:
      - {step: confirm, by: S0003, …}     # 错：还没有填表签字

      - {step: fill, by: S1001, …}        # 对
      - {step: confirm, by: S0003, …}

## 如何处理

用 csdocs why 查看现在该谁签。还没有入库的，删去多余的签名，按次序重新签；已经入库的，
用 csdocs void 作废后重新填写。

---

# Step out of order

## What it checks

A step can be signed only in the states that its form gives. A signature out of turn does not count.

## Why it matters

If the reviewer signs first, what was reviewed did not exist yet.

## Example

    signatures:
      - {step: confirm, by: S0003, …}     # wrong: nobody has signed `fill` yet

      - {step: fill, by: S1001, …}        # right
      - {step: confirm, by: S0003, …}

## How to fix

csdocs why shows whose turn it is. Before the record has landed, remove the signature and sign in
order; afterwards void the record with csdocs void and enter it again.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.missteps if problem.slug == "step-out-of-order")


RULE = Rule(
    "REC320",
    "step-out-of-order",
    Severity.ERROR,
    Text("步骤“{step}”不能在状态“{state}”下签署", "the step “{step}” cannot be signed in state “{state}”"),
    Text("csdocs why 显示现在可以做什么", "csdocs why shows what can be done now"),
    check,
    among="missteps",
    rests_on=COURSE,
)
