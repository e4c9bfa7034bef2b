"""The year as a workspace: the rule book taken over and opened, then a commit for each day of its life."""

import datetime as dt
import multiprocessing
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from typing import NamedTuple

from benchmarks.generate import controlled_content, opening
from benchmarks.history import Commit, git, write_history
from benchmarks.people import person_entry
from benchmarks.scene import ZONE
from benchmarks.story import Story
from benchmarks.year.breaches import plant_after, plant_before
from benchmarks.year.clerk import Clerk, Landing
from benchmarks.year.life import live
from benchmarks.year.plan import HOLIDAYS, Plan, Staffing
from benchmarks.year.plot import Planted, Plot
from benchmarks.year.year import Year
from csdocs.load.workspace import Workspace
from csdocs.model.place import CALENDAR
from csdocs.parse.emit import emit_item
from csdocs.store import disk

KEYS_FROM = dt.date(2026, 8, 1)
LANDS_AT = dt.time(23, 50)
LEAST_FOR_A_POOL = 12_000  # signatures; with fewer, starting processes costs more than they save
_CHUNK = 150


class Built(NamedTuple):
    """The year as it was told, what was done wrong in it, and what git has of it."""

    year: Year
    planted: Sequence[Planted]
    commits: int
    tree: str


def build(plan: Plan) -> Built:
    """Fill an empty folder."""
    _take_over(plan)
    year = Year(plan, _workspace(plan))
    plot = plant_before(year) if plan.planted else Plot(year)
    live(year)
    if plan.planted:
        plant_after(plot)
    landings = plot.spoil([*_write(year)])
    commits = [*_by_day(landings)]
    tree = write_history(plan.root, commits)
    return Built(year, plot.planted, len(commits) + 2, tree)


# the rule book


def _take_over(plan: Plan) -> None:
    at = dt.datetime.combine(plan.opening, dt.time(9), ZONE)
    files = controlled_content(f"year {plan.seed}", _people(plan))
    files = {path: _bind(plan, path, data) for path, data in files.items()}
    for path, data in files.items():
        disk.write(plan.root, path, data, was=None)
    git(plan.root, "init", "--quiet", "--initial-branch=main")
    opened = at + dt.timedelta(hours=1)
    taken_over = Commit("Take over regulations, forms and registers", at, files)
    write_history(plan.root, [taken_over, Commit("Open the workspace", opened, opening(plan.root, opened))])


def _people(plan: Plan) -> str:
    staffing, rng = Staffing(plan), random.Random(f"{plan.seed}/people")  # noqa: S311  # the same seed, the same people
    leaving = {turn.leaver: turn.last_day for turn in staffing.turns}
    steady = [person_entry(rng, each, KEYS_FROM, leaving.get(each)) for each in staffing.more]
    new = [person_entry(rng, turn.newcomer, turn.joined, None) for turn in staffing.turns]
    return "".join(map(emit_item, (*steady, *new)))


def _bind(plan: Plan, path: str, data: bytes) -> bytes:
    """The calendar gets the holidays of the year; what the rules oblige to begins with it."""
    text = data.decode()
    if path == CALENDAR:
        lines = [f"  - {{from: {a}, until: {b}, name: {{zh: {zh}, en: {en}}}}}\n" for a, b, zh, en in HOLIDAYS]
        text = text.replace("extra_working_days:", "".join(lines) + "extra_working_days:", 1)
    if path.endswith(".md"):
        text = re.sub(r"(\n  - \{clause: .*\bsince: )[\d-]+", rf"\g<1>{plan.start}", text)
    return text.encode()


# the records


def _write(year: Year) -> Iterator[Landing]:
    plan, stories = year.plan, year.stories
    if sum(len(story.signings) for story in stories) < LEAST_FOR_A_POOL:
        yield from _landings(Clerk(year.workspace, signed=plan.signed, until=plan.end), stories)
        return
    chunks = [stories[start : start + _CHUNK] for start in range(0, len(stories), _CHUNK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        for landings in pool.map(partial(_write_chunk, plan), chunks):
            yield from landings


def _write_chunk(plan: Plan, stories: Sequence[Story]) -> list[Landing]:
    return _landings(_clerk(plan), stories)


def _landings(clerk: Clerk, stories: Sequence[Story]) -> list[Landing]:
    return [landing for story in stories for landing in clerk.landings(story)]


@cache
def _clerk(plan: Plan) -> Clerk:
    """The clerk of a process of the pool."""
    return Clerk(_workspace(plan), signed=plan.signed, until=plan.end)


def _workspace(plan: Plan) -> Workspace:
    return Workspace(plan.root, dt.datetime.combine(plan.as_of, dt.time(23, 59), ZONE))


def _by_day(landings: Sequence[Landing]) -> Iterator[Commit]:
    days: defaultdict[dt.date, dict[str, bytes]] = defaultdict(dict)
    for landing in landings:
        days[landing.day][landing.path] = landing.data
    for day, files in sorted(days.items()):
        yield Commit(f"Records of {day}", dt.datetime.combine(day, LANDS_AT, ZONE), files)
