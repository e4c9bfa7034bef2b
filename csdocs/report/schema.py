"""A form as JSON Schema 2020-12: what a YAML editor needs to complete and check while somebody types."""

from collections.abc import Iterable
from typing import Any

from csdocs.model.field import Field, RowsField
from csdocs.model.form import Form
from csdocs.model.person import Register
from csdocs.model.text import Text


def record_schema(form: Form, register: Register) -> dict[str, Any]:
    """Labels are titles, hints and what patterns ask for descriptions, choices and staff enumerations. Required fields are not: steps decide when."""
    departments = [{"const": d.id, "title": _both(d.name)} for d in register.departments]
    header = {
        "record": {"type": "string", "title": "编号 Number"},
        "form": {"const": form.id},
        "form_revision": {"type": "integer", "title": "表单版次 Form revision"},
        "org_unit": {"oneOf": departments, "title": "部门 Department"},
        "created_by": _staff(register) | {"title": "填表人 Created by"},
        "created_at": {"type": "string", "title": "填表时间 Created at"},
    }
    rest = {
        "amendment": {"type": "integer"},
        "amends": {"type": "object"},
        "reason": {"type": "string", "title": "更正理由 Reason"},
        "data": _mapping(form.fields.values(), register, rows=False),
        "signatures": {"type": "array", "title": "签名 Signatures", "description": "csdocs sign", "readOnly": True},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _both(form.title),
        "type": "object",
        "properties": header | rest,
        "required": list(header),
        "additionalProperties": False,
    }


def _mapping(fields: Iterable[Field], register: Register, *, rows: bool) -> dict[str, Any]:
    written = [field for field in fields if not field.is_computed]
    required = [field.id for field in written if rows and field.required]
    return {
        "type": "object",
        "properties": {field.id: _field(field, register) for field in written},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(field: Field, register: Register) -> dict[str, Any]:
    about = [_both(said) for said in (field.hint, field.own_form) if said]
    words = {"title": _both(field.label)} | ({"description": "\n".join(about)} if about else {})
    if isinstance(field, RowsField):
        return {"type": "array", "items": _mapping(field.fields, register, rows=True), "minItems": 1} | words
    scalar = _scalar(field, register)
    return ({"type": "array", "items": scalar, "minItems": 1} if field.list else scalar) | words


def _scalar(field: Field, register: Register) -> dict[str, Any]:
    if field.kind == "staff":
        return _staff(register, set(getattr(field, "posts", ())))
    if field.kind == "department":
        return {"oneOf": [{"const": d.id, "title": _both(d.name)} for d in register.departments]}
    return field.json_schema()


def _staff(register: Register, posts: set[str] | None = None) -> dict[str, Any]:
    people = [p for p in register.people if not posts or posts & {tenure.post for tenure in p.posts}]
    return {"oneOf": [{"const": p.staff_no, "title": _both(p.name)} for p in people]} if people else {"type": "string"}


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"
