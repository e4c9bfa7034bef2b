"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT102",
    "forbidden-character",
    Severity.ERROR,
    Text("含有不允许的字符 {code}（{name}）", "contains the character {code} ({name}), which is not allowed"),
    Text("删除该字符；缩进只用空格，换行只用 LF", "delete it; indent with spaces and end lines with LF only"),
)
