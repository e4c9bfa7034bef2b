"""Sign the records of the examples again: run `python tests/rules/make_examples.py` after a form or a record has changed.

A signed record is written by hand with short entries (`- {step: fill, decision: sign, by: S1001, at: "…"}`); this fills in
the rest. Signing goes through `csdocs.prepare.entry`, which refuses what could not count; the examples that show just that are in
FORCED, and their entries name the `post` too; LEFT_OUT names a field that a signature does not cover. TAMPERED says what is
changed after signing: the words as signed, and as they stand in the file. Then `pytest tests/rules --update-golden` writes the reports.
"""

import datetime as dt
import hashlib
import re
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from examples import BASE, HERE, NOW, build_base, files_of, folders, judge, lay

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.form import Form, Section
from csdocs.model.record import RECORD_NAMESPACE, Signature
from csdocs.parse.emit import emit_item
from csdocs.parse.yamltext import parse_yaml
from csdocs.prepare.signing import Signer, SigningRequest, sign_record
from csdocs.trust.keyring import signer_for
from csdocs.trust.payload import digest, record_payload

FORCED = frozenset({"signature-covers-too-little", "signer-not-entitled", "step-out-of-order"})
LEFT_OUT = {"signature-covers-too-little/bad": "minutes"}
TAMPERED = {"signed-content-changed/bad": ("minutes: 12", "minutes: 2")}
SIGNATURES = "signatures:\n"
_AMENDS = re.compile(r"(?<=^amends: \{file: )(\S+), sha256: \"?[0-9a-f]{64}\"?", re.MULTILINE)


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
    for amendment in HERE.glob("*/good/records/**/*.a?.yaml"):
        amendment.write_text(_AMENDS.sub(partial(_pinned, amendment), amendment.read_text()))


def _pinned(amendment: Path, found: re.Match[str]) -> str:
    """The record that an amendment of a good example names, with the digest that the base's file has now."""
    name = found[1]
    amended = BASE.joinpath(*amendment.relative_to(HERE).parts[2:-1], name)
    return f'{name}, sha256: "{hashlib.sha256(amended.read_bytes()).hexdigest()}"'


def _is_signed(path: Path) -> bool:
    return "records" in path.parts and path.suffix == ".yaml" and SIGNATURES.encode() in path.read_bytes()


def _sign_again(folder: Path, path: Path, root: Path) -> None:
    name = folder.relative_to(HERE).as_posix()
    as_signed, as_it_stands = TAMPERED.get(name, ("", ""))
    text = path.read_text()
    copy = root / path.relative_to(folder)
    copy.write_text(text.partition(SIGNATURES)[0].replace(as_it_stands, as_signed))
    for entry in parse_yaml(text.encode()).tree["signatures"]:
        sign = _forced if folder.parent.name in FORCED else _signed
        copy.write_bytes(sign(_case(root, copy), entry, LEFT_OUT.get(name)))
    path.write_text(copy.read_text().replace(as_signed, as_it_stands))


def _case(root: Path, file: Path) -> RecordCase:
    workspace = Workspace(root, NOW)
    return RecordCase(workspace, file.relative_to(root).as_posix(), file.read_bytes(), query=judge(root).tree.query)


def _signed(case: RecordCase, entry: Mapping[str, Any], _: str | None) -> bytes:
    asked = SigningRequest(entry["step"], entry["by"], dt.datetime.fromisoformat(entry["at"]), entry["decision"])
    return sign_record(case, asked, _signer(entry)).data


def _forced(case: RecordCase, entry: Mapping[str, Any], left_out: str | None) -> bytes:
    """A good signature under a statement that `csdocs sign` would not have let pass."""
    assert case.form is not None
    step = case.form.step_by_id[entry["step"]]
    assert step.attests is not None
    draft = Signature(
        **{key: entry[key] for key in ("step", "decision", "by", "post", "at")},
        form_sha256=case.compiled.sha256,
        attests=step.attests.zh,
        covers={section.id: _covered(case.form, section, left_out) for section in case.signed_before(step)},
        signature="",
        computed=case.spelled_computed or None,
    )
    previous = [digest(payload) for payload in case.payloads]
    payload = record_payload(case.workspace.settings.workspace, case.record, draft, previous)
    item = {key: value for key, value in draft._replace(signature=_signer(entry)(payload))._asdict().items() if value}
    return case.data + ("" if case.record.signatures else SIGNATURES).encode() + emit_item(item).encode()


def _covered(form: Form, section: Section, left_out: str | None) -> list[str]:
    return [field.id for field in form.section_fields(section) if not field.is_computed and field.id != left_out]


def _signer(entry: Mapping[str, Any]) -> Signer:
    return signer_for(entry["by"], None, RECORD_NAMESPACE, demo=True)


if __name__ == "__main__":
    main()
