"""Regular expressions for `matches`: the syntax of RE2 that needs no backtracking, to a small program.

Python's own `re` may take time without bound for some patterns. These programs run in time proportional to
the text (`automaton.py`), whatever a form says and a record holds.
"""

from functools import lru_cache
from typing import NamedTuple

from csdocs.cel.automaton import Assertion, Automaton, CharacterSet, Instruction, Ranges
from csdocs.cel.error import EvaluationError
from csdocs.model.text import Text

MAX_PROGRAM = 1_000
MAX_NESTING = 30
MAX_REPEAT = 1_000

_DIGIT: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Ranges = ((9, 10), (12, 13), (32, 32))
_CLASSES = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_POSIX: dict[str, Ranges] = {
    **{"digit": _DIGIT, "word": _WORD, "space": ((9, 13), (32, 32)), "alpha": ((65, 90), (97, 122))},
    **{"upper": ((65, 90),), "lower": ((97, 122),), "alnum": ((48, 57), (65, 90), (97, 122))},
    **{"xdigit": ((48, 57), (65, 70), (97, 102)), "punct": ((33, 47), (58, 64), (91, 96), (123, 126))},
}
_HAN: Ranges = (
    *((0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007)),
    *((0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D)),
    *((0xFA70, 0xFAD9), (0x16FE2, 0x16FE3), (0x16FF0, 0x16FF1), (0x20000, 0x2A6DF), (0x2A700, 0x2B739)),
    *((0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2F800, 0x2FA1D), (0x30000, 0x3134A)),
    (0x31350, 0x323AF),
)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_ASSERTIONS: dict[str, Assertion] = {"A": "start", "z": "end", "b": "boundary", "B": "inside"}
_CATEGORIES = frozenset(
    general + special
    for general, specials in {
        "L": "ultmo",
        "M": "nce",
        "N": "dlo",
        "P": "cdseifo",
        "S": "mcko",
        "Z": "s",
    }.items()
    for special in ("", *specials)
)


class Repeat(NamedTuple):
    body: "Tree"
    low: int
    high: int | None


class Sequence(NamedTuple):
    parts: tuple["Tree", ...]


class Alternatives(NamedTuple):
    branches: tuple["Tree", ...]


Tree = CharacterSet | Assertion | Repeat | Sequence | Alternatives


@lru_cache(maxsize=256)
def compile_pattern(source: str) -> Automaton:
    """Raises `EvaluationError` for what is no pattern, or one that cannot be decided in linear time."""
    return Automaton(_Program().compiled(_Reader(source).read()))


