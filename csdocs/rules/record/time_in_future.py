"""# 时间晚于现在

## 检查什么

填表时间和签字时间不得晚于检查的时刻；相差十分钟以内不算，两台电脑的时钟总有出入。

## 为什么重要

还没有到的时间不可能已经签过字。多半是电脑时钟不准，或者提前填好了记录。

## 示例

    created_at: 2026-11-28T14:30:00+08:00     # 错：今天是 11 月 20 日
    created_at: 2026-11-18T14:30:00+08:00     # 对

## 如何处理

校准电脑时钟。没有签字的，改正时间。已经签字的，退回到签字之前，请本人重新签署：提交过的文件用
`git restore 文件` 取回，从未提交的删去重填。相差不久的，也可以等到那时再提交。

---

# Time in the future

## What it checks

Neither the creation nor a signature may lie after the moment of the check. Ten minutes are nothing: no
two clocks agree.

## Why it matters

Nobody has signed at a time that has not come. Usually a clock is wrong, or the record was prepared
in advance.

## Example

    created_at: 2026-11-28T14:30:00+08:00     # wrong: today is 20 November
    created_at: 2026-11-18T14:30:00+08:00     # right

## How to fix

Set the clock of the computer. Correct the time if nothing is signed. What is signed goes back to
what it was before and is signed again: `git restore FILE` brings back what was committed; what never
was is deleted and filled in anew. Where little is lacking, wait until then with the commit.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.skew import SKEW
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    now = case.workspace.now
    if case.latest <= now + SKEW:
        return
    if case.created > now + SKEW:
        yield Problem("time-in-future", ("created_at",), {"value": case.record.created_at, "now": now.isoformat()})
    for index, moment in enumerate(case.moments):
        if moment > now + SKEW:
            at = case.record.signatures[index].at
            yield Problem("time-in-future", ("signatures", index, "at"), {"value": at, "now": now.isoformat()})


RULE = Rule(
    "REC334",
    "time-in-future",
    Severity.ERROR,
    Text("时间 {value} 晚于当前时间 {now}", "the time {value} lies after now ({now})"),
    Text(
        "先看本机时钟；时钟没错，就改正时间，已签的退回重签（csdocs explain REC334）",
        "look at the clock of this machine; if it is right, correct the time, or sign again what is signed (csdocs explain REC334)",
    ),
    check,
    among="out_of_time",
)
