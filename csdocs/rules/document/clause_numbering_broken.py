"""PAGE"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "DOC202",
    "clause-numbering-broken",
    Severity.ERROR,
    Text("条款编号应为 {expected}，写成了 {number}", "the clause should be numbered {expected}, not {number}"),
    Text(
        "全文连续编号；删去的条款保留为“（删除）”",
        "number the clauses through the file; keep a deleted one as “（删除）”",
    ),
)
