"""The records of one day, in an order that may be cut anywhere: what a record names comes before it."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from benchmarks.scene import Scene
from benchmarks.service import complaints, service_records, summaries
from benchmarks.shift import backup, handovers_and_logs, requisitions
from benchmarks.story import Story
from csdocs.model.person import Register

RECORDS_A_DAY = 50


def stories(register: Register, start: dt.date, day: dt.date, seed: int, count: int) -> Iterator[Story]:
    """The first `count` records of a day; service records make up its number."""
    return islice(_whole_day(Scene(register, start, day, seed, "")), count)


def _whole_day(scene: Scene) -> Iterator[Story]:
    kept = [
        backup(scene.turn("F-BACKUP")),
        *requisitions(scene.turn("F-UNIAPPLY")),
        *summaries(scene.turn("F-COMPSUM")),
        *complaints(scene.turn("F-COMPLAINT")),
        *handovers_and_logs(scene.turn("F-HANDOVER")),
    ]
    yield from kept
    yield from service_records(scene.turn("F-SVCREC"), RECORDS_A_DAY - len(kept))
