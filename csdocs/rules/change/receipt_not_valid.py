"""# 凭据无效

## 检查什么

新加的凭据要放在规定的位置，属于本工作区，由登记册中的人用有效的密钥签署，
并且此人当日担任所写的岗位。以已经批准的登记册为准，不看本次改动。

## 为什么重要

如果可以按自己改过的登记册来批准，任何人都能给自己授权。

## 示例

    person: S1002
    post: R-SUPERVISOR     # 错：当日不担任客服主管

## 如何处理

按提示中的原因处理，请本人用 csdocs approve 或 csdocs submit 重新签署。
新人须等登记册的改动批准之后再签。

---

# Receipt not valid

## What it checks

A new receipt must lie in its place, belong to this workspace and be signed with a valid key of a
registered person who held the post that day, by the register as approved, not as this change would
have it.

## Why it matters

If one could approve by a register that one has just edited, everybody could give themselves
authority.

## Example

    person: S1002
    post: R-SUPERVISOR     # wrong: did not hold that post

## How to fix

Follow the reason given and have the person sign again with csdocs approve or csdocs submit.
Newcomers sign after the register that names them has been approved.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG605",
    "receipt-not-valid",
    Severity.ERROR,
    Text("凭据无效：{reason}", "the receipt is not valid: {reason}"),
    Text(
        "请本人重新签署：csdocs approve 或 csdocs submit",
        "have that person sign again with csdocs approve or csdocs submit",
    ),
)
