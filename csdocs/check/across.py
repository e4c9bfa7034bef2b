"""Applies the rules that look at more than one file: each part of the workspace once, then again only when a change touches it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b
from itertools import filterfalse
from typing import NamedTuple

from csdocs.check.placing import placed_in
from csdocs.load.holdings.parts import WHOLE, ByForm, ByKey
from csdocs.load.holdings.tree import Tree
from csdocs.load.index.known import RULE_BOOK, Known
from csdocs.load.index.outcome import utc
from csdocs.load.index.plain import dumped
from csdocs.model.finding import Finding, Problem
from csdocs.model.moment import midnight_after
from csdocs.rules import rules
from csdocs.rules.rule import Rule
from csdocs.store.kept import Part


class Across(NamedTuple):
    """`until`: when time alone may change what is said."""

    findings: list[Finding]
    until: dt.datetime | None


def across_parts(tree: Tree) -> Across:
    """What can be said of each part. Whoever asks about other records need not have been judged yet."""
    findings: list[Finding] = []
    moments: list[dt.datetime] = []
    for rule in _divided():
        for part in _all(rule, tree):
            findings += _placed(tree, _problems(rule, tree, part))
            until = rule.reads.until(tree, part) if isinstance(rule.reads, ByForm) else None
            moments += [until] if until else []
    return Across(findings, min(moments, default=None))


def across_whole(tree: Tree) -> list[Finding]:
    """And of everything, once all records have been judged."""
    return [each for rule in _undivided() for each in _placed(tree, _problems(rule, tree, WHOLE))]


def _placed(tree: Tree, problems: Iterable[Problem]) -> list[Finding]:
    return [placed_in(tree.workspace, problem) for problem in problems]


def _is_divided(rule: Rule) -> bool:
    return isinstance(rule.reads, ByKey | ByForm)


def across_parts_again(known: Known) -> bool:
    """Judges the parts that a change has touched, in the index. Returns whether other evidence is missing than before."""
    otherwise: set[str] = set()
    for rule in _divided():
        new = _is_new(known)
        every = set(_all(rule, known.tree)) if new else set()
        for part in sorted(every | known.kept.parts(rule.slug) if new else _touched(rule, known)):
            if new and isinstance(rule.reads, ByForm) and part not in every:
                known.kept.forget_part(rule.slug, part)
                otherwise.add(rule.slug)
            elif _judge_again(rule, known, part):
                otherwise.add(rule.slug)
    return "evidence-missing" in otherwise


def across_whole_again(known: Known) -> None:
    for rule in _undivided():
        _judge_again(rule, known, WHOLE)


def _is_new(known: Known) -> bool:
    return known.anew or not known.same_book


def _divided() -> Iterator[Rule]:
    return filter(_is_divided, _across())


def _undivided() -> Iterator[Rule]:
    return filterfalse(_is_divided, _across())


def _across() -> Iterator[Rule]:
    return (rule for rule in rules("workspace") if rule.check is not None)


def _all(rule: Rule, tree: Tree) -> Iterable[str]:
    return rule.reads.all(tree) if isinstance(rule.reads, ByKey | ByForm) else ()


def _touched(rule: Rule, known: Known) -> set[str]:
    match rule.reads:
        case ByKey() as by_key:
            return set(by_key.touched(known.tree, known.change))
        case ByForm() as by_form:
            over = known.kept.parts_over(rule.slug, utc(known.workspace.now))
            return over | known.touched(rule.slug, partial(by_form.names, known.tree))
    return set()


def _problems(rule: Rule, tree: Tree, part: str) -> list[Problem]:
    assert rule.check is not None
    return [*(rule.check(tree, part) if _is_divided(rule) else rule.check(tree))]


def _mark(problem: Problem) -> str:
    """The same for problems of which the same is to be said, in files that are the same."""
    said = repr((problem.slug, problem.at, sorted(problem.values.items())))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _judge_again(rule: Rule, known: Known, part: str) -> bool:
    """Returns whether something else is to be said than before."""
    tree, now = known.tree, known.workspace.now
    by_form = rule.reads if isinstance(rule.reads, ByForm) else None
    before, marks_before = known.kept.said_of(rule.slug, part)
    problems = _problems(rule, tree, part)
    marks = [_mark(problem) for problem in problems]
    placed_before = {} if _is_new(known) else known.placed_before(before, marks_before)
    found = [
        placed_before.get(mark) or placed_in(tree.workspace, problem)
        for mark, problem in zip(marks, problems, strict=True)
    ]
    findings = dumped(found) if found else None
    if by_form is None and findings is None:
        known.kept.forget_part(rule.slug, part)
        return before is not None
    until = by_form.until(tree, part) if by_form else None
    since = utc(midnight_after(now) - _DAY) if until else None
    noted = Part(rule.slug, part, since, utc(until) if until else None, findings, dumped(marks) if marks else None)
    if by_form is None:
        known.kept.note_part(noted)
    else:
        known.kept.note_part(noted, by_form.reads(tree, part), {finding.path for finding in found})
    return findings != before


_DAY = dt.timedelta(1)


def note_rule_book(known: Known, findings: list[Finding]) -> None:
    midnight = midnight_after(known.workspace.now)
    found = dumped(findings) if findings else None
    known.kept.note_part(Part(RULE_BOOK, RULE_BOOK, utc(midnight - _DAY), utc(midnight), found))
