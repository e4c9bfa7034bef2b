"""What came of one record file, and how it is kept: as a verdict, and as a line of the tables."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from csdocs.load.basis import Basis, Grounds
from csdocs.load.outcome import finding_of, utc
from csdocs.load.packed import unpacked
from csdocs.load.plain import dumped
from csdocs.load.plain import loaded as plain_loaded
from csdocs.load.tree import Answer, Summary, facts_of
from csdocs.load.workspace import Workspace
from csdocs.model.field import ChoiceField, Field, RowsField
from csdocs.model.finding import Finding
from csdocs.model.form import Form
from csdocs.model.person import Staff
from csdocs.store.filling import Line
from csdocs.store.folding import PART
from csdocs.store.kept import Asked, Measured, Nonsense, Verdict

_CONTROL = str.maketrans(PART, " ")


class Judged(NamedTuple):
    """`findings` is None where they must wait for queries over all records. `fingerprint`: of the bytes that were read.

    With `asked` the findings hold if the same questions still have these answers. `lasts`: when time alone may change them.
    """

    summary: Summary | None
    findings: list[Finding] | None
    basis: Basis | None = None
    asked: tuple[Answer, ...] = ()
    lasts: dt.datetime | None = None
    fingerprint: str = ""


def verdict_of(path: str, judged: Judged, mark: bytes, grounds: Grounds, files: Mapping[str, str]) -> Verdict:
    """`files`: fingerprints of what else was looked at. Without a basis nothing of it is to be believed later."""
    basis = judged.basis if judged.findings is not None else None
    return Verdict(
        path,
        judged.fingerprint,
        mark,
        utc(basis.since) if basis else None,
        utc(basis.until) if basis and basis.until else None,
        utc(judged.lasts) if judged.lasts else None,
        dumped(judged.findings) if judged.findings else None,
        [Measured(y.form, y.revision, y.day.isoformat(), grounds.of(y)) for y in basis.yardsticks] if basis else (),
        tuple(files.items()),
        tuple(map(_asked, judged.asked)),
    )


def _asked(answer: Answer) -> Asked:
    failure = json.dumps(answer.failure) if answer.failure else None
    return Asked(answer.name, json.dumps(answer.bound), json.dumps(answer.value), failure)


def loaded(bodies: Iterable[bytes]) -> list[Finding]:
    """Findings of many files at once; Nonsense for what this program has not written."""
    try:
        parsed = plain_loaded(b"[" + b",".join(body or b"?" for body in bodies) + b"]")  # at once, which is quicker
        return [finding_of(each) for body in parsed for each in body[:]]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Nonsense(str(error)) from None


def mark_of(line: Line) -> bytes:
    """The same for lines that say the same."""
    return blake2b(repr(line).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def line_of(workspace: Workspace, summary: Summary, counts: bool) -> Line:
    """`counts`: whether it is the file that stands for its number."""
    form, values = workspace.forms.get(summary.form), unpacked(summary.values)
    return Line(facts_of(summary, counts), values, [("", summary.name), *(_parts(form, values) if form else ())])


def _parts(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Words that somebody wrote or chose; figures and days are what `csdocs sql` is for."""
    for field in form.fields.values():
        value = values.get(field.id)
        if isinstance(field, RowsField):
            for row in value or ():
                for inner in field.fields:
                    yield from ((f"{field.id}.{inner.id}", words) for words in _words(inner, row.get(inner.id)))
        else:
            yield from ((field.id, words) for words in _words(field, value))


def plain(words: str) -> str:
    return words.translate(_CONTROL)


def _words(field: Field, value: Any) -> Iterator[str]:
    match value:
        case str():
            yield plain(value)
            if isinstance(field, ChoiceField):
                yield from (words for option in field.options if option.code == value for words in option.label)
        case Staff():
            yield value.id
        case list():
            for each in value:
                yield from _words(field, each)
        case dict():
            yield str(value.get("name", ""))
