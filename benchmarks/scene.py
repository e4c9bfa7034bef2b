"""What happens in the department on one day: the stories of its records."""

import datetime as dt
import random
from collections.abc import Sequence
from functools import cached_property
from zoneinfo import ZoneInfo

from benchmarks import phrases
from csdocs.model.person import Register

ZONE = ZoneInfo("Asia/Shanghai")


class Scene:
    """One day as one form sees it: its people and its chances, drawn from the seed, the day and the form alone."""

    def __init__(self, register: Register, start: dt.date, day: dt.date, seed: int, form: str) -> None:
        self.register, self.start, self.day, self.seed = register, start, day, seed
        self.rng = random.Random(f"{seed}/{day}/{form}")  # noqa: S311  # the same seed, the same day

    def turn(self, form: str, days: int = 0) -> "Scene":
        """The scene of another form, or of another day."""
        return Scene(self.register, self.start, self.day + dt.timedelta(days), self.seed, form)

    @cached_property
    def agents(self) -> Sequence[str]:
        return self.holders("R-AGENT")

    @cached_property
    def supervisors(self) -> Sequence[str]:
        return self.holders("R-SUPERVISOR")

    def holders(self, post: str, department: str | None = None) -> Sequence[str]:
        return [person.staff_no for person in self.register.holders(post, self.day, department)]

    def head_of(self, department: str) -> str:
        return self.holders(self.register.department[department].head, department)[0]

    def at(self, hour: int, minute: int = 0) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(hour, minute), ZONE)

    def later(self, moment: dt.datetime, least: int, most: int) -> dt.datetime:
        """Some minutes after a moment."""
        return moment + dt.timedelta(minutes=self.rng.randint(least, most))

    def serial(self, per_day: int, nth: int, first: dt.date | None = None) -> int:
        """Number within the month of the nth record of the day, where every day from `first` on has `per_day` of them."""
        since = max(self.day.replace(day=1), first or self.start)
        return (self.day - since).days * per_day + nth

    def customer(self) -> str:
        return self.rng.choice(phrases.SURNAMES) + self.rng.choice(phrases.TITLES)

    def phone(self) -> str:
        return self.rng.choice(phrases.PHONE_PREFIXES) + f"{self.rng.randrange(10**8):08d}"
