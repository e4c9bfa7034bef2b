"""Which clause of the earlier state is which clause of the later one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from csdocs.compare.outline import Article, Chapter
from csdocs.compare.signal import letters

T = TypeVar("T", Article, Chapter)
_SAME_PLACE = 0.3  # likeness that is enough under the same number
_ELSEWHERE = 0.6
_MOST_PAIRS = 40_000  # beyond that so little is as it was that likeness says nothing
_TELLING = 8  # letters from which a text is recognised in another place


class Pair(NamedTuple):
    """Indices into the earlier and the later list; None where there is no counterpart."""

    before: int | None
    after: int | None


def pair_articles(before: Sequence[Article], after: Sequence[Article]) -> tuple[Pair, ...]:
    """A clause is known by its words first and by its number second: numbers move, texts do not.

    In the order of the later state; what is gone stands behind what came before it.
    """
    pairing = _Pairing([letters(a.words) for a in before], [letters(a.words) for a in after])
    numbers = {article.number: index for index, article in enumerate(before)}
    here = [(numbers[a.number], j) for j, a in enumerate(after) if a.number in numbers]
    pairing.take((i, j) for i, j in here if pairing.same(i, j))
    pairing.take_unique()
    pairing.take((i, j) for i, j in here if pairing.likeness(i, j) >= _SAME_PLACE)
    pairing.take_best(_ELSEWHERE)
    pairing.take(here)
    return pairing.pairs()


def pair_chapters(before: Sequence[Chapter], after: Sequence[Chapter]) -> tuple[Pair, ...]:
    """By heading first, then by what they hold, then by place among those left."""
    pairing = _Pairing([letters(c.title.words) for c in before], [letters(c.title.words) for c in after])
    pairing.take(_in_order(before, after, lambda i, j: before[i].level > 0 and pairing.same(i, j)))
    pairing.take(_in_order(before, after, lambda i, j: not before[i].level and not after[j].level))
    pairing.take(_in_order(before, after, lambda i, j: _shares_articles(before[i], after[j])))
    pairing.take_best(0.5)
    return pairing.pairs()


def _in_order(before: Sequence[T], after: Sequence[T], alike: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in range(len(before)) for j in range(len(after)) if alike(i, j))


def _shares_articles(before: Chapter, after: Chapter) -> bool:
    old, new = {a.number for a in before.articles}, {a.number for a in after.articles}
    return 2 * len(old & new) > max(len(old), len(new))


class _Pairing:
    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._before, self._after = before, after
        self._grams = [[Counter(pairwise(text)) for text in texts] for texts in (before, after)]
        self._partner: dict[int, int] = {}
        self._taken: set[int] = set()

    def same(self, i: int, j: int) -> bool:
        return self._before[i] == self._after[j]

    def likeness(self, i: int, j: int) -> float:
        """Share of letter pairs in common, 0 to 1."""
        old, new = self._grams[0][i], self._grams[1][j]
        total = old.total() + new.total()
        return 2 * (old & new).total() / total if total else float(self.same(i, j))

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        for i, j in pairs:
            if i not in self._partner and j not in self._taken:
                self._partner[i] = j
                self._taken.add(j)

    def take_unique(self) -> None:
        """Texts that stand once on each side, wherever that is."""
        once = [{t: n for n, t in enumerate(texts) if texts.count(t) == 1} for texts in (self._before, self._after)]
        self.take([(i, once[1][t]) for t, i in once[0].items() if len(t) >= _TELLING and t in once[1]])

    def take_best(self, least: float) -> None:
        left = [i for i in range(len(self._before)) if i not in self._partner]
        right = [j for j in range(len(self._after)) if j not in self._taken]
        if len(left) * len(right) > _MOST_PAIRS:
            return
        found = sorted(((self.likeness(i, j), i, j) for i in left for j in right), key=lambda f: (-f[0], f[1], f[2]))
        self.take([(i, j) for likeness, i, j in found if likeness >= least])

    def pairs(self) -> tuple[Pair, ...]:
        old = {j: i for i, j in self._partner.items()}
        out = [Pair(old.get(j), j) for j in range(len(self._after))]
        for i in range(len(self._before)):
            if i not in self._partner:
                out.insert(self._after_neighbour(out, i), Pair(i, None))
        return tuple(out)

    def _after_neighbour(self, out: Sequence[Pair], i: int) -> int:
        previous = max((pair.before for pair in out if pair.before is not None and pair.before < i), default=None)
        if previous is None:
            return 0
        return next(place for place, pair in enumerate(out) if pair.before == previous) + 1
