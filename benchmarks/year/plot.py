"""Doing things wrong on purpose, and noting what check has to find because of it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.story import Scribe, Signing, Story
from benchmarks.year.clerk import Landing
from benchmarks.year.year import Year, written
from csdocs.parse.emit import emit_item

Fields = Mapping[str, Any]


class Planted(NamedTuple):
    """A finding that must come: `rule` is `FORM:rule`, the name of a check across records, or empty."""

    code: str
    path: str
    clause: str
    rule: str
    zh: str
    en: str


class Tale(NamedTuple):
    """What happened, in both languages, and how often it shows."""

    zh: str
    en: str
    times: int = 1


class Plot:
    """The records of a year in the hands of somebody who alters them before, or after, they are written."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.planted: list[Planted] = []
        self.late: dict[str, int] = {}  # days by which records reach the repository later than they should
        self.forged: list[tuple[str, Callable[[bytes], bytes]]] = []
        self.added: list[Landing] = []
        self.copies: list[tuple[str, str]] = []
        self._used: set[str] = set()
        self._scribe = Scribe(year.workspace)

    # finding a victim

    def pick(self, form: str, suits: Callable[[Fields], bool] = lambda _: True) -> Story:
        """The first record of the last three months that was not touched yet."""
        first = dt.date(self.year.plan.end.year, 10, 5)
        for story in self.year.stories:
            if story.id not in self._used and story.form == form and story.day >= first and suits(values(story)):
                self._used.add(story.id)
                return story
        raise LookupError(f"no {form} is left to do wrong")

    def every(self, form: str) -> list[Story]:
        return [story for story in self.year.stories if story.form == form]

    def path(self, story: Story) -> str:
        return self._scribe.path(story)

    def told(self, id: str) -> Story:
        return next(story for story in self.year.stories if story.id == id)

    # doing wrong

    def expect(self, code: str, story: Story | str, clause: str, tale: Tale, rule: str = "") -> None:
        path = story if isinstance(story, str) else self.path(story)
        self.planted += [Planted(code, path, clause, rule, tale.zh, tale.en)] * tale.times

    def alter(self, story: Story, changes: Fields) -> Story:
        """Other values in a record; `rows.0.field` reaches into its first row."""
        signings = [*story.signings]
        for name, value in changes.items():
            place = _place(signings, [name, *changes])
            signings[place] = _changed(signings[place], name, value)
        story = story._replace(signings=signings)
        self._replace(story)
        return story

    def resign(self, story: Story, step: str, **facts: Any) -> Story:
        """Another signer or another moment for a step."""
        story = story._replace(signings=[s._replace(**facts) if s.step == step else s for s in story.signings])
        self._replace(story)
        return story

    def cut(self, story: Story, before: str) -> Story:
        """The step and all that follow it are never taken."""
        steps = [signing.step for signing in story.signings]
        story = story._replace(signings=story.signings[: steps.index(before)])
        self._replace(story)
        return story

    def postpone(self, story: Story, delay: dt.timedelta, first: str) -> Story:
        """From a step on everything is signed later."""
        steps = [signing.step for signing in story.signings]
        place = steps.index(first)
        moved = [signing._replace(at=signing.at + delay) for signing in story.signings[place:]]
        story = story._replace(signings=[*story.signings[:place], *moved])
        self._replace(story)
        return story

    def drop(self, story: Story) -> None:
        self.year.stories.remove(story)

    def forge(self, story: Story, change: Callable[[bytes], bytes]) -> None:
        """The file itself is altered once it lies in the repository."""
        self.forged.append((self.path(story), change))

    def book_copy(self, story: Story, path: str) -> None:
        """The finished file lies at a second place as well."""
        self.copies.append((self.path(story), path))

    def spoil(self, landings: Sequence[Landing]) -> list[Landing]:
        """What reaches the repository in the end: some files late, some forged the day after, some twice."""
        out = [landing._replace(day=landing.day + self._delay(landing)) for landing in landings]
        last = {landing.path: landing for landing in landings}
        following = dt.timedelta(1)
        out += [Landing(last[path].day + following, path, change(last[path].data)) for path, change in self.forged]
        out += [Landing(last[path].day + following, copied, last[path].data) for path, copied in self.copies]
        return [*out, *self.added]

    def _delay(self, landing: Landing) -> dt.timedelta:
        return dt.timedelta(self.late.get(Path(landing.path).stem, 0))

    def _replace(self, story: Story) -> None:
        place = next(n for n, each in enumerate(self.year.stories) if each.id == story.id and each.form == story.form)
        self.year.stories[place] = story


def values(story: Story) -> dict[str, Any]:
    return {key: value for signing in story.signings for key, value in signing.filled.items()}


def _place(signings: Sequence[Signing], names: Sequence[str]) -> int:
    """The step at which the first of these fields was filled in."""
    fields = (name.partition(".")[0] for name in names)
    found = (n for field in fields for n, signing in enumerate(signings) if field in signing.filled)
    place = next(found, None)
    if place is None:
        raise LookupError(f"none of {', '.join(names)} is filled in")
    return place


def _changed(signing: Signing, name: str, value: Any) -> Signing:
    return signing._replace(filled=_put(signing.filled, name, None if value is None else written(value)))


def _put(old: Any, route: str, value: Any) -> Any:
    """With `None` a key is taken away."""
    key, _, rest = route.partition(".")
    if isinstance(old, list):
        return [_put(each, rest, value) if n == int(key) else each for n, each in enumerate(old)]
    if value is None and not rest:
        return {each: kept for each, kept in old.items() if each != key}
    return {**old, key: _put(old[key], rest, value) if rest else value}


def list_text(planted: Sequence[Planted]) -> str:
    """The list as a file: one entry a finding."""
    return "".join(map(emit_item, (each._asdict() for each in sorted(planted))))


def beside(root: Path) -> Path:
    """Where the list of a workspace lies: next to it, since the workspace must not know."""
    return root.parent / f"{root.name}.planted.yaml"
