"""The state of a record: a fold over its signatures, by the transitions of its form."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from csdocs.model.finding import Problem
from csdocs.model.form import DECISION_WORDS, DRAFT, ENDINGS, ByEach, Form, Leaving, Step
from csdocs.model.record import Signature


class Signed(NamedTuple):
    """What the rule language sees of a completed step."""

    at: dt.datetime
    by: str


class RecordFacts(NamedTuple):
    """What the fold needs to know of the record besides its signatures.

    `holds(step)` decides `when`; `expected(step)` are the staff numbers or row keys a step waits for (`each`, `per`);
    `passes_at(step, since)` is when a timed step passes by itself, given when its `since` step was signed (None: never).
    """

    holds: Callable[[Step], bool]
    expected: Callable[[Step], Sequence[str]]
    passes_at: Callable[[Step, dt.datetime], dt.datetime | None]
    now: dt.datetime


@dataclass
class Progress:
    """Where a record stands and how it got there."""

    state: str = DRAFT
    signed: dict[str, Signed] = field(default_factory=dict)
    entered_at: dt.datetime | None = None
    endings: dict[str, Signature] = field(default_factory=dict)
    partial: dict[str, list[str]] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def fold(form: Form, signatures: Sequence[tuple[int, Signature]], facts: RecordFacts) -> Progress:
    """Replay the valid signatures (with their index in the file) from `draft`."""
    progress, restless = Progress(), form.restless
    for index, signature in signatures:
        if progress.state in restless:
            _settle(form, progress, facts, signature.moment)
        _apply(form, progress, facts, index, signature)
    if progress.state in restless:
        _settle(form, progress, facts, facts.now)
    return progress


def open_steps(form: Form, progress: Progress, facts: RecordFacts) -> tuple[Step, ...]:
    """Steps that somebody can sign now."""
    if progress.state in form.final_states:
        return ()
    return tuple(
        step
        for step in form.steps
        if step.after is None and progress.state in form.transitions[step.id][0] and facts.holds(step)
    )


def _settle(form: Form, progress: Progress, facts: RecordFacts, until: dt.datetime) -> None:
    """Pass over steps that do not apply and take the transitions that the clock makes."""
    for _ in range(len(form.steps)):
        if progress.state in form.final_states:
            return
        here = form.leaving.get(progress.state, _NOWHERE)
        if here.timed and any(_timed_out(form, progress, facts, step, until) for step in here.timed):
            continue
        if not here.asks:
            return
        skipped = _skipped(here.signable, facts)
        if skipped is None or skipped.repeat:
            return
        progress.state = form.transitions[skipped.id][1]


_NOWHERE = Leaving((), ())


def _skipped(signable: Sequence[Step], facts: RecordFacts) -> Step | None:
    """The first step that does not apply, where there is none that does. All are asked: one may have no answer."""
    applying = [facts.holds(step) for step in signable]
    return None if any(applying) or not signable else signable[0]


def _timed_out(form: Form, progress: Progress, facts: RecordFacts, step: Step, until: dt.datetime) -> bool:
    if step.after is None or step.after.since not in progress.signed or not facts.holds(step):
        return False
    moment = facts.passes_at(step, progress.signed[step.after.since].at)
    if moment is None or moment > until or step.id in progress.signed:
        return False
    progress.state = form.transitions[step.id][1]
    progress.signed[step.id] = Signed(moment, "")
    progress.entered_at = moment
    return True


def _apply(form: Form, progress: Progress, facts: RecordFacts, index: int, signature: Signature) -> None:
    step = form.step_by_id.get(signature.step)
    if signature.decision == "void" and progress.state not in ("void", "withdrawn"):
        _end(progress, index, signature)
        return
    sources, target = form.transitions[step.id] if step else (frozenset[str](), "")
    if step is None or progress.state not in sources or step.after or not facts.holds(step):
        values = {
            "step": step.title if step else signature.step,
            "state": form.state_labels.get(progress.state, progress.state),
        }
        progress.problems.append(Problem("step-out-of-order", ("signatures", index, "step"), values))
        return
    if signature.decision != "sign":
        if signature.decision != "withdraw" and signature.decision not in form.decisions(step):
            values = {"step": step.title, "decision": DECISION_WORDS[signature.decision]}
            progress.problems.append(Problem("decision-not-allowed", ("signatures", index, "decision"), values))
            return
        _end(progress, index, signature)
        return
    part = _part(step, signature)
    if part is not None and part in progress.partial.get(step.id, ()):
        values = {"step": step.title.noted(part), "state": form.state_labels.get(progress.state, progress.state)}
        progress.problems.append(Problem("step-out-of-order", ("signatures", index, "step"), values))
        return
    progress.counted.add(index)
    if part is None or _complete(progress, facts, step, part):
        progress.state = target
        progress.partial.pop(step.id, None)  # in a loop all of them sign anew
        signed = progress.signed[step.id] = Signed(signature.moment, signature.by)
        progress.entered_at = signed.at


def _end(progress: Progress, index: int, signature: Signature) -> None:
    progress.counted.add(index)
    progress.state = ENDINGS[signature.decision]
    progress.endings[signature.decision] = signature
    progress.entered_at = signature.moment


def _part(step: Step, signature: Signature) -> str | None:
    """Of a step of many (each of a list, each row): whose part, or which row, an entry is."""
    if step.per is not None:
        return _row_key(signature.row)
    return signature.by if isinstance(step.by, ByEach) else None


def _complete(progress: Progress, facts: RecordFacts, step: Step, part: str) -> bool:
    """A step of many is complete when all it waits for have signed."""
    got = progress.partial.setdefault(step.id, [])
    got.append(part)
    wanted = set(facts.expected(step))
    if isinstance(step.by, ByEach) and step.by.at_least is not None:
        return len(wanted.intersection(got)) >= step.by.at_least
    return wanted <= set(got)


def _row_key(row: Any) -> str:
    return next(iter(next(iter(row.values())).values())) if row else ""
