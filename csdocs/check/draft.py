"""Forms that are still being written: judged wherever they lie, by the rule book that they are meant for."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from csdocs.check.knowing import what_is_known
from csdocs.check.whole import judge_form
from csdocs.load.rulebook.form_file import stated_id
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Finding, in_order
from csdocs.model.place import FORMS
from csdocs.model.suggestion import suggestion
from csdocs.model.text import Text, same
from csdocs.prepare.starter import create_workspace
from csdocs.store import disk
from csdocs.store.source import Overlaid, WorkTree

_PLACE = re.compile(r"[^a-z0-9]+")


class FormDraft(NamedTuple):
    """`shown`: what the author calls the file. `path`: its place among the forms of the workspace."""

    shown: str
    path: str
    data: bytes


class Linted(NamedTuple):
    """Findings by file as the author calls it; `alone`: judged by the rule book that comes with the program.

    `unread`: files of the rule book that cannot be read; of what rests on them nothing was said.
    """

    findings: tuple[tuple[FormDraft, tuple[Finding, ...]], ...]
    alone: bool
    unread: tuple[str, ...]


def lint(start: Path, asked: Sequence[str]) -> Linted:
    """Forms by id or by path; every form of the workspace if none is named."""
    with _rule_book(start) as (root, alone):
        workspace = Workspace(root)
        named = [each for one in asked for each in _files(start, one)]
        drafts = [_draft(workspace, start, each) for each in named] if asked else list(_every(workspace))
        laid = Workspace(root, source=Overlaid(WorkTree(root), {draft.path: draft.data for draft in drafts}))
        unread = tuple(path for path in (*sorted(laid.unread), *laid.document_files) if laid.is_unread(path))
        return Linted(tuple((draft, _findings(laid, draft, alone)) for draft in drafts), alone, unread)


@contextmanager
def _rule_book(start: Path) -> Iterator[tuple[Path, bool]]:
    """The workspace around a folder; outside of every workspace, one with the content that comes with the program."""
    try:
        root = disk.find_root(start)
    except CsdocsError:
        with TemporaryDirectory(prefix="csdocs-form-") as folder:
            create_workspace(Path(folder) / "book", same("–"))
            yield Path(folder) / "book", True
        return
    yield root, False


def _files(start: Path, asked: str) -> list[str]:
    """A folder stands for the YAML files in it."""
    folder = start / asked
    return (
        [f"{asked.rstrip('/')}/{each.name}" for each in sorted(folder.glob("*.yaml"))] if folder.is_dir() else [asked]
    )


def _every(workspace: Workspace) -> Iterator[FormDraft]:
    return (FormDraft(path, path, workspace.files[path]) for path in workspace.loaded_forms)


def _draft(workspace: Workspace, start: Path, asked: str) -> FormDraft:
    path = workspace.form_paths.get(asked.upper())
    if path:
        return FormDraft(path, path, workspace.files[path])
    full = start / asked
    if not full.is_file():
        meant = suggestion(asked.upper(), workspace.form_paths)
        raise CsdocsError(
            Text("没有表单或文件 {asked}{meant}", "there is no form or file {asked}{meant}").format(
                asked=asked, meant=meant
            ),
            Text("写表单编号，如 F-COMPLAINT，或文件路径", "name a form, such as F-COMPLAINT, or the path of a file"),
        )
    return FormDraft(asked, _place(workspace, full), disk.read(full.parent, full.name))


def _place(workspace: Workspace, full: Path) -> str:
    """A form of the workspace, the one that has its id, or a new one."""
    inside = full.resolve()
    forms = workspace.root.resolve() / FORMS
    if inside.parent == forms:
        return f"{FORMS}{inside.name}"
    known = workspace.form_paths.get(stated_id(disk.read(full.parent, full.name)) or "")
    return known or f"{FORMS}{_PLACE.sub('-', full.stem.lower()).strip('-') or 'draft'}.yaml"


def _findings(workspace: Workspace, draft: FormDraft, alone: bool) -> tuple[Finding, ...]:
    """The people of a department that is not here cannot be missed."""
    known = what_is_known(workspace, judge_form(workspace, draft.path))
    found = (finding._replace(path=draft.shown) for finding in known)
    kept = (finding for finding in found if not alone or finding.rule != "post-without-holder")
    return in_order(kept)
