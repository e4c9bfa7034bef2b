"""Two states of a file as people compare them: a regulation clause by clause, a form key by key, anything else line by line."""

from collections.abc import Iterator, Mapping, Sequence

from csdocs.compare.form_redline import compare_forms
from csdocs.compare.kind import computed_kind
from csdocs.compare.reason import ComputedKind
from csdocs.compare.redline import compare_documents
from csdocs.compare.result import Redline
from csdocs.compare.sequence import spans
from csdocs.compare.words import Run, RunKind
from csdocs.model.text import same
from csdocs.parse.document import parse_document
from csdocs.parse.yamltext import parse_yaml


def compare_files(path: str, states: Sequence[bytes | None], printed: Mapping[str, str] | None = None) -> Redline:
    """The first and the last of `states`; those between tell which revision touched what.

    `printed`: parameters of other documents, as the print shows them.
    """
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


def compare_lines(path: str, before: bytes, after: bytes, kind: ComputedKind) -> Redline:
    lines = tuple(_line_runs(*(data.decode("utf-8", "replace").splitlines() for data in (before, after))))
    return Redline(path, path, same(path), None, None, kind, lines=lines)


def _line_runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for is_equal, i1, i2, j1, j2 in spans(before, after):
        yield from _marked("equal" if is_equal else "delete", before[i1:i2])
        if not is_equal:
            yield from _marked("insert", after[j1:j2])


def _marked(kind: RunKind, lines: Sequence[str]) -> Iterator[Run]:
    return (Run(kind, line) for line in lines)
