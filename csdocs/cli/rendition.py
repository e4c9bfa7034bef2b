"""`csdocs render`, `build`, `verify`, `seal`: paper and PDF."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import help_text, progress
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.press import Press, Rendition

_OUT = click.option(
    "-o",
    "output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    help=help_text("输出文件夹，默认 build", "output folder, default build"),
)
_SEAL = click.option("--seal", is_flag=True, help=help_text("加盖机构电子签章", "put the organisation's seal on it"))


def _passphrase(what: Text) -> bytes:
    """From CSDOCS_SEAL_PASSPHRASE or typed; never from the command line. Empty for none."""
    given = os.environ.get("CSDOCS_SEAL_PASSPHRASE")
    if given is not None:
        return given.encode()
    if not sys.stdin.isatty():
        return b""
    question = say(Text("{what}的口令（可留空）", "Passphrase of {what} (may be empty)").format(what=what))
    return str(click.prompt(question, hide_input=True, default="", show_default=False, err=True)).encode()


def _press(seal: bool) -> "Press":
    from csdocs.press import Press
    from csdocs.render.font import ensure_fonts
    from csdocs.store import disk

    ensure_fonts(lambda text: click.echo(say(text), err=True))
    return Press(disk.find_root(Path.cwd()), language=spoken(), seal=seal)


def _write(press: "Press", renditions: Iterable["Rendition"], output: Path, seal: bool) -> list[Path]:
    from csdocs.press.sealing import load_seal, sealing_moment
    from csdocs.render.seal import seal_pdf

    sealer = load_seal(press.workspace, _passphrase) if seal else None
    organisation = press.workspace.settings.organisation.to(spoken())
    written: list[Path] = []
    for rendition in renditions:
        data = rendition.data
        if sealer is not None:
            data = seal_pdf(
                data,
                sealer,
                name=organisation,
                reason=rendition.title,
                moment=sealing_moment(press.workspace),
                language=spoken(),
            )
        output.mkdir(parents=True, exist_ok=True)
        target = output / rendition.name
        target.write_bytes(data)
        written.append(target)
    return written


@click.command(
    "render",
    help=help_text(
        "把记录打印成 PDF；制度和表单编号也可以。", "Render records as PDF; ids of documents and forms work too."
    ),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_OUT
@_SEAL
def render_(ids: tuple[str, ...], output: Path, seal: bool) -> int:
    press = _press(seal)
    renditions = (_rendition(press, id) for id in progress(Text("打印", "Rendering"))(ids))
    for path in _write(press, renditions, output, seal):
        click.echo(str(path))
    return CLEAN


def _rendition(press: "Press", id: str) -> "Rendition":
    from csdocs.entry import find_record

    if id in press.workspace.documents:
        return press.document(id)
    if id in press.workspace.forms:
        return press.blank(id)
    return press.record(find_record(press.workspace, id))


@click.command("build", help=help_text("生成手册和全部记录的 PDF。", "Build the manual and the PDFs of all records."))
@_OUT
@_SEAL
def build_(output: Path, seal: bool) -> int:
    from csdocs.parse.record import parse_record
    from csdocs.store import disk

    press = _press(seal)
    root = press.workspace.root
    paths = [path for path in press.workspace.record_paths() if parse_record(path, disk.read(root, path)).record]
    manual = _write(press, [press.manual()], output, seal)
    renditions = (press.record(path) for path in progress(Text("打印记录", "Rendering records"))(paths))
    records = _write(press, renditions, output / "records", seal)
    made = Text("手册 {manual}，记录 {count} 份在 {folder}", "manual {manual}, {count} records in {folder}")
    click.echo(say(made.format(manual=manual[0], count=len(records), folder=output / "records")))
    return CLEAN


@click.command(
    "verify",
    help=help_text(
        "验证 PDF：完整性、签章人、权限、时间。不联网。\n\n信任根取自当前工作区的 handbook/seal/，或用 --trust 指定。",
        "Verify a PDF: integrity, who, authority, time. Offline.\n\nRoots come from handbook/seal/ of this workspace or --trust.",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help=help_text("输出格式", "output format"),
)
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=help_text("信任的根证书（PEM），可重复", "a root certificate to trust (PEM); may be repeated"),
)
def verify_(files: tuple[Path, ...], format_: str, trust: tuple[Path, ...]) -> int:
    from csdocs.render.verify import verify_pdf

    roots = [path.read_bytes() for path in trust] or list(_workspace_roots())
    verdicts = [(path, verify_pdf(path.read_bytes(), roots)) for path in progress(Text("验证", "Verifying"))(files)]
    if format_ == "json":
        click.echo(
            json.dumps([_verdict_dict(path, verdict) for path, verdict in verdicts], ensure_ascii=False, indent=2)
        )
    else:
        for path, verdict in verdicts:
            _print_verdict(path, verdict, brief=len(verdicts) > 5)
    return CLEAN if all(verdict.genuine for _, verdict in verdicts) else FINDINGS


def _workspace_roots() -> tuple[bytes, ...]:
    from csdocs.press.sealing import trusted_roots
    from csdocs.store import disk

    try:
        return trusted_roots(disk.find_root(Path.cwd()))
    except CsdocsError:
        return ()


_PARTS = {
    "integrity": Text("完整性", "integrity"),
    "who": Text("签章人", "who"),
    "authority": Text("权限", "authority"),
    "time": Text("时间", "time"),
}
_MARKS = {"ok": ("✓", "green"), "failed": ("✗", "red"), "unknown": ("?", "yellow")}


def _verdict_dict(path: Path, verdict: Any) -> dict[str, Any]:
    facts = verdict.facts
    parts = {
        name: {"status": getattr(verdict, name).status, "sentence": say(getattr(verdict, name).sentence)}
        for name in _PARTS
    }
    files = [file._asdict() for file in facts.files]
    return {
        "file": str(path),
        "genuine": verdict.genuine,
        **parts,
        "signer": facts.signer_name,
        "certificate_sha256": facts.certificate_sha256,
        "claimed_at": facts.claimed_at.isoformat() if facts.claimed_at else None,
        "reason": facts.reason,
        "files": files,
        "provenance": facts.provenance,
        "base_sha256": facts.base_sha256,
    }


def _print_verdict(path: Path, verdict: Any, *, brief: bool) -> None:
    word = Text("真实", "genuine") if verdict.genuine else Text("不可信", "not to be trusted")
    click.secho(f"{path}: {say(word)}", bold=True, fg="green" if verdict.genuine else "red")
    if brief and verdict.genuine:
        return
    for name, label in _PARTS.items():
        part = getattr(verdict, name)
        mark, colour = _MARKS[part.status]
        click.echo(f"  {click.style(mark, fg=colour)} {say(label)}: {say(part.sentence)}")


@click.group("seal", help=help_text("机构电子签章。", "The organisation's seal."))
def seal_() -> None: ...


@seal_.command(
    "init",
    help=help_text(
        "生成签章的密钥和证书，显示根证书指纹。", "Make the seal's keys and certificates; shows the root's fingerprint."
    ),
)
def init_() -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.press.sealing import KEYS, ROOT_CERTIFICATE, keep_seal

    workspace = open_workspace(Path.cwd())
    fingerprint = keep_seal(workspace, _passphrase)
    click.echo(
        say(
            Text(
                "签章密钥在 {keys}（不要提交到 git），根证书在 {root}",
                "keys in {keys} (never commit them), root certificate in {root}",
            ).format(keys=KEYS, root=ROOT_CERTIFICATE)
        )
    )
    click.echo(
        say(
            Text(
                "请打印并存入保险柜，根证书 SHA-256 指纹：",
                "Print this and keep it in the safe, SHA-256 of the root certificate:",
            )
        )
    )
    click.echo(f"  {fingerprint}")
    return CLEAN
