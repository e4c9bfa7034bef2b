"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT107",
    "not-yaml",
    Severity.ERROR,
    Text("不是有效的 YAML：{reason}", "not valid YAML: {reason}"),
    Text(
        "检查该行的缩进、冒号后的空格和引号", "check the indent, the space after the colon and the quotes on this line"
    ),
)
