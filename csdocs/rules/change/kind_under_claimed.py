"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG609",
    "kind-under-claimed",
    Severity.ERROR,
    Text(
        "改动类别应为 {computed}，只申报为 {claimed}：{reason}",
        "the change is {computed}, but is claimed as {claimed}: {reason}",
    ),
    Text(
        "把 changes 中的 kind 改为 {computed}，再重新签署",
        "set `kind` to {computed} in `changes`, then have it signed again",
    ),
)
