"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT110",
    "second-document",
    Severity.ERROR,
    Text("一个文件里有第二份文档", "a second document in one file"),
    Text("一份记录一个文件；删除多余的 ---", "one record a file; remove the extra ---"),
)
