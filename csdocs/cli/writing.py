"""Opening and writing records, for the verbs that do."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.language import say
from csdocs.cli.tables import tree_to_ask
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.enclosure import Enclosure
    from csdocs.entry import Entry
    from csdocs.load.case import Query, RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.model.form import Form, Step


def open_here() -> "Workspace":
    from csdocs.load.workspace import open_workspace

    return open_workspace(Path.cwd())


def open_record(workspace: "Workspace", path: str) -> "RecordCase":
    from csdocs.entry import open_case
    from csdocs.store import disk

    data = disk.read(workspace.root, path)
    case = open_case(workspace, path, data)
    query = query_for(workspace, case.form)
    return open_case(workspace, path, data, query=query) if query else case


def query_for(workspace: "Workspace", form: "Form | None") -> "Query | None":
    """What computed fields that ask other records need; only forms that have such fields pay for it."""
    return tree_to_ask(workspace).query if form is not None and form.has_queries else None


def only_step(case: "RecordCase") -> "Step":
    """The one step that is open now; which ones there are, if they are several."""
    steps = case.open_steps
    if len(steps) == 1:
        return steps[0]
    names = "、".join(f"{step.id}（{say(step.title)}）" for step in steps)
    raise click.UsageError(
        say(Text("请用 --step 指明步骤：{names}", "choose one with --step: {names}").format(names=names or "–"))
    )


def commit_entry(
    workspace: "Workspace", entry: "Entry", before: "RecordCase | None", enclosed: Sequence["Enclosure"] = ()
) -> None:
    """Write an entry, and the files enclosed with it, if the record it makes is legal; nothing is written otherwise."""
    from csdocs.check import judge_record
    from csdocs.enclosure import lay_beside, take_away
    from csdocs.entry import open_case, refuse_errors
    from csdocs.store import disk

    written = lay_beside(workspace.root, entry.path, enclosed)
    try:
        case = open_case(workspace, entry.path, entry.data)
        after = open_case(workspace, entry.path, entry.data, query=query_for(workspace, case.form))
        refuse_errors(judge_record(before) if before else [], judge_record(after))
        disk.write(workspace.root, entry.path, entry.data, was=entry.was)
    except BaseException:
        take_away(written)
        raise
