"""A form made ready to judge records: every expression compiled, every mistake in it a Problem on its line."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple

from csdocs.cel import CelError, EvaluationError, Program, Scope, compile_expression
from csdocs.cel import types as t
from csdocs.cel.claim import AllHold, Claim, all_hold
from csdocs.cel.runtime import Runtime
from csdocs.model.field import Field, RowsField
from csdocs.model.finding import Problem, Route
from csdocs.model.form import Deadline, Form, FormRule
from csdocs.model.kind import ROUTE_WORDS
from csdocs.parse.data import DataReader, compile_reader

_KINDS: dict[str, t.Type] = {
    "int": t.INT,
    "decimal": t.DECIMAL,
    "string": t.STRING,
    "bool": t.BOOL,
    "date": t.DATE,
    "time": t.TIME,
    "timestamp": t.TIMESTAMP,
    "duration": t.DURATION,
    "staff": t.STAFF,
    "file": t.RecordType({"name": t.STRING, "sha256": t.STRING, "bytes": t.INT}),
}
RECORD_TYPE = t.RecordType(
    {"id": t.STRING, "day": t.DATE, "created_at": t.TIMESTAMP, "created_by": t.STAFF, "org_unit": t.STRING}
)
_CLOCK = frozenset({"now", "today"})
_COMPLETE = frozenset({"param", "record"})
NOT_JUDGED = frozenset({"void", "withdrawn", "returned"})  # nobody acts on records in these states any more
PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")


def field_type(field: Field) -> t.Type:
    if isinstance(field, RowsField):
        return t.ListType(t.RecordType({inner.id: field_type(inner) for inner in field.fields}))
    scalar = _KINDS[field.cel]
    return t.ListType(scalar) if field.list else scalar


_SIGNED = frozenset({"signed", "state", "now", "today"})


class Expression(NamedTuple):
    """One place in the form where CEL is written."""

    name: str
    route: Route
    source: str
    expect: t.Type
    row_of: str | None = None
    timed: bool = False  # may read `today` and `now`


class NamedProgram(NamedTuple):
    """An expression of the form, by the name under which its failures are reported."""

    name: str
    program: Program


class Computed(NamedTuple):
    """A computed field and its expression, by the name under which its failures are reported.

    `late`: it needs what only signatures bring. `rows`: the table in whose rows it is, "" where it is in none.
    """

    id: str
    name: str
    field: Field
    program: Program
    late: bool
    rows: str


class Demand(NamedTuple):
    """What sections ask for: fields that must be there, and whether none is missing that only some records need."""

    always: frozenset[str]
    conditions: AllHold

    @classmethod
    def of(cls, required: Sequence[tuple[Field, Program | None]], in_rows: Iterable[Claim]) -> "Demand":
        """`in_rows`: what is claimed of the rows of tables."""
        always = frozenset(field.id for field, condition in required if condition is None)
        conditions = ((field, condition) for field, condition in required if condition is not None)
        claims = (
            Claim(condition, says=False, has=None if field.id in ROUTE_WORDS else (field.id,))
            for field, condition in conditions
        )
        return cls(always, all_hold([*claims, *in_rows]))


class CompiledForm:
    """Immutable after construction; `problems` says what could not be compiled."""

    def __init__(self, form: Form, path: str, sha256: str, parameters: Mapping[str, t.Type]) -> None:
        self.form = form
        self.path = path
        self.sha256 = sha256
        self.programs: dict[str, Program] = {}
        self.problems: list[Problem] = []
        self.asked: dict[object, Any] = {}  # what is asked of the records, by the kind of terms, for whoever asks
        self._fixed: dict[int, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        self._names: dict[str, t.Type] = {
            **{id: field_type(field) for id, field in form.fields.items()},
            "param": t.RecordType(dict(parameters)),
            "record": RECORD_TYPE,
            "signed": t.RecordType({s.id: t.RecordType({"at": t.TIMESTAMP, "by": t.STAFF}) for s in form.steps}),
            "state": t.STRING,
        }
        self._scopes: dict[tuple[str | None, bool], Scope] = {}
        self.expressions = tuple(_expressions(form))
        for expression in self.expressions:
            self._compile(expression)

    @cached_property
    def reader(self) -> DataReader:
        return compile_reader(self.form)

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        """Computed fields, each after those it names."""
        fields = ((id, self.form.fields[id]) for id in self.computed_order)
        return tuple(self._computed(id, id, field, "") for id, field in fields)

    @cached_property
    def computed_in_rows(self) -> tuple[Computed, ...]:
        """Computed fields of rows."""
        tables = (field for field in self.form.fields.values() if isinstance(field, RowsField))
        found = ((rows.id, inner) for rows in tables for inner in rows.fields)
        known = ((rows, inner) for rows, inner in found if f"computed:{rows}.{inner.id}" in self.programs)
        return tuple(self._computed(f"{rows}.{inner.id}", inner.id, inner, rows) for rows, inner in known)

    def _computed(self, dotted: str, id: str, field: Field, rows: str) -> Computed:
        name = f"computed:{dotted}"
        return Computed(id, name, field, self.programs[name], dotted in self.late, rows)

    @cached_property
    def rules(self) -> tuple[tuple[FormRule, Program], ...]:
        """The form's rules that can be judged."""
        programs = ((rule, self.programs.get(f"rule:{rule.id}")) for rule in self.form.rules)
        return tuple((rule, program) for rule, program in programs if program is not None)

    @cached_property
    def rules_hold(self) -> AllHold:
        """True only for values that break no rule, and for which every rule can be judged."""
        return all_hold(
            Claim(
                program,
                given=None if rule.due is None else ("signed", rule.due),
                excused=tuple(sorted(NOT_JUDGED)) if rule.breaks else (),
                patient=rule.due is None,
                each=rule.each,
            )
            for rule, program in self.rules
        )

    def demand(self, reached: frozenset[str]) -> Demand:
        """What must be there once these sections have been signed."""
        if reached not in self._demands:
            required = [each for section in reached for each in self.required[section]]
            self._demands[reached] = Demand.of(required, self._claims_of_rows())
        return self._demands[reached]

    def _claims_of_rows(self) -> Iterator[Claim]:
        for rows in self.form.rows_with_conditions:
            for inner in rows.fields:
                condition = self.programs.get(f"required:{rows.id}.{inner.id}")
                if condition is not None:
                    has = None if inner.is_computed else ("row", inner.id)
                    yield Claim(condition, says=False, has=has, each=rows.id)

    @cached_property
    def _demands(self) -> dict[frozenset[str], Demand]:
        return {}

    @cached_property
    def required(self) -> dict[str, tuple[tuple[Field, Program | None], ...]]:
        """By section: what is required, and under which condition (None: always)."""
        return {
            section.id: tuple(
                (field, None if field.required else self.programs[f"required:{field.id}"])
                for field in self.form.section_fields(section)
                if field.required or f"required:{field.id}" in self.programs
            )
            for section in self.form.sections
        }

    @cached_property
    def deadlines(self) -> tuple[tuple[Deadline, NamedProgram | None, NamedProgram | None], ...]:
        """Deadlines, how long they are and when they apply; None for what is not there or could not be compiled."""
        find = self._find
        return tuple(
            (each, find(f"within:{each.id}"), find(f"when:deadline:{each.id}")) for each in self.form.deadlines
        )

    @cached_property
    def whens(self) -> dict[str, NamedProgram]:
        """By step: the condition under which it applies."""
        found = ((step.id, self._find(f"when:{step.id}")) for step in self.form.steps)
        return {id: asked for id, asked in found if asked is not None}

    def _find(self, name: str) -> NamedProgram | None:
        program = self.programs.get(name)
        return None if program is None else NamedProgram(name, program)

    @cached_property
    def of_parameters(self) -> tuple[NamedProgram, ...]:
        """Expressions that read parameters and nothing else."""
        all_names = ((name, program, program.names | program.guarded) for name, program in self.programs.items())
        return tuple(
            NamedProgram(name, program)
            for name, program, names in all_names
            if all(path[0] == "param" for path in names)
        )

    def fixed(self, parameters: Mapping[str, Any], runtime: Runtime) -> Mapping[str, Any]:
        """Values of expressions that read parameters alone, by name, as far as they have one. The same mapping need not be asked again."""
        known = self._fixed.get(id(parameters))
        if known is None:
            found = {}
            for name, program in self.of_parameters:
                with suppress(EvaluationError):
                    found[name] = program.evaluate({"param": parameters}, runtime)
            known = self._fixed[id(parameters)] = parameters, found
        return known[1]

    @cached_property
    def reads_clock(self) -> bool:
        """Whether what it says may change with every moment."""
        return not _CLOCK.isdisjoint(self.names_read)

    @cached_property
    def names_read(self) -> frozenset[str]:
        """First names of everything that rules read or print."""
        shown = {name for rule in self.form.rules for text in rule.message for name in PLACEHOLDER.findall(text)}
        return frozenset(shown | {path[0] for program in self.programs.values() for path in program.names})

    @cached_property
    def changing(self) -> frozenset[str]:
        """Fields that expressions see otherwise than they were read: with people, or with what is computed of a row."""
        people = {field.id for field in self.form.with_kind("staff")}
        return frozenset(people | {each.rows for each in self.computed_in_rows})

    @cached_property
    def naming(self) -> frozenset[str]:
        """Those of them that name one person, and hold nothing else."""
        people = (self.form.fields[id] for id in self.changing)
        return frozenset(field.id for field in people if field.kind == "staff" and not field.list)

    @cached_property
    def computed_order(self) -> tuple[str, ...]:
        """Computed fields, each after those it names; those of a cycle are left out (and reported)."""
        waiting = {
            field.id: {path[0] for path in self.programs[f"computed:{field.id}"].names}
            for field in self.form.fields.values()
            if f"computed:{field.id}" in self.programs
        }
        order: list[str] = []
        while ready := [id for id, names in waiting.items() if not names & (waiting.keys() - {id} | {id})]:
            order += ready
            for id in ready:
                del waiting[id]
        for id in waiting:
            self.problems.append(Problem("computed-in-a-circle", self.field_route(id), {"field": id}))
        return tuple(order)

    @cached_property
    def late(self) -> frozenset[str]:
        """Computed fields that ask for what only signatures bring, or for such a field; `has()` asks too."""
        asked = {
            name.removeprefix("computed:"): {path[0] for path in program.names | program.guarded}
            for name, program in self.programs.items()
            if name.startswith("computed:")
        }
        found = frozenset(_SIGNED)
        while more := {name for name, names in asked.items() if names & found} - found:
            found |= more
        return found - _SIGNED

    def _compile(self, expression: Expression) -> None:
        scope = self._scope(expression.row_of, expression.timed)
        if scope is None:
            self.problems.append(Problem("unknown-name", expression.route, {"name": expression.row_of}))
            return
        try:
            self.programs[expression.name] = compile_expression(expression.source, scope, expression.expect)
        except CelError as error:
            values = {"reason": error.message, "source": expression.source, "at": error.offset + 1}
            self.problems.append(Problem("expression-does-not-compile", expression.route, values))

    def _scope(self, row_of: str | None, timed: bool) -> Scope | None:
        """What expressions see in rows of that table (None: in no row), one for all that see the same; None where there is no such table."""
        if (row_of, timed) not in self._scopes:
            names = dict(self._names)
            if row_of is not None:
                rows = self.form.fields.get(row_of)
                if not isinstance(rows, RowsField):
                    return None
                names["row"] = t.RecordType({inner.id: field_type(inner) for inner in rows.fields})
            if timed:
                names |= {"today": t.DATE, "now": t.TIMESTAMP}
            self._scopes[row_of, timed] = Scope(names, _COMPLETE)
        return self._scopes[row_of, timed]

    def field_route(self, dotted: str) -> Route:
        """Where a field is defined in the form file."""
        id, _, inner = dotted.partition(".")
        for s, section in enumerate(self.form.sections):
            for f, field in enumerate(section.fields):
                if field.id == id:
                    route: Route = ("sections", s, "fields", f)
                    if inner and isinstance(field, RowsField):
                        index = next((i for i, each in enumerate(field.fields) if each.id == inner), 0)
                        return (*route, "fields", index)
                    return route
        return ()


