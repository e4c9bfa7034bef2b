"""What several verbs have in common: options, progress, opening the workspace."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from csdocs.cli.completing import people
from csdocs.cli.language import say
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.executor import Executor
    from csdocs.load.counted import ProgressBar
    from csdocs.load.workspace import Workspace
    from csdocs.model.form import Form

Command = Callable[..., Any]
_AT_ONCE = 500  # lines
_FIRST, _LAST = dt.date(1000, 1, 1), dt.date(2999, 12, 31)  # as in files: there are days before and after


class DateType(click.ParamType[dt.date]):
    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            day = dt.date.fromisoformat(value)
            if not _FIRST <= day <= _LAST:
                raise ValueError(value)
            return day
        except ValueError:
            said = Text("“{value}”不是 2026-11-20 这样的日期", "“{value}” is not a date such as 2026-11-20")
            self.fail(say(said.format(value=value)), param, ctx)


class MomentType(click.ParamType[dt.datetime]):
    """A date with a time, or a day; whose time zone is meant where none is written says `moment_meant`."""

    name = "MOMENT"
    _spellings = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M", "%Y-%m-%d")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        for spelling in self._spellings:
            with suppress(ValueError):
                return dt.datetime.strptime(value, spelling)
        said = Text(
            "“{value}”不是 2026-11-20T20:00 或 2026-11-20 这样的时间",
            "“{value}” is not a moment such as 2026-11-20T20:00 or 2026-11-20",
        )
        raise click.BadParameter(say(said.format(value=value)), ctx, param)


class StaffNumberType(click.ParamType[str]):
    """Typed in either case, as other ids are."""

    name = "PERSON"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).upper()


def echo_lines(lines: Iterable[str]) -> None:
    """Many at once, since each time the system is asked to write; and not all, since they may be endless."""
    left = iter(lines)
    while some := [*islice(left, _AT_ONCE)]:
        click.echo("\n".join(some))


def moment_meant(workspace: "Workspace", typed: dt.datetime | None) -> dt.datetime:
    """In the time zone of the workspace where none was typed; now where nothing was."""
    if typed is None:
        return workspace.now
    return typed if typed.tzinfo else typed.replace(tzinfo=workspace.settings.zone)


def help_text(zh: str, en: str) -> str:
    return say(Text(zh, en))


_OUTPUT = Text("输出格式", "output format")


def format_option(*choices: str, said: Text = _OUTPUT) -> Callable[[Command], Command]:
    """The first of them where nobody says."""
    return click.option("--format", "format_", type=click.Choice(choices), default=choices[0], help=say(said))


def format_of(output: Path | None, format_: str) -> str:
    """What the ending of the file to be written says, where nobody has named a format."""
    if output is None or chosen_format():
        return format_
    choices = next(param.type for param in click.get_current_context().command.params if param.name == "format_")
    assert isinstance(choices, click.Choice)
    ending = output.suffix.lower().removeprefix(".")
    if ending in choices.choices:
        return ending
    if ending in _OTHERS:
        said = Text(
            "不能写 .{ending} 文件，可以写 {formats}；扩展名不改的，用 --format 说明格式",
            "no .{ending} file can be written, but {formats}; --format says the format whatever the ending",
        )
        raise click.UsageError(say(said.format(ending=ending, formats=" ".join(choices.choices))))
    return format_


def require_ending(output: Path, ending: str) -> Path:
    """Of what comes in one format alone: a name that says another is a slip."""
    typed = output.suffix.lower().removeprefix(".")
    if typed != ending and typed in {*_OTHERS, "csv", "html", "json", "xlsx"}:
        said = Text(
            "写出的是 {ending} 文件，文件名不能以 .{typed} 结尾",
            "a {ending} file is written: its name cannot end in .{typed}",
        )
        raise click.UsageError(say(said.format(ending=ending, typed=typed)))
    return output


def chosen_format() -> bool:
    """Whether somebody has named one."""
    return click.get_current_context().get_parameter_source("format_") is not ParameterSource.DEFAULT


_OTHERS = {
    "doc",
    "docx",
    "htm",
    "ods",
    "odt",
    "pdf",
    "ppt",
    "pptx",
    "rtf",
    "wps",
    "xls",
    "zip",
}  # text is none of these


def output_option(zh: str, en: str) -> Callable[[Command], Command]:
    return click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help=help_text(zh, en))


def build_folder(root: Path) -> Path:
    """Where what is made goes unless somebody says: beside `handbook/`, where nothing else may lie, never in it."""
    return Path(os.path.relpath(root / "build"))


HAS_ERRORS = Text("{path} 有错误：csdocs check {path}", "{path} has errors: csdocs check {path}")
OVERDUE = Text("{by}，已逾期", "{by}, overdue")
AS_OF = click.option("--as-of", type=DateType(), help=help_text("按该日期判断", "judge as of this date"))
NO_INDEX = click.option(
    "--no-index",
    is_flag=True,
    help=help_text(
        "不使用以前检查的结果（较慢，结论相同）", "do not use what earlier runs found (slower, the same result)"
    ),
)


def refuse_reversed(first: dt.date, last: dt.date) -> None:
    if last < first:
        raise click.UsageError(help_text("--to 早于 --from", "--to is before --from"))


AS_PERSON = click.option(
    "--as",
    "person",
    type=StaffNumberType(),
    required=True,
    metavar="PERSON",
    shell_complete=people,
    help=help_text("以谁的身份（工号）", "who acts (staff number)"),
)
KEY = click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help=help_text(
        "SSH 私钥文件；公钥文件则由 ssh-agent 或硬件密钥签名",
        "SSH private key; with a public key an agent or hardware key signs",
    ),
)
EXECUTOR = click.option(
    "--executor",
    "address",
    metavar="ADDRESS",
    help=help_text(
        "交给这个 Dask 集群做，如 tcp://主机:8786（需 csdocs[cluster]；集群须可信；记录少时仍在本机）",
        "let this Dask cluster do the work, such as tcp://HOST:8786 (needs csdocs[cluster]; it must be trusted; little work stays here)",
    ),
)


def executor_at(address: str | None) -> "AbstractContextManager[Executor | None]":
    """None for this machine, which knows best how many processes it can bear."""
    if not address:
        return nullcontext()
    from csdocs.executor.cluster import Cluster

    return Cluster(address)


def form_named(workspace: "Workspace", id: str) -> "Form":
    """As it is filled in today."""
    found = workspace.form_today(id.upper())
    if found is None:
        raise no_form(workspace, id)
    return found


def no_form(workspace: "Workspace", id: str) -> CsdocsError:
    """None that can be used."""
    path = workspace.form_paths.get(id.upper())
    return _not_usable(id.upper(), path) if path else _not_there(id, workspace.form_paths)


def _not_usable(id: str, path: str) -> CsdocsError:
    return CsdocsError(
        Text(
            "表单 {id}（{path}）有错误，或今天不施行", "the form {id} ({path}) has errors or is not in force today"
        ).format(id=id, path=path),
        Text("csdocs check {path} 列出错误", "csdocs check {path} lists errors").format(path=path),
    )


def _not_there(id: str, known: Iterable[str]) -> CsdocsError:
    from csdocs.model.suggestion import suggestion

    return CsdocsError(
        Text("没有表单 {form}{meant}", "there is no form {form}{meant}").format(
            form=id, meant=suggestion(id.upper(), known)
        ),
        Text("csdocs form list 列出全部表单", "csdocs form list shows all forms"),
    )


def open_registered(start: Path | None = None, as_of: dt.date | None = None) -> "Workspace":
    """To say what became of records, or to add to them."""
    from csdocs.load.workspace import open_workspace

    return require_registers(open_workspace(start, as_of))


def require_registers(workspace: "Workspace") -> "Workspace":
    """While nobody is known no signature counts: every record would be said to be a draft."""
    from csdocs.model.place import ORGANISATION, PEOPLE

    for path in (PEOPLE, ORGANISATION):
        if path in workspace.unread:
            raise CsdocsError(
                Text(
                    "读不出 {path}，签名和岗位无从核对", "{path} cannot be read: no signature or post can be verified"
                ).format(path=path),
                Text("csdocs check {path} 说明哪里有错", "csdocs check {path} says what is wrong").format(path=path),
            )
    return workspace


def may_use_index(no_index: bool) -> bool:
    """Not on a machine of continuous integration: a change could bring an index of its own."""
    return not (no_index or os.environ.get("CI", "").lower() in ("1", "true"))


def checking() -> "ProgressBar":
    return progress(Text("检查记录", "Checking records"))


def progress(label: Text) -> "ProgressBar":
    """A bar on standard error while a list is worked through; nothing where nobody watches."""

    def bar(items: Iterable[Any], /) -> Iterator[Any]:
        if not sys.stderr.isatty():
            yield from items
            return
        counted = items if isinstance(items, Sized) else list(items)
        if (length := len(counted)) < 50:
            yield from counted
            return
        with click.progressbar(counted, length, label=say(label), file=sys.stderr) as shown:
            yield from shown

    return bar
