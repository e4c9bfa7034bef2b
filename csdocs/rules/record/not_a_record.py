"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC301",
    "not-a-record",
    Severity.ERROR,
    Text("不是记录：顶层应为键和值", "not a record: the top level must be keys and values"),
    Text("对照 docs/record-format.md 改写", "write it as docs/record-format.md shows"),
)
