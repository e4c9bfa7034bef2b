"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG611",
    "no-policy",
    Severity.ERROR,
    Text("审批规则没有覆盖这个路径", "no policy rule covers this path"),
    Text("在 csdocs.yaml 的 review.rules 中补上", "add one under review.rules in csdocs.yaml"),
)
