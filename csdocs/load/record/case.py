"""A record put before the rules: its file, its form and the facts of its day, side by side."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from csdocs.cel import EvaluationError, Program
from csdocs.cel.moment import add_months
from csdocs.load.once import once
from csdocs.load.record.entitlement import entitlement
from csdocs.load.record.record_file import RecordFile
from csdocs.load.record.required import find_missing, is_complete
from csdocs.load.record.verdict import (
    DeadlineVerdict,
    RuleVerdict,
    judge_deadlines,
    judge_rules,
)
from csdocs.load.rulebook.compiled import Computed, NamedProgram
from csdocs.load.workspace import Workspace
from csdocs.model.field import Field, RowsField
from csdocs.model.finding import Problem, Route
from csdocs.model.form import CLOSED, ByEach, Section, Step
from csdocs.model.record import Signature
from csdocs.model.spelling import rounded, spell
from csdocs.model.text import Text
from csdocs.model.workflow import Progress, RecordFacts, Signed, fold, open_steps
from csdocs.trust.payload import chain
from csdocs.trust.signature import check_signature

_NO_FIELDS = ("param", "record", "signed", "state", "now", "today")  # what expressions see besides
Query = Callable[[str, "RecordCase", Mapping[str, Any]], Any]


class Failure(NamedTuple):
    """An expression that has no value for this record."""

    name: str
    reason: Text


class RecordCase(RecordFile):
    """Lazy and read-only, like the file."""

    def __init__(
        self,
        workspace: Workspace,
        path: str,
        data: bytes,
        *,
        signatures: bool = True,
        query: Query | None = None,
        now: dt.datetime | None = None,
    ) -> None:
        super().__init__(workspace, path, data, signatures=signatures, now=now)
        self._query = query
        self.failures: list[Failure] = []

    @property
    def names_strangers(self) -> bool:
        """Whether anybody may not be in the register; False only where everybody is."""
        return self.values is not None and bool(self.terms.strangers or self.refused)

    # values that expressions read

    @once
    def values(self) -> dict[str, Any]:
        """Fields, computed fields, parameters and the record's header, before any signature is looked at."""
        values: dict[str, Any] = dict(self.typed.values)
        self._see_people(values)
        values["param"] = self.parameters.values
        values["signed"] = {}
        values["record"] = {
            "id": self.record.id,
            "day": self.day,
            "created_at": self.created,
            "created_by": self.staff(self.record.created_by),
            "org_unit": self.record.org_unit,
        }
        self._compute(values, keep_quiet=True)
        return values

    @once
    def all_values(self) -> dict[str, Any]:
        """`values` with what the signatures add: `signed`, `state`, and the computed fields that need them."""
        moments = {
            id: {"at": signed.at, "by": self.staff(signed.by)} if signed.by else {"at": signed.at}
            for id, signed in self.acts.items()
            if id in self.progress.signed
        }
        values = {**self.values, "signed": moments, "state": self.progress.state}
        values["now"] = self.now
        values["today"] = self.now.astimezone(self.zone).date()
        self._compute(values, keep_quiet=False)
        return values

    @property
    def said(self) -> dict[str, Any]:
        """Values by field, computed ones included."""
        assert self.form is not None
        values, fields = dict(self.all_values), self.form.fields
        for name in _NO_FIELDS:
            if name not in fields:
                del values[name]
        return values

    def _see_people(self, values: dict[str, Any]) -> None:
        """Typed values as expressions see them: staff numbers become people of that day."""
        assert self.form is not None
        compiled, staff = self.compiled, self.terms.staff
        for id in compiled.changing:
            if id in values:
                one = id in compiled.naming
                values[id] = staff(values[id]) if one else self._seen(self.form.fields[id], values[id])

    def _seen(self, field: Field, value: Any) -> Any:
        if isinstance(field, RowsField):
            inner = {each.id: each for each in field.fields}
            return [{key: self._seen(inner[key], each) for key, each in row.items()} for row in value]
        if field.kind == "staff":
            return [self.staff(each) for each in value] if isinstance(value, list) else self.staff(value)
        return value

    def _compute(self, values: dict[str, Any], *, keep_quiet: bool) -> None:
        for each in self.compiled.computed_in_rows:
            inside = dict(values) if each.rows in values else {}
            for inside["row"] in values.get(each.rows, ()):
                self._compute_one(each, inside, inside["row"], keep_quiet)
        if self._query is not None:
            self._ask(values, self._query)
        for each in self.compiled.computed:
            self._compute_one(each, values, values, keep_quiet)

    @property
    def is_alone(self) -> bool:
        """Whether the form asks about other records and there is nobody to answer, as in a step of history."""
        return self._query is None and self.form is not None and self.form.has_queries

    def _ask(self, values: dict[str, Any], query: Query) -> None:
        assert self.form is not None
        for field in self.form.computed_fields:
            if field.query is not None and field.id not in values:
                answer = query(field.query, self, values)
                if answer is not None:
                    values[field.id] = self._seen(field, _as_kind(field, answer))

    def _compute_one(self, each: Computed, values: Mapping[str, Any], into: dict[str, Any], keep_quiet: bool) -> None:
        id, name, field, program = each[:4]
        if id in into or (keep_quiet and each.late) or program.lacks(values):
            return
        try:
            into[id] = rounded(field, program.evaluate(values, self.workspace.runtime))
        except EvaluationError as error:
            if not keep_quiet:
                self.failures.append(Failure(name, error.message))

    def evaluate(self, name: str, values: Mapping[str, Any]) -> Any:
        """Value of one of the form's expressions; None (and a Failure) where it has none."""
        program = self.compiled.programs.get(name)
        return None if program is None else self.run(program, name, values, None)

    def ask(self, asked: NamedProgram) -> Any:
        """Value of an expression over all values; None where a name that it reads is absent, and (with a Failure) where it has none."""
        fixed = self.terms.fixed
        if asked.name in fixed:
            return fixed[asked.name]
        return None if asked.program.lacks(self.all_values) else self._run(asked.program, asked.name, self.all_values)

    def run(self, program: Program, name: str, values: Mapping[str, Any], default: Any) -> Any:
        """Value of an expression; `default`, and a Failure under that name, where it has none."""
        fixed = self.terms.fixed
        return fixed[name] if name in fixed else self._run(program, name, values, default)

    def _run(self, program: Program, name: str, values: Mapping[str, Any], default: Any = None) -> Any:
        try:
            return program.evaluate(values, self.workspace.runtime)
        except EvaluationError as error:
            self.failures.append(Failure(name, error.message))
            return default

    def note_failure(self, name: str, reason: Text) -> None:
        self.failures.append(Failure(name, reason))

    @once
    def rule_verdicts(self) -> tuple[RuleVerdict, ...]:
        return tuple(judge_rules(self))

    @once
    def deadlines(self) -> tuple[DeadlineVerdict, ...]:
        return tuple(judge_deadlines(self))

    @once
    def missed(self) -> tuple[DeadlineVerdict, ...]:
        return tuple(verdict for verdict in self.deadlines if verdict.missed)

    # where something may be found, or more than that

    @property
    def unjudged(self) -> Sequence[Failure]:
        """Expressions without a value, once all have been asked."""
        self.rule_verdicts, self.deadlines, self.missing  # noqa: B018
        return self.failures

    @property
    def may_leave_out(self) -> bool:
        """Whether a signature may not cover what it must."""
        assert self.form is not None
        return (
            self.course.leaves_out
            or not self.form.append_only.isdisjoint(self.record.data)
            or any(each.rows_to or each.row for each in self.record.signatures)
        )

    @property
    def may_be_unsigned(self) -> bool:
        """Whether there may be data that nobody has signed at the end."""
        if self.progress.state != CLOSED:
            return False
        all_count = len(self.progress.counted) == len(self.record.signatures)
        return not all_count or not self.record.data.keys() <= self.course.covered

    @once
    def spelled_computed(self) -> dict[str, str]:
        """Computed fields as a signature writes them."""
        assert self.form is not None
        computed = (field.id for field in self.form.computed_fields if field.id in self.all_values)
        return {id: spell(self.all_values[id]) for id in computed}

    # signatures and state

    @once
    def acts(self) -> Mapping[str, Signed]:
        """When each step was taken: an amendment corrects the paper, not the day on which people acted."""
        before = self.amended if self.amendment else None
        return {**self.progress.signed, **before.acts} if before else self.progress.signed

    @once
    def payloads(self) -> tuple[bytes, ...]:
        return chain(self.workspace.settings.workspace, self.record)

    @once
    def signature_problems(self) -> tuple[Problem | None, ...]:
        """For each signature why it does not count, or None."""
        return tuple([self._judge(index, signature) for index, signature in enumerate(self.record.signatures)])

    @once
    def refused(self) -> tuple[Problem, ...]:
        """Why signatures do not count."""
        return tuple(problem for problem in self.signature_problems if problem is not None)

    @property
    def missteps(self) -> Sequence[Problem]:
        """Signatures that count for themselves, but not where they stand."""
        return self.progress.problems

    def _judge(self, index: int, signature: Signature) -> Problem | None:
        problem = self._unverified(index, signature) if self.check_signatures else None
        problem = problem or entitlement(self, index, signature)
        if problem is None:
            return None
        step = self.form.step_by_id.get(signature.step) if self.form else None
        if step is None:
            return problem
        return problem._replace(values={**problem.values, "step": step.title})  # people know steps by their titles

    def _unverified(self, index: int, signature: Signature) -> Problem | None:
        person = self.workspace.register.person.get(signature.by)
        return check_signature(self.payloads[index], signature, person, ("signatures", index), self.zone)

    @property
    def facts(self) -> RecordFacts:
        """Not kept: it leads back here, and a circle waits for the collector, where a record else goes as soon as it is judged."""
        return RecordFacts(self.step_applies, self.expected, self._passes_at, self.now)

    @once
    def progress(self) -> Progress:
        assert self.form is not None
        signatures = [*enumerate(self.record.signatures)]
        if self.refused:
            signatures = [each for each in signatures if self.signature_problems[each[0]] is None]
        return fold(self.form, signatures, self.facts)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        assert self.form is not None
        return open_steps(self.form, self.progress, self.facts)

    @property
    def is_final(self) -> bool:
        assert self.form is not None
        return self.progress.state in self.form.final_states

    def step_applies(self, step: Step) -> bool:
        if step.when is None:
            return True
        asked = self.compiled.whens.get(step.id)
        return asked is not None and self.run(asked.program, asked.name, self.values, False) is True

    def expected(self, step: Step) -> Sequence[str]:
        """Whom (`each`) or which rows (`per`) a step waits for."""
        if isinstance(step.by, ByEach):
            people = self.typed.values.get(step.by.each, [])
            return tuple(people) if isinstance(people, list) else (people,)
        rows = self.form.fields.get(step.per or "") if self.form else None
        if isinstance(rows, RowsField) and rows.key:
            return tuple(str(row.get(rows.key)) for row in self.record.data.get(rows.id, ()) if isinstance(row, dict))
        return ()

    def _passes_at(self, step: Step, since: dt.datetime) -> dt.datetime | None:
        length = self.evaluate(f"after:{step.id}", self.values)
        try:
            return since + length if isinstance(length, dt.timedelta) else None
        except OverflowError:
            return None

    def completed(self, step_id: str) -> bool:
        return step_id in self.progress.signed

    @once
    def reached(self) -> frozenset[str]:
        """Sections whose own step has signed, so that what they require is due."""
        assert self.form is not None
        sections = self.form.section_of_step
        return frozenset({sections[id] for id in (*self.progress.signed, *self.progress.partial) if id in sections})

    def signed_before(self, step: Step | None) -> tuple[Section, ...]:
        """Sections that steps have signed so far, and the one of `step`, which is about to sign."""
        assert self.form is not None
        ids = self.reached | {step.section} if step else self.reached
        return tuple(section for section in self.form.sections if section.id in ids)

    @property
    def was_taken_back(self) -> bool:
        """By whoever entered it, or declared void: it is entered anew, and nobody brings it back by correcting it.

        An amendment that was withdrawn leaves the record as it was.
        """
        return self.progress.state == "void" or (self.progress.state == "withdrawn" and not self.amendment)

    @once
    def retain_until(self) -> dt.date | None:
        """Last day of retention of a closed record; None while it is open or where it is kept for ever."""
        if self.form is None or not self.is_final or self.progress.entered_at is None:
            return None
        start = self.moment_of(self.form.retention.from_) or self.progress.entered_at
        months = self.evaluate("retention", self.all_values)
        return add_months(start.astimezone(self.zone).date(), months) if isinstance(months, int) else None

    def moment_of(self, name: str) -> dt.datetime | None:
        """The moment a deadline names: a date or date-time field, `signed.<step>`, or `closed`."""
        if name == CLOSED:
            return self.progress.entered_at if self.progress.state == CLOSED else None
        if name.startswith("signed."):
            step = name.removeprefix("signed.")
            return self.acts[step].at if step in self.progress.signed else None
        value = self.all_values.get(name)
        if isinstance(value, dt.datetime):
            return value
        return dt.datetime.combine(value, dt.time(), self.zone) if isinstance(value, dt.date) else None

    @once
    def missing(self) -> tuple[tuple[Route, Field], ...]:
        """Fields that have fallen due and are not there, with their routes in the data."""
        return () if is_complete(self) else tuple(find_missing(self))


def look_through(cases: Sequence[RecordCase]) -> None:
    """Make what is asked of every record, one thing after the other of all of them.

    What makes it then stays in the caches of the processor (`docs/decisions/0019-a-handful-of-records-side-by-side.md`).
    """
    RecordCase.parsed.of_all(cases)
    known = [case for case in cases if case.form is not None]
    for asked in _ASKED_OF_ALL:
        asked.of_all(known)


_ASKED_OF_ALL: tuple[once[Any], ...] = (
    *(RecordCase.terms, RecordCase.typed, RecordCase.values, RecordCase.refused, RecordCase.progress),
    *(RecordCase.all_values, RecordCase.deadlines, RecordCase.missing, RecordCase.rule_verdicts),
)


def _as_kind(field: Field, answer: Any) -> Any:
    """A database value in the field's own type."""
    match field.cel:
        case "decimal":
            return rounded(field, Decimal(str(answer)))
        case "int":
            return int(answer)
        case "bool":
            return bool(answer)
        case "date":
            return dt.date.fromisoformat(answer)
        case "timestamp":
            return dt.datetime.fromisoformat(answer)
    return answer
