import pickle
from collections import ChainMap
from datetime import date
from decimal import Decimal

import pytest

from csdocs.cel import CelError, EvaluationError, Runtime, compile_expression
from csdocs.cel import types as t
from csdocs.cel.pattern import compile_pattern, matches

NAMES = {
    "lead_min >= param.lead_min": ({("lead_min",), ("param", "lead_min")}, set()),
    "has(price) && price > 1": ({("price",)}, {("price",)}),
    "has(signed.outgoing.at) || has(signed.incoming)": (
        set(),
        {("signed", "outgoing", "at"), ("signed", "incoming")},
    ),
    "signed.outgoing.by.id == state": ({("signed", "outgoing", "by"), ("state",)}, set()),
    "has(applicant.since)": (set(), {("applicant",)}),
    "items.all(i, i.qty > row.qty)": ({("items",), ("row", "qty")}, set()),
    "items.all(state, state.qty > 0)": ({("items",)}, set()),
    "items[0].qty == 1": ({("items",)}, set()),
    "1 == 1": (set(), set()),
}
MESSAGES = [
    ("lead_mni > 1", 0, 8, "是不是 lead_min", "did you mean lead_min?"),
    ("1 + row.qti", 8, 3, "是不是 qty", "did you mean qty?"),
    ("day == 3", 0, 8, "不能比较日期与整数", "cannot compare a date with a whole number"),
    ("day + 3", 0, 7, "days(3)", "days(3)"),
    ("start - start", 0, 13, "timestamp(日期, 时刻)", "timestamp(date, time)"),
    ("workday(day, day)", 0, 7, "是不是 workdays", "did you mean workdays?"),
    ("getHours(arrived)", 0, 8, "x.getHours()", "x.getHours()"),
    ("lasted.days()", 7, 4, "days(x)", "days(x)"),
    ("workdays(day)", 0, 8, "workdays(日期, 日期)", "workdays(date, date)"),
    ("name in 'abc'", 8, 5, "contains", "contains"),
    ("applicant == name", 0, 17, "工号写作 .id", ".id"),
    ("applicant < team[0]", 0, 19, "没有大小先后", "greater or less"),
    ("lead_min && true", 0, 8, "整数", "whole number"),
    ("urgent ? 1 : 'a'", 0, 16, "整数和文字", "a whole number and a text"),
    ("price.places", 6, 6, "小数没有下级字段", "a decimal has no parts"),
    ("has(1 + 1)", 0, 10, "has(row.qty)", "has(row.qty)"),
    ("items.all(i, has(i))", 17, 1, "总是有值", "always there"),
    ("items.all(i, i > 1)", 13, 5, "一组字段", "group of fields"),
    ("row.tags > []", 0, 13, "列表", "a list"),
    ("items.all(i > 0)", 6, 3, "列表.all", "list.all"),
    ("price == null", 9, 4, "has", "has"),
    ("lead_min ≥ 3", 9, 1, ">=", ">="),
    ("lead_min > 3 and urgent", 13, 3, "&&", "&&"),
    ("size（name）", 4, 1, "(", "("),
    ("lead_min = 3", 9, 1, "==", "=="),
    ("name == '王", 8, 1, "引号", "quote"),
    (r"name == 'a\q'", 10, 2, "反斜杠", "backslash"),
    ("1u > lead_min", 0, 2, "去掉字母 u", "leave out the u"),
    ("days(999999999999)", 0, 18, "太大", "too large"),
    (
        "lead_min.startsWith('a')",
        9,
        10,
        "不接受：整数。可写作：文字.startsWith(文字)",
        "does not take: whole number. Write: text.startsWith(text)",
    ),
    ("lead_min > )", 11, 1, "不应出现“)”", ") is not expected"),
    ("(lead_min > 3", 13, 0, "缺少 )", ") is missing"),
    ("name.matches('a(?=b)')", 13, 8, "前后查看", "look-around"),
    ("name.matches('(a)\\\\1')", 13, 8, "反向引用", "back-reference"),
    ("date('2026-02-30')", 0, 18, "不是日期", "not a date"),
    (
        "items.exists(a, items.exists(b, items.exists(c, items.exists(d, true))))",
        48,
        21,
        "最多套3层",
        "3 deep",
    ),
]


@pytest.mark.parametrize("source", NAMES)
def test_names(source, scope):
    program = compile_expression(source, scope)
    assert (program.names, program.guarded) == NAMES[source]


@pytest.mark.parametrize(("source", "offset", "length", "zh", "en"), MESSAGES)
def test_message(source, offset, length, zh, en, scope):
    with pytest.raises(CelError) as refusal:
        compile_expression(source, scope)
    error = refusal.value
    assert (error.offset, error.length) == (offset, length)
    assert zh in error.message.zh
    assert en in error.message.en


