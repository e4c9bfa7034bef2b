"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC312",
    "computed-field-written",
    Severity.ERROR,
    Text("“{field}”由系统计算，不得填写", "“{field}” is computed and must not be written"),
    Text("删除该行", "delete the line"),
)
