"""# 文件类型不允许

## 检查什么

附件字段可以限定文件类型，按文件名的后缀判断。

## 为什么重要

能长期打开的格式才适合存档；会被改动的文档和程序不适合作凭据。

## 示例

    recording: {name: call.docx, sha256: 1b7e…, bytes: 12}     # 错
    recording: {name: call.mp3, sha256: 1b7e…, bytes: 12}      # 对

## 如何处理

换成提示中的类型：录音转为 mp3，纸件扫描为 pdf。不要只改后缀。

---

# File type not allowed

## What it checks

A file field may limit its types; the ending of the file name decides.

## Why it matters

Only formats that can be opened for years are fit for keeping. Editable documents and programs make
poor evidence.

## Example

    recording: {name: call.docx, sha256: 1b7e…, bytes: 12}     # wrong
    recording: {name: call.mp3, sha256: 1b7e…, bytes: 12}      # right

## How to fix

Convert it to a type named in the hint: recordings to mp3, papers to pdf. Changing the ending alone
does not help.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC311",
    "file-type-not-allowed",
    Severity.ERROR,
    Text("“{field}”不接受文件“{value}”", "“{field}” does not take the file “{value}”"),
    Text("改用这些类型的文件：{types}", "attach a file of one of these types: {types}"),
)
