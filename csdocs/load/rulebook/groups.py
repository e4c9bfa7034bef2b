"""Shared field groups: `{group, sha256}` in a form stands for the fields of `templates/groups/<group>.yaml`, as they were under that digest."""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from csdocs.model.finding import Problem, Route
from csdocs.parse.yamltext import parse_yaml

Groups = Callable[[str, str], bytes | None]  # of a name and a digest: that state of the group, else the one there is


class Spliced(NamedTuple):
    """The form tree with its groups in place; `origin[section][field]` is the entry of the file a field came from."""

    tree: Any
    problems: tuple[Problem, ...]
    origin: tuple[tuple[int, ...], ...] = ()

    def in_file(self, problem: Problem) -> Problem:
        """The same problem with its route as the file has it."""
        match problem.at:
            case ("sections", int(s), "fields", int(f), *rest) if s < len(self.origin) and f < len(self.origin[s]):
                return problem._replace(at=("sections", s, "fields", self.origin[s][f], *rest))
        return problem


def splice_groups(tree: Any, groups: Groups) -> Spliced:
    problems: list[Problem] = []
    if not isinstance(tree, dict) or not isinstance(tree.get("sections"), list):
        return Spliced(tree, ())
    sections, origin = [], []
    for s, section in enumerate(tree["sections"]):
        if isinstance(section, dict) and isinstance(section.get("fields"), list):
            fields = _fields(section["fields"], groups, ("sections", s, "fields"), problems)
            sections.append({**section, "fields": [field for _, field in fields]})
            origin.append(tuple(index for index, _ in fields))
        else:
            sections.append(section)
            origin.append(())
    return Spliced({**tree, "sections": sections}, tuple(problems), tuple(origin))


def _fields(fields: list[Any], groups: Groups, at: Route, problems: list[Problem]) -> list[tuple[int, Any]]:
    out: list[tuple[int, Any]] = []
    for index, field in enumerate(fields):
        if isinstance(field, dict) and "group" in field:
            out += [(index, each) for each in _group(field, groups, (*at, index), problems)]
        else:
            out.append((index, field))
    return out


def _group(entry: dict[str, Any], groups: Groups, at: Route, problems: list[Problem]) -> list[Any]:
    name = str(entry["group"])
    data = groups(name, str(entry.get("sha256")))
    if data is None:
        problems.append(Problem("unknown-group", (*at, "group"), {"group": name}))
        return []
    actual = hashlib.sha256(data).hexdigest()
    if entry.get("sha256") != actual:
        problems.append(Problem("group-changed", (*at, "sha256"), {"group": name, "sha256": actual}))
    tree = parse_yaml(data).tree
    fields = tree.get("fields") if isinstance(tree, dict) else None
    if not isinstance(fields, list):
        problems.append(Problem("unknown-group", (*at, "group"), {"group": name}))
        return []
    return fields
