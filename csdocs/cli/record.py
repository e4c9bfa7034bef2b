"""`csdocs sign`, `amend`, `void`, `renumber`: what becomes of a record that is filled in."""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csdocs.cli.completing import record_ids
from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import AS_PERSON, KEY, help_text
from csdocs.cli.words import some_words, words_if_any
from csdocs.cli.writing import Made, commit, only_step, open_here, open_record
from csdocs.model.error import CsdocsError
from csdocs.model.place import ATTACHMENTS
from csdocs.model.text import BELOW, Text, same

if TYPE_CHECKING:
    from csdocs.load.record.case import RecordCase
    from csdocs.load.workspace import Workspace
    from csdocs.prepare.signing import SigningRequest
    from csdocs.trust.keyring import Signer


@click.command(
    "sign",
    help=help_text(
        "签署记录的一个步骤。\n\nID 是记录编号，可写几个。签名前显示签名的含义并请求确认。",
        "Sign a step of a record.\n\nID is the record's number; there may be several. Says what the signature means and asks before signing.",
    ),
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=record_ids)
@click.option(
    "--step",
    metavar="STEP",
    help=help_text("步骤；只有一个可签时可省略", "the step; may be left out if only one is open"),
)
@AS_PERSON
@KEY
@click.option(
    "--decision",
    type=click.Choice(["sign", "reject", "return", "withdraw"]),
    default="sign",
    help=help_text("决定：签署（默认）、驳回、退回、撤回", "sign (default), reject, return or withdraw"),
)
@click.option("--comment", callback=words_if_any, help=help_text("意见，一并签署", "a comment, signed with the rest"))
@click.option(
    "--row", metavar="KEY", help=help_text("逐行签注时的行号", "which row, where rows are initialled one by one")
)
@click.option("--yes", is_flag=True, help=help_text("不再询问", "do not ask"))
def sign_(
    ids: tuple[str, ...],
    step: str | None,
    person: str,
    key: Path | None,
    decision: str,
    comment: str | None,
    row: str | None,
    yes: bool,
) -> int:
    from csdocs.prepare.entry import find_record
    from csdocs.prepare.signing import SigningRequest

    workspace = open_here()
    signer = _signer(workspace, person, key)
    unsigned: list[tuple[str, CsdocsError]] = []
    ids = tuple(dict.fromkeys(ids))
    for id in ids:
        try:
            case = open_record(workspace, find_record(workspace, id))
            chosen = step or only_step(case).id
            _sign(workspace, case, SigningRequest(chosen, person, workspace.now, decision, comment, row), signer, yes)
        except CsdocsError as error:
            unsigned.append((id, error))
        except click.UsageError as error:
            if len(ids) == 1:
                raise
            unsigned.append((id, CsdocsError(same(error.message), same(f"csdocs why {id}"))))
    _tell(unsigned, len(ids))
    return CLEAN


_TOLD = Text("{id}：{why}", "{id}: {why}")


def _tell(unsigned: Sequence[tuple[str, CsdocsError]], asked: int) -> None:
    """Which of several were not signed, and why; one alone speaks for itself."""
    if asked == 1 and unsigned:
        raise unsigned[0][1]
    if unsigned:
        told = [_TOLD.format(id=id, why=error.message) for id, error in unsigned]
        head = Text("{asked} 份中有 {left} 份没有签：", "{left} of {asked} were not signed:").format(
            asked=asked, left=len(unsigned)
        )
        raise CsdocsError(
            BELOW.join([head, *told]),
            Text("csdocs why 编号 说明缺什么、由谁签", "csdocs why NUMBER says what is lacking and who may sign"),
        )


def _signer(workspace: "Workspace", person: str, key: Path | None) -> Callable[[], "Signer"]:
    """What signs for a person; its passphrase is asked for once, when something is to be signed."""
    from csdocs.model.record import RECORD_NAMESPACE
    from csdocs.trust.keyring import signer_for

    return cache(lambda: signer_for(person, key, RECORD_NAMESPACE, demo=workspace.settings.demo))


def _sign(
    workspace: "Workspace", case: "RecordCase", asked: "SigningRequest", signer: Callable[[], "Signer"], yes: bool
) -> int:
    from csdocs.prepare.signing import attested, prepare_signature, sign_record

    draft = prepare_signature(case, asked)
    assert case.form is not None
    words = attested(case.form.step_by_id.get(asked.step), asked.decision)
    register = workspace.register
    meaning = Text(
        "{by} {name}（{post}）签署 {record}：{attests}", "{by} {name} ({post}) states of {record}: {attests}"
    )
    post = register.post.get(draft.post)
    values = {"name": register.person[draft.by].name, "post": post.name if post else draft.post}
    attests = Text(words.zh, f"{words.zh} ({words.en})")  # what is signed is the Chinese
    click.echo(say(meaning.format(by=draft.by, record=case.record.name, attests=attests, **values)), err=True)
    if not yes and sys.stdin.isatty() and not click.confirm(say(Text("签署？", "Sign?")), err=True):
        raise click.exceptions.Abort
    entry = sign_record(case, asked, signer())
    commit(workspace, Made(entry, case))
    after = open_record(workspace, entry.path)
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
@AS_PERSON
@click.option("--reason", required=True, callback=some_words, help=help_text("更正理由", "why"))
def amend_(id: str, person: str, reason: str) -> int:
    from csdocs.prepare.entry import amend_record, find_record

    workspace = open_here()
    case = open_record(workspace, find_record(workspace, id))
    entry = amend_record(case, person, workspace.now, reason)
    commit(workspace, Made(entry, case))
    click.echo(entry.path)
    hint = Text(
        "先更正：csdocs fill {name} --set 字段=值；再签署：csdocs sign {name} --as 工号",
        "correct it: csdocs fill {name} --set FIELD=VALUE; then sign it: csdocs sign {name} --as PERSON",
    )
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
@AS_PERSON
@KEY
@click.option("--reason", required=True, callback=some_words, help=help_text("作废理由", "why"))
@click.option("--yes", is_flag=True, help=help_text("不再询问", "do not ask"))
def void_(id: str, person: str, key: Path | None, reason: str, yes: bool) -> int:
    from csdocs.prepare.entry import find_record
    from csdocs.prepare.signing import SigningRequest

    workspace = open_here()
    case = open_record(workspace, find_record(workspace, id))
    return _sign(
        workspace,
        case,
        SigningRequest("void", person, workspace.now, "void", reason),
        _signer(workspace, person, key),
        yes,
    )


@click.command(
    "renumber",
    help=help_text(
        "给编号冲突的记录换一个新编号；签名需重新签署。",
        "Give a colliding record a new number; it has to be signed again.",
    ),
)
@click.argument("id", shell_complete=record_ids)
def renumber_(id: str) -> int:
    from csdocs.prepare.entry import find_record, renumber_record
    from csdocs.store import disk

    workspace = open_here()
    path = find_record(workspace, id)
    case = open_record(workspace, path)
    entry = renumber_record(case)
    disk.write(workspace.root, entry.path, entry.data, was=None)
    attachments = workspace.root / case.attachment_folder
    if attachments.is_dir():
        attachments.rename(workspace.root / f"{entry.path.removesuffix('.yaml')}{ATTACHMENTS}")
    (workspace.root / path).unlink()
    click.echo(f"{path} -> {entry.path}")
    if case.record.signatures:
        click.echo(say(Text("原有签名已去掉，请重新签署", "its signatures are gone: sign it again")), err=True)
    return CLEAN
