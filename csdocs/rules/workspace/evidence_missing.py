"""PAGE"""

from collections.abc import Iterator

from csdocs.load.evidence import missing_evidence
from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for gap in missing_evidence(tree):
        values = {"path": gap.path, "period": gap.period, "form": gap.form, "clause": gap.clause}
        yield Problem("evidence-missing", gap.route, values)


RULE = Rule(
    "WSP505",
    "evidence-missing",
    Severity.BREACH,
    Text("{period} 没有 {form} 的记录（{clause}）", "no {form} record for {period} ({clause})"),
    Text("补办并如实注明原因，或查明为何未执行", "make good and say why, or find out why it was not done"),
    check,
)
