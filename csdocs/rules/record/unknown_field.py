"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC303",
    "unknown-field",
    Severity.ERROR,
    Text("表单 {form} 没有字段“{field}”", "form {form} has no field “{field}”"),
    Text(
        "检查拼写；csdocs form schema {form} 列出全部字段",
        "check the spelling; csdocs form schema {form} lists all fields",
    ),
)
