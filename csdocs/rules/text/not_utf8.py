"""# 文件不是 UTF-8 编码

## 检查什么

每个受控文件和记录都必须是 UTF-8 编码。报告指出第一个读不懂的字节所在的行。

## 为什么重要

旧版中文软件常用 GBK 保存，换一台电脑打开就成了乱码。签名核对的正是这些文字，读不出来就无法核对。

## 示例

    remarks: ¿Í»§±íÊ¾ÂúÒâ      # 错：以 GBK 保存，别人看到的是这样
    remarks: 客户表示满意      # 对：以 UTF-8 保存

## 如何处理

用能显示原文的编辑器打开文件，选“另存为”，编码选 UTF-8（不带 BOM）。

---

# Not UTF-8

## What it checks

Every controlled file and record must be encoded in UTF-8. The report points at the first byte that
cannot be read.

## Why it matters

Older Chinese software saves in GBK, and on another computer the text turns into nonsense.
Signatures are checked against this very text; what cannot be read cannot be checked.

## Example

    remarks: ¿Í»§±íÊ¾ÂúÒâ      # wrong: saved as GBK, this is what others see
    remarks: 客户表示满意      # right: saved as UTF-8

## How to fix

Open the file in an editor that shows it properly, choose “Save as” and pick UTF-8 without a byte
order mark.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT101",
    "not-utf8",
    Severity.ERROR,
    Text("文件不是 UTF-8 编码", "the file is not UTF-8"),
    Text("用文本编辑器另存为 UTF-8（无 BOM）", "save it as UTF-8 without a byte order mark"),
)
