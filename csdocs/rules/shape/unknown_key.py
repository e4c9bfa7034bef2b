"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP151",
    "unknown-key",
    Severity.ERROR,
    Text("不认识的键“{key}”", "unknown key “{key}”"),
    Text("检查拼写，或删除该行", "check the spelling, or delete the line"),
)
