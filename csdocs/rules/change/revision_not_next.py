"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG607",
    "revision-not-next",
    Severity.ERROR,
    Text("版次应为 {expected}，写成了 {revision}", "the revision should be {expected}, not {revision}"),
    Text("用 csdocs revise 准备下一版", "prepare the next revision with csdocs revise"),
)
