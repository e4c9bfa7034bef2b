"""The frame of a record file: which keys it has, and how their values are spelled."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from csdocs.model.finding import Problem, Route
from csdocs.model.identifier import DEPARTMENT, DIGEST, FORM, POST, RECORD, STAFF
from csdocs.model.pattern import asked_for
from csdocs.model.shape import MOMENT
from csdocs.model.suggestion import suggestion


class Keys(NamedTuple):
    """The keys of a mapping: how their texts are spelled, which must be there, and those that hold no text."""

    spelled: Mapping[str, re.Pattern[str]]
    needed: tuple[str, ...]
    others: tuple[str, ...] = ()


def _keys(needed: Mapping[str, str], optional: Mapping[str, str] | None = None, *others: str) -> Keys:
    spelled = {key: re.compile(pattern, re.ASCII) for key, pattern in {**needed, **(optional or {})}.items()}
    return Keys(spelled, tuple(needed), others)


HEADER = _keys(
    {
        "record": RECORD,
        "form": FORM,
        "form_revision": r"[1-9]\d{0,3}",
        "org_unit": DEPARTMENT,
        "created_by": STAFF,
        "created_at": MOMENT,
    },
    {"amendment": r"[1-9]\d?", "reason": r"(?s).{1,2000}"},
    "data",
    "signatures",
    "amends",
)
SIGNATURE = _keys(
    {
        "step": r"[a-z][a-z0-9_]{0,47}",
        "decision": r"sign|reject|return|withdraw|void",
        "by": STAFF,
        "post": POST,
        "at": MOMENT,
        "form_sha256": DIGEST,
        "attests": r"(?s).{1,2000}",
        "signature": r"(?s)-----BEGIN SSH SIGNATURE-----\n.+\n-----END SSH SIGNATURE-----",
    },
    {"comment": r"(?s).{1,2000}"},
    "covers",
    "rows_to",
    "row",
    "computed",
)
BESIDES = Keys({"comment": SIGNATURE.spelled["comment"]}, (), SIGNATURE.others)  # what an entry may have besides
AMENDS = _keys({"file": rf"{RECORD}(?:\.a[1-9]\d?)?\.yaml", "sha256": DIGEST})


def check_texts(tree: dict[str, Any], keys: Keys, at: Route) -> list[Problem]:
    problems = [Problem("missing-key", (*at, key), {"key": key}) for key in keys.needed if key not in tree]
    for key, value in tree.items():
        spelled = keys.spelled.get(key)
        if spelled is None:
            if key not in keys.others:
                meant = suggestion(key, (*keys.spelled, *keys.others))
                problems.append(Problem("unknown-key", (*at, key), {"key": key, "meant": meant}))
        elif type(value) is not str or spelled.fullmatch(value) is None:
            shown = value[:60] if isinstance(value, str) else "…"
            values = {"key": key, "value": shown, "expected": asked_for(spelled.pattern)}
            problems.append(Problem("wrong-value", (*at, key), values))
    return problems


def signature_problems(entry: dict[str, Any], keys: Keys, at: Route) -> list[Problem]:
    """What is wrong with an entry, or (by other `keys`) with a part of it."""
    found = check_texts(entry, keys, at)
    for key, (fits, expected) in _TREES.items():
        if key in entry and not fits(entry[key]):
            found.append(Problem("wrong-value", (*at, key), {"key": key, "value": "", "expected": expected}))
    return found


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


_TREES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "covers": (_is_covers, "{section: [field]}"),
    "rows_to": (_is_row, "{field: {key: value}}"),
    "row": (_is_row, "{field: {key: value}}"),
    "computed": (lambda value: isinstance(value, dict), "{field: value}"),
}
