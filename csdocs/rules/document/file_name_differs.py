"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    folder = case.document.path.rpartition("/")[0]
    expected = f"{folder}/{case.document.id}.md"
    if case.document.path != expected:
        yield Problem("file-name-differs", ("id",), {"expected": expected})


RULE = Rule(
    "DOC213",
    "file-name-differs",
    Severity.ERROR,
    Text("文件名应为 {expected}", "the file should be named {expected}"),
    Text("改名：git mv {path} {expected}", "rename it: git mv {path} {expected}"),
    check,
)
