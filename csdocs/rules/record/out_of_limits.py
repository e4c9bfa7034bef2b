"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC306",
    "out-of-limits",
    Severity.ERROR,
    Text("“{field}”的值 {value} 超出范围（{least} 至 {most}）", "“{field}” is {value}, outside {least} to {most}"),
    Text("核对后改为范围内的值", "check it and enter a value within the limits"),
)
