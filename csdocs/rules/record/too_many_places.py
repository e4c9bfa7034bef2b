"""# 小数位数太多

## 检查什么

小数和百分数字段规定了最多几位小数。

## 为什么重要

多出来的位数多半是计算器显示的，并没有量得那么准；合计时还会产生几分钱的差额。

## 示例

    score: "4.25"     # 错：该字段一位小数
    score: "4.3"      # 对

## 如何处理

四舍五入到规定的位数，加英文双引号。确实需要更多位数的，请表单负责人修改。

---

# Too many places

## What it checks

Decimal and percent fields say how many digits may stand after the point.

## Why it matters

Surplus digits usually come from a calculator, not from a measurement, and make totals differ by a
few cents.

## Example

    score: "4.25"     # wrong: the field takes one digit
    score: "4.3"      # right

## How to fix

Round to the digits allowed and put double quotes around it. If more are needed, ask the owner to
change the form.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC310",
    "too-many-places",
    Severity.ERROR,
    Text(
        "“{field}”的值 {value} 超过 {places} 位小数",
        "“{field}” is {value}; the form allows at most {places} after the decimal point",
    ),
    Text("四舍五入到 {places} 位", "round it to {places} after the decimal point"),
)
