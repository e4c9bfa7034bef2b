"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT108",
    "duplicate-key",
    Severity.ERROR,
    Text("键“{key}”重复", "the key “{key}” is written twice"),
    Text("只保留一个", "keep one of the two"),
)
