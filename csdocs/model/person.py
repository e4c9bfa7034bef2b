"""People, posts and departments: dated facts, read at the day in question."""

import datetime as dt
from bisect import bisect_right
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field

from csdocs.model.control import GENERAL, Profiles
from csdocs.model.error import CsdocsError
from csdocs.model.identifier import DepartmentId, PostId, StaffNumber
from csdocs.model.shape import Day, Label, Moment, Shape
from csdocs.model.suggestion import did_you_mean
from csdocs.model.text import EMPTY, Text

HOLDS_NO_POST = Text("{by} 现在不担任任何岗位", "{by} holds no post now")
NOT_HELD = Text("当日不担任 {post}", "did not hold {post} that day")
HELD_NO_LONGER = Text("入库时已不再担任 {post}", "no longer held {post} when it landed")


class Revocation(Shape):
    at: Moment
    compromised_since: Moment
    reason: str | None = None


class PublicKey(Shape):
    """An SSH public key. It counts from `valid_from` (inclusive) until `valid_until` (exclusive)."""

    public: str
    valid_from: Day
    valid_until: Day | None = None
    revoked: Revocation | None = None


class Tenure(Shape):
    """A post held in a department, first to last day."""

    post: PostId
    department: DepartmentId
    from_: Day = Field(alias="from")
    until: Day | None = None

    def on(self, day: dt.date) -> bool:
        return self.from_ <= day and (self.until is None or day <= self.until)


class Person(Shape):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    staff_no: StaffNumber
    name: Label
    joined: Day
    posts: Annotated[tuple[Tenure, ...], Field(min_length=1)]
    keys: tuple[PublicKey, ...] = ()

    def tenures(self, day: dt.date) -> tuple[Tenure, ...]:
        return self._stages[bisect_right(self.turns, day)][0]

    def on(self, day: dt.date) -> "Staff":
        return self._stages[bisect_right(self.turns, day)][1]

    @cached_property
    def turns(self) -> list[dt.date]:
        """Days on which a post is new, or no longer held."""
        ends = (tenure.until for tenure in self.posts if tenure.until is not None and tenure.until < dt.date.max)
        return sorted({tenure.from_ for tenure in self.posts} | {end + dt.timedelta(1) for end in ends})

    @cached_property
    def _stages(self) -> list[tuple[tuple[Tenure, ...], "Staff"]]:
        """What is held before the first turn and from each on."""
        held = [tuple(tenure for tenure in self.posts if tenure.on(day)) for day in (dt.date.min, *self.turns)]
        return [(tenures, Staff(self.staff_no, tuple(t.post for t in tenures), self.joined)) for tenures in held]


class Staff(NamedTuple):
    """What the rule language sees of a person: as of one day."""

    id: str
    posts: tuple[str, ...]
    since: dt.date

    def __reduce__(self) -> tuple[type["Staff"], tuple[str, tuple[str, ...], dt.date]]:
        """Half the work of what `pickle` does unasked, for each person that a record names."""
        return Staff, (self.id, self.posts, self.since)


class Department(Shape):
    """`profile`: the industry that has such a department; in a workspace without that profile nobody need be in it."""

    id: DepartmentId
    name: Label
    head: PostId
    profile: Profiles = GENERAL


class Post(Shape):
    """`profile`: the industry that knows such a post; in a workspace without that profile nobody need hold it."""

    id: PostId
    name: Label
    superior: PostId | None = None
    profile: Profiles = GENERAL


class Register(Shape):
    """`people.yaml` and `organisation.yaml` together."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    people: tuple[Person, ...] = ()
    departments: tuple[Department, ...] = ()
    posts: tuple[Post, ...] = ()

    @cached_property
    def person(self) -> dict[str, Person]:
        return {person.staff_no: person for person in self.people}

    @cached_property
    def department(self) -> dict[str, Department]:
        return {department.id: department for department in self.departments}

    @cached_property
    def post(self) -> dict[str, Post]:
        return {post.id: post for post in self.posts}

    @cached_property
    def under_suspicion(self) -> frozenset[str]:
        """Staff numbers of those of whom a key was revoked."""
        return frozenset(person.staff_no for person in self.people if any(key.revoked for key in person.keys))

    def named(self, staff_no: str) -> Person:
        """CsdocsError for a number that is not there."""
        if staff_no not in self.person:
            raise CsdocsError(
                Text("登记册中没有工号 {by}{meant}", "the register has no staff number {by}{meant}").format(
                    by=staff_no, meant=self._called(staff_no)
                ),
                Text(
                    "没有登记的先登记；登记了的，运行 csdocs check handbook/people.yaml 看文件哪里有错",
                    "enter who is missing; if they are there, csdocs check handbook/people.yaml says what is wrong with the file",
                ),
            )
        return self.person[staff_no]

    def _called(self, name: str) -> Text:
        """Whose name was given in place of a number."""
        names = {each.staff_no: (each.name.zh.casefold(), each.name.en.casefold()) for each in self.people}
        found = [number for number, spelled in names.items() if name.casefold() in spelled]
        return did_you_mean(found[0]) if len(found) == 1 else EMPTY

    def holders(self, post: str, day: dt.date, department: str | None = None) -> tuple[Person, ...]:
        """Who holds the post on that day (in that department)."""
        return self._holding(post, day, department)[0]

    def holder_numbers(self, post: str, day: dt.date, department: str | None = None) -> tuple[str, ...]:
        """Staff numbers of the holders."""
        return self._holding(post, day, department)[1]

    def _holding(self, post: str, day: dt.date, department: str | None) -> tuple[tuple[Person, ...], tuple[str, ...]]:
        asked = (post, bisect_right(self._turns.get(post, ()), day), department)
        if asked not in self._held:
            people = [person for person in self._ever.get(post, ()) if _holds(person, post, day, department)]
            self._held[asked] = tuple(people), tuple(person.staff_no for person in people)
        return self._held[asked]

    @cached_property
    def _held(self) -> dict[tuple[str, int, str | None], tuple[tuple[Person, ...], tuple[str, ...]]]:
        return {}

    @cached_property
    def _turns(self) -> dict[str, list[dt.date]]:
        """By post: the days on which its holders may change."""
        return {post: sorted({day for person in people for day in person.turns}) for post, people in self._ever.items()}

    @cached_property
    def _ever(self) -> dict[str, list[Person]]:
        """Everybody who ever held a post."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for post in dict.fromkeys(tenure.post for tenure in person.posts):
                found.setdefault(post, []).append(person)
        return found

    def superiors(self, staff_no: str, day: dt.date) -> tuple[Person, ...]:
        """Holders of the posts directly above the person's own, in the same department where there is one."""
        person = self.person.get(staff_no)
        found: dict[str, Person] = {}
        for tenure in person.tenures(day) if person else ():
            own = self.post.get(tenure.post)
            if own and own.superior:
                above = self.holders(own.superior, day, tenure.department) or self.holders(own.superior, day)
                found |= {holder.staff_no: holder for holder in above if holder.staff_no != staff_no}
        return tuple(found.values())


def _holds(person: Person, post: str, day: dt.date, department: str | None) -> bool:
    return any(t.post == post and department in (None, t.department) for t in person.tenures(day))
