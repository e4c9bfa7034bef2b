"""# 没有审批规则

## 检查什么

csdocs.yaml 的 review.rules 按路径规定由谁审批。没有任何一条规则涉及这个文件。

## 为什么重要

没有规则不等于不用审批，而是谁也无权批准，改动因此停在这里。

## 示例

    review:
      groups: {quality: [R-QUALITY]}
      rules:
        - {paths: ["handbook/*", "templates/*"], approve: 1 of quality}     # 对

## 如何处理

请负责审批规则的人补一条。规则从上到下取第一条相符的，范围大的放在最后。

---

# No policy

## What it checks

`review.rules` in csdocs.yaml says by path who approves. No rule covers this file.

## Why it matters

No rule does not mean no approval: nobody has authority to approve, so the change stops here.

## Example

    review:
      groups: {quality: [R-QUALITY]}
      rules:
        - {paths: ["handbook/*", "templates/*"], approve: 1 of quality}     # right

## How to fix

Ask whoever is in charge of the policy to add one. The first rule that fits counts, so put the
widest last.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG611",
    "no-policy",
    Severity.ERROR,
    Text("审批规则没有覆盖这个路径", "no policy rule covers this path"),
    Text("在 csdocs.yaml 的 review.rules 中补上", "add one under review.rules in csdocs.yaml"),
)
