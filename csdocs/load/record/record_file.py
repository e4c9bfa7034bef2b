"""A record as its file has it: read by its form, and its place among the files."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from csdocs.load.once import once
from csdocs.load.rulebook.compiled import CompiledForm
from csdocs.load.rulebook.parameters import Parameters
from csdocs.load.rulebook.revision import Revision
from csdocs.load.rulebook.terms import Terms
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.field import Field, RowsField
from csdocs.model.finding import Route
from csdocs.model.form import Course, Form
from csdocs.model.number import Number, read
from csdocs.model.person import Staff
from csdocs.model.place import ATTACHMENTS
from csdocs.model.record import Record, Signature
from csdocs.model.text import Text
from csdocs.parse.data import TypedData, read_data
from csdocs.parse.record import ParsedRecord, parse_record
from csdocs.store import disk


class RecordFile:
    """Lazy and read-only. With `form` None nothing can be said but what the file itself is."""

    def __init__(
        self, workspace: Workspace, path: str, data: bytes, *, signatures: bool, now: dt.datetime | None
    ) -> None:
        self.workspace = workspace
        self.now = now or workspace.now
        self.path = path
        self.data = data
        self.check_signatures = signatures

    @once
    def fingerprint(self) -> str:
        return disk.fingerprint(self.data)

    @once
    def parsed(self) -> ParsedRecord:
        return parse_record(self.path, self.data)

    @once
    def record(self) -> Record:
        assert self.parsed.record is not None
        return self.parsed.record

    @once
    def form(self) -> Form | None:
        """The form at the revision that the record names."""
        found = self._pinned
        return found[0] if found else None

    @once
    def _pinned(self) -> Any:
        if self.parsed.record is None:
            return None
        return self.workspace.form_revision(self.record.form, self.record.form_revision)

    @once
    def terms(self) -> Terms:
        form, revision = self._pinned
        return self.workspace.terms(self.record.form, form, revision, self.day, self.made)

    @property
    def in_force(self) -> Revision | None:
        """The revision of the form that governed the record's day."""
        return self.terms.in_force

    @once
    def compiled(self) -> CompiledForm:
        return self.terms.compiled

    @once
    def day(self) -> dt.date:
        """The day by whose rules the record is judged; an amendment keeps that of the first entry."""
        dated = self._dated
        if dated is not None:
            return dated.date() if isinstance(dated, dt.datetime) else dated
        assert self.form is not None
        before = self.amended if self.form.day is None else None
        return before.day if before else self.created.astimezone(self.zone).date()

    @property
    def made(self) -> dt.datetime | None:
        """The moment by whose rules it is judged, if its day ended by others than it began with; None: those of all the day."""
        if not self.workspace.divides(self.day):
            return None
        if isinstance(self._dated, dt.datetime):
            return self._dated
        first: RecordFile = self
        while first.amended is not None and first.amended.day == self.day:
            first = first.amended
        created = first.created.astimezone(self.zone)
        return created if created.date() == self.day else None

    @property
    def _dated(self) -> dt.date | None:
        """What the field says that dates the record; a moment is one of the workspace's clocks."""
        assert self.form is not None
        written = self.record.data.get(self.form.day or "")
        if isinstance(written, str):
            try:
                if len(written) == 10:
                    return dt.date.fromisoformat(written)
                return dt.datetime.fromisoformat(written).astimezone(self.zone)
            except (ValueError, OverflowError):
                pass
        return None

    @once
    def created(self) -> dt.datetime:
        return self.record.created

    @once
    def zone(self) -> dt.tzinfo:
        return self.workspace.settings.zone

    @property
    def parameters(self) -> Parameters:
        return self.terms.parameters

    @once
    def typed(self) -> TypedData:
        assert self.form is not None
        return read_data(self.form, self.compiled.reader, self.record.data)

    def scalars(self, kind: str) -> Sequence[tuple[Route, Field, Any]]:
        """Every typed value of one kind, with its route: alone, in a list, in rows."""
        assert self.form is not None
        if self.typed.values.keys().isdisjoint(self.form.ids_with_kind(kind)):
            return ()
        if kind not in self._scalars:
            self._scalars[kind] = list(self._find_scalars(kind))
        return self._scalars[kind]

    @once
    def _scalars(self) -> dict[str, list[tuple[Route, Field, Any]]]:
        return {}

    def _find_scalars(self, kind: str) -> Iterator[tuple[Route, Field, Any]]:
        assert self.form is not None
        for field in self.form.with_kind(kind):
            value = self.typed.values.get(field.id)
            if value is None:
                continue
            if isinstance(field, RowsField):
                for index, row in enumerate(value):
                    for inner in field.fields:
                        if inner.kind == kind and inner.id in row:
                            yield from _each(("data", field.id, index, inner.id), inner, row[inner.id])
            else:
                yield from _each(("data", field.id), field, value)

    @once
    def moments(self) -> tuple[dt.datetime, ...]:
        """When each signature says that it was made."""
        return tuple([signature.moment for signature in self.record.signatures])

    @once
    def _in_order(self) -> bool:
        """Whether everything was done after what comes before it in the file."""
        before = self.created
        for moment in self.moments:
            if moment < before:
                return False
            before = moment
        return True

    @once
    def course(self) -> Course:
        assert self.form is not None
        return self.form.course(self.record.signatures)

    @once
    def latest(self) -> dt.datetime:
        """The last moment at which the record says that anything was done to it."""
        if not self._in_order:
            return max((self.created, *self.moments))
        return self.moments[-1] if self.moments else self.created

    # where something may be found: nothing where all is well

    @property
    def out_of_time(self) -> bool:
        return not self._in_order or self.latest > self.workspace.now

    @property
    def signed_otherwise(self) -> Sequence[Signature]:
        """Signatures under other bytes of the form."""
        own = self.compiled.sha256
        return [each for each in self.record.signatures if each.form_sha256 != own]

    @property
    def signed_figures(self) -> Sequence[Signature]:
        """Signatures that say what was computed."""
        return [each for each in self.record.signatures if each.computed]

    @property
    def signed_under_suspicion(self) -> bool:
        suspects = self.workspace.register.under_suspicion
        return bool(suspects) and not suspects.isdisjoint(each.by for each in self.record.signatures)

    @property
    def has_keyed_rows(self) -> bool:
        assert self.form is not None
        return any(field.id in self.typed.values for field, _ in self.form.keyed_rows)

    @property
    def attachments(self) -> Sequence[tuple[Route, Field, Any]]:
        return self.scalars("file")

    @property
    def strange_departments(self) -> Sequence[tuple[Route, str]]:
        """Departments that the register does not know, with their routes."""
        known, own = self.workspace.register.department, self.record.org_unit
        found = [(route, value) for route, _, value in self.scalars("department") if value not in known]
        return found if own in known else [(("org_unit",), own), *found]

    def staff(self, number: str) -> Staff:
        """A person as of the record's day; somebody unknown holds no post."""
        return self.terms.staff(number)

    @property
    def directory(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def proper_path(self) -> str:
        """Where the record belongs."""
        return f"{self.terms.folder}/{self.record.name}.yaml"

    @property
    def misplaced(self) -> bool:
        return self.path != self.proper_path

    @once
    def number(self) -> Number | None:
        """The id taken apart; None where it does not follow the form's pattern, or the pattern cannot be applied."""
        assert self.form is not None
        try:
            return read(self.form.number.pattern, self.record.id, self.day, self.record.data)
        except (KeyError, ValueError):
            return None

    @property
    def misnumbered(self) -> bool:
        return self.number is None

    @once
    def landed(self) -> dt.datetime | None:
        """When the repository first had the file. A fixed clock says nothing of commits, so there it is None."""
        if self.workspace.settings.clock is not None:
            return None
        time = self._landing
        return self.workspace.now if time is None else dt.datetime.fromtimestamp(time, dt.UTC)

    @once
    def _landing(self) -> int | None:
        """As Unix time; None where it has none yet."""
        return self.workspace.landings.get(self.path)

    @property
    def waits_to_land(self) -> bool:
        return self.workspace.settings.clock is None and self._landing is None

    @property
    def landed_too_late(self) -> bool:
        limit = self.terms.latest_landing
        if limit is None or self.amendment or self.workspace.settings.clock is not None:
            return False
        time = self._landing
        return self.workspace.now > limit if time is None else time > self.terms.latest_landing_time

    @property
    def attachment_folder(self) -> str:
        return f"{self.directory}/{self.record.id}{ATTACHMENTS}"

    def attachment(self, value: Mapping[str, Any]) -> bytes:
        """The bytes of a listed file. CsdocsError if by now they are others, or none."""
        data = self.workspace.read(self._place_of(value))
        if hashlib.sha256(data).hexdigest() != value["sha256"]:
            raise CsdocsError(
                Text("{path} 在此期间被改动", "{path} has changed in the meantime").format(path=self._place_of(value)),
                Text("请重新运行该命令", "run the command again"),
            )
        return data

    def attachment_digest(self, value: Mapping[str, Any]) -> str | None:
        """SHA-256 of what lies where a file is listed, "" if its size is another; None if nothing does. It may be too much to hold."""
        return self.workspace.source.sha256_of(self._place_of(value), value["bytes"])

    def attachment_trouble(self, value: Mapping[str, Any]) -> Text | None:
        digest = self.attachment_digest(value)
        if digest is None:
            return Text("不在文件夹中", "is not in the folder")
        return None if digest == value["sha256"] else Text("的内容与登记不符", "is not the file that was listed")

    def _place_of(self, value: Mapping[str, Any]) -> str:
        return f"{self.attachment_folder}/{value['name']}"

    @property
    def amendment(self) -> int:
        return self.record.amendment

    @once
    def amended(self) -> Self | None:
        """The file that this one amends, if it is there and readable."""
        if not self.record.amendment or self.record.amends is None:
            return None
        before = self.record._replace(amendment=self.record.amendment - 1)
        if self.record.amends.file != f"{before.name}.yaml":
            return None
        path = f"{self.directory}/{self.record.amends.file}"
        try:
            data = self.workspace.read(path)
        except CsdocsError:
            return None
        case = type(self)(self.workspace, path, data, signatures=self.check_signatures, now=self.now)
        return case if case.parsed.record is not None and case.form is not None else None

    @once
    def amendment_trouble(self) -> Text | None:
        """Why the amendment does not follow from the file it amends; None for a first entry."""
        record = self.record
        if not record.amendment or record.amends is None:
            return None
        expected = f"{record._replace(amendment=record.amendment - 1).name}.yaml"
        if record.amends.file != expected:
            return Text("应更正 {file}", "it must amend {file}").format(file=expected)
        try:
            data = self.workspace.read(f"{self.directory}/{expected}")
        except CsdocsError:
            return Text("找不到 {file}", "{file} is not there").format(file=expected)
        if hashlib.sha256(data).hexdigest() != record.amends.sha256:
            return Text("{file} 的内容已不同", "{file} is not the file that was amended").format(file=expected)
        before = type(self)(self.workspace, f"{self.directory}/{expected}", data, signatures=False, now=None)
        if before.parsed.record is None or before.form is None:
            return Text("{file} 无法读取", "{file} cannot be read").format(file=expected)
        if (before.record.form, before.record.form_revision) != (record.form, record.form_revision):
            return Text("表单或版次不同", "it names another form or revision")
        return None if before.day == self.day else Text("记录日期不同", "it is dated on another day")


def _each(route: Route, field: Field, value: Any) -> Iterator[tuple[Route, Field, Any]]:
    if isinstance(value, list):
        yield from (((*route, index), field, each) for index, each in enumerate(value))
    else:
        yield route, field, value
