"""Documents and forms put before the rules that judge the rule book itself."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from csdocs.load.rulebook.comparison import Comparison, comparisons
from csdocs.load.rulebook.compiled import PLACEHOLDER, CompiledForm, Expression
from csdocs.load.workspace import Workspace
from csdocs.model.document import Document
from csdocs.model.field import ChoiceField, Field, RowsField, StaffField
from csdocs.model.finding import Position, Problem, Route
from csdocs.model.form import CLOSED, DRAFT, ENDINGS, ByPost, Form, Step

_PARAMETER = re.compile(r"\bparam\.(\w+)")
_INTERPOLATION = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# as they come from a Chinese keyboard, around what is an id of ours
_NO_LINK = re.compile(r"(?!\[[^\[\]【】]*\]\()[\[【][^\[\]【】]{1,80}[\]】] *[（(](?:REG|HB|F)-[A-Z0-9/-]+[）)]")
_NO_INTERPOLATION = re.compile(r"(?<![{｛])(?:\{|｛{1,2}) *[a-z][a-z0-9_]* *(?:\}|｝{1,2})(?![}｝])")
_PLACEHOLDERS = re.compile(r"\[X+\]|\[具体[^\]]*\]|TODO|FIXME|待定|待补充|（\s*）天|XX+")
_HAND_TYPED = re.compile(
    r"(?:第\s*[一二三四五六七八九十\d]+\s*版|版[本次]号?\s*[：:]\s*\S+|生效日期\s*[：:]|批准人\s*[：:]"
    r"|approved by|(?:revision|version|rev\.)\s*:?\s*\d)",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A piece of text found in a document's body."""

    text: str
    at: Position


class DocumentCase:
    """A regulation or handbook part, with what its citations can lead to."""

    def __init__(self, workspace: Workspace, document: Document) -> None:
        self.workspace = workspace
        self.document = document

    def mentions(self, pattern: re.Pattern[str]) -> Iterator[Mention]:
        """Matches in the body; group 1 where the pattern has one."""
        for offset, line in enumerate(self.document.body.split("\n")):
            for match in pattern.finditer(line):
                text = match[match.lastindex or 0]
                yield Mention(text, Position(self.document.body_line + offset, match.start() + 1))

    def interpolations(self) -> Iterator[Mention]:
        return self.mentions(_INTERPOLATION)

    def misspelt_links(self) -> Iterator[Mention]:
        return self.mentions(_NO_LINK)

    def misspelt_interpolations(self) -> Iterator[Mention]:
        return self.mentions(_NO_INTERPOLATION)

    def placeholders(self) -> Iterator[Mention]:
        return self.mentions(_PLACEHOLDERS)

    def hand_typed(self) -> Iterator[Mention]:
        return self.mentions(_HAND_TYPED)

    @cached_property
    def own_parameters(self) -> frozenset[str]:
        return frozenset(parameter.id for parameter in self.document.control.parameters)

    def link_leads_somewhere(self, target: str) -> bool:
        """A document, a form, a clause, an external address, or a heading of this file."""
        if re.match(r"(?:https?://|mailto:|#)", target):
            return True
        workspace = self.workspace
        return workspace.has_document(target) or target in workspace.form_paths or self.is_clause(target)

    def is_clause(self, citation: str) -> bool:
        return clause_exists(self.workspace, citation)

    def profiles_lacking(self, target: str) -> tuple[str, ...]:
        """The industries of a document, clause or form that is there but not in use; any one of them would do."""
        workspace, id = self.workspace, target.partition("/")[0]
        document = workspace.documents.get(id)
        control = document.control if document else workspace.forms.get(id)
        return () if control is None or workspace.is_in_use(control) else control.profile


def clause_exists(workspace: Workspace, citation: str) -> bool:
    """Not known of a document that cannot be read."""
    id, _, number = citation.partition("/")
    document = workspace.documents.get(id)
    if document is None:
        return workspace.has_document(id)
    clause = document.clause(int(number)) if number.isdigit() else None
    return clause is not None and not clause.deleted


