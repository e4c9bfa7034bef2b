"""Strict YAML: text in, plain dicts, lists and texts out, with every trouble as a Problem.

libyaml does the parsing (through ruamel.yaml.clib), where a file is not so plain that reading its lines is enough; a small
constructor keeps every scalar as the text it is. The grammar is YAML 1.2 less everything a record does not need: no anchors,
aliases, tags, merge keys, complex keys or second documents.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.tag import Tag

from csdocs.model.finding import Position, Problem, Route
from csdocs.model.text import Text
from csdocs.parse.blunder import not_yaml
from csdocs.parse.plainplace import place_in
from csdocs.parse.plainyaml import PlainReader

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_ROWS = 5_000
MAX_NODES = 200_000  # of a file, keys and values: a table of so many rows with twenty columns
MAX_PROBLEMS = 1_000  # that are told of one file: nobody reads more
_MOST_MARKS = 30  # on one letter, as in Unicode's stream-safe text; to sort more takes time without end
_LONGEST_TAG = 10_000  # libyaml needs a time for them that grows with the square
_SHORT = 1 << 14  # bytes of a file in which it takes no time to look for a place
_NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(p + last for p in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))]
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # the direction of writing
# what no page shows, less what chooses the form of the letter before it
_UNSEEN = (
    *(0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x200B, 0x2010), 0x2028, 0x2029),
    *(*range(0x2060, 0x2070), 0x3164, 0xFEFF, 0xFFA0, *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4)),
    *(*range(0x1D173, 0x1D17B), *range(0xE0000, 0xE0100), *range(0xE01F0, 0xE1000)),
)
_FORBIDDEN = frozenset(
    [chr(c) for c in range(0x20) if c != 0x0A]
    + [chr(c) for c in (*range(0x7F, 0xA0), *_NONCHARACTERS, *_UNSEEN)]
    + list(_TURNING)
)
_LIKE_LETTERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")  # forbidden, and yet Python would print them
# what nearly all files are made of: allowed, and in NFC however it is put together
_ASCII = bytes([0x0A, *range(0x20, 0x7F)])
_USUAL = re.compile(r"[·—‘’“”…、-】〔-〗一-龥！-～￥]*")
_SUSPECT = "&*!<"  # a file without these cannot hold anchors, aliases, tags or merge keys
_DELETE = Text("删除该字符", "delete it")
_CURES = {
    "\t": Text("把 TAB 换成空格：缩进每层两个", "replace it by spaces: two for each level of indent"),
    "\r": Text(
        "把文件另存为 LF 换行；各文件都这样的，在 .gitattributes 写 * -text，提交后重新检出",
        "save the file with lines that end in LF; where all files are so: `* -text` in .gitattributes, then check out anew",
    ),
    "\ufeff": Text("用文本编辑器另存为 UTF-8（无 BOM）", "save the file as UTF-8 without BOM"),
}
_KEY_NO_TEXT = Text("键不是文字", "a key must be plain text")
_NAME_IT = Text("冒号前写字段的名称", "write the name of a field before the colon")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_TAG = re.compile(r"(?:^|[,\[{])!")


class Parsed(NamedTuple):
    """The tree of a file (None if there is none) and what was wrong on the way."""

    tree: Any
    problems: tuple[Problem, ...]


_UNTAGGED = Tag(suffix="?")  # one for all nodes: making a tag costs as much as making a node


class _Parser(CParser):  # type: ignore[misc]  # the C module carries no types
    """libyaml's composer with tag resolution switched off: the form, not YAML, gives scalars a type."""

    def resolve(self, kind: object, value: object, implicit: object) -> Tag:
        return _UNTAGGED

    depth = nodes = 0

    def descend_resolver(self, parent: Any, index: object) -> None:
        """Called on the way into every node: libyaml's composer recurses, and its stack must not be a file's to exhaust."""
        self.depth += 1
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Stop(Problem("too-many-rows", _mark(parent), {"limit": MAX_NODES}))
        if self.depth > 4 * MAX_DEPTH:
            raise _Stop(Problem("nested-too-deep", _mark(parent), {"limit": MAX_DEPTH}))

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def dispose(self) -> None: ...


