"""# 签署时的表单不是这一版

## 检查什么

签名记下了签署时表单文件的摘要。工作区启用以后，它必须与该版表单的内容完全相同。

## 为什么重要

表单的题目、选项或者声明改了而版次没有变，签字人当时看到的就不是现在这张表。

## 示例

    revision: 1     # 错：声明已改，版次未改
    revision: 2     # 对

## 如何处理

查明表单何时改动（git log -p）。恢复原来的内容，把改动作为新的一版发布；已有的记录不动。

---

# Form bytes differ

## What it checks

A signature keeps the digest of the form that was on the screen. Once the workspace is open, it must
be that of the revision named.

## Why it matters

If questions, options or statements change under the same number, the signer saw another form than
the one we see.

## Example

    revision: 1     # wrong: the statement changed, the number did not
    revision: 2     # right

## How to fix

Find the change with git log -p. Restore the form and issue the change as a new revision; leave the
records as they are.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.workspace.in_set_up:
        return  # a draft form may still change under its number
    for index, signature in enumerate(case.record.signatures):
        if signature.form_sha256 != case.compiled.sha256:
            at = ("signatures", index, "form_sha256")
            yield Problem("form-bytes-differ", at, {"revision": case.record.form_revision})


RULE = Rule(
    "REC338",
    "form-bytes-differ",
    Severity.ERROR,
    Text("签署时的表单与第 {revision} 版的内容不同", "the form that was signed is not revision {revision}"),
    Text("查明表单何时被改动（git log -p）", "find out when the form was changed (git log -p)"),
    check,
    concerns=lambda terms: not terms.workspace.in_set_up,
    among="signed_otherwise",
)
