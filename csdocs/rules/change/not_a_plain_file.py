"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG602",
    "not-a-plain-file",
    Severity.ERROR,
    Text("不是普通文件（模式 {mode}）", "not a plain file (mode {mode})"),
    Text("换成普通文件；不得使用链接、可执行文件或子模块", "make it a plain file; no links, programs or submodules"),
)
