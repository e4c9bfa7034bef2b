"""A Form: what a record may hold, who signs what in which order, and which clauses it proves."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import ConfigDict, Field, StringConstraints

from csdocs.model.control import Control, Count
from csdocs.model.field import Field as FormField
from csdocs.model.field import FileField, LongTextField, RowsField, StaffField
from csdocs.model.identifier import Citation, FormId, PostId
from csdocs.model.kind import FieldId
from csdocs.model.record import Signature
from csdocs.model.shape import Flag, Label, Several, Shape
from csdocs.model.text import Text

StateId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Decision = Literal["sign", "reject", "return", "withdraw", "void"]

_COURSES = 1_000
_Covers = Mapping[str, list[str]]
DRAFT, CLOSED = "draft", "closed"
ENDINGS = {"reject": "rejected", "return": "returned", "withdraw": "withdrawn", "void": "void"}
STATE_LABELS = {
    DRAFT: Text("草稿", "Draft"),
    CLOSED: Text("已结案", "Closed"),
    "rejected": Text("已驳回", "Rejected"),
    "returned": Text("已退回", "Returned"),
    "withdrawn": Text("已撤回", "Withdrawn"),
    "void": Text("已作废", "Void"),
}
DECISION_WORDS = {
    "sign": Text("签署", "sign"),
    "reject": Text("驳回", "reject"),
    "return": Text("退回", "return"),
    "withdraw": Text("撤回", "withdraw"),
    "void": Text("作废", "void"),
}
DECISIONS_TAKEN = {
    "sign": Text("签署", "signed"),
    "reject": Text("驳回", "rejected"),
    "return": Text("退回", "returned"),
    "withdraw": Text("撤回", "withdrawn"),
    "void": Text("作废", "declared void"),
}
IMPLICIT_FIELDS: tuple[FormField, ...] = (
    LongTextField(kind="long_text", id="remarks", label=Text("备注", "Remarks")),
    FileField(kind="file", id="attachments", label=Text("附件", "Attachments"), list=True),
)


class Section(Shape):
    id: FieldId
    title: Label
    hint: Label | None = None
    internal: Flag = False
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]


class State(Shape):
    id: StateId
    label: Label
    final: Flag = False


class ByPost(Shape):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    post: PostId | tuple[PostId, ...]
    of: FieldId | None = None

    @cached_property
    def posts(self) -> tuple[str, ...]:
        return (self.post,) if isinstance(self.post, str) else self.post


class ByHead(Shape):
    head_of: FieldId


class BySuperior(Shape):
    superior_of: FieldId


class ByEach(Shape):
    each: FieldId
    at_least: Count | None = None


By = str | ByPost | ByHead | BySuperior | ByEach


class After(Shape):
    """A transition nobody signs: it happens by the clock."""

    since: FieldId
    within: str


class Step(Shape):
    id: FieldId
    title: Label
    by: By | None = None
    section: FieldId | None = None
    attests: Label | None = None
    from_: Annotated[tuple[StateId, ...], Several] = Field(default=(), alias="from")
    to: StateId | None = None
    when: str | None = None
    not_same_as: Annotated[tuple[FieldId, ...], Several] = ()
    decisions: Annotated[tuple[Decision, ...], Several] = ()
    repeat: Flag = False
    per: FieldId | None = None
    witness: Flag = False
    scan: FieldId | None = None
    after: After | None = None

    @property
    def named_by(self) -> str | None:
        """The field that says who signs, or of which department they are: `row.x` for a column of the rows; None where the form itself says it."""
        match self.by:
            case ByPost(of=name):
                return name
            case ByHead(head_of=str(name)) | BySuperior(superior_of=str(name)) | ByEach(each=str(name)):
                return name
            case str(name) if name != "creator":
                return name
        return None


class Leaving(NamedTuple):
    """Steps out of a state, in the order of the form: those that the clock takes, and those that somebody signs."""

    timed: tuple[Step, ...]
    signable: tuple[Step, ...]
    asks: bool = False  # whether the record says which of the latter apply


class Course(NamedTuple):
    """What signatures cover, one after the other, if they leave out no rows: the same for all records that were signed alike.

    `due`: the sections of which each may leave nothing out; `whole`: those of which it does not, and `leaves_out` whether any
    leaves out what it may not; `fields`: all that each covers, and `covered` what any does.
    """

    due: tuple[tuple[str, ...], ...]
    whole: tuple[frozenset[str], ...]
    leaves_out: bool
    fields: tuple[frozenset[str], ...]
    covered: frozenset[str]

    @classmethod
    def of(
        cls, due: Sequence[tuple[str, ...]], covers: Sequence[_Covers], needed: Mapping[str, frozenset[str]]
    ) -> "Course":
        whole = [frozenset(id for id, ids in needed.items() if ids.issubset(each.get(id, ()))) for each in covers]
        fields = [frozenset[str]().union(*each.values()) for each in covers]
        leaves_out = any(not has.issuperset(asked) for asked, has in zip(due, whole, strict=True))
        return cls(tuple(due), tuple(whole), leaves_out, tuple(fields), frozenset[str]().union(*fields))


class FormRule(Shape):
    id: FieldId
    assert_: str = Field(alias="assert")
    at: FieldId
    each: FieldId | None = None
    message: Label
    breaks: Citation | None = None
    due: FieldId | None = None


class Deadline(Shape):
    id: FieldId
    label: Label
    from_: str = Field(alias="from")
    within: str
    calendar: Literal["clock", "worktime", "workdays"] = "clock"
    until: str
    when: str | None = None
    breaks: Citation


class Numbering(Shape):
    pattern: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    gap: Literal["report", "strict"] = "report"


class Retention(Shape):
    months: str | None = None
    from_: str = Field(default=CLOSED, alias="from")
    then: Literal["destroy", "archive", "permanent"] = "destroy"
    basis: Citation


class Form(Control):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    id: FormId
    clauses: Annotated[tuple[Citation, ...], Field(min_length=1)]
    folder: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")] | None = None
    layout: Literal["month", "day"] = "month"
    day: FieldId | None = None
    shift: FieldId | None = None
    number: Numbering
    late_entry: str | None = None
    retention: Retention
    void_by: Annotated[tuple[PostId, ...], Several, Field(min_length=1)]
    disposes: FieldId | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    states: tuple[State, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    rules: tuple[FormRule, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def __hash__(self) -> int:
        """Not of all that it holds: it is asked for often, and who keeps something of a form keeps it of few revisions."""
        return hash((self.id, self.revision))

    @cached_property
    def directory(self) -> str:
        """Folder of its records below `records/`."""
        return self.folder or self.id.removeprefix("F-").lower()

    @cached_property
    def fields(self) -> dict[str, FormField]:
        """Every field by id, the implicit ones included, in the order of print."""
        return {field.id: field for section in self.sections for field in self.section_fields(section)}

    def section_fields(self, section: Section) -> tuple[FormField, ...]:
        return section.fields + (IMPLICIT_FIELDS if section is self.sections[0] else ())

    @property
    def opening_sections(self) -> tuple[Section, ...]:
        """Those that a record begins with: the part of who signs first."""
        first = self.steps[0].section
        return tuple(section for section in self.sections if first in (None, section.id))

    def with_kind(self, kind: str) -> tuple[FormField, ...]:
        """Fields of a kind, and tables with a column of it."""
        return self._by_kind.get(kind, ())

    def ids_with_kind(self, kind: str) -> frozenset[str]:
        return self._ids_by_kind.get(kind, frozenset())

    @cached_property
    def _ids_by_kind(self) -> dict[str, frozenset[str]]:
        return {kind: frozenset(field.id for field in fields) for kind, fields in self._by_kind.items()}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[FormField, ...]]:
        found: dict[str, dict[str, FormField]] = {}
        for field in self.fields.values():
            for each in field.fields if isinstance(field, RowsField) else (field,):
                found.setdefault(each.kind, {})[field.id] = field
        return {kind: tuple(fields.values()) for kind, fields in found.items()}

    @cached_property
    def rows_with_conditions(self) -> tuple[RowsField, ...]:
        """Tables with a column that is required by a condition."""
        tables = (field for field in self.fields.values() if isinstance(field, RowsField))
        return tuple(rows for rows in tables if any(inner.required_when is not None for inner in rows.fields))

    @cached_property
    def scans(self) -> tuple[tuple[str, str], ...]:
        """Steps whose paper is scanned, and the field for it."""
        return tuple((step.id, step.scan) for step in self.steps if step.scan in self.fields)

    @cached_property
    def timed_steps(self) -> tuple[tuple[Step, str], ...]:
        """Steps that pass by themselves, and the step whose signature starts their clock."""
        return tuple((step, step.after.since) for step in self.steps if step.after is not None)

    @cached_property
    def asks_for_posts(self) -> bool:
        """Whether somebody named in a record must hold a post."""
        return any(isinstance(field, StaffField) and field.posts for _, field in self.walk())

    @cached_property
    def has_queries(self) -> bool:
        return any(field.query is not None for _, field in self.walk())

    @cached_property
    def computed_fields(self) -> tuple[FormField, ...]:
        return tuple(field for field in self.fields.values() if field.is_computed)

    @cached_property
    def keyed_rows(self) -> tuple[tuple[RowsField, str], ...]:
        """Tables whose rows have a key, and which column that is."""
        return tuple((f, f.key) for f in self.fields.values() if isinstance(f, RowsField) and f.key is not None)

    @cached_property
    def to_be_covered(self) -> dict[str, frozenset[str]]:
        """By section: the fields that whoever signs it must cover."""
        return {
            section.id: frozenset(field.id for field in self.section_fields(section) if not field.is_computed)
            for section in self.sections
        }

    def course(self, signatures: Sequence[Signature]) -> Course:
        """What signatures cover. Readers share what comes again with every record of a form, so it is looked at once."""
        asked = tuple([(each.step, each.decision, id(each.covers)) for each in signatures])
        known = self._courses.get(asked)
        if known is None:
            if len(self._courses) >= _COURSES:
                self._courses.clear()
            covers = [each.covers for each in signatures]
            known = self._courses[asked] = covers, Course.of([*self._due(signatures)], covers, self.to_be_covered)
        return known[1]

    @cached_property
    def _courses(self) -> dict[tuple[object, ...], tuple[object, Course]]:
        """By identity; what is kept here cannot become something else."""
        return {}

    def _due(self, signatures: Sequence[Signature]) -> Iterator[tuple[str, ...]]:
        """Of each the sections of the steps so far."""
        earlier: dict[str, None] = {}
        for each in signatures:
            step = None if each.decision == "void" else self.step_by_id.get(each.step)
            if step is not None and step.section in self.to_be_covered:
                earlier[step.section] = None
            yield tuple(earlier) if step else ()

    def section(self, id: str) -> Section | None:
        return next((section for section in self.sections if section.id == id), None)

    @cached_property
    def step_by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    @property
    def signing_posts(self) -> frozenset[str]:
        """Posts that a step names; who signs by department or by a field is known only of a record."""
        return frozenset(post for step in self.steps if isinstance(step.by, ByPost) for post in step.by.posts)

    @cached_property
    def section_of_step(self) -> dict[str, str]:
        """By step: the section that it signs, for those that sign one."""
        ids = {section.id for section in self.sections}
        return {step.id: step.section for step in self.steps if step.section in ids}

    @cached_property
    def transitions(self) -> dict[str, tuple[frozenset[str], str]]:
        """`from` and `to` of each step, the linear order filled in where the form is silent."""
        out: dict[str, tuple[frozenset[str], str]] = {}
        previous = DRAFT
        for step in self.steps:
            sources = frozenset(step.from_ or (previous,))
            last = step is self.steps[-1]
            stays = step.repeat and not step.to
            previous = next(iter(sorted(sources))) if stays else step.to or (CLOSED if last else step.id)
            out[step.id] = sources, previous
        return out

    @cached_property
    def leaving(self) -> dict[str, Leaving]:
        """By state: the steps that lead on from it."""
        states = {state for sources, _ in self.transitions.values() for state in sources}
        return {state: self._leaving(state) for state in states}

    @cached_property
    def restless(self) -> frozenset[str]:
        """States that a record may leave though nobody signs."""
        return frozenset(state for state, here in self.leaving.items() if here.timed or here.asks)

    def _leaving(self, state: str) -> Leaving:
        steps = [step for step in self.steps if state in self.transitions[step.id][0]]
        signable = tuple(step for step in steps if step.after is None)
        asks = any(step.when is not None for step in signable)
        return Leaving(tuple(step for step in steps if step.after is not None), signable, asks)

    @cached_property
    def state_labels(self) -> dict[str, Text]:
        """Every state a record can be in, with its words."""
        named = {state.id: state.label for state in self.states}
        steps = {self.transitions[step.id][1]: step.title for step in self.steps}
        return {**{s: t for s, t in steps.items() if s != CLOSED}, **STATE_LABELS, **named}

    @cached_property
    def final_states(self) -> frozenset[str]:
        return frozenset({CLOSED, *ENDINGS.values(), *(state.id for state in self.states if state.final)})

    def decisions(self, step: Step) -> tuple[Decision, ...]:
        if step.decisions:
            return step.decisions
        return ("sign",) if step is self.steps[0] or step.repeat else ("sign", "reject", "return")

    @cached_property
    def append_only(self) -> frozenset[str]:
        return frozenset(id for id, field in self.fields.items() if isinstance(field, RowsField) and field.append_only)

    def walk(self) -> Iterator[tuple[str, FormField]]:
        """Every field with its dotted name: `items`, `items.qty`."""
        for id, field in self.fields.items():
            yield id, field
            if isinstance(field, RowsField):
                yield from ((f"{id}.{inner.id}", inner) for inner in field.fields)
