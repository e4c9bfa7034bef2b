"""Why a change is of its kind."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from csdocs.model.finding import Position
from csdocs.model.text import Text

Kind = Literal["editorial", "minor", "major"]
KINDS: tuple[Kind, ...] = ("editorial", "minor", "major")  # the least first
KIND_WORDS = {
    "editorial": Text("文字", "editorial"),
    "minor": Text("一般", "minor"),
    "major": Text("重大", "major"),
}


class Reason(NamedTuple):
    """`at` is a place in the later state; what is gone points to where it would stand."""

    kind: Kind
    at: Position
    message: Text

    @property
    def line(self) -> int:
        return self.at.line

    @property
    def col(self) -> int:
        return self.at.col


class ChangeKind(NamedTuple):
    """The least kind that a change entry may claim, and what makes it so."""

    kind: Kind
    reasons: tuple[Reason, ...]

    def allows(self, claimed: Kind) -> bool:
        return KINDS.index(claimed) >= KINDS.index(self.kind)


def change_kind(reasons: Iterable[Reason]) -> ChangeKind:
    """The gravest reason decides; the gravest come first, then in the order of the file."""
    found = sorted(dict.fromkeys(reasons), key=lambda r: (-KINDS.index(r.kind), r.at, r.message))
    return ChangeKind(found[0].kind if found else "editorial", tuple(found))
