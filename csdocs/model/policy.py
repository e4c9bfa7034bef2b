"""The review policy: which posts must approve what, and how many of them.

    2 of quality and 1 of operations

People are counted, never keys or posts: one person fills one place of a quorum, whatever they hold.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, ConfigDict, Field

from csdocs.model.change import ChangeKind
from csdocs.model.identifier import PostId, StaffNumber
from csdocs.model.shape import Day, Flag, Several, Shape, unexpected

_TOKEN = re.compile(r"\s*(\(|\)|and\b|or\b|(\d{1,2})\s+of\s+([A-Za-z][A-Za-z0-9_-]*))\s*", re.ASCII)
MAX_QUORUM = 200  # characters: alternatives multiply, and a proposed policy is read before anybody approved it


class Places(NamedTuple):
    """So many people out of a group of posts."""

    people: int
    group: str


Alternative = tuple[Places, ...]
"""All of these are needed."""


def parse_quorum(text: str) -> tuple[Alternative, ...]:
    """The alternatives of an expression with `and`, `or` and parentheses; ValueError where it is none."""
    tokens = []
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise ValueError(text[offset:])
        tokens.append((match[1], match[2], match[3]))
        offset = match.end()
    parser = _Parser(tokens)
    found = parser.alternatives()
    if parser.rest():
        raise ValueError(parser.rest())
    return found


def groups_named(quorum: str) -> Iterator[str]:
    """Once each."""
    yield from dict.fromkeys(places.group for alternative in parse_quorum(quorum) for places in alternative)


class _Parser:
    def __init__(self, tokens: Sequence[tuple[str, str, str]]) -> None:
        self._tokens = list(tokens)

    def rest(self) -> str:
        return self._tokens[0][0] if self._tokens else ""

    def alternatives(self) -> tuple[Alternative, ...]:
        found = self._all()
        while self.rest() == "or":
            self._tokens.pop(0)
            found += self._all()
        return found

    def _all(self) -> tuple[Alternative, ...]:
        found = self._one()
        while self.rest() == "and":
            self._tokens.pop(0)
            following = self._one()
            found = tuple(left + right for left in found for right in following)
        return found

    def _one(self) -> tuple[Alternative, ...]:
        if not self._tokens:
            raise ValueError("end")
        word, count, group = self._tokens.pop(0)
        if word == "(":
            found = self.alternatives()
            if self.rest() != ")":
                raise ValueError(self.rest())
            self._tokens.pop(0)
            return found
        if not group or int(count) < 1:
            raise ValueError(word)
        return ((Places(int(count), group),),)


def _quorum(text: str) -> str:
    try:
        if len(text) > MAX_QUORUM:
            raise ValueError(text)
        parse_quorum(text)
    except ValueError:
        raise unexpected(
            "名额，如 2 of quality and 1 of operations", "a quorum such as 2 of quality and 1 of operations"
        ) from None
    return text


Quorum = Annotated[str, AfterValidator(_quorum)]


class PolicyRule(Shape):
    """Who approves changes of these paths; stricter (or lighter) by the kind of change."""

    paths: Annotated[tuple[str, ...], Several, Field(min_length=1)]
    approve: Quorum
    by_kind: dict[ChangeKind, Quorum] = Field(default={})

    def quorum(self, kind: ChangeKind) -> str:
        return self.by_kind.get(kind, self.approve)


class Deputy(Shape):
    """Somebody who signs in another's posts for a while."""

    absent: StaffNumber
    deputy: StaffNumber
    from_: Day = Field(alias="from")
    until: Day

    def on(self, day: dt.date) -> bool:
        return self.from_ <= day <= self.until


class Exemption(Shape):
    """A small team's recorded, expiring permission that a drafter may also approve; printed in the manual."""

    paths: Annotated[tuple[str, ...], Several, Field(min_length=1)]
    allow: Literal["drafter_approves"]
    reason: str
    approver: StaffNumber
    until: Day


class Policy(Shape):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    groups: dict[str, Annotated[tuple[PostId, ...], Several]] = Field(default={})
    rules: tuple[PolicyRule, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    pending_may_land: Flag = True

    def rule(self, path: str) -> PolicyRule | None:
        """The first rule that names the path: the order in the file is the order of precedence."""
        return next((rule for rule in self.rules if any(fnmatchcase(path, glob) for glob in rule.paths)), None)

    def posts(self, group: str) -> tuple[str, ...]:
        return self.groups.get(group, (group,))

    def approving_posts(self, path: str) -> frozenset[str]:
        """Every post that may have a say about the path, whatever the kind of change."""
        rule = self.rule(path)
        quorums = (rule.approve, *rule.by_kind.values()) if rule else ()
        groups = (group for quorum in quorums for group in groups_named(quorum))
        return frozenset(post for group in groups for post in self.posts(group))

    def drafter_may_approve(self, path: str, day: dt.date) -> bool:
        return any(day <= e.until and any(fnmatchcase(path, glob) for glob in e.paths) for e in self.exceptions)

    def missing(self, quorum: str, approvals: Mapping[str, Collection[str]]) -> Alternative:
        """Places nobody fills yet, of the alternative that is nearest; empty if the quorum is there.

        `approvals`: for each person the posts in which they approved.
        """
        gaps = (self._unfilled(alternative, approvals) for alternative in parse_quorum(quorum))
        return min(gaps, key=lambda gap: sum(places.people for places in gap))

    def _unfilled(self, alternative: Alternative, approvals: Mapping[str, Collection[str]]) -> Alternative:
        """A maximum matching of people to places (augmenting paths): nobody sits in two."""
        seats = [places.group for places in alternative for _ in range(places.people)]
        sitting: dict[int, str] = {}
        for person in approvals:
            self._seat(person, approvals, seats, sitting, set())
        empty = [seat for index, seat in enumerate(seats) if index not in sitting]
        return tuple(Places(empty.count(group), group) for group in dict.fromkeys(empty))

    def _seat(
        self,
        person: str,
        approvals: Mapping[str, Collection[str]],
        seats: Sequence[str],
        sitting: dict[int, str],
        tried: set[int],
    ) -> bool:
        for index in self._fitting(approvals[person], seats):
            if index in tried:
                continue
            tried.add(index)
            if index not in sitting or self._seat(sitting[index], approvals, seats, sitting, tried):
                sitting[index] = person
                return True
        return False

    def _fitting(self, posts: Collection[str], seats: Sequence[str]) -> Iterator[int]:
        return (index for index, group in enumerate(seats) if set(posts) & set(self.posts(group)))
