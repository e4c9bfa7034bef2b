"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG605",
    "receipt-not-valid",
    Severity.ERROR,
    Text("凭据无效：{reason}", "the receipt is not valid: {reason}"),
    Text(
        "请本人重新签署：csdocs approve 或 csdocs submit",
        "have that person sign again with csdocs approve or csdocs submit",
    ),
)
