"""The kind of a change to a regulation or handbook part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from csdocs.compare.outline import Article, Block, Chapter, articles, chapter_numbers, outline
from csdocs.compare.pairing import Pair, pair_articles, pair_chapters
from csdocs.compare.reason import ABOUT, Reason
from csdocs.compare.signal import letters
from csdocs.compare.tree_words import CHANGED, key_words
from csdocs.compare.wording import Remark, compare_blocks, compare_labels, compare_texts
from csdocs.model.change import ChangeKind
from csdocs.model.document import (
    EVIDENCE_WORDS,
    ClauseEvidence,
    ControlBlock,
    Document,
    EvidenceKind,
    Obligation,
    Parameter,
)
from csdocs.model.finding import Position, Route
from csdocs.model.spelling import NONE
from csdocs.model.text import COMMA, Text
from csdocs.parse.document import front_matter
from csdocs.parse.yamltext import locate

_CLAUSE = Text("第{number}条", "clause {number}")
_CHAPTER = Text("“{title}”一章", "chapter “{title}”")
_OPENING = Text("正文开头", "the opening")
_ADDED = Text("新增第{number}条", "clause {number} is new")
_DELETED = Text("删除第{number}条", "clause {number} is deleted")
_RENUMBERED = Text("原第{old}条改为第{new}条", "clause {old} became clause {new}")
_RECHAPTERED = Text("第{number}条移到另一章", "clause {number} moved to another chapter")
_STRUCTURE = Text("{place}的段落、项或表格有增减", "paragraphs, items or table rows of {place} were added or removed")
_HEADINGS = Text("章的标题、层级或顺序有改动", "headings, their levels or their order changed")


def document_reasons(before: Document, after: Document, data: bytes) -> Iterator[Reason]:
    """`data`: the bytes of the later state, to point into."""
    yield from control_reasons(before.control, after.control, data)
    old, new = outline(before), outline(after)
    lines = data.decode().split("\n")
    pairs = pair_articles(articles(old), articles(new))
    yield from _article_reasons(articles(old), articles(new), pairs, lines)
    yield from _chapter_reasons(old, new, lines)
    yield from _moved(old, new, pairs)


# clauses


def _article_reasons(
    before: Sequence[Article], after: Sequence[Article], pairs: Sequence[Pair], lines: Sequence[str]
) -> Iterator[Reason]:
    for pair in pairs:
        if pair.after is None:
            assert pair.before is not None
            line = _line_after(pair.before, before, after)
            yield Reason("major", Position(line, 1), _DELETED.format(number=before[pair.before].number))
            continue
        new = after[pair.after]
        if pair.before is None:
            yield Reason("major", Position(new.line, 1), _ADDED.format(number=new.number))
            continue
        yield from _one_article(before[pair.before], new, lines)


def _line_after(index: int, before: Sequence[Article], after: Sequence[Article]) -> int:
    number = before[index].number
    return next((article.line for article in after if article.number >= number), after[-1].line if after else 1)


def _one_article(old: Article, new: Article, lines: Sequence[str]) -> Iterator[Reason]:
    here = Position(new.line, 1)
    if old.number != new.number:
        yield Reason("major", here, _RENUMBERED.format(old=old.number, new=new.number))
    if _is_deleted(new) and not _is_deleted(old):
        yield Reason("major", here, _DELETED.format(number=new.number))
    elif _is_deleted(old) and not _is_deleted(new):
        yield Reason("major", here, _ADDED.format(number=new.number))
    else:
        yield from _block_reasons(_CLAUSE.format(number=new.number), old.blocks, new.blocks, here, lines)


def _is_deleted(article: Article) -> bool:
    return letters(article.words) == "删除"


def _block_reasons(
    place: Text, before: Sequence[Block], after: Sequence[Block], here: Position, lines: Sequence[str]
) -> Iterator[Reason]:
    if [block.place for block in before] != [block.place for block in after]:
        yield Reason("minor", here, _STRUCTURE.format(place=place))
        whole = [" ".join(block.words for block in blocks) for blocks in (before, after)]
        yield from (_reason(place, remark, here) for remark in compare_texts(*whole))
        return
    for old, new in zip(before, after, strict=True):
        for remark in compare_blocks(old, new):
            yield _reason(place, remark, _find(lines, new.line, remark.written))


def _reason(place: Text, remark: Remark, at: Position) -> Reason:
    return Reason(remark.kind, at, ABOUT.format(place=place, remark=remark.message))


def _find(lines: Sequence[str], line: int, written: str) -> Position:
    """Where a word stands in the paragraph that begins on `line`; the beginning if it is not found as written."""
    for offset, text in enumerate(lines[line - 1 : line + 3]):
        if written and written in text:
            return Position(line + offset, text.index(written) + 1)
    return Position(line, 1)


# chapters


def _chapter_reasons(before: Sequence[Chapter], after: Sequence[Chapter], lines: Sequence[str]) -> Iterator[Reason]:
    pairs = pair_chapters(before, after)
    kept = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    in_order = [pair.before for pair in kept] == sorted(pair.before for pair in kept if pair.before is not None)
    if len(kept) < len(pairs) or not in_order:
        yield Reason("minor", Position(after[0].line if after else 1, 1), _HEADINGS)
    for pair in pairs:
        yield from _one_chapter(before, after, pair, lines)


def _one_chapter(
    before: Sequence[Chapter], after: Sequence[Chapter], pair: Pair, lines: Sequence[str]
) -> Iterator[Reason]:
    old = before[pair.before] if pair.before is not None else None
    new = after[pair.after] if pair.after is not None else None
    here = Position(new.line, 1) if new else Position(1, 1)
    named = new or old
    assert named is not None
    place = _CHAPTER.format(title=named.title.words) if named.level else _OPENING
    yield from _block_reasons(place, old.blocks if old else (), new.blocks if new else (), here, lines)
    if old and new and (old.level, letters(old.title.words)) != (new.level, letters(new.title.words)):
        yield Reason("minor", here, _HEADINGS)
    elif old and new and old.title != new.title:
        yield from (_reason(place, remark, here) for remark in compare_texts(old.title.words, new.title.words))


def _moved(before: Sequence[Chapter], after: Sequence[Chapter], pairs: Sequence[Pair]) -> Iterator[Reason]:
    """Clauses that stand in another chapter than before."""
    chapters = {pair.after: pair.before for pair in pair_chapters(before, after)}
    old, new = chapter_numbers(before), chapter_numbers(after)
    for pair in pairs:
        if pair.before is None or pair.after is None or chapters[new[pair.after]] == old[pair.before]:
            continue
        article = articles(after)[pair.after]
        yield Reason("minor", Position(article.line, 1), _RECHAPTERED.format(number=article.number))


# the control block


class _Control(NamedTuple):
    data: bytes

    def reason(self, kind: ChangeKind, route: Route, message: Text) -> Reason:
        return Reason(kind, locate(front_matter(self.data), route), message)


_KEYS: Mapping[str, ChangeKind] = {
    "id": "major",
    "owner": "major",
    "withdrawn": "major",
    "effective": "editorial",
    "review_every": "minor",
    "profile": "minor",
    "supersedes": "minor",
}
_HISTORY = Text("第{revision}版的修订记录被改写", "the change entry of revision {revision} was rewritten")
_LABELS = {"title": Text("标题", "title"), "summary": Text("摘要", "summary")}
_PARAMETER = Text("参数 {id}", "parameter {id}")
_PARAMETER_ADDED = Text("新增参数 {id}", "parameter {id} is new")
_PARAMETER_REMOVED = Text("删除参数 {id}", "parameter {id} is gone")
_PARAMETER_KEY = Text(
    "参数 {id} 的{key}由“{old}”改为“{new}”", "{key} of parameter {id} changed from “{old}” to “{new}”"
)
_OBLIGATION_ADDED = Text("新增留痕要求：第{clause}条，{form}", "an obligation is new: clause {clause}, {form}")
_OBLIGATION_REMOVED = Text("取消留痕要求：第{clause}条，{form}", "an obligation is gone: clause {clause}, {form}")
_OBLIGATION_CHANGED = Text("留痕要求有改动：第{clause}条，{form}", "an obligation changed: clause {clause}, {form}")
_OBLIGATION_LOOSENED = Text("放宽留痕要求：第{clause}条，{form}", "an obligation was loosened: clause {clause}, {form}")
_EVIDENCE_CHANGED = Text(
    "第{clause}条改以{new}为证，原为{old}", "clause {clause} is now proved by {new}, before by {old}"
)


def control_reasons(before: ControlBlock, after: ControlBlock, data: bytes) -> Iterator[Reason]:
    control = _Control(data)
    for key, kind in _KEYS.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            values = {"old": NONE if old is None else old, "new": NONE if new is None else new}
            yield control.reason(kind, (key,), CHANGED.format(key=key_words(key), **values))
    for key, word in _LABELS.items():
        yield from _label_reasons(control, word, (key,), getattr(before, key), getattr(after, key))
    yield from _history_reasons(control, before, after)
    yield from _parameter_reasons(control, before.parameters, after.parameters)
    yield from _obligation_reasons(control, before.obligations, after.obligations)
    yield from _evidence_reasons(control, before.evidence, after.evidence)


def _label_reasons(
    control: _Control, place: Text, route: Route, before: Text | None, after: Text | None
) -> Iterator[Reason]:
    for old, new in zip(before or ("", ""), after or ("", ""), strict=True):
        for remark in compare_labels(old, new):
            yield _reason(place, remark, locate(front_matter(control.data), route))


def _history_reasons(control: _Control, before: ControlBlock, after: ControlBlock) -> Iterator[Reason]:
    now = {change.revision: change for change in after.changes}
    for change in before.changes:
        if now.get(change.revision) != change:
            yield control.reason("minor", ("changes",), _HISTORY.format(revision=change.revision))


def _parameter_reasons(control: _Control, before: Sequence[Parameter], after: Sequence[Parameter]) -> Iterator[Reason]:
    old, new = ({p.id: p for p in parameters} for parameters in (before, after))
    for id in old.keys() - new.keys():
        yield control.reason("major", ("parameters",), _PARAMETER_REMOVED.format(id=id))
    for index, parameter in enumerate(after):
        route: Route = ("parameters", index)
        if parameter.id not in old:
            yield control.reason("minor", route, _PARAMETER_ADDED.format(id=parameter.id))
        else:
            yield from _one_parameter(control, route, old[parameter.id], parameter)


def _one_parameter(control: _Control, route: Route, old: Parameter, new: Parameter) -> Iterator[Reason]:
    for key in ("value", "kind", "unit"):
        if getattr(old, key) != getattr(new, key):
            values = {"old": _shown(getattr(old, key)), "new": _shown(getattr(new, key))}
            yield control.reason("major", (*route, key), _PARAMETER_KEY.format(id=new.id, key=key_words(key), **values))
    if old.options != new.options:
        values = {"old": _options(old), "new": _options(new)}
        grave = _options(old) != _options(new)
        words = _PARAMETER_KEY.format(id=new.id, key=key_words("options"), **values)
        yield control.reason("major" if grave else "minor", (*route, "options"), words)
    if old.note != new.note:
        words = _PARAMETER_KEY.format(id=new.id, key=key_words("note"), old=old.note or NONE, new=new.note or NONE)
        yield control.reason("minor", (*route, "note"), words)
    yield from _label_reasons(control, _PARAMETER.format(id=new.id), (*route, "label"), old.label, new.label)


def _shown(value: object) -> object:
    if value is None:
        return NONE
    return COMMA.join(map(str, value)) if isinstance(value, list) else value


def _options(parameter: Parameter) -> Text:
    return COMMA.join(option.code for option in parameter.options)


_PERIODS = ("shift", "day", "week", "month", "quarter", "year")


def _obligation_reasons(
    control: _Control, before: Sequence[Obligation], after: Sequence[Obligation]
) -> Iterator[Reason]:
    old, new = ({(o.clause, o.form, o.per): o for o in obligations} for obligations in (before, after))
    for key in sorted(old.keys() - new.keys()):
        yield control.reason("major", ("obligations",), _OBLIGATION_REMOVED.format(clause=key[0], form=key[1]))
    for index, obligation in enumerate(after):
        known = old.get((obligation.clause, obligation.form, obligation.per))
        if known != obligation:
            kind, words = _obligation_change(known, obligation)
            filled = words.format(clause=obligation.clause, form=obligation.form)
            yield control.reason(kind, ("obligations", index), filled)


def _obligation_change(before: Obligation | None, after: Obligation) -> tuple[ChangeKind, Text]:
    if before is None:
        return "major", _OBLIGATION_ADDED
    return ("major", _OBLIGATION_LOOSENED) if _is_loosened(before, after) else ("minor", _OBLIGATION_CHANGED)


def _is_loosened(before: Obligation, after: Obligation) -> bool:
    return (
        _PERIODS.index(after.every) > _PERIODS.index(before.every)
        or (before.on, after.on) == ("all", "working")
        or (before.counts, after.counts) == ("closed", "exists")
        or after.since > before.since
        or after.due != before.due
    )


_KINDS_OF_EVIDENCE: Sequence[EvidenceKind] = ("records", "inspection", "acknowledgement")  # the stronger first


def _evidence_reasons(control: _Control, before: ClauseEvidence, after: ClauseEvidence) -> Iterator[Reason]:
    """A duty that need no longer leave a record is a smaller duty."""
    for clause in sorted(before.listed | after.listed):
        old, new = before.kind(clause), after.kind(clause)
        if old != new:
            values = {"clause": clause, "old": EVIDENCE_WORDS[old], "new": EVIDENCE_WORDS[new]}
            weaker = _KINDS_OF_EVIDENCE.index(new) > _KINDS_OF_EVIDENCE.index(old)
            yield control.reason("major" if weaker else "minor", ("evidence",), _EVIDENCE_CHANGED.format(**values))
