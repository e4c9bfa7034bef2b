"""What the verdict on a record rests on, so that it can be known again for as long as nothing of that has changed."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from csdocs.load.program import digest, judge_digest, zone_digest
from csdocs.load.record.case import RecordCase
from csdocs.load.rulebook.parameters import Parameters
from csdocs.load.workspace import Workspace
from csdocs.model.moment import midnight_after


class Yardstick(NamedTuple):
    """The form, its revision and the day by which a record is judged; `made`: the moment of the day, where that matters."""

    form: str
    revision: int
    day: dt.date
    made: dt.datetime | None = None

    @property
    def when(self) -> str:
        """Day or moment, as `measuring` reads it."""
        return (self.made or self.day).isoformat()


def measuring(form: str, revision: int, when: str) -> Yardstick:
    """ValueError for what is no day or moment."""
    made = dt.datetime.fromisoformat(when) if len(when) > _A_DAY else None
    return Yardstick(form, revision, made.date() if made else dt.date.fromisoformat(when), made)


_A_DAY = len("2026-11-20")


class Basis(NamedTuple):
    """`files` are the paths beside the record that were looked at, `landed` is None where the landing does not matter.

    The verdict holds from `since` (inclusive) to `until` (exclusive; None: for good).
    """

    fingerprint: str
    yardsticks: tuple[Yardstick, ...]
    files: tuple[str, ...]
    landed: int | None
    since: dt.datetime
    until: dt.datetime | None


def basis_of(case: RecordCase) -> Basis | None:
    """None where the verdict cannot be kept: for an unreadable file, or where it changes with every moment."""
    if case.parsed.record is None or case.form is None or is_from_the_future(case):
        return None
    chain = list(_chain(case))
    if any("now" in each.compiled.names_read for each in chain):
        return None
    if chain[-1].record.amendment:
        return None  # an amendment of a file that is missing, unreadable or another one
    landed = None if case.form.late_entry is None or case.landed is None else case.workspace.landings.get(case.path)
    if case.form.late_entry is not None and case.landed is not None and landed is None:
        return None  # not committed yet: how late it will be changes as time passes
    yardsticks = tuple(Yardstick(each.record.form, each.record.form_revision, each.day, each.made) for each in chain)
    files = (*(each.path for each in chain[1:]), *_attachments(case))
    moments = [moment for each in chain for moment in turning_points(each) if moment > case.now]
    since = case.now
    if any(each.compiled.reads_clock for each in chain):  # what day it is
        moments.append(midnight_after(since))
    return Basis(case.fingerprint, yardsticks, files, landed, since, min(moments, default=None))


def sooner(one: Basis | None, other: Basis | None) -> Basis | None:
    """What two verdicts on the same bytes rest on, for as long as both hold."""
    if one is None or other is None or one.fingerprint != other.fingerprint:
        return None
    until = min((each.until for each in (one, other) if each.until is not None), default=None)
    return one._replace(until=until)


def _chain(case: RecordCase) -> Iterator[RecordCase]:
    """The record and the files that it amends, the latest first."""
    each: RecordCase | None = case
    while each is not None:
        yield each
        each = each.amended


def _attachments(case: RecordCase) -> Iterator[str]:
    return (f"{case.attachment_folder}/{value['name']}" for _, _, value in case.scalars("file"))


def is_from_the_future(case: RecordCase) -> bool:
    """`time-in-future` says what the time is."""
    return case.latest > case.now


def turning_points(case: RecordCase) -> Iterator[dt.datetime]:
    """Moments at which the clock alone changes what is to be said."""
    assert case.form is not None
    yield from (verdict.limit for verdict in case.deadlines if verdict.met_at is None)
    if case.is_final:
        return  # no clock moves it any more
    for step, since in case.form.timed_steps:
        if since in case.progress.signed:
            passes = case.facts.passes_at(step, case.progress.signed[since].at)
            if passes is not None:
                yield passes


class Grounds:
    """Digests of everything besides the files below `records/` by which a workspace judges."""

    def __init__(self, workspace: Workspace, *, signatures: bool) -> None:
        self._workspace = workspace
        self._signatures = signatures
        self._known: dict[Yardstick, str] = {}
        self._forms: dict[tuple[str, int], str] = {}
        self._parameters: dict[int, str] = {}

    @cached_property
    def common(self) -> str:
        """What every record is judged by: the program, the registers, the settings."""
        workspace = self._workspace
        shapes = (workspace.settings, workspace.register, workspace.calendar)
        facts = (
            judge_digest(),
            zone_digest(workspace.settings.time_zone),
            *(shape.model_dump_json(by_alias=True) for shape in shapes),
            str((workspace.in_set_up, self._signatures)),
        )
        return digest(*facts)

    def of(self, yardstick: Yardstick) -> str:
        """The form, which revision of it was in force, and the parameters, all as of the record's day."""
        if yardstick not in self._known:
            in_force = self._workspace.form_in_force(yardstick.form, yardstick.day)
            governs = in_force[1].number if in_force else None
            allowed = [each.number for each in self._workspace.forms_on(yardstick.form, yardstick.day)]
            form = self._form(yardstick.form, yardstick.revision)
            parameters = self._workspace.parameters_on(yardstick.day, yardstick.made)
            facts = (self._switched(yardstick.form), self._values(parameters))
            self._known[yardstick] = digest(self.common, form, str((governs, allowed)), *facts)
        return self._known[yardstick]

    def _switched(self, id: str) -> str:
        """Of a form that is not in use: whether it was on the record's day, only history can say."""
        form = self._workspace.forms.get(id)
        return "" if form and self._workspace.is_in_use(form) else str(self._workspace.switched)

    def _form(self, id: str, number: int) -> str:
        if (id, number) not in self._forms:
            found = self._workspace.form_revision(id, number)
            facts = (found[0].model_dump_json(by_alias=True), found[1].path, found[1].sha256) if found else ()
            self._forms[id, number] = digest(*facts)
        return self._forms[id, number]

    def _values(self, parameters: Parameters) -> str:
        if id(parameters) not in self._parameters:  # the workspace keeps them, so an id stays theirs
            facts = (f"{name} {each.model_dump_json()}" for name, each in sorted(parameters.definitions.items()))
            self._parameters[id(parameters)] = digest(*facts)
        return self._parameters[id(parameters)]
