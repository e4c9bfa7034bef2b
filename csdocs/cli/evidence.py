"""`csdocs evidence`: what an auditor takes along."""

import datetime as dt
from pathlib import Path

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.seal import load_sealing, sealing_options
from csdocs.cli.shared import (
    DateType,
    build_folder,
    help_text,
    output_option,
    progress,
    refuse_reversed,
    require_ending,
)
from csdocs.model.text import Text


@click.command(
    "evidence",
    help=help_text(
        "把一段时间的证据打成一个 zip：有效文件、历史、凭据、登记册、记录及其 PDF、条款对照表。\n\n"
        "收件人用包内的 verify.sh 核验，不需要 csdocs。内容取自当前提交，不含未提交的改动。",
        "One zip with the evidence of a period: documents in force, history, receipts, register, records and their PDFs, clauses "
        "beside their evidence.\n\nWhoever gets it checks it with the verify.sh inside, without csdocs. It is made from the current "
        "commit; what is not committed is not in it.",
    ),
)
@click.option("--from", "first", type=DateType(), required=True, help=help_text("第一天", "first day"))
@click.option("--to", "last", type=DateType(), required=True, help=help_text("最后一天", "last day"))
@click.option(
    "--regulation",
    "regulations",
    multiple=True,
    metavar="ID",
    help=help_text("只要这部制度，可重复；默认全部", "this regulation only, may be repeated; default all"),
)
@click.option(
    "--sample",
    metavar="N",
    type=click.IntRange(min=0),
    help=help_text("抽取几份记录；默认全部", "how many records to draw; default all"),
)
@click.option("--seed", help=help_text("抽样种子，由审计员给出", "seed of the sample, given by the auditor"))
@sealing_options
@output_option("输出文件，默认 build/evidence-起-止.zip", "output file, default build/evidence-FROM-TO.zip")
def evidence_(
    first: dt.date,
    last: dt.date,
    regulations: tuple[str, ...],
    sample: int | None,
    seed: str | None,
    seal: bool,
    pkcs12: Path | None,
    tsa_url: str | None,
    output: Path | None,
) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.pack import Scope, lay_out, manifest_digest, zip_bytes
    from csdocs.render.font import ensure_fonts
    from csdocs.store import disk

    refuse_reversed(first, last)
    if output:
        require_ending(output, "zip")
    if (sample is None) != (seed is None):
        raise click.UsageError(say(Text("--sample 与 --seed 要一起给", "--sample and --seed go together")))
    workspace = open_workspace()
    ensure_fonts(lambda text: click.echo(say(text), err=True))
    sealing = load_sealing(workspace, pkcs12, tsa_url) if seal or pkcs12 or tsa_url else None
    scope = Scope(first, last, regulations, sample, seed or "")
    files = lay_out(workspace.root, scope, spoken(), sealing, progress(Text("打印记录", "Rendering records")))
    target = output or build_folder(workspace.root) / f"evidence-{first}-{last}.zip"
    disk.lay_down(target, zip_bytes(files))
    click.echo(
        say(Text("{target}，{count} 个文件", "{target}, {count} file{count:s}").format(target=target, count=len(files)))
    )
    said = Text(
        "清单的 SHA-256（请另行告知收件人，核对之后才运行 verify.sh）：",
        "SHA-256 of the manifest (tell it to the recipient by another way, to be compared before verify.sh is run):",
    )
    click.echo(say(said))
    click.echo(f"  {manifest_digest(files)}")
    return CLEAN
