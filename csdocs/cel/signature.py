"""Which operators and functions there are, what they take and give, and what carries them out."""

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from csdocs.cel import library, moment
from csdocs.cel.pattern import matches
from csdocs.cel.plan import Function
from csdocs.cel.types import (
    ANY,
    BOOL,
    DATE,
    DECIMAL,
    DURATION,
    INT,
    STRING,
    TIME,
    TIMESTAMP,
    ListType,
    Type,
    fits,
)
from csdocs.model.text import EMPTY, Text, same


class Overload(NamedTuple):
    """`result` None is the first argument's type; `literal` calls with constants are made on compiling."""

    parameters: tuple[Type, ...]
    result: Type | None
    function: Function
    runtime: bool = False
    literal: bool = False


Overloads = tuple[Overload, ...]
_LIST = ListType(ANY)
_NUMBERS = (INT, DECIMAL)
_MIXED = tuple(pair for pair in product(_NUMBERS, _NUMBERS) if DECIMAL in pair)
_SHOWN = 4  # ways to write a function that a message names
_COMPARED = (INT, DECIMAL, DATE, TIME, TIMESTAMP, DURATION)


def _decimals(function: Function) -> Overloads:
    """Exact arithmetic takes whole numbers as they are, so that nothing need be converted first."""
    return tuple(Overload(pair, DECIMAL, function) for pair in _MIXED)


def _extreme(function: Function, of_two: Function) -> Overloads:
    of_list = tuple(Overload((ListType(kind),), kind, function) for kind in _COMPARED)
    return (*(Overload((kind, kind), kind, of_two) for kind in _COMPARED), *of_list)


OPERATORS: Mapping[str, Overloads] = {
    "+": (
        Overload((INT, INT), INT, library.add_integers),
        *_decimals(library.add_decimals),
        Overload((STRING, STRING), STRING, str.__add__),
        Overload((DATE, DURATION), DATE, moment.add_to_date),
        Overload((DURATION, DATE), DATE, moment.add_to_length),
        Overload((TIMESTAMP, DURATION), TIMESTAMP, moment.add),
        Overload((DURATION, TIMESTAMP), TIMESTAMP, moment.add),
        Overload((DURATION, DURATION), DURATION, moment.add),
    ),
    "-": (
        Overload((INT, INT), INT, library.subtract_integers),
        *_decimals(library.subtract_decimals),
        Overload((DATE, DATE), DURATION, moment.subtract),
        Overload((DATE, DURATION), DATE, moment.subtract_from_date),
        Overload((TIMESTAMP, TIMESTAMP), DURATION, moment.subtract),
        Overload((TIMESTAMP, DURATION), TIMESTAMP, moment.subtract),
        Overload((DURATION, DURATION), DURATION, moment.subtract),
    ),
    "*": (Overload((INT, INT), INT, library.multiply_integers), *_decimals(library.multiply_decimals)),
    "/": (Overload((INT, INT), INT, library.divide_integers), *_decimals(library.divide_decimals)),
    "%": (Overload((INT, INT), INT, library.remainder),),
}
NEGATION: Overloads = (
    Overload((INT,), INT, library.negate_integer),
    Overload((DECIMAL,), DECIMAL, library.negate_decimal),
)
_SIZE: Overloads = (Overload((STRING,), INT, len), Overload((_LIST,), INT, len))
_MATCHES: Overloads = (Overload((STRING, STRING), BOOL, matches),)

