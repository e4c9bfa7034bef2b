"""# 值的写法不合规

## 检查什么

键认识，但值不是该处应有的写法：日期不存在、时间格式不对、该写整数的地方写了文字、中英文只写了一种。

## 为什么重要

写法统一，人和程序才能得出同样的理解。2 月 30 日不会自动变成 3 月 2 日。

## 示例

    extra_working_days: [2026-02-30]     # 错
    extra_working_days: [2026-02-28]     # 对

## 如何处理

报告写明了应有的写法，照此改正。数字或时间被误认时，给它加上英文双引号。

---

# Value written wrong

## What it checks

The key is known but its value is not of the kind expected: a day that does not exist, a time in
another format, words for a whole number, one language where both are due.

## Why it matters

With one spelling people and programs understand the same. The 30th of February does not quietly
become the 2nd of March.

## Example

    extra_working_days: [2026-02-30]     # wrong
    extra_working_days: [2026-02-28]     # right

## How to fix

The report says what is expected; write it so. Put double quotes around a number or a time that is
taken for something else.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP153",
    "wrong-value",
    Severity.ERROR,
    Text("“{key}”的值“{value}”不合规，应为：{expected}", "“{key}” has the value “{value}”, expected {expected}"),
    Text("按要求改写", "write it as expected"),
)
