"""Records are written in one style, and what is read back is what was given."""

import string
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csdocs.parse.emit import emit, emit_item
from csdocs.parse.yamltext import decode, parse_yaml

KEYS = st.text(string.ascii_lowercase + "_", min_size=1, max_size=6)
TRICKY = st.sampled_from(
    ["no", "~", "null", "true", "012", "1e3", "16:00", "-", "- x", "?", "x?", "x?y", "a: b", "a #b", "#", "x:", "{a}", "[a", "a, b", '"', "'", "\\", "\\n", "|", ">", "!x",
     "&a", "*a", "@", "`", "%", "=", "<<", "---", "...", " x", "x ", "  ", "a  b", "一，二：三", "“引”", "（一）", "x\ny", "x\n\ny", "\nx", "\n x", " x\ny", "x\n",
     "x\n y", "x \ny", "\n", "# x\ny", "- x\n- y", "a: b\nc: d", "x\n#y", "|-\nx"]
)  # fmt: skip


def _is_allowed(text: str) -> bool:
    surrogate = any("\ud800" <= c <= "\udfff" for c in text)
    return not surrogate and not decode(text.encode())[1]


LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn")
)  # those are refused, and to draw them takes most of the time
TEXTS = (
    st.text(LETTERS, min_size=1, max_size=60) | st.text("ab \n:#-\"'\\,[]{}一", min_size=1, max_size=30) | TRICKY
).filter(_is_allowed)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        TEXTS | st.lists(TEXTS | st.lists(TEXTS, min_size=1, max_size=2), min_size=1, max_size=4),
        lambda inner: (
            st.dictionaries(KEYS, inner, min_size=1, max_size=5)
            | st.lists(st.dictionaries(KEYS, inner, min_size=1, max_size=4), min_size=1, max_size=3)
        ),
        max_leaves=6,
    ),
    min_size=1,
    max_size=3,
)


@given(TREES)
@example({"a": "\n x"})
@example({"a": ["x?"], "b": {"c": "x?y"}})
@example(
    {"a": ["a  b" * 3, "b  c" * 3, "c  d" * 3, "d  e" * 3, "e  f" * 3, "f  g" * 3, "g  h" * 3, "h  i" * 3, "i  j" * 3]}
)
@example({"a": ["x " * 10 + "y"] * 12})
@example({"a: b": "x", "}, {y": [{"x\ny": "z"}], "一 #": {"": "x", "<": "y"}})
def test_what_is_emitted_is_read_back(tree: dict[str, Any]) -> None:
    parsed = parse_yaml(emit(tree).encode())
    assert parsed.problems == ()
    assert parsed.tree == tree


@given(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=5))
def test_an_entry_appended_to_a_list_is_read_back(entry: dict[str, str]) -> None:
    assert parse_yaml(("list:\n" + emit_item(entry)).encode()).tree == {"list": [entry]}


@pytest.mark.parametrize(
    "text", ["no", "012", "1e3", "16:00", "true", "2026-11-20", "-1.5", "0x1F", "1_000", "on", "12:30:45", "210.00"]
)
def test_what_other_tools_would_read_as_something_else_is_quoted_where_it_must_be(text: str) -> None:
    """A common YAML reader must not turn an amount or a time of day into another thing."""
    from ruamel.yaml import YAML

    read = YAML(typ="safe", pure=True).load(emit({"a": text}))["a"]
    assert str(read) == text or text in ("true", "2026-11-20")
