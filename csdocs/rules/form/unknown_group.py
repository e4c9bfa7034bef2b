"""# 没有这个字段组

## 检查什么

表单用 group 引用的字段组，必须是 templates/groups/ 里的一个文件，并且含有 fields 列表。

## 为什么重要

引用落空，这几个字段就不在表单里，而填表的人以为它们在。

## 示例

    - {group: contacts, sha256: a4eb…}     # 错
    - {group: contact, sha256: a4eb…}      # 对：templates/groups/contact.yaml

## 如何处理

核对文件名（不带 .yaml）；字段只有这张表用的，直接写在表单里。

---

# Unknown group

## What it checks

A group that a form uses must be a file in templates/groups/ with a list `fields`.

## Why it matters

Otherwise those fields are not in the form, though its author thinks they are.

## Example

    - {group: contacts, sha256: a4eb…}     # wrong
    - {group: contact, sha256: a4eb…}      # right: templates/groups/contact.yaml

## How to fix

Check the file name (without .yaml). Fields that only this form needs are better written here.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "FRM404",
    "unknown-group",
    Severity.ERROR,
    Text("没有字段组“{group}”", "there is no field group “{group}”"),
    Text("核对名称；字段组在 templates/groups/", "check the name; groups are in templates/groups/"),
)
