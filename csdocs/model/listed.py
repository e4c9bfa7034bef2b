"""A record as lists show it, and what falls due."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from csdocs.model.text import SPACE, Text

NOT_COUNTED = Text(
    "有 {n} 份记录无法读取，没有计入；csdocs check 说明原因",
    "not counted, since they cannot be read: {n} (csdocs check says why)",
)


class Running(NamedTuple):
    """A deadline whose end nobody has met yet, whether or not the limit has passed."""

    label: Text
    limit: dt.datetime


class Listed(NamedTuple):
    """A record file; `label` are the words for its state. `counts`: no other file of its number has taken its place."""

    path: str
    name: str
    form: str
    final: bool
    day: str
    state: str
    label: Text
    created_by: str
    running: tuple[Running, ...]
    counts: bool = True

    def overdue(self, now: dt.datetime) -> list[Text]:
        return [each.label for each in self.running if now > each.limit]


class DueItem(NamedTuple):
    """Something that is due or will be: what, where, by when (None: already)."""

    kind: Text
    what: Text
    path: str
    by: dt.date | None


def due_by(horizon: dt.date, owed: Iterable[DueItem], records: Iterable[Listed], zone: dt.tzinfo) -> list[DueItem]:
    """What is due until a day, the most urgent first; of one day `owed` before `records`, each in its own order."""
    found = [item for item in (*owed, *_deadlines(records, zone)) if item.by is None or item.by <= horizon]
    return sorted(found, key=lambda item: item.by or dt.date.min)


def _deadlines(records: Iterable[Listed], zone: dt.tzinfo) -> Iterator[DueItem]:
    """Of records that are not closed."""
    for record in records:
        for label, limit in () if record.final else record.running:
            said = SPACE.join((record.name, label))
            yield DueItem(Text("期限", "deadline"), said, record.path, limit.astimezone(zone).date())