def _expressions(form: Form) -> Iterator[Expression]:
    for s, section in enumerate(form.sections):
        for f, field in enumerate(section.fields):
            yield from _of_field(field, ("sections", s, "fields", f))
    for i, step in enumerate(form.steps):
        if step.when is not None:
            yield Expression(f"when:{step.id}", ("steps", i, "when"), step.when, t.BOOL)
        if step.after is not None:
            yield Expression(f"after:{step.id}", ("steps", i, "after", "within"), step.after.within, t.DURATION)
    for i, rule in enumerate(form.rules):
        route: Route = ("rules", i, "assert")
        yield Expression(f"rule:{rule.id}", route, rule.assert_, t.BOOL, rule.each, timed=rule.breaks is not None)
    for i, deadline in enumerate(form.deadlines):
        kind = t.INT if deadline.calendar == "workdays" else t.DURATION
        yield Expression(f"within:{deadline.id}", ("deadlines", i, "within"), deadline.within, kind)
        if deadline.when is not None:
            yield Expression(f"when:deadline:{deadline.id}", ("deadlines", i, "when"), deadline.when, t.BOOL)
    if form.retention.months is not None:
        yield Expression("retention", ("retention", "months"), form.retention.months, t.INT)


def _of_field(field: Any, route: Route, rows: str | None = None) -> Iterator[Expression]:
    name = f"{rows}.{field.id}" if rows else field.id
    if field.computed is not None:
        yield Expression(f"computed:{name}", (*route, "computed"), field.computed, field_type(field), rows)
    if field.required_when is not None:
        yield Expression(f"required:{name}", (*route, "required_when"), field.required_when, t.BOOL, rows)
    if isinstance(field, RowsField):
        for index, inner in enumerate(field.fields):
            yield from _of_field(inner, (*route, "fields", index), field.id)
