"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "FRM404",
    "unknown-group",
    Severity.ERROR,
    Text("没有字段组“{group}”", "there is no field group “{group}”"),
    Text("字段组在 templates/groups/", "groups are in templates/groups/"),
)
