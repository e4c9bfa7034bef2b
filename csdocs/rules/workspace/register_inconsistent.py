"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.model.workspace import ORGANISATION, PEOPLE
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    register = tree.workspace.register
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
