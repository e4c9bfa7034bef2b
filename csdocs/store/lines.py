"""What the tables hold of record files: rows that are made wherever a record is judged, and written many at once."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from csdocs.model.amendment import takes_over
from csdocs.model.form import Form
from csdocs.store.filling import text_rows
from csdocs.store.schema import (
    RECORD_COLUMNS,
    FileFacts,
    Names,
    as_bytes,
    as_text,
    columns_named,
    create_form,
    create_indices,
    delete_values,
    fact_rows,
    insert,
    insert_records,
    shapes,
    value_rows,
)
from csdocs.store.scope import form_of

Values = Callable[[str], Mapping[str, Any]]  # of a record file, typed by field
Rows = Mapping[str, Sequence[Sequence[Any]]]  # by table
Wanted = Mapping[str, Names]  # by form: what somebody reads of its values
_AT_ONCE = 5_000  # rows: one by one they would cost several times as much
_LINE = ("_files", "_references", "_texts", "_words")


class Line(NamedTuple):
    """A readable record file. `values`, typed by field, go into the tables of `form`, and `parts` are places and words to search.

    `names`: of the tables and columns that are filled.
    """

    facts: FileFacts
    form: Form | None = None
    values: Mapping[str, Any] = {}
    parts: Sequence[tuple[str, str]] = ()
    names: Names = None

    @property
    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        facts = self.facts
        found = dict(fact_rows(facts))
        if self.parts:
            texts = text_rows(facts.path, "record", facts.name, facts.form, facts.day, self.parts)
            found.update((name, [row]) for name, row in texts)
        for name, rows in value_rows(self.form, facts.record, self.values, self.names) if self.form else ():
            found.setdefault(name, rows)  # a broken form may have two of a name
        return found


class Row(NamedTuple):
    """Of a readable record file, by what rules across records look for it."""

    path: str
    record: str
    form: str
    name: str
    series: str | None


class Member(NamedTuple):
    """One of the files that have the same number."""

    path: str
    form: str
    done: str
    state: str
    effective: int


class Lines:
    """The files of records behind a connection. What is written waits until there is much of it, or until `flush`."""

    def __init__(self, connection: sqlite3.Connection, forms: Mapping[str, Form], wanted: Wanted | None = None) -> None:
        """`wanted`: of which forms values are written; None: of all."""
        self._connection, self._forms, self._wanted = connection, forms, wanted or {}
        self._waiting: dict[str, list[Sequence[Any]]] = {}
        self._count = 0
        self._filled: dict[str, Form] = {}

    def _ask(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        return (tuple(map(as_text, row)) for row in self._connection.execute(sql, tuple(map(as_bytes, values))))

    def _do(self, sql: str, *values: object) -> None:
        self._connection.execute(sql, tuple(map(as_bytes, values)))

    # all of them into empty tables

    def write(self, rows: Rows) -> None:
        for name, own in rows.items():
            self._waiting.setdefault(name, []).extend(own)
            self._count += len(own)
        if self._count >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        for name, rows in self._waiting.items():
            form = None if name.startswith("_") else self._have(form_of(name))
            columns = columns_named(form, self._wanted.get(form.id))[name] if form else ()
            insert(self._connection, name, rows, columns)
        self._waiting, self._count = {}, 0

    def have(self, forms: Iterable[str]) -> Set[str]:
        """Tables of these forms; returns all that have some."""
        for id in forms:
            self._have(id)
        return self._filled.keys()

    def _have(self, id: str) -> Form | None:
        if id not in self._filled and id in self._forms:
            self._filled[id] = self._forms[id]
            create_form(self._connection, self._filled[id])
        return self._filled.get(id)

    def complete(self, values_of: Values) -> None:
        """Of every number one file counts; until now all of them did."""
        self.flush()
        create_indices(self._connection, self._filled.values())
        for record in [record for (record,) in self._ask(_SHARED)]:
            self.settle(record, values_of)
        insert_records(self._connection)

    # one of them among others

    def row(self, path: str) -> Row | None:
        found = next(self._ask("SELECT record, form, name, series FROM _files WHERE path = ?", path), None)
        return Row(path, *found) if found else None

    def targets(self, path: str) -> Iterator[str]:
        return (id for (id,) in self._ask("SELECT id FROM _references WHERE path = ?", path))

    def turned(self, path: str, rows: Rows) -> Names:
        """Names of the columns, and of the tables of rows, in which a file says something else than it said.

        None where it did not stand for its number alone, or does not say it of the same record.
        """
        before = [*self._ask(_AS_KNOWN, path)]
        after = [tuple(each[: len(_BY_NAME)]) for each in rows.get("_files", ())]
        if not (before and after) or before[0][1:3] != after[0][1:3] or not before[0][-1]:
            return None
        _, record, form, *_ = after[0]
        if form not in self._forms or len([*self._ask(_FAMILY, record)]) > 1:
            return None
        found = _otherwise(_BY_NAME, before[0][:-1], after[0])
        for name, of_rows, columns in shapes(self._forms[form]):
            old = [*self._ask(f"SELECT * FROM {name} WHERE record = ?", record)]  # noqa: S608  # one of ours
            new = [tuple(each) for each in rows.get(name, ())]
            if of_rows is None and len(old) == len(new) == 1:
                found |= _otherwise(("record", *columns), old[0], new[0])
            elif repr(old) != repr(new):
                found.add(name)
        return frozenset(found)

    def forget(self, path: str) -> None:
        row = self.row(path)
        if row is not None:
            self._withdraw(row.record, (row.form,))
            for name in _LINE:
                self._do(f"DELETE FROM {name} WHERE path = ?", path)  # noqa: S608  # one of ours

    def replace(self, path: str, rows: Rows) -> None:
        """As if there were no other file of that number; `settle` sees whether there is."""
        self.forget(path)
        for each in rows.get("_files", ()):
            self._withdraw(each[1], (each[2],))
        self.write(rows)
        self.flush()
        insert_records(self._connection, path)

    def settle(self, record: str, values_of: Values) -> list[Member]:
        """All files of a number, of which the one that counts stands for it in the tables now."""
        family = [Member(*row) for row in self._ask(_FAMILY, record)]
        chosen: Member | None = None
        for member in family:
            if chosen is None or takes_over(_steps(member), member.state, _steps(chosen)):
                chosen = member
        for member in family:
            if bool(member.effective) != (member is chosen):
                self._do("UPDATE _files SET effective = ? WHERE path = ?", int(member is chosen), member.path)
        if chosen and (len(family) > 1 or self._standing_for(record) != chosen.path):
            self._withdraw(record, {member.form for member in family})
            self._put_forward(record, chosen, values_of(chosen.path))
        return family

    def _standing_for(self, record: str) -> str | None:
        found = next(self._ask("SELECT path FROM records WHERE record = ?", record), None)
        return found[0] if found else None

    def _withdraw(self, record: str, forms: Iterable[str]) -> None:
        self._do("DELETE FROM records WHERE record = ?", record)
        for form in filter(None, map(self._have, forms)):
            delete_values(self._connection, form, record)

    def _put_forward(self, record: str, chosen: Member, values: Mapping[str, Any]) -> None:
        form = self._forms.get(chosen.form)
        self.write(dict(value_rows(form, record, values, self._wanted.get(form.id))) if form else {})
        self.flush()
        insert_records(self._connection, chosen.path)


_BY_NAME = ("path", *(column for column in RECORD_COLUMNS if column != "path"))  # as a line of _files begins
_AS_KNOWN = f"SELECT {', '.join(_BY_NAME)}, effective FROM _files WHERE path = ?"  # noqa: S608  # names of columns
_SHARED = "SELECT record FROM _files GROUP BY record HAVING count(*) > 1"
_FAMILY = "SELECT path, form, done, state, effective FROM _files WHERE record = ? ORDER BY amendment, path"


def _otherwise(names: Iterable[str], before: Iterable[object], after: Iterable[object]) -> set[str]:
    """Spelled: SQL knows 1 from 1.0."""
    named = zip(names, before, after, strict=True)
    return {name.lower() for name, old, new in named if repr(old) != repr(new)}


def _steps(member: Member) -> frozenset[str]:
    return frozenset(member.done.split())
