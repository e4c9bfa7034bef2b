"""What came of one record file, and how it is kept: as a verdict, and as a line of the tables."""

import datetime as dt
import json
import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from csdocs.load.holdings.tree import Summary, facts_of
from csdocs.load.index.outcome import finding_of, utc
from csdocs.load.index.plain import dumped
from csdocs.load.index.plain import loaded as plain_loaded
from csdocs.load.record.asking import Answer, Waiting
from csdocs.load.record.basis import Basis, Grounds
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.field import ChoiceField, Field, RowsField
from csdocs.model.finding import Finding
from csdocs.model.person import Staff
from csdocs.store import disk
from csdocs.store.error import Nonsense
from csdocs.store.folding import PART
from csdocs.store.kept import Asked, KeptVerdict, KeptYardstick
from csdocs.store.lines import Line, Rows, Wanted

NO_ROWS: Rows = {}


class Judged(NamedTuple):
    """`findings` is None where they wait for answers (`waiting`). `lasts`: when time alone may change them.

    `path` is that of the record file. `rows`: for the tables, none of a file that cannot be put before its form. `verdict`: as it is kept.
    `answers`: those that were made use of.
    """

    path: str
    findings: list[Finding] | None
    lasts: dt.datetime | None = None
    rows: Rows = NO_ROWS
    verdict: KeptVerdict | None = None
    waiting: Waiting | None = None
    answers: Sequence[Answer] = ()

    def __reduce__(self) -> tuple[Callable[..., "Judged"], tuple[Any, ...]]:
        """Rows are most of it, and `marshal` writes and reads them in a fraction of the time."""
        path, findings, lasts, rows, *others = self
        return _received, (path, findings, lasts, _written(rows), *others)


def _received(
    path: str, findings: list[Finding] | None, lasts: dt.datetime | None, rows: bytes, *others: Any
) -> Judged:
    return Judged(path, findings, lasts, marshal.loads(rows), *others)  # noqa: S302  # what this very run has written


def _written(rows: Rows) -> bytes:
    """The same bytes for the same rows."""
    return marshal.dumps(dict(rows), _WITHOUT_REFERENCES)


_WITHOUT_REFERENCES = 2


def verdict_of(
    case: RecordCase,
    findings: list[Finding] | None,
    basis: Basis | None,
    lasts: dt.datetime | None,
    rows: Rows,
    grounds: Grounds,
    asked: Sequence[Answer],
) -> KeptVerdict:
    """Without a basis nothing of it is to be believed later. With `asked` it holds if the same questions still have these answers."""
    return KeptVerdict(
        case.path,
        case.fingerprint,
        mark_of(rows),
        utc(basis.since) if basis else None,
        utc(basis.until) if basis and basis.until else None,
        utc(lasts) if lasts else None,
        dumped(findings) if findings else None,
        [KeptYardstick(y.form, y.revision, y.when, grounds.of(y)) for y in basis.yardsticks] if basis else (),
        [(file, disk.fingerprint_of(case.workspace.root, file)) for file in basis.files] if basis else (),
        tuple(map(asked_as, asked)),
    )


def asked_as(answer: Answer) -> Asked:
    failure = json.dumps(answer.failure) if answer.failure else None
    return Asked(*answer.question, json.dumps(answer.value), failure)


def loaded(bodies: Iterable[bytes]) -> list[Finding]:
    """Findings of many files at once; Nonsense for what this program has not written."""
    try:
        parsed = plain_loaded(b"[" + b",".join(body or b"?" for body in bodies) + b"]")  # at once, which is quicker
        return [finding_of(each) for body in parsed for each in body[:]]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Nonsense(str(error)) from None


def mark_of(rows: Rows) -> bytes:
    """The same for rows that say the same; b"" for none."""
    return blake2b(_written(rows), digest_size=16).digest() if rows else b""


def line_of(workspace: Workspace, summary: Summary, wanted: Wanted | None = None) -> Line:
    """`wanted`: values that are asked for, and no words are; None: all, and words to search."""
    form = workspace.forms.get(summary.form)
    if wanted is not None:
        own = form if summary.form in wanted else None
        return Line(facts_of(summary), own, summary.values, names=wanted.get(summary.form))
    words = _parts(form.fields.values(), summary.values) if form else ()
    return Line(facts_of(summary), form, summary.values, [("", summary.name), *words])


def _parts(fields: Iterable[Field], values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Words that somebody wrote or chose; figures and days are what `csdocs sql` is for."""
    for field in fields:
        value = values.get(field.id)
        if type(value) not in _WORDED:
            continue
        place = above + field.id
        if isinstance(field, RowsField):
            for row in value or ():
                yield from _parts(field.fields, row, f"{place}.")
        else:
            for words in _words(field, value):
                yield place, words


_WORDED = frozenset({str, list, dict, Staff})


def plain(words: str) -> str:
    return words.replace(PART, " ")


def _words(field: Field, value: Any) -> Sequence[str]:
    match value:
        case str() if isinstance(field, ChoiceField):
            return plain(value), *(words for each in field.options if each.code == value for words in each.label)
        case str():
            return (plain(value),)
        case Staff():
            return (value.id,)
        case list():
            return [words for each in value for words in _words(field, each)]
        case dict():
            return (str(value.get("name", "")),)
    return ()
