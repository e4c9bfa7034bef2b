"""All benchmarks beside their targets as one page: `python -m benchmarks.report`, or `make bench`."""

import datetime as dt
import json
import os
import platform
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks import browser
from benchmarks.chart import bars, lines, number, statement
from benchmarks.contest import BENCHMARKS, missing
from benchmarks.generate import generate
from benchmarks.growth import LARGE, SIZES, Growth, Point, fit, grow, plain
from benchmarks.measure import REPOSITORY, Figure, Usage
from benchmarks.target import Reached, grown, reached
from csdocs import __version__

LIBRARIES = (
    *("pydantic-core", "cryptography", "weasyprint", "pyhanko", "click", "gitpython"),
    *("check-jsonschema", "cel-expr-python", "typst", "reportlab"),
)


class Measured(NamedTuple):
    """All that a report says, and what it is drawn from again."""

    at: str
    records: int
    machine: dict[str, str]
    versions: dict[str, str]
    left_out: list[str]
    figures: list[Figure]
    points: list[Point]

    @property
    def growth(self) -> list[Growth]:
        return fit(self.points)

    @property
    def rows(self) -> list[Reached]:
        return [*reached(self.figures), *grown(self.growth)]


def machine() -> dict[str, str]:
    load = " ".join(f"{each:.1f}" for each in os.getloadavg()) if hasattr(os, "getloadavg") else ""
    return {
        "processor": _read("/proc/cpuinfo", "model name"),
        "cores": str(os.cpu_count()),
        "memory": _read("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "load before": load,
    }


def _read(path: str, key: str) -> str:
    try:
        found = (line.partition(":")[2].strip() for line in Path(path).read_text().splitlines() if line.startswith(key))
        return next(found, "")
    except OSError:
        return ""


def versions() -> dict[str, str]:
    found = {"csdocs": f"{__version__} {_said(['git', '-C', str(REPOSITORY), 'describe', '--always', '--dirty'])}"}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            continue
    commands = {"git": ["git", "--version"], "Chromium": [str(browser.program()), "--version"]}
    return found | {name: _said(command) for name, command in commands.items() if command[0] != "None"}


def _said(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip().removeprefix("git version ").removeprefix("Chromium ")


def measure(records: int, seed: int, sizes: Sequence[int]) -> Measured:
    about, figures = machine(), []
    with tempfile.TemporaryDirectory(prefix="csdocs-benchmark-") as folder:
        generate(Path(folder), records, seed)
        for name, benchmark in BENCHMARKS.items():
            for figure in benchmark(Path(folder).resolve()):
                click.echo(f"{name:<12} {figure.contender:<42} {figure.usage.cpu:>8.2f} s CPU", err=True)
                figures.append(figure)
    points = list(grow(sizes, seed, lambda point: click.echo(f"{point.command:<20} {point.records:>10,}", err=True)))
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Measured(now, records, about, versions(), missing(), figures, points)


def as_json(measured: Measured) -> str:
    targets = [
        {**row._asdict(), "what": row.what.en, "unit": row.unit.en, "reached": row.share >= 1} for row in measured.rows
    ]
    figures = [{**figure._asdict(), "usage": figure.usage._asdict()} for figure in measured.figures]
    growth = plain(measured.growth)
    whole = {**measured._asdict(), "figures": figures, "targets": targets, "growth": growth}
    whole["points"] = [point._asdict() for point in measured.points]
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def of_json(text: str) -> Measured:
    whole: dict[str, Any] = json.loads(text)
    figures = [Figure(**{**each, "usage": Usage(**each["usage"])}) for each in whole["figures"]]
    points = [Point(**each) for each in whole["points"]]
    kept = {name: whole[name] for name in Measured._fields}
    return Measured(**{**kept, "figures": figures, "points": points})


_STYLE = """
body { font: 15px/1.5 "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #22262b; max-width: 1000px; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin-bottom: 0; } h2 { font-size: 1.15em; margin-top: 2em; } .en, small { color: #6b7178; }
table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { border-bottom: 1px solid #d5d9dd; padding: .3em .5em; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .good { color: #2f7d5b; } .short { color: #c2762b; } svg { max-width: 100%; height: auto; }
"""


_GROWTH = """<h2>随记录数的增长 <span class='en'>growth</span></h2>
<p><small>各命令的 CPU 秒数，两轴均为对数；n^1 与记录数同比增长，n^0 与记录数无关。
CPU seconds of each command, both axes logarithmic; n^1 grows as the records do, n^0 not at all.</small></p>"""


def as_html(measured: Measured) -> str:
    good = sum(row.share >= 1 for row in measured.rows)
    count = len(measured.rows)
    parts = [
        f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>csdocs 性能报告</title><style>{_STYLE}</style>",
        "<h1>csdocs 性能报告</h1><p class='en'>csdocs performance report</p>",
        f"<p>{escape(measured.at)}，{measured.records:,} 份记录；{count} 项目标中达到 {good} 项。比值可比，绝对值只属于这台机器。</p>",
        f"<p class='en'>{measured.records:,} records; {good} of {count} targets reached. Ratios hold, absolute figures belong to this machine.</p>",
        _left_out(measured.left_out),
        "<h2>与目标之比 <span class='en'>against the targets</span></h2>",
        "<p><small>横轴为对数，中线是目标，向右为优；@ 后是目标所指的记录数。 The axis is logarithmic, the line in the middle is the target, right of it is better; @ says for how many records it is meant.</small></p>",
        bars(measured.rows),
        _targets(measured.rows),
        f"{_GROWTH}{lines(measured.growth)}" if measured.points else "",
        "<h2>全部数据 <span class='en'>all figures</span></h2>",
        _figures(measured.figures),
        "<h2>机器与版本 <span class='en'>machine and versions</span></h2>",
        _facts({**measured.machine, **measured.versions}),
    ]
    return "\n".join(filter(None, parts)) + "\n"


def _left_out(names: Sequence[str]) -> str:
    if not names:
        return ""
    listed = escape("、".join(names))
    return f"<p>未安装、因此未比较：{listed}。<br><span class='en'>Not installed and so left out: {escape(', '.join(names))}.</span></p>"


def _targets(rows: Iterable[Reached]) -> str:
    head = (
        *("项目 what", "csdocs", "对照 beside", "测得（目标） found (target)", "时钟 clock", "达到 reached"),
        "内存峰值 MB（对照） peak (peer)",
    )
    lines = []
    for row in rows:
        peer = f" ({number(row.peer_peak_mb)})" if row.peer_peak_mb is not None else ""
        mark = "<span class='good'>✓</span>" if row.share >= 1 else f"<span class='short'>{row.share:.0%}</span>"
        cells = (
            *(f"{escape(row.what.zh)}<br><span class='en'>{escape(row.what.en)}</span>", escape(row.own)),
            *(escape(row.peer), f"{escape(statement(row))}<br><span class='en'>{escape(row.unit.en)}</span>"),
            *(row.clock, mark, f"{number(row.peak_mb)}{peer}"),
        )
        lines.append(cells)
    return _table(head, lines, numeric={6})


def _figures(figures: Iterable[Figure]) -> str:
    head = (
        "测试 benchmark",
        "参与者 contender",
        "数量 count",
        "每秒 a second",
        "CPU s",
        "每 CPU 秒 a CPU second",
        "MB",
    )
    lines = [
        (
            *(escape(each.benchmark), escape(each.contender) + (" *" if each.is_peer else "")),
            *(f"{each.work:,} {escape(each.unit)}", number(each.rate), f"{each.usage.cpu:.2f}"),
            *(number(each.cpu_rate), f"{each.usage.peak_mb:.0f}"),
        )
        for each in figures
    ]
    note = "<p><small>* 对照 whom the others are measured against</small></p>"
    return _table(head, lines, numeric={2, 3, 4, 5, 6}) + note


def _facts(facts: dict[str, str]) -> str:
    return _table(("", ""), [(escape(name), escape(value)) for name, value in facts.items() if value], numeric=set())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: set[int]) -> str:
    def row(tag: str, cells: Sequence[str]) -> str:
        kinds = (" class='n'" if index in numeric else "" for index in range(len(cells)))
        return "<tr>" + "".join(f"<{tag}{kind}>{cell}</{tag}>" for kind, cell in zip(kinds, cells, strict=True))

    return "\n".join(["<table>", row("th", head), *(row("td", cells) for cells in rows), "</table>"])


@click.command(help="Measure everything and write report.html, report.json and chart.svg.")
@click.option("--records", default=4_000, show_default=True, type=click.IntRange(50))
@click.option("--seed", default=1, show_default=True)
@click.option("--growth", is_flag=True, help=f"Measure growth too: {', '.join(f'{size:,}' for size in SIZES)} records.")
@click.option("--large", is_flag=True, help=f"With growth: {', '.join(f'{size:,}' for size in LARGE)} too (hours).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=REPOSITORY / "build" / "bench")
@click.option("--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Draw these again.")
def main(records: int, seed: int, growth: bool, large: bool, out: Path, file: Path | None) -> None:
    sizes = (*SIZES, *LARGE) if large else SIZES
    measured = of_json(file.read_text()) if file else measure(records, seed, sizes if growth or large else ())
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(as_json(measured), encoding="utf-8")
    (out / "report.html").write_text(as_html(measured), encoding="utf-8")
    (out / "chart.svg").write_text(bars(measured.rows), encoding="utf-8")
    good = sum(row.share >= 1 for row in measured.rows)
    click.echo(f"{good}/{len(measured.rows)} ✓  {out / 'report.html'}")


if __name__ == "__main__":
    main()
