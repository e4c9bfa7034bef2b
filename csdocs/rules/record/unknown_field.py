"""# 表单没有这个字段

## 检查什么

data 里的每个键都必须是表单的字段，表格里的列也一样。

## 为什么重要

拼错的字段没有人看，也不会打印；应填的那一栏却是空的。

## 示例

    minuts: 12      # 错
    minutes: 12     # 对

## 如何处理

改正拼写；表单没有这一栏而内容重要的，写进备注 remarks。旧记录按当时的表单填写，不要照新表单补字段。

---

# Unknown field

## What it checks

Every key under `data` must be a field of the form; the same goes for the columns of a table.

## Why it matters

Nobody looks at a misspelt field and it is not printed, while the field that was meant stays empty.

## Example

    minuts: 12      # wrong
    minutes: 12     # right

## How to fix

Correct the spelling. If the form has no such field but the fact matters, put it into `remarks`. An
old record keeps the fields of the form of its day.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC303",
    "unknown-field",
    Severity.ERROR,
    Text("表单 {form} 没有字段“{field}”{meant}", "form {form} has no field “{field}”{meant}"),
    Text(
        "检查拼写；csdocs form schema {form} 列出全部字段",
        "check the spelling; csdocs form schema {form} lists all fields",
    ),
)
