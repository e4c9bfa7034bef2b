"""Plan to one Python code object.

The source offset of a name or call becomes the line number of its instructions, so that a failure at run time
tells its place in the expression and success pays nothing for it.

Code is emitted in two ways. The quick way lets Python's `and` and `or` do the work: where no operand fails
the outcome is CEL's. Only when something has failed does the careful way look again, as CEL does, whether
another operand decides the matter.
"""

import ast
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, TracebackType
from typing import TypeAlias, TypeVar

from csdocs.cel import library
from csdocs.cel.plan import (
    Absent,
    Apply,
    Choice,
    Compare,
    Comprehension,
    Constant,
    Field,
    Joined,
    ListOf,
    Not,
    Plan,
    Present,
    Variable,
)

FILENAME = "<expression>"
Compiled: TypeAlias = Callable[[object, object], object]
_Placed = TypeVar("_Placed", bound=ast.expr | ast.arg)
_OPERATORS: dict[str, type[ast.cmpop]] = {
    **{"==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE},
    **{">": ast.Gt, ">=": ast.GtE, "in": ast.In},
}
_OUTCOMES = {"&&": False, "all": False, "||": True, "exists": True}


def compile_plan(plan: Plan, *, careful: bool) -> Compiled:
    """A function of the values and the runtime."""
    emitter = _Emitter(careful)
    function = emitter.function(["values", "runtime"], plan)
    module = compile(ast.Expression(function), FILENAME, "eval")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, emitter.globals)


def place_of(failure: BaseException) -> int | None:
    """The offset in the source of the expression that failed."""
    places = [
        step.tb_lineno - 1 for step in _steps(failure.__traceback__) if step.tb_frame.f_code.co_filename == FILENAME
    ]
    return places[-1] if places else None


def _steps(step: TracebackType | None) -> Iterator[TracebackType]:
    while step is not None:
        yield step
        step = step.tb_next


class _Emitter:
    def __init__(self, careful: bool) -> None:
        self.globals: dict[str, object] = {"__builtins__": {}}
        self._careful = careful

    def function(self, parameters: list[str], body: Plan) -> ast.Lambda:
        names = [_at(ast.arg(name), body.offset) for name in parameters]
        signature = ast.arguments(posonlyargs=[], args=names, kwonlyargs=[], kw_defaults=[], defaults=[])
        return _at(ast.Lambda(signature, self.emit(body)), body.offset)

    def emit(self, plan: Plan) -> ast.expr:
        return _at(self._emit(plan), plan.offset)

    def _emit(self, plan: Plan) -> ast.expr:
        match plan:
            case Constant():
                return self._constant(plan)
            case Variable():
                name = _name(plan.name if plan.local else "values", plan.offset)
                return name if plan.local else _item(name, plan.name)
            case Field():
                owner = self.emit(plan.owner)
                return ast.Attribute(owner, plan.name, ast.Load()) if plan.attribute else _item(owner, plan.name)
            case Present():
                return self._leads(plan, ast.In(), library.is_present)
            case Absent():
                return self._leads(plan, ast.NotIn(), library.is_absent)
            case Apply():
                runtime = [_name("runtime", plan.offset)] if plan.runtime else []
                return self._call(plan, plan.function, *runtime, *map(self.emit, plan.arguments))
            case Compare():
                operator = _OPERATORS[plan.operator]()
                return ast.Compare(self.emit(plan.left), [operator], [self.emit(plan.right)])
            case Not():
                return ast.UnaryOp(ast.Not(), self.emit(plan.operand))
            case Joined():
                return self._joined(plan)
            case Choice():
                return ast.IfExp(self.emit(plan.condition), self.emit(plan.yes), self.emit(plan.no))
            case ListOf():
                return ast.List([self.emit(item) for item in plan.items], ast.Load())
            case Comprehension():
                return self._comprehension(plan)

    def _global(self, value: object, offset: int) -> ast.Name:
        name = next((name for name, known in self.globals.items() if known is value), f"global{len(self.globals)}")
        self.globals[name] = value
        return _name(name, offset)

    def _call(self, plan: Plan, function: object, *arguments: ast.expr) -> ast.Call:
        return ast.Call(self._global(function, plan.offset), list(arguments), [])

    def _constant(self, plan: Constant) -> ast.expr:
        if isinstance(plan.value, str | int):
            return ast.Constant(plan.value)
        return self._global(plan.value, plan.offset)

    def _leads(self, plan: Present | Absent, operator: ast.cmpop, test: object) -> ast.expr:
        root = _name("values", plan.offset) if plan.root is None else self.emit(plan.root)
        if len(plan.path) == 1:
            return ast.Compare(_at(ast.Constant(plan.path[0]), plan.offset), [operator], [root])
        return self._call(plan, test, root, self._global(plan.path, plan.offset))

    def _joined(self, plan: Joined) -> ast.expr:
        if not self._careful:
            operator = ast.And() if plan.operator == "&&" else ast.Or()
            return ast.BoolOp(operator, [self.emit(operand) for operand in plan.operands])
        operands = ast.Tuple([self.function([], operand) for operand in plan.operands], ast.Load())
        outcome = ast.Constant(_OUTCOMES[plan.operator])
        return self._call(plan, library.decide, _at(outcome, plan.offset), _at(operands, plan.offset))

    def _comprehension(self, plan: Comprehension) -> ast.expr:
        if plan.macro in ("all", "exists"):
            return self._quantified(plan)
        conditions = [plan.condition] if plan.condition is not None else []
        if plan.macro == "map":
            return ast.ListComp(self.emit(plan.body), [self._loop(plan, *conditions)])
        item = _name(plan.variable, plan.offset)
        chosen = _at(ast.ListComp(item, [self._loop(plan, plan.body)]), plan.offset)
        return chosen if plan.macro == "filter" else self._call(plan, library.is_single, chosen)

    def _quantified(self, plan: Comprehension) -> ast.expr:
        if not self._careful:
            each = ast.GeneratorExp(self.emit(plan.body), [self._loop(plan)])
            return self._call(plan, all if plan.macro == "all" else any, _at(each, plan.offset))
        outcome = _at(ast.Constant(_OUTCOMES[plan.macro]), plan.offset)
        test = self.function([plan.variable], plan.body)
        return self._call(plan, library.decide_each, outcome, self.emit(plan.source), test)

    def _loop(self, plan: Comprehension, *conditions: Plan) -> ast.comprehension:
        variable = _at(ast.Name(plan.variable, ast.Store()), plan.offset)
        return ast.comprehension(variable, self.emit(plan.source), [self.emit(each) for each in conditions], 0)


def _at(node: _Placed, offset: int) -> _Placed:
    node.lineno = node.end_lineno = offset + 1
    node.col_offset = node.end_col_offset = 0
    return node


def _name(name: str, offset: int) -> ast.Name:
    return _at(ast.Name(name, ast.Load()), offset)


def _item(owner: ast.expr, name: str) -> ast.Subscript:
    return ast.Subscript(owner, _at(ast.Constant(name), owner.lineno - 1), ast.Load())
