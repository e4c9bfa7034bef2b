"""# 例外已到期

## 检查什么

handbook/waivers.yaml 里的例外，在期限内容许某个文件的某一项检查结果。过了期限仍留在登记册里的，
逐条报告。这是警告。

## 为什么重要

例外是有期限的决定。到期以后它不再遮住问题，留着不删，会让人以为问题仍被容许。

## 示例

    - code: WSP503
      path: records/callback/2026/11/HF-202611-004.yaml
      reason: 003 号因停电未能保存
      approver: S0002
      expires: 2026-11-10     # 错：今天是 11 月 20 日

## 如何处理

问题已经解决的，删去这一条。还需要时间的，请批准人重新决定，写上新的理由和期限。

---

# Waiver expired

## What it checks

A waiver in handbook/waivers.yaml lets one finding on one file stand until a date. Every one past
its date is reported. This is a warning.

## Why it matters

A waiver is a decision with an end. After that it hides nothing, but leaving it there suggests that
the matter is still allowed.

## Example

    - code: WSP503
      path: records/callback/2026/11/HF-202611-004.yaml
      reason: 003 号因停电未能保存
      approver: S0002
      expires: 2026-11-10     # wrong: today is 20 November

## How to fix

If the matter is solved delete the entry. If it needs more time the approver decides again, with a
new reason and date.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import WAIVERS
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    for index, waiver in enumerate(workspace.waivers.waivers):
        if waiver.expires < workspace.today:
            values = {"path": WAIVERS, "code": waiver.code, "file": waiver.path, "expires": waiver.expires}
            yield Problem("waiver-expired", ("waivers", index, "expires"), values)


RULE = Rule(
    "WSP518",
    "waiver-expired",
    Severity.WARNING,
    Text("{file} 的例外 {code} 已于 {expires} 到期", "the waiver of {code} for {file} ended on {expires}"),
    Text("解决该问题后删除此条，或重新批准", "solve the matter and delete the entry, or have it approved again"),
    check,
)
