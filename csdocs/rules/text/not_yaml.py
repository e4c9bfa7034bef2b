"""# 不是有效的 YAML

## 检查什么

文件的写法不符合 YAML 语法，无法分辨键和值。报告尽量指出写错的那一行；看不出来时，
给出读不下去的那一行，真正的错误有时在它的上一行。

## 为什么重要

读不懂的文件等于没有这份记录：它的编号、日期、签名都无法核对。

## 示例

    customer:K-2001          # 错：冒号后缺空格
    customer: K-2001         # 对

## 如何处理

检查三处：冒号后有一个空格；同一层的键左边对齐；引号成对。文字里有“: ”或“ #”时给整段加上英文双引号。

---

# Not valid YAML

## What it checks

The file does not follow the grammar of YAML, so keys and values cannot be told apart. The report
names the line with the slip where it can be told, or else the line where reading stopped; then the
slip may be on the line before.

## Why it matters

A file that cannot be read is no record at all: neither its number nor its day nor its signatures
can be checked.

## Example

    customer:K-2001          # wrong: no space after the colon
    customer: K-2001         # right

## How to fix

Check three things: a space after each colon, keys of one level aligned, and quotes in pairs. Put
double quotes around text that contains “: ” or “ #”.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT107",
    "not-yaml",
    Severity.ERROR,
    Text("文件格式（YAML）有误：{reason}", "not valid YAML: {reason}"),
    Text("{cure}", "{cure}"),
)
