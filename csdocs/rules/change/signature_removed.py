"""# 签名被删除或改动

## 检查什么

记录里已有的每个签名都要原样留在原来的位置，新的签名只能加在后面。

## 为什么重要

去掉一个签名再改内容，看上去就像从来没有人签过。

## 示例

    signatures:
      - {step: fill, by: S1001, …}         # 错：被删去
      - {step: confirm, by: S0003, …}

## 如何处理

恢复原来的签名（git restore）。要更正内容用 csdocs amend；两人同时签署造成冲突的，保留先入库的，
后一人重新签署。

---

# Signature removed

## What it checks

Every signature that a record has must stay where it is, to the letter; new ones follow.

## Why it matters

With a signature taken away and the content changed, it would look as if nobody had ever signed.

## Example

    signatures:
      - {step: fill, by: S1001, …}         # wrong: removed
      - {step: confirm, by: S0003, …}

## How to fix

Restore it with git restore. To correct content use csdocs amend. If two people signed at once, keep
the one that is in and let the other sign again.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG615",
    "signature-removed",
    Severity.ERROR,
    Text("第 {number} 个签名被删除或改动", "signature {number} was removed or changed"),
    Text("恢复原签名；更正请用 csdocs amend", "restore it; correct a record with csdocs amend"),
)
