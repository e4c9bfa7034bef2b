"""# 缺少控制信息

## 检查什么

制度和手册各篇都以两行 --- 之间的控制信息开头，写明编号、标题、版次、负责岗位和生效日期。

## 为什么重要

没有控制信息，就不知道这份文件由谁负责、何时生效、是第几版，它也就不受控。

## 示例

    ## 值班                  # 错：文件直接从正文开始

    ---                      # 对
    id: HB-20
    title: {zh: 节假日安排, en: Holidays}
    revision: 1
    ---

## 如何处理

从一份现有的制度复制开头部分，改成本文件的内容。第一行必须就是 ---，前面不能有空行。

---

# No control block

## What it checks

Every regulation and handbook part begins with a control block between two lines of ---: its id,
title, revision, owner and effective date.

## Why it matters

Without it nobody knows who answers for the document, since when it holds and which revision it is;
it is not controlled.

## Example

    ## 值班                  # wrong: the file begins with its text

    ---                      # right
    id: HB-20
    title: {zh: 节假日安排, en: Holidays}
    revision: 1
    ---

## How to fix

Copy the beginning of an existing document and change it. The very first line must be ---, with
nothing above it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "DOC201",
    "no-front-matter",
    Severity.ERROR,
    Text("缺少以 --- 开头的控制信息", "no control block between --- lines at the top"),
    Text(
        "在文件开头写上控制信息（见 csdocs explain document-format）",
        "begin the file with a control block (csdocs explain document-format)",
    ),
)
