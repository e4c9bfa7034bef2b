"""# 嵌套太深

## 检查什么

键和列表一层套一层，最多 16 层。正常的表单只用到五六层。

## 为什么重要

嵌套太深的文件几乎都是粘贴或程序出错造成的，人读不懂，还能让读取程序耗尽内存。

## 示例

    remarks: [[[[[[[[[[[[[[[[满意]]]]]]]]]]]]]]]]   # 错
    remarks: 满意                                   # 对

## 如何处理

看报告所指的行，删去多余的方括号、花括号或缩进。

---

# Nested too deep

## What it checks

Keys and lists may stand inside each other up to 16 levels. A normal form needs five or six.

## Why it matters

Deeper files nearly always come from a slip in pasting or from a faulty program. Nobody can read
them, and they can exhaust the reader's memory.

## Example

    remarks: [[[[[[[[[[[[[[[[满意]]]]]]]]]]]]]]]]   # wrong
    remarks: 满意                                   # right

## How to fix

Look at the line given and remove the surplus brackets or indents.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT105",
    "nested-too-deep",
    Severity.ERROR,
    Text("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
    Text("减少嵌套层次", "use fewer levels"),
)
