"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG612",
    "approval-missing",
    Severity.ERROR,
    Text("审批不齐：{missing}", "approvals are missing: {missing}"),
    Text("按所列命令签署", "sign with the commands shown"),
)
