"""Plans of calls: the overload, its arguments made to fit, and what can be worked out beforehand."""

from decimal import Decimal

from csdocs.cel import complaint
from csdocs.cel.error import CelError, EvaluationError
from csdocs.cel.library import TOO_LARGE, widen
from csdocs.cel.pattern import compile_pattern, matches
from csdocs.cel.plan import Apply, Constant, Plan
from csdocs.cel.signature import FUNCTIONS, METHODS, Overload, Overloads, choose, usage
from csdocs.cel.syntax import Call, Stretch
from csdocs.cel.types import ANY, DECIMAL, INT, ListType, Type


def plan_call(node: Call, arguments: tuple[Plan, ...]) -> Plan:
    """`arguments` begins with the plan of the target, where there is one."""
    table, is_method = (FUNCTIONS, False) if node.target is None else (METHODS, True)
    name = node.name.name
    overloads = table.get(name)
    if overloads is None:
        raise complaint.unknown_function(node.name, FUNCTIONS, METHODS, method=is_method)
    plan = plan_overload(node.span, overloads, arguments)
    if plan is None:
        kinds = [argument.type for argument in arguments[is_method:]]
        if is_method and not any(choose(overloads, (arguments[0].type, *each.parameters[1:])) for each in overloads):
            kinds = [arguments[0].type]
        raise complaint.wrong_arguments(node.name.span, name, kinds, usage(name, overloads, method=is_method))
    return _with_prepared_pattern(node, plan)


def plan_overload(span: Stretch, overloads: Overloads, arguments: tuple[Plan, ...]) -> Plan | None:
    overload = choose(overloads, tuple(argument.type for argument in arguments))
    if overload is None:
        return None
    fitted = tuple(map(widened, arguments, overload.parameters))
    result = overload.result or arguments[0].type
    constants = [argument.value for argument in fitted if isinstance(argument, Constant)]
    if overload.literal and len(constants) == len(fitted):
        return _worked_out(span, overload, result, constants)
    return Apply(result, span.offset, overload.function, fitted, overload.runtime)


def _worked_out(span: Stretch, overload: Overload, result: Type, constants: list[object]) -> Plan:
    try:
        return Constant(result, span.offset, overload.function(*constants))
    except EvaluationError as error:
        raise CelError(error.message, *span) from None
    except ArithmeticError:
        raise CelError(TOO_LARGE, *span) from None


def _with_prepared_pattern(node: Call, plan: Plan) -> Plan:
    if not isinstance(plan, Apply) or plan.function is not matches:
        return plan
    text, pattern = plan.arguments
    if not isinstance(pattern, Constant):
        return plan
    try:
        automaton = compile_pattern(str(pattern.value))
    except EvaluationError as error:
        raise CelError(error.message, *node.arguments[-1].span) from None
    return plan._replace(function=automaton.search, arguments=(text,))


def widened(plan: Plan, wanted: Type) -> Plan:
    """The plan as one of the wanted type, which it is known to fit."""
    if plan.type == wanted or _innermost(wanted) is ANY:
        return plan
    if _innermost(plan.type) is not INT:
        return plan._replace(type=wanted)
    if isinstance(plan, Constant) and isinstance(plan.value, int):
        return Constant(DECIMAL, plan.offset, Decimal(plan.value))
    return Apply(wanted, plan.offset, widen, (plan,))


def _innermost(kind: Type) -> Type:
    return _innermost(kind.element) if isinstance(kind, ListType) else kind
