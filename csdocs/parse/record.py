"""A record file: its fixed frame here, its data by the form."""

import datetime as dt
import re
from typing import Any, NamedTuple

from csdocs.model.disposal import Stub
from csdocs.model.finding import Problem, Route
from csdocs.model.identifier import RECORD
from csdocs.model.kind import KIND_WORDS
from csdocs.model.record import Amends, Record, Signature
from csdocs.model.shape import MOMENT
from csdocs.parse.frame import AMENDS, HEADER, SIGNATURE, check_texts, signature_problems
from csdocs.parse.plainrecord import PlainRecordReader
from csdocs.parse.shape import read_shape
from csdocs.parse.yamltext import decode, parse_text, plain


class ParsedRecord(NamedTuple):
    record: Record | None
    problems: tuple[Problem, ...]


def parse_record(path: str, data: bytes) -> ParsedRecord:
    text, problems = decode(data)
    record = None if problems else _plain.read(path, text)
    if record is not None:
        return ParsedRecord(record, ())
    parsed = parse_text(text, problems)
    if parsed.tree is None:
        return ParsedRecord(None, parsed.problems)
    if not isinstance(parsed.tree, dict):
        return ParsedRecord(None, (*parsed.problems, Problem("not-a-record", ())))
    return _frame(path, parsed.tree, list(parsed.problems))


_plain = PlainRecordReader(plain)


def stated_number(data: bytes) -> str | None:
    """By the one line that says it; None where the file has to be read for it."""
    stated = _STATED.search(data)
    return stated[1].decode() if stated else None


_STATED = re.compile(rf"^record: ({RECORD})$".encode(), re.MULTILINE)


def read_stub(data: bytes) -> Stub | None:
    """A disposal stub; None if there is anything wrong with it."""
    read = read_shape(Stub, data)
    return read.value if not read.problems else None


def _frame(path: str, tree: dict[str, Any], problems: list[Problem]) -> ParsedRecord:
    seen = len(problems)
    problems += check_texts(tree, HEADER, ())
    created_at = _moment(tree.get("created_at"), ("created_at",), problems)
    amends = _amends(tree, problems)
    signatures = _signatures(tree.get("signatures", []), problems)
    data = tree.get("data", {})
    if not isinstance(data, dict):
        problems.append(
            Problem("wrong-kind", ("data",), {"kind": KIND_WORDS["mapping"], "value": "…", "field": "data"})
        )
    if created_at is None or any(problem.slug in _FATAL for problem in problems[seen:]):
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


def _moment(value: Any, at: Route, problems: list[Problem]) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        if isinstance(value, str) and re.fullmatch(MOMENT, value, re.ASCII):
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
    found = check_texts(value, AMENDS, ("amends",))
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
            problems.append(
                Problem("wrong-kind", at, {"kind": KIND_WORDS["mapping"], "value": "…", "field": "signatures"})
            )
            continue
        found = signature_problems(entry, SIGNATURE, at)
        problems += found
        if not found and _moment(entry["at"], (*at, "at"), problems) is not None:
            out.append(Signature(**{"covers": {}, **entry}))
    return tuple(out)
