"""Whether exact bytes have the receipts that the policy asks for, and what is missing if not."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from csdocs.model.change import ChangeKind
from csdocs.model.person import Register
from csdocs.model.policy import Policy
from csdocs.model.receipt import Receipt
from csdocs.model.text import COMMA, EMPTY, SEMICOLON, Text

if TYPE_CHECKING:
    from csdocs.load.approval.ledger import Approved

_SHOWN = 5  # of many holders of a post the first few are named


class Claim(NamedTuple):
    """A file that wants to be approved: these bytes, coming from that approved state."""

    path: str
    sha256: str
    revision: int | None
    approved: "Approved | None"
    kind: ChangeKind
    drafters: tuple[str, ...]


class Want(NamedTuple):
    """A receipt that is missing: who can give it, by which command."""

    meaning: str
    people: tuple[str, ...]
    said: Text
    command: str


class Standing(NamedTuple):
    """`ruled`: whether the policy says anything about the path."""

    complete: bool
    ruled: bool
    wants: tuple[Want, ...]

    @property
    def said(self) -> Text:
        return SEMICOLON.join(want.said for want in self.wants)


def judge_standing(
    claim: Claim, receipts: Sequence[Receipt], policy: Policy, register: Register, day: dt.date
) -> Standing:
    """Receipts count only for exactly these bytes, coming from exactly that approved state."""
    about = [receipt for receipt in receipts if covers(receipt, claim)]
    rule = policy.rule(claim.path)
    if any(receipt.meaning == "emergency" for receipt in about):
        return Standing(True, rule is not None, ())
    if rule is None:
        return Standing(False, False, ())
    lenient = policy.drafter_may_approve(claim.path, day)
    barred = frozenset() if lenient else frozenset(claim.drafters)
    approvals: dict[str, set[str]] = {}
    for receipt in about:
        if receipt.meaning == "approve" and receipt.person not in barred:
            approvals.setdefault(receipt.person, set()).add(receipt.post)
    wants = [
        *_submissions(claim, about),
        *_rejections(claim, about),
        *(
            _approval(claim, places.people, places.group, policy, register, day, barred | approvals.keys())
            for places in policy.missing(rule.quorum(claim.kind), approvals)
        ),
    ]
    return Standing(not wants, True, tuple(wants))


def covers(receipt: Receipt, claim: Claim) -> bool:
    """Whether the receipt is about this step from the approved state to these bytes, and no other."""
    target = receipt.target(claim.path)
    if target is None or (target.to.sha256, target.to.revision) != (claim.sha256, claim.revision):
        return False
    before = claim.approved
    if before is None or target.from_ is None:
        return before is None and target.from_ is None
    return (target.from_.sha256, target.from_.revision) == (before.sha256, before.revision)


def _submissions(claim: Claim, about: Sequence[Receipt]) -> Iterator[Want]:
    submitted = {receipt.person for receipt in about if receipt.meaning == "submit"}
    for drafter in claim.drafters:
        if drafter not in submitted:
            command = f"csdocs submit {claim.path} --as {drafter}"
            said = Text("起草人 {by} 提交", "drafter {by} submits").format(by=drafter)
            yield Want("submit", (drafter,), said.noted(command), command)


def _rejections(claim: Claim, about: Sequence[Receipt]) -> Iterator[Want]:
    """A rejection stands until the same person approves the same bytes, or the bytes change."""
    for receipt in about:
        if receipt.meaning == "reject" and not _took_back(about, receipt):
            command = f"csdocs approve {claim.path} --as {receipt.person} --post {receipt.post}"
            said = Text(
                f"{receipt.person} 已驳回；修改后重新提交，或由本人改为批准（{command}）",
                f"{receipt.person} rejected it: change it and submit it again, or they approve after all ({command})",
            )
            yield Want("reject", (receipt.person,), said, command)


def _took_back(about: Sequence[Receipt], rejection: Receipt) -> bool:
    later = (r for r in about if r.meaning == "approve" and r.person == rejection.person)
    return any(receipt.at > rejection.at for receipt in later)


def _approval(
    claim: Claim, count: int, group: str, policy: Policy, register: Register, day: dt.date, barred: frozenset[str]
) -> Want:
    holders = {person.staff_no: post for post in policy.posts(group) for person in register.holders(post, day)}
    stand_ins = {d.deputy: holders[d.absent] for d in policy.deputies if d.absent in holders and d.on(day)}
    able = {person: post for person, post in {**stand_ins, **holders}.items() if person not in barred}
    said = _LACKING.format(group=group, count=count, who=_few([*able]))
    if not able:
        return Want("approve", (), said, "")
    first, post = next(iter(able.items()))
    command = f"csdocs approve {claim.path} --as {first} --post {post}"
    return Want("approve", tuple(able), said.noted(command), command)


_LACKING = Text("还需 {group} 中 {count} 人批准：{who}", "{count} more of {group} must approve: {who}")


def _few(people: Sequence[str]) -> Text:
    if not people:
        return Text("无人可签", "nobody can")
    more = len(people) - _SHOWN
    rest = Text(" 等 {all} 人", " and {more} more").format(all=len(people), more=more) if more > 0 else EMPTY
    return EMPTY.join([COMMA.join(people[:_SHOWN]), rest])
