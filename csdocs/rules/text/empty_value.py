"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT111",
    "empty-value",
    Severity.ERROR,
    Text("写了键却没有值", "a key without a value"),
    Text("没有内容就删除这一行", "delete the line if there is nothing to say"),
)
