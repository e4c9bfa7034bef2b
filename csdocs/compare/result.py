"""What a comparison finds: plain values, ready to be shown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from csdocs.compare.outline import BlockKind
from csdocs.compare.reason import ComputedKind
from csdocs.compare.words import Run
from csdocs.model.control import Change
from csdocs.model.text import Text

Status = Literal["same", "changed", "added", "deleted", "moved"]


class BlockDiff(NamedTuple):
    """A paragraph, item or table row. `depth` counts the lists around it; `cells` has one entry unless it is a row."""

    status: Status
    kind: BlockKind
    depth: int
    marker: str
    cells: tuple[tuple[Run, ...], ...]


class ClauseDiff(NamedTuple):
    """`old_number` where it is another; `revisions` are those between the two states that touched the clause.

    `following`: what of its chapter stands after it and before the next.
    """

    status: Status
    number: int
    old_number: int | None
    blocks: tuple[BlockDiff, ...]
    revisions: tuple[int, ...] = ()
    following: tuple[BlockDiff, ...] = ()


class ChapterDiff(NamedTuple):
    """`title` is empty for what stands before the first heading; `number` counts the chapters of the later state.

    `blocks`: what stands before its clauses.
    """

    status: Status
    number: int
    title: tuple[Run, ...]
    blocks: tuple[BlockDiff, ...]
    clauses: tuple[ClauseDiff, ...]


class FieldDiff(NamedTuple):
    """A key of the control block or of a form, in words."""

    label: Text
    before: Text
    after: Text


class ParameterDiff(NamedTuple):
    status: Status
    id: str
    label: Text
    before: Text | None
    after: Text | None


class Side(NamedTuple):
    """One of the two sides."""

    revision: int
    effective: str = ""


class Redline(NamedTuple):
    """What changed. `chapters` for a document, `fields` for control block or form, `lines` for any other text."""

    path: str
    id: str
    title: Text
    before: Side | None
    after: Side | None
    kind: ComputedKind
    changes: tuple[Change, ...] = ()
    fields: tuple[FieldDiff, ...] = ()
    parameters: tuple[ParameterDiff, ...] = ()
    chapters: tuple[ChapterDiff, ...] = ()
    lines: tuple[Run, ...] = ()

    @property
    def is_empty(self) -> bool:
        chapters = any(chapter.status != "same" or has_changes(chapter) for chapter in self.chapters)
        lines = any(line.kind != "equal" for line in self.lines)
        return not (self.changes or self.fields or self.parameters or chapters or lines)


def grouped(blocks: Iterable[BlockDiff]) -> Iterator[tuple[BlockDiff, ...]]:
    """Table rows that follow each other together, every other block alone."""
    for is_row, found in groupby(blocks, key=lambda block: block.kind == "row"):
        if is_row:
            yield tuple(found)
        else:
            yield from ((block,) for block in found)


def has_changes(chapter: ChapterDiff) -> bool:
    following = (block for clause in chapter.clauses for block in clause.following)
    parts: Sequence[BlockDiff | ClauseDiff] = (*chapter.blocks, *chapter.clauses, *following)
    return any(part.status != "same" for part in parts)
