"""Revisions of a controlled file side by side, with the parameters of the day filled in."""

from collections.abc import Sequence

from csdocs.compare.files import compare_files
from csdocs.compare.result import Redline
from csdocs.load.rulebook.revision import Revision
from csdocs.load.workspace import Workspace


def compare_states(workspace: Workspace, path: str, states: Sequence[Revision | None]) -> Redline:
    """The first and the last of `states`; those between tell which revision touched what. None: before the first revision."""
    definitions = workspace.parameters_on(workspace.today).definitions
    printed = {id: parameter.printed() for id, parameter in definitions.items()}
    return compare_files(path, [state.data if state else None for state in states], printed)
