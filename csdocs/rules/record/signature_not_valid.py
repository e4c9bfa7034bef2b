"""# 签名无效

## 检查什么

签名要能用登记册中该员工的公钥验证，并且签字时这把密钥已生效、未到期、未吊销。

## 为什么重要

只有验证过的签名才能说明是谁签的。姓名和提交人都可以随便写。

## 示例

    keys:
      - {public: …S1002, valid_from: 2026-01-01, valid_until: 2026-11-10}     # 错
    signatures:
      - {step: fill, by: S1002, at: "2026-11-17T09:50:00+08:00", …}

## 如何处理

请本人用登记有效的密钥重新签署。换了新电脑的，先登记新公钥；怀疑密钥泄露的，立即吊销。

---

# Signature not valid

## What it checks

A signature must verify with a key that the register gives this person, and the key must have been
valid then: begun, not ended, not revoked.

## Why it matters

Only a verified signature says who signed. Names and commit authors can be anything.

## Example

    keys:
      - {public: …S1002, valid_from: 2026-01-01, valid_until: 2026-11-10}     # wrong
    signatures:
      - {step: fill, by: S1002, at: "2026-11-17T09:50:00+08:00", …}

## How to fix

Have the person sign again with a key that is registered and valid. With a new computer register the
new key first; revoke a key at once if it may have leaked.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.refused if problem.slug == "signature-not-valid")


RULE = Rule(
    "REC323",
    "signature-not-valid",
    Severity.ERROR,
    Text("{by} 在“{step}”的签名无效：{reason}", "the signature of {by} at “{step}” is not valid: {reason}"),
    Text("请本人用登记的密钥重新签署", "have that person sign again with a registered key"),
    check,
    among="refused",
)
