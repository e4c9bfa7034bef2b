"""# 版次不是下一版

## 检查什么

每次改动把版次加一：已批准的是第 1 版，改动后就是第 2 版。新文件从第 1 版开始。

## 为什么重要

版次不变而内容变了，就有两份“第 1 版”；跳过一版，别人会问那一版在哪里。

## 示例

    revision: 1     # 错：已批准第 1 版，内容又改了
    revision: 2     # 对

## 如何处理

用 csdocs revise 准备下一版，它会改版次并加上修订记录。多次修改尚未批准的，合为一版。

---

# Revision not next

## What it checks

Each change raises the revision by one: after an approved revision 1 comes 2. A new file starts with
1.

## Why it matters

If the content changes under one number there are two of it; if one is skipped people ask where it
went.

## Example

    revision: 1     # wrong: revision 1 is approved, and the text was changed
    revision: 2     # right

## How to fix

Prepare it with csdocs revise, which raises the number and adds the change entry. Edits that are not
approved yet go into one revision.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG607",
    "revision-not-next",
    Severity.ERROR,
    Text("版次应为 {expected}，写成了 {revision}", "the revision should be {expected}, not {revision}"),
    Text("用 csdocs revise 准备下一版", "prepare the next revision with csdocs revise"),
)
