"""What one run lets the next one know of each file and of all of them together: tables beside those of the records."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from csdocs.model.form import Form
from csdocs.store.error import unless_spoilt
from csdocs.store.filling import create
from csdocs.store.schema import OF_RECORDS, insert, measure, run_all, shapes
from csdocs.store.scope import EVERY_FORM
from csdocs.store.tables import create_states, empty
from csdocs.store.told import NOTHING_TOLD, TOLD, Told

_TABLES = """
CREATE TABLE _base (key, head, moment, book, changed, opened, git_index, staged);
CREATE TABLE _verdicts (path PRIMARY KEY, blob, mark, since, until, lasts, findings, digest) WITHOUT ROWID;
CREATE TABLE _yardsticks (path, form, revision, day, digest, PRIMARY KEY (path, form, revision, day)) WITHOUT ROWID;
CREATE TABLE _leans (path, file, blob, PRIMARY KEY (path, file)) WITHOUT ROWID;
CREATE TABLE _asked (path, place, name, bound, about, value, failure, PRIMARY KEY (path, place)) WITHOUT ROWID;
CREATE TABLE _off (path PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE _landed (path PRIMARY KEY, time) WITHOUT ROWID;
CREATE TABLE _parts (rule, part, since, until, findings, marks, digest, PRIMARY KEY (rule, part)) WITHOUT ROWID;
CREATE TABLE _reads (form, rule, part, PRIMARY KEY (form, rule, part)) WITHOUT ROWID;
CREATE TABLE _about (rule, part, path, PRIMARY KEY (rule, part, path)) WITHOUT ROWID;
CREATE TABLE _revisions (path, number, effective, known, data, digest, PRIMARY KEY (path, number)) WITHOUT ROWID;
"""
_INDICES = """
CREATE INDEX _verdicts_until ON _verdicts (until);
CREATE INDEX _verdicts_since ON _verdicts (since);
CREATE INDEX _verdicts_lasts ON _verdicts (lasts);
CREATE INDEX _said ON _verdicts (path) WHERE findings IS NOT NULL;
CREATE INDEX _leans_on ON _leans (file);
CREATE INDEX _about_file ON _about (path);
CREATE INDEX _asked_about ON _asked (name, about);
"""
_VERDICT = ("_verdicts", "_yardsticks", "_leans", "_asked", *TOLD)


class Base(NamedTuple):
    """What the rows were made of: the commit, the moment (Unix time) and the digest of the rule book.

    `changed`: the commit that changed the rule book last. `opened`: when the workspace was opened, in ISO 8601 ("": not yet). `git_index`: a
    digest of git's own index, as long as which `off` names all that it has otherwise than the commit ("": not known); `staged`: whether
    that is anything.
    """

    head: str
    moment: float
    book: str
    changed: str
    opened: str
    git_index: str
    staged: bool


class KeptYardstick(NamedTuple):
    """The form, revision and day (or moment) by which a record was judged, with the digest of what they were."""

    form: str
    revision: int
    day: str
    digest: str


class Asked(NamedTuple):
    """A question that a record put to all records, and its answer; `bound` and `value` as JSON.

    `about`: the number of the one record on which the answer rests, None where it may rest on others too.
    """

    name: str
    bound: str
    about: object
    value: str
    failure: str | None


class KeptVerdict(NamedTuple):
    """What was found of the bytes `blob` of a record file. It holds from `since` to `until`; with `since` None it is not to be believed.

    `mark`: of its line in the tables, b"" for a file without one. `findings` is JSON, None where nothing was found. `lasts`: when time
    alone may change what is said. `files`: others that were looked at, with their fingerprints.
    """

    path: str
    blob: str
    mark: bytes
    since: str | None
    until: str | None
    lasts: str | None
    findings: bytes | None
    yardsticks: Sequence[KeptYardstick] = ()
    files: Sequence[tuple[str, str]] = ()
    asked: Sequence[Asked] = ()
    told: Told = NOTHING_TOLD

    @property
    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        path, *facts, findings = self[:7]
        digest = _digest(self.path, self.findings) if self.findings is not None else None
        return {
            "_verdicts": [(path, *facts, findings, digest)],
            "_yardsticks": [(path, *each) for each in self.yardsticks],
            "_leans": [(path, *each) for each in self.files],
            "_asked": [(path, n, *each) for n, each in enumerate(self.asked)],
            **self.told.rows,
        }


class Part(NamedTuple):
    """What a rule across records found of a part of the workspace, as JSON (None: nothing). It holds from `since` to `until`.

    `marks`: of the problem behind each finding, which it is known by, as JSON.
    """

    rule: str
    part: str
    since: str | None
    until: str | None
    findings: bytes | None
    marks: bytes | None = None


class Kept:
    """The file of the index, held by this process until `commit` or `drop`. sqlite3.Error where it is spoilt."""

    def __init__(self, connection: sqlite3.Connection, key: str) -> None:
        """`key`: of the program; what another one wrote is gone."""
        self.connection = connection
        self._key = key
        self._said_before: dict[tuple[str, ...], object] = {}
        found = self._one("SELECT key FROM _base") if self._has("_base") else None
        if found != (key,):
            self._begin_anew()

    def _has(self, name: str) -> bool:
        return bool(self._one("SELECT 1 FROM sqlite_master WHERE name = ?", name))

    def _one(self, sql: str, *values: object) -> tuple[object, ...] | None:
        found: tuple[object, ...] | None = self.connection.execute(sql, values).fetchone()
        return found

    def _begin_anew(self) -> None:
        empty(self.connection)
        create(self.connection)
        create_states(self.connection)
        run_all(self.connection, _TABLES)

    def complete(self) -> None:
        """Once everything is in the tables of a fresh file: indices are made when all rows are there."""
        run_all(self.connection, _INDICES)

    # what was known

    def base(self) -> Base | None:
        found = self.connection.execute(
            "SELECT head, moment, book, changed, opened, git_index, staged FROM _base"
        ).fetchone()
        return Base._make(found) if found else None

    def paths(self) -> set[str]:
        """Record files that were judged."""
        return {path for (path,) in self.connection.execute("SELECT path FROM _verdicts")}

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Of record files, in the order of the bytes of their paths."""
        return iter(self.connection.execute("SELECT path, blob FROM _verdicts ORDER BY path"))

    def count(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM _verdicts").fetchone()[0])

    def off(self) -> set[str]:
        """Paths that may have lain here otherwise than the commit had them."""
        return {path for (path,) in self.connection.execute("SELECT path FROM _off")}

    def known(self, path: str) -> tuple[str, bytes] | None:
        """Fingerprint and mark of a record file."""
        found = self.connection.execute("SELECT blob, mark FROM _verdicts WHERE path = ?", (path,)).fetchone()
        return (str(found[0]), bytes(found[1])) if found else None

    def has_stubs(self) -> bool:
        return self._one("SELECT 1 FROM _stubs LIMIT 1") is not None

    def stub(self, path: str) -> tuple[str | None, str | None] | None:
        """Number and form of what was disposed of."""
        found = self.connection.execute("SELECT record, form FROM _stubs WHERE path = ?", (path,)).fetchone()
        return (found[0], found[1]) if found else None

    def others(self) -> set[str]:
        """Files below `records/` that are no records."""
        sql = "SELECT path FROM _others UNION ALL SELECT path FROM _stubs"
        return {path for (path,) in self.connection.execute(sql)}

    def expired(self, now: str) -> Iterator[str]:
        """Verdicts that do not hold now."""
        sql = "SELECT path FROM _verdicts WHERE since IS NULL OR since > ? UNION SELECT path FROM _verdicts WHERE until <= ?"
        return (path for (path,) in self.connection.execute(sql, (now, now)))

    def leaning(self, file: str) -> list[tuple[str, str]]:
        """Records for which a file was looked at, each with the fingerprint it had."""
        return self.connection.execute("SELECT path, blob FROM _leans WHERE file = ?", (file,)).fetchall()

    def leaned_on(self) -> set[str]:
        return {file for (file,) in self.connection.execute("SELECT file FROM _leans")}

    def yardsticks(self) -> list[KeptYardstick]:
        """Each once."""
        sql = "SELECT DISTINCT form, revision, day, digest FROM _yardsticks"
        return [KeptYardstick(*row) for row in self.connection.execute(sql)]

    def measured_by(self, one: KeptYardstick) -> Iterator[str]:
        sql = "SELECT path FROM _yardsticks WHERE form = ? AND revision = ? AND day = ? AND digest = ?"
        return (path for (path,) in self.connection.execute(sql, one))

    def of_forms(self, forms: Iterable[str]) -> Iterator[str]:
        for form in forms:
            yield from (path for (path,) in self.connection.execute("SELECT path FROM _files WHERE form = ?", (form,)))

    def landed(self, path: str) -> int | None:
        found = self.connection.execute("SELECT time FROM _landed WHERE path = ?", (path,)).fetchone()
        return int(found[0]) if found else None

    def landings(self) -> Iterator[tuple[str, int]]:
        return iter(self.connection.execute("SELECT path, time FROM _landed"))

    def newest(self) -> str | None:
        """When the record that was made last was made, as queries ask for it."""
        found = self.connection.execute("SELECT max(datetime(created_at)) FROM records").fetchone()[0]
        return None if found is None else str(found)

    def measure(self, forms: Iterable[Form] | None = None) -> None:
        """All tables, or those that hold what records of these forms say."""
        own = None if forms is None else [name for form in forms for name, _, _ in shapes(form)]
        measure(self.connection, ("",) if own is None else (*OF_RECORDS, *own))

    # what is said

    def said(self) -> Iterator[tuple[str, bytes]]:
        """Findings about record files, and those of rules across records; spoilt ones raise sqlite3.DatabaseError."""
        sql = "SELECT path, findings, digest FROM _verdicts WHERE findings IS NOT NULL"
        yield from self._unspoilt(self.connection.execute(sql))
        rows = self.connection.execute(
            "SELECT rule || ' ' || part, findings, digest FROM _parts WHERE findings IS NOT NULL"
        )
        yield from self._unspoilt(rows)

    def _unspoilt(self, rows: Iterable[tuple[str, bytes, bytes]]) -> Iterator[tuple[str, bytes]]:
        for name, body, digest in rows:
            if digest != _digest(name, body):
                raise sqlite3.DatabaseError("spoilt")
            yield name, body

    # the rule book

    def revised(self) -> list[str]:
        """Paths of which revisions are known."""
        return [path for (path,) in self.connection.execute("SELECT DISTINCT path FROM _revisions ORDER BY path")]

    def revisions(self, path: str) -> list[tuple[int, str, bytes, int | None]]:
        """Number, first day, bytes, and when they became known, lowest number first."""
        sql = "SELECT number, effective, known, data, digest FROM _revisions WHERE path = ? ORDER BY number"
        rows = self.connection.execute(sql, (path,)).fetchall()
        names = ((_revision_name(path, *row[:3]), *row[3:]) for row in rows)
        return [(row[0], row[1], data, row[2]) for row, (_, data) in zip(rows, self._unspoilt(names), strict=True)]

    def note_revisions(self, rows: Iterable[tuple[str, int, str, bytes, int | None]]) -> None:
        """All there are: path, and what `revisions` gives."""
        self.connection.execute("DELETE FROM _revisions")
        sql = "INSERT INTO _revisions VALUES (?,?,?,?,?,?)"
        for path, number, effective, data, known in rows:
            digest = _digest(_revision_name(path, number, effective, known), data)
            self.connection.execute(sql, (path, number, effective, known, data, digest))

    # parts of rules across records

    def parts(self, rule: str) -> set[str]:
        return {part for (part,) in self.connection.execute("SELECT part FROM _parts WHERE rule = ?", (rule,))}

    def parts_reading(self, rule: str, forms: Collection[str]) -> set[str]:
        found: set[str] = set()
        for form in {*forms, EVERY_FORM} if forms else ():
            rows = self.connection.execute("SELECT part FROM _reads WHERE form = ? AND rule = ?", (form, rule))
            found.update(part for (part,) in rows)
        return found

    def parts_about(self, rule: str, paths: Iterable[str]) -> set[str]:
        """Parts that say something of these record files."""
        sql = "SELECT part FROM _about WHERE path = ? AND rule = ?"
        return {part for path in paths for (part,) in self.connection.execute(sql, (path, rule))}

    def parts_over(self, rule: str, now: str) -> set[str]:
        """Parts of which something else may have to be said now."""
        sql = "SELECT part FROM _parts WHERE rule = ? AND (since > ? OR until <= ?)"
        return {part for (part,) in self.connection.execute(sql, (rule, now, now))}

    def said_of(self, rule: str, part: str) -> tuple[bytes | None, bytes | None]:
        """What was found of a part, and the marks of that."""
        sql = "SELECT findings, marks FROM _parts WHERE rule = ? AND part = ?"
        found = self.connection.execute(sql, (rule, part)).fetchone()
        return (found[0], found[1]) if found else (None, None)

    def forget_part(self, rule: str, part: str) -> None:
        self._note_saying(rule, part)
        self.connection.execute("DELETE FROM _parts WHERE rule = ? AND part = ?", (rule, part))
        self.connection.execute("DELETE FROM _reads WHERE rule = ? AND part = ?", (rule, part))
        self.connection.execute("DELETE FROM _about WHERE rule = ? AND part = ?", (rule, part))

    def note_part(self, part: Part, forms: Iterable[str] = (), paths: Iterable[str] = ()) -> None:
        """In the place of what was known of it. `forms`: those that it reads; `paths`: of the files of which it says something."""
        self.forget_part(part.rule, part.part)
        digest = _digest(f"{part.rule} {part.part}", part.findings) if part.findings is not None else None
        self.connection.execute("INSERT INTO _parts VALUES (?,?,?,?,?,?,?)", (*part, digest))
        rows = [(form, part.rule, part.part) for form in forms]
        self.connection.executemany("INSERT OR IGNORE INTO _reads VALUES (?,?,?)", rows)
        about = [(part.rule, part.part, path) for path in paths]
        self.connection.executemany("INSERT OR IGNORE INTO _about VALUES (?,?,?)", about)

    def first_end(self) -> str | None:
        """When time alone may change what is said of records or of parts."""
        sql = "SELECT min(m) FROM (SELECT min(lasts) AS m FROM _verdicts UNION ALL SELECT min(until) FROM _parts)"
        found = self.connection.execute(sql).fetchone()[0]
        return None if found is None else str(found)

    # what is known now

    def says_the_same(self) -> bool:
        """Whether all that is said now was said in the beginning, of the same files."""
        return all(self._saying(key) == before for key, before in self._said_before.items())

    def _saying(self, key: tuple[str, ...]) -> object:
        """Of a record file, by its path, or of a part of a rule."""
        if len(key) == 1:
            return self.connection.execute("SELECT findings FROM _verdicts WHERE path = ?", key).fetchone()
        return self.said_of(*key)[0]

    def _note_saying(self, *key: str) -> None:
        if key not in self._said_before:
            self._said_before[key] = self._saying(key)

    def forget(self, path: str) -> None:
        self._note_saying(path)
        for name in _VERDICT:
            self.connection.execute(f"DELETE FROM {name} WHERE path = ?", (path,))  # noqa: S608  # one of ours

    def note_verdict(self, verdict: KeptVerdict) -> None:
        """In the place of what was known of the file."""
        self.forget(verdict.path)
        for name, rows in verdict.rows.items():
            insert(self.connection, name, rows)

    def asking(self, name: str) -> set[str]:
        """Records that put a question."""
        return {path for (path,) in self.connection.execute("SELECT path FROM _asked WHERE name = ?", (name,))}

    def asking_about(self, name: str, ids: Iterable[str]) -> set[str]:
        """Those to which one of these records may be an answer."""
        sql = "SELECT path FROM _asked WHERE name = ? AND about IS NULL"
        found = {path for (path,) in self.connection.execute(sql, (name,))}
        for id in ids:
            rows = self.connection.execute("SELECT path FROM _asked WHERE name = ? AND about = ?", (name, id))
            found.update(path for (path,) in rows)
        return found

    def questions(self) -> set[str]:
        return {name for (name,) in self.connection.execute("SELECT DISTINCT name FROM _asked")}

    def asked(self, path: str) -> list[Asked]:
        sql = "SELECT name, bound, about, value, failure FROM _asked WHERE path = ? ORDER BY place"
        return [Asked(*row) for row in self.connection.execute(sql, (path,))]

    def failures(self) -> list[tuple[str, str, str]]:
        """Path, question and reason of those that were not answered."""
        return self.connection.execute("SELECT path, name, failure FROM _asked WHERE failure IS NOT NULL").fetchall()

    def note_base(self, base: Base, off: Iterable[str]) -> None:
        self.connection.execute("DELETE FROM _base")
        self.connection.execute("INSERT INTO _base VALUES (?,?,?,?,?,?,?,?)", (self._key, *base))
        self.connection.execute("DELETE FROM _off")
        self.connection.executemany("INSERT OR IGNORE INTO _off VALUES (?)", ((path,) for path in off))

    def note_landings(self, landings: Iterable[tuple[str, int]], *, anew: bool) -> None:
        if anew:
            self.connection.execute("DELETE FROM _landed")
        self.connection.executemany("INSERT OR IGNORE INTO _landed VALUES (?,?)", landings)

    def note_other(self, path: str, *, stub: tuple[str | None, str | None] | None = None, there: bool) -> None:
        """A file that is no record, with number and form of what was disposed of if it is the stub of that."""
        self.connection.execute("DELETE FROM _others WHERE path = ?", (path,))
        self.connection.execute("DELETE FROM _stubs WHERE path = ?", (path,))
        if there and stub is not None:
            self.connection.execute("INSERT INTO _stubs VALUES (?,?,?)", (path, *stub))
        elif there:
            self.connection.execute("INSERT INTO _others VALUES (?,?)", (path, path.rpartition("/")[0]))

    # the end

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def drop(self) -> None:
        """Nothing was ever noted."""
        with unless_spoilt():
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        self.connection.close()


def _revision_name(path: str, number: int, effective: str, known: int | None) -> str:
    return f"{path} {number} {effective} {known}"


def _digest(name: str, body: bytes) -> bytes:
    """What a disk has spoilt was never said."""
    return blake2b(
        body, key=blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest(), digest_size=16
    ).digest()
