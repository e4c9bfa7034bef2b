"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.model.workspace import PEOPLE
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, person in enumerate(tree.workspace.register.people):
        if person.staff_no in seen:
            values = {"path": PEOPLE, "staff": person.staff_no}
            yield Problem("staff-number-twice", ("people", index, "staff_no"), values)
        seen.add(person.staff_no)


RULE = Rule(
    "WSP514",
    "staff-number-twice",
    Severity.ERROR,
    Text("工号 {staff} 登记了两次", "the staff number {staff} is registered twice"),
    Text("每人一个工号", "give everybody a number of their own"),
    check,
)
