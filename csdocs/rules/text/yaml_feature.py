"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT109",
    "yaml-feature",
    Severity.ERROR,
    Text("使用了 YAML 的高级写法（{feature}）", "uses a YAML feature that is not allowed here ({feature})"),
    Text(
        "改写为普通的键和值；以 & * ! 开头的文字请加引号",
        "write plain keys and values; put quotes around text that begins with & * !",
    ),
)
