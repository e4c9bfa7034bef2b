"""Give the reference department its demo keys and sign its records again.

While the workspace is in set-up a form may still change under its number, and with it what a signature covers. This script takes
who signed which step when from the records as they are and signs anew, with the public demo keys. The same input gives the
same bytes.

    python -m tools.sign_demo [PATH…]
"""

import hashlib
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from csdocs.load.holdings.tree import Tree, summarise
from csdocs.load.index.gathered import tree_of
from csdocs.load.workspace import Workspace
from csdocs.model.form import Form
from csdocs.model.place import PEOPLE
from csdocs.model.record import RECORD_NAMESPACE, Record, Signature
from csdocs.parse.emit import emit
from csdocs.parse.record import parse_record
from csdocs.prepare.entry import open_case
from csdocs.prepare.signing import SigningRequest, sign_record
from csdocs.store import disk
from csdocs.trust.demo import demo_public
from csdocs.trust.keyring import signer_for

KEYS_FROM = "2026-08-01"


def give_keys(root: Path) -> None:
    """Write each person's demo key into the register, valid from the first day or from joining."""
    path = root / PEOPLE
    text = path.read_text("utf-8")
    blocks = re.split(r"(?m)^(?=  - staff_no: )", text)
    path.write_text("".join(map(_with_key, blocks)), "utf-8")


def _with_key(block: str) -> str:
    staff_no, joined = re.search(r"staff_no: (\w+)", block), re.search(r"joined: (\S+)", block)
    if staff_no is None or joined is None:
        return block
    line = f"      - {{public: {demo_public(staff_no[1])}, valid_from: {max(joined[1], KEYS_FROM)}}}\n"
    body = re.sub(r"(?m)^    keys:.*\n(?:      .*\n)*", "", block).rstrip("\n")
    return f"{body}\n    keys:\n{line}"


def resign(root: Path, paths: list[str]) -> int:
    """Sign every record again; returns how many files changed."""
    changed = 0
    digests: dict[str, str] = {}
    for path in sorted(paths, key=_in_order):
        data = (root / path).read_bytes()
        record = parse_record(path, data).record
        if record is None:
            print(f"{path}: not a record, left alone", file=sys.stderr)
            continue
        fresh = _signed(root, path, _unsigned(data, path, digests), record)
        digests[path] = hashlib.sha256(fresh).hexdigest()
        if fresh != data:
            disk.write(root, path, fresh, was=data)
            changed += 1
    return changed


def _in_order(path: str) -> tuple[str, int]:
    """A record before its amendments, and these by number."""
    stem = path.removesuffix(".yaml")
    amended = re.fullmatch(r"(.*)\.a(\d+)", stem)
    return (amended[1], int(amended[2])) if amended else (stem, 0)


def _unsigned(data: bytes, path: str, digests: dict[str, str]) -> bytes:
    """The file up to its signatures, naming its predecessor by the bytes that this run gave it."""
    text = re.split(r"(?m)^signatures:", data.decode(), maxsplit=1)[0]
    amends = re.search(r"file: (\S+\.yaml),?\s+sha256: \"?([0-9a-f]{64})\"?", text)
    if amends:
        before = digests[f"{path.rpartition('/')[0]}/{amends[1]}"]
        text = text.replace(amends[2], before)
    return text.encode()


def _signed(root: Path, path: str, data: bytes, record: Record) -> bytes:
    """Each signature is made over the record as it stood then, so that nobody signs what was written later."""
    tail = b""
    form = open_case(_workspace(root), path).form
    assert form is not None  # a record that can be read names one
    for old in record.signatures:
        then = _as_it_stood(data, record, old, form)
        case = open_case(_workspace(root), path, then + tail, query=_tree(root).query, now=old.moment)
        row = next(iter(next(iter(old.row.values())).values())) if old.row else None
        asked = SigningRequest(old.step, old.by, old.moment, old.decision, old.comment, row)
        signed = sign_record(case, asked, signer_for(old.by, None, RECORD_NAMESPACE, demo=True)).data
        tail = signed[len(then) :]
    return data + tail


def _as_it_stood(data: bytes, record: Record, signature: Signature, form: Form) -> bytes:
    """The unsigned file with the sections that the signature covered, its growing rows up to the last one it named."""
    covered = (section for section in form.sections if section.id in signature.covers)
    known = {field.id for section in covered for field in form.section_fields(section)}
    values = {
        id: _rows_then(value, (signature.rows_to or {}).get(id)) for id, value in record.data.items() if id in known
    }
    header = re.split(r"(?m)^data:", data.decode(), maxsplit=1)[0]
    kept = {id: value for id, value in values.items() if value}
    return (header + (emit({"data": kept}) if kept else "")).encode()


def _rows_then(value: Any, last: Mapping[str, str] | None) -> Any:
    if last is None:
        return value
    ends = (index + 1 for index, row in enumerate(value) if last.items() <= row.items())
    return value[: next(ends, 0)]


@cache
def _workspace(root: Path) -> Workspace:
    return Workspace(root)


@cache
def _tree(root: Path) -> Tree:
    """All records as they were before this run: what computed fields that ask other records need."""
    workspace = _workspace(root)
    paths = [path for path in workspace.record_paths() if parse_record(path, (root / path).read_bytes()).record]
    return tree_of(workspace, filter(None, (summarise(open_case(workspace, path)) for path in paths)))


def main() -> None:
    root = disk.find_root(Path.cwd())
    give_keys(root)
    paths = sys.argv[1:] or list(_workspace(root).record_paths())
    print(f"{resign(root, paths)} of {len(paths)} records signed again")


if __name__ == "__main__":
    main()
