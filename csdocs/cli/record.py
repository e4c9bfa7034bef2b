"""`csdocs new`, `sign`, `amend`, `void`, `renumber`: the verbs that write records."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.completing import form_ids, record_ids
from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import help_text
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.entry import Entry
    from csdocs.load.case import RecordCase
    from csdocs.load.workspace import Workspace

_AS = click.option(
    "--as", "person", required=True, metavar="PERSON", help=help_text("以谁的身份（工号）", "who acts (staff number)")
)
_KEY = click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help=help_text(
        "SSH 私钥文件；公钥文件则由 ssh-agent 或硬件密钥签名",
        "SSH private key; with a public key an agent or hardware key signs",
    ),
)


def _open() -> "Workspace":
    from csdocs.load.workspace import open_workspace

    return open_workspace(Path.cwd())


def _commit_entry(workspace: "Workspace", entry: "Entry", before: "RecordCase | None") -> None:
    """Write an entry if the record it makes is legal; nothing is written otherwise."""
    from csdocs.check import judge_record
    from csdocs.entry import open_case, refuse_errors
    from csdocs.store import disk

    after = open_case(workspace, entry.path, entry.data, query=_query(workspace, entry))
    refuse_errors(judge_record(before) if before else [], judge_record(after))
    disk.write(workspace.root, entry.path, entry.data, was=entry.was)


def _query(workspace: "Workspace", entry: "Entry") -> Any:
    """What computed fields that ask other records need; only forms that have such fields pay for it."""
    from csdocs.cli.tables import tree_to_ask
    from csdocs.entry import open_case

    case = open_case(workspace, entry.path, entry.data)
    assert case.form is not None
    return tree_to_ask(workspace).query if any(field.query for _, field in case.form.walk()) else None


@click.command(
    "new",
    help=help_text(
        "填写一份新记录。\n\nFORM 是表单编号（csdocs form list 列出）。在终端上逐项询问；"
        "也可用 --set 字段=值 或 --from 文件.yaml 给出。写好后显示文件路径。",
        "Fill in a new record.\n\nFORM is the form's id (csdocs form list). Asks field by field on a terminal; "
        "values may also come from --set FIELD=VALUE or --from FILE.yaml. Prints the path of the file.",
    ),
)
@click.argument("form", shell_complete=form_ids)
@_AS
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FIELD=VALUE",
    help=help_text("直接给出一个字段的值，可重复", "give a field its value; may be repeated"),
)
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=help_text("从 YAML 文件读取字段", "read fields from a YAML file"),
)
@click.option("--no-input", is_flag=True, help=help_text("不询问", "ask nothing"))
@click.option(
    "--org-unit",
    metavar="D-…",
    help=help_text("所属部门，默认为填表人的部门", "department; default: that of the person"),
)
def new_(
    form: str, person: str, settings: tuple[str, ...], source: Path | None, no_input: bool, org_unit: str | None
) -> int:
    from csdocs.cli.ask import ask_record
    from csdocs.cli.values import read_settings, read_source
    from csdocs.entry import new_record, require_in_use

    workspace = _open()
    definition = workspace.forms.get(form.upper())
    if definition is None:
        raise CsdocsError(
            Text("没有表单 {form}", "there is no form {form}").format(form=form),
            Text("csdocs form list 列出全部表单", "csdocs form list shows all forms"),
        )
    require_in_use(workspace, definition)
    data = {**(read_source(source) if source else {}), **read_settings(definition, settings, workspace)}
    if not no_input and sys.stdin.isatty():
        data = ask_record(workspace, definition, data)
    entry = new_record(workspace, definition.id, person, workspace.now, data, org_unit)
    _commit_entry(workspace, entry, None)
    click.echo(entry.path)
    return CLEAN


@click.command(
    "sign",
    help=help_text(
        "签署记录的一个步骤。\n\nID 是记录编号。签名前显示签名的含义并请求确认。",
        "Sign a step of a record.\n\nID is the record's number. Says what the signature means and asks before signing.",
    ),
)
@click.argument("id", shell_complete=record_ids)
@click.option("--step", help=help_text("步骤；只有一个可签时可省略", "the step; may be left out if only one is open"))
@_AS
@_KEY
@click.option(
    "--decision",
    type=click.Choice(["sign", "reject", "return", "withdraw"]),
    default="sign",
    help=help_text("决定：签署、驳回、退回、撤回", "the decision"),
)
@click.option("--comment", help=help_text("意见", "a comment, signed with the rest"))
@click.option("--row", help=help_text("逐行签注时的行号", "which row, where rows are initialled one by one"))
@click.option("--yes", is_flag=True, help=help_text("不再询问", "do not ask"))
def sign_(
    id: str,
    step: str | None,
    person: str,
    key: Path | None,
    decision: str,
    comment: str | None,
    row: str | None,
    yes: bool,
) -> int:
    from csdocs.entry import Asked, find_record

    workspace = _open()
    path = find_record(workspace, id)
    case = _case(workspace, path)
    chosen = step or _only_step(case)
    return _sign(workspace, case, Asked(chosen, person, workspace.now, decision, comment, row), key, yes)


def _case(workspace: "Workspace", path: str) -> "RecordCase":
    from csdocs.entry import Entry, open_case
    from csdocs.store import disk

    data = disk.read(workspace.root, path)
    return open_case(workspace, path, data, query=_query(workspace, Entry(path, data, data)))


def _only_step(case: "RecordCase") -> str:
    steps = case.open_steps
    if len(steps) == 1:
        return steps[0].id
    names = "、".join(f"{step.id}（{say(step.title)}）" for step in steps)
    raise click.UsageError(
        say(Text("请用 --step 指明步骤：{names}", "choose one with --step: {names}").format(names=names or "–"))
    )


def _sign(workspace: "Workspace", case: "RecordCase", asked: Any, key: Path | None, yes: bool) -> int:
    from csdocs.entry import prepare_signature, sign_record
    from csdocs.model.record import RECORD_NAMESPACE
    from csdocs.trust.keyring import signer_for

    draft = prepare_signature(case, asked)
    meaning = Text("{by}（{post}）对 {record} 声明：{attests}", "{by} ({post}) states of {record}: {attests}")
    click.echo(
        say(meaning.format(by=draft.by, post=draft.post, record=case.record.name, attests=draft.attests)), err=True
    )
    if not yes and sys.stdin.isatty() and not click.confirm(say(Text("签署？", "Sign?")), err=True):
        raise click.exceptions.Abort
    signer = signer_for(asked.by, key, RECORD_NAMESPACE, demo=workspace.settings.demo)
    entry = sign_record(case, asked, signer)
    _commit_entry(workspace, entry, case)
    after = _case(workspace, entry.path)
    assert after.form is not None
    state = after.form.state_labels[after.progress.state]
    click.echo(f"{entry.path}: {say(state)}")
    return CLEAN


@click.command(
    "amend",
    help=help_text(
        "更正一份已签署的记录：生成 ID.a1.yaml 供修改，原件不动。改好后按原步骤签署即生效。",
        "Amend a signed record: writes ID.a1.yaml to be corrected; the original stays. It counts once signed as far as the original.",
    ),
)
@click.argument("id", shell_complete=record_ids)
@_AS
@click.option("--reason", required=True, help=help_text("更正理由", "why"))
def amend_(id: str, person: str, reason: str) -> int:
    from csdocs.entry import amend_record, find_record
    from csdocs.store import disk

    workspace = _open()
    case = _case(workspace, find_record(workspace, id))
    entry = amend_record(case, person, workspace.now, reason)
    disk.write(workspace.root, entry.path, entry.data, was=None)
    click.echo(entry.path)
    hint = Text("请修改该文件，再用 csdocs sign {name} 签署", "edit that file, then sign it: csdocs sign {name}")
    click.echo(say(hint.format(name=entry.path.rpartition("/")[2].removesuffix(".yaml"))), err=True)
    return CLEAN


@click.command(
    "void",
    help=help_text(
        "作废一份记录：由有权的岗位签署声明，文件保留。",
        "Declare a record void: a signed statement by an entitled post; the file stays.",
    ),
)
@click.argument("id", shell_complete=record_ids)
@_AS
@_KEY
@click.option("--reason", required=True, help=help_text("作废理由", "why"))
@click.option("--yes", is_flag=True, help=help_text("不再询问", "do not ask"))
def void_(id: str, person: str, key: Path | None, reason: str, yes: bool) -> int:
    from csdocs.entry import Asked, find_record

    workspace = _open()
    case = _case(workspace, find_record(workspace, id))
    return _sign(workspace, case, Asked("void", person, workspace.now, "void", reason), key, yes)


@click.command(
    "renumber",
    help=help_text(
        "给编号冲突的记录换一个新编号；签名需重新签署。",
        "Give a colliding record a new number; it has to be signed again.",
    ),
)
@click.argument("id", shell_complete=record_ids)
def renumber_(id: str) -> int:
    from csdocs.entry import find_record, renumber_record
    from csdocs.store import disk

    workspace = _open()
    path = find_record(workspace, id)
    case = _case(workspace, path)
    entry = renumber_record(case)
    disk.write(workspace.root, entry.path, entry.data, was=None)
    attachments = workspace.root / case.attachment_folder
    if attachments.is_dir():
        attachments.rename(workspace.root / f"{entry.path.removesuffix('.yaml')}.files")
    (workspace.root / path).unlink()
    click.echo(f"{path} -> {entry.path}")
    if case.record.signatures:
        click.echo(say(Text("原有签名已去掉，请重新签署", "its signatures are gone: sign it again")), err=True)
    return CLEAN
