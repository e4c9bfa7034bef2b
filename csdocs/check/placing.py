"""From what a rule noticed to a finding with a place in a file."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding, Position, Problem, Route
from csdocs.parse.document import front_matter
from csdocs.parse.yamltext import locate
from csdocs.rules import by_slug, rules


def noticed(subject: str, case: Any) -> Iterator[Problem]:
    """What every rule about a subject has to say."""
    for rule in rules(subject):
        if rule.check is not None:
            yield from rule.check(case)


def placed(problem: Problem, path: str, data: bytes) -> Finding:
    position = problem.at if isinstance(problem.at, Position) else _place(data, problem.at)
    if "source" in problem.values and "at" in problem.values:
        position = _within(position, str(problem.values["source"]), int(str(problem.values["at"])), data)
    return by_slug()[problem.slug].finding(problem, path, position)


def _within(position: Position, source: str, at: int, data: bytes) -> Position:
    """The place in an expression, where it stands on the line of its key or the next as it was read."""
    lines = _lines(data)
    for line in range(position.line, min(position.line + 2, len(lines) + 1)):
        start = position.col - 1 if line == position.line else 0
        found = lines[line - 1].find(source, start)
        if found >= 0:
            return Position(line, found + at)
    return position


@lru_cache(maxsize=2)
def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").split("\n")


@lru_cache(maxsize=64)
def _place(data: bytes, route: Route) -> Position:
    """A rule often has much to say of one place."""
    return locate(data, route)


def placed_in(workspace: Workspace, problem: Problem) -> Finding:
    """In the file that the problem names."""
    path = str(problem.values.get("path", ""))
    return placed(problem, path, _bytes(workspace, path))


def _bytes(workspace: Workspace, path: str) -> bytes:
    if path in workspace.files:
        data = workspace.files[path]
        return front_matter(data) if path.endswith(".md") else data
    return workspace.read(path) if path else b""
