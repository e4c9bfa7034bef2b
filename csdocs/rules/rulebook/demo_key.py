"""# 正式工作区里有演示密钥

## 检查什么

演示密钥由公开的句子推算出来，人人都有。只有标明 demo: true 的工作区可以登记它。

## 为什么重要

用演示密钥签的字，谁都能伪造，不能证明是本人所签。

## 示例

    demo: false
    keys: [{public: ssh-ed25519 AAAA… DEMO-ONLY-S1002, …}]     # 错
    keys: [{public: ssh-ed25519 AAAA… zhanglei, …}]            # 对

## 如何处理

请本人用 csdocs keys new 生成自己的密钥，把公钥登记进来；演示密钥从登记册中删去。

---

# Demo key

## What it checks

Demo keys are derived from a public sentence, so everybody has them. Only a workspace marked `demo:
true` may list them.

## Why it matters

Anybody can make a signature with a demo key. It proves nothing about who signed.

## Example

    demo: false
    keys: [{public: ssh-ed25519 AAAA… DEMO-ONLY-S1002, …}]     # wrong
    keys: [{public: ssh-ed25519 AAAA… zhanglei, …}]            # right

## How to fix

Have each person make a key with csdocs keys new and register its public half; remove the demo keys.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace, is_demo_key
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import PEOPLE
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    if workspace.settings.demo:
        return
    for i, person in enumerate(workspace.register.people):
        for j, key in enumerate(person.keys):
            if is_demo_key(key.public, workspace.register):
                values = {"path": PEOPLE, "staff": person.staff_no}
                yield Problem("demo-key", ("people", i, "keys", j, "public"), values)


RULE = Rule(
    "WSP515",
    "demo-key",
    Severity.ERROR,
    Text("{staff} 登记了演示密钥，而本工作区不是演示用", "{staff} has a demo key, and this is no demo workspace"),
    Text("用 csdocs keys new {staff} 生成真正的密钥", "make a real key with csdocs keys new {staff}"),
    check,
)
