"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.load.workspace import is_demo_key
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.model.workspace import PEOPLE
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    if tree.workspace.settings.demo:
        return
    for i, person in enumerate(tree.workspace.register.people):
        for j, key in enumerate(person.keys):
            if is_demo_key(key.public, person.staff_no):
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
