"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG608",
    "change-entry-missing",
    Severity.ERROR,
    Text("第 {revision} 版没有修订记录", "revision {revision} has no change entry"),
    Text("在 changes 中补上摘要、理由和起草人", "add summary, reason and drafters to `changes`"),
)
