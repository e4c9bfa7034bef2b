"""A record put before the rules: its file, its form and the facts of its day, side by side."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from csdocs.cel import EvaluationError
from csdocs.cel.moment import add_months
from csdocs.load.compiled import CompiledForm, unmet
from csdocs.load.entitlement import entitlement
from csdocs.load.verdict import (
    DeadlineVerdict,
    RuleVerdict,
    judge_deadlines,
    judge_rules,
)
from csdocs.load.workspace import Parameters, Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.field import Field, RowsField
from csdocs.model.finding import Problem, Route
from csdocs.model.form import CLOSED, ByEach, Form, Section, Step
from csdocs.model.person import Staff
from csdocs.model.record import Record, Signature
from csdocs.model.spelling import rounded, spell
from csdocs.model.text import Text
from csdocs.model.workflow import Facts, Progress, Signed, fold, open_steps
from csdocs.parse.data import TypedData, read_data
from csdocs.parse.record import ParsedRecord, parse_record
from csdocs.store import disk
from csdocs.trust.payload import chain
from csdocs.trust.signature import check_signature

Query = Callable[[str, "RecordCase", Mapping[str, Any]], Any]


class Failure(NamedTuple):
    """An expression that has no value for this record."""

    name: str
    reason: Text


class RecordCase:
    """Lazy and read-only. With `form` None nothing can be said but what the file itself is."""

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
        self.workspace = workspace
        self.now = now or workspace.now
        self.path = path
        self.data = data
        self.check_signatures = signatures
        self._query = query
        self.failures: list[Failure] = []

    @cached_property
    def parsed(self) -> ParsedRecord:
        return parse_record(self.path, self.data)

    @property
    def record(self) -> Record:
        assert self.parsed.record is not None
        return self.parsed.record

    @cached_property
    def form(self) -> Form | None:
        """The form at the revision that the record names."""
        found = self._pinned
        return found[0] if found else None

    @cached_property
    def _pinned(self) -> Any:
        if self.parsed.record is None:
            return None
        return self.workspace.form_revision(self.record.form, self.record.form_revision)

    @cached_property
    def compiled(self) -> CompiledForm:
        form, revision = self._pinned
        return self.workspace.compiled(form, revision, self.parameters)

    @cached_property
    def day(self) -> dt.date:
        """The day by whose rules the record is judged; an amendment keeps that of the first entry."""
        assert self.form is not None
        written = self.record.data.get(self.form.day or "")
        if isinstance(written, str):
            try:
                if len(written) == 10:
                    return dt.date.fromisoformat(written)
                return dt.datetime.fromisoformat(written).astimezone(self.zone).date()
            except (ValueError, OverflowError):
                pass
        before = self.amended if self.form.day is None else None
        return before.day if before else self.record.created.astimezone(self.zone).date()

    @property
    def zone(self) -> dt.tzinfo:
        return self.workspace.settings.zone

    @cached_property
    def parameters(self) -> Parameters:
        return self.workspace.parameters_on(self.day)

    @cached_property
    def typed(self) -> TypedData:
        assert self.form is not None
        return read_data(self.form, self.compiled.reader, self.record.data)

    def staff(self, number: str) -> Staff:
        """A person as of the record's day; somebody unknown holds no post."""
        person = self.workspace.register.person.get(number)
        return person.on(self.day) if person else Staff(number, (), self.day)

    # values that expressions read

    @cached_property
    def values(self) -> dict[str, Any]:
        """Fields, computed fields, parameters and the record's header, before any signature is looked at."""
        assert self.form is not None
        values: dict[str, Any] = {
            id: self._seen(self.form.fields[id], value) for id, value in self.typed.values.items()
        }
        values["param"] = self.parameters.values
        values["signed"] = {}
        values["record"] = {
            "id": self.record.id,
            "day": self.day,
            "created_at": self.record.created,
            "created_by": self.staff(self.record.created_by),
            "org_unit": self.record.org_unit,
        }
        self._compute(values, keep_quiet=True)
        return values

    @cached_property
    def all_values(self) -> dict[str, Any]:
        """`values` with what the signatures add: `signed`, `state`, and the computed fields that need them."""
        moments = {
            id: {"at": signed.at, **({"by": self.staff(signed.by)} if signed.by else {})}
            for id, signed in self.acts.items()
            if id in self.progress.signed
        }
        values = {**self.values, "signed": moments, "state": self.progress.state}
        values |= {"now": self.now, "today": self.now.astimezone(self.zone).date()}
        self._compute(values, keep_quiet=False)
        return values

    def _seen(self, field: Field, value: Any) -> Any:
        """A typed value as expressions see it: staff numbers become people of that day."""
        if isinstance(field, RowsField):
            inner = {each.id: each for each in field.fields}
            return [{key: self._seen(inner[key], each) for key, each in row.items()} for row in value]
        if field.kind == "staff":
            return [self.staff(each) for each in value] if isinstance(value, list) else self.staff(value)
        return value

    def _compute(self, values: dict[str, Any], *, keep_quiet: bool) -> None:
        assert self.form is not None
        for name, rows in self.compiled.row_computed:
            for row in values.get(rows, ()):
                self._compute_one(name, name.partition(".")[2], {**values, "row": row}, row, keep_quiet)
        for field in self.form.fields.values():
            if field.query is not None and self._query is not None and field.id not in values:
                answer = self._query(field.query, self, values)
                if answer is not None:
                    values[field.id] = self._seen(field, _as_kind(field, answer))
        for id in self.compiled.computed_order:
            self._compute_one(id, id, values, values, keep_quiet)

    def _compute_one(
        self, name: str, id: str, values: Mapping[str, Any], into: dict[str, Any], keep_quiet: bool
    ) -> None:
        program = self.compiled.programs[f"computed:{name}"]
        if id in into or unmet(program, values):
            return
        try:
            into[id] = rounded(self._field(name), program.evaluate(values, self.workspace.runtime))
        except EvaluationError as error:
            if not keep_quiet:
                self.failures.append(Failure(f"computed:{name}", error.message))

    def _field(self, name: str) -> Any:
        assert self.form is not None
        id, _, inner = name.partition(".")
        field = self.form.fields[id]
        return field.field(inner) if inner and isinstance(field, RowsField) else field

    def evaluate(self, name: str, values: Mapping[str, Any], default: Any = None) -> Any:
        """Value of one of the form's expressions; `default` (and a Failure) where it has none."""
        program = self.compiled.programs.get(name)
        if program is None:
            return default
        try:
            return program.evaluate(values, self.workspace.runtime)
        except EvaluationError as error:
            self.failures.append(Failure(name, error.message))
            return default

    def note_failure(self, name: str, reason: Text) -> None:
        self.failures.append(Failure(name, reason))

    @cached_property
    def rule_verdicts(self) -> tuple[RuleVerdict, ...]:
        return tuple(judge_rules(self))

    @cached_property
    def deadlines(self) -> tuple[DeadlineVerdict, ...]:
        return tuple(judge_deadlines(self))

    @cached_property
    def spelled_computed(self) -> dict[str, str]:
        """Computed fields as a signature writes them."""
        assert self.form is not None
        computed = (field for field in self.form.fields.values() if field.is_computed and field.id in self.all_values)
        return {field.id: spell(self.all_values[field.id]) for field in computed}

    def scalars(self, kind: str) -> Iterator[tuple[Route, Field, Any]]:
        """Every typed value of one kind, with its route: alone, in a list, in rows."""
        assert self.form is not None
        for field in self.form.with_kind(kind):
            value = self.typed.values.get(field.id)
            if value is None:
                continue
            if isinstance(field, RowsField):
                for index, row in enumerate(value):
                    for inner in field.fields:
                        if inner.kind == kind and inner.id in row:
                            yield from _each(("data", field.id, index, inner.id), inner, row[inner.id])
            else:
                yield from _each(("data", field.id), field, value)

    # the file and its place

    @property
    def directory(self) -> str:
        return self.path.rpartition("/")[0]

    @cached_property
    def proper_path(self) -> str:
        """Where the record belongs: `records/<form>/<yyyy>/<mm>[/<dd>]/`."""
        assert self.form is not None
        folder = self.day.strftime("%Y/%m/%d" if self.form.layout == "day" else "%Y/%m")
        return f"{disk.RECORDS}/{self.form.directory}/{folder}/{self.record.name}.yaml"

    @cached_property
    def landed(self) -> dt.datetime | None:
        """When the repository first had the file. A fixed clock says nothing of commits, so there it is None."""
        if self.workspace.settings.clock is not None:
            return None
        time = self.workspace.landings.get(self.path)
        return self.workspace.now if time is None else dt.datetime.fromtimestamp(time, dt.UTC)

    @property
    def attachment_folder(self) -> str:
        return f"{self.directory}/{self.record.id}.files"

    def attachment_trouble(self, value: Mapping[str, Any]) -> Text | None:
        try:
            data = self.workspace.read(f"{self.attachment_folder}/{value['name']}")
        except CsdocsError:
            return Text("不在文件夹中", "is not in the folder")
        if len(data) != value["bytes"] or hashlib.sha256(data).hexdigest() != value["sha256"]:
            return Text("的内容与登记不符", "is not the file that was listed")
        return None

    @cached_property
    def amended(self) -> "RecordCase | None":
        """The file that this one amends, if it is there and readable."""
        before = self.record._replace(amendment=self.record.amendment - 1)
        if not self.record.amendment or self.record.amends is None or self.record.amends.file != f"{before.name}.yaml":
            return None
        path = f"{self.directory}/{self.record.amends.file}"
        try:
            data = self.workspace.read(path)
        except CsdocsError:
            return None
        case = RecordCase(self.workspace, path, data, signatures=self.check_signatures, now=self.now)
        return case if case.parsed.record is not None and case.form is not None else None

    @cached_property
    def acts(self) -> Mapping[str, Signed]:
        """When each step was taken: an amendment corrects the paper, not the day on which people acted."""
        before = self.amended
        return {**self.progress.signed, **(before.acts if before else {})}

    @cached_property
    def amendment_trouble(self) -> Text | None:
        """Why the amendment does not follow from the file it amends; None for a first entry."""
        record = self.record
        if not record.amendment or record.amends is None:
            return None
        expected = f"{record._replace(amendment=record.amendment - 1).name}.yaml"
        if record.amends.file != expected:
            return Text("应更正 {file}", "it must amend {file}").format(file=expected)
        try:
            data = self.workspace.read(f"{self.directory}/{expected}")
        except CsdocsError:
            return Text("找不到 {file}", "{file} is not there").format(file=expected)
        if hashlib.sha256(data).hexdigest() != record.amends.sha256:
            return Text("{file} 的内容已不同", "{file} is not the file that was amended").format(file=expected)
        before = RecordCase(self.workspace, f"{self.directory}/{expected}", data, signatures=False)
        if before.parsed.record is None or before.form is None:
            return Text("{file} 无法读取", "{file} cannot be read").format(file=expected)
        if (before.record.form, before.record.form_revision) != (record.form, record.form_revision):
            return Text("表单或版本不同", "it names another form or revision")
        return None if before.day == self.day else Text("记录日期不同", "it is dated on another day")

    # signatures and state

    @cached_property
    def payloads(self) -> tuple[bytes, ...]:
        return chain(self.workspace.settings.workspace, self.record)

    @cached_property
    def signature_problems(self) -> tuple[Problem | None, ...]:
        """For each signature why it does not count, or None."""
        return tuple(self._judge(index, signature) for index, signature in enumerate(self.record.signatures))

    def _judge(self, index: int, signature: Signature) -> Problem | None:
        problem = self._signature_problem(index, signature)
        step = self.form.step_by_id.get(signature.step) if self.form else None
        if problem is None or step is None:
            return problem
        return problem._replace(values={**problem.values, "step": step.title})  # people know steps by their titles

    def _signature_problem(self, index: int, signature: Signature) -> Problem | None:
        person = self.workspace.register.person.get(signature.by)
        if self.check_signatures:
            problem = check_signature(self.payloads[index], signature, person, ("signatures", index), self.zone)
            if problem is not None:
                return problem
        return entitlement(self, index, signature)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.step_applies, self.expected, self._passes_at, self.now)

    @cached_property
    def progress(self) -> Progress:
        assert self.form is not None
        good = [(i, s) for i, s in enumerate(self.record.signatures) if self.signature_problems[i] is None]
        return fold(self.form, good, self.facts)

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
        return self.evaluate(f"when:{step.id}", self.values, False) is True

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

    @cached_property
    def reached(self) -> frozenset[str]:
        """Sections whose own step has signed, so that what they require is due."""
        return frozenset(section.id for section in self.signed_before(None))

    def signed_before(self, step: Step | None) -> tuple[Section, ...]:
        """Sections that steps have signed so far, and the one of `step`, which is about to sign."""
        assert self.form is not None
        done = {*self.progress.signed, *self.progress.partial, *({step.id} if step else ())}
        ids = {each.section for each in self.form.steps if each.id in done}
        return tuple(section for section in self.form.sections if section.id in ids)

    @cached_property
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

    def required(self) -> tuple[tuple[str, Field], ...]:
        """Fields that have fallen due."""
        return self._required

    @cached_property
    def _required(self) -> tuple[tuple[str, Field], ...]:
        return tuple(self._find_required())

    def _find_required(self) -> Iterator[tuple[str, Field]]:
        assert self.form is not None
        for section in self.form.sections:
            if section.id not in self.reached:
                continue
            for field in self.form.may_be_required(section):
                if field.required or self.required_now(field.id, field, self.all_values):
                    yield field.id, field
        scans = (step.scan for step in self.form.steps if step.scan and self.completed(step.id))
        yield from ((scan, self.form.fields[scan]) for scan in scans if scan in self.form.fields)

    def required_now(self, name: str, field: Field, values: Mapping[str, Any]) -> bool:
        if field.required_when is None:
            return False
        program = self.compiled.programs.get(f"required:{name}")
        return (
            program is not None
            and not unmet(program, values)
            and self.evaluate(f"required:{name}", values, False) is True
        )

    def required_in_rows(self) -> tuple[tuple[str, int, Field], ...]:
        """Row fields that are required by a condition: rows field, index, field."""
        return self._required_in_rows

    @cached_property
    def _required_in_rows(self) -> tuple[tuple[str, int, Field], ...]:
        return tuple(self._find_required_in_rows())

    def _find_required_in_rows(self) -> Iterator[tuple[str, int, Field]]:
        assert self.form is not None
        for rows in self.form.rows_with_conditions:
            for inner in rows.fields:
                for index, row in enumerate(self.all_values.get(rows.id, ())):
                    if self.required_now(f"{rows.id}.{inner.id}", inner, {**self.all_values, "row": row}):
                        yield rows.id, index, inner


def _each(route: Route, field: Field, value: Any) -> Iterator[tuple[Route, Field, Any]]:
    if isinstance(value, list):
        yield from (((*route, index), field, each) for index, each in enumerate(value))
    else:
        yield route, field, value


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
