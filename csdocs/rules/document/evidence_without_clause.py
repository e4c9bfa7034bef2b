"""# 举证方式没有对应的条款

## 检查什么

控制信息 evidence 中列出的号码，必须是本制度现有的条款，并且每条只列一次。

## 为什么重要

列错号码，应当留记录的条款就成了只凭检查，真正要检查的条款却没有人去看。

## 示例

    evidence: {inspection: [3, 99]}                      # 错：没有第九十九条
    evidence: {inspection: [3], acknowledgement: [3]}    # 错：第三条列了两次
    evidence: {inspection: [3], acknowledgement: [5]}    # 对

## 如何处理

改正号码；以记录为证的条款不必列出。

---

# Evidence without a clause

## What it checks

The numbers listed under `evidence` must be clauses of this document, and each stands there once.

## Why it matters

One wrong number, and a clause that should leave a record is left to an inspection, while nobody
inspects the clause that was meant.

## Example

    evidence: {inspection: [3, 99]}                      # wrong: there is no clause 99
    evidence: {inspection: [3], acknowledgement: [3]}    # wrong: clause 3 twice
    evidence: {inspection: [3], acknowledgement: [5]}    # right

## How to fix

Correct the number. Clauses that records prove are not listed.
"""

from collections import Counter
from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    evidence = case.document.control.evidence
    times = Counter((*evidence.inspection, *evidence.acknowledgement))
    for key in ("inspection", "acknowledgement"):
        for index, number in enumerate(getattr(evidence, key)):
            clause = case.document.clause(number)
            if clause is None or clause.deleted or times[number] > 1:
                yield Problem("evidence-without-clause", ("evidence", key, index), {"number": number})


RULE = Rule(
    "DOC215",
    "evidence-without-clause",
    Severity.ERROR,
    Text(
        "evidence 中的第{number}条不是本制度的条款，或列了两次",
        "clause {number} under evidence is not in this document, or stands there twice",
    ),
    Text("核对条款号；每条只有一种举证方式", "check the number; a clause is proved in one way"),
    check,
)
