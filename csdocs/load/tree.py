"""All records of the workspace together: what rules across records look at."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from csdocs.load.case import RecordCase
from csdocs.load.packed import Packed, unpacked
from csdocs.load.revision import in_force
from csdocs.load.workspace import CHECKS, QUERIES, Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Problem, Route
from csdocs.model.listed import Listed, Running
from csdocs.model.number import Number
from csdocs.model.text import Text
from csdocs.store.index import Entry, Index, stored


class Reference(NamedTuple):
    """A record names another: `ID` or `ID#row`."""

    target: str
    forms: tuple[str, ...]
    label: Text
    route: Route


class Summary(NamedTuple):
    """What is kept of a record once it has been judged."""

    path: str
    name: str
    id: str
    amendment: int
    form: str
    number: Number | None
    state: str
    final: bool
    done: frozenset[str]
    day: dt.date
    created_at: str
    created_by: str
    org_unit: str
    references: tuple[Reference, ...]
    values: Mapping[str, Any]
    label: Text
    running: tuple[Running, ...]


class Disagreement(NamedTuple):
    """A row that a workspace check returned."""

    check: str
    path: str
    route: Route
    message: Text


def summarise(case: RecordCase) -> Summary | None:
    """None for a file that cannot be put before its form."""
    if case.parsed.record is None or case.form is None:
        return None
    record, form = case.record, case.form
    return Summary(
        path=case.path,
        name=record.name,
        id=record.id,
        amendment=record.amendment,
        form=form.id,
        number=case.number,
        state=case.progress.state,
        final=case.is_final,
        done=_done(tuple(case.progress.signed)),
        day=case.day,
        created_at=record.created_at,
        created_by=sys.intern(record.created_by),
        org_unit=sys.intern(record.org_unit),
        references=tuple(_references(case)),
        values=Packed({id: value for id, value in case.all_values.items() if id in form.fields}),
        label=form.state_labels[case.progress.state],
        running=tuple(Running(each.deadline.label, each.limit) for each in case.deadlines if each.met_at is None),
    )


@cache
def _done(steps: tuple[str, ...]) -> frozenset[str]:
    """One for all records that are as far."""
    return frozenset(steps)


def _references(case: RecordCase) -> Iterator[Reference]:
    for route, field, value in case.scalars("reference"):
        yield Reference(str(value), getattr(field, "ref", ()), field.label, route)


class Tree:
    """Every record that could be read, and what follows from having all of them."""

    def __init__(self, workspace: Workspace, summaries: Iterable[Summary]) -> None:
        self.workspace = workspace
        self.summaries = tuple(sorted(summaries, key=lambda summary: summary.path))
        self.query_failures: dict[str, Text] = {}

    @cached_property
    def effective(self) -> dict[str, Summary]:
        """The amendment that counts for each id: the latest one signed as far as its predecessor was."""
        out: dict[str, Summary] = {}
        for summary in sorted(self.summaries, key=lambda summary: summary.amendment):
            before = out.get(summary.id)
            if before is None or (summary.done >= before.done and summary.state not in ("withdrawn", "rejected")):
                out[summary.id] = summary
        return out

    def of_form(self, form: str) -> Sequence[Summary]:
        """Effective records of a form."""
        return self._by_form.get(form, ())

    @cached_property
    def _by_form(self) -> dict[str, list[Summary]]:
        out: dict[str, list[Summary]] = {}
        for summary in self.effective.values():
            out.setdefault(summary.form, []).append(summary)
        return out

    def has(self, target: str, forms: tuple[str, ...]) -> bool:
        """Whether a reference leads to a record of one of the forms (and, with `#`, to a row of it)."""
        id, _, row = target.partition("#")
        if self.disposed.get(id) in forms:
            return True
        found = self.effective.get(id)
        if found is None or found.form not in forms:
            return False
        return not row or any(
            isinstance(each, Mapping) and row in map(str, each.values())
            for value in found.values.values()
            if isinstance(value, list)
            for each in value
        )

    @cached_property
    def disposed(self) -> dict[str, str]:
        """Form by id of the records that were disposed of: nobody finds them, and their numbers stay taken."""
        return {stub.record: stub.form for stub in self.workspace.stubs.values() if stub is not None}

    def gaps(self, policy: str, slug: str) -> Iterator[Problem]:
        """Holes in the numbers of every series whose form has this gap policy."""
        for summaries in self._series.values():
            form = self.workspace.forms[summaries[0].form]
            if form.number.gap != policy:
                continue
            before = 0
            for summary in summaries:
                serial = summary.number.serial if summary.number and summary.number.serial is not None else 0
                for missing in range(before + 1, min(serial, before + 20)):
                    if self._spelled(summary, missing) in self.disposed:
                        continue
                    values = {"missing": self._spelled(summary, missing), "before": self._spelled(summary, before)}
                    yield Problem(slug, ("record",), {"path": summary.path, "after": summary.id, **values})
                before = max(before, serial)

    @cached_property
    def _series(self) -> dict[tuple[str, str], list[Summary]]:
        out: dict[tuple[str, str], list[Summary]] = {}
        for summary in self.summaries:
            if summary.number is not None and summary.number.serial is not None and not summary.amendment:
                out.setdefault((summary.form, summary.number.series), []).append(summary)
        for summaries in out.values():
            summaries.sort(key=lambda summary: summary.number.serial or 0 if summary.number else 0)
        return out

    def _spelled(self, summary: Summary, serial: int) -> str:
        assert summary.number is not None
        return summary.number.spelled(serial)

    # SQL

    @cached_property
    def index(self) -> Index:
        return Index(self.workspace.forms, self.functions, self.entries)

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """What SQL may call."""
        return {"param": self._parameter, "in_force": self._in_force, "today": self.workspace.today.isoformat}

    def entries(self, form: str | None) -> Iterator[Entry]:
        """For the tables, made as they are filled: all of them at once would need more room than the tables."""
        for summary in self.effective.values() if form is None else self.of_form(form):
            yield Entry(summary.form, header(summary), {} if form is None else unpacked(summary.values))

    def _parameter(self, id: str, day: str) -> Any:
        value = self.workspace.parameters_on(dt.date.fromisoformat(day[:10])).values.get(id)
        return (
            value
            if isinstance(value, int | float | str | None)
            else float(value)
            if hasattr(value, "quantize")
            else str(value)
        )

    def _in_force(self, id: str, day: str) -> int | None:
        document = self.workspace.documents.get(id)
        path = document.path if document else self.workspace.form_paths.get(id, "")
        found = in_force(self.workspace.revisions.get(path, ()), dt.date.fromisoformat(day[:10]))
        return found.number if found else None

    def query(self, name: str, case: RecordCase, values: Mapping[str, Any]) -> Any:
        """The one value of `templates/queries/<name>.sql` for a record with these field values; None where it has none."""
        return self.ask(name, self.bound(case, values))

    def bound(self, case: RecordCase, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a query may name: fields of the record, its number and its day."""
        assert case.form is not None
        known = {id: stored(values[id]) for id in case.form.fields if id in values and not isinstance(values[id], list)}
        return {**dict.fromkeys(case.form.fields), **known, "record": case.record.id, "day": case.day.isoformat()}

    def ask(self, name: str, bound: Mapping[str, Any]) -> Any:
        path = f"{QUERIES}{name}.sql"
        if path not in self.workspace.files:
            self.query_failures.setdefault(path, Text("文件不存在", "the file does not exist"))
            return None
        try:
            rows = self.index.select(self.workspace.files[path].decode(), bound)
        except CsdocsError as error:
            self.query_failures.setdefault(path, error.message)
            return None
        return next(iter(rows[0].values()), None) if rows else None

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Every row that a workspace check returned."""
        found: list[Disagreement] = []
        for path in sorted(path for path in self.workspace.files if path.startswith(CHECKS) and path.endswith(".sql")):
            try:
                rows = self.index.select(self.workspace.files[path].decode())
            except CsdocsError as error:
                self.query_failures.setdefault(path, error.message)
                continue
            found += [self._disagreement(path, row) for row in rows if row.get("record") in self.effective]
        return tuple(found)

    def _disagreement(self, path: str, row: Mapping[str, Any]) -> Disagreement:
        summary = self.effective[row["record"]]
        clause = row.get("breaks")
        zh, en = str(row.get("message_zh") or row.get("message")), str(row.get("message_en") or row.get("message"))
        message = Text(f"{zh}（{clause}）", f"{en} ({clause})") if clause else Text(zh, en)
        name = path.removeprefix(CHECKS).removesuffix(".sql")
        return Disagreement(name, summary.path, ("data", *str(row.get("field") or "").split(".")), message)


def listed(summary: Summary) -> Listed:
    head = (summary.path, summary.name, summary.form, summary.final, summary.day.isoformat())
    return Listed(*head, summary.state, summary.label, summary.created_by, summary.running)


def header(summary: Summary) -> dict[str, Any]:
    """By RECORD_COLUMNS."""
    return {
        "record": summary.id,
        "form": summary.form,
        "number": summary.number.serial if summary.number else None,
        "state": summary.state,
        "final": int(summary.final),
        "day": summary.day.isoformat(),
        "created_at": summary.created_at,
        "created_by": summary.created_by,
        "org_unit": summary.org_unit,
        "path": summary.path,
    }
