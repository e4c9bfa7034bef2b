"""# 附件缺失或被改动

## 检查什么

登记的每个附件都要在“编号.files”文件夹里，大小和摘要与登记一致。

## 为什么重要

签名签的是附件的摘要。换掉附件而不换登记，签字人签的就不是这个文件。

## 示例

    recording: {name: call.mp3, sha256: 4e07…, bytes: 12}     # 错：文件夹里是另一个文件

## 如何处理

把原文件放回去（git 历史里有）。登记写错而尚未签字的，更正摘要和大小；已签字的用 csdocs amend。

---

# Attachment wrong

## What it checks

Every attachment that is listed must lie in the folder “number.files” with the size and digest
given.

## Why it matters

Signatures cover the digest. With another file in its place, this is not what the signer signed.

## Example

    recording: {name: call.mp3, sha256: 4e07…, bytes: 12}     # wrong: the file there is another one

## How to fix

Put the original back; git has it. If the list is wrong and not signed, correct digest and size; if
it is signed use csdocs amend.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for route, _, value in case.scalars("file"):
        trouble = case.attachment_trouble(value)
        if trouble is not None:
            values = {"name": value["name"], "trouble": trouble, "folder": case.attachment_folder}
            yield Problem("attachment-wrong", route, values)


RULE = Rule(
    "REC337",
    "attachment-wrong",
    Severity.ERROR,
    Text("附件“{name}”{trouble}", "the attachment “{name}” {trouble}"),
    Text(
        "把原文件放回 {folder}；还没签字的，用 csdocs fill 编号 --attach 文件 重新附上",
        "put the original back into {folder}; if nobody has signed yet, csdocs fill ID --attach FILE",
    ),
    check,
    among="attachments",
)
