"""Opening and writing records, for the verbs that do."""

import shlex
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from csdocs.cli.clock import doubt_clock
from csdocs.cli.language import say
from csdocs.cli.shared import open_registered, progress
from csdocs.cli.tables import tree_to_ask
from csdocs.model.error import CsdocsError
from csdocs.model.text import BELOW, COMMA, EMPTY, Text, same

if TYPE_CHECKING:
    from csdocs.load.record.case import RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.model.form import Step
    from csdocs.prepare.enclosure import Enclosure
    from csdocs.prepare.entry import Draft, Entry


def open_here() -> "Workspace":
    """To write, or to say what comes next: by a clock that is doubted first."""
    workspace = open_registered()
    doubt_clock(workspace.root)
    return workspace


def open_record(workspace: "Workspace", path: str) -> "RecordCase":
    from csdocs.store import disk

    return _opener(workspace)(path, disk.read(workspace.root, path))


def open_named(id: str) -> "RecordCase":
    """To look at one record alone."""
    from csdocs.prepare.entry import find_record

    workspace = open_registered()
    workspace.look_at_few()
    return open_record(workspace, find_record(workspace, id))


def _opener(workspace: "Workspace") -> Callable[[str, bytes], "RecordCase"]:
    """Opens records; what computed fields ask about others is answered once for all, and only where a form has such fields."""
    from csdocs.prepare.entry import open_case

    tree = cache(lambda: tree_to_ask(workspace))

    def opened(path: str, data: bytes) -> "RecordCase":
        case = open_case(workspace, path, data)
        asks = case.form is not None and case.form.has_queries
        return open_case(workspace, path, data, query=tree().query) if asks else case

    return opened


def only_step(case: "RecordCase", asked: str | None = None) -> "Step":
    """The one step that is open now, or the one asked for; which ones there are, if it cannot be told."""
    steps = [step for step in case.open_steps if asked in (None, step.id)]
    if len(steps) == 1:
        return steps[0]
    if not case.open_steps and case.form is not None:
        raise CsdocsError(
            Text(
                "{id} 没有等待签署的步骤（状态：{state}）", "no step of {id} waits to be signed (state: {state})"
            ).format(id=case.record.name, state=case.form.state_labels[case.progress.state]),
            Text("运行 csdocs why {id}", "run csdocs why {id}").format(id=case.record.name),
        )
    names = COMMA.join(same(step.id).noted(step.title) for step in case.open_steps)
    unknown = (
        Text("现在没有待办的步骤“{asked}”；", "no step “{asked}” is open now; ").format(asked=asked) if asked else EMPTY
    )
    choose = Text("请用 --step 指明步骤：{names}", "choose one with --step: {names}").format(names=names)
    raise click.UsageError(say(EMPTY.join((unknown, choose))))


class Drafted(NamedTuple):
    """A record without a number, with the files enclosed; `place`: where somebody entered it among others."""

    draft: "Draft"
    enclosed: Sequence["Enclosure"]
    place: Text | None


class Made(NamedTuple):
    """A record to be written, with the files enclosed; `place`: where somebody entered it among others."""

    entry: "Entry"
    before: "RecordCase | None" = None
    enclosed: Sequence["Enclosure"] = ()
    place: Text | None = None


def commit(workspace: "Workspace", *made: Made) -> None:
    """Write records if all of them are legal; nothing is written otherwise."""
    from csdocs.prepare.enclosure import lay_beside, take_away
    from csdocs.store import disk

    written: list[Path] = []
    try:
        for each in made:
            written += lay_beside(workspace.root, each.entry.path, each.enclosed)
        _refuse(workspace, made)
        for entry, *_ in made:
            disk.write(workspace.root, entry.path, entry.data, was=entry.was)
            written += [workspace.root / entry.path] if entry.was is None else []
    except BaseException:
        take_away(written)
        raise
    warn_of_ignored(workspace.root, [path.relative_to(workspace.root).as_posix() for path in written])


def warn_of_ignored(root: Path, paths: Sequence[str]) -> None:
    """Lists of what git is to ignore are often a person's own: one that says *.pdf keeps scans out of every commit."""
    from csdocs.store import worktree

    said = Text(
        "git 忽略 {path}，提交时会漏掉：git add -f {path}；git check-ignore -v {path} 说明是哪条规则",
        "git ignores {path}, and a commit would leave it out: git add -f {path}; git check-ignore -v {path} says by which rule",
    )
    for path in worktree.ignored(root, paths):
        click.secho(say(said.format(path=shlex.quote(path))), fg="red", err=True)


_UNKNOWN = Text(
    "注意：没有找到“{field}”引用的 {id}；请核对编号，写错的用 csdocs fill 改正",
    "note: “{field}” refers to {id}, and no such record was found; check the number, and correct it with csdocs fill",
)


def say_what_is_not_there(workspace: "Workspace", cases: Sequence["RecordCase"]) -> None:
    """References that lead nowhere. They are no reason to refuse: the other record may still be on somebody's branch."""
    from csdocs.prepare.entry import existing

    scalars = [(field, str(value)) for case in cases for _, field, value in case.scalars("reference")]
    asked = {value.partition("#")[0]: field.label for field, value in scalars}
    known = existing(workspace, asked)
    for id, label in asked.items():
        if id not in known:
            click.secho(say(_UNKNOWN.format(field=label, id=id)), fg="yellow", err=True)


def _refuse(workspace: "Workspace", made: Sequence[Made]) -> None:
    from csdocs.check.whole import judge_record
    from csdocs.prepare.entry import new_errors, refuse_errors

    opened = _opener(workspace)
    troubles: list[tuple[Text, Text]] = []
    for entry, before, _, place in progress(Text("检查各行", "Checking lines"))(made):
        after = opened(entry.path, entry.data)
        judged = judge_record(before) if before else [], judge_record(after)
        if place is None:
            refuse_errors(*judged)
        else:
            troubles += [(place, error.message) for error in new_errors(*judged)]
    refuse_lines(troubles)


_PUT_RIGHT = Text("改好这些行，再运行一次", "put these lines right and run the command again")


def refuse_lines(troubles: Sequence[tuple[Text, Text]], hint: Text = _PUT_RIGHT) -> None:
    """Stop if there is trouble with any of many lines: with all of them at once, so that they can be put right at once."""
    if troubles:
        told = [Text("{place}：{what}", "{place}: {what}").format(place=place, what=what) for place, what in troubles]
        raise CsdocsError(
            BELOW.join([Text("没有写入任何记录：", "no record was written:"), *told]),
            hint,
        )
