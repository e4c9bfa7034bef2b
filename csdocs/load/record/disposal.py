"""Whether records were disposed of by the rules: a closed disposition lists them, and their retention was over."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.disposal import Stub
from csdocs.model.error import CsdocsError
from csdocs.model.form import CLOSED
from csdocs.model.place import STUB
from csdocs.model.text import Text

NO_DISPOSITION = Text("{form} 不是处置记录的表单", "{form} is no form that disposes of records")


def disposition(workspace: Workspace, path: str) -> RecordCase | Text:
    """The record that disposes, or why it does not."""
    try:
        data = workspace.read(path)
    except CsdocsError:
        return Text("没有处置记录 {path}", "there is no disposition record {path}").format(path=path)
    case = RecordCase(workspace, path, data)
    if case.parsed.record is None or case.form is None:
        return Text("处置记录 {path} 无法读取", "the disposition record {path} cannot be read").format(path=path)
    if case.form.disposes is None:
        return NO_DISPOSITION.format(form=case.form.id)
    if case.progress.state != CLOSED:
        return Text("处置记录 {path} 尚未结案", "the disposition record {path} is not closed").format(path=path)
    return case


def listed(case: RecordCase) -> Iterator[Mapping[str, Any]]:
    """Lines of a disposition that name records."""
    assert case.form is not None
    yield from case.typed.values.get(case.form.disposes or "", ())


def ungrounded(workspace: Workspace, path: str, stub: Stub) -> Text | None:
    """Why a stub does not rest on a closed disposition; None if it does."""
    if path.rpartition("/")[2] != f"{stub.record}{STUB}":
        return Text("文件名与编号 {id} 不符", "the file name does not fit {id}").format(id=stub.record)
    left = _left_out(workspace, path, stub)
    if left is not None:
        return Text("没有列出 {file}", "{file} is not listed").format(file=left)
    found = disposition(workspace, stub.disposition)
    if isinstance(found, Text):
        return found
    if not any((row.get("number"), row.get("sha256")) == (stub.record, stub.latest.sha256) for row in listed(found)):
        values = {"path": stub.disposition, "id": stub.record}
        return Text("{path} 没有列出 {id} 的这一内容", "{path} does not list {id} with this content").format(**values)
    return None


def _left_out(workspace: Workspace, path: str, stub: Stub) -> str | None:
    """A record goes with all its amendments: whichever stayed would be the one that counts."""
    names = [f"{stub.record}.yaml", *(f"{stub.record}.a{number}.yaml" for number in range(1, len(stub.files) + 1))]
    *expected, following = names
    for name, listed_file in zip(expected, stub.files, strict=True):
        if listed_file.file != name:
            return name
    return following if workspace.source.holds(f"{path.rpartition('/')[0]}/{following}") else None


def unripe(case: RecordCase, on: dt.date) -> Text | None:
    """Why a record may not be disposed of on a day; None if it may."""
    if case.form is None:
        return Text("找不到其表单，无法确定保存期限", "its form cannot be found, nor how long it is kept")
    if not case.is_final:
        return Text("记录尚未结案", "the record is not closed")
    if case.form.retention.then != "destroy" or case.retain_until is None:
        return Text("该表单的记录不得销毁", "records of its form are not to be destroyed")
    if case.retain_until >= on:
        return Text("须保存到 {day}", "it is to be kept until {day}").format(day=case.retain_until.isoformat())
    return None


def removal_trouble(workspace: Workspace, path: str, data: bytes, stub: Stub) -> Text | None:
    """Why a file was not removed by the rules. `data`: what it held."""
    folder, _, name = path.rpartition("/")
    listed_files = {each.file: each.sha256 for each in stub.files}
    if listed_files.get(name) != hashlib.sha256(data).hexdigest():
        return Text("处置凭证没有列出该文件的这一内容", "its disposal stub does not list this content")
    trouble = ungrounded(workspace, f"{folder}/{stub.record}{STUB}", stub)
    if trouble is not None:
        return trouble
    found = disposition(workspace, stub.disposition)
    assert isinstance(found, RecordCase)  # it is grounded
    return unripe(RecordCase(workspace, path, data, signatures=False), closing_day(found))


def closing_day(disposition: RecordCase) -> dt.date:
    assert disposition.progress.entered_at is not None
    return disposition.progress.entered_at.astimezone(disposition.zone).date()
