"""`csdocs keys`: the keys that people sign with."""

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import MomentType, StaffNumberType, help_text, moment_meant
from csdocs.cli.words import some_words
from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, Text

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])
_NO_PASSPHRASE = click.option(
    "--no-passphrase", is_flag=True, help=help_text("不设口令（不建议）", "no passphrase (not advised)")
)


def _file(ending: str) -> Callable[[Command], Command]:
    """Where the private key goes; `ending` of its usual name."""
    return click.option(
        "--file",
        "file",
        type=click.Path(dir_okay=False, path_type=Path),
        help=help_text(
            f"私钥文件，默认 ~/.ssh/csdocs-工号{ending}", f"private key file, default ~/.ssh/csdocs-PERSON{ending}"
        ),
    )


@click.group("keys", help=help_text("签名密钥：生成、吊销。", "Signing keys: make and revoke them."))
def keys_() -> None: ...


@keys_.command(
    "new",
    short_help=help_text("为一名员工生成签名密钥，并登记公钥。", "Make a signing key for a person and register it."),
    help=help_text(
        "为一名员工生成 SSH 签名密钥，并把公钥登记到 handbook/people.yaml。私钥只留在本机。",
        "Make an SSH signing key for a person and enter its public half in handbook/people.yaml. The private half stays on this machine.",
    ),
)
@click.argument("person", type=StaffNumberType())
@_file("")
@_NO_PASSPHRASE
def new_(person: str, file: Path | None, no_passphrase: bool) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.model.place import PEOPLE
    from csdocs.parse.edit import add_key
    from csdocs.store import disk
    from csdocs.trust.ssh import fingerprint

    workspace = open_workspace()
    target, public = _fresh_key(workspace, person, person, file, no_passphrase)
    was = workspace.files[PEOPLE]
    disk.write(workspace.root, PEOPLE, add_key(was, person, public, workspace.today.isoformat()), was=was)
    click.echo(
        say(
            Text("私钥：{target}（请妥善保管，不要外传）", "private key: {target} (keep it to yourself)").format(
                target=target
            )
        )
    )
    click.echo(
        say(
            Text("公钥已登记到 {people}，指纹 {print}", "public key entered in {people}, fingerprint {print}").format(
                people=PEOPLE, print=fingerprint(public)
            )
        )
    )
    _tell_what_it_waits_for(workspace)
    return CLEAN


@keys_.command(
    "root",
    short_help=help_text("为信任根生成密钥，显示指纹。", "Make a key of the root of trust; show its fingerprint."),
    help=help_text(
        "为信任根生成密钥，登记到 csdocs.yaml，显示指纹。指纹请打印并存入保险柜，审计时用 --root 核对。",
        "Make a key of the root of trust, enter it in csdocs.yaml, show its fingerprint. Print it for the safe; audit compares it with --root.",
    ),
)
@click.argument("person", type=StaffNumberType())
@_file("-root")
@_NO_PASSPHRASE
def root_(person: str, file: Path | None, no_passphrase: bool) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.model.place import CONFIG
    from csdocs.parse.edit import add_root_key
    from csdocs.store import disk
    from csdocs.trust.keyring import ROOT
    from csdocs.trust.ssh import fingerprint

    workspace = open_workspace()
    target, public = _fresh_key(workspace, person, f"{person}{ROOT}", file, no_passphrase)
    was = workspace.files[CONFIG]
    disk.write(workspace.root, CONFIG, add_root_key(was, person, public), was=was)
    click.echo(
        say(Text("根私钥：{target}（离线保存）", "root private key: {target} (keep it offline)").format(target=target))
    )
    click.echo(say(Text("指纹，请打印并存入保险柜：", "Fingerprint, to be printed and kept in the safe:")))
    click.echo(f"  {fingerprint(public)}")
    return CLEAN


