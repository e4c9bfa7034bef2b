"""What SQL may call. It knows the rule book and no tables: SQLite holds it as long as it holds those, which Python cannot see."""

import datetime as dt
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from csdocs.load.rulebook.revision import in_force
from csdocs.load.workspace import Workspace


def functions_of(workspace: Workspace) -> dict[str, Callable[..., Any]]:
    return {
        "param": cache(partial(_parameter, workspace)),
        "in_force": partial(_revision_in_force, workspace),
        "today": workspace.today.isoformat,
    }


def prepare(workspace: Workspace, function: str) -> None:
    """Read what a function will need of the history of the rule book."""
    if function == "param":
        workspace.parameters_on(workspace.today)
    elif function == "in_force":
        workspace.recall_revisions()


def _parameter(workspace: Workspace, id: str, day: str) -> Any:
    value = workspace.parameters_on(dt.date.fromisoformat(day[:10])).values.get(id)
    return (
        value
        if isinstance(value, int | float | str | None)
        else float(value)
        if hasattr(value, "quantize")
        else str(value)
    )


def _revision_in_force(workspace: Workspace, id: str, day: str) -> int | None:
    path = workspace.paths_by_id.get(id, "")
    found = in_force(workspace.revisions.get(path, ()), dt.date.fromisoformat(day[:10]))
    return found.number if found else None
