"""The manual as it was at every step of history: its printed code is made from the documents and forms it holds."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from csdocs.load.approval.ledger import read_control
from csdocs.load.rulebook.contents import manual_contents
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
    """Oldest first, the tree last; states in which nothing of the manual changed are left out."""
    concerned = (CONFIG, MANUAL, *DOCUMENTS, FORMS)
    commits = list(history.first_parent_log(workspace.root, workspace.source.tip, *concerned))
    blobs = dict(history.read_blobs(workspace.root, (c.oid for commit in commits for c in commit.changes if c.oid)))
    files: dict[str, bytes] = {}
    found: list[ManualState] = []
    for commit in commits:
        for change in commit.changes:
            files.pop(change.path, None)
            if change.oid in blobs:
                files[change.path] = blobs[change.oid]
        _note(found, _state(files, commit.time))
    _note(found, _state(workspace.files, None))
    return found


def _note(found: list[ManualState], state: ManualState) -> None:
    if state.contents and (not found or found[-1].sha256 != state.sha256):
        found.append(state)


def _state(files: Mapping[str, bytes], known: int | None) -> ManualState:
    contents = manual_contents(files)
    return ManualState({id: Included(path, files[path]) for id, path in contents.items()}, known)
