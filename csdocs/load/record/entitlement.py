"""Who may sign a step of a record."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from csdocs.model.finding import Problem
from csdocs.model.form import ByEach, ByHead, ByPost, BySuperior, Step
from csdocs.model.person import NOT_HELD
from csdocs.model.record import Signature
from csdocs.model.text import COMMA, Text

if TYPE_CHECKING:
    from csdocs.load.record.case import RecordCase


def entitlement(case: "RecordCase", index: int, signature: Signature) -> Problem | None:
    """Why this person may not take this decision, or None. An unknown step is left to the fold."""
    person = case.workspace.register.person.get(signature.by)
    day = signature.moment.astimezone(case.zone).date()
    reason: Text | None
    if person is None:
        return Problem("unknown-staff", ("signatures", index, "by"), {"staff": signature.by})
    if signature.post not in person.on(day).posts:
        reason = NOT_HELD.format(post=signature.post)
    else:
        reason = _reason(case, index, signature, day)
    if reason is None:
        return None
    values = {"by": signature.by, "step": signature.step, "reason": reason}
    return Problem("signer-not-entitled", ("signatures", index, "by"), values)


def _reason(case: "RecordCase", index: int, signature: Signature, day: dt.date) -> Text | None:
    assert case.form is not None
    if signature.decision == "void":
        posts = case.form.void_by
        return None if signature.post in posts else _only(COMMA.join(posts))
    if signature.decision == "withdraw":
        return None if signature.by == case.record.created_by else _only(Text("填表人", "whoever created the record"))
    step = case.form.step_by_id.get(signature.step)
    if step is None:
        return None
    allowed = signers(case, step, day, signature.row)
    if signature.by not in allowed:
        named = sorted(set(allowed))
        return _only(COMMA.join(named)) if named else _NOBODY
    if step.by == "creator" and case.amendment and (others := _signed_before(case, signature)):
        return Text(
            "更正由原签字人或原签字岗位（{posts}）签署",
            "an amendment is signed by who signed before, or in that post ({posts})",
        ).format(posts=COMMA.join(others))
    if step.per is not None and step.per not in (signature.row or {}):
        return Text("没有指明所签的行", "the entry names no row")
    if step.attests is not None and signature.attests not in step.attests and _is_of(case, signature):
        return Text("声明与表单规定的不同", "the statement is not the form's")
    return _separation(case, step, index, signature.by) if step.not_same_as else None


def _signed_before(case: "RecordCase", signature: Signature) -> list[str]:
    """In which posts others signed the step in what is amended; nothing where the signer is one of them, or holds such a post.

    Whoever writes an amendment is its creator: without this anybody could put their own account in the place of another's.
    """
    signed: list[Signature] = []
    before = case.amended
    while before is not None and not signed:  # an amendment that nobody signed stands for nobody
        signed = [each for each in before.record.signatures if (each.step, each.decision) == (signature.step, "sign")]
        before = before.amended
    if any(signature.by == each.by or signature.post == each.post for each in signed):
        return []
    return sorted({each.post for each in signed})


def _is_of(case: "RecordCase", signature: Signature) -> bool:
    """A statement is judged against the very form that was signed; that it is the right one is another finding."""
    return signature.decision == "sign" and signature.form_sha256 == case.compiled.sha256


_NOBODY = Text("当日没有人符合这个步骤的要求", "nobody qualified for this step that day")


def _only(who: Text) -> Text:
    return Text("此步骤只能由 {who} 签署", "only {who} may sign here").format(who=who)


def _separation(case: "RecordCase", step: Step, index: int, by: str) -> Text | None:
    """Separation of duties: nobody may stand on both sides. What is signed later, in a loop, does not undo what was right."""
    assert case.form is not None
    for other in step.not_same_as:
        if other in case.form.step_by_id:
            people: Sequence[str] = [
                s.by for s in case.record.signatures[:index] if s.step == other and s.decision == "sign"
            ]
            what: Any = case.form.step_by_id[other].title
        else:
            people = _people(case.typed.values.get(other))
            what = case.form.fields[other].label if other in case.form.fields else other
        if by in people:
            return Text("与“{what}”不得为同一人", "may not be the same person as “{what}”").format(what=what)
    return None


def who_can_go_on(case: "RecordCase", step: Step, day: dt.date) -> list[str]:
    """Staff numbers of everybody who may sign the step next, without those who stand on the other side."""
    signed = len(case.record.signatures)
    numbers = dict.fromkeys(signers(case, step, day))
    return [number for number in numbers if _separation(case, step, signed, number) is None]


def signers(case: "RecordCase", step: Step, day: dt.date, row: Any = None) -> Sequence[str]:
    """Staff numbers of everybody who may sign the step on that day."""
    return _SIGNERS[type(step.by)](case, step, day, row)


def _holders(case: "RecordCase", step: Step, day: dt.date, row: Any) -> Sequence[str]:
    assert isinstance(step.by, ByPost)
    register, of = case.workspace.register, step.by.of
    department = None if of is None else str(case.typed.values.get(of, ""))
    if len(step.by.posts) == 1:
        return register.holder_numbers(step.by.posts[0], day, department)
    return [number for post in step.by.posts for number in register.holder_numbers(post, day, department)]


def _head(case: "RecordCase", step: Step, day: dt.date, row: Any) -> Sequence[str]:
    assert isinstance(step.by, ByHead)
    register = case.workspace.register
    department = str(case.typed.values.get(step.by.head_of, ""))
    found = register.department.get(department)
    return register.holder_numbers(found.head, day, department) if found else []


def _superiors(case: "RecordCase", step: Step, day: dt.date, row: Any) -> Sequence[str]:
    assert isinstance(step.by, BySuperior)
    people = _people(case.typed.values.get(step.by.superior_of))
    return [above.staff_no for each in people for above in case.workspace.register.superiors(each, day)]


def _each(case: "RecordCase", step: Step, day: dt.date, row: Any) -> Sequence[str]:
    assert isinstance(step.by, ByEach)
    return _people(case.typed.values.get(step.by.each))


def _named(case: "RecordCase", step: Step, day: dt.date, row: Any) -> Sequence[str]:
    """By a field of the record, or of the row that is signed."""
    field = str(step.by)
    if field == "creator":
        return (case.record.created_by,)
    if field.startswith("row."):
        return _row_people(case, step, field.removeprefix("row."), row)
    return _people(case.typed.values.get(field))


def _nobody(case: "RecordCase", step: Step, day: dt.date, row: Any) -> Sequence[str]:
    return []


_SIGNERS: dict[type, Callable[["RecordCase", Step, dt.date, Any], Sequence[str]]] = {
    **{ByPost: _holders, ByHead: _head, BySuperior: _superiors, ByEach: _each},
    **{str: _named, type(None): _nobody},
}


def _row_people(case: "RecordCase", step: Step, field: str, row: Any) -> list[str]:
    rows = case.record.data.get(step.per or "", [])
    wanted = (row or {}).get(step.per)
    matching = [
        each
        for each in rows
        if isinstance(each, dict) and (wanted is None or all(each.get(k) == v for k, v in wanted.items()))
    ]
    return [person for each in matching for person in _people(each.get(field))]


def _people(value: Any) -> Sequence[str]:
    if type(value) is str:
        return (value,)
    if value is None:
        return ()
    return [str(each) for each in value] if isinstance(value, list) else (str(value),)
