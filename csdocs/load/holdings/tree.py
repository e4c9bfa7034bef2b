"""All records of the workspace together: what rules across records look at."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from csdocs.load.holdings.functions import functions_of, prepare
from csdocs.load.record.asking import Answer, Question, question_of
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.amendment import takes_over
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Problem, Route
from csdocs.model.listed import Listed, Running
from csdocs.model.number import Number
from csdocs.model.place import ATTACHMENTS, CHECKS, QUERIES
from csdocs.model.text import Text
from csdocs.parse.record import parse_record
from csdocs.store.database import Ask, Database, Extra
from csdocs.store.lines import Values
from csdocs.store.schema import FileFacts, Names, Referred
from csdocs.store.scope import EVERY_FORM, asks_the_time, forms_named, names_in
from csdocs.store.tables import Connection

GIVES_WAY = ("void", "withdrawn", "rejected")  # states in which a record of a natural key leaves its place to another
_STANDS = f"series IS NOT NULL AND number IS NULL AND effective AND state NOT IN {GIVES_WAY}"


class Reference(NamedTuple):
    """A record names another: `ID` or `ID#row`."""

    target: str
    forms: tuple[str, ...]
    label: Text
    route: Route


class Summary(NamedTuple):
    """What others may want to know of a record once it has been judged."""

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
    progress = case.progress
    running = [Running(each.deadline.label, each.limit) for each in case.deadlines if each.met_at is None]
    return Summary(
        case.path,
        record.name,
        record.id,
        record.amendment,
        form.id,
        case.number,
        progress.state,
        case.is_final,
        _done(tuple(progress.signed)),
        case.day,
        record.created_at,
        sys.intern(record.created_by),
        sys.intern(record.org_unit),
        tuple(_references(case)),
        case.said,
        form.state_labels[progress.state],
        tuple(running),
    )


@cache
def _done(steps: tuple[str, ...]) -> frozenset[str]:
    """One for all records that are as far."""
    return frozenset(steps)


def _references(case: RecordCase) -> Iterator[Reference]:
    for route, field, value in case.scalars("reference"):
        yield Reference(str(value), getattr(field, "ref", ()), field.label, route)


def counting(summaries: Iterable[Summary]) -> dict[str, Summary]:
    """The file that counts for each number: the latest amendment signed as far as its predecessor was."""
    out: dict[str, Summary] = {}
    for summary in sorted(summaries, key=lambda each: (each.amendment, each.path)):
        before = out.get(summary.id)
        if before is None or takes_over(summary.done, summary.state, before.done):
            out[summary.id] = summary
    return out


def _files_listed(value: Any) -> Iterator[str]:
    """Names of the files that a record lists, wherever its form has it list them."""
    if isinstance(value, Mapping):
        if "sha256" in value and isinstance(value.get("name"), str):
            yield value["name"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _files_listed(each)


class Tree:
    """Every record that could be read, and what follows from having all of them: answered by tables."""

    def __init__(
        self,
        workspace: Workspace,
        connection: Connection,
        signatures: bool = True,
        values_of: Values | None = None,
        complete: Callable[[str], None] | None = None,
    ) -> None:
        """`complete` makes tables that a query names and that are not there; `values_of` gives what records say, if not their files."""
        self.workspace = workspace
        self.query_failures: dict[str, Text] = {}
        self._surprising: set[str] = set()
        self.connection, self.complete = connection, complete
        self.values_of = values_of or partial(read_values, workspace, signatures=signatures)

    @cached_property
    def database(self) -> Database:
        return self.database_with({})

    def database_with(self, extra: Mapping[str, Extra]) -> Database:
        """With other tables beside."""
        functions = functions_of(self.workspace)
        return Database(self.connection, functions, extra, self.complete, partial(prepare, self.workspace))

    def count(self) -> int:
        """How many record files could be read."""
        return int(self.database.rows("SELECT count(*) FROM _files")[0][0])

    # records, by what the tables hold of them

    def files_of(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Path and form of the files that count for these numbers, as far as there are any."""
        sql = "SELECT f.record, f.path, f.form FROM json_each(?) CROSS JOIN _files f ON f.record = value WHERE f.effective"
        return {record: (path, form) for record, path, form in self.database.rows(sql, json.dumps([*ids]))}

    def has(self, target: str, forms: tuple[str, ...]) -> bool:
        """Whether a reference leads to a record of one of the forms (and, with `#`, to a row of it); not known of one that is unread."""
        id, _, row = target.partition("#")
        if any(form in forms for (form,) in self.database.rows("SELECT form FROM _stubs WHERE record = ?", id)):
            return True
        found = self.database.rows("SELECT path, form FROM _files WHERE record = ? AND effective", id)
        if not found:
            return id in self.unread
        if found[0][1] not in forms:
            return False
        return not row or any(
            isinstance(each, Mapping) and row in map(str, each.values())
            for value in self.values_of(found[0][0]).values()
            if isinstance(value, list)
            for each in value
        )

    # references

    def doubtful_targets(self) -> list[str]:
        """Numbers to which a reference may not lead."""
        sql = (
            "SELECT DISTINCT id FROM _references r WHERE target <> id OR NOT EXISTS (SELECT 1 FROM _files f "
            "WHERE f.record = r.id AND f.effective AND instr(' ' || r.forms || ' ', ' ' || f.form || ' '))"
        )
        return [id for (id,) in self.database.rows(sql)]

    def references_to(self, id: str) -> Iterator[tuple[str, Reference]]:
        """With the files in which they stand."""
        sql = "SELECT path, target, forms, label_zh, label_en, route FROM _references WHERE id = ? ORDER BY path, place"
        for path, target, forms, zh, en, route in self.database.rows(sql, id):
            yield path, Reference(target, tuple(forms.split()), Text(zh, en), tuple(json.loads(route)))

    # files

    @cached_property
    def unread(self) -> frozenset[str]:
        """Numbers, by the names of files that are there but cannot be read: what they say is not known, least of all that they are missing."""
        read = {path for (path,) in self.database.rows("SELECT path FROM _files")}
        return frozenset(PurePosixPath(path).stem for path in self.workspace.record_paths() if path not in read)

    def names_taken_twice(self) -> list[str]:
        rows = self.database.rows("SELECT name FROM _files GROUP BY name HAVING count(*) > 1")
        return [name for (name,) in rows]

    def files_named(self, name: str) -> list[str]:
        return [path for (path,) in self.database.rows("SELECT path FROM _files WHERE name = ?", name)]

    def folders_of_others(self) -> list[str]:
        """Folders with files that are no records."""
        return [folder for (folder,) in self.database.rows("SELECT DISTINCT folder FROM _others")]

    def others_in(self, folder: str) -> list[str]:
        return [path for (path,) in self.database.rows("SELECT path FROM _others WHERE folder = ?", folder)]

    def stubs(self) -> list[str]:
        """What is left of records that were disposed of."""
        return [path for (path,) in self.database.rows("SELECT path FROM _stubs ORDER BY path")]

    def disposed(self, form: str) -> frozenset[str]:
        """The months (`2026-11`), or where a folder is a day's the days, from which records of the form were disposed of."""
        found = self.database.rows("SELECT path FROM _stubs WHERE form = ?", form)
        return frozenset("-".join(path.split("/")[2:-1]) for (path,) in found)

    def claimed_in(self, folder: str) -> set[str]:
        """Paths of the files in it that a record, or an amendment of it, lists as its attachments."""
        above, _, name = folder.rpartition("/")
        if not name.endswith(ATTACHMENTS):
            return set()
        found = self.database.rows("SELECT path FROM _files WHERE record = ?", name.removesuffix(ATTACHMENTS))
        beside = (path for (path,) in found if path.rpartition("/")[0] == above)
        records = (parse_record(path, self.workspace.read(path)).record for path in beside)
        return {f"{folder}/{name}" for record in records if record for name in _files_listed(record.data)}

    # numbers

    def series(self) -> list[str]:
        """Forms and series in which numbers are missing, as one word each."""
        sql = (
            "SELECT form || ' ' || series FROM _files WHERE series IS NOT NULL AND number IS NOT NULL AND NOT amendment "
            "GROUP BY form, series HAVING count(DISTINCT CASE WHEN number > 0 THEN number END) < max(number)"
        )
        return [series for (series,) in self.database.rows(sql)]

    def gaps(self, of: str, policy: str, slug: str) -> Iterator[Problem]:
        """Holes in the numbers of one series, if its form has this gap policy. What a form that cannot be read has is not known."""
        form, _, series = of.partition(" ")
        here = self.workspace.forms.get(form)
        if here is None or here.number.gap != policy:
            return
        sql = (
            "SELECT path, record, number, width FROM _files WHERE form = ? AND series = ? AND number IS NOT NULL "
            "AND NOT amendment ORDER BY number, path"
        )
        before = 0
        for path, id, serial, width in self.database.rows(sql, form, series):
            for missing in range(before + 1, min(serial, before + 20)):
                spelled = Number(series, missing, width).spelled(missing)
                if (
                    not self.database.rows("SELECT 1 FROM _stubs WHERE record = ?", spelled)
                    and spelled not in self.unread
                ):
                    values = {"missing": spelled, "before": Number(series, before, width).spelled(before)}
                    yield Problem(slug, ("record",), {"path": path, "after": id, **values})
            before = max(before, serial)

    def keys_held_twice(self) -> list[str]:
        """Forms and natural keys of which more than one record stands, as one word each."""
        sql = f"SELECT form || ' ' || series FROM _files WHERE {_STANDS} GROUP BY form, series HAVING count(*) > 1"  # noqa: S608
        return [key for (key,) in self.database.rows(sql)]

    def holders(self, of: str) -> list[tuple[str, str]]:
        """Ids and paths of the records that stand for a natural key, in the order of their numbers."""
        form, _, series = of.partition(" ")
        sql = f"SELECT record, path FROM _files WHERE form = ? AND series = ? AND {_STANDS} ORDER BY length(record), record"  # noqa: S608
        return [(record, path) for record, path in self.database.rows(sql, form, series)]

    # SQL

    def query(self, name: str, case: RecordCase, values: Mapping[str, Any]) -> Any:
        """The one value of `templates/queries/<name>.sql` for a record with these field values; None where it has none."""
        answers = self.answers([question_of(name, case, values)])
        self.note_failures(answers)
        return answers[0].value

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """In their order: to answer many at once is a fraction of the work."""
        asked = {question.name for question in questions}
        queries = {name: self.workspace.query(name) for name in asked if f"{QUERIES}{name}.sql" in self.workspace.files}
        with self.database.asking(queries.values()) as ask:
            return [_answer(question, queries.get(question.name), ask) for question in questions]

    def note_failures(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            if answer.failure is not None:
                self.query_failures.setdefault(f"{QUERIES}{answer.question.name}.sql", answer.failure)

    def failed_queries(self) -> list[tuple[str, Text]]:
        """Files of queries that could not be run, each with a reason."""
        return [(path, reason) for path, reason in self.query_failures.items() if path.startswith(QUERIES)]

    @property
    def checks(self) -> list[str]:
        """Files of checks across records."""
        return sorted(path for path in self.workspace.files if path.startswith(CHECKS) and path.endswith(".sql"))

    def disagreements_of(self, path: str) -> tuple[Disagreement, ...]:
        """Every row that a workspace check returned; a reason in `query_failures` if it cannot be run."""
        try:
            rows = self.database.select(self.workspace.sql(path))
        except CsdocsError as error:
            self.query_failures.setdefault(path, error.message)
            return ()
        records = {str(row.get("record")) for row in rows}
        files = self.files_of(records)
        named = forms_named(self.workspace.sql(path))
        if len(files) < len(records) or not {form for _, form in files.values()} <= named:
            self._surprising.add(path)
        return tuple(_disagreement(path, files[row["record"]][0], row) for row in rows if row.get("record") in files)

    def forms_read(self, path: str) -> frozenset[str]:
        """The forms on which the outcome of a check rests, once it has been run: what it names, or EVERY_FORM."""
        named = forms_named(self.workspace.sql(path))
        return named | {EVERY_FORM} if path in self._surprising else named

    def names_read(self, path: str) -> Names:
        """Of the tables and columns on which it rests."""
        return names_in(self.workspace.sql(path))

    def asks_the_time(self, path: str) -> bool:
        return asks_the_time(self.workspace.sql(path))


def _answer(question: Question, sql: str | None, ask: Ask) -> Answer:
    if sql is None:
        return Answer(question, None, Text("文件不存在", "the file does not exist"))
    try:
        rows = ask(sql, json.loads(question.bound))
    except CsdocsError as error:
        return Answer(question, None, error.message)
    return Answer(question, next(iter(rows[0].values()), None) if rows else None)


def _disagreement(check: str, path: str, row: Mapping[str, Any]) -> Disagreement:
    clause = row.get("breaks")
    zh, en = str(row.get("message_zh") or row.get("message")), str(row.get("message_en") or row.get("message"))
    message = Text(zh, en).noted(str(clause)) if clause else Text(zh, en)
    name = check.removeprefix(CHECKS).removesuffix(".sql")
    return Disagreement(name, path, ("data", *str(row.get("field") or "").split(".")), message)


def read_values(workspace: Workspace, path: str, *, signatures: bool = True) -> Mapping[str, Any]:
    """Typed values of a record."""
    summary = summarise(RecordCase(workspace, path, workspace.read(path), signatures=signatures))
    return summary.values if summary else {}


def listed(summary: Summary) -> Listed:
    head = (summary.path, summary.name, summary.form, summary.final, summary.day.isoformat())
    return Listed(*head, summary.state, summary.label, summary.created_by, summary.running)


def facts_of(summary: Summary) -> FileFacts:
    """As if there were no other file of its number."""
    number = summary.number
    running = [(*each.label, each.limit.isoformat()) for each in summary.running]
    return FileFacts(
        summary.path,
        summary.id,
        summary.form,
        number.serial if number else None,
        summary.state,
        int(summary.final),
        summary.day.isoformat(),
        summary.created_at,
        summary.created_by,
        summary.org_unit,
        summary.name,
        number.series if number else None,
        number.width if number else 0,
        summary.amendment,
        _listed(summary.done),
        1,
        *summary.label,
        json.dumps(running, ensure_ascii=False) if running else None,
        tuple([_referred(each) for each in summary.references]),
    )


@cache
def _listed(done: frozenset[str]) -> str:
    return " ".join(sorted(done))


def _referred(each: Reference) -> Referred:
    return Referred(each.target, " ".join(each.forms), *each.label, json.dumps(each.route))
