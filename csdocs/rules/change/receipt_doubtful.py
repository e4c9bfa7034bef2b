"""# 凭据存疑

## 检查什么

凭据入库时签署人已不担任该岗位，或者签署所用的密钥后来被宣告可能早已外泄。这是警告，凭据仍然算数。

## 为什么重要

签署时间由签署人自己填写，可以倒填。系统只能证明先后顺序，余下的要由人来判断。

## 示例

    revoked:
      at: 2026-11-20T09:00:00+08:00
      compromised_since: 2026-11-01T00:00:00+08:00     # 此后的签名都要核实

## 如何处理

向本人核实这次签署。不是本人签的，修订该文件，重新审批。

---

# Receipt doubtful

## What it checks

When the receipt landed its signer no longer held the post, or the key that signed was later
declared stolen as of an earlier time. A warning: the receipt still counts.

## Why it matters

Signers write the time themselves and can write an earlier one. Only the order is proved; the rest
is for people to judge.

## Example

    revoked:
      at: 2026-11-20T09:00:00+08:00
      compromised_since: 2026-11-01T00:00:00+08:00     # ask about every signature after this

## How to fix

Ask the person whether they signed. If they did not, revise the file and have it approved anew.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG619",
    "receipt-doubtful",
    Severity.WARNING,
    Text("{by} 的凭据存疑：{reason}", "the receipt of {by} is doubtful: {reason}"),
    Text(
        "向本人核实；有误则修订并重新审批", "ask the person; if it is wrong, revise the file and have it approved anew"
    ),
)
