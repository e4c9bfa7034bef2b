"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC309",
    "pattern-not-matched",
    Severity.ERROR,
    Text("“{field}”的值“{value}”不符合格式 {pattern}", "“{field}” is “{value}”, not of the form {pattern}"),
    Text("按格式改写", "write it in that form"),
)
