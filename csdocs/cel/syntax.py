"""What the parser yields: the shape of an expression, not yet its meaning."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from csdocs.cel.types import Type


class Span(NamedTuple):
    """A stretch of the source, in characters."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Literal:
    span: Span
    type: Type
    value: object


@dataclass(frozen=True, slots=True)
class Name:
    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Select:
    span: Span
    operand: "Node"
    field: Name


@dataclass(frozen=True, slots=True)
class Index:
    span: Span
    operand: "Node"
    index: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`, or `target.name(arguments)`."""

    span: Span
    name: Name
    target: "Node | None"
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Has:
    span: Span
    operand: "Name | Select"


@dataclass(frozen=True, slots=True)
class Macro:
    """`operand.name(variable, body)`; only `map` may have a condition between them."""

    span: Span
    name: str
    operand: "Node"
    variable: str
    condition: "Node | None"
    body: "Node"


@dataclass(frozen=True, slots=True)
class Unary:
    span: Span
    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    span: Span
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Logic:
    """A whole chain of `&&` or of `||`, so that its length is no depth."""

    span: Span
    operator: str
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Ternary:
    span: Span
    condition: "Node"
    yes: "Node"
    no: "Node"


@dataclass(frozen=True, slots=True)
class ListLiteral:
    span: Span
    items: tuple["Node", ...]


Node: TypeAlias = Literal | Name | Select | Index | Call | Has | Macro | Unary | Binary | Logic | Ternary | ListLiteral
