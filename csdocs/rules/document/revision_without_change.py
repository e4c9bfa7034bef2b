"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    control = case.document.control
    if [change.revision for change in control.changes] != list(range(1, control.revision + 1)):
        yield Problem("revision-without-change", ("changes",), {"revision": control.revision})


RULE = Rule(
    "DOC210",
    "revision-without-change",
    Severity.ERROR,
    Text("第 {revision} 版没有对应的修订记录", "revision {revision} has no change entry"),
    Text("在 changes 中补上该版的日期、类别、摘要和理由", "add it to `changes` with date, kind, summary and reason"),
    check,
)
