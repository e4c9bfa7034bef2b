"""# 文件是空的

## 检查什么

文件里没有任何内容，或者只有注释。

## 为什么重要

空文件占着一个编号，却不能证明任何事情；提交时多半是忘了保存。

## 示例

    # 明天再填                # 错：整个文件只有这一行

## 如何处理

补上内容再提交。暂时不填的，先删除文件，到时用 csdocs new 新建。

---

# Empty file

## What it checks

The file holds nothing, or nothing but comments.

## Why it matters

An empty file takes up a number and proves nothing. Usually somebody forgot to save.

## Example

    # 明天再填                # wrong: the whole file

## How to fix

Fill it before you commit. If it can wait, delete the file and make it with csdocs new when the time
comes.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT112",
    "empty-file",
    Severity.ERROR,
    Text("文件是空的", "the file is empty"),
    Text("补上内容或删除文件", "fill it or delete it"),
)
