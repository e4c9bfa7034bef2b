"""Source text to tokens."""

import re
from decimal import Decimal
from typing import NamedTuple

from csdocs.cel.error import CelError
from csdocs.cel.syntax import Stretch
from csdocs.model.text import Text

MAX_SOURCE = 4_000
MAX_DIGITS = 28

_SPACE = r"[ \t\r\n\f]*+(?://[^\n]*+[ \t\r\n\f]*+)*"
_FROM_SPACE = re.compile(_SPACE)
_TOKEN = re.compile(
    rf"""(?:(?P<plain>"(?!"")[^"\\\n]*+"|'(?!'')[^'\\\n]*+')
    |(?P<string>[rRbB]{{0,2}}(?P<quote>'''|\"\"\"|'|\"))
    |(?P<number>0[xX][0-9a-fA-F]+|(?:[0-9]*\.)?[0-9]+(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<operator>&&|\|\||[=!<>]=|[-+*/%!<>?:.,()\[\]])){_SPACE}""",
    re.VERBOSE,
)
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<octal>[0-3][0-7]{2})"
    r"|(?P<simple>[abfnrtv\\'\"`?]))"
)
_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LOOKALIKES = {
    **dict(zip("（），“”‘’＞＜！：？＋－＊／．［］", "(),\"\"''><!:?+-*/.[]", strict=True)),
    **{"　": " ", "【": "[", "】": "]", "、": ",", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/"},
    **{"=": "==", "＝": "==", "&": "&&", "|": "||"},
}


class Token(NamedTuple):
    """`kind` is `int`, `decimal`, `string`, `name`, `end`, or the operator itself, of which the word `in` is one."""

    kind: str
    text: str
    value: int | Decimal | str | None
    span: Stretch


def tokenize(source: str) -> list[Token]:
    if len(source) > MAX_SOURCE:
        message = Text(
            "公式太长：最多{limit}个字符，现有{length}个",
            "the expression is too long: {limit} characters at most, this has {length}",
        )
        raise CelError(message.format(limit=MAX_SOURCE, length=len(source)), MAX_SOURCE, len(source) - MAX_SOURCE)
    tokens: list[Token] = []
    offset, end = _after_space(source, 0), len(source)
    while offset < end:
        match = _TOKEN.match(source, offset)
        if match is None:
            raise _unknown_character(source, offset)
        kind = match.lastgroup or ""
        tokens.append(_token(source, match, kind))
        offset = match.end() if kind != "string" else _after_space(source, offset + tokens[-1].span.length)
    return [*tokens, Token("end", "", None, Stretch(end, 0))]


def _after_space(source: str, offset: int) -> int:
    match = _FROM_SPACE.match(source, offset)
    assert match is not None  # no space is space enough
    return match.end()


def _token(source: str, match: re.Match[str], kind: str) -> Token:
    text = match[kind]
    span = Stretch(match.start(), len(text))
    if kind == "operator":
        return Token(text, text, None, span)
    if kind == "name":
        return Token("in" if text == "in" else "name", text, text, span)
    if kind == "plain":
        return Token("string", text, text[1:-1], span)
    return _number(source, text, span) if kind == "number" else _string(source, match)


def _unknown_character(source: str, offset: int) -> CelError:
    character = source[offset]
    if character in _LOOKALIKES:
        message = Text("这里不能用“{found}”，请写“{meant}”", "{found} cannot be used here; write {meant}")
        return CelError(message.format(found=character, meant=_LOOKALIKES[character]), offset, 1)
    if character == "{":
        return CelError(Text("公式里不能写映射 {{…}}", "maps {{…}} cannot be written").format(), offset, 1)
    message = Text(
        "公式里不能出现“{found}”；文字要加引号",
        "{found} cannot stand in an expression; quote text like 'this'",
    )
    return CelError(message.format(found=character), offset, 1)


def _number(source: str, text: str, span: Stretch) -> Token:
    if source[span.offset + span.length : span.offset + span.length + 1] in ("u", "U"):
        message = Text("没有无符号整数，请去掉字母 u", "there are no unsigned numbers; leave out the u")
        raise CelError(message, span.offset, span.length + 1)
    if text[:2] in ("0x", "0X"):
        return Token("int", text, int(text, 16), span)
    if text.isdigit():
        return Token("int", text, int(text), span)
    return Token("decimal", text, _decimal(text, span), span)


def _decimal(text: str, span: Stretch) -> Decimal:
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa.replace(".", "").strip("0")) > MAX_DIGITS or len(exponent) > 3:
        message = Text("数字太大或位数太多（最多{digits}位）", "the number is too large or has over {digits} digits")
        raise CelError(message.format(digits=MAX_DIGITS), *span)
    return Decimal(text)


def _string(source: str, match: re.Match[str]) -> Token:
    start, begin, quote = match.start(), match.end("string"), match["quote"]
    prefix = match["string"][: -len(quote)].lower()
    if "b" in prefix or len(prefix) > 1:
        raise CelError(
            Text("没有字节串，请去掉字母 b", "there are no byte strings; leave out the b"), start, len(prefix)
        )
    raw, end = prefix == "r", _closing(source, begin, quote, raw=prefix == "r")
    body, span = source[begin:end], Stretch(start, end + len(quote) - start)
    if end < 0 or (len(quote) == 1 and "\n" in body):
        raise CelError(Text("引号没有成对", "the closing quote is missing"), start, len(prefix + quote))
    value = body if raw else _unescape(body, begin)
    return Token("string", source[start : end + len(quote)], value, span)


def _closing(source: str, offset: int, quote: str, *, raw: bool) -> int:
    """Where the closing quote stands, or -1."""
    while True:
        end = source.find(quote, offset)
        escape = -1 if raw else source.find("\\", offset, end)
        if end < 0 or escape < 0:
            return end
        offset = escape + 2


def _unescape(body: str, offset: int) -> str:
    parts, position = [], 0
    while (start := body.find("\\", position)) >= 0:
        match = _ESCAPE.match(body, start)
        character = None if match is None else _character(match)
        if match is None or character is None:
            message = Text(
                "引号里的反斜杠写法不对；要写反斜杠本身请写 \\\\",
                "not a known backslash sequence; write \\\\ for a backslash",
            )
            raise CelError(message, offset + start, 2)
        parts += [body[position:start], character]
        position = match.end()
    return "".join(parts) + body[position:]


def _character(match: re.Match[str]) -> str | None:
    """The character an escape stands for; None for what is no Unicode character."""
    if simple := match["simple"]:
        return _SIMPLE.get(simple, simple)
    if octal := match["octal"]:
        return chr(int(octal, 8))
    code = int(match["x"] or match["u"] or match["U"], 16)
    return None if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
