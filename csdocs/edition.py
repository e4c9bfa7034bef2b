"""The manual as it was at every step of history: its printed code is made from the documents it holds."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from csdocs.load.workspace import DOCUMENTS, Workspace
from csdocs.model.control import Control
from csdocs.model.workspace import MANUAL, Manual
from csdocs.parse.document import parse_document
from csdocs.parse.shape import read_shape
from csdocs.store import git


class Included(NamedTuple):
    control: Control
    data: bytes


class ManualState(NamedTuple):
    """Documents by id in the order of the manual; `known` is None for the tree."""

    documents: Mapping[str, Included]
    known: int | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(b"".join(included.data for included in self.documents.values())).hexdigest()


def manual_states(workspace: Workspace) -> list[ManualState]:
    """Oldest first, the tree last; states in which nothing of the manual changed are left out."""
    commits = list(git.first_parent_log(workspace.root, workspace.source.tip, MANUAL, *DOCUMENTS))
    blobs = dict(git.read_blobs(workspace.root, (c.oid for commit in commits for c in commit.changes if c.oid)))
    files: dict[str, bytes] = {}
    found: list[ManualState] = []
    for commit in commits:
        for change in commit.changes:
            files.pop(change.path, None)
            if change.oid in blobs:
                files[change.path] = blobs[change.oid]
        _note(found, _state(files, commit.time))
    here = {path: data for path, data in workspace.files.items() if path == MANUAL or path.startswith(DOCUMENTS)}
    _note(found, _state(here, None))
    return found


def _note(found: list[ManualState], state: ManualState) -> None:
    if state.documents and (not found or found[-1].sha256 != state.sha256):
        found.append(state)


def _state(files: Mapping[str, bytes], known: int | None) -> ManualState:
    manual: Manual | None = read_shape(Manual, files[MANUAL]).value if MANUAL in files else None
    documents: dict[str, Included] = {}
    paths = {path.rpartition("/")[2][:-3]: path for path in files if path.endswith(".md")}
    for id in (id for part in (manual.parts if manual else ()) for id in (part.document, *part.contains)):
        path = paths.get(id, "")
        if path and (document := parse_document(path, files[path]).document) is not None:
            documents[id] = Included(document.control, files[path])
    return ManualState(documents, known)
