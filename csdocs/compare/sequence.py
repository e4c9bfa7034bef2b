"""The longest common parts of two sequences, in bounded time."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_MOST_WORK = 4_000_000  # pairs of equal elements; beyond that the middle counts as replaced altogether


class Passage(NamedTuple):
    """`before[i1:i2]` became `after[j1:j2]`, or is still it."""

    is_equal: bool
    i1: int
    i2: int
    j1: int
    j2: int


def spans(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Passage]:
    """Equal and changed stretches in turn."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    end, other_end = len(before) - tail, len(after) - tail
    if head:
        yield Passage(True, 0, head, 0, head)
    for operation, i1, i2, j1, j2 in _opcodes(before[head:end], after[head:other_end]):
        yield Passage(operation == "equal", head + i1, head + i2, head + j1, head + j2)
    if tail:
        yield Passage(True, end, len(before), other_end, len(after))


def changed(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Passage]:
    return (span for span in spans(before, after) if not span.is_equal)


def _common(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (old, new) in pairs if old != new), min(len(before), len(after)))


def _opcodes(before: Sequence[Hashable], after: Sequence[Hashable]) -> Sequence[tuple[str, int, int, int, int]]:
    counts, others = Counter(before), Counter(after)
    if sum(count * others[element] for element, count in counts.items()) > _MOST_WORK:
        return [("replace", 0, len(before), 0, len(after))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
