"""What the parser yields: the shape of an expression, not yet its meaning."""

from typing import NamedTuple, TypeAlias

from csdocs.cel.types import Type


class Stretch(NamedTuple):
    """A stretch of the source, in characters."""

    offset: int
    length: int


class Literal(NamedTuple):
    span: Stretch
    type: Type
    value: object


class Name(NamedTuple):
    span: Stretch
    name: str


class Select(NamedTuple):
    span: Stretch
    operand: "Node"
    field: Name


class Index(NamedTuple):
    span: Stretch
    operand: "Node"
    at: "Node"


class Call(NamedTuple):
    """`name(arguments)`, or `target.name(arguments)`."""

    span: Stretch
    name: Name
    target: "Node | None"
    arguments: tuple["Node", ...]


class Has(NamedTuple):
    span: Stretch
    operand: "Name | Select"


class Macro(NamedTuple):
    """`operand.name(variable, body)`; only `map` may have a condition between them."""

    span: Stretch
    name: str
    operand: "Node"
    variable: str
    condition: "Node | None"
    body: "Node"


class Unary(NamedTuple):
    span: Stretch
    operator: str
    operand: "Node"


class Binary(NamedTuple):
    span: Stretch
    operator: str
    left: "Node"
    right: "Node"


class Logic(NamedTuple):
    """A whole chain of `&&` or of `||`, so that its length is no depth."""

    span: Stretch
    operator: str
    operands: tuple["Node", ...]


class Ternary(NamedTuple):
    span: Stretch
    condition: "Node"
    yes: "Node"
    no: "Node"


class ListLiteral(NamedTuple):
    span: Stretch
    items: tuple["Node", ...]


Node: TypeAlias = Literal | Name | Select | Index | Call | Has | Macro | Unary | Binary | Logic | Ternary | ListLiteral
