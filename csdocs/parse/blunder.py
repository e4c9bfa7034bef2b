"""What somebody probably did who wrote YAML that cannot be read: libyaml's words are for programmers, and often about the next line."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from csdocs.model.finding import Position, Problem
from csdocs.model.text import Text, same

_KEY = r" *(?:- +)*(?P<key>[A-Za-z_][\w-]*)"
_LONGEST = 1_000  # characters of a line that is looked at: the patterns need a time that grows with their square
_ABOVE = 3  # lines before the one where libyaml gave up, in which the cause may lie
_QUOTED = Text("给整个值加上英文双引号", "put double quotes around the whole value")
_ALIGNED = Text(
    "同一层的各行左边对齐，下一层多缩进两个空格",
    "let lines of one level begin in one column, and indent the next level by two spaces",
)
_LOOK = Text(
    "检查这一行和上一行的缩进、冒号后的空格和引号",
    "check indents, the space after the colon and the quotes of this line and the one before",
)


class _Blunder(NamedTuple):
    """`pattern` looks from the beginning of a line; the place is where its group `at` is."""

    pattern: re.Pattern[str]
    reason: Text
    cure: Text


_BLUNDERS = (
    _Blunder(
        re.compile(r" *(?P<at>\u3000)"),
        Text("缩进用了全角空格", "the indent has a full-width space"),
        Text("换成半角空格，每层两个", "indent with plain spaces, two a level"),
    ),
    _Blunder(
        re.compile(rf"{_KEY} *(?P<at>：)"),
        Text("“{key}”后面的冒号是全角“：”", "the colon after “{key}” is a full-width one"),
        Text("改成半角冒号加一个空格，如 {key}: …", "write a plain colon and a space, as in {key}: …"),
    ),
    _Blunder(
        re.compile(rf"{_KEY}:(?P<at>[^\s:/])"),
        Text("“{key}:”后面缺一个空格", "a space is missing after “{key}:”"),
        Text("冒号后加一个空格，如 {key}: …", "put a space after the colon, as in {key}: …"),
    ),
    _Blunder(
        re.compile(r".*[{\[].*(?P<at>，) *(?P<key>[A-Za-z_]\w*) *[:：]"),
        Text("括号里“{key}”前面的逗号是全角“，”", "the comma before “{key}” within the brackets is a full-width one"),
        Text("改成半角逗号加一个空格", "write a plain comma and a space"),
    ),
    _Blunder(
        re.compile(rf"{_KEY}: +(?P<at>[*&@`%!])"),
        Text(
            "“{key}”的值以符号开头，YAML 里它另有含义",
            "the value of “{key}” begins with a sign that means something else in YAML",
        ),
        _QUOTED,
    ),
    _Blunder(
        re.compile(rf"{_KEY}: +[^\s\"'\[{{|>#][^#]*?(?P<at>:)(?: |$)"),
        Text("“{key}”的值里还有一个冒号", "there is another colon in the value of “{key}”"),
        _QUOTED,
    ),
)
_BRACE = _Blunder(
    re.compile(r".*[{,] *(?P<key>[A-Za-z_]\w*): +[^\s\"'\[{][^,}]*?(?P<at>[{\[])"),
    Text("“{key}”的值里有括号", "there are brackets in the value of “{key}”"),
    _QUOTED,
)
_SIGN = _Blunder(
    re.compile(r".*[{,] *(?P<key>[A-Za-z_]\w*): +[^\s\"'\[{][^,}]*?(?P<at>\?|:(?= ))"),
    Text(
        "括号里“{key}”的值带有问号或冒号", "within the brackets the value of “{key}” holds a question mark or a colon"
    ),
    _QUOTED,
)
_UNEVEN = Text("这一行的括号不成对", "the brackets of this line do not match")
_PAIR = Text("补上缺的括号，或删去多的", "add the bracket that is missing, or take the other away")
_UNCLOSED = _Blunder(
    re.compile(rf"{_KEY}: +(?P<at>[\"'])(?!.*(?P=at) *(?:#.*)?$)"),
    Text(
        "“{key}”的引号不成对，或者引号后面还有字", "the quotes of “{key}” do not match, or something stands behind them"
    ),
    Text("在值的末尾补上引号；值里面要用引号的，写中文引号“”", "end the value with the quote that it begins with"),
)
_MISALIGNED = Text(
    "这一行缩进 {here} 格，上一行 {above} 格，对不上", "this line is indented by {here} and the one before by {above}"
)
_OPENS = (":", "|", "|-", ">", ">-", "-", ",", "[", "{")  # ends of a line below which one may be further in
_WORDS = {
    "mapping values are not allowed in this context": Text("这里不能再写“键: 值”", "no “key: value” can stand here"),
    "could not find expected ':'": Text("缺少冒号", "a colon is missing"),
    "did not find expected key": Text("这里应当是“键: 值”", "a “key: value” should stand here"),
    "did not find expected '-' indicator": Text("这里应当以“- ”开头", "this should begin with “- ”"),
    "did not find expected ',' or '}'": Text("缺少“,”或“}”", "“,” or “}” is missing"),
    "did not find expected ',' or ']'": Text("缺少“,”或“]”", "“,” or “]” is missing"),
    "found unexpected ':'": Text(
        "括号里的值带有冒号，须加英文双引号", "a value within brackets has a colon: it wants double quotes"
    ),
    "did not find expected node content": Text("这里缺少内容", "something is missing here"),
    "found unexpected end of stream": Text(
        "到文件末尾还没有找到成对的引号或括号", "the file ends before quotes or brackets do"
    ),
    "found character that cannot start any token": Text("值不能以这个符号开头", "no value can begin with this sign"),
    "block sequence entries are not allowed in this context": Text("这里不能写“- ”", "no “- ” can stand here"),
    "found unknown escape character": Text(
        "引号里“\\”后面的字符不能用", "“\\” within quotes has a wrong letter behind it"
    ),
}


def not_yaml(text: str, at: Position, reason: str) -> Problem:
    """`at` and `reason`: where libyaml gave up, and what it said."""
    lines = text.split("\n")
    near = _suspects(lines, at.line)
    every = range(min(at.line, len(lines)), 0, -1)  # a quote may be open for long
    within = _misspelt(lines, near, (_BRACE, _SIGN)) or _uneven(lines, near) if "expected ','" in reason else None
    found = _misspelt(lines, near, _BLUNDERS) or within or _misaligned(lines, near)
    return found or _misspelt(lines, every, (_UNCLOSED,)) or _problem(at, _WORDS.get(reason) or same(reason), _LOOK)


def _misspelt(lines: Sequence[str], numbers: Sequence[int], blunders: Sequence[_Blunder]) -> Problem | None:
    for number in numbers:
        for blunder in blunders if len(lines[number - 1]) <= _LONGEST else ():
            if found := blunder.pattern.match(lines[number - 1]):
                words = {"key": found.groupdict().get("key")}
                at = Position(number, found.start("at") + 1)
                return _problem(at, blunder.reason.format(**words), blunder.cure.format(**words))
    return None


def _problem(at: Position, reason: Text, cure: Text) -> Problem:
    return Problem("not-yaml", at, {"reason": reason, "cure": cure})


def _suspects(lines: Sequence[str], last: int) -> Sequence[int]:
    """Numbers of lines that may be to blame, the likeliest first; the last may be one behind the end."""
    numbers = range(min(last, len(lines)), max(last - _ABOVE, 0), -1)
    return [number for number in numbers if lines[number - 1].strip()]


def _uneven(lines: Sequence[str], numbers: Sequence[int]) -> Problem | None:
    """The earliest of the lines that opens more brackets than it closes, or closes more."""
    for number in reversed(numbers):
        line = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", lines[number - 1])
        if line.count("{") != line.count("}") or line.count("[") != line.count("]"):
            return _problem(Position(number, _indent(lines[number - 1]) + 1), _UNEVEN, _PAIR)
    return None


def _misaligned(lines: Sequence[str], numbers: Sequence[int]) -> Problem | None:
    """Further in than the line above, which opens nothing, or as far out as no line above is."""
    for number in numbers:
        before = [line for line in lines[: number - 1] if line.strip() and not line.lstrip().startswith("#")]
        if not before:
            continue
        here, above, level = _indent(lines[number - 1]), _indent(before[-1]), _level(before[-1])
        deeper = here > level and not before[-1].rstrip().endswith(_OPENS)
        nowhere = here < level and here not in {column(line) for line in before for column in (_indent, _level)}
        if deeper or nowhere:
            return _problem(Position(number, here + 1), _MISALIGNED.format(here=here, above=above), _ALIGNED)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _level(line: str) -> int:
    """Where keys begin in a line that begins a list item."""
    return len(line) - len(line.lstrip(" -"))
