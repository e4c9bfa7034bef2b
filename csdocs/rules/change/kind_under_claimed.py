"""# 改动类别报低了

## 检查什么

系统比较前后两版，推算改动的类别：条款、数字、应当与可以、链接、参数、表格内容有变动的，
不是文字修改。申报的类别低于推算的就报告。

## 为什么重要

类别决定由多少人审批。把实质改动报成文字修改，就少了应有的审批。

## 示例

    kind: editorial     # 错：“15分钟”改成了“20分钟”
    kind: minor         # 对

## 如何处理

把 kind 改为提示中的类别，请有关人员重新签署。确实只想改文字的，把其他改动撤出，另作一版。

---

# Kind claimed too low

## What it checks

The two revisions are compared. If clauses, numbers, words of duty, links, parameters or tables
changed, the change is more than editorial. A claim below what was found is reported.

## Why it matters

The kind decides how many must approve. Calling a real change editorial would escape them.

## Example

    kind: editorial     # wrong: “15 minutes” became “20 minutes”
    kind: minor         # right

## How to fix

Set `kind` to what the report says and have it signed again. If you meant to change words only, take
the rest out into another revision.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG609",
    "kind-under-claimed",
    Severity.ERROR,
    Text(
        "改动类别应为 {computed}，只申报为 {claimed}：{reason}",
        "the change is {computed}, but is claimed as {claimed}: {reason}",
    ),
    Text(
        "把 changes 中的 kind 改为 {computed}，再重新签署",
        "set `kind` to {computed} in `changes`, then have it signed again",
    ),
)
