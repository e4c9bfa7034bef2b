"""A clean workspace of any size with its history: `python -m benchmarks.generate DIR --records N --seed S`.

The controlled content is that of this repository, the people sign with the public demo keys, and each day's records land in
a commit of that day. The same seed and size give the same tree.
"""

import datetime as dt
import hashlib
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.day import RECORDS_A_DAY, stories
from benchmarks.history import Commit, git, write_history
from benchmarks.people import more_people
from benchmarks.scene import ZONE
from benchmarks.story import Scribe
from csdocs.load.approval.ledger import Ledger
from csdocs.load.workspace import Workspace
from csdocs.model.place import CONFIG, PEOPLE, RECEIPTS
from csdocs.model.receipt import RECEIPT_NAMESPACE
from csdocs.parse.emit import emit
from csdocs.parse.yamltext import parse_yaml
from csdocs.prepare.approval import Hand, everything, make_receipt, papers
from csdocs.prepare.starter import starter_root
from csdocs.store import disk
from csdocs.trust.demo import demo_key
from csdocs.trust.keyring import ROOT
from csdocs.trust.ssh import sign_with_key

START = dt.date(2026, 9, 1)  # the day on which the forms come into force
CHUNK_DAYS = 10
LEAST_FOR_A_POOL = 1_000
ATTRIBUTES = b"* -text\n"


class Plan(NamedTuple):
    root: Path
    records: int
    seed: int

    @property
    def days(self) -> int:
        return -(-self.records // RECORDS_A_DAY)

    @property
    def last_day(self) -> dt.date:
        return START + dt.timedelta(self.days - 1)


class Generated(NamedTuple):
    """`as_of` is the day to judge the workspace at; `tree` its git tree."""

    records: int
    commits: int
    as_of: dt.date
    tree: str


def generate(root: Path, records: int, seed: int) -> Generated:
    """Fill an empty folder."""
    plan = Plan(root, records, seed)
    controlled = controlled_content(f"benchmark {plan.seed}", more_people(START, plan.days, plan.seed))
    for path, data in controlled.items():
        disk.write(root, path, data, was=None)
    git(root, "init", "--quiet", "--initial-branch=main")
    tree = write_history(root, _commits(plan, controlled))
    return Generated(records, plan.days + 2, plan.last_day, tree)


def controlled_content(name: str, people: str) -> dict[str, bytes]:
    """The starter content with more people, an id of its own and the real clock."""
    source = starter_root()
    paths = [path for folder in disk.CONTROLLED for path in disk.files_below(source, folder)]
    files = {path: disk.read(source, path) for path in paths if not path.startswith(RECEIPTS)}
    settings = dict(parse_yaml(disk.read(source, CONFIG)).tree)
    settings.pop("clock", None)
    settings |= {"workspace": hashlib.sha256(name.encode()).hexdigest()[:32], "demo": "true"}
    files[PEOPLE] = files[PEOPLE].rstrip() + b"\n" + people.encode()
    return {CONFIG: emit(settings).encode(), ".gitattributes": ATTRIBUTES, **files}


def opening(root: Path, moment: dt.datetime) -> dict[str, bytes]:
    """The root key's receipt over everything that lies there: from here on the gate holds."""
    workspace = Workspace(root)
    root_key = workspace.settings.root_keys[0]
    person = workspace.register.person[root_key.person]
    hand = Hand(person.staff_no, person.posts[0].post, moment)
    receipt = make_receipt(workspace, everything(workspace), "open", hand, Ledger(root))
    key = demo_key(f"{person.staff_no}{ROOT}")
    made = papers(receipt, lambda data: sign_with_key(data, key, RECEIPT_NAMESPACE))
    return {paper.path: paper.data for paper in made}


def _commits(plan: Plan, controlled: dict[str, bytes]) -> Iterator[Commit]:
    begun = dt.datetime.combine(START - dt.timedelta(1), dt.time(17), ZONE)
    opened = begun + dt.timedelta(hours=1)
    yield Commit("Take over regulations, forms and registers", begun, controlled)
    yield Commit("Open the workspace", opened, opening(plan.root, opened))
    chunks = [(plan, offset) for offset in range(0, plan.days, CHUNK_DAYS)]
    if plan.records < LEAST_FOR_A_POOL:
        for chunk in chunks:
            yield from _write_days(chunk)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        for commits in pool.map(_write_days, chunks):
            yield from commits


def _write_days(chunk: tuple[Plan, int]) -> list[Commit]:
    plan, offset = chunk
    days = range(offset, min(offset + CHUNK_DAYS, plan.days))
    return [_write_day(plan, START + dt.timedelta(day), plan.records - day * RECORDS_A_DAY) for day in days]


def _write_day(plan: Plan, day: dt.date, left: int) -> Commit:
    scribe = _scribe(plan.root)
    told = stories(scribe.workspace.register, START, day, plan.seed, min(left, RECORDS_A_DAY))
    files = {scribe.path(story): scribe.write(story) for story in told}
    return Commit(f"Records of {day}", dt.datetime.combine(day, dt.time(23, 50), ZONE), files)


@cache
def _scribe(root: Path) -> Scribe:
    return Scribe(Workspace(root))


@click.command(help="Write a clean workspace with its history into DIR.")
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--records", default=2_000, show_default=True, type=click.IntRange(1, 2_000_000))
@click.option("--seed", default=1, show_default=True)
def main(directory: Path, records: int, seed: int) -> None:
    if directory.exists() and any(directory.iterdir()):
        raise click.UsageError(f"{directory} is not empty")
    directory.mkdir(parents=True, exist_ok=True)
    made = generate(directory.resolve(), records, seed)
    click.echo(f"{made.records} records, {made.commits} commits, tree {made.tree}")
    click.echo(f"cd {directory} && csdocs check --as-of {made.as_of}")


if __name__ == "__main__":
    main()
