"""A record as lists show it, and what falls due."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from csdocs.model.text import SPACE, Text


class Running(NamedTuple):
    """A deadline whose end nobody has met yet, whether or not the limit has passed."""

    label: Text
    limit: dt.datetime


class Listed(NamedTuple):
    """A record file; `label` are the words for its state."""

    path: str
    name: str
    form: str
    final: bool
    day: str
    state: str
    label: Text
    created_by: str
    running: tuple[Running, ...]

    def overdue(self, now: dt.datetime) -> list[Text]:
        return [each.label for each in self.running if now > each.limit]


class DueItem(NamedTuple):
    """Something that is due or will be: what, where, by when (None: already)."""

    kind: Text
    what: Text
    path: str
    by: dt.date | None


def due_by(horizon: dt.date, owed: Iterable[DueItem], records: Iterable[Listed], zone: dt.tzinfo) -> Iterator[DueItem]:
    """What is due until a day; `records` in the order of their files."""
    yield from (item for item in owed if item.by is None or item.by <= horizon)
    yield from _deadlines(records, horizon, zone)


def _deadlines(records: Iterable[Listed], horizon: dt.date, zone: dt.tzinfo) -> Iterator[DueItem]:
    """Deadlines of records that are not closed, in the order of the records."""
    for record in records:
        for label, limit in () if record.final else record.running:
            by = limit.astimezone(zone).date()
            if by <= horizon:
                yield DueItem(Text("期限", "deadline"), SPACE.join((record.name, label)), record.path, by)
