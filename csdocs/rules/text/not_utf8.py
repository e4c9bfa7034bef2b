"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT101",
    "not-utf8",
    Severity.ERROR,
    Text("文件不是 UTF-8 编码", "the file is not UTF-8"),
    Text("用文本编辑器另存为 UTF-8（无 BOM）", "save it as UTF-8 without a byte order mark"),
)
