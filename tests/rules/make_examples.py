"""Sign the records of the examples again: run `python tests/rules/make_examples.py` after a form or a record has changed.

A signed record is written by hand with short entries (`- {step: fill, decision: sign, by: S1001, at: "…"}`); this fills in
the rest. Signing goes through `csdocs.entry`, which refuses what could not count; the examples that show just that are in
FORCED, and their entries name the `post` too. TAMPERED says what is changed after signing: the words as signed, and as they
stand in the file. Then `pytest tests/rules --update-golden` writes the reports.
"""

import datetime as dt
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from examples import BASE, HERE, NOW, build_base, files_of, folders, judge, lay

from csdocs.entry import Asked, Signer, sign_record
from csdocs.load.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.record import RECORD_NAMESPACE, Signature
from csdocs.parse.emit import emit_item
from csdocs.parse.yamltext import parse_yaml
from csdocs.trust.keyring import signer_for
from csdocs.trust.payload import digest, record_payload

FORCED = frozenset({"signer-not-entitled", "step-out-of-order"})
TAMPERED = {
    "signed-content-changed/bad": ("minutes: 18", "minutes: 8"),
}
SIGNATURES = "signatures:\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        for number, folder in enumerate((BASE, *folders())):
            records = [path for path in files_of(folder) if _is_signed(path)]
            if not records:
                continue
            base = build_base(Path(place) / f"base{number}")
            root = base if folder == BASE else lay(folder, base, Path(place) / f"tree{number}")
            for path in records:
                _sign_again(folder, path, root)


def _is_signed(path: Path) -> bool:
    return "records" in path.parts and path.suffix == ".yaml" and SIGNATURES.encode() in path.read_bytes()


def _sign_again(folder: Path, path: Path, root: Path) -> None:
    as_signed, as_it_stands = TAMPERED.get(folder.relative_to(HERE).as_posix(), ("", ""))
    text = path.read_text()
    copy = root / path.relative_to(folder)
    copy.write_text(text.partition(SIGNATURES)[0].replace(as_it_stands, as_signed))
    for entry in parse_yaml(text.encode()).tree["signatures"]:
        copy.write_bytes(_signed(_case(root, copy), entry, forced=folder.parent.name in FORCED))
    path.write_text(copy.read_text().replace(as_signed, as_it_stands))


def _case(root: Path, file: Path) -> RecordCase:
    workspace = Workspace(root, NOW)
    return RecordCase(workspace, file.relative_to(root).as_posix(), file.read_bytes(), query=judge(root).tree.query)


def _signed(case: RecordCase, entry: Mapping[str, Any], *, forced: bool) -> bytes:
    signer = signer_for(entry["by"], None, RECORD_NAMESPACE, demo=True)
    if forced:
        return _forced(case, entry, signer)
    at = dt.datetime.fromisoformat(entry["at"])
    asked = Asked(entry["step"], entry["by"], at, entry["decision"], entry.get("comment"))
    return sign_record(case, asked, signer).data


def _forced(case: RecordCase, entry: Mapping[str, Any], signer: Signer) -> bytes:
    """A good signature under a statement that `csdocs sign` would not have let pass."""
    assert case.form is not None
    step = case.form.step_by_id[entry["step"]]
    assert step.attests is not None
    draft = Signature(
        **{key: entry[key] for key in ("step", "decision", "by", "post", "at")},
        form_sha256=case.compiled.sha256,
        attests=step.attests.zh,
        covers={s.id: [f.id for f in case.form.section_fields(s) if not f.is_computed] for s in case.signed_before(step)},
        signature="",
        computed=case.spelled_computed or None,
    )
    previous = [digest(payload) for payload in case.payloads]
    signature = draft._replace(signature=signer(record_payload(case.workspace.settings.workspace, case.record, draft, previous)))
    item = emit_item({key: value for key, value in signature._asdict().items() if value})
    return case.data + ("" if case.record.signatures else SIGNATURES).encode() + item.encode()


if __name__ == "__main__":
    main()
