"""Two versions of one sentence: a matter of style, or of substance?"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from csdocs.compare.outline import Block, Inline
from csdocs.compare.sequence import changed
from csdocs.compare.signal import Signal, SignalKind, letters, signals
from csdocs.model.change import ChangeKind
from csdocs.model.text import Text, same

_MOST_LETTERS = 12  # more than this added or left out in one place is more than a turn of phrase
_LEAST_ALIKE = 0.6
_DUTIES = frozenset({"must", "must_not", "may", "need_not"})
_NOTHING = Text("（无）", "(nothing)")

_MESSAGES: dict[SignalKind, Text] = {
    "parameter": Text("引用的参数由“{old}”改为“{new}”", "the parameter “{old}” became “{new}”"),
    "number": Text("数字由“{old}”改为“{new}”", "the number “{old}” became “{new}”"),
    "unit": Text("数字后的单位或对象由“{old}”改为“{new}”", "what is counted, “{old}”, became “{new}”"),
    "force": Text("义务用词由“{old}”改为“{new}”", "the obligation word “{old}” became “{new}”"),
    "limit": Text("表示时间、范围或条件的词由“{old}”改为“{new}”", "a word of time, extent or condition, “{old}”, became “{new}”"),
    "people": Text("责任主体由“{old}”改为“{new}”", "who is meant, “{old}”, became “{new}”"),
    "code": Text("代号由“{old}”改为“{new}”", "the code “{old}” became “{new}”"),
    "symbol": Text("符号由“{old}”改为“{new}”", "the sign “{old}” became “{new}”"),
    "invisible": Text("不可见字符由“{old}”改为“{new}”", "an invisible character, “{old}”, became “{new}”"),
}  # fmt: skip
_RESPELLED = Text("数字“{old}”改写为“{new}”", "the number “{old}” is now written “{new}”")
_LINK = Text("链接目标由“{old}”改为“{new}”", "the link target “{old}” became “{new}”")
_CODE = Text("代码文字由“{old}”改为“{new}”", "the literal text “{old}” became “{new}”")
_EMPHASIS = Text("强调的文字由“{old}”改为“{new}”", "the emphasised words “{old}” became “{new}”")
_CELL = Text("表格单元格由“{old}”改为“{new}”", "the table cell “{old}” became “{new}”")
_LONG = Text("增删了较长的文字", "a longer passage was added or left out")
_REWORDED = Text("大部分文字已重写", "most of the words are new")
_WORDS = Text("措辞有修改", "the wording changed")
_POINTS = Text("标点或空格有修改", "punctuation or spacing changed")


class Remark(NamedTuple):
    """What a comparison noticed; `written` is a word of the later text to point at."""

    kind: ChangeKind
    message: Text
    written: str = ""


def compare_blocks(before: Block, after: Block) -> Iterator[Remark]:
    """Blocks of the same place, each cell with its counterpart."""
    for old, new in zip(before.cells, after.cells, strict=True):
        if after.kind == "row" and "".join(old.words.split()) != "".join(new.words.split()):
            yield Remark("minor", _filled(_CELL, old.words, new.words), new.words)
        yield from compare_inlines(old, new)


def compare_inlines(before: Inline, after: Inline) -> Iterator[Remark]:
    if before == after:
        return
    yield from _sequence(_LINK, _targets(before), _targets(after))
    yield from _sequence(_CODE, _literals(before), _literals(after))
    if [*map(letters, before.emphasised)] != [*map(letters, after.emphasised)]:
        yield from _sequence(_EMPHASIS, before.emphasised, after.emphasised)
    yield from compare_texts(before.words, after.words)


def compare_texts(before: str, after: str) -> Iterator[Remark]:
    if before == after:
        return
    remarks = [*_signal_remarks(before, after)]
    yield from remarks
    amount = _amount(letters(before), letters(after))
    if amount.kind != "editorial" or not remarks:
        yield amount


def compare_labels(before: str, after: str) -> Iterator[Remark]:
    """A label names and does not oblige: only what its words say of numbers, extent or people can matter."""
    if before == after:
        return
    remarks = [remark._replace(kind="minor") for remark in _signal_remarks(before, after)]
    yield from remarks or [Remark("editorial", _POINTS if letters(before) == letters(after) else _WORDS)]


def _amount(before: str, after: str) -> Remark:
    if before == after:
        return Remark("editorial", _POINTS)
    found = [*changed(before, after)]
    longest = max(abs((span.i2 - span.i1) - (span.j2 - span.j1)) for span in found)
    kept = len(before) - sum(span.i2 - span.i1 for span in found)
    if 2 * kept < _LEAST_ALIKE * (len(before) + len(after)):
        return Remark("minor", _REWORDED)
    return Remark("minor", _LONG) if longest > _MOST_LETTERS else Remark("editorial", _WORDS)


def _signal_remarks(before: str, after: str) -> Iterator[Remark]:
    old, new = [*signals(before)], [*signals(after)]
    for kind, message in _MESSAGES.items():
        a, b = [s for s in old if s.kind == kind], [s for s in new if s.kind == kind]
        for gone, come in _replaced(a, b):
            yield _remark(kind, message, gone, come)


def _replaced(before: list[Signal], after: list[Signal]) -> Iterator[tuple[list[Signal], list[Signal]]]:
    """Runs of signals that differ in value or in writing."""
    for _, i1, i2, j1, j2 in changed(before, after):
        yield before[i1:i2], after[j1:j2]


def _remark(kind: SignalKind, message: Text, gone: list[Signal], come: list[Signal]) -> Remark:
    same_value = [s.value for s in gone] == [s.value for s in come]
    if kind == "number" and same_value:
        message = _RESPELLED
    grave = kind == "force" and not same_value and _takes_away(gone)
    old, new = (" ".join(s.written for s in found) for found in (gone, come))
    return Remark("major" if grave else "minor", _filled(message, old, new), come[-1].written if come else "")


def _takes_away(gone: list[Signal]) -> bool:
    """One force took the place of another, or is there no longer; a force that is only new adds and takes nothing away."""
    return any(signal.value in _DUTIES for signal in gone)


def _targets(inline: Inline) -> list[str]:
    return [piece.target for piece in inline.pieces if piece.kind == "link"]


def _literals(inline: Inline) -> list[str]:
    return [piece.text for piece in inline.pieces if piece.kind == "code"]


def _sequence(message: Text, before: Sequence[str], after: Sequence[str]) -> Iterator[Remark]:
    for _, i1, i2, j1, j2 in changed(before, after):
        written = after[j2 - 1] if j2 > j1 else ""
        yield Remark("minor", _filled(message, " ".join(before[i1:i2]), " ".join(after[j1:j2])), written)


def _filled(message: Text, old: str, new: str) -> Text:
    return message.format(old=_short(old), new=_short(new))


def _short(words: str) -> Text:
    if not words:
        return _NOTHING
    shown = words if len(words) <= 30 else f"{words[:29]}…"
    return same(shown)
