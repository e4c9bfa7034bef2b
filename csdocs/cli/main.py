"""`csdocs`: the group of verbs, the exit codes, and the one place where trouble becomes words."""

import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from csdocs.cli.language import forget_language, is_plain, say, translate_click
from csdocs.model.error import CsdocsError, system_words
from csdocs.model.text import EMPTY, HINT, Text, printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

CLEAN, FINDINGS, USAGE, COULD_NOT_LOOK, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130


class Verb(NamedTuple):
    """`module` of this package defines it, as a function of its name and `_`; `--help` lists it with its `summary`."""

    module: str
    summary: Text


# Read top to bottom this is the table of contents of the program.
VERBS = {
    "check": Verb(
        "check", Text("检查工作区：制度、表单和记录是否合规", "Check the workspace: documents, forms and records")
    ),
    "new": Verb("fill", Text("填写一份新记录", "Fill in a new record")),
    "fill": Verb("fill", Text("续填一份记录：字段、表格的行、附件", "Go on with a record: fields, rows, attachments")),
    "sign": Verb("record", Text("签署记录的一个步骤", "Sign a step of a record")),
    "amend": Verb("record", Text("更正一份已签署的记录", "Amend a signed record")),
    "void": Verb("record", Text("作废一份记录", "Declare a record void")),
    "renumber": Verb("record", Text("给编号冲突的记录换号", "Give a colliding record another number")),
    "dispose": Verb("dispose", Text("处置保存期满的记录", "Dispose of records after their retention")),
    "show": Verb("look", Text("显示一份记录", "Show a record")),
    "list": Verb("look", Text("列出记录", "List records")),
    "why": Verb(
        "waiting",
        Text(
            "记录或新版还缺什么、谁来办、用什么命令",
            "What a record or a revision still needs, from whom, by which command",
        ),
    ),
    "todo": Verb(
        "waiting",
        Text("等某人办的事：签字、填写、审批、期限", "What waits for a person: to sign, fill in or approve, by when"),
    ),
    "search": Verb("query", Text("在记录、制度和表单中查找文字", "Find words in records, regulations and forms")),
    "sql": Verb("query", Text("用 SQL 查询记录（只读）", "Ask the records with SQL (read-only)")),
    "export": Verb("export", Text("把记录导出为 csv、xlsx 或 parquet", "Export records as csv, xlsx or parquet")),
    "diff": Verb("diff", Text("对照两个版次，判定改动类别", "Compare two revisions; compute the kind of change")),
    "revise": Verb("approval", Text("准备制度或表单的下一版", "Prepare the next revision of a document or form")),
    "submit": Verb("approval", Text("起草人提交新版", "Submit a revision as its drafter")),
    "approve": Verb("approval", Text("审批新版、复审、确认阅读", "Approve, review or acknowledge a revision")),
    "open": Verb("approval", Text("正式启用工作区，结束准备阶段", "Open the workspace: ends set-up")),
    "coverage": Verb("coverage", Text("每一条款由什么举证，缺什么", "What proves each clause, and what is missing")),
    "report": Verb("report", Text("报表：列表、按期间出数", "Reports: list them, draw one up for a period")),
    "review": Verb("review", Text("这次改动能不能合入", "May this change go in?")),
    "audit": Verb("review", Text("历史上的每一步是否都获准", "Was every step allowed?")),
    "history": Verb(
        "history", Text("一份文件的版次、批准人和有效期间", "Revisions of a file, approvers, when in force")
    ),
    "as-of": Verb("history", Text("某一天有效的制度和表单", "What was in force on a day")),
    "due": Verb("history", Text("到期和将到期的事", "What is or falls due")),
    "render": Verb(
        "rendition", Text("把记录、制度、表单或手册打印成 PDF", "Render records, documents, forms or the manual as PDF")
    ),
    "build": Verb("rendition", Text("生成手册和全部记录的 PDF", "Build the manual and the PDFs of all records")),
    "verify": Verb("rendition", Text("验证 PDF 的真伪，纸件是否现行", "Verify a PDF; is this paper current?")),
    "seal": Verb("seal", Text("机构电子签章：设置、换新、吊销", "The organisation's seal: set up, renew, revoke")),
    "evidence": Verb(
        "evidence", Text("一段时间的审计证据，打成一个 zip", "Evidence of a period for an auditor, as one zip")
    ),
    "form": Verb(
        "form", Text("表单：列表、检查草稿、JSON Schema、空白表", "Forms: list, lint a draft, JSON Schema, blank print")
    ),
    "explain": Verb(
        "explain",
        Text("解释一个检查代码，或显示一页文档", "Explain a finding code, or show a page of the documentation"),
    ),
    "keys": Verb("keys", Text("签名密钥：生成、吊销；根密钥", "Signing keys: make, revoke; the root key")),
    "init": Verb("workspace", Text("新建工作区", "Make a new workspace")),
    "doctor": Verb("workspace", Text("检查本机缺少什么", "Say what this machine lacks")),
}


