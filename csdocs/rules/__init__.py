"""Every rule, gathered by walking the package: a file in a folder here is a rule of that subject."""

import importlib
import pkgutil
from functools import cache

from csdocs.rules.rule import Rule

SUBJECTS = ("text", "shape", "document", "form", "report", "rulebook", "record", "workspace", "change")


@cache
def rules(subject: str) -> tuple[Rule, ...]:
    """The rules about one kind of subject, by code."""
    package = importlib.import_module(f"csdocs.rules.{subject}")
    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.code))


@cache
def by_slug() -> dict[str, Rule]:
    return {rule.slug: rule for subject in SUBJECTS for rule in rules(subject)}


@cache
def page(slug: str) -> str:
    """The page of a rule: the docstring of its module."""
    for subject in SUBJECTS:
        for rule in rules(subject):
            if slug in (rule.slug, rule.code):
                module = importlib.import_module(f"csdocs.rules.{subject}.{rule.slug.replace('-', '_')}")
                return module.__doc__ or ""
    raise KeyError(slug)
