"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC308",
    "not-a-choice",
    Severity.ERROR,
    Text("“{field}”没有选项“{value}”", "“{field}” has no choice “{value}”"),
    Text("可选：{choices}", "choose one of: {choices}"),
)
