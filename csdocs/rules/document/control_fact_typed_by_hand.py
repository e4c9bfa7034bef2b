"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for mention in case.hand_typed():
        yield Problem("control-fact-typed-by-hand", mention.at, {"text": mention.text})


RULE = Rule(
    "DOC211",
    "control-fact-typed-by-hand",
    Severity.ERROR,
    Text("正文中手写了“{text}”", "the body states “{text}” by hand"),
    Text("删去；版次、日期和批准人由系统打印", "delete it: revision, dates and approvers are printed from facts"),
    check,
)
