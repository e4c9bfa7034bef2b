"""Numbers of records: the next free one, and whether one is claimed twice. Knows this work tree and every fetched branch."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import count
from typing import Any

from csdocs.load.holdings.tree import GIVES_WAY, counting, summarise
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.form import Form
from csdocs.model.number import has_serial, read, spell
from csdocs.model.place import STUB, is_attachment, is_stub
from csdocs.model.record import Record
from csdocs.model.text import Text
from csdocs.parse.record import parse_record
from csdocs.store import disk, history


def taken_numbers(workspace: Workspace, form: Form) -> set[str]:
    """Numbers of a form that are in use, here and on fetched branches."""
    return {_number_of(path) for path in _paths(workspace, form)}


def next_number(form: Form, day: dt.date, data: Mapping[str, Any], taken: Set[str]) -> str:
    """One more than the highest serial that is taken; the next `.N` of a natural key."""
    pattern = form.number.pattern
    try:
        series = spell(pattern, day, data, None)
    except KeyError as missing:
        raise CsdocsError(
            Text("编号需要字段“{field}”", "the number needs the field “{field}”").format(
                field=form.fields[missing.args[0]].label
            ),
            Text("先填写该字段", "fill in that field first"),
        ) from None
    if has_serial(pattern):
        numbers = (read(pattern, id, day, data) for id in taken)
        highest = max((number.serial or 0 for number in numbers if number), default=0)
        return spell(pattern, day, data, highest + 1)
    if series not in taken:
        return series
    return next(id for n in count(2) if (id := f"{series}.{n}") not in taken)


def require_replacing(workspace: Workspace, form: Form, id: str) -> None:
    """A natural key is one record's: another takes the place of what is void or came to nothing, or was disposed of."""
    series, _, replacement = id.partition(".")
    if not replacement.isdecimal():
        return  # the first of its name, or no number at all
    before = series if replacement == "2" else f"{series}.{int(replacement) - 1}"
    here = [path for path in disk.files_below(workspace.root, _folder(form)) if not is_attachment(path)]
    paths = [path for path in here if _number_of(path) == before]
    if not any(map(is_stub, paths)) and not _is_done_with(workspace, paths):
        where = paths[0] if paths else Text("同一批或另一分支", "in this lot or on another branch")
        raise CsdocsError(
            Text("{id} 已有一份：{where}", "there is {id} already: {where}").format(id=before, where=where),
            Text(
                "续填用 csdocs fill {id}；那一份作废（csdocs void {id} --as 工号 --reason 理由）之后才能另填",
                "go on with it: csdocs fill {id}; another can be entered once it is void (csdocs void {id} --as PERSON --reason WHY)",
            ).format(id=before),
        )


def _is_done_with(workspace: Workspace, paths: Sequence[str]) -> bool:
    """Of a record and its amendments one counts; a correction that came to nothing leaves the record as it was."""
    cases = (RecordCase(workspace, path, workspace.read(path)) for path in paths)
    return any(each.state in GIVES_WAY for each in counting(filter(None, map(summarise, cases))).values())


def _number_of(path: str) -> str:
    """The id that a record, an amendment or a disposal stub takes up."""
    name = path.rpartition("/")[2]
    return name.removesuffix(STUB if is_stub(path) else ".yaml").partition(".a")[0]


def _paths(workspace: Workspace, form: Form) -> Iterator[str]:
    folder = _folder(form)
    for path in (*disk.files_below(workspace.root, folder), *history.on_branches(workspace.root, folder)):
        if not is_attachment(path):
            yield path


def is_contested(case: RecordCase) -> bool:
    """Whether another record has the number too, here or on a fetched branch. Other states of the same one do not count."""
    assert case.form is not None
    root, folder, id = case.workspace.root, _folder(case.form), case.record.id
    here = (path for path in disk.files_below(root, folder) if not is_attachment(path))
    if any(_number_of(path) == id for path in here if path != case.path):
        return True
    states = {oid for path, oids in history.on_branches(root, folder).items() if _number_of(path) == id for oid in oids}
    return any(
        _is_other(parse_record(case.path, data).record, case.record) for _, data in history.read_blobs(root, states)
    )


def _is_other(record: Record | None, mine: Record) -> bool:
    return record is None or (record.created, record.created_by, record.data) != (
        mine.created,
        mine.created_by,
        mine.data,
    )


def _folder(form: Form) -> str:
    return f"{disk.RECORDS}/{form.directory}"
