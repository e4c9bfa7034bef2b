"""The same expressions through Google's runtime: generated, evaluated on both sides, compared.

Its runtime returns errors as values of type ERROR, which are truthy: the type is looked at first.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from csdocs.cel import CelError, EvaluationError, Runtime, Scope, compile_expression
from csdocs.cel import types as t
from csdocs.cel.pattern import matches

google = pytest.importorskip("cel_expr_python.cel")

FAILED = "failed"
SEED, EXPRESSIONS = 20261120, 600
OURS = Scope(
    {
        **{"i": t.INT, "j": t.INT, "absent": t.INT, "s": t.STRING, "u": t.STRING, "b": t.BOOL},
        **{"l": t.ListType(t.INT), "w": t.ListType(t.STRING), "at": t.TIMESTAMP, "d": t.DURATION},
    }
)
THEIRS = {
    **{"i": google.Type.INT, "j": google.Type.INT, "absent": google.Type.INT, "s": google.Type.STRING},
    **{"u": google.Type.STRING, "b": google.Type.BOOL, "l": google.Type.List(google.Type.INT)},
    **{"w": google.Type.List(google.Type.STRING), "at": google.Type.TIMESTAMP, "d": google.Type.DURATION},
}
VALUES = {
    **{"i": 7, "j": -2, "s": "中文 ab", "u": "", "b": True, "l": [0, 1, 2, 3], "w": ["a", "中", ""]},
    **{"at": datetime(2026, 11, 20, 23, 52, 3, tzinfo=UTC), "d": timedelta(hours=-1, minutes=-30)},
}
ENVIRONMENT = google.NewEnv(variables=THEIRS)


class Generator:
    """Well-typed expressions of the shared subset, some of which fail when evaluated."""

    leaves: ClassVar[dict[str, tuple[str, ...]]] = {
        "int": ("i", "j", "0", "1", "-3", "9223372036854775807", "-9223372036854775808", "absent"),
        "text": ("s", "u", "'中'", "'ab'", '"it\'s"', "r'\\d'", "''"),
        "bool": ("b", "true", "false"),
        "list": ("l", "[]", "[1]", "[3, 2, 1]"),
        "words": ("w", "['a']"),
        "moment": ("at", "timestamp('2026-01-31T23:59:59Z')", "timestamp('2024-02-29T00:00:00+08:00')"),
        "length": ("d", "duration('1h')", "duration('1h30m5s')", "duration('-90m')"),
    }
    shapes: ClassVar[dict[str, tuple[str, ...]]] = {
        "int": (
            *("({int} + {int})", "({int} - {int})", "({int} * {int})", "({int} / {int})", "({int} % {int})"),
            *("-({int})", "({bool} ? {int} : {int})", "size({text})", "{list}.size()", "{list}[{int}]"),
            *("{moment}.getHours()", "{moment}.getMonth()", "{moment}.getDate()", "{moment}.getDayOfWeek()"),
            *(
                "{moment}.getDayOfYear()",
                "({length}).getMinutes()",
                "({length}).getHours()",
                "int(string({int}))",
            ),
        ),
        "text": ("({text} + {text})", "({bool} ? {text} : {text})", "string({int})", "{words}[{int}]"),
        "bool": (
            *("({bool} && {bool})", "({bool} || {bool})", "!({bool})", "({bool} ? {bool} : {bool})"),
            *(
                "({bool} && {bool} && {bool})",
                "({bool} || {bool} || {bool})",
                "({int} == {int})",
                "({int} != {int})",
            ),
            *(
                "({int} < {int})",
                "({int} >= {int})",
                "({text} < {text})",
                "({text} == {text})",
                "({list} == {list})",
            ),
            *(
                "({int} in {list})",
                "({text} in {words})",
                "({text}).contains({text})",
                "({text}).startsWith({text})",
            ),
            *(
                "({text}).endsWith({text})",
                "({moment} <= {moment})",
                "({length} > {length})",
                "({bool} < {bool})",
            ),
            *("{list}.all(x, {int} / x > {int})", "{list}.exists(x, x > {int} || {bool})"),
            *("{list}.exists_one(x, x == {int})", "{list}.all(x, {list}.exists(y, x < y || {bool}))"),
            "{words}.exists(x, x.size() == {int})",
        ),
        "list": (
            *("({list} + {list})", "({bool} ? {list} : {list})", "{list}.map(x, x + {int})"),
            *("{list}.filter(x, x > {int})", "{list}.map(x, x != {int}, x * 2)", "{words}.map(x, x.size())"),
        ),
        "words": ("({words} + {words})", "{words}.filter(x, {bool})", "{list}.map(x, string(x))"),
        "moment": ("({moment} + {length})", "({moment} - {length})"),
        "length": ("({moment} - {moment})", "({length} + {length})", "({length} - {length})"),
    }

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def expression(self, kind: str, depth: int) -> str:
        if depth == 0:
            return self.random.choice(self.leaves[kind])
        shape = self.random.choice(self.shapes[kind])
        for part in self.shapes:
            while "{" + part + "}" in shape:
                shape = shape.replace("{" + part + "}", self.expression(part, self.random.randrange(depth)), 1)
        return shape


def outcome_of_google(source: str) -> object:
    try:
        value = ENVIRONMENT.compile(source).eval(data=VALUES)
    except (RuntimeError, ValueError):
        return FAILED
    return FAILED if value.type() == google.Type.ERROR else plain(value.value())


def outcome_of_ours(source: str) -> object:
    try:
        program = compile_expression(source, OURS)
        return plain(program.evaluate(VALUES, Runtime(UTC, calendar=None)))
    except (CelError, EvaluationError):
        return FAILED


def plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [plain(item.value() if isinstance(item, google.Value) else item) for item in value]
    return value


def test_same_outcome() -> None:
    generator = Generator(SEED)
    differences, failures = [], 0
    for number in range(EXPRESSIONS):
        kind = list(generator.shapes)[number % len(generator.shapes)]
        source = generator.expression(kind, 1 + number % 4)
        theirs, ours = outcome_of_google(source), outcome_of_ours(source)
        failures += theirs == FAILED
        if theirs != ours or type(theirs) is not type(ours):
            differences.append((source, theirs, ours))
    assert differences == []
    assert EXPRESSIONS / 20 < failures < EXPRESSIONS / 2


PATTERNS = (
    *(
        "a",
        "^a",
        "a$",
        "^$",
        "^a*$",
        "a|b",
        "^(a|b)+c?$",
        "(?:ab){2}",
        "a{2,3}b",
        "^a{0}b",
        "a{1,}$",
        "a{,2}",
    ),
    *("[abc]+", "[^abc]", "[a-c-]$", "[]a]", "[\\d-]+", "[[:alpha:]]+$", "[[:^digit:]]", "\\bab\\b", "\\Bb"),
    *("^.$", "^..$", "\\d{3}-\\d{4}", "\\w+@\\w+", "\\s", "\\S$", "(?i)AB", "(?i)[B-C]+$", "(?s)a.b", "a.b"),
    *(
        "^\\p{Han}+$",
        "\\p{Lu}",
        "\\pN",
        "\\P{L}",
        "^[\\p{Han}a-z]+$",
        "\\x41",
        "\\x{4e2d}",
        "\\.",
        "\\Aab\\z",
    ),
    *(
        "(a*)*b",
        "(a|a)*$",
        "(?P<year>\\d{4})",
        "a??b",
        "(|a)b",
        "^(?:a?){3}a{3}$",
        "()",
        "x*",
        "[^\\d\\s]",
        "[\\t\\n]",
        "\\P{^Han}",
        "[a\\-z]$",
        "\\x{e9}",
        "[[:upper:]_]",
    ),
)
TEXTS = (
    *(
        "",
        "a",
        "b",
        "ab",
        "aab",
        "aaa",
        "abab",
        "abc",
        "AB",
        "A",
        "中文",
        "中a",
        "010-1234",
        "555-1234",
        "a b",
        "a\nb",
    ),
    *("me@here", " ", "é", "-", "]", "2026", ".", "😀", "_", "a{,2}", "a\n"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_same_matches(pattern: str) -> None:
    environment = google.NewEnv(variables={"s": google.Type.STRING, "p": google.Type.STRING})
    program = environment.compile("s.matches(p)")
    theirs = {text: program.eval(data={"s": text, "p": pattern}).value() for text in TEXTS}
    assert {text: matches(text, pattern) for text in TEXTS} == theirs


@pytest.mark.parametrize(
    "pattern",
    (
        "(a",
        "a)",
        "*a",
        "a**",
        "(?=a)",
        "(?<!a)",
        "\\1",
        "[a",
        "[b-a]",
        "a{2,1}",
        "\\Z",
        "\\q",
        "(?P<a",
        "\\x{zz}",
        "\\p{Nix}",
        "[[:nix:]]",
        "(?#a)",
        "a{1001}",
        "a{5,2}",
        "\\",
    ),
)
def test_same_refusals(pattern: str) -> None:
    program = google.NewEnv(variables={"p": google.Type.STRING}).compile("'a'.matches(p)")
    assert program.eval(data={"p": pattern}).type() == google.Type.ERROR
    with pytest.raises(EvaluationError):
        matches("a", pattern)
