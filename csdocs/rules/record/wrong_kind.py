"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC305",
    "wrong-kind",
    Severity.ERROR,
    Text("“{field}”的值“{value}”不是{kind}", "“{field}” has the value “{value}”, which is not {kind}"),
    Text("按表单要求的格式填写", "write it the way the form asks"),
)
