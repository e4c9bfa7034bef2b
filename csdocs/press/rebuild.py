"""Is a PDF exactly what the repository says? Printed again from the commit and moment it names, and compared byte for byte."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from csdocs import __version__
from csdocs.load.rulebook.revision import Revision, written_revision
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, Text, same
from csdocs.press.audience import OUTSIDERS, Outsider
from csdocs.press.printing import Press, Rendition
from csdocs.press.redline import redline_rendition
from csdocs.render.addition import adds_only_a_seal
from csdocs.render.embedded import read_embedded_file
from csdocs.render.tool import tools
from csdocs.render.verdict import PROVENANCE
from csdocs.store import history


class Rebuilt(NamedTuple):
    """`unknown`: nothing could be printed to compare with."""

    status: Literal["ok", "failed", "unknown"]
    sentence: Text
    sha256: str = ""


class _Claim(NamedTuple):
    """What the file says of where it comes from. To be believed only once the same bytes come out again."""

    tools: Mapping[str, str]
    workspace: str
    commit: str
    as_of: dt.datetime
    subject: str
    language: Literal["zh", "en"]
    seal_field: bool
    outsider: Outsider | None
    compared: tuple[str, ...]
    paths: tuple[str, ...]
    digest: str  # of the first of them
    uncommitted: bool


class _Unknown(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.sentence = Text(zh, en)


def rebuild(root: Path, data: bytes) -> Rebuilt:
    """Never raises for what is in the file."""
    try:
        claim = _claim(data)
        _require_in_history(root, claim)
        made = _print(root, claim).data
    except _Unknown as unknown:
        return Rebuilt("unknown", unknown.sentence)
    except CsdocsError as error:
        said = Text("无法重新生成：{why}", "it cannot be made again: {why}").format(why=error.message)
        return Rebuilt("unknown", said)
    return _compared(data, made, claim)


def _compared(data: bytes, made: bytes, claim: _Claim) -> Rebuilt:
    digest = hashlib.sha256(made).hexdigest()
    commit = claim.commit[:12]
    if data == made or (data.startswith(made) and adds_only_a_seal(data)):
        zh, en = f"由提交 {commit} 重新生成，逐字节相同", f"made again from commit {commit}, byte for byte the same"
        return Rebuilt("ok", Text(zh, en), digest)
    if data.startswith(made):
        zh = f"由提交 {commit} 重新生成的内容之后，除签章外还追加了别的内容，所见页面不可信"
        en = f"more than a seal was added to what commit {commit} gives; what the pages show is not to be trusted"
        return Rebuilt("failed", Text(zh, en), digest)
    if other := _other_tools(claim):
        return Rebuilt("unknown", other, digest)
    zh, en = f"与提交 {commit} 重新生成的不同", f"it differs from what commit {commit} gives"
    return Rebuilt("failed", Text(zh, en), digest)


def _other_tools(claim: _Claim) -> Text | None:
    """Says with what the file was made, where that is not what lies here."""
    here = {"csdocs": __version__, **tools()}
    other = [name for name in here if claim.tools.get(name, here[name]) != here[name]]
    if not other:
        return None
    theirs, ours = (COMMA.join(same(f"{name} {all_[name]}") for name in other) for all_ in (claim.tools, here))
    said = Text(
        "原件由 {theirs} 生成，本机是 {ours}；请用同样的版本重试",
        "it was made by {theirs}, this is {ours}; try again with the same versions",
    )
    return said.format(theirs=theirs, ours=ours)


def _claim(data: bytes) -> _Claim:
    facts = _provenance(data)
    try:
        claim = _Claim(
            tools={name: str(version) for name, version in {**facts["tools"], "csdocs": facts["csdocs"]}.items()},
            workspace=str(facts["workspace"]),
            commit=str(facts["commit"]),
            as_of=dt.datetime.fromisoformat(facts["as_of"]),
            subject=str(facts["rendition"]),
            language=facts["language"],
            seal_field=facts["seal_field"] is True,
            outsider=facts.get("copy_for"),
            compared=tuple(str(each["sha256"]) if each else "" for each in facts.get("compared", ())),
            paths=tuple(map(str, facts["sources"])),
            digest=str(next(iter(facts["sources"].values()), "")),
            uncommitted=bool(facts["uncommitted"]) or not facts["commit"],
        )
    except (KeyError, TypeError, ValueError):
        claim = None
    if (
        claim is None
        or claim.as_of.tzinfo is None
        or claim.language not in ("zh", "en")
        or claim.outsider not in (None, *OUTSIDERS)
    ):
        raise _Unknown(
            "文件没有写明可供重新生成的出处",
            "the file does not say from what it was made in a way that can be repeated",
        )
    return claim


def _provenance(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(read_embedded_file(data, PROVENANCE) or b"{}")
    except Exception:  # noqa: BLE001 - a parser fed with hostile bytes may raise anything
        return {}
    return found if isinstance(found, dict) else {}


def _require_in_history(root: Path, claim: _Claim) -> None:
    if claim.uncommitted:
        raise _Unknown("文件由未提交的内容生成，无从重新生成", "it was made from files that were not committed")
    known = len(claim.commit) == len(history.head(root)) and set(claim.commit) <= set("0123456789abcdef")
    if not known or not history.contains(root, claim.commit):
        raise _Unknown(
            f"当前分支的历史中没有提交 {claim.commit[:12]}",
            f"commit {claim.commit[:12]} is not in the history of this branch",
        )


def _print(root: Path, claim: _Claim) -> Rendition:
    press = Press(root, as_of=claim.as_of, language=claim.language, seal=claim.seal_field, commit=claim.commit)
    workspace = press.workspace
    if workspace.settings.workspace != claim.workspace:
        raise _Unknown("文件属于另一个工作区", "it belongs to another workspace")
    if claim.subject == "manual":
        return press.manual()
    if claim.subject == "record":
        records = set(workspace.record_paths())
        path = next((path for path in claim.paths if path in records), "")
        if path:
            return press.record(path, claim.outsider)
    path = next(iter(claim.paths), "")
    documents = {document.path: document.id for document in workspace.documents.values()}
    if claim.subject == "document" and path in documents:
        return _of_digest(press, path, claim).document(documents[path])
    forms = {path: id for id, path in workspace.form_paths.items()}
    if claim.subject == "blank" and path in forms:
        return _of_digest(press, path, claim).blank(forms[path])
    if claim.subject == "redline" and claim.compared and claim.compared[-1]:
        return redline_rendition(press, path, _states(workspace, path, claim))
    raise _Unknown("这类文件不能重新生成", "files of this kind cannot be made again")


def _of_digest(press: Press, path: str, claim: _Claim) -> Press:
    """What lay at the path then, or what was in force instead."""
    return press if press.sha256(path) == claim.digest else press.in_force()


def _states(workspace: Workspace, path: str, claim: _Claim) -> Sequence[Revision | None]:
    """The revisions that were compared, each as the history of the commit has it."""
    written = written_revision(path, workspace.files.get(path, b""))
    known = {each.sha256: each for each in (*workspace.revisions.get(path, ()), *([written] if written else ()))}
    lost = [digest for digest in claim.compared if digest and digest not in known]
    if lost:
        raise _Unknown(
            f"历史中没有对照所用的版次（SHA-256 {lost[0][:16]}…）",
            f"a revision that was compared is not in the history (SHA-256 {lost[0][:16]}…)",
        )
    return [known[digest] if digest else None for digest in claim.compared]
