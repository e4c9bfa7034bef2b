"""# 签名的密钥可能已失窃

## 检查什么

登记册吊销密钥时写明从何时起可能已落入他人之手（compromised_since）。从那时到吊销为止，用这把密钥所签的
步骤逐一列出。这是警告，签名仍然算数；吊销之后的签名无效，另有报告。

## 为什么重要

那段时间里签字的可能是本人，也可能是拿到密钥的人，程序分辨不出，只能由人核实。

## 示例

    revoked:
      at: 2026-11-20T09:00:00+08:00
      compromised_since: 2026-11-01T00:00:00+08:00     # 11 月 1 日到 20 日的签名都要核实

## 如何处理

向本人核实。不是本人签的，作废或更正这份记录；核实无误的，可在 handbook/waivers.yaml 中豁免。

---

# Key may be stolen

## What it checks

Where the register revokes a key, it says since when the key may have been in other hands (compromised_since).
Every step that the key signed from then until the revocation is listed. A warning: the signature still counts;
one made after the revocation is not valid, which is another finding.

## Why it matters

Whoever signed in that time was the person, or whoever had the key. No program can tell; somebody has to ask.

## Example

    revoked:
      at: 2026-11-20T09:00:00+08:00
      compromised_since: 2026-11-01T00:00:00+08:00     # ask about what was signed from 1 to 20 November

## How to fix

Ask the person. If they did not sign, declare the record void or amend it; if they did, a waiver in
handbook/waivers.yaml may say so.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.load.record.doubt import perhaps_stolen
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for index, since in perhaps_stolen(case):
        signature = case.record.signatures[index]
        step = case.form.step_by_id.get(signature.step) if case.form else None
        values = {"by": signature.by, "step": step.title if step else signature.step, "since": since.isoformat()}
        yield Problem("key-may-be-stolen", ("signatures", index, "by"), values)


RULE = Rule(
    "REC343",
    "key-may-be-stolen",
    Severity.WARNING,
    Text(
        "{by} 签“{step}”所用的密钥自 {since} 起可能已失窃",
        "the key with which {by} signed “{step}” may have been stolen since {since}",
    ),
    Text("向本人核实；不是本人签的，作废或更正", "ask the person; if they did not sign, void or amend it"),
    check,
    among="signed_under_suspicion",
)
