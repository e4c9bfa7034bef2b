"""Which industries a workspace has switched on, and had on an earlier day."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from csdocs.model.control import GENERAL
from csdocs.model.place import CONFIG
from csdocs.model.workspace import Settings
from csdocs.parse.shape import read_shape
from csdocs.store import history


class Switched(NamedTuple):
    """The codes that are on from a moment of the main line until the next entry."""

    since: dt.datetime
    codes: frozenset[str]


def stated_profiles(data: bytes) -> frozenset[str]:
    """The industries that a document or form is for, by the one line that says it."""
    stated = _PROFILE.search(data)
    return frozenset(code.strip().decode() for code in stated[1].split(b",")) if stated else frozenset(GENERAL)


_PROFILE = re.compile(rb"^profile: *\[?([A-Z, ]+?)\]? *(?:#.*)?\r?$", re.MULTILINE)


def codes_of(settings: Settings) -> frozenset[str]:
    return frozenset((*GENERAL, *settings.profiles))


def switched(root: Path, tip: str, zone: dt.tzinfo) -> tuple[Switched, ...]:
    """Every state of the settings that history knows and that could be read, oldest first."""
    states = history.states(root, CONFIG, revision=tip)
    blobs = history.contents(root, ((state.path, state.oid) for state in states))
    read = ((state, read_shape(Settings, blobs[state.oid]).value) for state in states if state.oid in blobs)
    return tuple(Switched(history.moment(state.time, zone), codes_of(found)) for state, found in read if found)


def on_since(states: Sequence[Switched], codes: Iterable[str]) -> dt.date:
    """The day since which any of these codes has been on without a break; the first state also speaks for the days before it."""
    since, wanted = dt.date.max, frozenset(codes)
    for index, state in reversed([*enumerate(states)]):
        if wanted.isdisjoint(state.codes):
            break
        since = state.since.date() if index else dt.date.min
    return since


def on_between(states: Sequence[Switched], first: dt.date, last: dt.date) -> frozenset[str]:
    """Codes that were on at some moment of these days; the first state also speaks for the days before it."""
    ends: Iterable[dt.date] = (*(state.since.date() for state in states[1:]), dt.date.max)
    inside = (
        state.codes
        for index, (state, end) in enumerate(zip(states, ends, strict=False))
        if (index == 0 or state.since.date() <= last) and end >= first
    )
    return frozenset().union(*inside)
