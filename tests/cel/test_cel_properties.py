"""Whatever is written compiles or is refused with a place; what compiles has a value or fails."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdocs.cel import CelError, EvaluationError, compile_expression
from csdocs.cel.moment import parse_duration, text_of_duration
from csdocs.cel.pattern import compile_pattern

WORDS = (
    *(
        "lead_min",
        "name",
        "urgent",
        "day",
        "arrived",
        "lasted",
        "applicant",
        "team",
        "numbers",
        "items",
        "row",
    ),
    *("missing", "price", "param", "signed"),
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


def try_out(source, scope, values, runtime):
    try:
        program = compile_expression(source, scope)
    except CelError as error:
        assert 0 <= error.offset <= error.offset + error.length <= len(source)
        return
    try:
        program.evaluate(values, runtime)
    except EvaluationError as failure:
        assert failure.offset is not None


@given(source=st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text(source, scope, values, runtime):
    try_out(source, scope, values, runtime)


@given(words=st.lists(st.sampled_from(WORDS), max_size=14), space=st.sampled_from(("", " ")))
@settings(max_examples=500, deadline=None)
def test_any_words(words, space, scope, values, runtime):
    try_out(space.join(words), scope, values, runtime)


@given(st.text(alphabet="ab中(){}[]|*+?^$\\.-,:=!<>12dDwbpPx", max_size=16))
@settings(max_examples=300, deadline=None)
def test_any_pattern(source):
    try:
        pattern = compile_pattern(source)
    except EvaluationError:
        return
    assert pattern.search("ab中12") in (True, False)


@given(st.timedeltas())
@settings(deadline=None)
def test_a_duration_survives_being_written(length):
    assert parse_duration(text_of_duration(length)) == length


@pytest.mark.parametrize(
    "source", ["(" * 4_000, "[" * 4_000, "-" * 4_000, "!" * 4_000, "a." * 2_000, "a?" * 2_000, "1+" * 2_000]
)
def test_monotonous_text(source, scope):
    with pytest.raises(CelError):
        compile_expression(source, scope)
