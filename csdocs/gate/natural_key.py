"""Of a form whose numbers have no serial one record stands for each number: a change may not bring another one.

Whoever shares a number with a changed record says so by the name of its file, so that few records have to be read.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from csdocs.check.placing import placed
from csdocs.load.approval.approved import ApprovedWorkspace
from csdocs.load.holdings.tree import summarise
from csdocs.load.index.gathered import tree_of
from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Finding
from csdocs.model.number import has_serial
from csdocs.rules.workspace.key_held_twice import RULE
from csdocs.store import disk, history
from csdocs.store.history import Commit

_FOLLOWS = re.compile(r"(?:\.[1-9]\d?)?(?:\.a[1-9]\d*)?\.yaml$", re.ASCII)  # another record of the number, an amendment


def held_twice(
    workspace: ApprovedWorkspace,
    base: str,
    step: Commit,
    blobs: Mapping[str, bytes],
    names: Callable[[], Mapping[str, str]],
) -> Iterator[Finding]:
    """`names`: paths of the records that `base` has, by file name, asked for where there is anything to look for."""
    records = {change.path: change for change in step.changes if disk.is_record(change.path)}
    here = {path: blobs[each.oid] for path, each in records.items() if each.mode == history.REGULAR}
    cases = [case for path, data in here.items() if _has_key(case := RecordCase(workspace, path, data))]
    keys = {case.number.series for case in cases if case.number is not None}
    if not keys:
        return
    beside = _read(workspace.root, base, [path for path in _named_so(names(), keys) if path not in records])
    cases += [RecordCase(workspace, path, data) for path, data in beside.items()]
    with workspace.laid_over(beside):
        held = tree_of(workspace, filter(None, map(summarise, cases)))
    assert RULE.check is not None
    for key in held.keys_held_twice():
        for problem in RULE.check(held, key):
            path = str(problem.values["path"])
            finding = placed(problem, path, here.get(path) or beside[path])
            if not workspace.waivers.cover(finding.code, path, workspace.today):
                yield finding


def _has_key(case: RecordCase) -> bool:
    return case.form is not None and not has_serial(case.form.number.pattern)


def _read(root: Path, commit: str, paths: Sequence[str]) -> dict[str, bytes]:
    """These files alone, whatever else lies in their folders."""
    found = history.tree(root, commit, *paths) if paths else {}
    plain = {path: oid for path, (mode, oid) in found.items() if mode == history.REGULAR}
    blobs = dict(history.read_blobs(root, plain.values()))
    return {path: blobs[oid] for path, oid in plain.items() if oid in blobs}


def _named_so(names: Mapping[str, str], keys: set[str]) -> Iterator[str]:
    """Records of these numbers. Of many names most hold one dot and are looked up, not looked through."""
    yield from (names[name] for key in keys if (name := f"{key}.yaml") in names)
    yield from (path for name, path in names.items() if name.count(".") > 1 and _FOLLOWS.sub("", name) in keys)
