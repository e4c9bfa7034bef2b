"""The workspace as the verbs and rules see it: controlled files with their history, and the records judged by them."""

import datetime as dt
import hashlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csdocs.cel import Runtime
from csdocs.load.approval.landings import Landed, LandedOneByOne, Landings
from csdocs.load.rulebook.compiled import CompiledForm
from csdocs.load.rulebook.controlled import ControlledFiles
from csdocs.load.rulebook.form_file import read_form
from csdocs.load.rulebook.parameters import Parameters
from csdocs.load.rulebook.profile import Switched, on_between, on_since, switched
from csdocs.load.rulebook.revision import Revision, approved_revisions, in_force, latest, revisions
from csdocs.load.rulebook.terms import Terms
from csdocs.model.control import GENERAL, Control
from csdocs.model.disposal import Stub
from csdocs.model.document import Parameter
from csdocs.model.form import Form
from csdocs.model.moment import end_of
from csdocs.model.person import Department, Post, Register
from csdocs.model.place import DOCUMENTS, FORMS, GROUPS, OPENING, is_stub
from csdocs.parse.document import parse_front
from csdocs.parse.record import read_stub
from csdocs.store import disk, git, history
from csdocs.store.source import Source, WorkTree
from csdocs.trust.demo import demo_public

if TYPE_CHECKING:
    from csdocs.load.approval.ledger import Ledger

_TERMS = 400  # that are kept: who reads records in the order of their files soon asks for the same again


