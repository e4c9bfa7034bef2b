"""`csdocs render`, `build`, `verify`: paper and PDF."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from csdocs.cli.completing import MANUAL, rendered_ids
from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.seal import load_sealing, sealing_options
from csdocs.cli.shared import (
    EXECUTOR,
    build_folder,
    executor_at,
    format_option,
    help_text,
    progress,
    require_registers,
)
from csdocs.model.error import CsdocsError, has_errors
from csdocs.model.text import Text, printable

if TYPE_CHECKING:
    from csdocs.executor import Executor
    from csdocs.load.workspace import Workspace
    from csdocs.press import Job, Press, Rebuilt
    from csdocs.press.audience import Outsider
    from csdocs.press.sealing import Sealing

_OUT = click.option(
    "-o",
    "output",
    type=click.Path(file_okay=False, path_type=Path),
    help=help_text("输出文件夹，默认工作区的 build", "output folder, default build in the workspace"),
)


def open_press(*, seal: bool) -> "Press":
    from csdocs.press import Press
    from csdocs.render.font import ensure_fonts
    from csdocs.store import disk

    ensure_fonts(lambda text: click.echo(say(text), err=True))
    press = Press(disk.find_root(Path.cwd()), language=spoken(), seal=seal)
    require_registers(press.workspace)
    return press


def _write(
    press: "Press",
    jobs: "Sequence[Job]",
    folders: Sequence[Path],
    sealing: "Sealing | None",
    executor: "Executor | None",
) -> list[Path]:
    """One file for each job in the folder beside it."""
    from csdocs.press import print_many
    from csdocs.store import disk

    written: list[Path] = []
    renditions = print_many(press, jobs, sealing, executor)
    for folder, rendition in zip(progress(Text("打印", "Rendering"))(folders), renditions, strict=True):
        target = folder / rendition.name
        disk.lay_down(target, rendition.data)
        written.append(target)
    return written


@click.command(
    "render",
    help=help_text(
        "把记录打印成 PDF；制度和表单编号也可以，manual 是整本手册。\n\n制度和表单打印的是工作区里的版次，可能是草案；--in-force 打印现行版次。",
        "Render records as PDF; ids of documents and forms work too, and manual is the whole manual.\n\n"
        "Of documents and forms it prints the revision that lies here, which may be a draft; --in-force prints the one in force.",
    ),
)
@click.argument("ids", shell_complete=rendered_ids, nargs=-1, required=True, metavar="ID...")
@_OUT
@click.option(
    "--for",
    "outsider",
    type=click.Choice(["customer", "third-party"]),
    help=help_text(
        "出具副本：customer 给客户（员工只列工号，内部栏目、备注、附件、意见不列）；third-party 给第三方（并隐去个人信息）",
        "make a copy: customer, for the customer (staff by number only, nothing internal, no remarks, files or comments); third-party, for "
        "anybody else (personal data hidden too)",
    ),
)
@click.option(
    "--in-force",
    is_flag=True,
    help=help_text("制度和表单打印现行版次", "of documents and forms, the revision in force"),
)
@sealing_options
@EXECUTOR
def render_(
    ids: tuple[str, ...],
    output: Path | None,
    outsider: "Outsider | None",
    in_force: bool,
    seal: bool,
    pkcs12: Path | None,
    tsa_url: str | None,
    address: str | None,
) -> int:
    press = open_press(seal=seal or bool(pkcs12 or tsa_url))
    sealing = load_sealing(press.workspace, pkcs12, tsa_url) if press.seal else None
    jobs = [_job(press, id, outsider, in_force=in_force) for id in ids]
    with executor_at(address) as executor:
        written = _write(press, jobs, [output or build_folder(press.workspace.root)] * len(jobs), sealing, executor)
    for path in written:
        click.echo(str(path))
    return CLEAN


def _job(press: "Press", id: str, outsider: "Outsider | None", *, in_force: bool) -> "Job":
    from csdocs.prepare.entry import look_for_record
    from csdocs.press import Job

    rules = press.workspace.paths_by_id
    id = id.upper() if id.upper() in rules else id
    if outsider and (id == MANUAL or id in rules):
        raise click.UsageError(
            say(Text(f"{id} 不是记录，--for 只用于记录", f"{id} is no record; --for makes copies of records alone"))
        )
    if id == MANUAL:
        return Job("manual")
    if id in rules:
        return _of_rule_book(press, id, rules[id], in_force=in_force)
    path = look_for_record(press.workspace, id)
    if path is None:
        raise _nothing_to_print(press.workspace, id)
    return Job("record", path, outsider)


def _nothing_to_print(workspace: "Workspace", id: str) -> CsdocsError:
    from csdocs.model.suggestion import did_you_mean, suggestion
    from csdocs.prepare.entry import record_meant, require_undisposed

    require_undisposed(workspace, id)
    spelled = id.lower() if id.isalpha() else id.upper()
    record = record_meant(workspace, id)
    meant = did_you_mean(record) if record else suggestion(spelled, (MANUAL, *workspace.paths_by_id))
    return CsdocsError(
        Text("没有记录、制度或表单 {id}{meant}", "there is no record, document or form {id}{meant}").format(
            id=id, meant=meant
        ),
        Text(
            "csdocs list 表单编号 列出记录，csdocs form list 列出表单；整本手册写 manual",
            "csdocs list FORM shows records, csdocs form list forms; manual is the whole manual",
        ),
    )


def _of_rule_book(press: "Press", id: str, path: str, *, in_force: bool) -> "Job":
    from csdocs.press import Job

    here, ruling = press.workspace, press.in_force().workspace
    if in_force and path not in ruling.files:
        raise CsdocsError(
            Text("{id} 没有现行版次", "no revision of {id} is in force").format(id=id),
            Text(
                "csdocs history {id} 列出各版的起止；不加 --in-force 打印工作区里的",
                "csdocs history {id} says from when until when each was; without --in-force what lies here is printed",
            ).format(id=id),
        )
    printed = ruling if in_force else here
    if id not in printed.documents and id not in printed.forms:
        raise has_errors(path)
    if not in_force and ruling.files.get(path) != here.files[path]:
        said = Text(
            "{id}：打印的不是现行版次；现行的加 --in-force",
            "{id}: this is not what is in force; --in-force prints that",
        )
        click.echo(say(said.format(id=id)), err=True)
    return Job("document" if id in printed.documents else "blank", id, in_force=in_force)


@click.command("build", help=help_text("生成手册和全部记录的 PDF。", "Build the manual and the PDFs of all records."))
@_OUT
@sealing_options
@EXECUTOR
def build_(output: Path | None, seal: bool, pkcs12: Path | None, tsa_url: str | None, address: str | None) -> int:
    from csdocs.parse.record import parse_record
    from csdocs.press import Job
    from csdocs.store import disk

    press = open_press(seal=seal or bool(pkcs12 or tsa_url))
    sealing = load_sealing(press.workspace, pkcs12, tsa_url) if press.seal else None
    root = press.workspace.root
    folder = output or build_folder(root)
    paths = [path for path in press.workspace.record_paths() if parse_record(path, disk.read(root, path)).record]
    jobs = [Job("manual"), *(Job("record", path) for path in paths)]
    with executor_at(address) as executor:
        manual, *records = _write(press, jobs, [folder, *[folder / "records"] * len(paths)], sealing, executor)
    made = Text("手册 {manual}，记录 {count} 份在 {folder}", "manual {manual}, {count} record{count:s} in {folder}")
    click.echo(say(made.format(manual=manual, count=len(records), folder=folder / "records")))
    return CLEAN


@click.command(
    "verify",
    help=help_text(
        "验证 PDF：完整性、签章人、权限、时间。不联网。\n\n信任根和吊销清单取自当前工作区获批的 handbook/seal/（时间戳的信任根在其下 time/），信任根也可用 --trust 指定。\n\n手里是纸件时用 --code 查它是否现行。",
        "Verify a PDF: integrity, who, authority, time. Offline.\n\nRoots and the list of revoked seals come from handbook/seal/ of this workspace, as it was approved (roots of time stamps from time/ below it); other roots by --trust."
        "\n\nWith paper in hand, --code says whether it is current.",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="CODE",
    help=help_text(
        "纸件上的核验码或扫码所得文字，可重复", "the check code on a page, or what its QR code says; may be repeated"
    ),
)
@format_option("text", "json")
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=help_text("信任的根证书（PEM），可重复", "a root certificate to trust (PEM); may be repeated"),
)
@click.option(
    "--rebuild",
    "rebuild_",
    is_flag=True,
    help=help_text(
        "按文件所写的提交和时刻重新生成，逐字节比较", "make it again from the commit and moment it names; compare bytes"
    ),
)
def verify_(
    files: tuple[Path, ...], codes: tuple[str, ...], format_: str, trust: tuple[Path, ...], rebuild_: bool
) -> int:
    if bool(files) == bool(codes):
        raise click.UsageError(
            say(Text("给出 PDF 文件或 --code，二者取一", "give PDF files or --code, one of the two"))
        )
    if codes:
        from csdocs.cli.code import look_up

        return look_up(codes, format_)
    from csdocs.render.verify import verify_pdf

    known = _workspace_trust()
    roots = [_read(path) for path in trust] or known.roots
    verdicts = [
        (path, verify_pdf(_read(path), roots, tsa_roots=known.time_roots, revoked=known.revoked, zone=known.zone))
        for path in progress(Text("验证", "Verifying"))(files)
    ]
    again = _rebuilt(files) if rebuild_ else {}
    if format_ == "json":
        said = [_verdict_dict(path, verdict) | _rebuilt_dict(again.get(path)) for path, verdict in verdicts]
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for path, verdict in verdicts:
            _print_verdict(path, verdict, again.get(path), brief=len(verdicts) > 5)
    good = all(verdict.genuine for _, verdict in verdicts) and all(each.status == "ok" for each in again.values())
    return CLEAN if good else FINDINGS


def _read(path: Path) -> bytes:
    """One byte more than is accepted shows that a file is too large; the rest of it is not read."""
    from csdocs.render.verify import MAX_PDF_BYTES

    with path.open("rb") as stream:
        return stream.read(MAX_PDF_BYTES + 1)


def _rebuilt(files: Iterable[Path]) -> "dict[Path, Rebuilt]":
    from csdocs.press import rebuild
    from csdocs.render.font import ensure_fonts
    from csdocs.store import disk

    root = disk.find_root(Path.cwd())
    ensure_fonts(lambda text: click.echo(say(text), err=True))
    bar = progress(Text("重新生成", "Making again"))
    return {path: rebuild(root, _read(path)) for path in bar(files)}


def _rebuilt_dict(rebuilt: "Rebuilt | None") -> dict[str, Any]:
    if rebuilt is None:
        return {}
    return {"rebuilt": {"status": rebuilt.status, "sentence": say(rebuilt.sentence), "sha256": rebuilt.sha256}}


class _Trust(NamedTuple):
    """What the workspace around, if there is one, publishes."""

    roots: Sequence[bytes] = ()
    time_roots: Sequence[bytes] = ()
    revoked: Mapping[str, dt.datetime] | None = None
    zone: dt.tzinfo = dt.UTC


def _workspace_trust() -> _Trust:
    from csdocs.load.workspace import Workspace
    from csdocs.press.sealing import revoked_anywhere, trusted_roots, trusted_time_roots, unapproved
    from csdocs.store import disk

    try:
        root = disk.find_root(Path.cwd())
    except CsdocsError:
        return _Trust(zone=dt.datetime.now().astimezone().tzinfo or dt.UTC)
    workspace = Workspace(root)
    for path in unapproved(workspace):
        said = Text(
            "{path} 不是获批的内容，不予采信；请先审批：csdocs approve {path} --as 工号",
            "{path} is not what was approved, and is not believed; have it approved first: csdocs approve {path} --as PERSON",
        )
        click.echo(say(said.format(path=path)), err=True)
    roots, time_roots = trusted_roots(workspace), trusted_time_roots(workspace)
    return _Trust(roots, time_roots, revoked_anywhere(workspace), workspace.settings.zone)


_PARTS = {
    "integrity": Text("完整性", "integrity"),
    "who": Text("签章人", "who"),
    "authority": Text("权限", "authority"),
    "time": Text("时间", "time"),
}
_REBUILT = Text("重新生成", "made again")
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


def _print_verdict(path: Path, verdict: Any, rebuilt: "Rebuilt | None", *, brief: bool) -> None:
    word = Text("真实", "genuine") if verdict.genuine else Text("不可信", "not to be trusted")
    click.secho(f"{printable(str(path))}: {say(word)}", bold=True, fg="green" if verdict.genuine else "red")
    if brief and verdict.genuine and (rebuilt is None or rebuilt.status == "ok"):
        return
    parts = [(label, getattr(verdict, name)) for name, label in _PARTS.items()]
    for label, part in [*parts, *([(_REBUILT, rebuilt)] if rebuilt else [])]:
        mark, colour = _MARKS[part.status]
        click.echo(f"  {click.style(mark, fg=colour)} {say(label)}: {printable(say(part.sentence))}")
