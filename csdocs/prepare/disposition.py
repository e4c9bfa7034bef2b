"""`csdocs dispose`: what may go at the end of its retention, and its going."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from csdocs.load.record.case import RecordCase
from csdocs.load.record.disposal import NO_DISPOSITION, closing_day, disposition, listed, unripe
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.place import ATTACHMENTS, STUB
from csdocs.model.text import Text
from csdocs.parse.emit import emit
from csdocs.parse.fields import set_fields
from csdocs.prepare.entry import Entry

_NO_FORM = Text(
    "没有表单写明 disposes；请增加一张处置记录的表单，写法见 csdocs explain form-language 第 2 节",
    "no form states what it disposes of: add one, as section 2 of csdocs explain form-language says",
)
_DISPOSING = Text(
    "先填写 {forms}，再用 --add 列入记录，签署到结案",
    "enter {forms}, list what goes with --add, and have it signed to its end",
)
_OPEN = Text("csdocs why {id} 说明还缺什么、由谁签", "csdocs why {id} says what it lacks and who signs")


_DUE = Text("csdocs dispose 列出期满的记录", "csdocs dispose lists the records whose retention is over")


class Disposable(NamedTuple):
    """A record with its amendments, oldest first."""

    id: str
    cases: tuple[RecordCase, ...]

    @property
    def latest(self) -> RecordCase:
        return self.cases[-1]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.latest.data).hexdigest()


class Removal(NamedTuple):
    """What goes and what is written in its place."""

    files: tuple[str, ...]
    attachments: str
    stub: Entry


def ripe(workspace: Workspace, ids: Sequence[str] = ()) -> Iterator[Disposable]:
    """Records whose retention is over today, in the order of their paths; of `ids` alone, if any are given."""
    for record in _records(workspace, set(ids)):
        trouble = _trouble(record, workspace)
        if trouble is None:
            yield record
        elif ids:
            raise CsdocsError(Text("{id}：{why}", "{id}: {why}").format(id=record.id, why=trouble), _DUE)


def _records(workspace: Workspace, ids: set[str]) -> Iterator[Disposable]:
    found: dict[str, list[RecordCase]] = {}
    for path in workspace.record_paths():
        case = RecordCase(workspace, path, workspace.read(path), signatures=False)
        if case.parsed.record is not None and (not ids or case.record.id in ids):
            found.setdefault(case.record.id, []).append(case)
    if missing := ids - found.keys():
        raise CsdocsError(Text("没有记录 {id}", "there is no record {id}").format(id=", ".join(sorted(missing))), _DUE)
    for id, cases in found.items():
        yield Disposable(id, tuple(sorted(cases, key=lambda case: case.record.amendment)))


def _trouble(record: Disposable, workspace: Workspace) -> Text | None:
    reasons = (unripe(case, workspace.today) for case in record.cases)
    return next((reason for reason in reasons if reason is not None), None)


def listing(case: RecordCase, records: Sequence[Disposable]) -> Entry:
    """The draft of a disposition with these records on its list; those that stand there already stay once."""
    assert case.form is not None
    table = case.form.disposes
    if table is None:
        raise CsdocsError(NO_DISPOSITION.format(form=case.form.id), _how_to_dispose(case.workspace))
    if case.record.signatures:
        raise CsdocsError(
            Text("{id} 已有签名，清单不能再改", "{id} is signed: its list is closed").format(id=case.record.id),
            Text("其余的记录另填一份处置记录", "enter another disposition for the other records"),
        )
    known = case.record.data.get(table, [])
    new = [{"number": record.id, "sha256": record.sha256} for record in records]
    rows = [*known, *(row for row in new if row not in known)]
    return Entry(case.path, set_fields(case.data, {table: rows}, [*case.form.fields]), case.data)


def _how_to_dispose(workspace: Workspace) -> Text:
    forms = sorted(form.id for form in workspace.forms_in_use.values() if form.disposes)
    return _DISPOSING.format(forms=" / ".join(forms)) if forms else _NO_FORM


def removals(workspace: Workspace, path: str) -> list[Removal]:
    """What a closed disposition has still to remove; an error, and nothing, if any of it may not go."""
    found = disposition(workspace, path)
    if isinstance(found, Text):
        case = RecordCase(workspace, path, workspace.read(path))
        disposes = case.form is not None and case.form.disposes is not None
        raise CsdocsError(found, _OPEN.format(id=case.record.name) if disposes else _how_to_dispose(workspace))
    digests = {str(row.get("number")): str(row.get("sha256")) for row in listed(found)}
    waiting = digests.keys() - {stub.record for stub in workspace.stubs.values() if stub}
    begun = _begun(workspace, found, digests)
    fresh = [_removal(record, digests[record.id], found) for record in _records(workspace, waiting)] if waiting else []
    return [*begun, *fresh]


def _begun(workspace: Workspace, found: RecordCase, digests: Mapping[str, str]) -> list[Removal]:
    """What is there still although its stub is: whoever removed it was interrupted."""
    out: list[Removal] = []
    for path, stub in workspace.stubs.items():
        if stub is None or stub.disposition != found.path or stub.latest.sha256 != digests.get(stub.record):
            continue
        folder, data = path.rpartition("/")[0], workspace.read(path)
        attachments = f"{folder}/{stub.record}{ATTACHMENTS}"
        left = {f"{folder}/{each.file}": each.sha256 for each in stub.files}
        here = tuple(each for each in left if workspace.source.holds(each))
        if any(hashlib.sha256(workspace.read(each)).hexdigest() != left[each] for each in here):
            raise _otherwise(stub.record)
        if here or workspace.source.holds(attachments):
            out.append(Removal(here, attachments, Entry(path, data, data)))
    return out


def _otherwise(id: str) -> CsdocsError:
    return CsdocsError(
        Text("{id} 已不是清单上的内容", "{id} is not what the list names").format(id=id),
        Text("没有移除任何文件", "nothing was removed"),
    )


def _removal(record: Disposable, sha256: str, found: RecordCase) -> Removal:
    if record.sha256 != sha256:
        raise _otherwise(record.id)
    for case in record.cases:
        reason = unripe(case, closing_day(found))
        if reason is not None:
            raise CsdocsError(Text("{id}：{why}", "{id}: {why}").format(id=record.id, why=reason), _DUE)
    stub = {
        "record": record.id,
        "form": record.latest.record.form,
        "files": [
            {"file": case.path.rpartition("/")[2], "sha256": hashlib.sha256(case.data).hexdigest()}
            for case in record.cases
        ],
        "disposition": found.path,
    }
    entry = Entry(f"{record.latest.directory}/{record.id}{STUB}", emit(stub).encode(), None)
    return Removal(tuple(case.path for case in record.cases), record.latest.attachment_folder, entry)
