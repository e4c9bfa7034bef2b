"""A YAML tree into one of the frozen shapes, with every mismatch as a Problem on its key."""

from functools import cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from csdocs.model.finding import Problem
from csdocs.model.identifier import CITATION, DEPARTMENT, DOCUMENT, FORM, POST, STAFF
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
    "string_pattern_mismatch": Text("符合格式 {pattern} 的文本", "text of the form {pattern}"),
    "string_too_short": Text("至少 {min_length} 个字符", "at least {min_length} characters"),
    "string_too_long": Text("至多 {max_length} 个字符", "at most {max_length} characters"),
}

_SPELLINGS = (  # what people call the ids that a pattern describes, by how it begins
    (f"^{STAFF}$", Text("工号：一个大写字母加数字，如 S1023", "a staff number: a capital and digits, such as S1023")),
    (f"^{POST}$", Text("岗位编号，如 R-AGENT", "the id of a post, such as R-AGENT")),
    (f"^{DEPARTMENT}$", Text("部门编号，如 D-CS", "the id of a department, such as D-CS")),
    (f"^{FORM}$", Text("表单编号，如 F-COMPLAINT", "the id of a form, such as F-COMPLAINT")),
    (f"^{CITATION}$", Text("条款，如 REG-HANDOVER/3", "a clause, such as REG-HANDOVER/3")),
    (
        f"^{DOCUMENT}$",
        Text("文件编号，如 REG-HANDOVER 或 HB-20", "the id of a document, such as REG-HANDOVER or HB-20"),
    ),
    (
        "^[a-z0-9][a-z0-9_]",
        Text("小写英文字母、数字和下划线，如 north_2", "small letters, digits and “_”, such as north_2"),
    ),
    (
        "^[a-z][a-z0-9_]",
        Text(
            "小写英文字母、数字和下划线，以字母开头，如 room_no",
            "small letters, digits and “_”, a letter first, such as room_no",
        ),
    ),
    (
        "^[a-z][a-z0-9-]",
        Text(
            "小写英文字母、数字和连字符，以字母开头，如 after-sales",
            "small letters, digits and “-”, a letter first, such as after-sales",
        ),
    ),
)


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
    context = detail.get("ctx", {})
    expected = context.get("expected") if detail["type"] == "wrong-value" else _EXPECTED.get(detail["type"])
    if detail["type"] == "string_pattern_mismatch":
        expected = next((words for begins, words in _SPELLINGS if context["pattern"].startswith(begins)), expected)
    plain = same(detail["msg"])
    said = (
        expected.format(**context)
        if isinstance(expected, Text) and detail["type"] != "wrong-value"
        else expected or plain
    )
    return Problem("wrong-value", route, {"key": key, "value": _short(detail["input"]), "expected": said})


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
