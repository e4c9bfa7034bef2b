"""SQL that names other queries of the workspace as tables: what several of them need is worked out in one place."""

import re
from collections.abc import Mapping

from csdocs.model.place import QUERIES
from csdocs.store.scope import queries_named

_BEGINNING = re.compile(r"(?:\s|--[^\n]*|/\*.*?\*/)*(with\b(?:\s+recursive\b)?)?", re.IGNORECASE | re.DOTALL)


def whole_query(sql: str, files: Mapping[str, bytes]) -> str:
    """`sql` with the queries that it names, each before those that name it. One that is not there is left to SQLite to miss."""
    tables: dict[str, str] = {}
    _gather(sql, files, tables, ())
    if not tables:
        return sql
    begins = _BEGINNING.match(sql)
    assert begins is not None
    own, rest = begins[1], sql[begins.end() :]
    shared = ",\n".join(f"{name} AS (\n{text}\n)" for name, text in tables.items())
    return f"{own}\n{shared},{rest}" if own else f"WITH\n{shared}\n{rest}"


def _gather(sql: str, files: Mapping[str, bytes], tables: dict[str, str], above: tuple[str, ...]) -> None:
    """One that names itself, even by way of others, is left to SQLite to refuse."""
    for table in queries_named(sql):
        text = text_of(files, f"{QUERIES}{table.removeprefix('q_').replace('_', '-')}.sql")
        if text and table not in (*tables, *above):
            _gather(text, files, tables, (*above, table))
            tables[table] = text.rstrip().removesuffix(";")


def text_of(files: Mapping[str, bytes], path: str) -> str:
    """Empty where there is no such file."""
    return files.get(path, b"").decode("utf-8", "replace")
