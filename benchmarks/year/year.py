"""The department in the course of its year: who is there, what was agreed for later, and the papers written so far."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from benchmarks.scene import Scene
from benchmarks.story import Signing, Story
from benchmarks.year.plan import Plan, Staffing, add_months
from csdocs.load.workspace import Workspace
from csdocs.model.form import Form
from csdocs.model.number import has_serial
from csdocs.model.number import spell as number
from csdocs.model.spelling import spell

Data = Mapping[str, Any]


def act(step: str, by: str, at: dt.datetime, data: Data | None = None, row: str | None = None) -> Signing:
    """A step: what its signer filled in, and the signature."""
    return Signing(step, by, at, written(data or {}), row=row)


def written(value: Any) -> Any:
    """A value as a record writes it; figures, days and moments may come as they are."""
    if isinstance(value, Mapping):
        return {key: written(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [written(each) for each in value]
    return value if isinstance(value, str) else spell(value)


def numbered(rows: Sequence[Data]) -> list[Data]:
    """Rows with `no` 1, 2 …"""
    return [{"no": str(n), **row} for n, row in enumerate(rows, start=1)]


def initialled(step: str, field: str, rows: Sequence[Data], by: str, first: dt.datetime) -> list[Signing]:
    """Each row initialled by the person it names under `by`, a minute apart; whoever is first brings them all along."""
    lines = numbered(rows)
    signed = [act(step, row[by], first + dt.timedelta(minutes=n), row=row["no"]) for n, row in enumerate(lines)]
    return [signed[0]._replace(filled=written({field: lines})), *signed[1:]]


class Year:
    """Grows day by day. Activities read what others have left and add records of their own."""

    def __init__(self, plan: Plan, workspace: Workspace) -> None:
        self.plan = plan
        self.workspace = workspace
        self.register = workspace.register
        self.calendar = workspace.calendar
        self.staffing = Staffing(plan)
        self.stories: list[Story] = []
        self.crew: dict[tuple[dt.date, str], list[str]] = {}
        self.book: defaultdict[str, Any] = defaultdict(dict)  # what one field of work leaves for others, by its name
        self.prevented: list[Callable[[str, Data], bool]] = []  # records that somebody forgets to make
        self._agenda: defaultdict[dt.date, list[Callable[[], None]]] = defaultdict(list)
        self._serials: Counter[tuple[str, str]] = Counter()

    # days

    def scene(self, day: dt.date, what: str) -> Scene:
        """The people and chances of a day as one activity sees them."""
        return Scene(self.register, self.plan.start, day, self.plan.seed, what)

    def is_working(self, day: dt.date) -> bool:
        return self.calendar.is_working_day(day)

    def working_day(self, day: dt.date) -> dt.date:
        """That day, or the next working day."""
        while not self.is_working(day):
            day += dt.timedelta(1)
        return day

    def working_days_later(self, day: dt.date, count: int) -> dt.date:
        for _ in range(count):
            day = self.working_day(day + dt.timedelta(1))
        return day

    def within(self, day: dt.date) -> bool:
        return self.plan.start <= day <= self.plan.end

    def later(self, day: dt.date, task: Callable[..., None], *about: Any) -> None:
        """Do `task(year, day, *about)` on a later day; what would come after the year is left undone."""
        self._agenda[day].append(partial(task, self, day, *about))

    def due(self, day: dt.date) -> Sequence[Callable[[], None]]:
        return self._agenda.pop(day, [])

    # people

    def name(self, staff_no: str) -> str:
        return self.register.person[staff_no].name.zh

    @cached_property
    def manager(self) -> str:
        return self.one("R-DEPTMGR")

    @cached_property
    def leader(self) -> str:
        return self.one("R-LEADER")

    def one(self, post: str) -> str:
        """Whoever holds a post throughout the year, the first of them."""
        return self.register.holders(post, self.plan.start)[0].staff_no

    def all(self, post: str) -> list[str]:
        return [person.staff_no for person in self.register.holders(post, self.plan.start)]

    def agents(self, day: dt.date) -> list[str]:
        """Agents of a roster, in the order of their numbers."""
        return self.staffing.rostered(day.replace(day=1))

    def stays(self, staff_no: str) -> bool:
        """Whether somebody will still be there when what begins now is finished."""
        return all(turn.leaver != staff_no for turn in self.staffing.turns)

    def on_duty(self, day: dt.date) -> list[str]:
        return [*self.crew.get((day, "early"), ()), *self.crew.get((day, "late"), ())]

    # papers

    def record(
        self,
        form: str,
        at: dt.datetime,
        *acts: Signing,
        by: str | None = None,
        answers: Data | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> str:
        """Write down a record that was begun at a moment; returns its number, or nothing if it was forgotten."""
        shape = self.workspace.forms[form]
        data = {key: value for signing in acts for key, value in signing.filled.items()}
        if any(forgets(form, data) for forgets in self.prevented):
            return ""
        day = _day(shape, data, at)
        id = self._number(shape, day, data)
        found = {name: spell(value) if isinstance(value, dt.date) else value for name, value in (answers or {}).items()}
        self.stories.append(Story(form, id, day, by or acts[0].by, at, acts, found, files or {}))
        return id

    def next_number(self, form: str, day: dt.date) -> str:
        """What the next record of a form will be called, where an earlier one must name it."""
        pattern = self.workspace.forms[form].number.pattern
        return number(pattern, day, {}, self._serials[form, number(pattern, day, {}, None)] + 1)

    def _number(self, form: Form, day: dt.date, data: Data) -> str:
        pattern = form.number.pattern
        if not has_serial(pattern):
            return number(pattern, day, data, None)
        series = (form.id, number(pattern, day, data, None))
        self._serials[series] += 1
        return number(pattern, day, data, self._serials[series])


def _day(form: Form, data: Data, at: dt.datetime) -> dt.date:
    value = data.get(form.day or "")
    if value is not None:
        return dt.date.fromisoformat(value[:10])
    if form.day == "week_to":  # worked out from the Monday
        return dt.date.fromisoformat(data["week_from"]) + dt.timedelta(6)
    if form.day == "period_to":  # of a quarter, worked out from its first day
        return add_months(dt.date.fromisoformat(data["period_from"]), 3) - dt.timedelta(1)
    return at.date()
