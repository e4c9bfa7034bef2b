"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC310",
    "too-many-places",
    Severity.ERROR,
    Text(
        "“{field}”的值 {value} 超过 {places} 位小数",
        "“{field}” is {value}; the form allows at most {places} after the decimal point",
    ),
    Text("四舍五入到 {places} 位", "round it to {places} after the decimal point"),
)
