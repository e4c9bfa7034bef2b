"""Parameters of the regulations, as they are on a day."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from csdocs.cel import types as t
from csdocs.model.document import Parameter


class Parameters(NamedTuple):
    """Values and types of all parameters on a day."""

    values: Mapping[str, Any]
    types: Mapping[str, t.Type]
    definitions: Mapping[str, Parameter]
    signature: str  # the same for parameters of the same names and types

    @classmethod
    def of(cls, definitions: Mapping[str, Parameter]) -> "Parameters":
        values: dict[str, Any] = {}
        for id, parameter in definitions.items():
            try:
                values[id] = parameter.typed()
            except (ValueError, TypeError, IndexError):
                continue  # `parameter-without-value` says so
        types = {id: _type_of(value) for id, value in values.items()}
        signature = "\n".join(sorted(f"{id} {kind}" for id, kind in types.items()))
        return cls(values, types, definitions, signature)


def _type_of(value: Any) -> t.Type:
    kinds: tuple[tuple[type, t.Type], ...] = ((bool, t.BOOL), (int, t.INT), (str, t.STRING), (dt.time, t.TIME))
    for kind, found in kinds:
        if isinstance(value, kind):
            return found
    return t.ListType(t.STRING) if isinstance(value, list) else t.DECIMAL
