"""# 登记册里还没有人

## 检查什么

人员登记册 handbook/people.yaml 里一个人也没有。这是警告，不影响检查和打印。

## 为什么重要

没有人就没有人能填写、签署和审批。登记了人员以后，才会逐个岗位指出哪些无人担任。

## 示例

    people: []               # 错：新建的工作区是这样

    people:                  # 对
      - staff_no: S0001
        name: {zh: 王敏, en: Wang Min}
        joined: 2026-01-05
        posts:
          - {post: R-DEPTMGR, department: D-CS, from: 2026-01-05}

## 如何处理

照上面的样子登记人员和岗位，再由每人运行 csdocs keys new 工号 生成签名密钥。

---

# Nobody is registered

## What it checks

The register of people, handbook/people.yaml, has nobody in it. This is a warning.

## Why it matters

Nobody can fill in, sign or approve anything. Once there are people, each post that nobody holds is
named.

## Example

    people: []               # wrong: as a new workspace has it

    people:                  # right
      - staff_no: S0001
        name: {zh: 王敏, en: Wang Min}
        joined: 2026-01-05
        posts:
          - {post: R-DEPTMGR, department: D-CS, from: 2026-01-05}

## How to fix

Enter people and their posts like this; then everybody runs csdocs keys new STAFF-NUMBER to get a
signing key.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import PEOPLE
from csdocs.model.text import Text
from csdocs.rules.rule import STAFF, Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    if not workspace.register.people:
        yield Problem("nobody-registered", ("people",), {"path": PEOPLE})


RULE = Rule(
    "WSP530",
    "nobody-registered",
    Severity.WARNING,
    Text("登记册里还没有人", "nobody is in the register yet"),
    Text(
        "登记人员和岗位，写法见 csdocs explain WSP530",
        "enter people and their posts, as csdocs explain WSP530 shows",
    ),
    check,
    rests_on=STAFF,
)
