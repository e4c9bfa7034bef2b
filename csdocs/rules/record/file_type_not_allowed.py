"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC311",
    "file-type-not-allowed",
    Severity.ERROR,
    Text("“{field}”不接受文件“{value}”", "“{field}” does not take the file “{value}”"),
    Text("改用这些类型的文件：{types}", "attach a file of one of these types: {types}"),
)
