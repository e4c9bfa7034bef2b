"""`csdocs diff`: two revisions of a document or form side by side."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import document_ids
from csdocs.cli.language import is_coloured, say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import build_folder, format_of, format_option, help_text, output_option
from csdocs.model.error import CsdocsError, has_errors
from csdocs.model.text import COMMA, Text

if TYPE_CHECKING:
    from csdocs.compare.result import Redline
    from csdocs.load.rulebook.revision import Revision
    from csdocs.load.workspace import Workspace

    States = tuple["Revision | None", ...]

_COLOURS = {
    "delete": {"fg": "red", "strikethrough": True},
    "insert": {"fg": "green", "underline": True},
    "title": {"bold": True},
    "note": {"dim": True},
    "major": {"fg": "red", "bold": True},
    "minor": {"fg": "yellow"},
    "editorial": {"fg": "green"},
}


@click.command(
    "diff",
    help=help_text(
        "对照两个版次：逐条逐词显示增删，并判定改动类别。\n\nDOC 是制度、表单的编号或文件；A..B 是版次，默认为上一版与当前版；有正在起草的改动时，为已批准的版次与工作区中的文件。0 表示尚无此文件。",
        "Compare two revisions: word by word within each clause, with the kind of change computed.\n\nDOC is the id or file of a "
        "document or form; A..B are revision numbers, by default the previous and the current one, or the approved one and the tree where a revision is being prepared. 0 stands for no file yet.",
    ),
)
@click.argument("doc", shell_complete=document_ids)
@click.argument("range_", metavar="[A..B]", required=False)
@format_option("text", "html", "pdf")
@output_option(
    "写入文件，不写 --format 时由扩展名决定格式；PDF 默认 build/编号-rA-rB.pdf",
    "write to a file, whose ending says the format unless --format does; for PDF build/ID-rA-rB.pdf by default",
)
def diff_(doc: str, range_: str | None, format_: str, output: Path | None) -> int:
    from csdocs.load.rulebook.side_by_side import compare_states
    from csdocs.load.workspace import open_workspace

    workspace = open_workspace()
    path = _path(workspace, doc)
    states = _states(workspace, path, range_)
    format_ = format_of(output, format_)
    if format_ == "pdf":
        _write_pdf(workspace, path, states, output)
        return CLEAN
    redline = compare_states(workspace, path, states)
    text = _html(redline) if format_ == "html" else _text(redline, coloured=output is None and is_coloured())
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text.encode())
    return CLEAN


def _path(workspace: "Workspace", doc: str) -> str:
    """The file meant by an id or a path."""
    found = workspace.paths_by_id.get(doc.upper())
    if found is None and doc in workspace.revisions:
        found = doc
    if found is None:
        from csdocs.model.suggestion import suggestion

        meant = suggestion(doc.upper(), workspace.paths_by_id)
        raise CsdocsError(
            Text("没有制度或表单 {doc}{meant}", "there is no document or form {doc}{meant}").format(
                doc=doc, meant=meant
            ),
            Text("请给出编号（如 REG-HANDOVER）或文件路径", "give an id such as REG-HANDOVER, or the path of its file"),
        )
    return found


def _states(workspace: "Workspace", path: str, range_: str | None) -> "States":
    """The two revisions that are compared and those between them, oldest first."""
    known = {revision.number: revision for revision in workspace.revisions.get(path, ())}
    pending = _pending(workspace, path, known)
    if pending is not None and range_ is None and known:
        return known[max(known)], pending
    if pending is not None:
        known.setdefault(pending.number, pending)
    if not known:
        raise has_errors(path)
    current = max(known, default=0)
    first, last = _numbers(range_, current)
    if range_ is None and first == 0:
        raise CsdocsError(
            Text(
                "{path} 只有第 {number} 版，没有可以对照的版次", "{path} has revision {number} only: nothing to compare"
            ).format(path=path, number=current),
            Text(
                "csdocs diff {path} 0..{number} 显示全文为新增",
                "csdocs diff {path} 0..{number} shows the whole text as new",
            ).format(path=path, number=current),
        )
    for number in (first, last):
        if number and number not in known:
            raise CsdocsError(
                Text("{path} 没有第 {number} 版", "{path} has no revision {number}").format(path=path, number=number),
                Text("已有版次：{known}", "revisions: {known}").format(known=COMMA.join(map(str, sorted(known)))),
            )
    between = [known[number] for number in sorted(known) if first < number < last]
    return known.get(first), *between, known.get(last)


def _pending(workspace: "Workspace", path: str, known: "Mapping[int, Revision]") -> "Revision | None":
    """What lies in the tree and is not approved: a revision in preparation."""
    from csdocs.load.rulebook.revision import written_revision

    data = workspace.files.get(path, b"")
    if any(revision.data == data for revision in known.values()):
        return None
    return written_revision(path, data)


_REVISION = re.compile(r"[0-9]{1,4}")


def _numbers(range_: str | None, current: int) -> tuple[int, int]:
    """`A..B`; either side may be left out, and A alone means A..current."""
    first, _, last = (range_ or "").partition("..")
    if not all(_REVISION.fullmatch(side) for side in (first, last) if side):
        raise click.BadParameter(
            say(
                Text("“{value}”不是 1..2 这样的版次范围", "“{value}” is not a range such as 1..2").format(value=range_)
            ),
            param_hint="A..B",
        )
    end = int(last) if last else current
    begin = int(first) if first else max(end - 1, 0)
    if begin >= end:
        raise click.BadParameter(
            say(Text("前一个版次应小于后一个：{a}..{b}", "the first revision must be the lower one: {a}..{b}")).format(
                a=begin, b=end
            ),
            param_hint="A..B",
        )
    return begin, end


def _text(redline: "Redline", *, coloured: bool) -> str:
    from csdocs.compare.text import marked, redline_lines

    return "".join(f"{line}\n" for line in redline_lines(redline, spoken(), _colour if coloured else marked))


def _colour(kind: str, text: str) -> str:
    return click.style(text, **_COLOURS[kind]) if kind in _COLOURS else text  # type: ignore[arg-type]


def _html(redline: "Redline") -> str:
    from csdocs.compare.html import redline_html

    return redline_html(redline, spoken())


def _write_pdf(workspace: "Workspace", path: str, states: "States", output: Path | None) -> None:
    from csdocs.press import Press
    from csdocs.press.redline import redline_rendition
    from csdocs.render.font import ensure_fonts

    ensure_fonts(lambda text: click.echo(say(text), err=True))
    press = Press(workspace.root, language=spoken())
    rendition = redline_rendition(press, path, states)
    _write(output or build_folder(workspace.root) / rendition.name, rendition.data)


def _write(target: Path, data: bytes) -> None:
    from csdocs.store import disk

    disk.lay_down(target, data)
    click.echo(str(target))
