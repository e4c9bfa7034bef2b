"""# 正文标记太多

## 检查什么

一份制度或者手册的正文最多 10,000 行，Markdown 标记所用的字符（`[ ] * _ < > ! & | \\` 和反引号）合计最多 10,000 个。超过的不再解析，
因此其中的其他问题这时看不到。

## 为什么重要

最长的制度只有几百行。成千上万个标记多半是粘贴错了，或者有人想让检查停在那里；解析这样的正文要几分钟。

## 示例

    [[[[[[[[[[[[[[[[ …      # 错：一行里有一百万个方括号
    1. 见[交接班制度](REG-HANDOVER.md#1)。      # 对

## 如何处理

看看所指的那一行是怎么来的，删去粘贴错的内容；确实很长的，拆成几份制度。

---

# Too much markup

## What it checks

The text of a regulation or handbook part may have at most 10,000 lines, and 10,000 of the
characters that Markdown uses for markup (`[ ] * _ < > ! & | \\` and the backtick). What has more is
not read any further, so nothing else in it is reported yet.

## Why it matters

The longest regulations have a few hundred lines. Thousands of marks were pasted by mistake, or by
somebody who wants the check to stand still: a text like that takes minutes to read.

## Example

    [[[[[[[[[[[[[[[[ …      # wrong: a million brackets on one line
    1. See [shift handover](REG-HANDOVER.md#1).      # right

## How to fix

See how the line came about and take out what was pasted by mistake. What is really that long is
better split into several regulations.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT113",
    "too-much-markup",
    Severity.ERROR,
    Text("正文超过 {limit} 行或 {limit} 个标记字符", "the text has more than {limit} lines or marks"),
    Text(
        "删去粘贴错的内容，或者拆成几份制度",
        "take out what was pasted by mistake, or split it into several regulations",
    ),
)
