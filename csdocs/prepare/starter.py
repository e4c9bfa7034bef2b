"""Fresh workspaces from the content that travels with the program."""

import datetime as dt
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from csdocs.load.rulebook.profile import stated_profiles
from csdocs.model.control import GENERAL
from csdocs.model.error import CsdocsError
from csdocs.model.place import (
    CALENDAR,
    CONFIG,
    DOCUMENTS,
    FORMS,
    ORGANISATION,
    PEOPLE,
    PRINT,
    RECEIPTS,
    SEAL,
    WAIVERS,
)
from csdocs.model.text import Language, Text
from csdocs.parse.emit import emit
from csdocs.store import disk, git

_NOT_YOURS = (RECEIPTS, SEAL, PEOPLE, WAIVERS)  # made anew, or made by the people themselves
_ATTRIBUTES = "# Bytes are signed: git must never change line endings.\n* -text\n"
_IGNORE = "# Renditions can be made again; keys never belong in git.\n/build/\n/.csdocs/\n"
_PEOPLE = """# 人员登记册：工号、姓名、入职日期、岗位（有起止日期）和签名公钥。
# The register of people. csdocs keys new S0001 adds a key. An entry looks like this:
#   - staff_no: S0001
#     name: {zh: 姓名, en: Name}
#     joined: 2026-01-05
#     posts:
#       - {post: R-DEPTMGR, department: D-CS, from: 2026-01-05}
people: []
"""
_WAIVERS = "waivers: []\n"
_OF_ANYBODY = (PRINT, CALENDAR)  # what a department needs that brings rules and forms of its own
_ORGANISATION = """# 部门和岗位：编号用大写字母，定下以后不再改；superior 是上级岗位，head 是负责部门的岗位。
# Departments and posts. An id is written in capitals and stays for ever.
departments:
  - {id: D-CS, name: {zh: 本部门, en: Our department}, head: R-DEPTMGR}
posts:
  - {id: R-LEADER, name: {zh: 单位领导, en: Leader}}
  - {id: R-DEPTMGR, name: {zh: 部门经理, en: Head of department}, superior: R-LEADER}
  - {id: R-QUALITY, name: {zh: 文控员, en: Document controller}, superior: R-LEADER}
  - {id: R-AGENT, name: {zh: 员工, en: Member of staff}, superior: R-DEPTMGR}
"""
# A drafter may not approve: so each group has somebody besides those who write most.
_REVIEW = """# 审批规则：人按人头计，一人只占一个名额；起草人不能批准自己起草的。
# People are counted: one person fills one place. Drafters do not approve what they drafted.
review:
  groups:
    management: [R-LEADER, R-DEPTMGR]
    quality: [R-QUALITY, R-DEPTMGR, R-LEADER]
  rules:
    - paths: ["handbook/*", "templates/*", "csdocs.yaml", ".gitattributes", ".gitignore", ".gitmodules", ".mailmap"]
      approve: 1 of management and 1 of quality
      by_kind: {editorial: 1 of quality}
  pending_may_land: true
"""


def starter_root() -> Path:
    """Where the starter content is: inside an installed package, or the source tree around it."""
    package = Path(__file__).resolve().parent.parent
    for root in (package / "starter", package.parent):
        if (root / CONFIG).is_file():
            return root
    raise CsdocsError(
        Text("安装不完整：缺少初始内容", "the installation lacks its starter content"),
        Text("请重新安装 csdocs", "install csdocs again"),
    )


def starter_profiles() -> tuple[str, ...]:
    """The industries that the starter content has documents or forms for."""
    source = starter_root()
    paths = (path for path in _files(source, disk.CONTROLLED) if path.startswith((*DOCUMENTS, FORMS)))
    return tuple(sorted(frozenset(GENERAL).union(*(stated_profiles(disk.read(source, path)) for path in paths))))