FUNCTIONS: Mapping[str, Overloads] = {
    "size": _SIZE,
    "matches": _MATCHES,
    "int": (
        Overload((INT,), INT, library.whole),
        Overload((DECIMAL,), INT, library.truncate),
        Overload((STRING,), INT, library.parse_integer, literal=True),
        Overload((TIMESTAMP,), INT, moment.epoch_seconds),
    ),
    "decimal": (
        Overload((DECIMAL,), DECIMAL, library.widen),
        Overload((STRING,), DECIMAL, library.parse_decimal, literal=True),
    ),
    "string": (
        Overload((INT,), STRING, str),
        Overload((DECIMAL,), STRING, library.text_of_decimal),
        Overload((STRING,), STRING, str),
        Overload((BOOL,), STRING, library.text_of_bool),
        Overload((DATE,), STRING, str),
        Overload((TIME,), STRING, moment.text_of_time),
        Overload((TIMESTAMP,), STRING, moment.text_of_timestamp, runtime=True),
        Overload((DURATION,), STRING, moment.text_of_duration),
    ),
    "date": (
        Overload((STRING,), DATE, moment.parse_date, literal=True),
        Overload((TIMESTAMP,), DATE, moment.date_of, runtime=True),
    ),
    "time": (
        Overload((STRING,), TIME, moment.parse_time, literal=True),
        Overload((TIMESTAMP,), TIME, moment.time_of, runtime=True),
    ),
    "timestamp": (
        Overload((STRING,), TIMESTAMP, moment.parse_timestamp, literal=True),
        Overload((DATE, TIME), TIMESTAMP, moment.combine, runtime=True),
    ),
    "duration": (Overload((STRING,), DURATION, moment.parse_duration, literal=True),),
    "days": tuple(Overload((kind,), DURATION, moment.days, literal=True) for kind in _NUMBERS),
    "hours": tuple(Overload((kind,), DURATION, moment.hours, literal=True) for kind in _NUMBERS),
    "minutes": tuple(Overload((kind,), DURATION, moment.minutes, literal=True) for kind in _NUMBERS),
    "add_months": (Overload((DATE, INT), DATE, moment.add_months),),
    "months_between": (Overload((DATE, DATE), INT, moment.months_between),),
    "workdays": (Overload((DATE, DATE), INT, moment.workdays, runtime=True),),
    "add_workdays": (Overload((DATE, INT), DATE, moment.add_workdays, runtime=True),),
    "worktime": (Overload((TIMESTAMP, TIMESTAMP), DURATION, moment.worktime, runtime=True),),
    "sum": (
        Overload((ListType(INT),), INT, library.sum_integers),
        Overload((ListType(DECIMAL),), DECIMAL, library.sum_decimals),
    ),
    "mean": (Overload((ListType(DECIMAL),), DECIMAL, library.mean),),
    "min": _extreme(library.smallest, min),
    "max": _extreme(library.largest, max),
    "round": (Overload((DECIMAL, INT), DECIMAL, library.round_half_up),),
    "abs": (
        Overload((INT,), INT, library.absolute_integer),
        Overload((DECIMAL,), DECIMAL, library.absolute_decimal),
    ),
    "distinct": (Overload((_LIST,), None, library.distinct),),
}


def _getters() -> dict[str, Overloads]:
    getters: dict[str, list[Overload]] = {}
    for name, of_date in moment.DATE_GETTERS.items():
        getters.setdefault(name, []).append(Overload((DATE,), INT, of_date))
    for name, of_time in moment.TIME_GETTERS.items():
        getters.setdefault(name, []).append(Overload((TIME,), INT, of_time))
    for name, of_moment in {**moment.DATE_GETTERS, **moment.TIME_GETTERS}.items():
        getters.setdefault(name, []).append(Overload((TIMESTAMP,), INT, moment.local(of_moment), runtime=True))
    for name, of_length in moment.DURATION_GETTERS.items():
        getters.setdefault(name, []).append(Overload((DURATION,), INT, of_length))
    return {name: tuple(overloads) for name, overloads in getters.items()}


METHODS: Mapping[str, Overloads] = {
    "size": _SIZE,
    "matches": _MATCHES,
    "startsWith": (Overload((STRING, STRING), BOOL, str.startswith),),
    "endsWith": (Overload((STRING, STRING), BOOL, str.endswith),),
    "contains": (Overload((STRING, STRING), BOOL, library.contains),),
    **_getters(),
}


def choose(overloads: Overloads, kinds: tuple[Type, ...]) -> Overload | None:
    """The overload for exactly these types, else the first they fit."""
    exact = (overload for overload in overloads if overload.parameters == kinds)
    return next(exact, None) or next((overload for overload in overloads if _takes(overload, kinds)), None)


def _takes(overload: Overload, kinds: tuple[Type, ...]) -> bool:
    wanted = overload.parameters
    return len(wanted) == len(kinds) and all(map(fits, kinds, wanted))


def usage(name: str, overloads: Overloads, *, method: bool) -> Text:
    """How the function may be written, for a message: `date(text), date(date with time)`."""
    shown = [_written(name, overload, method) for overload in overloads[:_SHOWN]]
    dots = ["…"] if len(overloads) > _SHOWN else []
    return Text("，", ", ").join([*shown, *dots])


def _written(name: str, overload: Overload, method: bool) -> Text:
    words = [kind.word for kind in overload.parameters]
    target = words.pop(0) if method else None
    call = EMPTY.join([f"{name}(", same(", ").join(words), ")"])
    return call if target is None else same(".").join([target, call])
