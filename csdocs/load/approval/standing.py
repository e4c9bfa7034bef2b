"""Whether exact bytes have the receipts that the policy asks for, and what is missing if not."""

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from csdocs.model.change import ChangeKind
from csdocs.model.person import Register
from csdocs.model.policy import Policy
from csdocs.model.receipt import Receipt
from csdocs.model.text import COMMA, EMPTY, SEMICOLON, Text
from csdocs.trust.receipt import acts_as

if TYPE_CHECKING:
    from csdocs.load.approval.ledger import Approved

_NOTHING = Text("无", "none")
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


class _Say(NamedTuple):
    """Who may approve at a landing. `drafters` approve neither themselves nor through who stands in for them."""

    policy: Policy
    register: Register
    landed: dt.datetime
    drafters: frozenset[str]

    def counts(self, receipt: Receipt) -> bool:
        """Of an approval that was valid when it landed."""
        return receipt.meaning == "approve" and receipt.person not in self.drafters and not self._is_a_drafters(receipt)

    def _is_a_drafters(self, receipt: Receipt) -> bool:
        """Whether nothing but the post of a drafter gave the signer a say."""
        person, day = self.register.person.get(receipt.person), receipt.at.astimezone(self.landed.tzinfo).date()
        if person is None:
            return False
        anybody, others = (
            acts_as(person, receipt.post, day, self.register, self.policy, not_for) for not_for in ((), self.drafters)
        )
        return anybody and not others

    def holders(self, group: str) -> Mapping[str, str]:
        """Staff numbers of those who hold a post of the group, each with it."""
        posts, day = self.policy.posts(group), self.landed.date()
        return {p.staff_no: post for post in posts for p in self.register.holders(post, day)}

    def able(self, group: str) -> dict[str, str]:
        """Staff numbers, each with the post by which the person fills a place of the group."""
        policy, day, holders = self.policy, self.landed.date(), self.holders(group)
        absent = [d for d in policy.deputies if d.absent in holders and d.absent not in self.drafters and d.on(day)]
        all_ = {**{d.deputy: holders[d.absent] for d in absent}, **holders}
        return {person: post for person, post in all_.items() if person not in self.drafters}


def judge_standing(
    claim: Claim, receipts: Sequence[Receipt], policy: Policy, register: Register, landed: dt.datetime
) -> Standing:
    """Receipts count only for exactly these bytes, coming from exactly that approved state."""
    about = [receipt for receipt in receipts if covers(receipt, claim)]
    rule = policy.rule(claim.path)
    if any(receipt.meaning == "emergency" for receipt in about):
        return Standing(True, rule is not None, ())
    if rule is None:
        return Standing(False, False, ())
    lenient = policy.drafter_may_approve(claim.path, landed.date())
    say = _Say(policy, register, landed, frozenset() if lenient else frozenset(claim.drafters))
    approvals: dict[str, set[str]] = {}
    for receipt in about:
        if say.counts(receipt):
            approvals.setdefault(receipt.person, set()).add(receipt.post)
    wants = [
        *_submissions(claim, about),
        *_rejections(claim, [receipt for receipt in receipts if _is_about(receipt, claim)], about),
        *(
            _approval(claim, places.people, places.group, say, approvals)
            for places in policy.missing(rule.quorum(claim.kind), approvals)
        ),
    ]
    return Standing(not wants, True, tuple(wants))


def covers(receipt: Receipt, claim: Claim) -> bool:
    """Whether the receipt is about this step from the approved state to these bytes, and no other."""
    target = receipt.target(claim.path)
    if target is None or not _is_about(receipt, claim):
        return False
    before = claim.approved
    if before is None or target.from_ is None:
        return before is None and target.from_ is None
    return (target.from_.sha256, target.from_.revision) == (before.sha256, before.revision)


def differs(receipt: Receipt, claim: Claim) -> Text | None:
    """Which key of a receipt about the file says something else than is so now; None where none does, or it is about other files."""
    target = receipt.target(claim.path)
    if target is None or covers(receipt, claim):
        return None
    if not _is_about(receipt, claim):
        said, now = _state(target.to.sha256, target.to.revision), _state(claim.sha256, claim.revision)
        words = Text(
            "{path} 在签署之后改过（to 是 {said}，现在是 {now}）",
            "{path} was edited after signing (`to` says {said}, it is {now} now)",
        )
    else:
        said = _state(target.from_.sha256, target.from_.revision) if target.from_ else _NOTHING
        now = _state(claim.approved.sha256, claim.approved.revision) if claim.approved else _NOTHING
        words = Text(
            "{path} 的获批版已是另一份（from 是 {said}，现在是 {now}）",
            "{path} has another approved state by now (`from` says {said}, it is {now})",
        )
    return words.format(path=claim.path, said=said, now=now)


def _state(sha256: str, revision: int | None) -> Text:
    number = Text(f"第{revision}版 ", f"revision {revision} ") if revision else EMPTY
    return EMPTY.join([number, f"{sha256[:12]}…"])


def _is_about(receipt: Receipt, claim: Claim) -> bool:
    target = receipt.target(claim.path)
    return target is not None and (target.to.sha256, target.to.revision) == (claim.sha256, claim.revision)


def _submissions(claim: Claim, about: Sequence[Receipt]) -> Iterator[Want]:
    submitted = {receipt.person for receipt in about if receipt.meaning == "submit"}
    for drafter in claim.drafters:
        if drafter not in submitted:
            command = f"csdocs submit {claim.path} --as {drafter}"
            said = Text("起草人 {by} 提交", "drafter {by} submits").format(by=drafter)
            yield Want("submit", (drafter,), said.noted(command), command)


def _rejections(claim: Claim, ever: Sequence[Receipt], about: Sequence[Receipt]) -> Iterator[Want]:
    """A rejection stands until the same person approves the same bytes, or the bytes change. `ever`: about these bytes, whatever they were to follow."""
    for receipt in ever:
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


def _approval(claim: Claim, count: int, group: str, say: _Say, approvals: Container[str]) -> Want:
    able = {person: post for person, post in say.able(group).items() if person not in approvals}
    said = _LACKING.format(group=group, count=count, who=_few([*able]) if able else _nobody(say, group))
    if not able:
        return Want("approve", (), said, "")
    first, post = next(iter(able.items()))
    command = f"csdocs approve {claim.path} --as {first} --post {post}"
    return Want("approve", tuple(able), said.noted(command), command)


_LACKING = Text("还需 {group} 中 {count} 人批准：{who}", "{count} more of {group} must approve: {who}")


def _nobody(say: _Say, group: str) -> Text:
    holders = say.holders(group)
    if not holders:
        posts = COMMA.join(say.policy.posts(group))
        return Text("无人可签，{posts} 现在无人担任", "nobody can, since nobody holds {posts} now").format(posts=posts)
    return Text(
        "无人可签，在岗的 {who} 是起草人或已批准过；换人起草，或在 csdocs.yaml 的 review 中增加岗位、登记例外",
        "nobody can, since {who} drafted it or has approved already; let somebody else draft it, or add posts or an "
        "exception under review in csdocs.yaml",
    ).format(who=_few([*holders]))


def _few(people: Sequence[str]) -> Text:
    more = len(people) - _SHOWN
    rest = Text(" 等 {all} 人", " and {more} more").format(all=len(people), more=more) if more > 0 else EMPTY
    return EMPTY.join([COMMA.join(people[:_SHOWN]), rest])
