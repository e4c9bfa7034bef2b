"""More people for the register: a hotline of a steady size, where agents join and leave."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

from benchmarks.phrases import GIVEN_NAMES, SURNAMES
from csdocs.parse.emit import emit_item
from csdocs.trust.demo import demo_public

FIRST, STEADY = 2000, 24
JOIN_EVERY, STAY = 10, 600  # days
KEYS_FROM = dt.date(2026, 8, 1)


def newcomer(day: dt.date, start: dt.date) -> str | None:
    """Staff number of the agent who joins on a day, if one does."""
    number, rest = divmod((day - start).days, JOIN_EVERY)
    return f"S{FIRST + STEADY + number}" if not rest else None


def more_people(start: dt.date, days: int, seed: int) -> str:
    """Entries for `people.yaml`: agents who stay throughout, then one newcomer every few days."""
    rng = random.Random(f"{seed}/people")  # noqa: S311  # the same seed, the same people
    steady = [person_entry(rng, f"S{FIRST + n}", KEYS_FROM, None) for n in range(STEADY)]
    joining = [start + dt.timedelta(offset) for offset in range(0, days, JOIN_EVERY)]
    new = [person_entry(rng, str(newcomer(day, start)), day, day + dt.timedelta(STAY)) for day in joining]
    return "".join(emit_item(person) for person in (*steady, *new))


def person_entry(rng: random.Random, number: str, joined: dt.date, until: dt.date | None) -> Mapping[str, Any]:
    """An agent of the hotline from a day on, with the demo key as the only one."""
    surname, given = rng.choice(SURNAMES), rng.choice(GIVEN_NAMES)
    tenure = {"post": "R-AGENT", "department": "D-CS", "from": joined.isoformat()}
    return {
        "staff_no": number,
        "name": {"zh": surname + given, "en": f"Agent {number}"},
        "joined": joined.isoformat(),
        "posts": [{**tenure, "until": until.isoformat()} if until else tenure],
        "keys": [{"public": demo_public(number), "valid_from": joined.isoformat()}],
    }
