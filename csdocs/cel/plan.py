"""The checked expression: every node has its type, every name is resolved, every call has its function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from csdocs.cel.types import Type

Function: TypeAlias = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Constant:
    type: Type
    offset: int
    value: object


@dataclass(frozen=True, slots=True)
class Variable:
    """A name of the scope, or (`local`) the variable of a macro by its name in the compiled code."""

    type: Type
    offset: int
    name: str
    local: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a record, or (`attribute`) of a staff member."""

    type: Type
    offset: int
    owner: "Plan"
    name: str
    attribute: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Whether `path` leads to a value, from the scope or from the local variable `root`."""

    type: Type
    offset: int
    root: Variable | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Whether a name of `path` is missing from the mapping that should hold it. What is no mapping lacks nothing."""

    type: Type
    offset: int
    root: Variable | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apply:
    """A call of a function of the library; `runtime` hands it the runtime as first argument."""

    type: Type
    offset: int
    function: Function
    arguments: tuple["Plan", ...]
    runtime: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """An operator that Python applies as CEL does: `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`."""

    type: Type
    offset: int
    operator: str
    left: "Plan"
    right: "Plan"


@dataclass(frozen=True, slots=True)
class Not:
    type: Type
    offset: int
    operand: "Plan"


@dataclass(frozen=True, slots=True)
class Joined:
    """Operands joined by `&&`, or by `||`."""

    type: Type
    offset: int
    operator: str
    operands: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    type: Type
    offset: int
    condition: "Plan"
    yes: "Plan"
    no: "Plan"


@dataclass(frozen=True, slots=True)
class ListOf:
    type: Type
    offset: int
    items: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
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
