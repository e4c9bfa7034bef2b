"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC307",
    "bad-date",
    Severity.ERROR,
    Text("“{value}”不是真实存在的日期或时刻", "“{value}” is not a day or time that exists"),
    Text("核对日历后改正", "check the calendar and correct it"),
)
