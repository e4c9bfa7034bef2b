"""Words in the texts of records, documents and forms: a scan, which finds every part of a word in every language."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from csdocs.store.folding import PART, fold

_TEXTS = "FROM _words CROSS JOIN _texts USING (path)"  # in this order: only of a hit is more than its words read
_BEFORE, _AFTER = 12, 28  # characters around the place that was found


class Hit(NamedTuple):
    """A file in which all words occur. `field` is where the first of them stands: a field, a clause, "" for number and title."""

    id: str
    kind: str
    form: str
    field: str
    excerpt: str
    path: str


class SearchResult(NamedTuple):
    """The first hits, documents and forms before records and these from the latest on, and how many there are."""

    hits: tuple[Hit, ...]
    total: int


def search(connection: sqlite3.Connection, words: Sequence[str], form: str | None, limit: int) -> SearchResult:
    folded = [fold(word) for word in words if word.strip()]
    where = " AND ".join(["instr(folded, ?)"] * len(folded) + ["form = ?"] * (form is not None))
    values = [*folded, *([form] if form else [])]
    if not folded:
        return SearchResult((), 0)
    sql = f"SELECT path, count(*) OVER () {_TEXTS} WHERE {where} ORDER BY kind, day DESC, path LIMIT ?"
    rows = connection.execute(sql, (*values, limit)).fetchall()
    hits = []
    for path, _ in rows:
        sql = f"SELECT id, kind, form, places, body, folded {_TEXTS} WHERE path = ?"
        id, kind, of, *text = connection.execute(sql, (path,)).fetchone()
        places, texts, searched = (each.split(PART) for each in text)
        hits.append(Hit(id, kind, of, *_excerpt(places, texts, searched, folded), path))
    return SearchResult(tuple(hits), rows[0][1] if rows else 0)


def _excerpt(places: list[str], texts: list[str], searched: list[str], words: Sequence[str]) -> tuple[str, str]:
    """Place and words around the first word that stands there, in the spelling of the file."""
    for place, text, found in zip(places, texts, searched, strict=True):
        at = min((found.find(word) for word in words if word in found), default=-1)
        if at >= 0:
            shown = text if len(text) == len(found) else found  # folding may have made it longer
            start = max(0, at - _BEFORE)
            said = " ".join(shown[start : at + _AFTER].split())
            return place, f"{'…' if start else ''}{said}{'…' if len(shown) > at + _AFTER else ''}"
    return "", ""
