"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG601",
    "controlled-file-removed",
    Severity.ERROR,
    Text("受控文件被删除或改名", "a controlled file was deleted or renamed"),
    Text(
        "恢复该文件；废止请在控制信息中写 withdrawn",
        "restore it; withdraw a document with `withdrawn` in its control block",
    ),
)
