"""Tokens to syntax, by recursive descent with operator precedence."""

from functools import lru_cache

from csdocs.cel.error import CelError
from csdocs.cel.lexer import Token, tokenize
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
    Stretch,
    Ternary,
    Unary,
)
from csdocs.cel.types import BOOL, DECIMAL, INT, STRING
from csdocs.model.text import EMPTY, Text

MAX_DEPTH = 64
MACROS = frozenset({"all", "exists", "exists_one", "map", "filter"})
RESERVED = frozenset(
    {
        *(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
        ),
        *("loop", "namespace", "null", "package", "return", "true", "var", "void", "while"),
    }
)
_LEVELS = {
    operator: level
    for level, operators in enumerate(
        (["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"])
    )
    for operator in operators
}
_WORDS = {"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!"}
_CONSTANTS = {"int": INT, "decimal": DECIMAL, "string": STRING}


@lru_cache(maxsize=256)  # lint looks at the expressions of a form once more
def parse(source: str) -> Node:
    return _Parser(tokenize(source)).parse()


def too_deep(span: Stretch) -> CelError:
    message = Text("公式嵌套太深（最多{limit}层）", "the expression is nested too deeply (over {limit} levels)")
    return CelError(message.format(limit=MAX_DEPTH), *span)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._next = tokens[0]
        self._depth = 0

    def parse(self) -> Node:
        node = self._expression()
        if self._next.kind != "end":
            raise self._unexpected()
        return node

    def _take(self) -> Token:
        """Never the end: who expects it looks no further."""
        token = self._next
        self._position += 1
        self._next = self._tokens[self._position]
        return token

    def _accept(self, kind: str) -> bool:
        if self._next.kind != kind:
            return False
        self._take()
        return True

    def _expect(self, kind: str) -> Token:
        if self._next.kind != kind:
            raise self._unexpected(kind)
        return self._take()

    def _since(self, offset: int) -> Stretch:
        last = self._tokens[self._position - 1].span
        return Stretch(offset, last.offset + last.length - offset)

    def _unexpected(self, wanted: str = "") -> CelError:
        token = self._next
        if token.kind == "name" and token.text in _WORDS:
            message = Text("“{found}”要写作 {meant}", "write {meant} instead of {found}")
            return CelError(message.format(found=token.text, meant=_WORDS[token.text]), *token.span)
        if token.kind == "end":
            missing = Text("，缺少 {wanted}", ": {wanted} is missing") if wanted else EMPTY
            message = Text("公式没有写完{missing}", "the expression ends too early{missing}")
            return CelError(message.format(missing=missing.format(wanted=wanted)), *token.span)
        needed = Text("，应为 {wanted}", "; {wanted} is expected") if wanted else EMPTY
        message = Text("这里不应出现“{found}”{needed}", "{found} is not expected here{needed}")
        return CelError(message.format(found=token.text, needed=needed.format(wanted=wanted)), *token.span)

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(self._next.span)
        node = self._binary(0)
        if self._accept("?"):
            yes = self._binary(0)
            self._expect(":")
            no = self._expression()
            node = Ternary(self._since(node.span.offset), node, yes, no)
        self._depth -= 1
        return node

    def _binary(self, level: int) -> Node:
        node = self._unary()
        while (found := _LEVELS.get(self._next.kind, -1)) >= level:
            node = self._logic(node, found) if found < 2 else self._operation(node, found)
        return node

    def _operation(self, left: Node, level: int) -> Node:
        operator = self._take().kind
        right = self._binary(level + 1)
        return Binary(self._since(left.span.offset), operator, left, right)

    def _logic(self, first: Node, level: int) -> Node:
        operator, operands = self._next.kind, [first]
        while self._accept(operator):
            operands.append(self._binary(level + 1))
        return Logic(self._since(first.span.offset), operator, tuple(operands))

    def _unary(self) -> Node:
        if self._next.kind not in ("!", "-"):
            return self._member()
        signs: list[Token] = []
        while self._next.kind in ("!", "-") and not self._is_negative_literal():
            signs.append(self._take())
        node = self._negative_literal() if self._is_negative_literal() else self._member()
        for sign in reversed(signs):
            node = Unary(self._since(sign.span.offset), sign.kind, node)
        return node

    def _is_negative_literal(self) -> bool:
        """A minus before a number belongs to it, or the smallest whole number could not be written."""
        if self._next.kind != "-" or self._tokens[self._position + 1].kind not in ("int", "decimal"):
            return False
        return self._tokens[self._position + 2].kind not in (".", "[")

    def _negative_literal(self) -> Node:
        minus, number = self._take(), self._take()
        assert not isinstance(number.value, str | None)
        return self._literal(number, -number.value, self._since(minus.span.offset))

    def _literal(self, token: Token, value: object, span: Stretch) -> Node:
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise CelError(Text("整数太大", "the whole number is too large"), *span)
        return Literal(span, _CONSTANTS[token.kind], value)

    def _member(self) -> Node:
        node = self._primary()
        while True:
            if self._accept("."):
                node = self._selected(node)
            elif self._accept("["):
                index = self._expression()
                self._expect("]")
                node = Index(self._since(node.span.offset), node, index)
            else:
                return node

    def _selected(self, operand: Node) -> Node:
        token = self._take() if self._next.kind == "in" else self._expect("name")
        field = Name(token.span, token.text)
        if not self._accept("("):
            return Select(self._since(operand.span.offset), operand, field)
        arguments = self._list(")")
        span = self._since(operand.span.offset)
        if field.name in MACROS:
            return _macro(span, field, operand, arguments)
        return Call(span, field, operand, arguments)

    def _primary(self) -> Node:
        token = self._next
        if token.kind in _CONSTANTS:
            self._take()
            return self._literal(token, token.value, token.span)
        if token.kind == "name":
            return self._named()
        if self._accept("("):
            node = self._expression()
            self._expect(")")
            return node
        if self._accept("["):
            items = self._list("]")
            return ListLiteral(self._since(token.span.offset), items)
        raise self._unexpected()

    def _named(self) -> Node:
        token = self._next
        if token.text in ("true", "false"):
            self._take()
            return Literal(token.span, BOOL, token.text == "true")
        if token.text == "null":
            message = Text(
                "没有 null；请用 has(名称) 判断是否已填写",
                "there is no null; use has(name) to ask whether it is there",
            )
            raise CelError(message, *token.span)
        if token.text in RESERVED or (token.text in _WORDS and self._tokens[self._position + 1].kind != "("):
            raise self._unexpected()
        self._take()
        name = Name(token.span, token.text)
        if not self._accept("("):
            return name
        arguments = self._list(")")
        span = self._since(token.span.offset)
        return _has(span, arguments) if name.name == "has" else Call(span, name, None, arguments)

    def _list(self, closing: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self._accept(closing):
            items.append(self._expression())
            if self._next.kind not in (",", closing):
                raise self._unexpected(closing)
            if self._accept(",") and self._next.kind == closing == ")":
                raise self._unexpected()
        return tuple(items)


def _has(span: Stretch, arguments: tuple[Node, ...]) -> Node:
    operand = arguments[0] if len(arguments) == 1 else None
    root = operand
    while isinstance(root, Select):
        root = root.operand
    if isinstance(operand, Name | Select) and isinstance(root, Name):
        return Has(span, operand)
    message = Text(
        "has() 里只写一个名称，如 has(remark) 或 has(row.qty)",
        "has() takes one name, as has(remark) or has(row.qty)",
    )
    raise CelError(message, *span)


def _macro(span: Stretch, name: Name, operand: Node, arguments: tuple[Node, ...]) -> Node:
    counts = (2, 3) if name.name == "map" else (2,)
    if len(arguments) in counts and isinstance(variable := arguments[0], Name):
        condition = arguments[1] if len(arguments) == 3 else None
        return Macro(span, name.name, operand, variable.name, condition, arguments[-1])
    message = Text(
        "{name} 要写作 列表.{name}(变量, 公式)，如 items.{name}(i, i.qty > 0)",
        "write list.{name}(variable, expression), as items.{name}(i, i.qty > 0)",
    )
    raise CelError(message.format(name=name.name), *name.span)
