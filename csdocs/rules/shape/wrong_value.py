"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP153",
    "wrong-value",
    Severity.ERROR,
    Text("“{key}”的值“{value}”不合规，应为{expected}", "“{key}” has the value “{value}”, expected {expected}"),
    Text("按要求改写", "write it as expected"),
)
