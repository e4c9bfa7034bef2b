"""# 凭据失效

## 检查什么

这次改动带来的凭据，签的不是文件现在的内容，或者不是从现行获批版改起的。

## 为什么重要

签名只对签署时的内容有效。签了以后再改一个字，就没有人批准过改后的样子。

## 示例

    csdocs approve REG-HANDOVER --as S0002 --post R-DEPTMGR     # 之后又改了正文：失效

## 如何处理

请提示中的人再看一遍，重新签署。不想改的，把文件恢复到签署时的样子。

---

# Receipt void

## What it checks

A receipt that comes with this change is about other bytes than the file has now, or starts from
another approved state.

## Why it matters

A signature holds for what was signed. If a single character changes afterwards, nobody has approved
the result.

## Example

    csdocs approve REG-HANDOVER --as S0002 --post R-DEPTMGR     # then the text was edited: void

## How to fix

Have the person named look again and sign again, or put the file back as it was when they signed.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG618",
    "receipt-void",
    Severity.WARNING,
    Text("{by} 的凭据失效：{reason}", "the receipt of {by} is void: {reason}"),
    Text("请 {by} 重新签署：{command}", "{by} must sign again: {command}"),
)
