"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT103",
    "not-nfc",
    Severity.ERROR,
    Text("文字不是 NFC 规范形式", "the text is not in Unicode form NFC"),
    Text("重新输入该处文字，或用编辑器转换为 NFC", "type the word again, or convert the file to NFC"),
)
