"""Two states of a file as people compare them: a regulation clause by clause, a form key by key, anything else line by line."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from csdocs.compare.kind import computed_kind
from csdocs.compare.outline import BlockKind
from csdocs.compare.reason import ChangeKind
from csdocs.compare.words import Run, RunKind
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
    """`old_number` where it is another; `revisions` are those between the two states that touched the clause."""

    status: Status
    number: int
    old_number: int | None
    blocks: tuple[BlockDiff, ...]
    revisions: tuple[int, ...] = ()


class ChapterDiff(NamedTuple):
    """`title` is empty for what stands before the first heading; `number` counts the chapters of the later state."""

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


class State(NamedTuple):
    """One of the two sides."""

    revision: int
    effective: str = ""


class Redline(NamedTuple):
    """What changed. `chapters` for a document, `fields` for control block or form, `lines` for any other text."""

    path: str
    id: str
    title: Text
    before: State | None
    after: State | None
    kind: ChangeKind
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


def has_changes(chapter: ChapterDiff) -> bool:
    return any(part.status != "same" for part in (*chapter.blocks, *chapter.clauses))


def compare_files(path: str, states: Sequence[bytes | None], printed: Mapping[str, str] | None = None) -> Redline:
    """The first and the last of `states`; those between tell which revision touched what.

    `printed`: parameters of other documents, as the print shows them.
    """
    from csdocs.compare.document_redline import compare_documents
    from csdocs.compare.form_redline import compare_forms
    from csdocs.parse.document import parse_document
    from csdocs.parse.yamltext import parse_yaml

    before, after = states[0], states[-1]
    kind = computed_kind(path, before or b"", after or b"")
    if path.endswith(".md"):
        documents = [parse_document(path, data).document if data else None for data in states]
        if _readable(documents[0], before) and _readable(documents[-1], after):
            between = [document for document in documents[1:-1] if document]
            return compare_documents(documents[0], documents[-1], kind, between=between, printed=printed or {})
    elif path.startswith("templates/") and path.endswith(".yaml"):
        old, new = (parse_yaml(data).tree if data else None for data in (before, after))
        if _readable(old, before) and _readable(new, after):
            return compare_forms(path, old, new, kind)
    return compare_lines(path, before or b"", after or b"", kind)


def _readable(value: object, data: bytes | None) -> bool:
    return value is not None or not data


def compare_lines(path: str, before: bytes, after: bytes, kind: ChangeKind) -> Redline:
    lines = tuple(_line_runs(*(data.decode("utf-8", "replace").splitlines() for data in (before, after))))
    return Redline(path, path, Text(path, path), None, None, kind, lines=lines)


def _line_runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if before[i1:i2] == after[j1:j2]:
            yield from _marked("equal", before[i1:i2])
        else:
            yield from _marked("delete", before[i1:i2])
            yield from _marked("insert", after[j1:j2])


def _marked(kind: RunKind, lines: Sequence[str]) -> Iterator[Run]:
    return (Run(kind, line) for line in lines)
