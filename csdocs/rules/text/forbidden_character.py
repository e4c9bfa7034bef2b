"""# 含有不允许的字符

## 检查什么

文件中不得有 TAB、回车符（CR）、零宽字符、改变书写方向的字符和其他控制字符。换行只用 LF。
双引号中的转义（如 `\\u202e`）同样不得写出这些字符。

## 为什么重要

这些字符看不见：两段文字看上去一样，查询和签名却认为不同；有的还能让人看到与实际内容相反的次序。

## 示例

    customer: K-2001[U+200B]   # 错：从网页复制时带来的零宽空格
    customer: K-2001           # 对

## 如何处理

删除报告所指位置的字符，手工重新输入前后的几个字。缩进一律用空格；在编辑器里把换行格式设为 LF。
第一行第一个字符是 U+FEFF 的，是记事本写的字节顺序标记：另存为 UTF-8，不带 BOM。

---

# Forbidden character

## What it checks

A file may not contain TAB, carriage return, zero-width characters, characters that turn the writing
direction, or other control characters, nor spell them as an escape between double quotes (`\\u202e`). Lines
end with LF alone.

## Why it matters

Nobody can see them: two texts look alike, yet searches and signatures find them different, and some
make people read words in another order than they stand.

## Example

    customer: K-2001[U+200B]   # wrong: a zero-width space copied from a web page
    customer: K-2001           # right

## How to fix

Delete the character at the place given and type the neighbouring letters again. Indent with spaces
only, and set your editor to LF line ends. U+FEFF in the first place of a file is the byte order mark
of Notepad: save it as UTF-8 without BOM.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT102",
    "forbidden-character",
    Severity.ERROR,
    Text("含有不允许的字符 {code}（{name}）", "contains the character {code} ({name}), which is not allowed"),
    Text("{cure}", "{cure}"),
)
