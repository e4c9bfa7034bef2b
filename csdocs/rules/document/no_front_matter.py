"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "DOC201",
    "no-front-matter",
    Severity.ERROR,
    Text("缺少以 --- 开头的控制信息", "no control block between --- lines at the top"),
    Text(
        "在文件开头写上控制信息（见 docs/document-format.md）",
        "begin the file with a control block (docs/document-format.md)",
    ),
)
