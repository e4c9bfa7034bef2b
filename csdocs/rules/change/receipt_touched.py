"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG604",
    "receipt-touched",
    Severity.ERROR,
    Text("已有的凭据被修改或删除", "a receipt was changed or deleted"),
    Text("恢复原样；凭据只能新增", "restore it; receipts are only ever added"),
)
