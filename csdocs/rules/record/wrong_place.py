"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    expected = case.proper_path
    if case.path != expected:
        yield Problem("wrong-place", ("record",), {"expected": expected})


RULE = Rule(
    "REC326",
    "wrong-place",
    Severity.ERROR,
    Text("文件应位于 {expected}", "the file belongs at {expected}"),
    Text("移动文件：git mv {path} {expected}", "move it: git mv {path} {expected}"),
    check,
)
