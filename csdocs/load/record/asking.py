"""What records ask about all records: put where a record is judged, answered where all of them are."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from csdocs.load.record.basis import Basis
from csdocs.load.record.case import RecordCase
from csdocs.model.text import Text
from csdocs.store.schema import stored
from csdocs.store.scope import number_asked

_PARAMETER = re.compile(r"[:@$](\w+)")


class Question(NamedTuple):
    """`name`: of a file in `templates/queries/`. `bound`: what it names of the record, as JSON.

    `about`: the number of the one record on which the answer rests, None where it may rest on others too.
    """

    name: str
    bound: str
    about: object


class Answer(NamedTuple):
    """`failure`: why there is none."""

    question: Question
    value: Any
    failure: Text | None = None


class Waiting(NamedTuple):
    """A record that asks, with the answers that it has. `basis`: what rests on no answer, if that is to be kept."""

    path: str
    questions: Sequence[Question] = ()
    answers: Sequence[Answer] = ()
    basis: Basis | None = None


class Inquiry:
    """Gives a record the answers that are known, and notes what it asks besides: an answer may lead to another question."""

    def __init__(self, answers: Sequence[Answer] = ()) -> None:
        self._known = {answer.question: answer for answer in answers}
        self.used: list[Answer] = []
        self.open: dict[Question, None] = {}

    def __call__(self, name: str, case: RecordCase, values: Mapping[str, Any]) -> Any:
        question = question_of(name, case, values)
        answer = self._known.get(question)
        if answer is None:
            self.open[question] = None
            return None
        self.used.append(answer)
        return answer.value


def question_of(name: str, case: RecordCase, values: Mapping[str, Any]) -> Question:
    """A query may name the fields of the record, its number and its day."""
    assert case.form is not None
    sql = case.workspace.query(name)
    fields = case.form.fields
    bound = {id: _stored(values.get(id)) for id in _named(sql) if id in fields or id in _OWN}
    own = {"record": case.record.id, "day": case.day.isoformat()}
    bound |= {id: own[id] for id in bound.keys() & _OWN}
    number = number_asked(sql)
    return Question(name, json.dumps(bound), None if number is None else bound.get(number) or "")


_OWN = frozenset({"record", "day"})


def _stored(value: Any) -> Any:
    return None if value is None or isinstance(value, list) else stored(value)


@lru_cache(maxsize=256)
def _named(sql: str) -> tuple[str, ...]:
    """What may be a parameter."""
    return tuple(sorted({*_PARAMETER.findall(sql)}))
