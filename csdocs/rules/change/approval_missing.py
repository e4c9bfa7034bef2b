"""# 审批不齐

## 检查什么

这一改动要求在入库之前具备全部凭据：起草人提交，规定的岗位批准。还缺的在提示中逐项列出。

## 为什么重要

登记册、审批规则一类的文件，入库即用。先用后批，就等于没有批。

## 示例

    csdocs approve handbook/people.yaml --as S0007 --post R-QUALITY     # 对

## 如何处理

请所列的人运行提示中的命令。签署之后文件再改一个字，都要重新签。

---

# Approval missing

## What it checks

This change needs all its receipts before it goes in: drafters submit, the posts of the policy
approve. What is missing is listed.

## Why it matters

Registers and policy count as soon as they are in. Approving them afterwards would be no approval.

## Example

    csdocs approve handbook/people.yaml --as S0007 --post R-QUALITY     # right

## How to fix

Have those named run the commands shown. If a single character changes afterwards they must sign
again.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG612",
    "approval-missing",
    Severity.ERROR,
    Text("审批不齐：{missing}", "approvals are missing: {missing}"),
    Text("按所列命令签署", "sign with the commands shown"),
)