def create_workspace(target: Path, organisation: Text, profiles: Sequence[str] = (), language: Language = "zh") -> None:
    """A workspace in set-up: regulations and forms as drafts, no people, no records, not committed yet.

    `profiles`: the industries to switch on; without any, those of the reference department. `language`: of messages and print.
    """
    _require_profiles(profiles)
    _require_empty(target)
    source = starter_root()
    for path in _files(source, disk.CONTROLLED):
        if not path.startswith(_NOT_YOURS):
            _copy(source, target, path)
    _lay(target, {CONFIG: _settings(disk.read(source, CONFIG).decode(), organisation, profiles, language)})


def create_empty(target: Path, organisation: Text, language: Language = "zh") -> None:
    """A workspace in set-up without rules and forms, for a department that brings its own: templates of print, a calendar,
    a few posts, a policy that three people can keep."""
    _require_empty(target)
    source = starter_root()
    for path in _files(source, disk.CONTROLLED):
        if path.startswith(_OF_ANYBODY):
            _copy(source, target, path)
    settings = _settings(disk.read(source, CONFIG).decode(), organisation, GENERAL, language)
    facts = re.split(r"(?m)^(?:#.*\n)*review:", settings)[0]
    _lay(target, {CONFIG: facts + _REVIEW, ORGANISATION: _ORGANISATION})


def _lay(target: Path, texts: Mapping[str, str]) -> None:
    own = {PEOPLE: _PEOPLE, WAIVERS: _WAIVERS, ".gitattributes": _ATTRIBUTES, ".gitignore": _IGNORE}
    for path, text in {**own, **texts}.items():
        disk.write(target, path, text.encode(), was=None)
    git.initialise(target)


def _require_profiles(profiles: Sequence[str]) -> None:
    known = starter_profiles() if profiles else ()
    for code in profiles:
        if code not in known:
            raise CsdocsError(
                Text("没有行业 {code}", "there is no industry {code}").format(code=code),
                Text("可选：{known}", "choose from {known}").format(known=" ".join(known)),
            )


def _settings(text: str, organisation: Text, profiles: Sequence[str], language: Language) -> str:
    """The reference department's settings and policy, with an id and a name of their own and no keys or clock."""
    text = re.sub(r"(?m)^(?:demo|clock):.*\n|^root_keys:\n(?:  .*\n)*|\A#.*\n", "", text)
    text = re.sub(r"(?m)^workspace:.*$", f"workspace: {secrets.token_hex(16)}", text)
    languages = dict.fromkeys((language, "zh", "en"))
    text = re.sub(r"(?m)^languages:.*$", f"languages: [{', '.join(languages)}]", text)
    if profiles:
        codes = ", ".join(dict.fromkeys((*GENERAL, *profiles)))
        text = re.sub(r"(?m)^profiles:.*$", f"profiles: [{codes}]", text)
    named = emit({"organisation": organisation._asdict()}).rstrip("\n")
    return re.sub(r"(?m)^organisation:.*$", lambda _: named, text)


def create_demo(target: Path) -> None:
    """The reference department with people, demo keys and records, committed at its fixed clock."""
    _require_empty(target)
    source = starter_root()
    for path in (CONFIG, *_files(source, (*disk.CONTROLLED, disk.RECORDS))):
        _copy(source, target, path)
    disk.write(target, ".gitattributes", _ATTRIBUTES.encode(), was=None)
    disk.write(target, ".gitignore", _IGNORE.encode(), was=None)
    git.initialise(target)
    clock = _clock(target)
    git.commit_all(target, "Take over the reference department", ("csdocs demo", "demo@csdocs.invalid"), clock)


def _clock(root: Path) -> dt.datetime:
    from csdocs.load.workspace import Workspace

    return Workspace(root).now


def _files(source: Path, folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        yield from disk.files_below(source, folder)


def _copy(source: Path, target: Path, path: str) -> None:
    disk.write(target, path, disk.read(source, path), was=None)


def _require_empty(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(entry.name != ".git" for entry in target.iterdir())):
        raise CsdocsError(
            Text("{target} 不是空目录", "{target} is not an empty folder").format(target=target),
            Text("请换一个目录", "choose another folder"),
        )
    target.mkdir(parents=True, exist_ok=True)
