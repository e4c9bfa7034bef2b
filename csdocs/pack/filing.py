"""The records of the period: all of them are counted, the drawn ones go in."""

from collections.abc import Iterator
from typing import NamedTuple

from csdocs.load.record.case import RecordCase
from csdocs.model.error import CsdocsError
from csdocs.model.record import RECORD_NAMESPACE
from csdocs.pack.scope import File, Filed, Scope, SignedStatement, drawn
from csdocs.press import Press


class Filing(NamedTuple):
    """`unreadable` are paths of files below `records/` that cannot be put before a form."""

    records: tuple[Filed, ...]
    unreadable: tuple[str, ...]


def filing(press: Press, scope: Scope, forms: frozenset[str]) -> Filing:
    cases: list[RecordCase] = []
    unreadable: list[str] = []
    for path in press.workspace.record_paths():
        try:
            case = press.case(path)
        except CsdocsError:
            unreadable.append(path)
            continue
        if case.form is not None and case.form.id in forms and scope.has(case.day):
            cases.append(case)
    cases.sort(key=lambda case: case.record.name)
    names = drawn((case.record.name for case in cases), scope)
    return Filing(tuple(_filed(case, case.record.name in names) for case in cases), tuple(unreadable))


def _filed(case: RecordCase, is_drawn: bool) -> Filed:
    assert case.form is not None
    state = case.progress.state
    words = case.form.state_labels[state]
    return Filed(case, case.record.name, case.form.id, case.day, state, words, tuple(_breaches(case)), is_drawn)


def _breaches(case: RecordCase) -> Iterator[str]:
    for verdict in case.rule_verdicts:
        if verdict.rule.breaks:
            yield verdict.rule.breaks
    for missed in case.deadlines:
        if missed.missed and missed.deadline.breaks:
            yield missed.deadline.breaks


def record_files(press: Press, filed: Filed) -> Iterator[File]:
    """The file, its attachments, and for every signature that counts what was signed."""
    case, folder = filed.case, filed.folder
    yield File(f"{folder}/{filed.name}.yaml", case.data)
    for name in dict.fromkeys(str(value["name"]) for _, _, value in case.attachments):
        path = f"{case.attachment_folder}/{name}"
        if press.workspace.source.holds(path):
            yield File(f"{folder}/files/{name}", press.workspace.read(path))
    for index, signed in _statements(filed):
        yield File(signed.statement, case.payloads[index])
        yield File(signed.signature, f"{case.record.signatures[index].signature}\n".encode())


def record_signatures(filed: Filed) -> Iterator[SignedStatement]:
    return (signed for _, signed in _statements(filed))


def _statements(filed: Filed) -> Iterator[tuple[int, SignedStatement]]:
    for index, signature in enumerate(filed.case.record.signatures):
        if filed.case.signature_problems[index] is None:
            stem = f"{filed.folder}/signature-{index + 1}-{signature.step}"
            place = (f"{stem}.json", f"{stem}.sig")
            yield index, SignedStatement(*place, signature.by, RECORD_NAMESPACE, signature.moment)


def bad_signatures(filed: Filed) -> int:
    return sum(problem is not None for problem in filed.case.signature_problems)
