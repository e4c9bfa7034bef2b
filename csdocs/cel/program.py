"""From source to something that can be evaluated."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from csdocs.cel import complaint
from csdocs.cel.call import widened
from csdocs.cel.check import Checker, Path
from csdocs.cel.emit import Compiled, compile_plan, place_of
from csdocs.cel.error import EvaluationError
from csdocs.cel.library import FAILURES, TOO_LARGE, is_absent
from csdocs.cel.parser import parse
from csdocs.cel.runtime import Runtime
from csdocs.cel.syntax import Stretch
from csdocs.cel.types import Type, fits
from csdocs.model.text import Text

NO_VALUE = Text("{name} 没有值", "{name} has no value")
_OWNERS = re.compile(r"(?:[A-Za-z_]\w*\s*\.\s*)*\Z", re.ASCII)
_NAME = re.compile(r"\w*", re.ASCII)


class Scope(NamedTuple):
    """The names an expression may use. `complete` are those of mappings in which nothing is ever missing."""

    names: Mapping[str, Type]
    complete: frozenset[str] = frozenset()


class Program:
    """A compiled expression. It is pickled as its source and compiled again where it is unpickled.

    `names` holds every path it reads outside `has()`, as far as keys of mappings go: `a.by.id` of a staff
    member `by` is read as `("a", "by")`. `guarded` holds the paths within `has()`.
    """

    def __init__(self, source: str, scope: Scope, expect: Type | None = None) -> None:
        checker = Checker(scope.names)
        plan = checker.plan(parse(source))
        if expect is not None and not fits(plan.type, expect):
            raise complaint.unexpected_result(Stretch(0, len(source)), expect, plan.type)
        self.plan = plan if expect is None else widened(plan, expect)
        self._arguments = (source, scope, expect)
        self.source = source
        self.type = self.plan.type
        self.names: frozenset[Path] = frozenset(checker.names)
        self.guarded: frozenset[Path] = frozenset(checker.guarded)
        self.needed: tuple[Path, ...] = tuple(
            path for path in self.names - self.guarded if len(path) == 1 or path[0] not in scope.complete
        )
        self._at_hand = frozenset(path[0] for path in self.needed)
        self._inside = tuple(path for path in self.needed if len(path) > 1)

    def __reduce__(self) -> tuple[type["Program"], tuple[str, Scope, Type | None]]:
        return Program, self._arguments

    def __repr__(self) -> str:
        return f"<Program {self.source!r}>"

    def evaluate(self, values: Mapping[str, object], runtime: Runtime) -> object:
        try:
            return self._quick(values, runtime)
        except FAILURES:
            return self._look_again(values, runtime)

    def lacks(self, values: Mapping[str, object]) -> bool:
        """Whether a name that it reads outside `has()` is absent, so that it cannot be judged yet."""
        if not values.keys() >= self._at_hand:
            return True
        return any(is_absent(values, path) for path in self._inside) if self._inside else False

    @cached_property
    def _quick(self) -> Compiled:
        """Made when it is needed: most forms of a rule book are linted, and have no records."""
        return compile_plan(self.plan, careful=False)

    @cached_property
    def _careful(self) -> Compiled:
        return compile_plan(self.plan, careful=True)

    def _look_again(self, values: Mapping[str, object], runtime: Runtime) -> object:
        try:
            return self._careful(values, runtime)
        except FAILURES as failure:
            explained = self._explained(failure)
            if explained is None:
                raise
            raise explained from None

    def _explained(self, failure: Exception) -> EvaluationError | None:
        """None for a KeyError of the caller's own making."""
        place = place_of(failure)
        if isinstance(failure, EvaluationError):
            return EvaluationError(failure.message, place)
        if not isinstance(failure, KeyError):
            return EvaluationError(TOO_LARGE, place)
        path = "" if place is None else self._path_to(place)
        is_ours = path.rpartition(".")[2] == failure.args[0]
        return EvaluationError(NO_VALUE.format(name=path), place) if is_ours else None

    def _path_to(self, place: int) -> str:
        """The path in the source whose last name stands at `place`."""
        before, name = _OWNERS.search(self.source[:place]), _NAME.match(self.source, place)
        assert before is not None and name is not None
        return "".join((before.group() + name.group()).split())


def compile_expression(source: str, scope: Scope, expect: Type | None = None) -> Program:
    """Raises `CelError` unless the expression is valid in the scope and gives what is expected.

    A whole number where a decimal is expected becomes one.
    """
    return Program(source, scope, expect)
