"""The checked expression: every node has its type, every name is resolved, every call has its function."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from csdocs.cel.types import Type

Function: TypeAlias = Callable[..., object]


class Constant(NamedTuple):
    type: Type
    offset: int
    value: object


class Variable(NamedTuple):
    """A name of the scope, or (`local`) the variable of a macro by its name in the compiled code."""

    type: Type
    offset: int
    name: str
    local: bool


class Field(NamedTuple):
    """A part of a record, or (`attribute`) of a staff member."""

    type: Type
    offset: int
    owner: "Plan"
    name: str
    attribute: bool


class Present(NamedTuple):
    """Whether `path` leads to a value, from the scope or from the local variable `root`."""

    type: Type
    offset: int
    root: Variable | None
    path: tuple[str, ...]


class Absent(NamedTuple):
    """Whether a name of `path` is missing from the mapping that should hold it. What is no mapping lacks nothing."""

    type: Type
    offset: int
    root: Variable | None
    path: tuple[str, ...]


class Apply(NamedTuple):
    """A call of a function of the library; `runtime` hands it the runtime as first argument."""

    type: Type
    offset: int
    function: Function
    arguments: tuple["Plan", ...]
    runtime: bool = False


class Compare(NamedTuple):
    """An operator that Python applies as CEL does: `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`."""

    type: Type
    offset: int
    operator: str
    left: "Plan"
    right: "Plan"


class Not(NamedTuple):
    type: Type
    offset: int
    operand: "Plan"


class Joined(NamedTuple):
    """Operands joined by `&&`, or by `||`."""

    type: Type
    offset: int
    operator: str
    operands: tuple["Plan", ...]


class Choice(NamedTuple):
    type: Type
    offset: int
    condition: "Plan"
    yes: "Plan"
    no: "Plan"


class ListOf(NamedTuple):
    type: Type
    offset: int
    items: tuple["Plan", ...]


class Comprehension(NamedTuple):
    type: Type
    offset: int
    macro: str
    source: "Plan"
    variable: str
    condition: "Plan | None"
    body: "Plan"


Plan: TypeAlias = (
    Constant | Variable | Field | Present | Absent | Apply | Compare | Not | Joined | Choice | ListOf | Comprehension
)
