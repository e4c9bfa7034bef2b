"""What a regular expression asks for, in words: who fills in a form or keeps a register has never seen one."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle, islice, product
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

from csdocs.model.identifier import CITATION, DEPARTMENT, DIGEST, DOCUMENT, FORM, POST, RECORD, STAFF
from csdocs.model.shape import MOMENT
from csdocs.model.text import COMMA, Text, same

_NAMED = {
    STAFF: Text("工号：一个大写字母加数字，如 S1023", "a staff number: a capital and digits, such as S1023"),
    POST: Text("岗位编号，如 R-AGENT", "the id of a post, such as R-AGENT"),
    DEPARTMENT: Text("部门编号，如 D-CS", "the id of a department, such as D-CS"),
    FORM: Text("表单编号，如 F-COMPLAINT", "the id of a form, such as F-COMPLAINT"),
    CITATION: Text("条款，如 REG-HANDOVER/3", "a clause, such as REG-HANDOVER/3"),
    DOCUMENT: Text("文件编号，如 REG-HANDOVER 或 HB-20", "the id of a document, such as REG-HANDOVER or HB-20"),
    RECORD: Text("记录编号，如 TS-202611-001", "the number of a record, such as TS-202611-001"),
    DIGEST: Text("64 位的 SHA-256 摘要", "a SHA-256 digest of 64 digits"),
    MOMENT: Text("时间，如 2026-11-20T07:52:00+08:00", "a moment, such as 2026-11-20T07:52:00+08:00"),
}
_SLUGS = {  # by how they begin
    "[a-z0-9][a-z0-9_]": Text(
        "小写英文字母、数字和下划线，如 north_2", "small letters, digits and “_”, such as north_2"
    ),
    "[a-z][a-z0-9_]": Text(
        "小写英文字母、数字和下划线，以字母开头，如 room_no",
        "small letters, digits and “_”, a letter first, such as room_no",
    ),
    "[a-z][a-z0-9-]": Text(
        "小写英文字母、数字和连字符，以字母开头，如 after-sales",
        "small letters, digits and “-”, a letter first, such as after-sales",
    ),
}

_ATOM = (
    r"(?:\[(?P<set>[^\[\]\\^]+)\]|(?P<digit>\\d)|\((?:\?:)?(?P<words>[\w-]+(?:\|[\w-]+)*)\)|\\(?P<escaped>[^\w\s])|(?P<sign>[^\\\[\](){}.*+?|^$]))"
    r"(?:\{(?P<least>\d{1,3})(?P<more>,(?P<most>\d{1,3})?)?\}|(?P<times>[?*+]))?"
)
_COUNTER = r"\[1-9\](?:\[0-9\]|\\d)(?:(?P<any>\*)|\?|\{0,(?P<most>[1-9])\})"
_CHOICE, _TEXT = re.compile(r"[\w-]+(?:\|[\w-]+)+"), re.compile(r"\(\?s\)\.\{1,(\d+)\}")
_TIMES: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_ONCE = (1, 1)
_HAN = "\ue000"  # stands for all Chinese characters where a set has them
_HAN_RANGE, _HAN_NAME = re.compile("一-[龥-鿿]"), "王小明"
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_CLASSES = {  # of signs, in the order in which an example prefers them
    digits[1:] + digits[0]: (Text("数字", "digit"), Text("数字", "digits")),
    ascii_uppercase + ascii_lowercase: (Text("字母", "letter"), Text("字母", "letters")),
    ascii_uppercase: (Text("大写字母", "capital letter"), Text("大写字母", "capital letters")),
    ascii_lowercase: (Text("小写字母", "small letter"), Text("小写字母", "small letters")),
    " ": (Text("空格", "space"), Text("空格", "spaces")),
    _HAN: (Text("汉字", "Chinese character"), Text("汉字", "Chinese characters")),
}
_FEWEST = 2  # kinds of signs that are named without a colon
_LARGEST = 100  # signs of a set; more are the characters of a language
_LISTED = 6  # signs or words that are named one by one
_SHOWN = 3  # places of an example where the expression leaves open how many there are
_THEN, _OR, _QUOTED = Text("，后接", ", then "), Text("或", " or "), same("“{it}”")
_EXCEPT = Text("{name}（{signs}除外）", "{name} except {signs}")
_AMONG = Text("“{it}”中的字", "of “{it}”")
_FEW, _MANY = Text("{count}{names}", "{count} {names}"), Text("{count}：{names}", "{count} characters: {names}")
_SINGLE = Text("{count}：{names}", "{count} character: {names}")
_SUCH_AS = Text("如 {example}", "such as {example}")
_COUNTING = Text("1至{most}的整数，前面不加0", "a whole number from 1 to {most} without leading zeros")
_COUNTING_ON = Text("从1起的整数，前面不加0", "a whole number from 1 on without leading zeros")
_ONE_OF = Text("{words}之一", "one of {words}")
_UP_TO = Text("至多{most}字的文字", "a text of at most {most} characters")
_AND = Text("；", ". ")
_EXPRESSION = Text("符合正则表达式 {it} 的文字", "what the regular expression {it} matches")


def asked_for(spelling: str, hint: Text | None = None) -> Text:
    """What a value has to be: in words, and as the form's own hint says; the expression only where there is neither."""
    parts = [part for part in (in_words(spelling), hint) if part]
    return _AND.join(parts) if parts else _EXPRESSION.format(it=spelling)


