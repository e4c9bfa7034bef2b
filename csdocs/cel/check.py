"""Syntax to plan: resolves names, finds the type of everything, and refuses what cannot work."""

from collections.abc import Mapping

from csdocs.cel import complaint, library
from csdocs.cel.call import plan_call, plan_overload, widened
from csdocs.cel.moment import instant
from csdocs.cel.parser import MAX_DEPTH, too_deep
from csdocs.cel.plan import (
    Apply,
    Choice,
    Compare,
    Comprehension,
    Constant,
    Field,
    Joined,
    ListOf,
    Not,
    Plan,
    Present,
    Variable,
)
from csdocs.cel.signature import NEGATION, OPERATORS
from csdocs.cel.syntax import (
    Binary,
    Call,
    Has,
    Index,
    ListLiteral,
    Literal,
    Logic,
    Macro,
    Name,
    Node,
    Select,
    Ternary,
    Unary,
)
from csdocs.cel.types import (
    BOOL,
    INT,
    NOTHING,
    ORDERED,
    STAFF,
    STAFF_FIELDS,
    STRING,
    TIMESTAMP,
    ListType,
    RecordType,
    Type,
    fits,
    is_compound,
    join,
)

MAX_MACROS = 3
Path = tuple[str, ...]


class Checker:
    """Checks one expression; afterwards `names` and `guarded` hold the paths it reads and asks for."""

    def __init__(self, scope: Mapping[str, Type]) -> None:
        self.names: set[Path] = set()
        self.guarded: set[Path] = set()
        self._scope = scope
        self._locals: dict[str, Variable] = {}
        self._macros = 0
        self._depth = 0
        self._variables = 0

    def plan(self, node: Node) -> Plan:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(node.span)
        plan = self._plan(node)
        self._depth -= 1
        return plan

    def _plan(self, node: Node) -> Plan:
        match node:
            case Literal():
                return Constant(node.type, node.span.offset, node.value)
            case Name() | Select():
                return self._read(node)
            case Has():
                return self._has(node)
            case Call():
                arguments = node.arguments if node.target is None else (node.target, *node.arguments)
                return plan_call(node, tuple(map(self.plan, arguments)))
            case Macro():
                return self._macro(node)
            case Logic():
                operands = tuple(self._condition(operand, node.operator) for operand in node.operands)
                return Joined(BOOL, node.span.offset, node.operator, operands)
            case Binary():
                return self._binary(node)
            case Unary():
                return self._unary(node)
            case Ternary():
                return self._ternary(node)
            case ListLiteral():
                return self._list(node)
            case Index():
                return self._index(node)

    def _condition(self, node: Node, operator: str) -> Plan:
        plan = self.plan(node)
        if not fits(plan.type, BOOL):
            raise complaint.not_yes_or_no(node.span, operator, plan.type)
        return plan

    # Names

    def _read(self, node: Name | Select) -> Plan:
        root, fields = _unwound(node)
        owner = self._variable(root) if isinstance(root, Name) else self.plan(root)
        plan, path = _descend(owner, fields)
        if isinstance(owner, Variable) and not owner.local:
            self.names.add((owner.name, *path))
        return _settled(plan)

    def _variable(self, name: Name) -> Variable:
        if local := self._locals.get(name.name):
            return Variable(local.type, name.span.offset, local.name, local=True)
        if name.name not in self._scope:
            raise complaint.unknown_name(name, {*self._scope, *self._locals})
        return Variable(self._scope[name.name], name.span.offset, name.name, local=False)

    def _has(self, node: Has) -> Plan:
        root, fields = _unwound(node.operand)
        assert isinstance(root, Name)
        owner = self._variable(root)
        _, path = _descend(owner, fields)
        if owner.local:
            if not fields:
                raise complaint.always_present(root)
            return Present(BOOL, node.span.offset, owner, path)
        self.guarded.add((owner.name, *path))
        return Present(BOOL, node.span.offset, None, (owner.name, *path))

    # Operators

    def _unary(self, node: Unary) -> Plan:
        if node.operator == "!":
            return Not(BOOL, node.span.offset, self._condition(node.operand, "!"))
        operand = self.plan(node.operand)
        plan = plan_overload(node.span, NEGATION, (operand,))
        if plan is None:
            raise complaint.wrong_operand(node.span, "-", operand.type)
        return plan

    def _binary(self, node: Binary) -> Plan:
        left, right = self.plan(node.left), self.plan(node.right)
        if node.operator in OPERATORS:
            return self._arithmetic(node, left, right)
        if node.operator == "in":
            return self._membership(node, left, right)
        return self._comparison(node, left, right)

    def _arithmetic(self, node: Binary, left: Plan, right: Plan) -> Plan:
        if node.operator == "+" and isinstance(left.type, ListType) and isinstance(right.type, ListType):
            kind = _alike(node, left.type, right.type)
            both = (widened(left, kind), widened(right, kind))
            return Apply(kind, node.span.offset, library.concatenate, both)
        plan = plan_overload(node.span, OPERATORS[node.operator], (left, right))
        if plan is None:
            raise complaint.wrong_operands(node.span, node.operator, left.type, right.type)
        return plan

    def _comparison(self, node: Binary, left: Plan, right: Plan) -> Plan:
        kind = _common(left, right, left.type, right.type)
        if kind is None:
            raise complaint.not_comparable(node.span, left.type, right.type)
        if node.operator not in ("==", "!=") and kind not in ORDERED and kind is not NOTHING:
            raise complaint.not_ordered(node.span, kind)
        return Compare(BOOL, node.span.offset, node.operator, _comparable(left), _comparable(right))

    def _membership(self, node: Binary, left: Plan, right: Plan) -> Plan:
        if not isinstance(right.type, ListType):
            raise complaint.not_a_list(node.right.span, "in", right.type)
        element = right.type.element
        if _common(left, right, left.type, element) is None:
            raise complaint.not_comparable(node.span, left.type, element)
        if is_compound(element):
            right = Apply(right.type, right.offset, library.keys, (right,))
        return Compare(BOOL, node.span.offset, "in", _comparable(left), right)

    def _ternary(self, node: Ternary) -> Plan:
        condition = self._condition(node.condition, "? :")
        yes, no = self.plan(node.yes), self.plan(node.no)
        kind = _alike(node, yes.type, no.type)
        return Choice(kind, node.span.offset, condition, widened(yes, kind), widened(no, kind))

    # Lists

    def _list(self, node: ListLiteral) -> Plan:
        items = tuple(map(self.plan, node.items))
        element: Type = NOTHING
        for item, written in zip(items, node.items, strict=True):
            element = _alike(written, element, item.type)
        return ListOf(ListType(element), node.span.offset, tuple(widened(item, element) for item in items))

    def _index(self, node: Index) -> Plan:
        items, index = self.plan(node.operand), self.plan(node.at)
        if not isinstance(items.type, ListType) or not fits(index.type, INT):
            raise complaint.no_index(node.span, items.type if index.type is INT else index.type)
        return _settled(Apply(items.type.element, node.span.offset, library.item_at, (items, index)))

    def _macro(self, node: Macro) -> Plan:
        source = self.plan(node.operand)
        if not isinstance(source.type, ListType):
            raise complaint.not_a_list(node.operand.span, node.name, source.type)
        self._macros += 1
        if self._macros > MAX_MACROS:
            raise complaint.too_many_macros(node.span, MAX_MACROS)
        outer, self._variables = self._locals, self._variables + 1
        variable = Variable(source.type.element, node.span.offset, f"local{self._variables}", local=True)
        self._locals = {**outer, node.variable: variable}
        plan = self._body(node, source, source.type, variable)
        self._locals, self._macros = outer, self._macros - 1
        return plan

    def _body(self, node: Macro, source: Plan, kind: ListType, variable: Variable) -> Plan:
        condition = None if node.condition is None else self._condition(node.condition, node.name)
        body = self.plan(node.body) if node.name == "map" else self._condition(node.body, node.name)
        results: dict[str, Type] = {"map": ListType(body.type), "filter": kind}
        result = results.get(node.name, BOOL)
        return Comprehension(result, node.span.offset, node.name, source, variable.name, condition, body)


