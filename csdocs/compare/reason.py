"""Why a change is of its kind."""

from collections.abc import Iterable
from typing import NamedTuple

from csdocs.model.change import CHANGE_KINDS, ChangeKind
from csdocs.model.finding import Position
from csdocs.model.text import Text

ABOUT = Text("{place}：{remark}", "{place}: {remark}")


class Reason(NamedTuple):
    """`at` is a place in the later state; what is gone points to where it would stand."""

    kind: ChangeKind
    at: Position
    message: Text

    @property
    def line(self) -> int:
        return self.at.line

    @property
    def col(self) -> int:
        return self.at.col


class ComputedKind(NamedTuple):
    """The least kind that a change entry may claim, and what makes it so."""

    kind: ChangeKind
    reasons: tuple[Reason, ...]

    def allows(self, claimed: ChangeKind) -> bool:
        return CHANGE_KINDS.index(claimed) >= CHANGE_KINDS.index(self.kind)


def gravest(reasons: Iterable[Reason]) -> ComputedKind:
    """The gravest reason decides; the gravest come first, then in the order of the file."""
    found = sorted(dict.fromkeys(reasons), key=lambda r: (-CHANGE_KINDS.index(r.kind), r.at, r.message))
    return ComputedKind(found[0].kind if found else "editorial", tuple(found))
