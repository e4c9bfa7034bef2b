"""Changes to the fields of a record: the lines of a field are written anew, every other line stays byte by byte."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, Text
from csdocs.parse.emit import emit, emit_item
from csdocs.parse.yamltext import locate, parse_yaml

_INDENT = "  "  # where there is no field yet to stand in line with


class _Layout(NamedTuple):
    """The lines of a record: `head` down to `data:`, then a block a field with the remarks above it, then `tail`."""

    head: list[str]
    blocks: dict[str, list[str]]
    tail: list[str]
    indent: str


def set_fields(record: bytes, values: Mapping[str, Any], order: Sequence[str]) -> bytes:
    """A record with other values of some fields (None: without it). New ones stand where `order` has them."""
    tree, problems = parse_yaml(record)
    old = tree.get("data", {}) if isinstance(tree, dict) and not problems else None
    if not isinstance(old, dict):
        raise _unusual(values)
    changes = {id: value for id, value in values.items() if old.get(id) != value}
    if not changes:
        return record
    head, blocks, tail, indent = _layout(record, tree)
    for id, value in changes.items():
        if value is None:
            del blocks[id]
        elif id in blocks:
            blocks[id] = _changed(blocks[id], id, old[id], value, indent)
        else:
            blocks = _inserted(blocks, id, emit({id: value}, indent).splitlines(), order)
    lines = [*(head if blocks else head[:-1]), *(line for block in blocks.values() for line in block), *tail]
    changed = "\n".join(lines).encode()
    wanted = {id: value for id, value in {**old, **values}.items() if value is not None}
    if (parse_yaml(changed).tree or {}) != {**tree, "data": wanted} and wanted:
        raise _unusual(values)
    return changed


def _layout(record: bytes, tree: Mapping[str, Any]) -> _Layout:
    lines = record.decode().split("\n")
    if not tree.get("data"):
        at = locate(record, ("signatures",)).line - 1 if "signatures" in tree else _end(lines)
        return _Layout([*lines[:at], "data:"], {}, lines[at:], _INDENT)
    start = locate(record, ("data",)).line
    if lines[start - 1] == emit({"data": tree["data"]}).rstrip("\n"):  # all in one line, as a short record is written
        blocks = {id: emit({id: value}, _INDENT).splitlines() for id, value in tree["data"].items()}
        return _Layout([*lines[: start - 1], "data:"], blocks, lines[start:], _INDENT)
    keys = {id: locate(record, ("data", id)) for id in tree["data"]}
    indent = " " * (min(place.col for place in keys.values()) - 1)
    if not indent or any(not re.match(rf"{indent}[^ ]", lines[place.line - 1]) for place in keys.values()):
        raise _unusual(keys)
    starts = [_above(lines, place.line - 1, start, indent) for place in keys.values()]
    top = (n for n in range(starts[-1], len(lines)) if lines[n][:1] not in ("", " ", "#"))
    end = _above(lines, next(top, _end(lines)), start, "")
    spans = zip(starts, [*starts[1:], end], strict=True)
    return _Layout(lines[:start], {id: lines[a:b] for id, (a, b) in zip(keys, spans, strict=True)}, lines[end:], indent)


def _end(lines: Sequence[str]) -> int:
    """Past the last line; a file that ends in a newline has an empty one more."""
    return len(lines) - (not lines[-1])


def _above(lines: Sequence[str], at: int, start: int, indent: str) -> int:
    """The first of the remarks and empty lines that stand right above a line; what is further in belongs to a text."""
    remark = re.compile(rf"(?: {{0,{len(indent)}}}#.*| *)")
    while at > start and remark.fullmatch(lines[at - 1]):
        at -= 1
    return at


def _changed(block: list[str], id: str, old: Any, new: Any, indent: str) -> list[str]:
    """The lines of a field, below its remarks; a table that only grows keeps the lines that it has."""
    body = next(n for n, line in enumerate(block) if line.lstrip()[:1] not in ("", "#"))
    item = re.match(r" *(?=- )", block[body + 1]) if len(block) > body + 1 else None
    if item and isinstance(old, list) and isinstance(new, list) and old == new[: len(old)]:
        rows = [row for row in new[len(old) :] if isinstance(row, dict)]
        if len(rows) == len(new) - len(old):
            return [*block, *"".join(emit_item(row, item[0]) for row in rows).splitlines()]
    return [*block[:body], *emit({id: new}, indent).splitlines()]


def _inserted(blocks: dict[str, list[str]], id: str, lines: list[str], order: Sequence[str]) -> dict[str, list[str]]:
    above = set(order[: order.index(id)]) if id in order else set(blocks)
    keys = list(blocks)
    at = max((n for n, key in enumerate(keys, start=1) if key in above), default=0)
    return {key: blocks.get(key, lines) for key in [*keys[:at], id, *keys[at:]]}


def _unusual(ids: Mapping[str, Any]) -> CsdocsError:
    return CsdocsError(
        Text("文件的写法特殊，不能代填：{ids}", "the file is laid out in an unusual way; not filled in: {ids}").format(
            ids=COMMA.join(ids)
        ),
        Text("请用文本编辑器填写该文件", "fill in the file with a text editor"),
    )
