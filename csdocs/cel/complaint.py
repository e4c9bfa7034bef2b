"""What is said about an expression that cannot work, in the words of whoever wrote the form."""

from collections.abc import Collection

from csdocs.cel.error import CelError
from csdocs.cel.syntax import Name, Stretch
from csdocs.cel.types import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    STAFF,
    STRING,
    TIME,
    TIMESTAMP,
    ListType,
    RecordType,
    Type,
)
from csdocs.model.suggestion import suggestion
from csdocs.model.text import COMMA, EMPTY, Text

_HINTS: tuple[tuple[frozenset[Type], Text], ...] = (
    (frozenset({DATE, INT}), Text("；三天写作 days(3)", "; three days are days(3)")),
    (frozenset({TIMESTAMP, INT}), Text("；三小时写作 hours(3)", "; three hours are hours(3)")),
    (frozenset({DATE, TIMESTAMP}), Text("；先用 date(…) 取日期", "; take the date of it with date(…)")),
    (
        frozenset({TIME}),
        Text("；先用 timestamp(日期, 时刻) 合成日期时间", "; join each with its date: timestamp(date, time)"),
    ),
    (frozenset({STRING, STAFF}), Text("；工号写作 .id", "; the staff number is .id")),
    (frozenset({STRING, INT}), Text("；整数变文字用 string(…)", "; string(…) makes text of a number")),
    (frozenset({STRING, DECIMAL}), Text("；小数变文字用 string(…)", "; string(…) makes text of a number")),
    (
        frozenset({STRING, DATE}),
        Text('；日期写作 date("2026-01-31")', '; a date is written date("2026-01-31")'),
    ),
    (frozenset({STRING, TIME}), Text('；时刻写作 time("07:50")', '; a time is written time("07:50")')),
    (
        frozenset({STRING, BOOL}),
        Text("；是否值写 true 或 false，不加引号", "; yes and no are true and false, without quotes"),
    ),
)


def _hint(*kinds: Type) -> Text:
    scalars = frozenset(kind for kind in kinds if not isinstance(kind, RecordType | ListType))
    return next((hint for pair, hint in _HINTS if pair == scalars), EMPTY)


def _error(span: Stretch, zh: str, en: str, **values: object) -> CelError:
    return CelError(Text(zh, en).format(**values), *span)


def unknown_name(name: Name, known: Collection[str]) -> CelError:
    hint = suggestion(name.name, known)
    return _error(
        name.span,
        "没有名为 {name} 的字段或名称{hint}",
        "there is no {name} here{hint}",
        name=name.name,
        hint=hint,
    )


def unknown_part(owner: Type, part: Name, known: Collection[str]) -> CelError:
    zh, en = "这里没有 {part}{hint}", "there is no {part} in it{hint}"
    if not known:
        zh, en = (
            "{owner}没有下级字段，不能写 .{part}",
            "a {owner} has no parts: .{part} cannot be asked of it",
        )
    return _error(part.span, zh, en, part=part.name, owner=owner.word, hint=suggestion(part.name, known))


def unknown_function(name: Name, functions: Collection[str], methods: Collection[str], *, method: bool) -> CelError:
    here, there = (methods, functions) if method else (functions, methods)
    if name.name in there:
        usage = f"{name.name}(x)" if method else f"x.{name.name}()"
        return _error(name.span, "{name} 要写作 {usage}", "write {name} as {usage}", name=name.name, usage=usage)
    hint = suggestion(name.name, here)
    return _error(name.span, "没有函数 {name}{hint}", "there is no function {name}{hint}", name=name.name, hint=hint)


def wrong_arguments(span: Stretch, name: str, kinds: list[Type], usage: Text) -> CelError:
    given = COMMA.join(kind.word for kind in kinds) if kinds else Text("空", "nothing")
    return _error(
        span,
        "{name} 不接受：{given}。可写作：{usage}",
        "{name} does not take: {given}. Write: {usage}",
        name=name,
        given=given,
        usage=usage,
    )


def wrong_operands(span: Stretch, operator: str, left: Type, right: Type) -> CelError:
    return _error(
        span,
        "“{operator}”不能用于{left}和{right}{hint}",
        '"{operator}" cannot take a {left} and a {right}{hint}',
        operator=operator,
        left=left.word,
        right=right.word,
        hint=_hint(left, right),
    )


def wrong_operand(span: Stretch, operator: str, kind: Type) -> CelError:
    return _error(
        span,
        "“{operator}”不能用于{kind}",
        '"{operator}" cannot take a {kind}',
        operator=operator,
        kind=kind.word,
    )


def not_comparable(span: Stretch, left: Type, right: Type) -> CelError:
    return _error(
        span,
        "不能比较{left}与{right}{hint}",
        "cannot compare a {left} with a {right}{hint}",
        left=left.word,
        right=right.word,
        hint=_hint(left, right),
    )


def not_ordered(span: Stretch, kind: Type) -> CelError:
    return _error(span, "{kind}没有大小先后之分", "a {kind} cannot be greater or less than another", kind=kind.word)


def not_yes_or_no(span: Stretch, operator: str, kind: Type) -> CelError:
    return _error(
        span,
        "“{operator}”要用是否值，这里是{kind}",
        '"{operator}" takes yes/no values, this is a {kind}',
        operator=operator,
        kind=kind.word,
    )


def not_a_list(span: Stretch, word: str, kind: Type) -> CelError:
    hint = (
        Text("；文字用 .contains(…)", "; for text there is .contains(…)") if word == "in" and kind is STRING else EMPTY
    )
    return _error(
        span,
        "“{word}”要用列表，这里是{kind}{hint}",
        '"{word}" takes a list, this is a {kind}{hint}',
        word=word,
        kind=kind.word,
        hint=hint,
    )


def not_alike(span: Stretch, left: Type, right: Type) -> CelError:
    return _error(
        span,
        "这里各项要同一种类，却有{left}和{right}",
        "these must be of one kind, but there is a {left} and a {right}",
        left=left.word,
        right=right.word,
    )


def no_index(span: Stretch, kind: Type) -> CelError:
    return _error(
        span,
        "[ ] 只用于列表的下标，这里是{kind}；字段用点：row.qty",
        "[ ] takes an item of a list, this is a {kind}; fields are written with a dot: row.qty",
        kind=kind.word,
    )


def always_present(name: Name) -> CelError:
    return _error(
        name.span,
        "{name} 总是有值；请写它的字段，如 has({name}.qty)",
        "{name} is always there; name a field of it, as has({name}.qty)",
        name=name.name,
    )


def too_many_macros(span: Stretch, limit: int) -> CelError:
    return _error(
        span,
        "all、exists、map、filter 最多套{limit}层",
        "all, exists, map and filter can be nested {limit} deep at most",
        limit=limit,
    )


def unexpected_result(span: Stretch, wanted: Type, found: Type) -> CelError:
    return _error(
        span,
        "这里需要{wanted}，公式得到的是{found}",
        "a {wanted} is needed here, but this gives a {found}",
        wanted=wanted.word,
        found=found.word,
    )
