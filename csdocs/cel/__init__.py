"""The rule language: a typed subset of CEL, checked on loading and compiled to Python code objects.

    parse -> check -> emit -> evaluate

`docs/cel.md` says what can be written. Nothing here knows forms, records or files.
"""

from csdocs.cel import types
from csdocs.cel.error import CelError, EvaluationError
from csdocs.cel.program import Program, Scope, compile_expression
from csdocs.cel.runtime import Runtime, WorkCalendar
from csdocs.cel.types import Type

__all__ = [
    "CelError",
    "EvaluationError",
    "Program",
    "Runtime",
    "Scope",
    "Type",
    "WorkCalendar",
    "compile_expression",
    "types",
]
