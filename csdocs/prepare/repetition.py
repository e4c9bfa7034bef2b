"""Whether what somebody is about to enter is there already: a sheet that is taken twice would make each record twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from csdocs.load.workspace import Workspace
from csdocs.model.record import Record
from csdocs.parse.emit import emit
from csdocs.parse.record import parse_record
from csdocs.prepare.entry import Draft
from csdocs.store import disk


def entered_before(workspace: Workspace, drafts: Sequence[Draft]) -> list[str]:
    """For each draft the number of a record that says all of it, "" if none does.

    Looked for where the draft goes and in the month before: by then a record may say more, but nothing else.
    """
    entered = [draft.case.record.data for draft in drafts]
    there = list(_records(workspace, drafts))
    known = {fields: _by_value(there, fields) for fields in {frozenset(data) for data in entered if data}}
    return [known[frozenset(data)].get(_value(data, data), "") if data else "" for data in entered]


def _records(workspace: Workspace, drafts: Iterable[Draft]) -> Iterator[Record]:
    for month in sorted({month for draft in drafts for month in _months(draft.case.path)}):
        for path in filter(disk.is_record, workspace.source.files_below(month)):
            record = parse_record(path, workspace.read(path)).record
            if record is not None and all(signature.decision != "void" for signature in record.signatures):
                yield record


def _months(path: str) -> tuple[str, str]:
    """The folder of the month, and that of the month before."""
    top, form, year, month, *_ = path.split("/")
    before = f"{int(year) - 1:04d}/12" if month == "01" else f"{year}/{int(month) - 1:02d}"
    return f"{top}/{form}/{year}/{month}", f"{top}/{form}/{before}"


def _by_value(records: Iterable[Record], fields: frozenset[str]) -> dict[str, str]:
    """Numbers by what the records say in these fields, of those that say something in all of them."""
    return {_value(record.data, fields): record.id for record in records if record.data.keys() >= fields}


def _value(data: Mapping[str, Any], fields: Iterable[str]) -> str:
    return emit({field: data[field] for field in sorted(fields)})
