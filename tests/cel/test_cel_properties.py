"""Whatever is written compiles or is refused with a place; whatever compiles has a value or fails as it should."""

import pytest
from conftest import RUNTIME, SCOPE, VALUES
from hypothesis import given, settings
from hypothesis import strategies as st

from csdocs.cel import CelError, EvaluationError, compile_expression
from csdocs.cel.moment import parse_duration, text_of_duration
from csdocs.cel.pattern import compile_pattern

WORDS = (
    *SCOPE.names,
    *(
        "1",
        "2.5",
        "'a'",
        "'中'",
        "true",
        "null",
        "[",
        "]",
        "(",
        ")",
        ",",
        ".",
        "?",
        ":",
        "+",
        "-",
        "*",
        "/",
        "%",
    ),
    *(
        "==",
        "<",
        "&&",
        "||",
        "!",
        "in",
        "has",
        "size",
        "all",
        "map",
        "i",
        "days",
        "date",
        "sum",
        "min",
        "string",
    ),
    *("getHours", "matches", "qty", "at", "by", "id", "posts", "outgoing", "//", "\n", "{", "\\", '"'),
)


def try_out(source: str) -> None:
    try:
        program = compile_expression(source, SCOPE)
    except CelError as error:
        assert 0 <= error.offset <= error.offset + error.length <= len(source)
        return
    try:
        program.evaluate(VALUES, RUNTIME)
    except EvaluationError as failure:
        assert failure.offset is not None


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text(source: str) -> None:
    try_out(source)


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(("", " ")))
@settings(max_examples=500, deadline=None)
def test_any_words(words: list[str], space: str) -> None:
    try_out(space.join(words))


@given(st.text(alphabet="ab中(){}[]|*+?^$\\.-,:=!<>12dDwbpPx", max_size=16))
@settings(max_examples=300, deadline=None)
def test_any_pattern(source: str) -> None:
    try:
        pattern = compile_pattern(source)
    except EvaluationError:
        return
    assert pattern.search("ab中12") in (True, False)


@given(st.timedeltas())
@settings(deadline=None)
def test_a_duration_survives_being_written(length) -> None:
    assert parse_duration(text_of_duration(length)) == length


@pytest.mark.parametrize(
    "source", ["(" * 4_000, "[" * 4_000, "-" * 4_000, "!" * 4_000, "a." * 2_000, "a?" * 2_000, "1+" * 2_000]
)
def test_monotonous_text(source: str) -> None:
    with pytest.raises(CelError):
        compile_expression(source, SCOPE)
