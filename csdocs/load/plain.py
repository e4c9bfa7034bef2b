"""Summaries and findings as JSON, which unlike a pickle can do no harm when somebody else has written it."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from csdocs.load.packed import unpacked
from csdocs.load.tree import Reference, Summary
from csdocs.model.listed import Running
from csdocs.model.number import Number
from csdocs.model.person import Staff
from csdocs.model.text import Text

_MARK = "~"  # no field is called that
_WRITERS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("decimal", str),
    dt.date: ("date", dt.date.isoformat),
    dt.datetime: ("moment", dt.datetime.isoformat),
    dt.time: ("time", dt.time.isoformat),
    dt.timedelta: ("length", lambda value: [value.days, value.seconds, value.microseconds]),
    Staff: ("staff", lambda value: [value.id, list(value.posts), value.since.isoformat()]),
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "decimal": Decimal,
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "length": lambda parts: dt.timedelta(*parts),
    "staff": lambda parts: Staff(parts[0], tuple(parts[1]), dt.date.fromisoformat(parts[2])),
}
_PLAIN = (str, int, bool, type(None))


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loaded(body: bytes) -> Any:
    return json.loads(body.decode("utf-8", "surrogatepass"), object_hook=_unmarked)


def _unmarked(found: dict[str, Any]) -> Any:
    return _READERS[found[_MARK]](found["is"]) if _MARK in found else found


def plain_value(value: Any) -> Any:
    """TypeError for what would not come back as it was."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [plain_value(each) for each in value]
    if kind is dict:
        return {key: plain_value(each) for key, each in value.items()}
    if kind not in _WRITERS:
        raise TypeError(kind)
    name, write = _WRITERS[kind]
    return {_MARK: name, "is": write(value)}


def plain_summary(summary: Summary) -> list[Any]:
    references = [[each.target, each.forms, each.label, each.route] for each in summary.references]
    changed = summary._replace(
        done=sorted(summary.done),  # type: ignore[arg-type]
        day=summary.day.isoformat(),  # type: ignore[arg-type]
        references=references,  # type: ignore[arg-type]
        values=plain_value(dict(unpacked(summary.values))),
        running=[[each.label, each.limit.isoformat()] for each in summary.running],  # type: ignore[arg-type]
    )
    return list(changed)


def summary_of(found: list[Any]) -> Summary:
    path, name, id, amendment, form, number, state, final, done, day, at, by, unit, *derived = found
    references, values, label, running = derived
    return Summary(
        path=path,
        name=name,
        id=id,
        amendment=amendment,
        form=form,
        number=None if number is None else Number(*number),
        state=state,
        final=final,
        done=frozenset(done),
        day=dt.date.fromisoformat(day),
        created_at=at,
        created_by=by,
        org_unit=unit,
        references=tuple(
            Reference(to, tuple(forms), Text(*label), tuple(route)) for to, forms, label, route in references
        ),
        values=values,
        label=Text(*label),
        running=tuple(Running(Text(*words), dt.datetime.fromisoformat(limit)) for words, limit in running),
    )
