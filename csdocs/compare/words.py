"""What changed within a sentence, word by word, so that it reads well: whole numbers, whole links, no confetti."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from csdocs.compare.outline import Inline, Piece
from csdocs.compare.sequence import spans
from csdocs.compare.signal import CHINESE_DIGITS
from csdocs.compare.vocabulary import OBLIGATIONS
from csdocs.model.document import INTERPOLATION

RunKind = Literal["equal", "delete", "insert"]
_TOKEN = re.compile(
    rf"第[{CHINESE_DIGITS}\d]+[条章款项]|\d+(?:[.,:/~–—-]\d+)*[%％]?|[{CHINESE_DIGITS}]+|[^\W\d_\u3040-\u9fff]+(?:['’-][A-Za-z]+)*"
    rf"|{OBLIGATIONS}|\s+|.",
    re.DOTALL,
)
_STOPS = frozenset("，。；：！？、,.;:!?（）()“”《》")
_SMALL = 4  # letters: an unchanged stretch up to this long may vanish between two changes that are longer
_LEAST_KEPT = 0.25  # of a sentence; below that it is shown as new altogether


class Run(NamedTuple):
    kind: RunKind
    text: str


class Token(NamedTuple):
    """`detail` is what the printed words do not show: the target of a link, the name of a parameter."""

    text: str
    detail: str = ""

    @property
    def size(self) -> int:
        return sum(character.isalnum() for character in self.text)


class _Segment(NamedTuple):
    """Unchanged where both sides are the same."""

    before: tuple[Token, ...]
    after: tuple[Token, ...]

    @property
    def is_equal(self) -> bool:
        return self.before == self.after

    @property
    def size(self) -> int:
        return max(_size(self.before), _size(self.after))


def tokens(inline: Inline, printed: Mapping[str, str]) -> tuple[Token, ...]:
    """`printed`: parameters as the print shows them."""
    return tuple(token for piece in inline.pieces for token in _piece_tokens(piece, printed))


def diff_words(before: Sequence[Token], after: Sequence[Token]) -> tuple[Run, ...]:
    segments = _tidy(_segments(before, after))
    kept = sum(_size(segment.before) for segment in segments if segment.is_equal)
    if kept < _LEAST_KEPT * min(_size(before), _size(after)):
        segments = [_Segment(tuple(before), tuple(after))]
    return tuple(run for segment in segments for run in _runs(segment))


def diff_texts(before: str, after: str) -> tuple[Run, ...]:
    return diff_words(*(tokens(Inline((Piece("text", text),)), {}) for text in (before, after)))


def whole(kind: RunKind, words: Sequence[Token]) -> tuple[Run, ...]:
    return (Run(kind, "".join(token.text for token in words)),) if words else ()


def _piece_tokens(piece: Piece, printed: Mapping[str, str]) -> Iterator[Token]:
    if piece.kind == "link":
        words = INTERPOLATION.sub(lambda found: printed.get(found[1], found[0]), piece.text)
        yield Token(words, piece.target)
        return
    position = 0
    for found in INTERPOLATION.finditer(piece.text):
        yield from _plain(piece, position, found.start())
        yield Token(printed.get(found[1], found[0]), found[1])
        position = found.end()
    yield from _plain(piece, position, len(piece.text))


def _plain(piece: Piece, start: int, end: int) -> Iterator[Token]:
    if piece.kind == "code":
        yield Token(piece.text[start:end], "code")
    else:
        yield from (Token(found[0]) for found in _TOKEN.finditer(piece.text, start, end))


def _segments(before: Sequence[Token], after: Sequence[Token]) -> list[_Segment]:
    return [_Segment(tuple(before[i1:i2]), tuple(after[j1:j2])) for _, i1, i2, j1, j2 in spans(before, after)]


def _tidy(segments: list[_Segment]) -> list[_Segment]:
    """Join changes that only a few letters keep apart, until none are left; then move each to where a phrase begins."""
    index = 1
    while index < len(segments) - 1:
        left, middle, right = segments[index - 1 : index + 2]
        if middle.is_equal and _vanishes(left, middle, right):
            joined = (left.before + middle.before + right.before, left.after + middle.after + right.after)
            segments[index - 1 : index + 2] = [_Segment(*joined)]
            index = max(index - 2, 1)
        else:
            index += 1
    for index in range(1, len(segments) - 1):
        segments[index - 1 : index + 2] = _slide(*segments[index - 1 : index + 2])
    return [segment for segment in segments if segment.before or segment.after]


def _vanishes(left: _Segment, middle: _Segment, right: _Segment) -> bool:
    if any(_is_exact(token) or token.text in _STOPS for token in middle.before):
        return False
    if any(all(map(_is_exact, (*edit.before, *edit.after))) for edit in (left, right)):
        return False  # 10至15 became 15至20: two figures, not one phrase
    anchored = middle.size > 1 and not any(edit.before and edit.after for edit in (left, right))
    return not anchored and middle.size <= min(_SMALL, left.size, right.size)


def _is_exact(token: Token) -> bool:
    return bool(token.detail) or token.text[0].isdigit()


def _slide(left: _Segment, edit: _Segment, right: _Segment) -> list[_Segment]:
    """An insertion or a deletion that could as well stand a little earlier or later stands between phrases."""
    if edit.is_equal or (edit.before and edit.after) or not (left.is_equal and right.is_equal):
        return [left, edit, right]
    head, body, tail = left.before, edit.before or edit.after, right.before
    while head and head[-1] == body[-1]:
        head, body, tail = head[:-1], (head[-1], *body[:-1]), (body[-1], *tail)
    best = (head, body, tail)
    while tail and body[0] == tail[0]:
        head, body, tail = (*head, body[0]), (*body[1:], tail[0]), tail[1:]
        best = max(best, (head, body, tail), key=lambda choice: _breaks(*choice))
    head, body, tail = best
    moved = _Segment(body, ()) if edit.before else _Segment((), body)
    return [_Segment(head, head), moved, _Segment(tail, tail)]


def _breaks(head: Sequence[Token], body: Sequence[Token], tail: Sequence[Token]) -> int:
    """How naturally an edit is set off: after a stop, before a stop, at an end of the sentence."""
    begins = not head or head[-1].text in _STOPS or head[-1].text.isspace()
    ends = not tail or body[-1].text in _STOPS or body[-1].text.isspace()
    return 2 * begins + 2 * ends + (bool(tail) and tail[0].text in _STOPS)


def _runs(segment: _Segment) -> Iterator[Run]:
    if segment.is_equal:
        yield from whole("equal", segment.before)
        return
    gone, come = {t.text: t for t in segment.before}, {t.text: t for t in segment.after}
    alike = {text for text in gone.keys() & come.keys() if gone[text].detail != come[text].detail}
    yield from whole("delete", [_shown(token, alike) for token in segment.before])
    yield from whole("insert", [_shown(token, alike) for token in segment.after])


def _shown(token: Token, alike: set[str]) -> Token:
    """With its detail where nothing else tells the two sides apart."""
    return Token(f"{token.text}〔{token.detail}〕") if token.text in alike and token.detail else token


def _size(words: Sequence[Token]) -> int:
    return sum(token.size for token in words)
