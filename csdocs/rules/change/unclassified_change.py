"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG603",
    "unclassified-change",
    Severity.ERROR,
    Text("不属于任何一类受控文件", "belongs to no class of controlled file"),
    Text("移到正确的文件夹", "move it to the right folder"),
)
