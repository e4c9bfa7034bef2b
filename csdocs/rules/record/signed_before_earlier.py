"""# 签字时间早于前一步

## 检查什么

每个签名的时间不得早于填表时间，也不得早于前一个签名。

## 为什么重要

时间倒置说明有一个时钟不准，或者有人填了不真实的时间；期限和先后都无法判断。

## 示例

    created_at: 2026-11-18T14:30:00+08:00
    - {step: fill, at: "2026-11-18T08:40:00+08:00", …}     # 错
    - {step: fill, at: "2026-11-18T14:40:00+08:00", …}     # 对

## 如何处理

校准时钟后请本人重新签署。时间由 csdocs sign 自动写入，不必手填。

---

# Signed before the step before

## What it checks

No signature may be older than the record itself or than the signature before it.

## Why it matters

Times that run backwards mean a wrong clock or an untrue entry. Neither deadlines nor order can be
judged.

## Example

    created_at: 2026-11-18T14:30:00+08:00
    - {step: fill, at: "2026-11-18T08:40:00+08:00", …}     # wrong
    - {step: fill, at: "2026-11-18T14:40:00+08:00", …}     # right

## How to fix

Set the clock and have the person sign again. csdocs sign writes the time by itself.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    before, what = case.created, _CREATED
    for index, moment in enumerate(case.moments):
        if moment < before:
            at = case.record.signatures[index].at
            yield Problem("signed-before-earlier", ("signatures", index, "at"), {"at": at, "before": what})
        else:
            before = moment
        what = _SIGNED


_CREATED = Text("填表时间", "the record was created")
_SIGNED = Text("上一个签名", "the signature before it")
RULE = Rule(
    "REC335",
    "signed-before-earlier",
    Severity.ERROR,
    Text("签署时间 {at} 早于{before}", "signed at {at}, earlier than {before}"),
    Text("核对时间并重新签署", "check the time and sign again"),
    check,
    among="out_of_time",
)
