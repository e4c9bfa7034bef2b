"""What a query may read, judged by its words: too much is possible, too little is not."""

import re
from collections.abc import Iterator
from functools import lru_cache

EVERY_FORM = "*"
_KEPT = 256  # queries
NEWEST = "newest"  # stands for the moment at which the last record was made
_IGNORED = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_REMARKS = re.compile(r"--[^\n]*")
_FORM_TABLE = re.compile(r"\bf_[a-z0-9]{2,24}")
_PARAMETER = re.compile(r"\bparam\(\s*'([a-z][a-z0-9_]*)'")
_QUERY = re.compile(r"\bq_[a-z0-9_]+")
_WORD = re.compile(r"[a-z_]+")
_NAME = re.compile(r"\w+")
_UNNAMED_COLUMNS = re.compile(r"(?<!count\()\*|\bnatural\b")
_AGE = re.compile(r"\(\s*select\s+max\(datetime\(created_at\)\)\s+from\s+records\s*\)")
_USED = re.compile(r"\b(?:from|join)\s+(\w+)(?:\s+as\s+(\w+))?")
_LISTED = re.compile(r"\b(?:from|join)\s+\w+(?:\s+(?:as\s+)?\w+)?\s*,")
_UNNAMED = re.compile(
    r"\b(?:from|join)\s+\w+\s+(?!as\b|on\b|join\b|where\b|group\b|having\b|order\b|left\b|inner\b|cross\b|union\b|limit\b|using\b)\w"
)
_NAMED = re.compile(r"(?:\bwith\b|\brecursive\b|,)\s*(\w+)\s*(?:\([^()]*\))?\s+as\s*\(")
_ENDS = r"(?=\bwhere\b|\bjoin\b|\bleft\b|\bgroup\b|\border\b|\bunion\b|\bexcept\b|\blimit\b|\)|;|$)"
_BOUND = re.compile(
    r"\bjoin\s+records\b(?:\s+as\s+(\w+))?\s+on\s+(\w+)\.record\s*=\s*(\w+)\.record\b(.*?)" + _ENDS, re.DOTALL
)
_SHARED = re.compile(r"\bfrom\s+f_\w+(?:\s+as\s+\w+)?\s+join\s+records\b(?:\s+as\s+\w+)?\s+using\s*\(\s*record\s*\)")
_OF_ONE = re.compile(
    r"\s*select\b(.*?)\bfrom\s+f_\w+(?:\s+as\s+\w+)?"
    r"(?:\s+(?:left\s+)?join\s+(?:records|f_\w+)(?:\s+as\s+\w+)?\s+using\s*\(\s*record\s*\))*"
    r"\s+where\s+record\s*=\s*:(\w+)\s*(;?\s*|\b(?:and|group|having|order|limit)\b.*)",
    re.DOTALL,
)
_FURTHER = re.compile(r"\b(?:select|from|join|or)\b|\bin\s*[^\s(]|[\"`\[]")
_NOT_THE_DAY = re.compile(
    r"\btoday\b|\bnow\b|\bcurrent_|\brandom|\b(?:date|time|datetime|julianday|unixepoch)\s*\(\s*\)"
)


def table_of(form: str, rows: str | None = None) -> str:
    """The table of a form, or of its rows: F-CASE is `f_case`, its items are `f_case__items`."""
    name = form.lower().replace("-", "_")
    return f"{name}__{rows}" if rows else name


def form_of(table: str) -> str:
    return table.partition("__")[0].upper().replace("_", "-")


@lru_cache(maxsize=_KEPT)  # hundreds of records ask the same
def tables_named(sql: str) -> frozenset[str]:
    """Tables of forms, without those of their rows."""
    return frozenset(_FORM_TABLE.findall(sql.lower()))


@lru_cache(maxsize=_KEPT)
def queries_named(sql: str) -> tuple[str, ...]:
    """Other queries of the workspace that one reads as tables."""
    return tuple(dict.fromkeys(_QUERY.findall(_IGNORED.sub("''", sql.lower()))))


def parameters_named(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PARAMETER.findall(sql)))


@lru_cache(maxsize=_KEPT)
def words_of(sql: str) -> frozenset[str]:
    return frozenset(_WORD.findall(sql.lower()))


def names_in(sql: str) -> frozenset[str] | None:
    """Names of tables and columns, among other words; None where it may read columns that it does not name."""
    words = sql.lower()
    return None if _UNNAMED_COLUMNS.search(words) else frozenset(_NAME.findall(words))


@lru_cache(maxsize=512)
def forms_named(sql: str) -> frozenset[str]:
    """Ids of the forms whose records a query may read, and NEWEST if it asks for that.

    EVERY_FORM if it looks at `records` otherwise than for those of the tables it names.
    """
    words, times = _AGE.subn("(1)", _IGNORED.sub("''", sql.lower()))
    more = {NEWEST} if times else set()
    every = {EVERY_FORM} if _looks_further(words) else set()
    return frozenset({*map(form_of, tables_named(sql)), *more, *every})


def _looks_further(sql: str) -> bool:
    """Not where each `records` is joined by number to the table of a form, which decides whose records they are."""
    times = len(re.findall(r"\brecords\b(?!\s*\.)", sql))
    if not times:
        return False
    if _LISTED.search(sql) or _UNNAMED.search(sql):
        return True
    own = set(_of_forms(sql))
    bound = [found for found in _BOUND.finditer(sql) if _is_bound(found, own)]
    return len(bound) + len(_SHARED.findall(sql)) < times


def _is_bound(found: re.Match[str], own: set[str]) -> bool:
    name, one, other, more = found.groups()
    this = name or "records"
    decides = other if one == this else one
    return this in (one, other) and decides in own and not re.search(r"\bor\b", more)


def _of_forms(sql: str) -> Iterator[str]:
    """Names that stand for the table of a form wherever they occur."""
    uses: dict[str, set[str]] = {name: {""} for name in _NAMED.findall(sql)}
    for table, name in _USED.findall(sql):
        uses.setdefault(name or table, set()).add(table)
    return (name for name, tables in uses.items() if all(_FORM_TABLE.match(table) for table in tables))


@lru_cache(maxsize=_KEPT)
def number_asked(sql: str) -> str | None:
    """The bound value that is the number of the one record whose rows a query reads; None where it may read others."""
    words = _IGNORED.sub(lambda found: "''" if found[0][0] == "'" else " ", sql.lower())
    parts = re.split(r"\bunion(?:\s+all)?\b", words)
    found = [_OF_ONE.fullmatch(part) for part in parts]
    names = {None if each is None or _FURTHER.search(each[1] + each[3]) else each[2] for each in found}
    return names.pop() if len(names) == 1 else None


def asks_the_time(sql: str) -> bool:
    """Whether a query may answer otherwise on another day."""
    return _NOT_THE_DAY.search(_REMARKS.sub(" ", sql.lower())) is not None
