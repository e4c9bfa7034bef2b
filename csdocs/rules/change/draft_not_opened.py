"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG616",
    "draft-not-opened",
    Severity.WARNING,
    Text("工作区尚在准备阶段，没有审批关口", "the workspace is in set-up: there is no gate yet"),
    Text("准备就绪后由根密钥持有人运行 csdocs open", "when ready, a holder of a root key runs csdocs open"),
)
