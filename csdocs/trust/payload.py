"""The exact bytes that a step signs: RFC 8785 canonical JSON with every scalar as text."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from csdocs.model.record import Record, Signature

VERSION = "1"
NO_ROW = "none"
_sorted_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: Any) -> bytes:
    """RFC 8785 for values made of mappings, lists and texts: keys in UTF-16 order, no white space, minimal escapes."""
    text = _sorted_json(value)
    if len(text.encode("utf-16-le")) > 2 * len(
        text
    ):  # only beyond the basic plane do code points and UTF-16 sort differently
        text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    return value


def record_payload(workspace: str, record: Record, signature: Signature, previous: Sequence[str]) -> bytes:
    """Bytes signed by one signature entry; `previous` are the payload digests of all earlier entries, in order."""
    statement: dict[str, Any] = {
        "v": VERSION,
        "workspace": workspace,
        "record": record.id,
        "amendment": str(record.amendment),
        "amends": record.amends._asdict() if record.amends else None,
        "reason": record.reason,
        "header": {
            "org_unit": record.org_unit,
            "created_by": record.created_by,
            "created_at": record.created_at,
        },
        "form": {"id": record.form, "revision": str(record.form_revision), "sha256": signature.form_sha256},
        "step": signature.step,
        "attests": signature.attests,
        "decision": signature.decision,
        "comment": signature.comment,
        "by": signature.by,
        "post": signature.post,
        "at": signature.at,
        "row": signature.row,
        "sections": _sections(record, signature),
        "rows_to": signature.rows_to,
        "computed": signature.computed,
        "previous": list(previous),
    }
    return canonical({key: value for key, value in statement.items() if value is not None})


def _sections(record: Record, signature: Signature) -> dict[str, dict[str, Any]]:
    data = record.data
    if signature.row or signature.rows_to:
        data = {id: _covered(id, value, signature) for id, value in data.items()}
    return {section: {id: data[id] for id in ids if id in data} for section, ids in signature.covers.items()}


def _covered(id: str, value: Any, signature: Signature) -> Any:
    """Append-only rows count up to the last one the signature names; a row's initials cover that row."""
    if not isinstance(value, list):
        return value
    if signature.row and id in signature.row:
        return [row for row in value if _is_row(row, signature.row[id])]
    if signature.rows_to and id in signature.rows_to:
        last = signature.rows_to[id]
        if NO_ROW in last.values():
            return []
        return value[: next((i + 1 for i, row in enumerate(value) if _is_row(row, last)), None)]
    return value


def _is_row(row: Any, key: Mapping[str, str]) -> bool:
    return isinstance(row, dict) and all(row.get(name) == value for name, value in key.items())


def digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def chain(workspace: str, record: Record) -> tuple[bytes, ...]:
    """Payload of every signature of a record, each bound to the digests of those before it."""
    payloads: list[bytes] = []
    digests: list[str] = []
    for signature in record.signatures:
        payloads.append(record_payload(workspace, record, signature, digests))
        digests.append(digest(payloads[-1]))
    return tuple(payloads)
