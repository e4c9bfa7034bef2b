"""# 部门或岗位登记了两次

## 检查什么

handbook/organisation.yaml 中每个部门、每个岗位的编号只出现一次。

## 为什么重要

同一编号有两条，后一条的名称、负责人和上级会悄悄取代前一条。

## 示例

    posts:
      - {id: R-QA, name: {zh: 质检员, en: Inspector}, superior: R-SUPERVISOR}
      - {id: R-QA, name: {zh: 质检专员, en: Inspector}}     # 错

## 如何处理

合并为一条；确是另一个部门或岗位的，换一个编号。

---

# Unit twice

## What it checks

Every department and every post has one entry in handbook/organisation.yaml.

## Why it matters

Of two entries with one id the second silently replaces name, head and superior of the first.

## Example

    posts:
      - {id: R-QA, name: {zh: 质检员, en: Inspector}, superior: R-SUPERVISOR}
      - {id: R-QA, name: {zh: 质检专员, en: Inspector}}     # wrong

## How to fix

Make them one entry, or give the other department or post an id of its own.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.person import Department, Post
from csdocs.model.place import ORGANISATION
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    register = workspace.register
    units: dict[str, tuple[Department | Post, ...]] = {"departments": register.departments, "posts": register.posts}
    for key, listed in units.items():
        seen: set[str] = set()
        for index, unit in enumerate(listed):
            if unit.id in seen:
                yield Problem("unit-twice", (key, index, "id"), {"path": ORGANISATION, "unit": unit.id})
            seen.add(unit.id)


RULE = Rule(
    "WSP525",
    "unit-twice",
    Severity.ERROR,
    Text("{unit} 登记了两次", "{unit} is registered twice"),
    Text("合并为一条，或换一个编号", "make them one entry, or give one another id"),
    check,
)
