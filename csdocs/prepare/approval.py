"""`csdocs revise`, `submit`, `approve`, `open`: preparing revisions and the receipts about them. Nothing here writes."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from csdocs.load.approval.ledger import REVIEWING, Ledger, has_control, identity, is_receipt, read_clean, read_control
from csdocs.load.workspace import Workspace
from csdocs.model.change import ChangeKind
from csdocs.model.error import CsdocsError, has_errors
from csdocs.model.place import CONFIG, DOCUMENTS, FORMS, OPENING, PEOPLE
from csdocs.model.receipt import FileState, Meaning, Receipt, Target, receipt_path, stated
from csdocs.model.spelling import spell
from csdocs.model.suggestion import suggestion
from csdocs.model.text import COMMA, Text
from csdocs.model.workspace import RootKey
from csdocs.parse.emit import emit, emit_item
from csdocs.prepare.entry import look_for_record
from csdocs.trust.keyring import Signer
from csdocs.trust.receipt import Doubt, verify_person, verify_root


class Paper(NamedTuple):
    """A file to be written: a new revision, a receipt or its signature."""

    path: str
    data: bytes
    was: bytes | None


class Hand(NamedTuple):
    """Who signs, in which post, when."""

    person: str
    post: str
    at: dt.datetime
    comment: str | None = None


def find_controlled(workspace: Workspace, name: str) -> str:
    """Path of a controlled file by its id or path."""
    if is_receipt(name):
        raise CsdocsError(
            Text("{name} 是凭据，不另审批", "{name} is a receipt: nobody approves it").format(name=name),
            Text("写凭据所说的制度、表单或文件", "name the document, form or file that it is about"),
        )
    if name in workspace.files:
        return name
    found = workspace.paths_by_id.get(name.upper())
    if found is not None:
        return found
    if look_for_record(workspace, name):
        raise CsdocsError(
            Text("{name} 是一份记录，不是制度或表单", "{name} is a record, neither document nor form").format(
                name=name
            ),
            Text(
                "csdocs show {name} 显示记录的内容和签署经过，csdocs why {name} 说明下一步",
                "csdocs show {name} shows what it says and who signed it, csdocs why {name} what comes next",
            ).format(name=name),
        )
    meant = suggestion(name.upper(), workspace.paths_by_id)
    raise CsdocsError(
        Text("没有受控文件 {name}{meant}", "there is no controlled file {name}{meant}").format(name=name, meant=meant),
        Text("写制度或表单编号，或文件路径", "give the id of a document or form, or a path"),
    )


class NewRevision(NamedTuple):
    """What `revise` is told."""

    by: str
    kind: ChangeKind
    summary: Text
    reason: Text
    effective: dt.date
    date: dt.date


def revise(workspace: Workspace, path: str, draft: NewRevision) -> Paper:
    """The next revision: number, change entry and effective date filled in; the text is still to be edited."""
    data = workspace.files[path]
    control = read_control(path, data)
    if control is None and has_control(path):
        raise has_errors(path)
    if control is None:
        raise CsdocsError(
            Text("{path} 没有版次", "{path} has no revisions").format(path=path),
            Text("这类文件直接修改后提交审批", "edit such a file directly and have it approved"),
        )
    workspace.register.named(draft.by)
    number = _next_number(workspace, path, control.revision)
    _require_day_to_come(workspace, path, draft.effective)
    text = re.sub(r"(?m)^revision: .*$", f"revision: {number}", data.decode(), count=1)
    text = re.sub(r"(?m)^effective: .*$", f"effective: {draft.effective}", text, count=1)
    entry = {
        "revision": str(number),
        "date": draft.date.isoformat(),
        "kind": draft.kind,
        "summary": draft.summary._asdict(),
        "reason": draft.reason._asdict(),
        "drafted_by": [draft.by],
    }
    revised = _with_change(text, emit_item(entry)).encode()
    made = read_control(path, revised)
    if made is None or (made.revision, made.changes[-1].revision) != (number, number):
        raise CsdocsError(
            Text(
                "{path} 的控制信息写法特殊，无法自动改版", "the control block of {path} is laid out in a way of its own"
            ).format(path=path),
            Text("把 changes 写成每条一段的列表，再重试", "write `changes` as a block list, then try again"),
        )
    return Paper(path, revised, data)


def _with_change(text: str, entry: str) -> str:
    """The entry appended to the block list under `changes:`."""
    block = re.search(r"(?m)^changes:[^\n]*\n(?:[ \t-][^\n]*\n|\n)*", text)
    assert block is not None  # a readable control block has it
    return text[: block.end()] + entry + text[block.end() :]


def _next_number(workspace: Workspace, path: str, current: int) -> int:
    """In set-up numbers are free. Then a revision in preparation keeps its number until somebody has signed it."""
    if workspace.in_set_up:
        return current + 1
    if current > workspace.base_ledger.last_revision(path):
        raise CsdocsError(
            Text("第 {n} 版已在准备中", "revision {n} is being prepared already").format(n=current),
            Text(
                "继续修改该文件，然后 csdocs submit {path} --as 工号",
                "go on editing the file, then csdocs submit {path} --as PERSON",
            ).format(path=path),
        )
    return current + 1


def _require_day_to_come(workspace: Workspace, path: str, effective: dt.date) -> None:
    """Nothing governs the days before it was approved; what is opened with the workspace does from the day that it says."""
    if workspace.in_set_up:
        return
    approved, today = workspace.base_ledger.approved.get(path), workspace.today
    first = max(today, approved.control.effective if approved and approved.control else today)
    if effective >= first:
        return
    over = Text(
        "生效日期 {effective} 已过：修订不追溯",
        "the effective date {effective} is over: a revision governs no day before its approval",
    )
    early = Text(
        "生效日期 {effective} 早于上一版的 {first}", "effective on {effective}, before its predecessor ({first})"
    )
    raise CsdocsError(
        (early if first > today else over).format(effective=effective, first=first),
        Text("写 {first} 或以后，留出审批的时间", "give {first} or later, with time for the approvals").format(
            first=first
        ),
    )


def make_receipt(
    workspace: Workspace, paths: Sequence[str], meaning: Meaning, signer: Hand, ledger: Ledger | None = None
) -> Receipt:
    """The statement about what lies at the paths now, coming from what was approved last.

    `ledger`: what is approved where the change will go, if that is not the branch that is checked out.
    """
    book = ledger or workspace.ledger
    targets = tuple(_target(workspace, book, path, meaning) for path in paths)
    values = {
        "receipt": "1",
        "workspace": workspace.settings.workspace,
        "meaning": meaning,
        "statement": stated(meaning, targets).zh,
        "covers": targets,
        "person": signer.person,
        "post": signer.post,
        "at": signer.at,
        "policy_sha256": hashlib.sha256(workspace.files[CONFIG]).hexdigest(),
    }
    return Receipt.model_validate(values | ({"comment": signer.comment} if signer.comment else {}))


def _target(workspace: Workspace, ledger: Ledger, path: str, meaning: Meaning) -> Target:
    approved = ledger.approved.get(path) if meaning != "open" else None
    if approved is None and meaning in REVIEWING:
        raise CsdocsError(
            Text("{path} 还没有获批的版次", "nothing of {path} is approved yet").format(path=path),
            Text("先提交、批准：csdocs why {path}", "submit and approve it first: csdocs why {path}").format(path=path),
        )
    data = workspace.files[path]
    if approved is not None and meaning in REVIEWING:
        data = approved.data  # not a revision that is only being prepared
    control, id = read_control(path, data), identity(path, data)
    if path.startswith((*DOCUMENTS, FORMS)) and (control is None or id is None):
        raise CsdocsError(
            Text("{path} 的控制信息无法读取", "the control block of {path} cannot be read").format(path=path),
            Text("运行 csdocs check {path}", "run csdocs check {path}").format(path=path),
        )
    return Target.model_validate(
        {
            "path": path,
            "document": id if control else None,
            "from": FileState(sha256=approved.sha256, revision=approved.revision) if approved else None,
            "to": FileState(sha256=hashlib.sha256(data).hexdigest(), revision=control.revision if control else None),
        }
    )


def refuse_in_vain(workspace: Workspace, receipt: Receipt, ledger: Ledger) -> None:
    """A receipt that the gate would not count is better not given: it cannot be taken back."""
    if receipt.meaning not in REVIEWING:
        _refuse_unchanged(workspace, receipt, ledger)
    if receipt.meaning == "emergency":
        return
    person = ledger.register.person.get(receipt.person)
    if person is None:
        raise CsdocsError(
            Text("获批的登记册中没有 {by}", "{by} is not in the approved register").format(by=receipt.person),
            Text("{people} 的改动须先获批并合入", "the change of {people} has to be approved and land first").format(
                people=PEOPLE
            ),
        )
    try:
        ledger.require_say(receipt, workspace.now)
    except Doubt as doubt:
        held = COMMA.join(dict.fromkeys(tenure.post for tenure in person.tenures(workspace.today)))
        raise CsdocsError(
            Text("{by}：{reason}", "{by}: {reason}").format(by=receipt.person, reason=doubt.reason),
            Text("{by} 的岗位：{held}", "posts of {by}: {held}").format(by=receipt.person, held=held),
        ) from None
    for path in (target.path for target in receipt.covers):
        if receipt.meaning == "submit":
            _refuse_no_drafter(workspace, path, receipt)
        elif receipt.meaning == "approve":
            _refuse_unasked(workspace, path, receipt, ledger)


def _refuse_unchanged(workspace: Workspace, receipt: Receipt, ledger: Ledger) -> None:
    for path in (target.path for target in receipt.covers):
        approved = ledger.approved.get(path)
        if approved is not None and approved.data == workspace.files[path]:
            raise CsdocsError(
                Text("{path} 没有待批的改动", "nothing of {path} waits for approval").format(path=path),
                Text("复审无修改用 --decision no-change", "a review without a change is --decision no-change"),
            )


def _drafters(workspace: Workspace, path: str) -> tuple[str, ...]:
    control = read_control(path, workspace.files[path])
    return control.entry.drafted_by if control and control.entry else ()


def _refuse_no_drafter(workspace: Workspace, path: str, receipt: Receipt) -> None:
    drafters = _drafters(workspace, path)
    if drafters and receipt.person not in drafters:
        raise CsdocsError(
            Text("{by} 不是 {path} 的起草人", "{by} has not drafted {path}").format(by=receipt.person, path=path),
            Text(
                "drafted_by 写的是 {drafters}：由其提交；写错了就先改过来",
                "drafted_by says {drafters}, who are to submit it; if that is wrong, correct it first",
            ).format(drafters=COMMA.join(drafters)),
        )


def _refuse_unasked(workspace: Workspace, path: str, receipt: Receipt, ledger: Ledger) -> None:
    asked = ledger.policy.approving_posts(path)
    if receipt.person in _drafters(workspace, path) and not ledger.policy.drafter_may_approve(path, workspace.today):
        raise CsdocsError(
            Text("{by} 是 {path} 的起草人，不能批准", "{by} drafted {path} and may not approve it").format(
                by=receipt.person, path=path
            ),
            Text("csdocs why {path} 说明还缺谁", "csdocs why {path} says who is lacking").format(path=path),
        )
    if asked and receipt.post not in asked:
        raise CsdocsError(
            Text("{path} 不由 {post} 审批", "{path} is not for {post} to approve").format(path=path, post=receipt.post),
            Text("审批岗位：{posts}", "posts that approve it: {posts}").format(posts=COMMA.join(sorted(asked))),
        )


def refuse_repetition(workspace: Workspace, receipt: Receipt, ledger: Ledger, counts: Callable[[str], bool]) -> None:
    """A receipt about other bytes may be replaced until it has landed; one that says the same already is kept.

    One that does not count says nothing: who signed it was interrupted, had a clock that was fast or a key that is revoked
    by now. `counts` tells of the path of a receipt.
    """
    path = receipt_path(receipt)
    found = workspace.files.get(path)
    old = read_clean(Receipt, found) if found else None
    if old is None or (old.covers, old.post) != (receipt.covers, receipt.post):
        return
    if counts(path):
        raise CsdocsError(
            Text("{by} 已经签过：{path}", "{by} has signed this already: {path}").format(by=receipt.person, path=path),
            Text(
                "把它连同 .sig 一起提交：git add -A，再 git commit",
                "commit it with its .sig: git add -A, then git commit",
            ),
        )
    if not workspace.in_set_up and path in ledger.current:
        raise CsdocsError(
            Text("{path} 已经入库，不算数，也不能改", "{path} has landed: it does not count, and stays").format(
                path=path
            ),
            Text("起草下一版再签：csdocs revise", "prepare the next revision and sign that: csdocs revise"),
        )


def papers(receipt: Receipt, signer: Signer, files: Mapping[str, bytes] = MappingProxyType({})) -> tuple[Paper, Paper]:
    """The receipt and its signature: two files that stock ssh-keygen can check. `files`: what may be replaced."""
    data = emit(_tree(receipt)).encode()
    path, signature = receipt_path(receipt), f"{receipt_path(receipt)}.sig"
    return Paper(path, data, files.get(path)), Paper(signature, f"{signer(data)}\n".encode(), files.get(signature))


def _tree(receipt: Receipt) -> dict[str, object]:
    covers = []
    for target in receipt.covers:
        entry: dict[str, object] = {"document": target.document} if target.document else {}
        entry["path"] = target.path
        if target.from_ is not None:
            entry["from"] = _state(target.from_)
        entry["to"] = _state(target.to)
        covers.append(entry)
    head = {
        "receipt": receipt.receipt,
        "workspace": receipt.workspace,
        "meaning": receipt.meaning,
        "statement": receipt.statement,
    }
    tail = {"person": receipt.person, "post": receipt.post, "at": spell(receipt.at)}
    optional = {key: value for key in ("comment", "policy_sha256") if (value := getattr(receipt, key))}
    return {**head, "covers": covers, **tail, **optional}


def _state(state: FileState) -> dict[str, str]:
    return ({"revision": str(state.revision)} if state.revision else {}) | {"sha256": state.sha256}


def refuse_other_key(receipt: Receipt, signed: tuple[Paper, Paper], roots: Sequence[RootKey], ledger: Ledger) -> None:
    """A slip with `--key`, or a key that is revoked by now, shows as soon as it has signed: such a receipt is not written."""
    data, signature, landed = signed[0].data, signed[1].data.decode(), receipt.at
    by_root = receipt.meaning in ("open", "emergency")
    try:
        if by_root:
            verify_root(data, signature, receipt, roots, landed)
        else:
            verify_person(data, signature, receipt, ledger.register, landed)
    except Doubt as doubt:
        raise CsdocsError(
            Text("{by} 的签名不算数：{reason}", "the signature of {by} would not count: {reason}").format(
                by=receipt.person, reason=doubt.reason
            ),
            Text(
                "没有写入任何内容；用 --key 指明根密钥的私钥文件",
                "nothing was written; name with --key the file of the private root key",
            )
            if by_root
            else Text(
                "没有写入任何内容；用 --key 指明已获批登记的密钥，新密钥在登记获批并合入之后才算数",
                "nothing was written; name with --key a key that is registered and approved: a new one counts once its entry has landed",
            ),
        ) from None


def everything(workspace: Workspace) -> list[str]:
    """All that `open` approves: every controlled file but receipts."""
    strays = sorted(path for path in workspace.files if is_receipt(path) and not path.startswith(OPENING))
    if strays:
        raise CsdocsError(
            Text("启用之前不应有凭据：{paths}", "before the opening there are no receipts: {paths}").format(
                paths=", ".join(strays[:3])
            ),
            Text("请删除这些文件，再提交", "delete these files and commit"),
        )
    return sorted(path for path in workspace.files if not is_receipt(path))


def require_policy(workspace: Workspace, paths: Sequence[str]) -> None:
    """After the opening a file that no rule names, or for which people are lacking, could never change again."""
    policy, today = workspace.settings.review, workspace.today
    lost = [path for path in paths if policy.rule(path) is None]
    if lost:
        raise CsdocsError(
            Text("审批规则没有覆盖 {paths}", "no policy rule covers {paths}").format(paths=", ".join(lost[:3])),
            Text("先在 csdocs.yaml 的 review.rules 中补上", "add one under review.rules in csdocs.yaml first"),
        )
    everybody = {p.staff_no: {tenure.post for tenure in p.tenures(today)} for p in workspace.register.people if p.keys}
    for rule in policy.rules:
        for quorum in (rule.approve, *rule.by_kind.values()):
            gap = policy.missing(quorum, everybody)
            if gap:
                raise CsdocsError(
                    Text("“{quorum}”凑不齐：缺 {group}", "nobody could fill “{quorum}”: {group} is lacking").format(
                        quorum=quorum, group=gap[0].group
                    ),
                    Text(
                        "先在 handbook/people.yaml 中登记担任这些岗位的人，各人再运行 csdocs keys new 工号：{posts}",
                        "first enter people in these posts in handbook/people.yaml, each of whom runs csdocs keys new PERSON: {posts}",
                    ).format(posts=", ".join(policy.posts(gap[0].group))),
                )
