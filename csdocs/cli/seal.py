"""`csdocs seal`: the organisation's seal from its beginning to its end."""

import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import MomentType, help_text, moment_meant
from csdocs.cli.words import some_words
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace
    from csdocs.press.sealing import Sealing


def passphrase(what: Text) -> bytes:
    """From CSDOCS_SEAL_PASSPHRASE or typed; never from the command line. Empty for none."""
    given = os.environ.get("CSDOCS_SEAL_PASSPHRASE")
    if given is not None:
        return given.encode()
    if not sys.stdin.isatty():
        return b""
    question = say(Text("{what}的口令（可留空）", "Passphrase of {what} (may be empty)").format(what=what))
    return str(click.prompt(question, hide_input=True, default="", show_default=False, err=True)).encode()


def sealing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option("--seal", is_flag=True, help=help_text("加盖机构电子签章", "put the organisation's seal on it")),
        click.option(
            "--pkcs12",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help=help_text(
                "改用这个 PKCS#12 文件中的密钥和证书盖章", "seal with the key and certificates of this PKCS#12 file"
            ),
        ),
        click.option(
            "--tsa",
            "tsa_url",
            metavar="URL",
            help=help_text(
                "盖章并向这个 RFC 3161 服务取时间戳（需联网）",
                "seal with a time stamp from this RFC 3161 service (network)",
            ),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def load_sealing(workspace: "Workspace", pkcs12: Path | None, tsa_url: str | None) -> "Sealing":
    from csdocs.press.sealing import Sealing, load_seal, sealing_moment

    sealer = load_seal(workspace, passphrase, pkcs12)
    organisation = workspace.settings.organisation.to(spoken())
    return Sealing(sealer, organisation, sealing_moment(workspace), spoken(), tsa_url)


@click.group("seal", help=help_text("机构电子签章。", "The organisation's seal."))
def seal_() -> None: ...


@seal_.command(
    "init",
    short_help=help_text("生成签章的密钥和证书。", "Make the seal's keys and certificates."),
    help=help_text(
        "生成签章的密钥和证书，显示根证书指纹。已有的从不覆盖。",
        "Make the seal's keys and certificates; shows the root's fingerprint. Overwrites nothing.",
    ),
)
def init_() -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.press.sealing import KEYS, ROOT_CERTIFICATE, keep_seal

    workspace = open_workspace()
    fingerprint = keep_seal(workspace, passphrase)
    made = Text(
        "签章密钥在 {keys}（不要提交到 git），根证书在 {root}",
        "keys in {keys} (never commit them), root certificate in {root}",
    )
    click.echo(say(made.format(keys=KEYS, root=ROOT_CERTIFICATE)))
    keep = Text(
        "请打印并存入保险柜，根证书 SHA-256 指纹：",
        "Print this and keep it in the safe, SHA-256 of the root certificate:",
    )
    click.echo(say(keep))
    click.echo(f"  {fingerprint}")
    if not workspace.in_set_up:
        wait = Text(
            "{root} 是受控文件，提交并获批之后，verify 才采信这枚签章：csdocs why {root}",
            "{root} is a controlled file: verify believes this seal once it is committed and approved: csdocs why {root}",
        )
        click.echo(say(wait.format(root=ROOT_CERTIFICATE)))
    return CLEAN


@seal_.command(
    "renew",
    short_help=help_text("用同一根证书签发新的签章证书。", "Make a new key and certificate under the same root."),
    help=help_text(
        "用同一根证书签发新的签章密钥和证书；以前盖的章仍然有效。",
        "Make a new key and certificate under the same root; seals made so far stay valid.",
    ),
)
@click.option(
    "--root-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=help_text("根密钥文件，默认 .csdocs/seal/root.key", "the root key, default .csdocs/seal/root.key"),
)
def renew_(root_key: Path | None) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.press.sealing import KEYS, replace_seal

    fingerprint = replace_seal(open_workspace(), root_key, passphrase)
    click.echo(
        say(
            Text("新签章已就绪，旧密钥移到 {kept}", "the new seal is ready; the old key moved to {kept}").format(
                kept=f"{KEYS}/retired"
            )
        )
    )
    click.echo(
        say(Text("新证书的 SHA-256 指纹：{print}", "SHA-256 of the new certificate: {print}").format(print=fingerprint))
    )
    return CLEAN


@seal_.command(
    "revoke",
    short_help=help_text("吊销一枚签章的证书。", "Revoke the certificate of a seal."),
    help=help_text(
        "吊销一枚签章的证书：写入公开的吊销清单，此后验证时不再采信。",
        "Revoke the certificate of a seal: enters it in the public list that verify heeds.",
    ),
)
@click.argument("certificate", required=False, metavar="[SHA256]")
@click.option(
    "--since",
    type=MomentType(),
    help=help_text(
        "从何时起不再采信，如 2026-11-01T20:00；默认现在",
        "from when on it counts no more, such as 2026-11-01T20:00; default now",
    ),
)
@click.option("--reason", required=True, callback=some_words, help=help_text("吊销理由", "why"))
def revoke_(certificate: str | None, since: dt.datetime | None, reason: str) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.model.seal import REVOKED_SEALS
    from csdocs.press.sealing import revoke_seal

    workspace = open_workspace()
    fingerprint = revoke_seal(workspace, certificate, moment_meant(workspace, since), reason)
    said = Text(
        "已写入 {path}，请提交并经批准合入：{print}", "entered in {path}; commit it and have it approved: {print}"
    )
    click.echo(say(said.format(path=REVOKED_SEALS, print=fingerprint)))
    return CLEAN
