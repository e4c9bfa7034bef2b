"""How csdocs grows with the number of records: `python -m benchmarks.growth [SIZE…]`.

Cold work should grow as the records do, work after a change less. Times are CPU seconds of all processes.
"""

import json
import math
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks import verb
from benchmarks.contest import CHANGED
from benchmarks.generate import generate
from benchmarks.measure import Usage
from csdocs.load.workspace import Workspace

SIZES = (2_500, 10_000, 40_000)
LARGE = (100_000, 1_000_000)


class Point(NamedTuple):
    """What one command cost on a workspace of this size."""

    command: str
    records: int
    cpu: float
    seconds: float
    peak_mb: float


class Growth(NamedTuple):
    """`time` and `memory` are exponents: 1 grows as the records do, 0 not at all; None from a single size."""

    command: str
    points: tuple[Point, ...]
    time: float | None
    memory: float | None


def _ten_changed(root: Path) -> Usage:
    with verb.lines_added(root, list(islice(Workspace(root).record_paths(), CHANGED))):
        return verb.check(root)


# in the order in which they are run: each finds what those before it have kept
COMMANDS: Mapping[str, Callable[[Path], Usage]] = {
    "check, cold": verb.check,
    "check, unchanged": verb.check,
    "list": lambda root: verb.ask(root, "list", "F-COMPLAINT", "--overdue", "--format=json", *verb.as_of(root)),
    f"check, {CHANGED} changed": _ten_changed,
    "review, 50 files": verb.review,
    "audit, first time": verb.audit,
    "audit, again": verb.audit,
}


def measure(root: Path, records: int) -> Iterator[Point]:
    """In a workspace that has not been checked, or is to forget that it was."""
    verb.settle(root)
    shutil.rmtree(root / ".csdocs", ignore_errors=True)
    for command, act in COMMANDS.items():
        used = act(root)
        yield Point(command, records, used.cpu, used.seconds, used.peak_mb)


def grow(sizes: Sequence[int], seed: int, told: Callable[[Point], None]) -> Iterator[Point]:
    for records in sizes:
        with tempfile.TemporaryDirectory(prefix="csdocs-growth-") as folder:
            generate(Path(folder), records, seed)
            for point in measure(Path(folder), records):
                told(point)
                yield point


def fit(points: Sequence[Point]) -> list[Growth]:
    out: list[Growth] = []
    for command in COMMANDS:
        own = tuple(point for point in points if point.command == command)
        if own:
            sizes = [point.records for point in own]
            cpu, memory = [point.cpu for point in own], [point.peak_mb for point in own]
            out.append(Growth(command, own, exponent(sizes, cpu), exponent(sizes, memory)))
    return out


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float | None:
    """b of cost = a · size^b, by least squares over logarithms."""
    if len(set(sizes)) < 2 or min(costs) <= 0:
        return None
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((each - mean_x) ** 2 for each in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread


def plain(growth: Sequence[Growth]) -> list[dict[str, Any]]:
    return [
        {
            "command": each.command,
            "exponent of time": each.time,
            "exponent of memory": each.memory,
            "points": [point._asdict() for point in each.points],
        }
        for each in growth
    ]


def table(growth: Sequence[Growth]) -> str:
    lines = ["command                 records      CPU s    seconds    peak MB   exponent (memory)"]
    for each in growth:
        for point in each.points:
            last = point is each.points[-1] and each.time is not None
            fitted = f"{each.time:>9.2f} ({each.memory:.2f})" if last else ""
            lines.append(f"{_cells(point)} {fitted}".rstrip())
    return "\n".join(lines)


def _cells(point: Point) -> str:
    return f"{point.command:<20} {point.records:>10,} {point.cpu:>10.2f} {point.seconds:>10.2f} {point.peak_mb:>10.0f}"


@click.command(help=f"Measure workspaces of these SIZEs (default: {' '.join(map(str, SIZES))}).")
@click.argument("sizes", nargs=-1, type=click.IntRange(1), metavar="[SIZE]...")
@click.option("--large", is_flag=True, help=f"And of {' and '.join(f'{size:,}' for size in LARGE)} records: hours.")
@click.option("--workspace", type=click.Path(exists=True, file_okay=False, path_type=Path), help="One that is there.")
@click.option("--seed", default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(sizes: Sequence[int], large: bool, workspace: Path | None, seed: int, as_json: bool) -> None:
    def tell(point: Point) -> None:
        click.echo(_cells(point), err=True)

    if workspace is not None:
        root = workspace.resolve()
        points = []
        for point in measure(root, sum(1 for _ in Workspace(root).record_paths())):
            tell(point)
            points.append(point)
    else:
        points = list(grow((*(sizes or SIZES), *(LARGE if large else ())), seed, tell))
    growth = fit(points)
    click.echo(json.dumps(plain(growth), indent=2) if as_json else table(growth))


if __name__ == "__main__":
    main()
