"""Is the paper with this code still current? What the code says is compared with every state that history knows."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from csdocs.load.approval.ledger import identity, read_control
from csdocs.load.holdings.tree import counting, summarise
from csdocs.load.workspace import Workspace
from csdocs.lookup.agenda import editions
from csdocs.lookup.edition import manual_states
from csdocs.model.code import MANUAL, Code, alike
from csdocs.model.control import Control
from csdocs.model.error import CsdocsError
from csdocs.model.form import DECISIONS_TAKEN
from csdocs.model.place import DOCUMENTS, FORMS, is_attachment
from csdocs.model.record import Record
from csdocs.model.text import Text, same
from csdocs.parse.record import parse_record
from csdocs.prepare.entry import find_record, open_case
from csdocs.store import disk, history

PaperStanding = Literal["current", "pending", "draft", "superseded", "withdrawn", "void", "unknown", "forged"]

_CONTROLLED = tuple(map(alike, ("REG-", "HB-", "F-")))
_GONE = Text("{id} 已不再保存于此", "{id} is no longer kept here")


class LaterChange(NamedTuple):
    """Something that happened after the paper was printed."""

    what: str
    day: dt.date
    words: Text


class Currency(NamedTuple):
    """`by`: what replaces the paper."""

    standing: PaperStanding
    sentence: Text
    id: str = ""
    by: str = ""
    changes: tuple[LaterChange, ...] = ()


class PastState(NamedTuple):
    """Bytes that a path had, and when the repository came to know them (None: they lie in the tree, uncommitted)."""

    data: bytes
    known: int | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def judge_code(workspace: Workspace, code: Code) -> Currency:
    if code.workspace and not workspace.settings.workspace.startswith(code.workspace):
        return Currency("unknown", Text("这份文件属于另一个工作区", "the paper belongs to another workspace"))
    if alike(code.id) == alike(MANUAL):
        return _judge_manual(workspace, code)
    if path := _controlled_path(workspace, code.id):
        return _judge_controlled(workspace, path, code)
    if path := _record_path(workspace, code.id):
        return _judge_record(workspace, path, code)
    said = Text("没有编号为 {id} 的文件，也从未有过", "there is no {id} here and never was").format(id=code.id.upper())
    return Currency("unknown", said)


def _forged(id: str, code: Code) -> Currency:
    said = Text(
        "{id} 从未有过摘要为 {digest} 的第 {revision} 版：此件不是由本工作区生成，或编号输错",
        "{id} never had a revision {revision} with digest {digest}: the paper was not made here, or the code is mistyped",
    ).format(id=id, digest=code.digest, revision=code.revision)
    return Currency("forged", said, id)


def _states(workspace: Workspace, path: str) -> list[PastState]:
    """Oldest first."""
    blobs = [blob for blob in history.states(workspace.root, path, revision=workspace.source.tip) if blob.oid]
    contents = history.contents(workspace.root, ((blob.path, blob.oid) for blob in blobs))
    found = [PastState(contents[blob.oid], blob.time) for blob in blobs if blob.oid in contents]
    here = _here(workspace, path)
    return found if here is None or (found and found[-1].data == here) else [*found, PastState(here, None)]


def _here(workspace: Workspace, path: str) -> bytes | None:
    if path in workspace.files:
        return workspace.files[path]
    return workspace.read(path) if path in set(workspace.record_paths()) else None


def _day(workspace: Workspace, known: int | None) -> dt.date:
    return dt.datetime.fromtimestamp(known, workspace.settings.zone).date() if known is not None else workspace.today


# documents and forms


def _controlled_path(workspace: Workspace, id: str) -> str:
    """The path of a document or form, also of one that was removed."""
    return _meant(id, workspace.document_paths | workspace.form_paths) or _removed_path(workspace, id)


def _meant(id: str, paths: Mapping[str, str]) -> str:
    """The path of the id that was typed; of one that looks like it if there is no other."""
    found = [path for own, path in paths.items() if own.lower() == id]
    found = found or [path for own, path in paths.items() if alike(own) == alike(id)]
    return found[0] if len(found) == 1 else ""


def _removed_path(workspace: Workspace, id: str) -> str:
    if not alike(id).startswith(_CONTROLLED):
        return ""
    blobs = [b for b in history.states(workspace.root, *DOCUMENTS, FORMS, revision=workspace.source.tip) if b.oid]
    contents = history.contents(workspace.root, ((blob.path, blob.oid) for blob in blobs))
    named = {own: blob.path for blob in blobs if (own := identity(blob.path, contents.get(blob.oid, b"")))}
    return _meant(id, named)


def _judge_controlled(workspace: Workspace, path: str, code: Code) -> Currency:
    states = _states(workspace, path)
    id = identity(path, states[-1].data) or code.id.upper()
    match = next((s for s in reversed(states) if _is_revision(path, s, code)), None)
    if match is None:
        return _forged(id, code)
    judge = _judge_draft if workspace.in_set_up else _judge_approved
    return judge(workspace, path, id, match, states)


def _is_revision(path: str, state: PastState, code: Code) -> bool:
    control = read_control(path, state.data) if state.sha256.startswith(code.digest) else None
    return control is not None and control.revision == code.revision


def _judge_draft(workspace: Workspace, path: str, id: str, match: PastState, states: Sequence[PastState]) -> Currency:
    here, control = _here(workspace, path), read_control(path, states[-1].data)
    if here is None or control is None:
        return Currency("withdrawn", _GONE.format(id=id), id)
    if control.withdrawn is not None and control.withdrawn <= workspace.today:
        return _withdrawn(workspace, id, control.withdrawn)
    if match.data == here:
        said = Text("与现行草案一致；工作区尚在准备阶段", "it is the present draft; the workspace is still in set-up")
        return Currency("current", said, id)
    edits = [
        LaterChange(id, _day(workspace, state.known), Text("草案内容有改动", "the draft was edited"))
        for state in states[states.index(match) + 1 :]
    ]
    changes = _changes_since(id, control, _revision(path, match)) or tuple(edits)
    return _superseded(id, f"{id} r{control.revision}", changes)


def _revision(path: str, state: PastState) -> int:
    control = read_control(path, state.data)
    return control.revision if control else 0


def _judge_approved(
    workspace: Workspace, path: str, id: str, match: PastState, states: Sequence[PastState]
) -> Currency:
    known = editions(workspace.ledger, path)
    own = next((edition for edition in known if edition.sha256 == match.sha256), None)
    if own is None:
        return Currency("draft", Text("这一内容从未获得批准", "this content was never approved"), id)
    if own.since > workspace.today:
        said = Text("尚未生效，自 {day} 起生效", "not yet effective; it will be from {day}").format(day=own.since)
        return Currency("pending", said, id)
    ruling = next((edition for edition in known if edition.on(workspace.today)), None)
    if ruling is None:
        return _withdrawn(workspace, id, known[-1].until or known[-1].since)
    if ruling.sha256 == own.sha256:
        return Currency("current", Text("现行有效", "in force today"), id)
    control = read_control(path, next(s.data for s in states if s.sha256 == ruling.sha256))
    changes = _changes_since(id, control, own.revision) if control else ()
    return _superseded(id, f"{id} r{ruling.revision}", changes)


def _changes_since(id: str, control: Control, revision: int) -> tuple[LaterChange, ...]:
    later = (change for change in control.changes if revision < change.revision <= control.revision)
    return tuple(LaterChange(f"{id} r{change.revision}", change.date, change.summary) for change in later)


def _withdrawn(workspace: Workspace, id: str, day: dt.date) -> Currency:
    heirs = [document.id for document in workspace.documents.values() if document.control.supersedes == id]
    said = Text("自 {day} 起废止", "withdrawn since {day}").format(day=day)
    return Currency("withdrawn", said, id, " ".join(heirs))


def _superseded(id: str, by: str, changes: Sequence[LaterChange]) -> Currency:
    return Currency("superseded", Text("已被 {by} 取代", "superseded by {by}").format(by=by), id, by, tuple(changes))


# records


def _record_path(workspace: Workspace, id: str) -> str:
    """The file of a record, also of one that was removed."""
    landed = (path for path, _ in history.landings(workspace.root, disk.RECORDS, workspace.source.tip))
    ever = dict.fromkeys([*workspace.record_paths(), *landed])
    files = [path for path in ever if path.endswith(".yaml") and not is_attachment(path)]
    # Where a file lies now goes before where it once lay.
    return _meant(id, {path.rpartition("/")[2][:-5]: path for path in reversed(files)})


def _judge_record(workspace: Workspace, path: str, code: Code) -> Currency:
    name = path.rpartition("/")[2][:-5]
    states = [(state, parse_record(path, state.data).record) for state in _states(workspace, path)]
    printed = next(
        (r for s, r in reversed(states) if s.sha256.startswith(code.digest) and r and r.form_revision == code.revision),
        None,
    )
    if printed is None:
        return _forged(name, code)
    if path not in set(workspace.record_paths()):
        return Currency("withdrawn", _GONE.format(id=name), name)
    return _judge_filed(workspace, open_case(workspace, path).record, printed)


def _judge_filed(workspace: Workspace, filed: Record, printed: Record) -> Currency:
    """A record that still lies here: `filed` is the file as it is now, `printed` as it was on the paper."""
    family = [open_case(workspace, path) for path in _family(workspace, filed)]
    ruling = counting(filter(None, map(summarise, family)))[filed.id]
    records = [case.record for case in family]
    changes = tuple(_acts_since(printed, filed, records, workspace))
    case = next(case for case in family if case.path == ruling.path)
    label = case.form.state_labels[ruling.state] if case.form else same(ruling.state)
    if ruling.state == "void":
        return Currency("void", Text("已作废", "declared void"), filed.name, changes=changes)
    if ruling.state == "withdrawn":
        return Currency("withdrawn", Text("已撤回", "withdrawn by whoever filed it"), filed.name, changes=changes)
    if ruling.amendment < filed.amendment:
        said = Text("更正未生效，以 {by} 为准", "an amendment not in effect; {by} counts").format(by=ruling.name)
        return Currency("draft", said, filed.name, ruling.name, changes)
    if ruling.name != filed.name:
        return _superseded(filed.name, ruling.name, changes)
    if printed.signatures != filed.signatures or printed.data != filed.data:
        said = Text("之后有变动，现状态：{state}", "it has moved on since; its state is now: {state}").format(
            state=label
        )
        return Currency("superseded", said, filed.name, filed.name, changes)
    return Currency(
        "current", Text("与存档一致，状态：{state}", "as filed; state: {state}").format(state=label), filed.name
    )


def _family(workspace: Workspace, record: Record) -> Iterator[str]:
    """The first entry and its amendments."""
    last = parse_record("", workspace.read(find_record(workspace, record.id))).record
    for number in range((last.amendment if last else 0) + 1):
        path = f"{record.path.rpartition('/')[0]}/{record._replace(amendment=number).name}.yaml"
        if _here(workspace, path) is not None:
            yield path


def _acts_since(
    printed: Record, filed: Record, family: Sequence[Record], workspace: Workspace
) -> Iterator[LaterChange]:
    zone = workspace.settings.zone
    for signature in filed.signatures[len(printed.signatures) :]:
        words = Text("{by} 办理“{step}”：{decision}", "{by}, step “{step}”: {decision}").format(
            by=signature.by, step=signature.step, decision=DECISIONS_TAKEN[signature.decision]
        )
        yield LaterChange(filed.name, signature.moment.astimezone(zone).date(), words)
    for later in (record for record in family if record.amendment > filed.amendment):
        reason = later.reason or "—"
        words = Text(f"更正：{reason}", f"amended: {reason}")
        yield LaterChange(later.name, later.created.astimezone(zone).date(), words)


# the manual


def _judge_manual(workspace: Workspace, code: Code) -> Currency:
    states = manual_states(workspace)
    if not states:
        raise CsdocsError(
            Text("没有可用的 handbook/manual.yaml", "there is no usable handbook/manual.yaml"),
            Text("运行 csdocs check handbook/manual.yaml", "run csdocs check handbook/manual.yaml"),
        )
    index = next((i for i, state in reversed([*enumerate(states)]) if state.sha256.startswith(code.digest)), None)
    if index is None or code.revision != 1:
        return _forged(MANUAL, code)
    if states[index].sha256 == states[-1].sha256:
        return Currency("current", Text("手册内容与现在一致", "the manual reads the same today"), MANUAL)
    before, after = states[index].contents, states[-1].contents
    day = _day(workspace, states[-1].known)
    changes: list[LaterChange] = []
    for id, included in after.items():
        old, control = before.get(id), included.control
        if old is None:
            since = control.effective if control else day
            changes.append(LaterChange(id, since, Text("新收入手册", "new in the manual")))
        elif old.data != included.data:
            was = old.control
            told = _changes_since(id, control, was.revision) if control and was else ()
            changes += told or (LaterChange(id, day, Text("内容有改动", "the text was edited")),)
    changes += [LaterChange(id, day, Text("已移出手册", "no longer in it")) for id in before if id not in after]
    said = Text("手册内容此后有变动，请用现行手册", "the manual has changed since; use the present one")
    return Currency("superseded", said, MANUAL, MANUAL, tuple(changes))
