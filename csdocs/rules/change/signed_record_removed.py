"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG614",
    "signed-record-removed",
    Severity.ERROR,
    Text("已签署的记录被删除或改名", "a signed record was deleted or renamed"),
    Text("恢复该文件；处置须有已结案的处置记录", "restore it; disposal needs a closed disposition record"),
)