class _Stop(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Text of a controlled file: UTF-8, NFC, LF, no BOM, no control, bidi or zero-width characters."""
    if len(data) > MAX_BYTES:
        return "", (Problem("file-too-large", Position(1, 1), {"bytes": len(data), "limit": MAX_BYTES}),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", (Problem("not-utf8", _position(data[: error.start].decode("utf-8", "replace"), error.start)),)
    others = data.translate(None, _ASCII).decode("utf-8")
    return text, () if _USUAL.fullmatch(others) else tuple(_character_problems(text))


def _character_problems(text: str) -> list[Problem]:
    # all that is forbidden is not printable, and asking for that is much faster than looking for each of them
    is_printable = text.replace("\n", "").isprintable() and not _LIKE_LETTERS.search(text)
    problems = [] if is_printable else _forbidden(text)
    stacked = _stacked(text)
    if stacked:
        return [*problems, stacked]
    if not unicodedata.is_normalized("NFC", text):
        normal = unicodedata.normalize("NFC", text)
        first = next(
            (i for i, (a, b) in enumerate(zip(text, normal, strict=False)) if a != b), min(len(text), len(normal))
        )
        problems.append(Problem("not-nfc", _position(text, first)))
    return problems


def _forbidden(text: str) -> list[Problem]:
    return [_refused(c, _position(text, text.index(c))) for c in sorted(_FORBIDDEN.intersection(text))]


def _refused(character: str, at: Position) -> Problem:
    values = {"code": f"U+{ord(character):04X}", "name": _name(character), "cure": _CURES.get(character, _DELETE)}
    return Problem("forbidden-character", at, values)


def _stacked(text: str) -> Problem | None:
    """A letter that bears more marks than any language writes."""
    run = 0
    for offset, is_mark in enumerate(map(unicodedata.combining, text)):
        run = run + 1 if is_mark else 0
        if run > _MOST_MARKS:
            return _refused(text[offset], _position(text, offset))
    return None


def _name(character: str) -> str:
    named = {"\t": "TAB", "\r": "CARRIAGE RETURN", "\ufeff": "BYTE ORDER MARK", "\x85": "NEXT LINE"}
    return str(named.get(character) or unicodedata.name(character, "CONTROL CHARACTER"))


def _position(text: str, offset: int) -> Position:
    before = text[:offset]
    line = before.count("\n")
    return Position(line + 1, offset - (before.rfind("\n") + 1) + 1)


def parse_yaml(data: bytes) -> Parsed:
    """Tree of one YAML file. Nothing raises for bad content; where a tree can still be had it comes with the problems."""
    return parse_text(*decode(data))


def parse_text(text: str, problems: tuple[Problem, ...]) -> Parsed:
    """Tree of a text, with what was wrong with its characters."""
    if any(problem.slug != "not-nfc" for problem in problems):
        return Parsed(None, problems)
    tree = None if problems else plain.read(text)
    return _parse_whole(text, problems) if tree is None else Parsed(tree, ())


def conflict(text: str) -> Problem | None:
    """What git leaves where a merge has to be settled by hand."""
    found = _CONFLICT.search(text)
    return Problem("conflict-left", _position(text, found.start())) if found else None


def _parse_whole(text: str, problems: tuple[Problem, ...]) -> Parsed:
    unsettled = conflict(text)
    if unsettled is not None:
        return Parsed(None, (*problems, unsettled))
    try:
        node = _compose(text)
        if node is None:
            raise _Stop(Problem("empty-file", Position(1, 1)))
        if "\\" in text:
            _refuse_hidden(node)
        constructor = _Constructor()
        tree = constructor.value(node, 0, Position(1, 1))
        return Parsed(tree, (*problems, *constructor.problems))
    except _Stop as stop:
        return Parsed(None, (*problems, stop.problem))


def _refuse_hidden(node: Any) -> None:
    """An escape may not bring in what may not stand in the file itself: nobody would see it, least of all on paper."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, MappingNode):
            waiting += [part for pair in each.value for part in pair]
        elif isinstance(each, SequenceNode):
            waiting += each.value
        elif each.style == '"':
            for problem in _character_problems(each.value):
                raise _Stop(problem._replace(at=_mark(each)))


def _flawless(text: str) -> Any:
    parsed = _parse_whole(text, ())
    return None if parsed.problems else parsed.tree


plain = PlainReader(_flawless)


def _compose(text: str) -> Any:
    directive = _DIRECTIVE.search(text) if "%" in text else None
    if directive:
        raise _Stop(Problem("yaml-feature", _position(text, directive.start()), {"feature": "directive"}))
    if "!" in text:
        _refuse_long_tags(text)
    try:
        node = _Parser(text).get_single_node()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        raise _Stop(_refusal(text, at, error)) from None
    except YAMLError as error:
        raise _Stop(not_yaml(text, Position(1, 1), str(error))) from None
    if node is not None and any(c in text for c in _SUSPECT):
        _refuse_features(node, text)
    return node


def _refusal(text: str, at: Position, error: MarkedYAMLError) -> Problem:
    if "alias" in str(error.problem):
        return Problem("yaml-feature", at, {"feature": "alias"})
    if "document" in str(error.context or "") and "single" in str(error.context):
        return Problem("second-document", at)
    return not_yaml(text, at, str(error.problem))


def _refuse_long_tags(text: str) -> None:
    for word in text.split():
        if len(word) > _LONGEST_TAG and _TAG.search(word):
            raise _Stop(Problem("yaml-feature", _position(text, text.index(word)), {"feature": "tag"}))


def _refuse_features(node: Any, text: str) -> None:
    # a scalar's node keeps neither its anchor nor a bare `!`: what stands where it begins tells
    begins = text[node.start_mark.index : node.start_mark.index + 1]
    anchored, tagged = node.anchor or begins == "&", node.tag not in ("?", None) or begins == "!"
    if anchored or tagged:
        raise _Stop(Problem("yaml-feature", _mark(node), {"feature": "anchor" if anchored else "tag"}))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == "<<":
                raise _Stop(Problem("yaml-feature", _mark(key), {"feature": "merge key"}))
            _refuse_features(key, text)
            _refuse_features(value, text)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _refuse_features(value, text)


def _mark(node: Any) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


class _Constructor:
    """Plain values from nodes. What is merely not allowed to be there is noted and left out, so that one slip hides no other."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def value(self, node: Any, depth: int, place: Position) -> Any:
        """Value of a node, None where nothing is written; `place` is the key or item it belongs to."""
        kind = type(node)
        value: Any
        if kind is ScalarNode:
            value = _scalar(node)
        elif depth >= MAX_DEPTH:
            raise _Stop(Problem("nested-too-deep", place, {"limit": MAX_DEPTH}))
        elif kind is MappingNode:
            value = self._mapping(node, depth + 1)
        else:
            value = self._sequence(node, depth + 1)
        if not node.value or value == "":
            self._note("empty-value", place)
        return value or None

    def _note(self, slug: str, at: Position, **values: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(slug, at, values))

    def _sequence(self, node: Any, depth: int) -> list[Any]:
        if len(node.value) > MAX_ROWS:
            raise _Stop(Problem("too-many-rows", _mark(node), {"limit": MAX_ROWS}))
        out: list[Any] = []
        for item in node.value:
            value = _scalar(item) if type(item) is ScalarNode else self.value(item, depth, _mark(item))
            if value:
                out.append(value)
            elif type(item) is ScalarNode:
                self._note("empty-value", _mark(item))
        return out

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        if len(node.value) > MAX_ROWS:
            raise _Stop(Problem("too-many-rows", _mark(node), {"limit": MAX_ROWS}))
        out: dict[str, Any] = {}
        for key, item in node.value:
            if type(key) is not ScalarNode:
                raise _Stop(Problem("not-yaml", _mark(key), {"reason": _KEY_NO_TEXT, "cure": _NAME_IT}))
            if key.value in out:
                self._note("duplicate-key", _mark(key), key=key.value)
                continue
            value = _scalar(item) if type(item) is ScalarNode else self.value(item, depth, _mark(key))
            if value:
                out[key.value] = value
            elif type(item) is ScalarNode:
                self._note("empty-value", _mark(key))
        return out


def _scalar(node: Any) -> str:
    value: str = node.value
    if not node.style and value in ("~", "null"):
        return ""
    return _block(value) if node.style in ("|", ">") else value


def _block(value: str) -> str:
    """Long text loses trailing spaces and final newlines, so that editors cannot change what was signed."""
    return "\n".join(line.rstrip(" ") for line in value.split("\n")).rstrip("\n")


@lru_cache(maxsize=16)  # a clause that is not kept for a month has thirty findings at one key
def locate(data: bytes, route: Route) -> Position:
    """Line and column of the deepest key of `route` that exists; a missing key points at its parent."""
    text = _plain_text(data) if len(data) < _SHORT else None
    return (place_in(text, route) if text else None) or _locate_in_nodes(data, route)


@lru_cache(maxsize=4)  # a table of which every row is wrong is asked for as many places
def _plain_text(data: bytes) -> str | None:
    text, problems = decode(data)
    return text if not problems and plain.read(text) is not None else None


@lru_cache(maxsize=2)
def _nodes(data: bytes) -> Any:
    try:
        return _compose(data.decode("utf-8"))
    except (UnicodeDecodeError, _Stop):
        return None


def _locate_in_nodes(data: bytes, route: Route) -> Position:
    place, node = Position(1, 1), _nodes(data)
    for step in route:
        found = _child(node, step)
        if found is None:  # a missing key, or a step that only the validator knows (the tag of a union)
            continue
        place, node = found
    return place


def _child(node: Any, step: str | int) -> tuple[Position, Any] | None:
    if isinstance(node, MappingNode):
        return next(((_mark(key), value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return _mark(node.value[step]), node.value[step]
    return None
