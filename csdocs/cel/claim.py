"""Many expressions that are to hold, asked at once: nearly always the answer is that all of them do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias, get_args

from csdocs.cel.check import Path
from csdocs.cel.emit import compile_plan
from csdocs.cel.library import FAILURES
from csdocs.cel.plan import Absent, Compare, Comprehension, Constant, Joined, ListOf, Not, Plan, Present, Variable
from csdocs.cel.program import Program
from csdocs.cel.runtime import Runtime
from csdocs.cel.types import ANY, BOOL, STRING, ListType

_ROW = Variable(ANY, 0, "row", local=True)
_PLANS = get_args(Plan)
AllHold: TypeAlias = Callable[[Mapping[str, object], Runtime], bool]


class Claim(NamedTuple):
    """That a program says yes (or no, if not `says`), or that `has` is there.

    Nothing is claimed where `given` is absent, where `state` is one of those `excused`, or, if it is `patient`, where a name is
    absent that the program reads. With `each` it is claimed of every row of that list, if there is one.
    """

    program: Program
    says: bool = True
    has: Path | None = None
    given: Path | None = None
    excused: tuple[str, ...] = ()
    patient: bool = True
    each: str | None = None


def all_hold(claims: Iterable[Claim]) -> AllHold:
    """True only where every claim holds; False where one does not, and where an expression fails."""
    plan = _joined("&&", map(_of_claim, claims), otherwise=True)
    ask = compile_plan(plan, careful=False)

    def holds(values: Mapping[str, object], runtime: Runtime) -> bool:
        try:
            return bool(ask(values, runtime))
        except FAILURES:
            return False

    return holds


def _of_claim(claim: Claim) -> Plan:
    if claim.each is None:
        return _joined("||", [*_excuses(claim), *_held(claim)])
    rows = Variable(ListType(ANY), 0, claim.each, local=False)
    body = _of_row(_joined("||", _held(claim)))
    of_all = Comprehension(BOOL, 0, "all", rows, _ROW.name, None, body)
    return _joined("||", [*_excuses(claim), _absent((claim.each,)), of_all])


def _excuses(claim: Claim) -> Iterator[Plan]:
    if claim.given is not None:
        yield _absent(claim.given)
    if claim.excused:
        states = ListOf(ListType(STRING), 0, tuple(Constant(STRING, 0, state) for state in claim.excused))
        yield Compare(BOOL, 0, "in", Variable(STRING, 0, "state", local=False), states)


def _held(claim: Claim) -> Iterator[Plan]:
    if claim.patient:
        yield from (_absent(path) for path in claim.program.needed)
    yield claim.program.plan if claim.says else Not(BOOL, 0, claim.program.plan)
    if claim.has is not None:
        yield Not(BOOL, 0, _absent(claim.has))


def _absent(path: Path) -> Plan:
    return Absent(BOOL, 0, None, path)


def _of_row(part: Any) -> Any:
    """A plan, or a part of one, in which the name `row` is the variable of a macro."""
    match part:
        case Variable(name="row", local=False):
            return part._replace(local=True)
        case Present(root=None, path=("row", *path)) | Absent(root=None, path=("row", *path)):
            return part._replace(root=_ROW, path=tuple(path))
        case _ if isinstance(part, _PLANS):
            return type(part)(*map(_of_row, part))
        case tuple():
            return tuple(map(_of_row, part))
    return part


def _joined(operator: str, operands: Iterable[Plan], *, otherwise: bool = False) -> Plan:
    found = tuple(operands)
    if not found:
        return Constant(BOOL, 0, otherwise)
    return found[0] if len(found) == 1 else Joined(BOOL, 0, operator, found)