class FormCase:
    """A form of the tree, compiled against today's parameters."""

    def __init__(self, workspace: Workspace, form: Form, path: str) -> None:
        self.workspace = workspace
        self.form = form
        self.path = path

    @cached_property
    def compiled(self) -> CompiledForm:
        return self.workspace.compiled_today(self.form.id) if self._is_the_one else self._alone

    def reads_unread(self, text: str) -> bool:
        """Whether an expression or message names a parameter that may be in a document that cannot be read."""
        known = self.workspace.parameters_on(self.workspace.today).values
        return self.workspace.lacks_parameters and not known.keys() >= {*_PARAMETER.findall(text)}

    @property
    def rests_on_unread(self) -> bool:
        """Whether the parameters of such a document may change what is said of its records. A query may ask for anything."""
        said = (text for rule in self.form.rules for text in rule.message)
        sources = (expression.source for expression in self.compiled.expressions)
        return self.form.has_queries or any(map(self.reads_unread, chain(said, sources)))

    @property
    def _is_the_one(self) -> bool:
        return self.workspace.form_paths.get(self.form.id) == self.path

    @cached_property
    def _alone(self) -> CompiledForm:
        return CompiledForm(self.form, self.path, "", self.workspace.parameters_on(self.workspace.today).types)

    def citations(self) -> Iterator[tuple[str, Route]]:
        """Every clause the form names."""
        yield from ((citation, ("clauses", i)) for i, citation in enumerate(self.form.clauses))
        for i, rule in enumerate(self.form.rules):
            if rule.breaks:
                yield rule.breaks, ("rules", i, "breaks")
        yield from ((d.breaks, ("deadlines", i, "breaks")) for i, d in enumerate(self.form.deadlines))
        yield self.form.retention.basis, ("retention", "basis")

    def posts(self) -> Iterator[tuple[str, Route]]:
        """Every post the form names."""
        yield self.form.owner, ("owner",)
        yield from ((post, ("void_by", i)) for i, post in enumerate(self.form.void_by))
        for i, step in enumerate(self.form.steps):
            if isinstance(step.by, ByPost):
                yield from ((post, ("steps", i, "by", "post")) for post in step.by.posts)
        for name, field in self.form.walk():
            if isinstance(field, StaffField):
                yield from ((post, (*self.compiled.field_route(name), "posts")) for post in field.posts)

    def names(self) -> Iterator[tuple[str, Route]]:
        """Every field, section, step or state that the form names and does not have."""
        yield from self._names_of_steps()
        for i, rule in enumerate(self.form.rules):
            scope: Any = self.form
            if rule.each is not None:
                scope = self.form.fields.get(rule.each)
            known = {f.id for f in scope.fields} if isinstance(scope, RowsField) else set(self.form.fields)
            if rule.at not in known:
                yield rule.at, ("rules", i, "at")
            if rule.due is not None and rule.due not in self.form.step_by_id:
                yield rule.due, ("rules", i, "due")
            yield from (
                (name, ("rules", i, "message")) for name in self._unknown_in_message(rule.message.zh + rule.message.en)
            )
        if not self._is_moment(self.form.retention.from_):
            yield self.form.retention.from_, ("retention", "from")
        for i, deadline in enumerate(self.form.deadlines):
            for key, name in (("from", deadline.from_), ("until", deadline.until)):
                if not self._is_moment(name):
                    yield name, ("deadlines", i, key)
        yield from (
            (name, (key,))
            for key, name in (("day", self.form.day), ("shift", self.form.shift))
            if name and name not in self.form.fields
        )

    @property
    def known_names(self) -> set[str]:
        """What a name of the form can mean."""
        sections = {section.id for section in self.form.sections}
        signed = {f"signed.{id}" for id in self.form.step_by_id}
        return {*self.form.fields, *self.form.step_by_id, *signed, *sections, *self.reachable}

    def _names_of_steps(self) -> Iterator[tuple[str, Route]]:
        form = self.form
        for i, step in enumerate(form.steps):
            at: Route = ("steps", i)
            if step.section is not None and form.section(step.section) is None:
                yield step.section, (*at, "section")
            yield from (
                (other, (*at, "not_same_as"))
                for other in step.not_same_as
                if other not in form.fields and other not in form.step_by_id
            )
            for key, name in (("per", step.per), ("scan", step.scan)):
                if name is not None and name not in form.fields:
                    yield name, (*at, key)
            if step.after is not None and step.after.since not in form.step_by_id:
                yield step.after.since, (*at, "after", "since")
            yield from ((name, (*at, "by")) for name in self._unknown_by(step))
            yield from ((state, (*at, "from")) for state in step.from_ if state not in self.reachable)

    def _unknown_by(self, step: Step) -> Iterator[str]:
        name = step.named_by
        if name is None or name in self.form.fields:
            return
        rows = self.form.fields.get(step.per or "") if name.startswith("row.") else None
        if not isinstance(rows, RowsField) or rows.field(name.removeprefix("row.")) is None:
            yield name

    @cached_property
    def reachable(self) -> frozenset[str]:
        """`draft` and every state some step leads to."""
        return frozenset({DRAFT, *(target for _, target in self.form.transitions.values())})

    @cached_property
    def entered(self) -> frozenset[str]:
        """States that a record can get into, step by step from the draft."""
        found = {DRAFT, *ENDINGS.values()}
        steps = self.form.transitions.values()
        while grown := {target for sources, target in steps if sources & found} - found:
            found |= grown
        return frozenset(found)

    def strange_values(self) -> Iterator[tuple[Expression, Comparison, tuple[str, ...]]]:
        """Comparisons with a choice or state that is none, and what there is to choose from."""
        for expression in self.compiled.expressions:
            rows = self.form.fields.get(expression.row_of or "")
            for comparison in comparisons(expression.source):
                known = self._choices(comparison.path, rows)
                if known and comparison.value not in known:
                    yield expression, comparison, known

    def _choices(self, path: tuple[str, ...], rows: Field | None) -> tuple[str, ...]:
        if path == ("state",):
            return tuple(self.form.state_labels)
        field = self.form.fields.get(path[0]) if len(path) == 1 else None
        if path[0] == "row" and len(path) == 2 and isinstance(rows, RowsField):
            field = rows.field(path[1])
        return tuple(option.code for option in field.options) if isinstance(field, ChoiceField) else ()

    def _is_moment(self, name: str) -> bool:
        if name == CLOSED:
            return True
        if name.startswith("signed."):
            return name.removeprefix("signed.") in self.form.step_by_id
        field = self.form.fields.get(name)
        return field is not None and field.cel in ("date", "timestamp")

    def _unknown_in_message(self, message: str) -> Iterator[str]:
        parameters = self.workspace.parameters_on(self.workspace.today).values
        rows = {
            f"row.{inner.id}"
            for field in self.form.fields.values()
            if isinstance(field, RowsField)
            for inner in field.fields
        }
        for name in PLACEHOLDER.findall(message):
            first, _, rest = name.partition(".")
            known = (
                rest in parameters
                if first == "param"
                else name in rows
                if first == "row"
                else first in self.form.fields
            )
            if not known and first not in ("record", "signed", "state", "today", "now"):
                yield name

    def step_troubles(self) -> Iterator[Problem]:
        """Steps that nobody can sign or that sign nothing."""
        for i, step in enumerate(self.form.steps):
            at: Route = ("steps", i)
            if (step.by is None) == (step.after is None):
                yield Problem("step-incomplete", at, {"step": step.id, "key": "by / after"})
            if step.after is None and step.attests is None:
                yield Problem("step-incomplete", at, {"step": step.id, "key": "attests"})
            if step.witness and step.scan is None:
                yield Problem("step-incomplete", at, {"step": step.id, "key": "scan"})
            rows = self.form.fields.get(step.per or "")
            if step.per and not (isinstance(rows, RowsField) and rows.key):
                yield Problem("step-incomplete", (*at, "per"), {"step": step.id, "key": f"{step.per}.key"})
