"""# 登记册前后不一致

## 检查什么

任职写的岗位和部门、岗位的上级、部门的负责岗位，都必须在 handbook/organisation.yaml 中登记。

## 为什么重要

谁能签什么由登记册推算。一处对不上，就会有人签不了字，或者上级找不到人。

## 示例

    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-TEAMLEAD}       # 错：没有登记
    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-SUPERVISOR}     # 对

## 如何处理

改正编号，或者先登记新的岗位、部门。岗位取消时，先给任职者填上 until，再改上级关系。

---

# Register inconsistent

## What it checks

The post and department of a tenure, the superior of a post and the head of a department must all be
in handbook/organisation.yaml.

## Why it matters

Who may sign is worked out from the register. One wrong name, and somebody cannot sign or a superior
cannot be found.

## Example

    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-TEAMLEAD}       # wrong: not in the register
    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-SUPERVISOR}     # right

## How to fix

Correct the id, or enter the new post or department. When a post is abolished, end its tenures with
`until` first.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import ORGANISATION, PEOPLE
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    register = workspace.register
    department, post = Text("部门", "department"), Text("岗位", "post")
    for i, person in enumerate(register.people):
        for j, tenure in enumerate(person.posts):
            for what, name, known in (
                (post, tenure.post, register.post),
                (department, tenure.department, register.department),
            ):
                if name not in known:
                    key = "post" if what is post else "department"
                    values = {"path": PEOPLE, "what": what, "name": name}
                    yield Problem("register-inconsistent", ("people", i, "posts", j, key), values)
    for i, each in enumerate(register.posts):
        if each.superior and each.superior not in register.post:
            values = {"path": ORGANISATION, "what": post, "name": each.superior}
            yield Problem("register-inconsistent", ("posts", i, "superior"), values)
    for i, unit in enumerate(register.departments):
        if unit.head not in register.post:
            values = {"path": ORGANISATION, "what": post, "name": unit.head}
            yield Problem("register-inconsistent", ("departments", i, "head"), values)


RULE = Rule(
    "WSP513",
    "register-inconsistent",
    Severity.ERROR,
    Text("登记册中{what} {name} 不存在", "the register names the {what} {name}, which does not exist"),
    Text(
        "核对 handbook/organisation.yaml 与 handbook/people.yaml",
        "compare handbook/organisation.yaml and handbook/people.yaml",
    ),
    check,
)
