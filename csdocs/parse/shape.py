"""A YAML tree into one of the frozen shapes, with every mismatch as a Problem on its key."""

from functools import cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from csdocs.model.finding import Problem
from csdocs.model.pattern import asked_for
from csdocs.model.shape import Shape
from csdocs.model.suggestion import suggestion
from csdocs.model.text import Text, same
from csdocs.parse.yamltext import MAX_PROBLEMS, parse_yaml

S = TypeVar("S", bound=Shape)
_EXPECTED = {
    "string_type": Text("文本", "text"),
    "tuple_type": Text("列表", "a list"),
    "dict_type": Text("键值对", "a mapping"),
    "model_type": Text("键值对", "a mapping"),
    "model_attributes_type": Text("键值对", "a mapping"),
    "int_parsing": Text("整数", "a whole number"),
    "greater_than_equal": Text("不小于 {ge} 的数", "a number of at least {ge}"),
    "less_than_equal": Text("不大于 {le} 的数", "a number of at most {le}"),
    "too_short": Text("至少 {min_length} 项", "at least {min_length} entries"),
    "literal_error": Text("{expected} 之一", "one of {expected}"),
    "string_too_short": Text("至少 {min_length} 个字符", "at least {min_length} characters"),
    "string_too_long": Text("至多 {max_length} 个字符", "at most {max_length} characters"),
}


class Shaped(NamedTuple):
    """The value (None if the file has none) and the problems; a file may have both."""

    value: Any
    problems: tuple[Problem, ...]


def read_shape(shape: type[S], data: bytes) -> Shaped:
    """A whole YAML file as one shape."""
    parsed = parse_yaml(data)
    problems = tuple(problem for problem in parsed.problems if problem.slug != "empty-value")  # a register may be empty
    if parsed.tree is None and (problems or not parsed.problems):
        return Shaped(None, problems)
    value, more = to_shape(shape, parsed.tree or {})
    return Shaped(value, (*problems, *more))


def to_shape(shape: type[S], tree: Any) -> tuple[S | None, tuple[Problem, ...]]:
    try:
        return shape.model_validate(tree), ()
    except ValidationError as error:
        told = (detail for detail in error.errors(include_url=False) if not _follows(detail))
        return None, tuple(map(_problem, islice(told, MAX_PROBLEMS)))


def _follows(detail: ErrorDetails) -> bool:
    """pydantic counts only the valid entries of a list: "too short" then repeats what is said of the entries."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _problem(detail: ErrorDetails) -> Problem:
    route = tuple(detail["loc"])
    key = str(next((part for part in reversed(route) if isinstance(part, str)), ""))
    match detail["type"]:
        case "extra_forbidden":
            return Problem("unknown-key", route, {"key": key, "meant": suggestion(key, _keys())})
        case "missing":
            return Problem("missing-key", route, {"key": key})
        case "union_tag_invalid" | "union_tag_not_found":
            context = detail.get("ctx", {})
            kind, kinds = str(context.get("tag", "")), str(context.get("expected_tags", "")).replace("'", "")
            values = {"kind": kind, "kinds": kinds, "meant": suggestion(kind, kinds.split(", "))}
            return Problem("unknown-kind", (*route, "kind"), values)
    return Problem("wrong-value", route, {"key": key, "value": _short(detail["input"]), "expected": _expected(detail)})


def _expected(detail: ErrorDetails) -> Text:
    """What should stand there, in words."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "wrong-value" if "expected" in context:  # said by the shape itself
            said: Text = context["expected"]
            return said
        case "string_pattern_mismatch":
            return asked_for(context["pattern"])
    words = _EXPECTED.get(detail["type"])
    return words.format(**context) if words else same(detail["msg"])


@cache
def _keys() -> frozenset[str]:
    """Every key that some file may hold."""
    shapes = [Shape]
    for shape in shapes:
        shapes += shape.__subclasses__()
    return frozenset(field.alias or name for shape in shapes for name, field in shape.model_fields.items())


def _short(value: Any) -> str:
    text = _written(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _written(value: Any) -> str:
    """About as it stands in the file."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(each)}' for key, each in value.items())}}}"
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, list) else str(value)
