"""What can prove a clause: the forms and the checks across records that have to do with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from csdocs.model.document import Clause, Document
from csdocs.model.form import Form
from csdocs.model.identifier import CITATION, FORM

_FORM_LINK = re.compile(rf"\]\(({FORM})\)")
_CITATION = re.compile(f"'({CITATION})'".encode())


class Proof(NamedTuple):
    """Ids of forms, names of checks."""

    forms: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


class Proofs:
    """`checks`: the SQL of checks across records by name; what one reports a breach of stands in it as a text."""

    def __init__(self, forms: Iterable[Form], checks: Mapping[str, bytes]) -> None:
        self._known: set[str] = set()
        self._forms: dict[str, list[str]] = {}
        self._checks: dict[str, list[str]] = {}
        for form in forms:
            self._known.add(form.id)
            for citation in dict.fromkeys(_cited(form)):
                self._forms.setdefault(citation, []).append(form.id)
        for name, sql in checks.items():
            for citation in dict.fromkeys(found.decode() for found in _CITATION.findall(sql)):
                self._checks.setdefault(citation, []).append(name)

    def of(self, document: Document, clause: Clause) -> Proof:
        """The forms that the clause asks for, and those that say of themselves that they prove it."""
        citation = f"{document.id}/{clause.number}"
        forms = {*self._forms.get(citation, ()), *(id for id in asked(document, clause) if id in self._known)}
        return Proof(tuple(sorted(forms)), tuple(self._checks.get(citation, ())))


def asked(document: Document, clause: Clause) -> Iterator[str]:
    """The forms that a clause links to or obliges with."""
    yield from _FORM_LINK.findall(clause.text)
    yield from (each.form for each in document.control.obligations if each.clause == clause.number)


def _cited(form: Form) -> Iterator[str]:
    yield from form.clauses
    yield from (rule.breaks for rule in form.rules if rule.breaks)
    yield from (deadline.breaks for deadline in form.deadlines)
