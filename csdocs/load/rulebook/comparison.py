"""Where an expression compares a name with a word written out: `kind == "late"`, `kind in ["late", "early"]`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from csdocs.cel import CelError
from csdocs.cel.parser import parse
from csdocs.cel.syntax import Binary, ListLiteral, Literal, Name, Select


class Comparison(NamedTuple):
    """`offset`: where the word stands in the source, in characters."""

    path: tuple[str, ...]
    value: str
    offset: int


def comparisons(source: str) -> Iterator[Comparison]:
    """Nothing of what cannot be read: `expression-does-not-compile` says so."""
    if "'" not in source and '"' not in source:
        return
    try:
        tree = parse(source)
    except CelError:
        return
    for node in _walk(tree):
        if node.operator in ("==", "!="):
            yield from _pair(node.left, node.right)
            yield from _pair(node.right, node.left)
        elif node.operator == "in":
            words = node.right.items if isinstance(node.right, ListLiteral) else ()
            yield from (found for word in words for found in _pair(node.left, word))
            yield from _pair(node.right, node.left)


def _walk(node: Any) -> Iterator[Binary]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Binary):
            yield each
        waiting += [part for part in reversed(each) if isinstance(part, tuple)]


def _pair(named: Any, word: Any) -> Iterator[Comparison]:
    path = _path(named)
    if path and isinstance(word, Literal) and isinstance(word.value, str):
        yield Comparison(path, word.value, word.span.offset)


def _path(node: Any) -> tuple[str, ...]:
    """`row.kind` → ("row", "kind"); empty for anything but names."""
    if isinstance(node, Name):
        return (node.name,)
    if isinstance(node, Select):
        before = _path(node.operand)
        return (*before, node.field.name) if before else ()
    return ()