@keys_.command(
    "revoke",
    short_help=help_text("吊销一名员工的密钥（丢失、被盗）。", "Revoke a person's key that was lost or stolen."),
    help=help_text(
        "吊销一名员工的密钥（丢失、被盗）：写入 handbook/people.yaml，此后它签的都不算。\n\n有几把的，用指纹指明哪一把。",
        "Revoke a person's key that was lost or stolen: entered in handbook/people.yaml; it signs nothing more.\n\nOf several, name "
        "the one by its fingerprint.",
    ),
)
@click.argument("person", type=StaffNumberType())
@click.argument("fingerprint", required=False, metavar="[SHA256:…]")
@click.option("--reason", required=True, callback=some_words, help=help_text("吊销理由", "why"))
@click.option(
    "--since",
    type=MomentType(),
    help=help_text(
        "可能从何时起落入他人之手，如 2026-11-01T20:00：此后用它签的，audit 列为可疑；默认现在",
        "since when others may have had it, such as 2026-11-01T20:00: audit lists what it signed from then on as doubtful; default now",
    ),
)
def revoke_(person: str, fingerprint: str | None, reason: str, since: dt.datetime | None) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.model.place import PEOPLE
    from csdocs.model.spelling import spell
    from csdocs.parse.edit import revoke_key
    from csdocs.store import disk
    from csdocs.trust.ssh import fingerprint as fingerprint_of

    workspace = open_workspace()
    now = workspace.now
    public = _one_in_use(workspace, person, fingerprint)
    was = workspace.files[PEOPLE]
    entry = {"at": spell(now), "compromised_since": spell(min(moment_meant(workspace, since), now)), "reason": reason}
    disk.write(workspace.root, PEOPLE, revoke_key(was, person, public, entry), was=was)
    click.echo(say(Text("已吊销 {print}", "revoked {print}").format(print=fingerprint_of(public))))
    click.echo(
        say(Text("换新的：csdocs keys new {person}", "make another: csdocs keys new {person}").format(person=person)),
        err=True,
    )
    _tell_what_it_waits_for(workspace)
    return CLEAN


def _one_in_use(workspace: "Workspace", person: str, fingerprint: str | None) -> str:
    """The public key that is meant."""
    from csdocs.trust.ssh import fingerprint as fingerprint_of

    keys = [key.public for key in workspace.register.named(person).keys if key.revoked is None]
    meant = [public for public in keys if fingerprint_of(public).startswith(fingerprint or "")]
    if len(meant) == 1:
        return meant[0]
    if not keys:
        raise CsdocsError(
            Text("{person} 没有可吊销的密钥", "{person} has no key that could be revoked").format(person=person),
            Text("核对 handbook/people.yaml", "see handbook/people.yaml"),
        )
    raise CsdocsError(
        Text("说明吊销 {person} 的哪一把", "say which key of {person} is meant").format(person=person),
        Text("写指纹：{listed}", "by its fingerprint: {listed}").format(listed=COMMA.join(map(fingerprint_of, keys))),
    )


def _tell_what_it_waits_for(workspace: "Workspace") -> None:
    from csdocs.model.place import PEOPLE

    if not workspace.in_set_up:
        waits = Text(
            "登记册的改动获批之后才算数：csdocs why {people}",
            "it counts once the change of the register is approved: csdocs why {people}",
        )
        click.echo(say(waits.format(people=PEOPLE)), err=True)


_ASKED = Text(
    "ssh-keygen 要求输入两次口令（Enter passphrase），屏幕上不显示；以后每次签署都要用它",
    "ssh-keygen asks for a passphrase, twice, and shows nothing while you type; it is needed for each signature",
)


def _fresh_key(
    workspace: "Workspace", person: str, name: str, file: Path | None, no_passphrase: bool
) -> tuple[Path, str]:
    """A new key pair of a registered person: the private key's file and the public key."""
    from csdocs.trust.keyring import key_path

    workspace.register.named(person)
    target = file or key_path(name)
    _generate(target, name, no_passphrase)
    return target, Path(f"{target}.pub").read_text("utf-8").strip()


def _generate(target: Path, person: str, no_passphrase: bool) -> None:
    if target.exists():
        raise CsdocsError(
            Text("{target} 已存在", "{target} exists already").format(target=target),
            Text("换一个文件名：--file", "choose another file: --file"),
        )
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    quiet = ["-N", ""] if no_passphrase else []
    if not no_passphrase:
        click.echo(say(_ASKED), err=True)
    done = subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-f", str(target), "-C", f"csdocs-{person}", *quiet], check=False
    )
    if done.returncode != 0:
        raise CsdocsError(
            Text("ssh-keygen 没有生成密钥", "ssh-keygen made no key"),
            Text("看它上面说的原因，改好再试", "see above what it says, put that right, then try again"),
        )
