"""# 改动了不属于任何一类的文件

## 检查什么

本次提交在 handbook/ 或 templates/ 下加入或改动了一个文件，它不属于规定的任何一类；或者在 records/ 下
放了 .gitattributes、.gitignore 一类的文件。

## 为什么重要

不知道是哪一类，就不知道由谁审批；放它进来，等于绕过了审批。以点开头的文件平时看不见，git 却会照办：
改写取出的内容，或者把新记录漏在提交之外。

## 示例

    handbook/notes/visits.md             # 错
    handbook/regulations/REG-VISIT.md    # 对

## 如何处理

移到正确的文件夹，补上控制信息；只是草稿的，不要提交到这里。给 git 的设置只写在根目录的 .gitattributes、
.gitignore 里，和 csdocs.yaml 一样审批。

---

# Unclassified change

## What it checks

The change adds or edits a file below handbook/ or templates/ that belongs to none of the known
classes, or lays a file such as .gitattributes or .gitignore among the records.

## Why it matters

Nobody knows who should approve a file of no class. Letting it in would go round the approval. And
a hidden file is seen by nobody but obeyed by git, which may lay out other content by it, or leave
new records out of a commit.

## Example

    handbook/notes/visits.md             # wrong
    handbook/regulations/REG-VISIT.md    # right

## How to fix

Move it to the right folder and give it a control block; a mere draft does not belong here. What
git is to obey stands in .gitattributes and .gitignore at the top alone, approved like csdocs.yaml.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG603",
    "unclassified-change",
    Severity.ERROR,
    Text("不属于任何一类受控文件", "belongs to no class of controlled file"),
    Text("移到正确的文件夹", "move it to the right folder"),
)