class Verbs(click.Group):
    """Loads a verb's module only when the verb is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"csdocs.cli.{VERBS[cmd_name].module}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_")
        assert isinstance(command, click.Command)
        _prepare(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """click would look for what was meant among the verbs that are loaded, which are none."""
        name = args[0]
        if name not in VERBS and not name.startswith("-") and not ctx.resilient_parsing:
            from csdocs.model.suggestion import suggestion

            missing = Text("没有命令 {name}", "there is no command {name}").format(name=name)
            ctx.fail(say(EMPTY.join((missing, suggestion(name, VERBS)))))
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Names and summaries alone: what a verb can do is not asked yet."""
        from click.shell_completion import CompletionItem

        verbs = [
            CompletionItem(name, help=say(verb.summary)) for name, verb in VERBS.items() if name.startswith(incomplete)
        ]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, say(verb.summary)) for name, verb in VERBS.items()]
        with formatter.section(say(Text("命令", "Commands"))):
            formatter.write_dl(rows)


def _prepare(command: click.Command) -> None:
    """`--lang` is understood wherever it is typed, and no word is an empty one."""
    if all(parameter.name != "lang" for parameter in command.params):
        command.params.append(_LANGUAGE)
    for parameter in command.params:
        if parameter.callback is None:
            parameter.callback = _refuse_empty
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _prepare(inner)


def _refuse_empty(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """A variable of a shell that has no value leaves an empty word, which does not mean everything."""
    words = value if isinstance(value, tuple) else (value,)
    if any(isinstance(word, str) and not word.strip() for word in words):
        said = Text(
            "不能为空；如果写的是变量，看它有没有值",
            "it may not be empty; if it is a variable, see whether that has a value",
        )
        raise click.BadParameter(say(said), context, parameter)
    return value


def _choose(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().params["lang"] = value


_LANGUAGE = click.Option(
    ["--lang"],
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    is_eager=True,
    callback=_choose,
    help="界面语言 / language of messages",
)


def _print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        from csdocs import __version__

        click.echo(f"csdocs, version {__version__}")
        context.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--lang", type=click.Choice(["zh", "en"]), help="界面语言 / language of messages")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="显示版本号 / show the version",
)
def csdocs(lang: str | None) -> None:
    """客户服务部的制度、表单和记录：以文本保存在 git 中，可检查、可签署、可打印。

    A department's rules, forms and records as text in git: checked, signed, sealed.
    """


# Objects: most of what a command makes lives to its end, and every 700 of them there are hardly any circles to find.
_RARELY = 50_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command line and leave with its exit code."""
    gc.set_threshold(_RARELY)
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a file name may be no text, and a terminal may not know Chinese
            stream.reconfigure(errors="backslashreplace")
    translate_click()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nobody else has a say in what is valid
    try:
        code = run(arguments)
    except OSError:  # of which nobody can be told
        code = COULD_NOT_LOOK
    gc.freeze()  # or Python looks for circles among all that it holds, when the system takes it back at once anyway
    sys.exit(code)


def _colour() -> bool | None:
    """None: where a terminal is."""
    return False if is_plain() else None


def _open_what_is_closed() -> None:
    """Whoever starts programs by the clock may close their streams; a file of ours must not come to lie in their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # to the end


def run(arguments: Sequence[str] | None = None) -> int:
    forget_language()
    try:
        result: Any = csdocs.main(
            args=None if arguments is None else list(arguments),
            prog_name="csdocs",
            standalone_mode=False,
            color=_colour(),
        )
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.Abort:
        click.echo(say(Text("已中止", "Interrupted")), err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return USAGE
    except CsdocsError as error:
        return _trouble(error)
    except SystemExit as left:  # not 0 when the reader has left (`csdocs list | head`): not all was said
        return INTERRUPTED if left.code else CLEAN
    except UnicodeEncodeError as error:
        return _bug(error) if error.object.isascii() else _trouble(_no_text(error))
    except OSError as error:
        return _bug(error) if error.strerror is None else _trouble(_of_the_machine(error))
    except Exception as error:
        return _bug(error)


def _no_text(error: UnicodeEncodeError) -> CsdocsError:
    """Words typed in a terminal that writes GBK come as bytes that are no text."""
    said = error.object[max(error.start - 10, 0) : error.end + 10]
    return CsdocsError(
        Text("“{said}”不是 UTF-8 文字", "“{said}” is no text in UTF-8").format(said=said),
        Text("把终端的编码设为 UTF-8，再试", "set the terminal to UTF-8, then try again"),
    )


def _of_the_machine(error: OSError) -> CsdocsError:
    """A disk that is full, a folder nobody may write to, a name that is too long: no program can do anything about it."""
    return CsdocsError(
        Text("系统报告：{said}{place}", "the system says: {said}{place}").format(
            said=system_words(error), place=f" ({error.filename})" if error.filename else ""
        ),
        Text("核对磁盘空间、权限和路径，再重试", "look at disk space, permissions and paths, then try again"),
    )


def _trouble(error: CsdocsError) -> int:
    click.secho(
        say(Text("无法完成：", "Could not do it: ")) + _shown(error.message), fg="red", err=True, color=_colour()
    )
    if error.hint.zh:
        click.echo(say(HINT) + _shown(error.hint), err=True)
    return COULD_NOT_LOOK


def _shown(text: Text) -> str:
    """What it quotes, such as the name of a file, does not steer the terminal."""
    return "\n".join(map(printable, say(text).split("\n")))


def _bug(error: Exception) -> int:
    import traceback

    click.echo("".join(traceback.format_exception(error)), err=True)
    message = Text(
        "这是程序缺陷，请把以上内容连同所用命令报告给维护者",
        "This is a bug: please report the text above with the command you used",
    )
    click.secho(say(message), fg="red", err=True, color=_colour())
    return BUG
