"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG613",
    "approval-pending",
    Severity.WARNING,
    Text("待审批，暂不生效：{missing}", "pending, not in force yet: {missing}"),
    Text("按所列命令签署", "sign with the commands shown"),
)
