"""# 更正与原记录不衔接

## 检查什么

更正文件写明它更正哪一份（文件名和摘要）。原文件必须在旁边、内容没有变，表单、版次和日期都相同，
没有作废，也不是已撤回的原记录。

## 为什么重要

更正的价值在于能看出改了什么。原件变了或者不见了，这条线索就断了。

## 示例

    amends: {file: HF-202611-001.yaml, sha256: "0000…0001"}     # 错：不是原件的摘要
    amends: {file: HF-202611-001.yaml, sha256: 5c1f…}           # 对

## 如何处理

先恢复原文件（git log -p）；原件已作废的，删去更正，另填一份。更正尚未签字的，删去后用 csdocs amend 重新生成，摘要会自动写好。

---

# Amendment broken

## What it checks

An amendment names the file it amends, with its digest. That file must lie beside it unchanged, with
the same form, revision and day, and must not have been declared void, nor be a first entry that was withdrawn.

## Why it matters

An amendment is worth something because one can see what it changed. If the original changed or
vanished, the trail is lost.

## Example

    amends: {file: HF-202611-001.yaml, sha256: "0000…0001"}     # wrong: not the digest of the original
    amends: {file: HF-202611-001.yaml, sha256: 5c1f…}           # right

## How to fix

Restore the original first (git log -p); where it is void, delete the amendment and enter a new record. If the amendment is not signed yet, delete it and make it
again with csdocs amend, which writes the digest.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    reason = case.amendment_trouble
    if reason is None and case.amended is not None and case.amended.was_taken_back:
        reason = _ENDED
    if reason is not None:
        yield Problem("amendment-broken", ("amends",), {"reason": reason})


_ENDED = Text("前一份已作废或撤回，应重新填写", "it was void or withdrawn before: enter a new record")
RULE = Rule(
    "REC336",
    "amendment-broken",
    Severity.ERROR,
    Text("更正与前一份不衔接：{reason}", "the amendment does not follow its predecessor: {reason}"),
    Text("用 csdocs amend 重新生成更正", "make the amendment again with csdocs amend"),
    check,
    among="amendment",
)
