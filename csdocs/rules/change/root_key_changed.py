"""# 根密钥被改动

## 检查什么

csdocs.yaml 中的根密钥或工作区编号变了，却没有现任根密钥持有人的凭据。按审批规则批准了也不算。

## 为什么重要

一切信任都建立在根密钥上。能改审批规则的人如果也能换根密钥，就再没有人能约束他。

## 示例

    root_keys:
      - {person: S0009, public: ssh-ed25519 AAAA…}     # 错：没有现任根密钥的签名

## 如何处理

请现任根密钥持有人用 csdocs approve csdocs.yaml --decision emergency 签署。根密钥的每次更换都会印在手册里。

---

# Root key changed

## What it checks

The root keys or the workspace id in csdocs.yaml changed without a receipt by a root key that counts
now. Approvals by the policy do not suffice.

## Why it matters

All trust rests on the root keys. If those who may change the policy could also replace them,
nothing would bind them.

## Example

    root_keys:
      - {person: S0009, public: ssh-ed25519 AAAA…}     # wrong: not signed with the present root key

## How to fix

Have the holder of a present root key sign with csdocs approve csdocs.yaml --decision emergency.
Every change of the root stays visible in the manual.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG617",
    "root-key-changed",
    Severity.ERROR,
    Text(
        "根密钥或工作区编号改变，没有现任根密钥的签名",
        "root keys or workspace id change without a signature by a present root key",
    ),
    Text(
        "请根密钥持有人运行 csdocs approve {path} --as 工号 --decision emergency",
        "have a holder of a root key run csdocs approve {path} --as PERSON --decision emergency",
    ),
)
