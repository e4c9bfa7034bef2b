"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG610",
    "effective-before-predecessor",
    Severity.ERROR,
    Text("生效日期 {effective} 早于上一版的 {before}", "effective on {effective}, before its predecessor ({before})"),
    Text("改正 effective", "correct `effective`"),
)
