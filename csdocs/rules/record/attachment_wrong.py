"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for route, _, value in case.scalars("file"):
        trouble = case.attachment_trouble(value)
        if trouble is not None:
            values = {"name": value["name"], "trouble": trouble, "folder": case.attachment_folder}
            yield Problem("attachment-wrong", route, values)


RULE = Rule(
    "REC337",
    "attachment-wrong",
    Severity.ERROR,
    Text("附件“{name}”{trouble}", "the attachment “{name}” {trouble}"),
    Text("把原文件放回 {folder}，或更正清单", "put the original back into {folder}, or correct the list"),
    check,
)
