"""Numbers, texts and lists at run time. Every function here is total: a value, or an `EvaluationError`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from functools import partial, reduce
from typing import NoReturn, TypeVar

from csdocs.cel.error import EvaluationError
from csdocs.model.text import Text

Item = TypeVar("Item")
Ordered = TypeVar("Ordered", int, Decimal, date, time, datetime, timedelta)

MIN_INT, MAX_INT = -(2**63), 2**63 - 1
CONTEXT = Context(
    prec=28, rounding=ROUND_HALF_UP, Emin=-999, Emax=999, traps=[InvalidOperation, DivisionByZero, Overflow]
)
TOO_LARGE = Text("结果太大，无法计算", "the result is too large to be calculated")
DIVIDED_BY_ZERO = Text("除数为零", "division by zero")
EMPTY_LIST = Text("列表是空的，没有{what}", "the list is empty: there is no {what}")
FAILURES = (EvaluationError, KeyError, ArithmeticError)


def fail(message: Text, **values: object) -> NoReturn:
    raise EvaluationError(message.format(**values))


def whole(number: int) -> int:
    if MIN_INT <= number <= MAX_INT:
        return number
    fail(TOO_LARGE)


def add_integers(left: int, right: int) -> int:
    total = left + right
    return total if MIN_INT <= total <= MAX_INT else whole(total)


def subtract_integers(left: int, right: int) -> int:
    rest = left - right
    return rest if MIN_INT <= rest <= MAX_INT else whole(rest)


def multiply_integers(left: int, right: int) -> int:
    return whole(left * right)


def divide_integers(left: int, right: int) -> int:
    """Truncates toward zero, unlike Python's `//`."""
    if right == 0:
        fail(DIVIDED_BY_ZERO)
    quotient = abs(left) // abs(right)
    return whole(quotient if (left < 0) == (right < 0) else -quotient)


def remainder(left: int, right: int) -> int:
    """Has the sign of `left`, unlike Python's `%`; fails where the quotient does."""
    divide_integers(left, right)
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest


def negate_integer(number: int) -> int:
    return whole(-number)


def absolute_integer(number: int) -> int:
    return whole(abs(number))


add_decimals = CONTEXT.add
subtract_decimals = CONTEXT.subtract
multiply_decimals = CONTEXT.multiply
negate_decimal = CONTEXT.minus
absolute_decimal = CONTEXT.abs


def divide_decimals(left: Decimal | int, right: Decimal | int) -> Decimal:
    if not right:
        fail(DIVIDED_BY_ZERO)
    return CONTEXT.divide(left, right)


def round_half_up(number: Decimal, places: int) -> Decimal:
    if not 0 <= places <= 20:
        fail(Text("round 的小数位数须在0至20之间", "round takes 0 to 20 places"))
    return number.quantize(Decimal((0, (1,), -places)), context=CONTEXT)


def truncate(number: Decimal) -> int:
    return whole(int(number))


def parse_integer(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
        fail(Text("“{text}”不是整数", '"{text}" is not a whole number'), text=text)
    return whole(int(text))


def parse_decimal(text: str) -> Decimal:
    before, dot, after = text.removeprefix("-").partition(".")
    digits = before + after
    if not (before and bool(dot) == bool(after) and digits.isascii() and digits.isdigit() and len(digits) <= 28):
        fail(Text("“{text}”不是小数", '"{text}" is not a decimal'), text=text)
    return Decimal(text)


def widen(value: object) -> object:
    """A whole number, or the whole numbers in a list, as decimals."""
    if isinstance(value, int):
        return Decimal(value)
    return [widen(item) for item in value] if isinstance(value, Sequence) else value


def text_of_decimal(number: Decimal) -> str:
    return format(number, "f")


def text_of_bool(value: bool) -> str:
    return "true" if value else "false"


def contains(text: str, part: str) -> bool:
    return part in text


def concatenate(left: Sequence[Item], right: Sequence[Item]) -> list[Item]:
    return [*left, *right]


def item_at(items: Sequence[Item], index: int) -> Item:
    if 0 <= index < len(items):
        return items[index]
    message = Text("列表没有下标{index}（共{count}项）", "the list has no item [{index}]; it holds {count}")
    fail(message, index=index, count=len(items))


def key(value: object) -> object:
    """A hashable stand-in, equal when the values are; for a staff member the staff number."""
    if isinstance(value, Mapping):
        return frozenset((name, key(part)) for name, part in value.items())
    identity = getattr(value, "id", None)
    if identity is None and isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(map(key, value))
    return value if identity is None else identity


def keys(values: Iterable[object]) -> list[object]:
    return [key(value) for value in values]


def is_single(items: Sequence[object]) -> bool:
    return len(items) == 1


def distinct(items: Sequence[Item]) -> list[Item]:
    firsts: dict[object, Item] = {}
    for item in items:
        firsts.setdefault(key(item), item)
    return list(firsts.values())


def sum_integers(numbers: Sequence[int]) -> int:
    return whole(sum(numbers))


def sum_decimals(numbers: Sequence[Decimal]) -> Decimal:
    return reduce(CONTEXT.add, numbers, Decimal(0))


def mean(numbers: Sequence[Decimal]) -> Decimal:
    if not numbers:
        fail(EMPTY_LIST, what=Text("平均值", "mean"))
    return CONTEXT.divide(sum_decimals(numbers), len(numbers))


def smallest(items: Sequence[Ordered]) -> Ordered:
    if not items:
        fail(EMPTY_LIST, what=Text("最小值", "smallest value"))
    return min(items)


def largest(items: Sequence[Ordered]) -> Ordered:
    if not items:
        fail(EMPTY_LIST, what=Text("最大值", "largest value"))
    return max(items)


def is_present(root: object, path: tuple[str, ...]) -> bool:
    for name in path:
        if not isinstance(root, Mapping) or name not in root:
            return False
        root = root[name]
    return True


def is_absent(root: object, path: tuple[str, ...]) -> bool:
    """Whether a name of the path is missing; a part of a value that is there (`applicant.since`) is not."""
    for name in path:
        if type(root) is not dict and not isinstance(root, Mapping):
            return False
        if name not in root:
            return True
        root = root[name]
    return False


def decide(outcome: bool, operands: Iterable[Callable[[], bool]]) -> bool:
    """`outcome` if any operand gives it, even beside operands that fail; else the first failure, if any.

    With `True` this is CEL's `||`, with `False` its `&&`.
    """
    failure: Exception | None = None
    for operand in operands:
        try:
            if operand() is outcome:
                return outcome
        except FAILURES as error:
            failure = failure or error
    if failure is not None:
        raise failure
    return not outcome


def decide_each(outcome: bool, items: Iterable[Item], test: Callable[[Item], bool]) -> bool:
    return decide(outcome, (partial(test, item) for item in items))
