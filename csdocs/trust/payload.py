"""The exact bytes that a step signs: RFC 8785 canonical JSON with every scalar as text."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from csdocs.model.record import NO_ROW, Record, Signature

VERSION = "1"
_sorted_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: Any) -> str:
    """RFC 8785 for values made of mappings, lists and texts: keys in UTF-16 order, no white space, minimal escapes."""
    if type(value) is str:
        return encode_basestring(value)
    text = _sorted_json(value)
    beyond_basic_plane = len(text.encode("utf-16-le")) > 2 * len(text)
    if beyond_basic_plane:  # only there do code points and UTF-16 sort differently
        text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
    return text


def _member(name: str, value: Any) -> str:
    return f"{encode_basestring(name)}:{canonical(value)}"


@lru_cache(maxsize=1_024)
def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    """Without what is named twice."""
    found = sorted({*names})
    return tuple(found if "".join(found).isascii() else sorted(found, key=_utf16))


def _ordered_items(members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, members[key]) for key in _in_order(tuple(members)))


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _ordered(each) for key, each in _ordered_items(value)}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    return value


def record_payload(workspace: str, record: Record, signature: Signature, previous: Sequence[str]) -> bytes:
    """Bytes signed by one signature entry; `previous` are the payload digests of all earlier entries, in order."""
    return _Statements(workspace, record).payload(signature, previous)


class _Statements:
    """What the signatures of one record state: members in the order of their names. What several have in common is spelled once."""

    def __init__(self, workspace: str, record: Record) -> None:
        self._data = record.data
        header = ("created_at", record.created_at), ("created_by", record.created_by), ("org_unit", record.org_unit)
        amends = record.amends._asdict() if record.amends else None
        self._amendment = [_member("amendment", str(record.amendment)), *_optional("amends", amends)]
        self._form = f'"form":{{{_member("id", record.form)},{_member("revision", str(record.form_revision))},"sha256":'
        self._header = f'"header":{{{",".join([_member(*each) for each in header])}}}'
        self._record = [*_optional("reason", record.reason), _member("record", record.id)]
        self._end = [_member("v", VERSION), _member("workspace", workspace)]
        spell = encode_basestring
        self._fields = {
            id: f"{spell(id)}:{spell(value) if type(value) is str else canonical(value)}"
            for id, value in record.data.items()
        }

    def payload(self, signature: Signature, previous: Sequence[str]) -> bytes:
        spell = encode_basestring
        members = [
            *self._amendment,
            f'"at":{spell(signature.at)}',
            f'"attests":{spell(signature.attests)}',
            f'"by":{spell(signature.by)}',
            *_optional("comment", signature.comment),
            *_optional("computed", signature.computed),
            f'"decision":{spell(signature.decision)}',
            f"{self._form}{spell(signature.form_sha256)}}}",
            self._header,
            f'"post":{spell(signature.post)}',
            f'"previous":[{",".join(map(spell, previous))}]',
            *self._record,
            *_optional("row", signature.row),
            *_optional("rows_to", signature.rows_to),
            f'"sections":{{{",".join(self._covered(signature))}}}',
            f'"step":{spell(signature.step)}',
            *self._end,
        ]
        return f"{{{','.join(members)}}}".encode()

    def _covered(self, signature: Signature) -> Iterator[str]:
        """Each section that is covered."""
        fields = self._fields
        if signature.row or signature.rows_to:
            covered = ((id, _covered(id, value, signature)) for id, value in self._data.items())
            fields = {id: _member(id, value) for id, value in covered if value is not None}
        for section, ids in _ordered_items(signature.covers):
            inside = ",".join([fields[id] for id in _in_order(tuple(ids)) if id in fields])
            yield f"{encode_basestring(section)}:{{{inside}}}"


def _optional(name: str, value: Any) -> tuple[str, ...]:
    return () if value is None else (_member(name, value),)


def _covered(id: str, value: Any, signature: Signature) -> Any:
    """Append-only rows count up to the last one the signature names, and a table that had none is left out, as it was then; a row's
    initials cover that row."""
    if not isinstance(value, list):
        return value
    if signature.row and id in signature.row:
        return [row for row in value if _is_row(row, signature.row[id])]
    if signature.rows_to and id in signature.rows_to:
        last = signature.rows_to[id]
        if NO_ROW in last.values():
            return None
        return value[: next((i + 1 for i, row in enumerate(value) if _is_row(row, last)), None)]
    return value


def _is_row(row: Any, key: Mapping[str, str]) -> bool:
    return isinstance(row, dict) and all(row.get(name) == value for name, value in key.items())


def digest(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def chain(workspace: str, record: Record) -> tuple[bytes, ...]:
    """Payload of every signature of a record, each bound to the digests of those before it."""
    statements = _Statements(workspace, record)
    payloads: list[bytes] = []
    digests: list[str] = []
    for signature in record.signatures:
        payloads.append(statements.payload(signature, digests))
        digests.append(digest(payloads[-1]))
    return tuple(payloads)