@pytest.mark.parametrize(
    ("source", "expected"),
    {
        "has(price)": True,
        "has(missing)": False,
        "has(signed.outgoing)": True,
        "has(signed.incoming)": False,
        "has(signed.incoming.at)": False,
        "has(row.qty) && !has(row.price)": True,
        "items.map(i, has(i.at))": [False, True],
        "team.all(p, has(p.since))": True,
        "has(missing) ? missing : 7": 7,
        "!has(missing) || missing > 3": True,
        "missing > 3 || !has(missing)": True,
    }.items(),
)
def test_has(source, expected, evaluate):
    assert evaluate(source) == expected


def test_expected_type(scope, values, runtime):
    program = compile_expression("lead_min", scope, t.DECIMAL)
    assert program.type is t.DECIMAL
    assert type(program.evaluate(values, runtime)) is Decimal
    assert len({t.RecordType({"no": t.STRING}), t.RecordType({"no": t.STRING})}) == 1
    assert compile_expression("[]", scope, t.ListType(t.DATE)).type == t.ListType(t.DATE)
    listed = compile_expression("numbers", scope, t.ListType(t.DECIMAL))
    assert listed.evaluate(values, runtime) == [3, 1, 2, 3]
    with pytest.raises(CelError, match="a yes/no value is needed here, but this gives a date") as refusal:
        compile_expression("day", scope, t.BOOL)
    assert (refusal.value.offset, refusal.value.length) == (0, 3)


def test_failure_tells_its_place(scope, values, runtime):
    with pytest.raises(EvaluationError) as failure:
        compile_expression("lead_min > 3 &&\n missing / 2 > 1", scope).evaluate(values, runtime)
    assert failure.value.offset == 17
    assert failure.value.message.en == "missing has no value"


def test_pickling_compiles_again(scope, values, runtime):
    program = compile_expression("price * lead_min > 100 && name.matches('^王')", scope, t.BOOL)
    again = pickle.loads(pickle.dumps(program))
    assert again.source == program.source
    assert repr(again) == repr(program)
    assert (again.type, again.names, again.guarded) == (program.type, program.names, program.guarded)
    assert again.evaluate(values, runtime) is True


def test_any_mapping_will_do(scope, values, runtime):
    program = compile_expression("param.lead_min + lead_min", scope)
    assert program.evaluate(ChainMap({}, values), runtime) == 22
    with pytest.raises(EvaluationError, match="lead_min has no value"):
        program.evaluate(ChainMap({"param": {}}, values), runtime)


def test_a_fault_of_the_calendar_is_no_missing_value(scope, values, runtime):
    class Unread:
        def workdays(self, start: date, end: date) -> int:
            return {}[start]

    with pytest.raises(KeyError):
        compile_expression("workdays(day, day) > 1", scope).evaluate(values, Runtime(runtime.timezone, Unread()))


def test_limits(scope, values, runtime):
    deep = "(" * 63 + "1" + ")" * 63
    assert compile_expression(deep, scope).evaluate(values, runtime) == 1
    nested = "(urgent && " * 60 + "missing > 1 || urgent" + ")" * 60
    assert compile_expression(nested, scope).evaluate(values, runtime) is True
    chain = " && ".join(["urgent"] * 300)
    assert compile_expression(chain, scope).evaluate(values, runtime) is True
    for source in (f"({deep})", "!" * 64 + "urgent", "1" + " + 1" * 64, "urgent ? 1 : " * 64 + "2"):
        with pytest.raises(CelError, match="nested too deeply"):
            compile_expression(source, scope)
    with pytest.raises(CelError, match="too long"):
        compile_expression("1" + " " * 4_000, scope)


def test_matching_takes_time_in_proportion_to_the_text():
    assert not matches("a" * 5_000, "^(a+)+$b")
    assert not matches("a" * 5_000 + "!", "^(a|a)*$")
    assert matches("a" * 30, "^(?:a?){30}a{30}$")
    assert matches("ab" * 3_000, "(a|b)*a(a|b){13}$")


def test_a_pattern_is_bounded():
    for pattern in ("(a{100}){100}", "((){1000}){1000}", "a{1001}", "(" * 40 + ")" * 40):
        with pytest.raises(EvaluationError):
            compile_pattern(pattern)


def test_many_characters_do_not_fill_the_memory():
    pattern = compile_pattern("x$")
    assert not pattern.search("".join(map(chr, range(0x4E00, 0x4E00 + 25_000))))
    assert pattern.search("中x")
