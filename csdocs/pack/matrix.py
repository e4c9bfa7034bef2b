"""Clause by clause: which records prove it, where it was not kept, what is missing."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from csdocs.load.holdings.coverage import checks_of
from csdocs.load.holdings.evidence import Gap, missing_evidence
from csdocs.load.holdings.proof import Proofs
from csdocs.load.holdings.tree import Tree
from csdocs.model.document import INTERPOLATION, Document, EvidenceKind, Parameter
from csdocs.model.form import CLOSED, Form
from csdocs.pack.scope import Filed, RulingRevision, Scope
from csdocs.parse.document import parse_document

_EXCERPT = 60
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class MatrixRow(NamedTuple):
    """`records` and `closed` are counts of the period, `drawn` names of records that are in the archive."""

    citation: str
    revision: int
    text: str
    kind: EvidenceKind
    forms: tuple[str, ...]
    records: int
    closed: int
    breaches: int
    missing: int
    drawn: tuple[str, ...]


def matrix(
    chosen: Sequence[RulingRevision], forms: Sequence[Form], records: Sequence[Filed], tree: Tree, scope: Scope
) -> tuple[MatrixRow, ...]:
    """By the last revision in force in the period."""
    latest = {each.id: each for each in chosen if each.kind == "documents"}
    proofs = Proofs(forms, checks_of(tree.workspace))
    gaps = [gap for gap in missing_evidence(tree) if scope.has(gap.first)]
    rows: list[MatrixRow] = []
    for each in latest.values():
        document = parse_document(each.path, each.data).document
        if document is not None:
            rows += _rows(document, proofs, records, gaps)
    return tuple(rows)


def _rows(document: Document, proofs: Proofs, records: Sequence[Filed], gaps: Sequence[Gap]) -> Iterator[MatrixRow]:
    values = {parameter.id: parameter for parameter in document.control.parameters}
    for clause in (clause for clause in document.clauses if not clause.deleted):
        citation = f"{document.id}/{clause.number}"
        ids = proofs.of(document, clause).forms
        inside = [filed for filed in records if filed.form in ids]
        yield MatrixRow(
            citation=citation,
            revision=document.control.revision,
            text=_excerpt(clause.text, values),
            kind=document.control.evidence.kind(clause.number),
            forms=ids,
            records=len(inside),
            closed=sum(filed.state == CLOSED for filed in inside),
            breaches=sum(filed.breaches.count(citation) for filed in records),
            missing=sum(gap.clause == citation for gap in gaps),
            drawn=tuple(filed.name for filed in inside if filed.drawn),
        )


def _excerpt(text: str, values: dict[str, Parameter]) -> str:
    text = INTERPOLATION.sub(lambda found: values[found[1]].printed() if found[1] in values else found[0], text)
    line = " ".join(_LINK.sub(r"\1", text).split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"
