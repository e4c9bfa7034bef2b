"""# 文字不是 NFC 规范形式

## 检查什么

同一个带符号的字母可以有两种写法：一个字符，或者字母加一个组合符号。
文件只接受前一种（Unicode NFC）。

## 为什么重要

两种写法显示完全相同，却会使姓名查不到、编号对不上。多见于从苹果电脑或 PDF 复制的外文姓名。

## 示例

    remarks: 客户 Jose´ 已回访   # 错：字母 e 加组合符号
    remarks: 客户 José 已回访    # 对：一个字符

## 如何处理

删除该词，用键盘重新输入；或者用编辑器的转换功能把整个文件转为 NFC。

---

# Not in form NFC

## What it checks

A letter with an accent can be stored as one character or as a letter followed by a combining mark.
Files take the first way only (Unicode form NFC).

## Why it matters

Both look the same, but names are not found and numbers do not match. It usually comes with foreign
names copied from a Mac or a PDF.

## Example

    remarks: 客户 Jose´ 已回访   # wrong: the letter e and a combining mark
    remarks: 客户 José 已回访    # right: one character

## How to fix

Delete the word and type it again, or let your editor convert the file to NFC.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT103",
    "not-nfc",
    Severity.ERROR,
    Text("文字不是 NFC 规范形式", "the text is not in Unicode form NFC"),
    Text("重新输入该处文字，或用编辑器转换为 NFC", "type the word again, or convert the file to NFC"),
)
