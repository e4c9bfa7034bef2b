"""The manual as it was at every step of history: its printed code is made from the documents and forms it holds."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from csdocs.load.approval.ledger import read_control
from csdocs.load.rulebook.contents import manual_contents
from csdocs.load.rulebook.revision import ruling
from csdocs.load.workspace import Workspace
from csdocs.model.control import Control
from csdocs.model.place import CONFIG, DOCUMENTS, FORMS, MANUAL
from csdocs.store import history


class Included(NamedTuple):
    path: str
    data: bytes

    @property
    def control(self) -> Control | None:
        return read_control(self.path, self.data)


class ManualState(NamedTuple):
    """Documents and forms by id in the order of the manual; `known` is None for the tree."""

    contents: Mapping[str, Included]
    known: int | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(b"".join(included.data for included in self.contents.values())).hexdigest()


def manual_states(workspace: Workspace) -> list[ManualState]:
    """Oldest first, the tree last; states in which nothing of the manual changed are left out.

    Once the workspace was open, a revision is in it from the day on which it came into force.
    """
    concerned = (CONFIG, MANUAL, *DOCUMENTS, FORMS)
    commits = list(history.first_parent_log(workspace.root, workspace.source.tip, *concerned))
    blobs = dict(history.read_blobs(workspace.root, (c.oid for commit in commits for c in commit.changes if c.oid)))
    files: dict[str, bytes] = {}
    found: list[ManualState] = []
    ends = [*(commit.time for commit in commits[1:]), int(workspace.now.timestamp())]
    for commit, end in zip(commits, ends, strict=False):
        for change in commit.changes:
            files.pop(change.path, None)
            if change.oid in blobs:
                files[change.path] = blobs[change.oid]
        for day in _days(workspace, commit.time, end):
            _note(found, _state(_ruled(workspace, files, commit.time, day), commit.time))
    _note(found, _state(_ruled(workspace, workspace.files, None, workspace.today), None))
    return found


def _days(workspace: Workspace, start: int, end: int) -> list[dt.date]:
    """The first day of a step, and those before the next one on which something came into force."""
    first, last = (history.moment(time, workspace.settings.zone).date() for time in (start, end))
    coming = {each.effective for all in workspace.revisions.values() for each in all}
    return sorted({first, *(day for day in coming if first < day <= last)})


def _ruled(workspace: Workspace, files: Mapping[str, bytes], known: int | None, day: dt.date) -> Mapping[str, bytes]:
    """What ruled on a day by what was known at a moment; None: by all that is known."""
    opened = workspace.opened
    if opened is None or (known is not None and known < opened.timestamp()):
        return files
    then = {
        path: tuple(each for each in all if known is None or (each.known or 0) <= known)
        for path, all in workspace.revisions.items()
    }
    return ruling(files, then, day)


def _note(found: list[ManualState], state: ManualState) -> None:
    if state.contents and (not found or found[-1].sha256 != state.sha256):
        found.append(state)


def _state(files: Mapping[str, bytes], known: int | None) -> ManualState:
    contents = manual_contents(files)
    return ManualState({id: Included(path, files[path]) for id, path in contents.items()}, known)
