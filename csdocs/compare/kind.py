"""Which kind a change is at least: what a change entry claims must not be less."""

from collections.abc import Iterator

from csdocs.compare.document_kind import document_reasons
from csdocs.compare.form_kind import form_reasons
from csdocs.compare.reason import ComputedKind, Reason, gravest
from csdocs.model.finding import Position, Problem
from csdocs.model.text import Text
from csdocs.parse.document import parse_document
from csdocs.parse.yamltext import Parsed, parse_yaml

_TOP = Position(1, 1)
_NEW = Text("文件为新增", "the file is new")
_GONE = Text("文件被删除", "the file is gone")
_BEFORE_UNREADABLE = Text(
    "修改前的文件无法解析，不能判断改了什么", "the earlier state cannot be read, so nothing can be said of the change"
)
_AFTER_UNREADABLE = Text("修改后的文件无法解析：{slug}", "the later state cannot be read: {slug}")
_OTHER = Text("此类文件没有“文字修改”之说", "no change to a file of this class is merely editorial")


def computed_kind(path: str, before: bytes, after: bytes) -> ComputedKind:
    """Empty bytes stand for a file that is not there."""
    if before == after:
        return gravest(())
    if not before or not after:
        return gravest([Reason("major", _TOP, _GONE if before else _NEW)])
    if path.endswith(".md"):
        return gravest(_document(path, before, after))
    if path.endswith(".yaml"):
        return gravest(_yaml(path, before, after))
    return gravest([Reason("minor", _TOP, _OTHER)])


def _document(path: str, before: bytes, after: bytes) -> Iterator[Reason]:
    old, new = parse_document(path, before), parse_document(path, after)
    if old.document is None:
        yield Reason("major", _TOP, _BEFORE_UNREADABLE)
    elif new.document is None or _troubles(new.problems):
        yield _unreadable(_troubles(new.problems) or new.problems)
    else:
        yield from document_reasons(old.document, new.document, after)


def _troubles(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What leaves open how the file is meant; a number out of order does not, the comparison says so itself."""
    return tuple(problem for problem in problems if problem.slug != "clause-numbering-broken")


def _yaml(path: str, before: bytes, after: bytes) -> Iterator[Reason]:
    old, new = parse_yaml(before), parse_yaml(after)
    if not _is_clean(old):
        yield Reason("major", _TOP, _BEFORE_UNREADABLE)
    elif not _is_clean(new):
        yield _unreadable(new.problems)
    elif path.startswith("templates/"):
        yield from form_reasons(old.tree, new.tree, after)
    elif old.tree != new.tree:
        yield Reason("minor", _TOP, _OTHER)


def _is_clean(parsed: Parsed) -> bool:
    """A key given twice leaves open which of the two counts."""
    return isinstance(parsed.tree, dict) and all(problem.slug == "empty-value" for problem in parsed.problems)


def _unreadable(problems: tuple[Problem, ...]) -> Reason:
    problem = next(iter(problems), Problem("empty-file"))
    at = problem.at if isinstance(problem.at, Position) else _TOP
    return Reason("major", at, _AFTER_UNREADABLE.format(slug=problem.slug))
