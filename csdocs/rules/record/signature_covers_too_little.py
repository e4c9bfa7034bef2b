"""# 签名没有覆盖应签的内容

## 检查什么

一个步骤签署自己的区段和前面各步骤签过的区段，逐个列出字段。少列一个字段，就会被报告。

## 为什么重要

没有覆盖的字段以后改动，签名仍然有效，等于给改动留了后门。

## 示例

    covers:
      call: [day, agent, customer, asked_at, called_at]              # 错：少了 minutes
      call: [day, agent, customer, asked_at, called_at, minutes]     # 对

## 如何处理

请本人用 csdocs sign 重新签署，它会列全字段。签名不要手工编写。

---

# Signature covers too little

## What it checks

A step signs its own section and all that were signed before, field by field. A signature that
leaves a field out is reported.

## Why it matters

A field that is not covered could be changed later without breaking the signature.

## Example

    covers:
      call: [day, agent, customer, asked_at, called_at]              # wrong: minutes is left out
      call: [day, agent, customer, asked_at, called_at, minutes]     # right

## How to fix

Have the person sign again with csdocs sign, which lists every field. Do not write signatures by
hand.
"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    earlier: set[str] = set()
    for index, signature in enumerate(case.record.signatures):
        step = case.form.step_by_id.get(signature.step)
        if step is None or signature.decision == "void":
            continue
        earlier |= {step.section} if step.section else set()
        for section in case.form.sections:
            owed = {field.id for field in case.form.section_fields(section) if not field.is_computed}
            if section.id in earlier and not owed <= set(signature.covers.get(section.id, ())):
                values = {"by": signature.by, "step": signature.step, "section": section.title}
                yield Problem("signature-covers-too-little", ("signatures", index, "covers"), values)


RULE = Rule(
    "REC340",
    "signature-covers-too-little",
    Severity.ERROR,
    Text("{by} 在“{step}”的签名没有覆盖“{section}”", "the signature of {by} at “{step}” leaves out “{section}”"),
    Text("请用 csdocs sign 重新签署", "sign again with csdocs sign"),
    check,
)