@cache
def in_words(spelling: str) -> Text | None:
    """Ids by their names, all else with an example. None for an expression that needs other words than these."""
    bare = spelling.removeprefix("^").removesuffix("$")
    known = _NAMED.get(bare) or next((words for begins, words in _SLUGS.items() if bare.startswith(begins)), None)
    if known:
        return known
    if _CHOICE.fullmatch(bare):
        return _ONE_OF.format(words=COMMA.join(bare.split("|")))
    if text := _TEXT.fullmatch(bare):
        return _UP_TO.format(most=text[1])
    if counter := re.fullmatch(_COUNTER, bare):
        most = "9" * (1 + int(counter["most"] or 1))
        return _COUNTING_ON if counter["any"] else _COUNTING.format(most=most)
    parts = [*_parts(_ESCAPED.sub(_unescaped, bare))]
    example = "".join(part.example for part in parts if part)
    if None in parts or not example or not re.fullmatch(spelling, example, re.ASCII):
        return None
    return _THEN.join(part.words for part in parts if part).noted(_SUCH_AS.format(example=example))


def _unescaped(sign: re.Match[str]) -> str:
    """ASCII stays escaped: there it may have a meaning."""
    written = chr(int(sign[1], 16))
    return sign[0] if written.isascii() else written


class _Part(NamedTuple):
    words: Text
    example: str


def _parts(spelling: str) -> Iterator[_Part | None]:
    """None where the expression cannot be followed."""
    written = [""]  # what stands there letter by letter: one of these
    at, follow = 0, re.compile(_ATOM)
    while at < len(spelling):
        atom = follow.match(spelling, at)
        if atom is None or (atom["words"] and _count(atom) != _ONCE):
            yield None
            return
        at = atom.end()
        sign = atom["sign"] or atom["escaped"]
        choices = [sign] if sign else (atom["words"] or "").split("|")
        if len(written) * len(choices) > _LISTED:
            yield None
            return
        if _count(atom) == _ONCE and (sign or atom["words"]):
            written = [*map("".join, product(written, choices))]
        else:
            yield from _literally(written)
            signs = digits if atom["digit"] else sign or _members(atom["set"])
            yield _of_set(signs, *_count(atom)) if len(signs) <= _LARGEST else None
            written = [""]
    yield from _literally(written)


def _count(atom: re.Match[str]) -> tuple[int, int | None]:
    if atom["times"]:
        return _TIMES[atom["times"]]
    if atom["least"] is None:
        return _ONCE
    least = int(atom["least"])
    return least, (int(atom["most"]) if atom["most"] else None) if atom["more"] else least


def _literally(written: Sequence[str]) -> Iterator[_Part]:
    if written != [""]:
        yield _Part(_OR.join(_QUOTED.format(it=each) for each in written), written[0])


def _members(of_set: str) -> str:
    """Each sign of `[…]`, its ranges spelled out."""
    ranges = re.findall(r"(.)-(.)|(.)", _HAN_RANGE.sub(_HAN, of_set), re.DOTALL)
    return "".join(one or "".join(map(chr, range(ord(low), ord(high) + 1))) for low, high, one in ranges)


def _of_set(signs: str, least: int, most: int | None) -> _Part:
    names = [*_names(signs, many=most != 1)]
    several = _SINGLE if most == 1 else _MANY
    told, listed = (several, COMMA.join(names)) if len(names) > _FEWEST else (_FEW, _OR.join(names))
    of_class = ([sign for sign in each if sign in signs] for each in _CLASSES)
    length = max(least, _SHOWN if most is None else min(_SHOWN, most))
    shown = next(filter(None, of_class), signs)
    example = islice(cycle(_HAN_NAME if _HAN in shown else shown), length)
    return _Part(told.format(count=_counted(least, most), names=listed), "".join(example))


def _names(signs: str, *, many: bool) -> Iterator[Text]:
    """Classes of signs, with few exceptions; then those that are in none."""
    others = list(dict.fromkeys(signs))
    for members, names in _CLASSES.items():
        missing = [sign for sign in members if sign not in others]
        if len(missing) <= len(members) // 4:
            yield _EXCEPT.format(name=names[many], signs=COMMA.join(missing)) if missing else names[many]
            others = [sign for sign in others if sign not in members]
    if len(others) > _LISTED:
        yield _AMONG.format(it="".join(others))
    else:
        yield from (_QUOTED.format(it=sign) for sign in others)


def _counted(least: int, most: int | None) -> Text:
    if most is None:
        at_least = "one or more" if least == 1 else f"at least {least}"
        return Text(f"至少{least}位", at_least) if least else Text("任意位数的", "any number of")
    if least == most:
        return Text(f"{least}位", "one" if least == 1 else str(least))
    return Text(f"{least}至{most}位", f"{least} to {most}") if least else Text(f"至多{most}位", f"at most {most}")
