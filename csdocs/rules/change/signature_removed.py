"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG615",
    "signature-removed",
    Severity.ERROR,
    Text("第 {number} 个签名被删除或改动", "signature {number} was removed or changed"),
    Text("恢复原签名；更正请用 csdocs amend", "restore it; correct a record with csdocs amend"),
)
