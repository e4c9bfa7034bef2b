"""# 一把密钥登记在两人名下

## 检查什么

handbook/people.yaml 中的每把公钥只属于一个工号；写法不同（如另有备注）的同一把密钥也算。

## 为什么重要

持有这把密钥的人可以用两个人的名义签字，“须由两人分别签署”就落了空。正式启用之后，这样的登记册不能合入。

## 示例

    - {staff_no: S1001, …, keys: [{public: ssh-ed25519 AAAAC3…a1, valid_from: 2026-01-01}]}
    - {staff_no: S1002, …, keys: [{public: ssh-ed25519 AAAAC3…a1, valid_from: 2026-01-01}]}     # 错
    - {staff_no: S1002, …, keys: [{public: ssh-ed25519 AAAAC3…b2, valid_from: 2026-01-01}]}     # 对

## 如何处理

查明密钥是谁的，从另一人名下删去；那个人用 csdocs keys new 生成自己的一把。换了工号的人也用新的密钥。

---

# Key of two people

## What it checks

Each public key in handbook/people.yaml belongs to one staff number, however it is spelled: a remark behind it
makes no other key of it.

## Why it matters

Whoever holds the key could sign in two names, and what two people must sign would be signed by one. Once the
workspace is open, such a register cannot go in.

## Example

    - {staff_no: S1001, …, keys: [{public: ssh-ed25519 AAAAC3…a1, valid_from: 2026-01-01}]}
    - {staff_no: S1002, …, keys: [{public: ssh-ed25519 AAAAC3…a1, valid_from: 2026-01-01}]}     # wrong
    - {staff_no: S1002, …, keys: [{public: ssh-ed25519 AAAAC3…b2, valid_from: 2026-01-01}]}     # right

## How to fix

Find out whose key it is and take it from the other entry; that person makes one with csdocs keys new. Who is
given another staff number gets a new key as well.
"""

from collections.abc import Iterator

from csdocs.load.approval.ambiguity import ambiguities
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    return (problem for problem in ambiguities(workspace.register) if problem.slug == "key-of-two-people")


RULE = Rule(
    "WSP529",
    "key-of-two-people",
    Severity.ERROR,
    Text("{staff} 的密钥也登记在 {other} 名下", "the key of {staff} is registered for {other} as well"),
    Text("每人一把自己的密钥：csdocs keys new", "give everybody a key of their own: csdocs keys new"),
    check,
)
