"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "FRM405",
    "group-changed",
    Severity.ERROR,
    Text("字段组“{group}”已改动，摘要应为 {sha256}", "the field group “{group}” has changed; its digest is {sha256}"),
    Text("核对改动后更新 sha256", "check the change, then update sha256"),
)