class Workspace(ControlledFiles):
    """What is in force on a day, and the records that are judged by it. Read-only, like the files."""

    _known_revisions: Mapping[str, tuple[Revision, ...]] | None = None

    def __init__(
        self,
        root: Path,
        as_of: dt.datetime | dt.date | None = None,
        *,
        register: Register | None = None,
        source: Source | None = None,
    ) -> None:
        """`as_of`: a moment, or the end of a day. `register`: the approved one, where the tree's own may not be believed. `source`: the work tree, if not said."""
        super().__init__(source or WorkTree(root), register)
        self.root = root
        self._as_of = as_of
        self._landings: Landings | None = None
        git.require_repository(root, laid_out=isinstance(self.source, WorkTree))

    def __reduce__(self) -> tuple[Callable[..., "Workspace"], tuple[Path, dt.datetime]]:
        """Another process reads the workspace for itself, and judges at the same moment."""
        return partial(Workspace, register=self._register, source=self.source), (self.root, self.now)

    @cached_property
    def now(self) -> dt.datetime:
        """The moment that all judgements refer to: `--as-of`, the fixed clock of a reference workspace, or the real one."""
        zone, moment = self.settings.zone, self._as_of
        if moment is not None and not isinstance(moment, dt.datetime):
            moment = end_of(moment, zone)
        return (moment or self.settings.clock or dt.datetime.now(dt.UTC).replace(microsecond=0)).astimezone(zone)

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @cached_property
    def ledger(self) -> "Ledger":
        """What has been approved so far, folded over the history of controlled files."""
        from csdocs.load.approval.ledger import folded

        return folded(self.root, self.source.tip)

    @cached_property
    def base(self) -> str:
        """From where a change made here will be judged: on a branch, the commit at which it left the main line."""
        fork = history.fork(self.root, self.settings.main_branch) if self.source.tip == "HEAD" else ""
        return fork if fork and history.holds(self.root, fork, OPENING) else self.source.tip

    @cached_property
    def base_ledger(self) -> "Ledger":
        """What has been approved there."""
        from csdocs.load.approval.ledger import folded

        return self.ledger if self.base == self.source.tip else folded(self.root, self.base)

    @cached_property
    def opened(self) -> dt.datetime | None:
        """When a root-signed receipt of meaning `open` landed; a fresh workspace is in set-up until then."""
        landed = history.holds(self.root, "HEAD", OPENING) or any(history.first_parent_log(self.root, "HEAD", OPENING))
        return self.ledger.opened_at if landed else None

    @property
    def in_set_up(self) -> bool:
        return self.opened is None

    @cached_property
    def runtime(self) -> Runtime:
        return Runtime(self.settings.zone, self.calendar)

    def binds_after(self, each: Control) -> dt.date:
        """The last day on which nobody could be held to it: that of the opening, or on which its industry was switched on.

        A reference workspace shows what it would be; its history was not lived through.
        """
        if self.opened is None or self.settings.clock is not None:
            return dt.date.min
        opened = self.opened.astimezone(self.settings.zone).date()
        return opened if GENERAL[0] in each.profile else max(opened, on_since(self.switched, each.profile))

    def was_in_use(self, each: Control | Post | Department, first: dt.date, last: dt.date) -> bool:
        """Whether it is in use, or was on one of these days: switching an industry off breaks no earlier record."""
        return self.is_in_use(each) or not on_between(self.switched, first, last).isdisjoint(each.profile)

    @cached_property
    def switched(self) -> tuple[Switched, ...]:
        """Which industries were switched on when."""
        return switched(self.root, self.source.tip, self.settings.zone)

    # revisions and parameters

    @property
    def revisions(self) -> Mapping[str, tuple[Revision, ...]]:
        """Revisions that may govern a record: in set-up any that was committed or lies here, then only approved ones."""
        return self._all_revisions if self._known_revisions is None else self._known_revisions

    @cached_property
    def _all_revisions(self) -> Mapping[str, tuple[Revision, ...]]:
        if not self.in_set_up:
            return approved_revisions(self.ledger)
        paths = [path for path in self.files if path.startswith((*DOCUMENTS, FORMS))]
        return revisions(self.root, {path: self.files[path] for path in paths}, self.source.tip)

    def parameters_on(self, day: dt.date, made: dt.datetime | None = None) -> Parameters:
        """Parameters in force on a day; the first revision of a document also speaks for the days before it.

        `made`: a moment of that day. Nobody could go by what landed later, even if it is in force from that very day.
        """
        return self._parameters_of(self._come(day, made))

    @property
    def lacks_parameters(self) -> bool:
        """Whether a document that cannot be read may define what nothing else does; once opened, a workspace goes by what was approved."""
        return self.in_set_up and bool(self.unread_documents)

    def divides(self, day: dt.date) -> bool:
        """Whether others came into force in the midst of a day, by landing on it."""
        return day in self._divided_days

    @cached_property
    def _divided_days(self) -> frozenset[dt.date]:
        return frozenset(moment.date() for moment in self._new_parameters if moment.time() != dt.time())

    def _come(self, day: dt.date, made: dt.datetime | None) -> int:
        """How many of the moments have come from which others may be in force."""
        return bisect_right(self._new_parameters, made or end_of(day, self.settings.zone))

    @cached_property
    def _governing(self) -> dict[str, tuple[Revision, ...]]:
        """Revisions of documents by path."""
        paths = sorted(path for path in self.files if path.startswith(DOCUMENTS))
        return {path: all for path in paths if (all := self.revisions.get(path))}

    @cached_property
    def _new_parameters(self) -> list[dt.datetime]:
        """Moments from which others may be in force."""
        return sorted({revision.begins(self.settings.zone) for all in self._governing.values() for revision in all})

    @cached_property
    def _parameters_of(self) -> Callable[[int], Parameters]:
        """By how many of those moments have come."""
        return _memo(self._choose_parameters)

    def _choose_parameters(self, come: int) -> Parameters:
        """The last revision of each document that had begun by then, or else its first."""
        moments, zone = self._new_parameters[:come], self.settings.zone
        begun = {
            path: [each.number for each in all if moments and each.begins(zone) <= moments[-1]]
            for path, all in self._governing.items()
        }
        return self._parameters(
            tuple((path, max(numbers, default=self._governing[path][0].number)) for path, numbers in begun.items())
        )

    @cached_property
    def _parameters(self) -> Callable[[tuple[tuple[str, int], ...]], Parameters]:
        return _memo(self._read_parameters)

    def _read_parameters(self, chosen: tuple[tuple[str, int], ...]) -> Parameters:
        found: dict[str, Parameter] = {}
        for path, number in chosen:
            revision = next(each for each in self.revisions[path] if each.number == number)
            control = parse_front(revision.data).control
            found |= {parameter.id: parameter for parameter in (control.parameters if control else ())}
        return Parameters.of(found)

    # forms

    def form_revision(self, id: str, number: int) -> tuple[Form, Revision] | None:
        """A form at one of its revisions, from the tree or from history."""
        return self._form_revision((id, number))

    @cached_property
    def _form_revision(self) -> "Callable[[tuple[str, int]], tuple[Form, Revision] | None]":
        return _memo(self._read_form_revision)

    def _read_form_revision(self, key: tuple[str, int]) -> tuple[Form, Revision] | None:
        id, number = key
        path = self.form_paths.get(id, "")
        revision = next((each for each in self.revisions.get(path, ()) if each.number == number), None)
        if revision is None:
            return None
        form = self.forms.get(id) if self.files.get(path) == revision.data else None
        form = form if form and not self._pins_other_groups(path) else read_form(revision.data, self._group_then).form
        return (form, revision) if form else None

    def _pins_other_groups(self, path: str) -> bool:
        return any(problem.slug == "group-changed" for problem in self.loaded_forms[path].problems)

    def _group_then(self, name: str, sha256: str) -> bytes | None:
        """The state of a group that a form of any age pins: a later one would be another form."""
        here = self.groups.get(name)
        if here is not None and hashlib.sha256(here).hexdigest() == sha256:
            return here
        return self._earlier_groups.get((f"{GROUPS}{name}.yaml", sha256), here)

    @cached_property
    def _earlier_groups(self) -> dict[tuple[str, str], bytes]:
        """Every state that history has of a group, by path and digest."""
        states = history.states(self.root, GROUPS, revision=self.source.tip)
        blobs = dict(history.read_blobs(self.root, (state.oid for state in states if state.oid)))
        found = ((state.path, blobs[state.oid]) for state in states if state.oid in blobs)
        return {(path, hashlib.sha256(data).hexdigest()): data for path, data in found}

    def form_in_force(self, id: str, day: dt.date) -> tuple[Form, Revision] | None:
        revision = in_force(self.revisions.get(self.form_paths.get(id, ""), ()), day)
        return self.form_revision(id, revision.number) if revision else None

    def forms_on(self, id: str, day: dt.date) -> Iterator[Revision]:
        """The revision of a form that was in force on a day, and before it those that gave way to one that landed on that day."""
        found = self.revisions.get(self.form_paths.get(id, ""), ())
        while (last := latest(found, day)) is not None:
            if not last.is_withdrawn(day):
                yield last
            if last.effective != day or last.begins(self.settings.zone).time() == dt.time():
                return
            found = tuple(each for each in found if each.number < last.number)

    def form_on(self, id: str, day: dt.date) -> Form | None:
        """What is filled in on a day: the revision in force; where there is none, what lies here."""
        found = self.form_in_force(id, day)
        return found[0] if found else self.forms.get(id)

    def form_today(self, id: str) -> Form | None:
        return self.form_on(id, self.today)

    def compiled(self, form: Form, revision: Revision, parameters: Parameters) -> CompiledForm:
        """The form compiled against the parameters of a day; one compilation serves all days with the same ones."""
        return self._compiled((revision.path, revision.data, parameters.signature), form, revision, parameters)

    @cached_property
    def _compiled(self) -> Callable[..., CompiledForm]:
        return _memo(
            lambda form, revision, parameters: CompiledForm(form, revision.path, revision.sha256, parameters.types)
        )

    def terms(self, id: str, form: Form, revision: Revision, day: dt.date, made: dt.datetime | None = None) -> Terms:
        """By what the records of a day, or of a moment of it, are judged that name this revision of the form."""
        asked = (id, revision.number, day, self._come(day, made) if made else None)
        if asked not in self._terms:
            if len(self._terms) >= _TERMS:
                self._terms.clear()
            self._terms[asked] = Terms(self, id, form, revision, day, made)
        return self._terms[asked]

    @cached_property
    def _terms(self) -> dict[tuple[str, int, dt.date, int | None], Terms]:
        return {}

    def compiled_today(self, id: str) -> CompiledForm:
        """The form of the tree with today's parameters: what lint looks at and `new` fills."""
        form, path = self.forms[id], self.form_paths[id]
        lies_here = Revision(path, form.revision, form.effective, self.files[path])
        return self.compiled(form, lies_here, self.parameters_on(self.today))

    # records

    def record_paths(self) -> Iterator[str]:
        return (path for path in self.source.files_below(disk.RECORDS) if disk.is_record(path))

    def count_records(self) -> int:
        return sum(1 for _ in self.record_paths())

    def has_record(self, path: str) -> bool:
        return disk.is_record(path) and path in self.source.files_named(
            path.rpartition("/")[0], path.rpartition("/")[2]
        )

    def record_paths_named(self, start: str) -> Iterator[str]:
        """Those whose file names begin so."""
        return (path for path in self.source.files_named(disk.RECORDS, start) if disk.is_record(path))

    @cached_property
    def stubs(self) -> dict[str, Stub | None]:
        """What is left of records that were disposed of, by path; None for one that cannot be read."""
        return {path: self.stub(path) for path in self.source.files_below(disk.RECORDS) if is_stub(path)}

    def stub(self, path: str) -> Stub | None:
        return read_stub(self.read(path))

    @property
    def landings(self) -> Landings:
        if self._landings is None:
            self._landings = Landed(self._all_landings())
        return self._landings

    def know_history(self) -> None:
        """What records are judged by, read here once rather than once in each process that is to judge them."""
        self.parameters_on(self.today)
        _ = self.register, self.calendar, self.switched
        if self.settings.clock is None:
            self._landings = self.landings.at_once()
        if self._known_revisions is not None:
            self._known_revisions = dict(self._known_revisions)

    def look_at_few(self) -> None:
        """Somebody who asks for a few records need not wait for the landings of all."""

        def one(path: str) -> int | None:
            return next(
                (time for name, time in history.landings(self.root, path, self.source.tip) if name == path), None
            )

        self._landings = LandedOneByOne(one, self._all_landings)

    def _all_landings(self) -> Iterator[tuple[str, int]]:
        return history.landings(self.root, disk.RECORDS, self.source.tip)

    def know_landings(self, landings: Landings | None) -> None:
        """From somebody who need not read all of history for them; None: no longer."""
        self._landings = landings

    def know_revisions(self, found: Mapping[str, tuple[Revision, ...]], opened: dt.datetime | None) -> None:
        """The same of what was approved, and of the opening."""
        self._known_revisions = found
        self.opened = opened

    def recall_revisions(self) -> None:
        """Read what an index knows of them while it may be read; without one they come from git, each when it is wanted."""
        if self._known_revisions is not None:
            tuple(self._known_revisions.values())

    def forget_revisions(self) -> None:
        self._known_revisions = None


def _memo(make: Callable[..., Any]) -> Callable[..., Any]:
    """`make` called once per first argument; with further arguments, those are what `make` gets."""
    kept: dict[Any, Any] = {}

    def recall(key: Any, *arguments: Any) -> Any:
        if key not in kept:
            kept[key] = make(*(arguments or (key,)))
        return kept[key]

    return recall


def is_demo_key(public: str, register: Register) -> bool:
    """Whether a key is the demo key of anybody in the register, whoever it is entered for."""
    return any(public.split()[:2] == demo_public(staff_no).split()[:2] for staff_no in register.person)


def open_workspace(
    start: Path | None = None, as_of: dt.date | None = None, *, source: Source | None = None
) -> Workspace:
    """The workspace around a folder. `as_of` is judged at the end of that day."""
    return Workspace(disk.find_root(start or Path(os.getcwd())), as_of, source=source)
