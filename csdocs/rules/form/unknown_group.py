"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "FRM404",
    "unknown-group",
    Severity.ERROR,
    Text("没有字段组“{group}”", "there is no field group “{group}”"),
    Text("核对名称；字段组在 templates/groups/", "check the name; groups are in templates/groups/"),
)
