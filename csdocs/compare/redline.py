"""A regulation, clause by clause and word by word."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from csdocs.compare.outline import Article, Block, Chapter, articles, chapter_numbers, outline
from csdocs.compare.pairing import Pair, pair_articles, pair_chapters
from csdocs.compare.reason import ComputedKind
from csdocs.compare.result import BlockDiff, ChapterDiff, ClauseDiff, FieldDiff, ParameterDiff, Redline, Side, Status
from csdocs.compare.sequence import spans
from csdocs.compare.signal import letters
from csdocs.compare.tree_words import COLLECTIONS, key_words
from csdocs.compare.words import RunKind, diff_words, tokens, whole
from csdocs.model.document import EVIDENCE_WORDS, INTERPOLATION, ControlBlock, Document, Obligation, Parameter
from csdocs.model.spelling import NONE
from csdocs.model.text import SEMICOLON, SPACE, Text, same

_KEYS = ("title", "summary", "owner", "effective", "review_every", "profile", "supersedes", "withdrawn")
_OBLIGATION = Text("{what}：第{clause}条，{form}", "{what}: clause {clause}, {form}")
_EVIDENCE = Text("第{clause}条以何为证", "clause {clause} is proved by")

_OBLIGATION_KEYS = {
    "every": Text("周期", "every"),
    "per": Text("对象", "per"),
    "on": Text("适用日", "on days"),
    "counts": Text("计入", "counts"),
    "since": Text("起始", "since"),
    "due": Text("宽限", "due within"),
}


def compare_documents(
    before: Document | None,
    after: Document | None,
    kind: ComputedKind,
    *,
    between: Sequence[Document] = (),
    printed: Mapping[str, str] | None = None,
) -> Redline:
    """`between`: the revisions in the middle, oldest first. `printed`: parameters of other documents."""
    named = after or before
    assert named is not None
    sides = (_Side(before, printed or {}), _Side(after, printed or {}))
    steps = [document for document in (before, *between, after) if document]
    return Redline(
        named.path,
        named.id,
        named.control.title,
        _state(before),
        _state(after),
        kind,
        tuple(
            change for change in named.control.changes if before is None or change.revision > before.control.revision
        ),
        tuple(_fields(before.control, after.control)) if before and after else (),
        tuple(_parameters(sides)),
        tuple(_chapters(sides, _touched(steps, printed or {}))),
    )


class _Side:
    """One state with its parameters as printed."""

    def __init__(self, document: Document | None, printed: Mapping[str, str]) -> None:
        self.parameters = {p.id: p for p in document.control.parameters} if document else {}
        self.printed = {**printed, **{id: parameter.printed() for id, parameter in self.parameters.items()}}
        self.chapters = outline(document) if document else ()
        self.articles = articles(self.chapters)
        self.chapter_of = chapter_numbers(self.chapters)
        passages = [_passages(chapter) for chapter in self.chapters]
        self.openings = [opening for opening, *_ in passages]
        self.following = [blocks for _, *following in passages for blocks in following]


def _passages(chapter: Chapter) -> list[tuple[Block, ...]]:
    """What stands before the clauses of a chapter, and after each of them."""
    lines = (0, *(article.line for article in chapter.articles), math.inf)
    return [tuple(block for block in chapter.blocks if above < block.line < below) for above, below in pairwise(lines)]


def _state(document: Document | None) -> Side | None:
    return Side(document.control.revision, document.control.effective.isoformat()) if document else None


# clauses and chapters


def _chapters(sides: tuple[_Side, _Side], touched: Mapping[int, tuple[int, ...]]) -> Iterator[ChapterDiff]:
    old, new = sides
    pairs = pair_articles(old.articles, new.articles)
    chapter_pairs = pair_chapters(old.chapters, new.chapters)
    home = {chapter.after: index for index, chapter in enumerate(chapter_pairs) if chapter.after is not None}
    old_home = {chapter.before: index for index, chapter in enumerate(chapter_pairs) if chapter.before is not None}
    number = 0
    for index, chapter in enumerate(chapter_pairs):
        number += chapter.after is not None and new.chapters[chapter.after].level > 0
        held = [pair for pair in pairs if index == _home(pair, sides, home, old_home)]
        clauses = tuple(_clause(pair, sides, touched, index, old_home) for pair in held)
        yield _chapter(chapter, sides, number, clauses)


def _home(pair: Pair, sides: tuple[_Side, _Side], home: Mapping[int, int], old_home: Mapping[int, int]) -> int:
    """Where a clause is shown: in its chapter of the later state, or where it stood if it is gone."""
    if pair.after is not None:
        return home[sides[1].chapter_of[pair.after]]
    assert pair.before is not None
    return old_home[sides[0].chapter_of[pair.before]]


def _chapter(pair: Pair, sides: tuple[_Side, _Side], number: int, clauses: tuple[ClauseDiff, ...]) -> ChapterDiff:
    old = sides[0].chapters[pair.before] if pair.before is not None else None
    new = sides[1].chapters[pair.after] if pair.after is not None else None
    was, now = (tokens(c.title, side.printed) if c else () for c, side in zip((old, new), sides, strict=True))
    before, after = (side.openings[i] if i is not None else () for i, side in zip(pair, sides, strict=True))
    title = diff_words(was, now) if old and new else whole("insert" if new else "delete", now or was)
    status: Status = "added" if old is None else "deleted" if new is None else "same" if was == now else "changed"
    return ChapterDiff(status, number, title, tuple(_blocks(before, after, sides)), clauses)


def _clause(
    pair: Pair,
    sides: tuple[_Side, _Side],
    touched: Mapping[int, tuple[int, ...]],
    chapter: int,
    old_home: Mapping[int, int],
) -> ClauseDiff:
    old = sides[0].articles[pair.before] if pair.before is not None else None
    new = sides[1].articles[pair.after] if pair.after is not None else None
    named = new or old
    assert named is not None
    blocks = tuple(_blocks(old.blocks if old else (), new.blocks if new else (), sides))
    before, after = (side.following[i] if i is not None else () for i, side in zip(pair, sides, strict=True))
    moved = pair.before is not None and old_home[sides[0].chapter_of[pair.before]] != chapter
    old_number = old.number if old and new and old.number != new.number else None
    revisions = touched.get(named.number, ())
    status = _status(old, new, blocks, moved or old_number is not None)
    return ClauseDiff(status, named.number, old_number, blocks, revisions, tuple(_blocks(before, after, sides)))


def _status(old: Article | None, new: Article | None, blocks: Sequence[BlockDiff], moved: bool) -> Status:
    if old is None:
        return "added"
    if new is None or (letters(new.words) == "删除" != letters(old.words)):
        return "deleted"
    if any(block.status != "same" for block in blocks):
        return "changed"
    return "moved" if moved else "same"


def _blocks(before: Sequence[Block], after: Sequence[Block], sides: tuple[_Side, _Side]) -> Iterator[BlockDiff]:
    keys = [[_key(block, side) for block in blocks] for blocks, side in zip((before, after), sides, strict=True)]
    for _, i1, i2, j1, j2 in spans(*keys):
        yield from _block_run(before[i1:i2], after[j1:j2], sides)


def _key(block: Block, side: _Side) -> tuple[object, ...]:
    return block.kind, tuple(tokens(cell, side.printed) for cell in block.cells)


def _block_run(before: Sequence[Block], after: Sequence[Block], sides: tuple[_Side, _Side]) -> Iterator[BlockDiff]:
    """Blocks that stand in the same place: each with its counterpart while the kinds agree."""
    paired = 0
    for old, new in zip(before, after, strict=False):
        if (old.kind, len(old.cells)) != (new.kind, len(new.cells)):
            break
        paired += 1
        yield _changed_block(old, new, sides)
    yield from (_whole_block(block, "delete", sides[0]) for block in before[paired:])
    yield from (_whole_block(block, "insert", sides[1]) for block in after[paired:])


def _changed_block(old: Block, new: Block, sides: tuple[_Side, _Side]) -> BlockDiff:
    cells = tuple(
        diff_words(tokens(was, sides[0].printed), tokens(now, sides[1].printed))
        for was, now in zip(old.cells, new.cells, strict=True)
    )
    same = all(run.kind == "equal" for cell in cells for run in cell)
    return BlockDiff("same" if same else "changed", new.kind, _depth(new), new.marker, cells)


def _whole_block(block: Block, kind: RunKind, side: _Side) -> BlockDiff:
    cells = tuple(whole(kind, tokens(cell, side.printed)) for cell in block.cells)
    return BlockDiff("added" if kind == "insert" else "deleted", block.kind, _depth(block), block.marker, cells)


def _depth(block: Block) -> int:
    return sum(name in ("ordered", "bullet", "quote") for name in block.within)


def _touched(steps: Sequence[Document], printed: Mapping[str, str]) -> dict[int, tuple[int, ...]]:
    """For each clause the revisions that changed what it prints."""
    found: dict[int, tuple[int, ...]] = {}
    for old, new in pairwise(steps):
        was, now = _printed_clauses(old, printed), _printed_clauses(new, printed)
        for number in sorted(was.keys() | now.keys()):
            if was.get(number) != now.get(number):
                found[number] = (*found.get(number, ()), new.control.revision)
    return found


def _printed_clauses(document: Document, printed: Mapping[str, str]) -> dict[int, str]:
    values = _Side(document, printed).printed
    return {c.number: INTERPOLATION.sub(lambda f: values.get(f[1], f[0]), c.text) for c in document.clauses}


# control block and parameters


def _fields(before: ControlBlock, after: ControlBlock) -> Iterator[FieldDiff]:
    for key in _KEYS:
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield FieldDiff(key_words(key), _words(old), _words(new))
    was, now = ({(o.clause, o.form, o.per): o for o in control.obligations} for control in (before, after))
    for basis in sorted(was.keys() | now.keys()):
        if was.get(basis) != now.get(basis):
            label = _OBLIGATION.format(what=COLLECTIONS["obligations"], clause=basis[0], form=basis[1])
            yield FieldDiff(label, _obligation(was.get(basis)), _obligation(now.get(basis)))
    for clause in sorted(before.evidence.listed | after.evidence.listed):
        kinds = before.evidence.kind(clause), after.evidence.kind(clause)
        if kinds[0] != kinds[1]:
            yield FieldDiff(_EVIDENCE.format(clause=clause), *(EVIDENCE_WORDS[kind] for kind in kinds))


def _words(value: Any) -> Text:
    if value is None:
        return NONE
    return value if isinstance(value, Text) else same(str(value))


def _obligation(obligation: Obligation | None) -> Text:
    if obligation is None:
        return NONE
    return SEMICOLON.join(SPACE.join((words, str(getattr(obligation, key)))) for key, words in _OBLIGATION_KEYS.items())


def _parameters(sides: tuple[_Side, _Side]) -> Iterator[ParameterDiff]:
    old, new = sides[0].parameters, sides[1].parameters
    for id in dict.fromkeys((*new, *old)):
        was, now = (_value(parameters[id]) if id in parameters else None for parameters in (old, new))
        if was != now:
            status: Status = "added" if was is None else "deleted" if now is None else "changed"
            yield ParameterDiff(status, id, (new.get(id) or old[id]).label, was, now)


def _value(parameter: Parameter) -> Text:
    """With its unit."""
    value, unit = parameter.shown(), parameter.unit
    return value if unit is None else SPACE.join((value, unit))
