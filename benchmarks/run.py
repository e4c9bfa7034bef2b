"""How fast csdocs is beside its peers: `python -m benchmarks.run [NAME…] [--json]`."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.contest import BENCHMARKS
from benchmarks.generate import generate
from benchmarks.measure import Figure

NEEDS_RECORDS = {
    "check",
    "verified",
    "again",
    "ask",
    "reports",
    "review",
    "audit",
    "signatures",
    "render",
    "manual",
    "seal",
    "build",
    "memory",
}
FEW = 50
HEAD = ("benchmark", "contender", "count", "a second", "unit", "CPU s", "peak MB", "times peer", "times peer, CPU")


@click.command(help="Run benchmarks (default: all) on a generated workspace and compare each with its peer.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--records", default=2_000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--workspace", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Use one that is there."
)
@click.option("--json", "as_json", is_flag=True)
def main(names: Sequence[str], records: int, seed: int, workspace: Path | None, as_json: bool) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        raise click.UsageError(f"no such benchmark: {', '.join(unknown)} (there are: {', '.join(BENCHMARKS)})")
    wanted = names or tuple(BENCHMARKS)
    with tempfile.TemporaryDirectory(prefix="csdocs-benchmark-") as folder:
        if workspace is None:
            generate(Path(folder), records if NEEDS_RECORDS & set(wanted) else FEW, seed)
        figures = [figure for name in wanted for figure in BENCHMARKS[name]((workspace or Path(folder)).resolve())]
    rows = [_row(figure, figures) for figure in figures]
    click.echo(json.dumps(_report(rows), indent=2) if as_json else _table(rows))


def _row(figure: Figure, figures: Iterable[Figure]) -> dict[str, Any]:
    peer = next((each for each in figures if each.is_peer and each.benchmark == figure.benchmark), None)
    values = (
        figure.benchmark,
        figure.contender,
        figure.work,
        round(figure.rate, 1),
        figure.unit,
        round(figure.usage.cpu, 2),
        round(figure.usage.peak_mb),
        round(figure.rate / peer.rate, 2) if peer else "–",
        round(figure.cpu_rate / peer.cpu_rate, 2) if peer else "–",
    )
    return dict(zip(HEAD, values, strict=True))


def _report(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "figures": rows}


def _table(rows: list[dict[str, Any]]) -> str:
    cells = [[_cell(value) for value in row.values()] for row in rows]
    widths = [max(map(len, column)) for column in zip(HEAD, *cells, strict=True)]
    words = {HEAD.index(name) for name in ("benchmark", "contender", "unit")}
    return "\n".join(
        "  ".join(
            text.ljust(w) if i in words else text.rjust(w) for i, (text, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in (HEAD, *cells)
    )


def _cell(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


if __name__ == "__main__":
    main()