def matches(text: str, pattern: str) -> bool:
    """Whether the pattern is found anywhere in the text, as in RE2; `^…$` asks for the whole."""
    return compile_pattern(pattern).search(text)


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._nesting = 0
        self._ignore_case = False
        self._dot_all = False

    def read(self) -> Tree:
        self._flags()
        tree = self._alternatives()
        if self._position < len(self._source):
            raise self._error(Text("多了一个 )", "a ) too many"))
        return tree

    def _error(self, reason: Text) -> EvaluationError:
        message = Text("“{pattern}”不是可用的匹配式：{reason}", 'the pattern "{pattern}" cannot be used: {reason}')
        return EvaluationError(message.format(pattern=self._source, reason=reason))

    def _accept(self, text: str) -> bool:
        if not self._source.startswith(text, self._position):
            return False
        self._position += len(text)
        return True

    def _take(self) -> str:
        if self._position == len(self._source):
            raise self._error(Text("没有写完", "it ends too early"))
        self._position += 1
        return self._source[self._position - 1]

    def _until(self, closing: str) -> str:
        end = self._source.find(closing, self._position)
        if end < 0:
            raise self._error(Text("缺少 {closing}", "{closing} is missing").format(closing=closing))
        text, self._position = self._source[self._position : end], end + len(closing)
        return text

    def _flags(self) -> None:
        for flags in ("(?i)", "(?s)", "(?is)", "(?si)"):
            if self._accept(flags):
                self._ignore_case, self._dot_all = "i" in flags, "s" in flags

    def _alternatives(self) -> Tree:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise self._error(Text("括号嵌套太深", "its parentheses are nested too deeply"))
        branches = [self._sequence()]
        while self._accept("|"):
            branches.append(self._sequence())
        self._nesting -= 1
        return Alternatives(tuple(branches))

    def _sequence(self) -> Tree:
        parts: list[Tree] = []
        while self._position < len(self._source) and self._source[self._position] not in "|)":
            parts.append(self._repeated())
        return Sequence(tuple(parts))

    def _repeated(self) -> Tree:
        atom = self._atom()
        bounds = self._bounds()
        if bounds is None:
            return atom
        self._accept("?")
        if self._bounds() is not None:
            raise self._error(Text("两个重复符号连在一起", "two repetition signs follow each other"))
        return Repeat(atom, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._accept(sign):
                return bounds
        end = self._source.find("}", self._position)
        if not self._source.startswith("{", self._position) or end < 0:
            return None
        low, comma, high = self._source[self._position + 1 : end].partition(",")
        if not _is_number(low) or not (high == "" or _is_number(high)):
            return None
        self._position = end + 1
        return self._limited(int(low), (int(high) if high else None) if comma else int(low))

    def _limited(self, low: int, high: int | None) -> tuple[int, int | None]:
        if max(low, high or 0) > MAX_REPEAT or (high is not None and high < low):
            raise self._error(Text("重复次数不对或超过1000", "a repetition count is wrong or over 1000"))
        return low, high

    def _atom(self) -> Tree:
        if self._bounds() is not None:
            raise self._error(Text("重复符号前面没有内容", "there is nothing before a repetition sign"))
        match character := self._take():
            case "(":
                return self._group()
            case "[":
                return self._set()
            case ".":
                return CharacterSet(() if self._dot_all else ((10, 10),), negated=True)
            case "^":
                return "start"
            case "$":
                return "end"
            case "\\":
                return self._escape()
        return self._single(character)

    def _single(self, character: str) -> CharacterSet:
        return CharacterSet(((ord(character), ord(character)),), ignore_case=self._ignore_case)

    def _group(self) -> Tree:
        self._group_kind()
        tree = self._alternatives()
        if not self._accept(")"):
            raise self._error(Text("缺少 )", ") is missing"))
        return tree

    def _group_kind(self) -> None:
        if self._source.startswith(("?=", "?!", "?<=", "?<!"), self._position):
            raise self._error(Text("不能用前后查看 (?=…)", "look-around (?=…) is not available"))
        if self._accept("?P<") or self._accept("?<"):
            self._until(">")
        elif not self._accept("?:") and self._accept("?"):
            reason = Text(
                "括号里 ? 后面只能写冒号；(?i) 只能写在最前面",
                "of (?…) there is (?:…), and (?i) at the very start",
            )
            raise self._error(reason)

    def _escape(self) -> Tree:
        character = self._take()
        if character in "123456789":
            raise self._error(
                Text("不能用反向引用 \\{n}", "back-references \\{n} are not available").format(n=character)
            )
        if character in _ASSERTIONS:
            return _ASSERTIONS[character]
        return self._escaped(character)

    def _escaped(self, character: str) -> CharacterSet:
        """A backslash and `character`, as it may stand alone or within brackets."""
        if character.lower() in _CLASSES:
            return CharacterSet(_CLASSES[character.lower()], negated=character.isupper())
        if character in "pP":
            return self._property(negated=character == "P")
        if character in _CONTROLS:
            return self._single(_CONTROLS[character])
        if character == "x":
            return self._single(self._code())
        if character.isascii() and not character.isalnum():
            return self._single(character)
        raise self._error(Text("不认识 \\{letter}", "\\{letter} is not known").format(letter=character))

    def _code(self) -> str:
        digits = self._until("}") if self._accept("{") else self._take() + self._take()
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            raise self._error(Text("\\x 后面要写十六进制数", "\\x needs a hexadecimal number")) from None

    def _property(self, *, negated: bool) -> CharacterSet:
        name = self._until("}") if self._accept("{") else self._take()
        if name.startswith("^"):
            name, negated = name[1:], not negated
        if name == "Han":
            return CharacterSet(_HAN, negated=negated)
        if name not in _CATEGORIES:
            raise self._error(
                Text("不认识字符类别 {name}", "the character class {name} is not known").format(name=name)
            )
        return CharacterSet((), (name,), negated=negated)

    def _set(self) -> CharacterSet:
        negated = self._accept("^")
        parts = [self._set_part()]
        while not self._accept("]"):
            parts.append(self._set_part())
        return CharacterSet((), parts=tuple(parts), negated=negated, ignore_case=self._ignore_case)

    def _set_part(self) -> CharacterSet:
        if self._accept("[:"):
            return self._posix(self._until(":]"))
        low = self._set_member()
        rest = self._source[self._position : self._position + 2]
        if not rest.startswith("-") or rest == "-]":
            return low
        self._take()
        high = self._set_member()
        if not (low.is_single and high.is_single and low.ranges[0] <= high.ranges[0]):
            raise self._error(Text("[ ] 里的范围写反了", "a range within [ ] is the wrong way round"))
        return CharacterSet(((low.ranges[0][0], high.ranges[0][0]),), ignore_case=self._ignore_case)

    def _set_member(self) -> CharacterSet:
        character = self._take()
        return self._escaped(self._take()) if character == "\\" else self._single(character)

    def _posix(self, name: str) -> CharacterSet:
        ranges = _POSIX.get(name.removeprefix("^"))
        if ranges is None:
            raise self._error(Text("不认识 [:{name}:]", "[:{name}:] is not known").format(name=name))
        return CharacterSet(ranges, negated=name.startswith("^"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


class _Program:
    """Thompson's construction, back to front: each tree is compiled knowing what comes after it."""

    def __init__(self) -> None:
        self._instructions: list[Instruction] = [Instruction("match")]
        self._work = 0

    def compiled(self, tree: Tree) -> tuple[tuple[Instruction, ...], int]:
        start = self._add(tree, 0)
        return tuple(self._instructions), start

    def _emit(self, instruction: Instruction) -> int:
        self._instructions.append(instruction)
        return len(self._instructions) - 1

    def _add(self, tree: Tree, after: int) -> int:
        self._work += 1
        if self._work > MAX_PROGRAM:
            message = Text("匹配式太大，请减少重复次数", "the pattern is too large; repeat less")
            raise EvaluationError(message)
        match tree:
            case CharacterSet():
                return self._emit(Instruction("read", tree, (after,)))
            case Sequence(parts):
                for part in reversed(parts):
                    after = self._add(part, after)
                return after
            case Alternatives(branches):
                starts = tuple(self._add(branch, after) for branch in branches)
                return starts[0] if len(starts) == 1 else self._emit(Instruction("split", None, starts))
            case Repeat():
                return self._repeat(tree, after)
        return self._emit(Instruction(tree, None, (after,)))

    def _repeat(self, tree: Repeat, after: int) -> int:
        body, low, high = tree
        if high is None:
            loop = self._emit(Instruction("split"))
            self._instructions[loop] = Instruction("split", None, (self._add(body, loop), after))
            after = loop
        for _ in range((high or low) - low):
            after = self._emit(Instruction("split", None, (self._add(body, after), after)))
        for _ in range(low):
            after = self._add(body, after)
        return after
