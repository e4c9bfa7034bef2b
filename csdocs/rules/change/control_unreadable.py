"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG606",
    "control-unreadable",
    Severity.ERROR,
    Text("控制信息无法读取", "the control block cannot be read"),
    Text("运行 csdocs check {path}", "run csdocs check {path}"),
)
