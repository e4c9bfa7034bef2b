"""# 步骤不完整

## 检查什么

每个步骤要写明由谁签（by）和签字声明什么（attests）；到时间自动完成的步骤改写 after。
代外人签字的还要指定扫描件字段，逐行签字的要指定有行号的表格。

## 为什么重要

没有声明的签字，事后可以解释成任何意思；没有签字人的步骤，谁都可以推给别人。

## 示例

    - {id: receive, by: creator, section: visit}                                             # 错
    - {id: receive, by: creator, section: visit, attests: {zh: 所填属实, en: This is true}}   # 对

## 如何处理

补上提示中的键。声明用第一人称写清楚：本人确认了什么。

---

# Step incomplete

## What it checks

A step says who signs (by) and what the signature means (attests); a step that passes by the clock
has `after` instead. Signing for an outsider needs a field for the scan, initials by row need a
table with a key.

## Why it matters

A signature without a statement can be read as anything later, and a step without a signer is
somebody else's job.

## Example

    - {id: receive, by: creator, section: visit}                                             # wrong
    - {id: receive, by: creator, section: visit, attests: {zh: 所填属实, en: This is true}}   # right

## How to fix

Add the key that is named. Write the statement in the first person: what exactly do I confirm?
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    yield from case.step_troubles()


RULE = Rule(
    "FRM406",
    "step-incomplete",
    Severity.ERROR,
    Text("步骤“{step}”缺少“{key}”", "the step “{step}” lacks “{key}”"),
    Text("补上：谁签、声明什么；或改为定时步骤", "add it: who signs and what it means, or make it a timed step"),
    check,
)
