"""The seal from its beginning to its end, through the verbs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from department import Department
from prepared import prepared
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

KEYS, PUBLIC = ".csdocs/seal", "handbook/seal/root.pem"
REVOKED = "handbook/seal/revoked.yaml"


@prepared
def sealed(department: Department) -> None:
    """With a seal, and a record printed under it as `first/TEST-202611-001.pdf`."""
    assert department.run("seal", "init").code == 0
    department.new(note="x")
    print_record(department, "first")


def print_record(department: Department, folder: str, *options: str) -> str:
    said = department.run("render", "TEST-202611-001", "-o", folder, *(options or ("--seal",)))
    assert said.code == 0, said.err
    return said.text.strip()


def verdict(department: Department, folder: str = "first") -> Any:
    said = department.run("verify", f"{folder}/TEST-202611-001.pdf", "--format", "json")
    (found,) = json.loads(said.out)
    assert said.code == (0 if found["genuine"] else 1)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_seal_is_made_once(sealed: Department) -> None:
    before = files(sealed.root / KEYS), sealed.read(PUBLIC)
    said = sealed.run("seal", "init")
    assert said.code == 3
    assert "seal renew" in said.err
    assert (files(sealed.root / KEYS), sealed.read(PUBLIC)) == before


def test_a_machine_without_the_keys_does_not_replace_the_root(sealed: Department) -> None:
    (sealed.root / KEYS).rename(sealed.root / "safe")
    public = sealed.read(PUBLIC)
    assert sealed.run("seal", "init").code == 3
    assert sealed.read(PUBLIC) == public
    assert not (sealed.root / KEYS).exists()


def test_keys_without_a_published_root_are_kept_too(sealed: Department) -> None:
    (sealed.root / PUBLIC).unlink()
    before = files(sealed.root / KEYS)
    assert sealed.run("seal", "init").code == 3
    assert files(sealed.root / KEYS) == before


def test_a_name_that_no_certificate_holds_is_refused(sealed: Department) -> None:
    name = f"organisation: {{zh: 客服, en: {'x' * 55}}}"
    sealed.write("csdocs.yaml", re.sub("(?m)^organisation: .*", name, sealed.read("csdocs.yaml")))
    before = files(sealed.root / KEYS)
    said = sealed.run("seal", "renew")
    assert (said.code, "at most 54 characters" in said.err) == (3, True)
    assert files(sealed.root / KEYS) == before
    (sealed.root / PUBLIC).unlink()
    (sealed.root / KEYS).rename(sealed.root / "safe")
    assert "at most 54 characters" in sealed.run("seal", "init").err
    assert not (sealed.root / KEYS).exists() and not (sealed.root / PUBLIC).exists()


def test_a_renewed_seal_leaves_the_old_ones_valid(sealed: Department) -> None:
    old = files(sealed.root / KEYS)
    said = sealed.run("seal", "renew")
    assert said.code == 0, said.err
    print_record(sealed, "second")
    first, second = verdict(sealed), verdict(sealed, "second")
    assert first["genuine"]
    assert second["genuine"]
    assert first["certificate_sha256"] != second["certificate_sha256"]
    assert second["certificate_sha256"] in said.text
    new = files(sealed.root / KEYS)
    retired = f"retired/{first['certificate_sha256']}"
    assert new[f"{retired}/seal.key"] == old["seal.key"]
    assert new[f"{retired}/seal.pem"] == old["seal.pem"]
    assert new["root.key"] == old["root.key"]
    assert not [name for name in new if name.endswith(".new")]
    assert (sealed.root / KEYS / "seal.key").stat().st_mode & 0o777 == 0o600


def test_the_root_key_may_lie_in_a_safe(sealed: Department, tmp_path: Path) -> None:
    (sealed.root / KEYS / "root.key").rename(tmp_path / "root.key")
    said = sealed.run("seal", "renew")
    assert (said.code, "--root-key" in said.err) == (3, True)
    assert sealed.run("seal", "renew", "--root-key", str(tmp_path / "root.key")).code == 0
    assert sealed.run("seal", "renew", "--root-key", str(sealed.root / KEYS / "seal.key")).code == 3
    (tmp_path / "root.key").write_text("nonsense")
    assert sealed.run("seal", "renew", "--root-key", str(tmp_path / "root.key")).code == 3


def test_keys_under_a_passphrase_are_renewed_with_it(department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSDOCS_SEAL_PASSPHRASE", "correct horse")
    assert department.run("seal", "init").code == 0
    assert department.run("seal", "renew").code == 0
    assert "ENCRYPTED" in department.read(f"{KEYS}/seal.key")
    monkeypatch.setenv("CSDOCS_SEAL_PASSPHRASE", "wrong")
    assert department.run("seal", "renew").code == 3


def test_the_root_outlives_the_seal_and_then_signs_no_more(sealed: Department) -> None:
    leaf, root = x509.load_pem_x509_certificates((sealed.root / KEYS / "seal.pem").read_bytes())
    assert root.not_valid_after_utc.year - leaf.not_valid_after_utc.year >= 14
    sealed.clock("2044-01-01T09:00:00+08:00")
    assert sealed.run("seal", "renew").code == 0
    leaf, root = x509.load_pem_x509_certificates((sealed.root / KEYS / "seal.pem").read_bytes())
    assert leaf.not_valid_after_utc <= root.not_valid_after_utc
    sealed.clock("2047-01-01T09:00:00+08:00")
    assert sealed.run("seal", "renew").code == 3


def test_a_revoked_seal_proves_nothing_and_seals_nothing(sealed: Department) -> None:
    said = sealed.run("seal", "revoke", "--reason", "the laptop was stolen")
    assert said.code == 0, said.err
    found = verdict(sealed)
    assert found["certificate_sha256"] in said.text
    assert found["authority"]["status"] == "failed"
    assert "revoked" in found["authority"]["sentence"]
    refused = sealed.run("render", "TEST-202611-001", "--seal", "-o", "second")
    assert (refused.code, "renew" in refused.err) == (3, True)
    assert sealed.run("seal", "renew").code == 0
    print_record(sealed, "second")
    assert verdict(sealed, "second")["genuine"]


def test_other_certificates_are_revoked_by_their_fingerprint(sealed: Department) -> None:
    fingerprint = verdict(sealed)["certificate_sha256"]
    other = "AB:" * 31 + "CD"
    assert sealed.run("seal", "revoke", other, "--reason", "x", "--since", "2026-10-01T00:00").code == 0
    assert verdict(sealed)["genuine"]
    assert (
        sealed.run("seal", "revoke", fingerprint, "--reason", "理由: #1", "--since", "2026-11-01T08:00+08:00").code == 0
    )
    assert not verdict(sealed)["genuine"]
    assert sealed.read(REVOKED).count("certificate:") == 2
    assert [finding for finding in sealed.findings() if finding.path == REVOKED] == []


def test_a_revocation_may_be_put_earlier_but_not_repeated(sealed: Department) -> None:
    assert sealed.run("seal", "revoke", "--reason", "x", "--since", "2026-10-02").code == 0
    before = sealed.read(REVOKED)
    assert sealed.run("seal", "revoke", "--reason", "x", "--since", "2026-10-03").code == 3
    assert sealed.read(REVOKED) == before
    assert sealed.run("seal", "revoke", "--reason", "x", "--since", "2026-10-01").code == 0


@pytest.mark.parametrize("wrong", ["", "abc", "g" * 64, "a" * 63])
def test_what_is_no_fingerprint_is_not_entered(sealed: Department, wrong: str) -> None:
    assert sealed.run("seal", "revoke", wrong or "-", "--reason", "x").code == 3
    assert not (sealed.root / REVOKED).exists()


def test_an_unreadable_list_is_no_empty_list(sealed: Department) -> None:
    sealed.write(REVOKED, "revoked:\n  - certificate: abc\n    since: yesterday\n    reason: x\n")
    assert sealed.run("verify", "first/TEST-202611-001.pdf").code == 3
    assert {finding.path for finding in sealed.findings(REVOKED)} == {REVOKED}


def test_a_key_in_pkcs12(sealed: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    key = serialization.load_pem_private_key((sealed.root / KEYS / "seal.key").read_bytes(), None)
    leaf, root = x509.load_pem_x509_certificates((sealed.root / KEYS / "seal.pem").read_bytes())
    protection = serialization.BestAvailableEncryption(b"battery staple")
    container = pkcs12.serialize_key_and_certificates(b"seal", key, leaf, [root], protection)  # type: ignore[arg-type]
    sealed.write("seal.p12", container)
    (sealed.root / KEYS).rename(sealed.root / "safe")
    monkeypatch.setenv("CSDOCS_SEAL_PASSPHRASE", "battery staple")
    print_record(sealed, "second", "--pkcs12", "seal.p12")
    assert verdict(sealed, "second")["genuine"]
    monkeypatch.setenv("CSDOCS_SEAL_PASSPHRASE", "wrong")
    assert sealed.run("render", "TEST-202611-001", "--pkcs12", "seal.p12").code == 3


def test_a_time_stamp_proves_the_hour(
    sealed: Department, stamp_authority: tuple[bytes, DummyTimeStamper], time_stamp_url: str
) -> None:
    print_record(sealed, "second", "--tsa", time_stamp_url)
    assert verdict(sealed, "second")["time"]["status"] == "unknown"
    sealed.write("handbook/seal/time/authority.pem", stamp_authority[0])
    assert verdict(sealed, "second")["time"]["status"] == "ok"


def test_a_dead_time_stamp_service_is_named(sealed: Department) -> None:
    said = sealed.run("render", "TEST-202611-001", "--tsa", "http://127.0.0.1:1/tsa", "-o", "second")
    assert (said.code, "127.0.0.1:1" in said.err) == (3, True)
    assert not list(sealed.root.glob("second/*"))
