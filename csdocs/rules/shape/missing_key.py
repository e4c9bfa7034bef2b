"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP152",
    "missing-key",
    Severity.ERROR,
    Text("缺少“{key}”", "“{key}” is missing"),
    Text("补上这一行", "add the line"),
)
