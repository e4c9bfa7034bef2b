"""The data of a record, typed by its form."""

from typing import Any, NamedTuple

from pydantic_core import SchemaValidator, ValidationError, core_schema

from csdocs.model.field import Field, RowsField
from csdocs.model.finding import Problem, Route
from csdocs.model.form import Form
from csdocs.model.kind import KIND_WORDS
from csdocs.model.suggestion import did_you_mean, suggestion
from csdocs.model.text import Text


class TypedData(NamedTuple):
    """Values by field id; what could not be typed is left out and reported."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]


class DataReader(NamedTuple):
    """pydantic's validators of a form's data: text in, typed values out. Which fields must be there the steps decide.

    `quick` takes only what `full` takes, and gives the same; what it does not take, `full` has the last word on.
    """

    quick: SchemaValidator
    full: SchemaValidator


def compile_reader(form: Form) -> DataReader:
    schemas = (_mapping(form.fields.values(), rows=False, quick=quick) for quick in (True, False))
    return DataReader(*map(SchemaValidator, schemas))


def _mapping(fields: Any, *, rows: bool, quick: bool) -> core_schema.CoreSchema:
    keys = {
        field.id: core_schema.typed_dict_field(_field(field, quick=quick), required=rows and field.required)
        for field in fields
        if not field.is_computed
    }
    return core_schema.typed_dict_schema(keys, extra_behavior="forbid", strict=True)


def _field(field: Field, *, quick: bool) -> core_schema.CoreSchema:
    if isinstance(field, RowsField):
        return _list(field, _mapping(field.fields, rows=True, quick=quick))
    own = field.own_schema() if quick else None
    scalar = own or core_schema.no_info_plain_validator_function(field.reader())
    return _list(field, scalar) if field.list else scalar


def _list(field: Field, items: core_schema.CoreSchema) -> core_schema.CoreSchema:
    least, most = getattr(field, "min", None), getattr(field, "max", None)
    return core_schema.list_schema(
        items,
        min_length=None if least is None else int(least),
        max_length=None if most is None or field.kind == "file" else int(most),
        strict=True,
    )


def read_data(form: Form, reader: DataReader, data: Any, at: Route = ("data",)) -> TypedData:
    """Type a record's data. Fields with trouble are reported and dropped; all others keep their values."""
    try:
        return TypedData(reader.quick.validate_python(data), ())
    except ValidationError:
        pass
    try:
        return TypedData(reader.full.validate_python(data), ())
    except ValidationError as error:
        problems = tuple(_problem(form, detail, at) for detail in error.errors(include_url=False))
    bad = {problem.at[len(at)] for problem in problems if len(problem.at) > len(at)}
    good = {key: value for key, value in data.items() if key not in bad}
    return TypedData(read_data(form, reader, good, at).values, problems)


def _problem(form: Form, detail: Any, at: Route) -> Problem:
    route = (*at, *detail["loc"])
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    match detail["type"]:
        case "extra_forbidden":
            return Problem(*_unexpected(form, detail["loc"], route))
        case "missing":
            return Problem("missing-field", route, {"field": _label(form, detail["loc"]), "id": key})
        case "too_short" | "too_long":
            limits = detail["ctx"]
            values = {
                "value": limits["actual_length"],
                "least": limits.get("min_length", 0),
                "most": limits.get("max_length", "∞"),
            }
            return Problem("out-of-limits", route, {**values, "field": _label(form, detail["loc"])})
        case "list_type" | "dict_type":
            kind = KIND_WORDS["rows" if detail["type"] == "list_type" else "mapping"]
            return Problem(
                "wrong-kind",
                route,
                {"kind": kind, "value": str(detail["input"])[:40], "field": _label(form, detail["loc"])},
            )
    return Problem(detail["type"], route, {"value": "", **detail.get("ctx", {}), "field": _label(form, detail["loc"])})


def _unexpected(form: Form, loc: tuple[str | int, ...], route: Route) -> tuple[str, Route, dict[str, Any]]:
    key = str(loc[-1]) if loc else ""
    field = _find(form, loc)
    if field is not None and field.is_computed:
        return "computed-field-written", route, {"field": key, "form": form.id}
    return "unknown-field", route, {"field": key, "form": form.id, "meant": _meant(form, loc, key)}


def _meant(form: Form, loc: tuple[str | int, ...], key: str) -> Text:
    """The field whose label somebody wrote, or whose name is nearly what they wrote."""
    table = _find(form, loc[:1]) if len(loc) > 1 else None
    fields = table.fields if isinstance(table, RowsField) else form.fields.values()
    labelled = [field.id for field in fields if key in (field.label.zh, field.label.en)]
    return did_you_mean(labelled[0]) if labelled else suggestion(key, [field.id for field in fields])


def _find(form: Form, loc: tuple[str | int, ...]) -> Any:
    names = [part for part in loc if isinstance(part, str)]
    field: Any = form.fields.get(names[0]) if names else None
    if len(names) > 1 and isinstance(field, RowsField):
        return field.field(names[1])
    return field if len(names) == 1 or not isinstance(field, RowsField) else None


def _label(form: Form, loc: tuple[str | int, ...]) -> Any:
    field = _find(form, loc)
    return field.label if field is not None else str(loc[-1]) if loc else ""
