"""Whether exact bytes have the receipts that the policy asks for, and what is missing if not."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from csdocs.model.person import Register
from csdocs.model.policy import Policy
from csdocs.model.receipt import Receipt
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.ledger import Approved


class Claim(NamedTuple):
    """A file that wants to be approved: these bytes, coming from that approved state."""

    path: str
    sha256: str
    revision: int | None
    approved: "Approved | None"
    kind: str
    drafters: tuple[str, ...]


class Want(NamedTuple):
    """A receipt that is missing: who can give it, by which command."""

    meaning: str
    people: tuple[str, ...]
    said: Text
    command: str


class Standing(NamedTuple):
    complete: bool
    wants: tuple[Want, ...]

    @property
    def said(self) -> Text:
        return Text("；".join(want.said.zh for want in self.wants), "; ".join(want.said.en for want in self.wants))


def judge_standing(
    claim: Claim, receipts: Sequence[Receipt], policy: Policy, register: Register, landed: dt.datetime
) -> Standing:
    """Receipts count only for exactly these bytes, coming from exactly that approved state."""
    about = [receipt for receipt in receipts if _covers(receipt, claim)]
    if any(receipt.meaning == "emergency" for receipt in about):
        return Standing(True, ())
    day = landed.date()
    wants = [_submit(claim, each) for each in claim.drafters if not _has(about, "submit", each)]
    rejected = [receipt for receipt in about if receipt.meaning == "reject"]
    wants += [_rejection(claim, receipt) for receipt in rejected if not _took_back(about, receipt)]
    lenient = policy.drafter_may_approve(claim.path, day)
    approvals: dict[str, set[str]] = {}
    for receipt in about:
        if receipt.meaning == "approve" and (lenient or receipt.person not in claim.drafters):
            approvals.setdefault(receipt.person, set()).add(receipt.post)
    rule = policy.rule(claim.path)
    quorum = rule.quorum(claim.kind) if rule else ""  # type: ignore[arg-type]
    for places in policy.missing(quorum, approvals) if quorum else ():
        barred = set(approvals) | (set() if lenient else set(claim.drafters))
        wants.append(_approval(claim, places.people, places.group, policy, register, day, barred))
    return Standing(not wants, tuple(wants))


def _covers(receipt: Receipt, claim: Claim) -> bool:
    target = receipt.target(claim.path)
    if target is None or target.to.sha256 != claim.sha256 or target.to.revision != claim.revision:
        return False
    before = claim.approved
    if before is None:
        return target.from_ is None
    return target.from_ is not None and (target.from_.sha256, target.from_.revision) == (before.sha256, before.revision)


def _has(receipts: Sequence[Receipt], meaning: str, person: str) -> bool:
    return any(receipt.meaning == meaning and receipt.person == person for receipt in receipts)


def _took_back(receipts: Sequence[Receipt], rejection: Receipt) -> bool:
    later = (r for r in receipts if r.meaning == "approve" and r.person == rejection.person)
    return any(receipt.at > rejection.at for receipt in later)


def _name(claim: Claim) -> str:
    """How a command names the file: documents and forms by path work too."""
    return claim.path


def _submit(claim: Claim, drafter: str) -> Want:
    command = f"csdocs submit {_name(claim)} --as {drafter}"
    said = Text(f"起草人 {drafter} 提交（{command}）", f"drafter {drafter} submits ({command})")
    return Want("submit", (drafter,), said, command)


def _rejection(claim: Claim, receipt: Receipt) -> Want:
    command = f"csdocs approve {_name(claim)} --as {receipt.person} --post {receipt.post}"
    said = Text(f"{receipt.person} 已驳回", f"{receipt.person} rejected it")
    return Want("reject", (receipt.person,), said, command)


def _approval(
    claim: Claim, count: int, group: str, policy: Policy, register: Register, day: dt.date, barred: set[str]
) -> Want:
    posts = policy.posts(group)
    holders = {person.staff_no: post for post in posts for person in register.holders(post, day)}
    stand_ins = {d.deputy: holders[d.absent] for d in policy.deputies if d.absent in holders and d.on(day)}
    able = {person: post for person, post in {**stand_ins, **holders}.items() if person not in barred}
    who = "、".join(able) or "–"
    first = next(iter(able.items()), None)
    command = f"csdocs approve {_name(claim)} --as {first[0]} --post {first[1]}" if first else ""
    said = Text(
        f"还需 {group} 中 {count} 人批准：{who}" + (f"（{command}）" if command else ""),
        f"{count} more of {group} must approve: {who}" + (f" ({command})" if command else ""),
    )
    return Want("approve", tuple(able), said, command)
