"""# 受控文件被删除或改名

## 检查什么

本次提交删除或改名了 handbook/、templates/ 下的文件或 csdocs.yaml。改名等于删一个、加一个。

## 为什么重要

记录按当时的制度和表单判断，多年以后还要找得到。文件没了，引用它的一切都失去依据。

## 示例

    git rm handbook/regulations/REG-VISIT.md     # 错

    revision: 3                                  # 对：在控制信息中写明废止
    withdrawn: 2026-12-31

## 如何处理

恢复该文件。要废止制度或表单，升一版，在控制信息中写 withdrawn 和日期，照常审批。

---

# Controlled file removed

## What it checks

The change deletes or renames a file below handbook/ or templates/, or csdocs.yaml. A rename is a
deletion and a new file.

## Why it matters

Records are judged by the rules and forms of their day, for years. If a file vanishes, all that
cites it loses its ground.

## Example

    git rm handbook/regulations/REG-VISIT.md     # wrong

    revision: 3                                  # right: withdrawn in the control block
    withdrawn: 2026-12-31

## How to fix

Restore it. To end a document or form raise its revision, give the date as `withdrawn` and have it
approved as usual.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG601",
    "controlled-file-removed",
    Severity.ERROR,
    Text("受控文件被删除或改名", "a controlled file was deleted or renamed"),
    Text(
        "恢复该文件；废止请在控制信息中写 withdrawn",
        "restore it; withdraw a document with `withdrawn` in its control block",
    ),
)
