"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT106",
    "too-many-rows",
    Severity.ERROR,
    Text("列表超过 {limit} 行", "a list of more than {limit} entries"),
    Text("拆成多份记录", "split it into several records"),
)
