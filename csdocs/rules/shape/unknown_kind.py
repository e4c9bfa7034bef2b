"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP154",
    "unknown-kind",
    Severity.ERROR,
    Text("不认识的字段类型“{kind}”", "unknown field kind “{kind}”"),
    Text("可用的类型：{kinds}", "choose one of {kinds}"),
)
