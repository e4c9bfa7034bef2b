"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT105",
    "nested-too-deep",
    Severity.ERROR,
    Text("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
    Text("减少嵌套层次", "use fewer levels"),
)
