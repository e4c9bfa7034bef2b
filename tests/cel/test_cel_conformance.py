"""What CEL's language definition says of the subset, case by case: an expression and its value, or that it fails."""

from decimal import Decimal

import pytest

from csdocs.cel import CelError, EvaluationError

TRUE_CASES = {
    "precedence": [
        "1 + 2 * 3 == 7",
        "(1 + 2) * 3 == 9",
        "10 - 4 - 3 == 3",
        "100 / 10 / 2 == 5",
        "2 * 3 % 4 == 2",
        "!false && true",
        "true || false && false",
        "1 < 2 == true",
        "1 in [1] == true",
        "false ? false : true ? true : false",
        "-2 * -3 == 6",
        "- 5 == -5",
        "--5 == 5",
        "!!true",
        "1 +\n  // a comment\n  1 == 2",
    ],
    "whole numbers": [
        "7 / 2 == 3",
        "-7 / 2 == -3",
        "7 / -2 == -3",
        "-7 / -2 == 3",
        "7 % 2 == 1",
        "-7 % 2 == -1",
        "7 % -2 == 1",
        "-7 % -2 == -1",
        "0x1F == 31",
        "-0x10 == -16",
        "012 == 12",
        "9223372036854775807 - 1 == 9223372036854775806",
        "-9223372036854775808 + 1 == -9223372036854775807",
        "-9223372036854775808 < 9223372036854775807",
    ],
    "decimals": [
        "0.1 + 0.2 == 0.3",
        "1.10 == 1.1",
        ".5 == 0.5",
        "1e3 == 1000",
        "1.5E-2 == 0.015",
        "1 + 0.5 == 1.5",
        "3 * 0.1 == 0.3",
        "1.0 == 1",
        "2 > 1.5 && 1.5 > 1",
        "7 / 2.0 == 3.5",
        "1.0 / 3 == 0.3333333333333333333333333333",
        "2.0 / 3 == 0.6666666666666666666666666667",
        "-1.5 == 0 - 1.5",
        "1 in [1.0, 2.5]",
    ],
    "texts": [
        "'中文' == \"中文\"",
        "size('中文') == 2",
        "'中文'.size() == 2",
        "size('😀') == 1",
        "'a' + 'b' == 'ab'",
        "'a' < 'b' && 'Z' < 'a' && 'a' < 'aa'",
        "'\\u00e9' > 'z'",
        "'hello'.startsWith('he') && !'hello'.startsWith('lo')",
        "'hello'.endsWith('lo') && 'x'.endsWith('')",
        "'hello'.contains('ell') && 'x'.contains('')",
        "'hello'.matches('l+') && !'hello'.matches('^l')",
        "matches('hello', 'h.*o$')",
        "'it\\'s' == \"it's\"",
        "'''it's''' == \"it's\"",
        '"""two\nlines""" == "two\\nlines"',
        "r'\\d' == '\\\\d'",
        "R\"\\\" == '\\\\'",
        "'\\x41\\u4e2d\\U0001F600\\101' == 'A中😀A'",
        "'\\a\\b\\f\\n\\r\\t\\v\\?\\`'.size() == 9",
    ],
    "yes and no": [
        "true && true",
        "true || false",
        "false == false && true != false",
        "false < true",
        "true ? true : false",
    ],
    "errors beside what decides": [
        "false && 1 / 0 == 1 || true",
        "!(1 / 0 == 1 && false)",
        "!(false && 1 / 0 == 1)",
        "1 / 0 == 1 || true",
        "true || 1 / 0 == 1",
        "1 / 0 == 1 || 2 / 0 == 1 || true",
        "(1 / 0 == 1 || true) && true",
        "true ? true : 1 / 0 == 1",
        "false ? 1 / 0 == 1 : true",
        "[0, 1].exists(x, 1 / x == 1)",
        "![0, 2].all(x, 1 / x == 1)",
        "[[0], [1]].exists(l, l.all(x, 1 / x == 1))",
    ],
    "lists": [
        "[1, 2] + [3] == [1, 2, 3]",
        "[] == []",
        "[1] != []",
        "[[1], []] == [[1], []]",
        "[1, 2][1] == 2",
        "[[1, 2], [3]][0][1] == 2",
        "1 in [1, 2] && !(3 in [1, 2])",
        "!(1 in [])",
        "[1] in [[1], [2]]",
        "size([1, 2, 3]) == 3 && [].size() == 0",
        "[1, 2,] == [1, 2]",
        "['a', 'b'] == ['a'] + ['b']",
    ],
    "macros": [
        "[1, 2, 3].all(x, x > 0)",
        "![1, 2, 3].all(x, x > 1)",
        "[1, 2, 3].exists(x, x == 2)",
        "![1, 2, 3].exists(x, x == 4)",
        "[1, 2, 3].exists_one(x, x == 2)",
        "![1, 2, 2].exists_one(x, x == 2)",
        "[1, 2, 3].map(x, x * 2) == [2, 4, 6]",
        "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]",
        "[1, 2, 3].filter(x, x > 1) == [2, 3]",
        "[].all(x, x > 0) && ![].exists(x, x > 0) && ![].exists_one(x, x > 0)",
        "[].map(x, x * 2) == [] && [].filter(x, x > 0) == []",
        "[1, 2].map(x, [3, 4].map(x, x * 10)) == [[30, 40], [30, 40]]",
        "[1, 2].map(x, [x].map(x, x + 1)) == [[2], [3]]",
        "[1, 2].exists(x, [2, 3].exists(y, x == y))",
        "[1, 2].filter(x, [x].exists(x, x == 2) && x > 1) == [2]",
        "[3, 4].map(name, name) == [3, 4] && name.size() == 3",
    ],
    "conversions": [
        "int('-12') == -12 && int(3) == 3",
        "int(2.9) == 2 && int(-2.9) == -2",
        "string(12) == '12' && string('x') == 'x' && string(true) == 'true'",
        "string(2.50) == '2.50'",
        "decimal('26.50') == 26.5 && decimal(3) == 3.0",
        "int(timestamp('1970-01-01T00:01:00Z')) == 60",
    ],
    "moments": [
        "timestamp('2026-01-01T00:00:00Z') == timestamp('2026-01-01T08:00:00+08:00')",
        "timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z') == duration('24h')",
        "timestamp('2026-01-01T00:00:00Z') + duration('90m') == timestamp('2026-01-01T01:30:00Z')",
        "duration('1h') + timestamp('2026-01-01T00:00:00Z') > timestamp('2026-01-01T00:00:00Z')",
        "duration('1h30m') == duration('90m') && duration('90m') == duration('5400s')",
        "duration('-1.5h') == duration('0s') - duration('90m')",
        "duration('1ms') == duration('1000us')",
        "duration('1h').getMinutes() == 60 && duration('90m').getHours() == 1",
        "duration('-90m').getHours() == -1",
        "timestamp('2026-01-01T00:00:00Z').getHours() == 8",
        "timestamp('2026-12-31T16:00:00Z').getFullYear() == 2027",
        "timestamp('2026-03-01T00:00:00Z').getMonth() == 2",
        "timestamp('2026-03-01T00:00:00Z').getDate() == 1",
        "timestamp('2026-03-01T00:00:00Z').getDayOfMonth() == 0",
        "timestamp('2026-03-01T00:00:00Z').getDayOfYear() == 59",
        "timestamp('2026-03-01T00:00:00Z').getDayOfWeek() == 0",
        "timestamp('2026-03-01T00:05:06.789Z').getMinutes() == 5",
        "timestamp('2026-03-01T00:05:06.789Z').getSeconds() == 6",
        "timestamp('2026-03-01T00:05:06.789Z').getMilliseconds() == 789",
    ],
}
FAILURES = [
    "9223372036854775807 + 1",
    "-9223372036854775808 - 1",
    "9223372036854775807 * 2",
    "-9223372036854775808 / -1",
    "-9223372036854775808 % -1",
    "-(-9223372036854775808)",
    "abs(-9223372036854775808)",
    "sum([9223372036854775807, 1])",
    "int(1e19)",
    "1 / 0",
    "1 % 0",
    "1.0 / 0",
    "0.0 / 0",
    "1e999 * 1e999",
    "[1][1]",
    "[1][-1]",
    "1 / 0 == 1 && true",
    "false || 1 / 0 == 1",
    "(1 / 0 == 1) ? true : true",
    "[0, 2].exists(x, 1 / x == 1)",
    "[0, 1].all(x, 1 / x == 1)",
    "[0, 1].exists_one(x, 1 / x == 1)",
    "[0].map(x, 1 / x)",
    "timestamp('9999-12-31T00:00:00Z') + duration('48h')",
    "int('1' + 'x')",
    "decimal('1.' + '')",
    "date('2026-02-' + '30')",
    "name.matches('(' + name)",
]
REFUSED = [
    *("", "1 +", "(1", "1)", "[1", "f(1,)", "a..b", ".a", "1 2", "a ? b", "x.all(1, true)", "x.map(i)"),
    *(
        "null",
        "{'a': 1}",
        "b'x'",
        "1u",
        "'x",
        "'x\ny'",
        "'\\q'",
        "'\\ud800'",
        "'\\U00110000'",
        "1 = 1",
        "a & b",
    ),
    *("for", "let == 1", "has(1)", "has()", "has([1].x)", "9223372036854775808", "-9223372036854775809"),
    *("1 < 2 < 3", "1 == '1'", "true && 1", "!1", "-true", "'a' * 2", "1 + true", "1 in 2", "1 in ['a']"),
    *(
        "[1, 'a']",
        "true ? 1 : 'a'",
        "1 ? 2 : 3",
        "1.5 % 1",
        "size(1)",
        "nothing",
        "nothing(1)",
        "1[0]",
        "[1]['a']",
    ),
    *(
        "'a'.getHours()",
        "'a'.nothing()",
        "startsWith('a', 'b')",
        "days.days()",
        "[1].all(x, x)",
        "1.all(x, true)",
    ),
    *(
        "int('x')",
        "duration('1 h')",
        "duration('PT')",
        "duration('P1Y')",
        "date('2026-1-1')",
        "'a'.matches('(')",
    ),
    *(
        "timestamp('2026-01-01T00:00:00')",
        "time('24:00')",
        "decimal('1e5')",
        "days(999999999999)",
        "@",
        "中 == 1",
    ),
]


@pytest.mark.parametrize("source", [source for cases in TRUE_CASES.values() for source in cases])
def test_true(source, evaluate):
    assert evaluate(source) is True


@pytest.mark.parametrize("source", FAILURES)
def test_fails(source, evaluate):
    with pytest.raises(EvaluationError):
        evaluate(source)


@pytest.mark.parametrize("source", REFUSED)
def test_refused(source, evaluate):
    with pytest.raises(CelError) as refusal:
        evaluate(source)
    assert 0 <= refusal.value.offset <= len(source)
    assert refusal.value.offset + refusal.value.length <= len(source)


@pytest.mark.parametrize(
    "source", ["1 + 1.5", "1.5 + 1", "[1, 1.5][0]", "true ? 1 : 1.5", "([1] + [1.5])[0]", "max(2, 1.5)"]
)
def test_a_decimal_is_never_a_plain_number(source, evaluate):
    assert type(evaluate(source)) is Decimal
