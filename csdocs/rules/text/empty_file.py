"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT112",
    "empty-file",
    Severity.ERROR,
    Text("文件是空的", "the file is empty"),
    Text("补上内容或删除文件", "fill it or delete it"),
)
