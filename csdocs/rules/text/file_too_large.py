"""# 文件太大

## 检查什么

一个文件不超过 1 MiB。超过的文件不再往下读，因此其中的其他问题这时看不到。

## 为什么重要

记录应当是人能读完的文字。过大的文件多半是把聊天全文、图片或录音贴了进来，
会拖慢每一个人的检查和下载。

## 示例

    remarks: （粘贴的三万行聊天记录）                         # 错
    remarks: 通话内容见附件                                   # 对
    attachments:
      - {name: chat.txt, sha256: 9f2c…, bytes: 1830220}

## 如何处理

把原文作为附件放进“编号.files”文件夹，记录里只写结论；明细太长的拆成几份记录。

---

# File too large

## What it checks

A file may have at most 1 MiB. A larger one is not read any further, so nothing else in it is
reported.

## Why it matters

A record is text that a person can read to the end. Larger ones usually hold a whole chat log, a
picture or a recording, and slow down everybody's checks and downloads.

## Example

    remarks: （粘贴的三万行聊天记录）                         # wrong
    remarks: 通话内容见附件                                   # right
    attachments:
      - {name: chat.txt, sha256: 9f2c…, bytes: 1830220}

## How to fix

Put the material into the folder “number.files” as an attachment and keep the conclusion in the
record; split long tables into several records.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT104",
    "file-too-large",
    Severity.ERROR,
    Text("文件超过 {limit} 字节", "the file is larger than {limit} bytes"),
    Text("拆分文件；图片和录音请作为附件", "split it; put pictures and recordings into attachments"),
)
