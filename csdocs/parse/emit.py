"""Plain trees out as YAML, in the one style that records are written in: what is read back is what was given."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[A-Za-z0-9\u3400-\u9fff（《“‘＋][^\x00-\x1f\x7f-\x9f\u2028\u2029]*")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_QUOTED = re.compile(
    r"-?\d+\.\d+|\d{1,2}:\d{2}(?::\d{2})?|0\d+|\d[\d_]*_\d*|0[xo].*|[+-]?\.?\d.*[eE].*"
    r"|(?i:y|n|yes|no|on|off|null)"
)  # read as something else than text by other YAML tools


def emit(tree: Mapping[str, Any], indent: str = "") -> str:
    """A whole file, or a part of one that stands `indent` from the margin."""
    return "".join(line + "\n" for line in _mapping(tree, indent))


def emit_item(tree: Mapping[str, Any], indent: str = "  ") -> str:
    """One entry of a list of mappings, to be appended to a file."""
    return "".join(line + "\n" for line in _item(tree, indent))


def _mapping(tree: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in tree.items():
        key = _key(name)
        if isinstance(value, Mapping):
            if _is_short(value):
                yield f"{indent}{key}: {_flow(value)}"
            else:
                yield f"{indent}{key}:"
                yield from _mapping(value, indent + "  ")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _sequence(key, value, indent)
        else:
            yield from _scalar_lines(f"{indent}{key}: ", str(value), indent + "  ")


def _sequence(key: str, values: Sequence[Any], indent: str) -> Iterator[str]:
    if all(isinstance(value, str) and len(value) <= 40 and not re.search(r"\s", value) for value in values):
        text = ", ".join(_scalar(value, flow=True) for value in values)
        yield from textwrap.wrap(
            f"{key}: [{text}]",
            110,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        return
    yield f"{indent}{key}:"
    for value in values:
        if isinstance(value, Mapping):
            yield from _item(value, indent + "  ")
        elif isinstance(value, str):
            yield from _scalar_lines(f"{indent}  - ", value, indent + "    ")
        else:
            yield f"{indent}  - {_flow(value)}"


def _item(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    lines = list(_mapping(value, indent + "  "))
    yield f"{indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _is_short(value: Mapping[str, Any]) -> bool:
    flat = all(isinstance(each, str) and "\n" not in each for each in value.values())
    nested = all(isinstance(each, Mapping) and _is_short(each) for each in value.values())
    return bool(value) and len(value) <= 4 and (flat or nested) and len(_flow(value)) <= 100


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(str(value), flow=True)


def _scalar_lines(prefix: str, value: str, indent: str) -> Iterator[str]:
    lines = value.split("\n")
    if (
        len(lines) == 1
        or next(filter(None, lines), "").startswith(" ")
        or any(line != line.rstrip() for line in lines)
        or not lines[-1]
    ):
        yield prefix + _scalar(value)
        return
    yield prefix + "|-"
    yield from (indent + line if line else "" for line in lines)


def _key(name: str) -> str:
    """As it is, or so that nothing else can be read into it."""
    return name if _PLAIN_KEY.fullmatch(name) else _scalar(name, flow=True)


def _scalar(value: str, *, flow: bool = False) -> str:
    plain = _PLAIN.fullmatch(value) and not _QUOTED.fullmatch(value) and value == value.strip()
    breaks = ": " in value or " #" in value or value.endswith(":") or (flow and any(c in value for c in ",[]{}:?"))
    if plain and not breaks:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
