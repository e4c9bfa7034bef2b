"""A form as its file has it, before anybody asks whether it is in force."""

import re
from typing import NamedTuple

from csdocs.load.rulebook.groups import Groups, Spliced, splice_groups
from csdocs.model.finding import Problem
from csdocs.model.form import Form
from csdocs.model.identifier import FORM
from csdocs.parse.shape import to_shape
from csdocs.parse.yamltext import parse_yaml

_ID = re.compile(rf"^id: *({FORM})[ \t]*(?:#.*)?\r?$".encode(), re.MULTILINE)


class LoadedForm(NamedTuple):
    """`form` is None where it cannot be read, with the reasons."""

    form: Form | None
    problems: tuple[Problem, ...]
    spliced: Spliced


def stated_id(data: bytes) -> str | None:
    """By the one line that says it; None where the file has to be read for it."""
    stated = _ID.search(data)
    return stated[1].decode() if stated else None


def read_form(data: bytes, groups: Groups) -> LoadedForm:
    parsed = parse_yaml(data)
    if parsed.tree is None:
        return LoadedForm(None, parsed.problems, Spliced(None, ()))
    spliced = splice_groups(parsed.tree, groups)
    form, problems = to_shape(Form, spliced.tree)
    noted = tuple(problem for problem in parsed.problems if problem.slug != "empty-value")
    return LoadedForm(form, (*noted, *spliced.problems, *map(spliced.in_file, problems)), spliced._replace(tree=None))
