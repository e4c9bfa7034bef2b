"""Findings about what strangers wrote: what they quote stays on one line and steers no terminal."""

from csdocs.load.approval.ledger import Breach, Ledger
from csdocs.model.finding import Finding, Position, Problem
from csdocs.model.text import Text, printable
from csdocs.parse.yamltext import locate
from csdocs.rules import by_slug


def plain(path: str, slug: str, /, **values: object) -> Finding:
    """A finding about a whole file."""
    return said(Problem(slug, Position(1, 1), values), path, Position(1, 1))


def said(problem: Problem, path: str, position: Position) -> Finding:
    found = by_slug()[problem.slug].finding(problem, printable(path), position)
    message, hint = (Text(printable(each.zh), printable(each.en)) for each in (found.message, found.hint))
    return found._replace(message=message, hint=hint)


def of_breach(ledger: Ledger, breach: Breach) -> Finding:
    at = breach.problem.at
    position = at if isinstance(at, Position) else locate(ledger.bytes_of(breach.path), at)
    return said(breach.problem, breach.path, position)
