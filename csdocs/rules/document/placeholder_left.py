"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for mention in case.placeholders():
        yield Problem("placeholder-left", mention.at, {"text": mention.text})


RULE = Rule(
    "DOC206",
    "placeholder-left",
    Severity.ERROR,
    Text("正文中留有占位文字“{text}”", "the text still has the placeholder “{text}”"),
    Text("写上确定的内容，或改为参数", "write what is meant, or make it a parameter"),
    check,
)