def _unwound(node: Name | Select) -> tuple[Node, list[Name]]:
    """`a.b.c` as its root `a` and its fields `b`, `c`."""
    fields: list[Name] = []
    root: Node = node
    while isinstance(root, Select):
        fields.append(root.field)
        root = root.operand
    return root, fields[::-1]


def _descend(plan: Plan, fields: list[Name]) -> tuple[Plan, Path]:
    """The plan of the last field, and the keys that lead to it as far as there are records."""
    path: Path = ()
    for part in fields:
        is_staff = plan.type is STAFF
        known = plan.type.fields if isinstance(plan.type, RecordType) else STAFF_FIELDS if is_staff else {}
        if part.name not in known:
            raise complaint.unknown_part(plan.type, part, known)
        plan = Field(known[part.name], part.span.offset, plan, part.name, is_staff)
        path = path if is_staff else (*path, part.name)
    return plan, path


def _settled(plan: Plan) -> Plan:
    """What comes from outside as a date with time, made fit for calculation."""
    return Apply(TIMESTAMP, plan.offset, instant, (plan,)) if plan.type is TIMESTAMP else plan


def _alike(node: Node, left: Type, right: Type) -> Type:
    kind = join(left, right)
    if kind is None:
        raise complaint.not_alike(node.span, left, right)
    return kind


def _common(left: Plan, right: Plan, left_kind: Type, right_kind: Type) -> Type | None:
    """The type two values are compared as. A staff number written out stands for the person."""
    if left_kind is STAFF and right_kind is STRING and _is_written(right):
        return STAFF
    if left_kind is STRING and right_kind is STAFF and _is_written(left):
        return STAFF
    return join(left_kind, right_kind)


def _is_written(plan: Plan) -> bool:
    return isinstance(plan, Constant) or (isinstance(plan, ListOf) and all(map(_is_written, plan.items)))


def _comparable(plan: Plan) -> Plan:
    """The plan of something Python compares as the language does."""
    if plan.type is STAFF:
        return Field(STRING, plan.offset, plan, "id", True)
    return Apply(plan.type, plan.offset, library.key, (plan,)) if is_compound(plan.type) else plan
