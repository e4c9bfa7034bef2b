"""A record file: its fixed frame here, its data by the form."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from csdocs.model.disposal import Stub
from csdocs.model.field import KIND_WORDS
from csdocs.model.finding import Problem, Route
from csdocs.model.record import Amends, Record, Signature
from csdocs.model.suggestion import suggestion
from csdocs.parse.shape import read_shape
from csdocs.parse.yamltext import parse_yaml

RECORD_ID = r"[A-Za-z0-9][A-Za-z0-9-]{0,79}(?:\.(?:[2-9]|[1-9]\d))?"
_MOMENT = r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[+-]\d\d:[0-5]\d"


class _Keys(NamedTuple):
    """The keys of a mapping: how their texts are spelled, which must be there, and those that hold no text."""

    spelled: Mapping[str, re.Pattern[str]]
    needed: tuple[str, ...]
    others: tuple[str, ...] = ()


def _keys(needed: Mapping[str, str], optional: Mapping[str, str] | None = None, *others: str) -> _Keys:
    spelled = {key: re.compile(pattern, re.ASCII) for key, pattern in {**needed, **(optional or {})}.items()}
    return _Keys(spelled, tuple(needed), others)


_HEADER = _keys(
    {
        "record": RECORD_ID,
        "form": r"F-[A-Z0-9]{2,24}",
        "form_revision": r"[1-9]\d{0,3}",
        "org_unit": r"D-[A-Z0-9]{1,16}",
        "created_by": r"[A-Z]\d{3,8}",
        "created_at": _MOMENT,
    },
    {"amendment": r"[1-9]\d?", "reason": r"(?s).{1,2000}"},
    "data",
    "signatures",
    "amends",
)
_SIGNATURE = _keys(
    {
        "step": r"[a-z][a-z0-9_]{0,47}",
        "decision": r"sign|reject|return|withdraw|void",
        "by": r"[A-Z]\d{3,8}",
        "post": r"R-[A-Z0-9]{2,24}",
        "at": _MOMENT,
        "form_sha256": r"[0-9a-f]{64}",
        "attests": r"(?s).{1,2000}",
        "signature": r"(?s)-----BEGIN SSH SIGNATURE-----\n.+\n-----END SSH SIGNATURE-----",
    },
    {"comment": r"(?s).{1,2000}"},
    "covers",
    "rows_to",
    "row",
    "computed",
)
_AMENDS = _keys({"file": rf"{RECORD_ID}(?:\.a[1-9]\d?)?\.yaml", "sha256": r"[0-9a-f]{64}"})


class ParsedRecord(NamedTuple):
    record: Record | None
    problems: tuple[Problem, ...]


def parse_record(path: str, data: bytes) -> ParsedRecord:
    parsed = parse_yaml(data)
    if parsed.tree is None:
        return ParsedRecord(None, parsed.problems)
    if not isinstance(parsed.tree, dict):
        return ParsedRecord(None, (*parsed.problems, Problem("not-a-record", ())))
    return _frame(path, parsed.tree, list(parsed.problems))


def read_stub(data: bytes) -> Stub | None:
    """A disposal stub; None if there is anything wrong with it."""
    read = read_shape(Stub, data)
    return read.value if not read.problems else None


def _frame(path: str, tree: dict[str, Any], problems: list[Problem]) -> ParsedRecord:
    before = len(problems)
    problems += _check_texts(tree, _HEADER, ())
    created_at = _moment(tree.get("created_at"), ("created_at",), problems)
    amends = _amends(tree, problems)
    signatures = _signatures(tree.get("signatures", []), problems)
    data = tree.get("data", {})
    if not isinstance(data, dict):
        problems.append(
            Problem("wrong-kind", ("data",), {"kind": KIND_WORDS["mapping"], "value": "…", "field": "data"})
        )
    if len(problems) > before or created_at is None:
        fatal = any(p.slug in _FATAL for p in problems[before:])
        if fatal or created_at is None:
            return ParsedRecord(None, tuple(problems))
    record = Record(
        path=path,
        id=tree["record"],
        form=tree["form"],
        form_revision=int(tree["form_revision"]),
        org_unit=tree["org_unit"],
        created_by=tree["created_by"],
        created_at=tree["created_at"],
        data=data,
        signatures=signatures,
        amendment=int(tree.get("amendment", 0)),
        amends=amends,
        reason=tree.get("reason"),
    )
    return ParsedRecord(record, tuple(problems))


_FATAL = frozenset({"missing-key", "wrong-value", "wrong-kind", "bad-date"})


def _check_texts(tree: dict[str, Any], keys: _Keys, at: Route) -> list[Problem]:
    problems = [Problem("missing-key", (*at, key), {"key": key}) for key in keys.needed if key not in tree]
    for key, value in tree.items():
        spelled = keys.spelled.get(key)
        if spelled is None:
            if key not in keys.others:
                meant = suggestion(key, (*keys.spelled, *keys.others))
                problems.append(Problem("unknown-key", (*at, key), {"key": key, "meant": meant}))
        elif type(value) is not str or spelled.fullmatch(value) is None:
            shown = value[:60] if isinstance(value, str) else "…"
            problems.append(
                Problem("wrong-value", (*at, key), {"key": key, "value": shown, "expected": spelled.pattern})
            )
    return problems


def _moment(value: Any, at: Route, problems: list[Problem]) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        if isinstance(value, str) and re.fullmatch(_MOMENT, value):
            problems.append(Problem("bad-date", at, {"value": value}))
        return None


def _amends(tree: dict[str, Any], problems: list[Problem]) -> Amends | None:
    if ("amends" in tree) != ("amendment" in tree) or ("amends" in tree) != ("reason" in tree):
        missing = next(key for key in ("amendment", "amends", "reason") if key not in tree)
        problems.append(Problem("missing-key", (missing,), {"key": missing}))
    value = tree.get("amends")
    if value is None:
        return None
    if not isinstance(value, dict):
        problems.append(
            Problem("wrong-value", ("amends",), {"key": "amends", "value": "", "expected": "{file, sha256}"})
        )
        return None
    found = _check_texts(value, _AMENDS, ("amends",))
    problems += found
    return None if found else Amends(value["file"], value["sha256"])


def _signatures(value: Any, problems: list[Problem]) -> tuple[Signature, ...]:
    if not isinstance(value, list):
        problems.append(
            Problem("wrong-kind", ("signatures",), {"kind": KIND_WORDS["rows"], "value": "…", "field": "signatures"})
        )
        return ()
    out = []
    for index, entry in enumerate(value):
        at: Route = ("signatures", index)
        if not isinstance(entry, dict):
            problems.append(Problem("wrong-kind", at, {"kind": KIND_WORDS["mapping"], "value": "…", "field": "data"}))
            continue
        found = _check_texts(entry, _SIGNATURE, at)
        for key, (fits, expected) in _SIGNATURE_TREES.items():
            if key in entry and not fits(entry[key]):
                found.append(Problem("wrong-value", (*at, key), {"key": key, "value": "", "expected": expected}))
        problems += found
        if not found and _moment(entry["at"], (*at, "at"), problems) is not None:
            out.append(Signature(**{"covers": {}, **entry}))
    return tuple(out)


def _is_covers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(ids, list) and _TEXTS.issuperset(map(type, ids)) for ids in value.values()
    )


_TEXTS = frozenset({str})


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(row, dict) and len(row) == 1 and all(isinstance(key, str) for key in row.values())
        for row in value.values()
    )


_SIGNATURE_TREES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "covers": (_is_covers, "{section: [field]}"),
    "rows_to": (_is_row, "{field: {key: value}}"),
    "row": (_is_row, "{field: {key: value}}"),
    "computed": (lambda value: isinstance(value, dict), "{field: value}"),
}
