"""Real keys: made and used by the system's OpenSSH, judged by what the register says of them."""

import base64
import hashlib
import os
import re
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from department import AGENT, LEADER, OTHER, Department, step
from hypothesis import given, settings
from hypothesis import strategies as st

from csdocs.model.error import CsdocsError
from csdocs.trust import ssh
from csdocs.trust.demo import demo_key, demo_public
from csdocs.trust.keyring import signer_for

KINDS = {
    "ed25519": ["-t", "ed25519"],
    "ecdsa-256": ["-t", "ecdsa", "-b", "256"],
    "ecdsa-384": ["-t", "ecdsa", "-b", "384"],
    "ecdsa-521": ["-t", "ecdsa", "-b", "521"],
    "rsa-3072": ["-t", "rsa", "-b", "3072"],
}
NAMESPACE = "csdocs-record"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A fresh private key of every kind, `.pub` beside it."""
    folder = tmp_path_factory.mktemp("keys")
    for name, options in {**KINDS, "rsa-2048": ["-t", "rsa", "-b", "2048"]}.items():
        subprocess.run(
            ["ssh-keygen", "-q", *options, "-N", "", "-C", f"{name} test", "-f", str(folder / name)], check=True
        )
    return {name: folder / name for name in (*KINDS, "rsa-2048")}


def public(key: Path) -> str:
    return Path(f"{key}.pub").read_text().strip()


def entry(public_line: str, since: str = "2026-01-01", more: str = "") -> str:
    return f"- {{public: {public_line}, valid_from: {since}{more}}}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_key_signs_and_is_verified(
    department: Department, keys: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    department.people(**{AGENT: entry(public(keys[kind]))})
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill", "--key", str(keys[kind]))
    assert department.slugs() == []
    assert department.keygen_verifies(path, "fill", AGENT, tmp_path)


def test_a_weak_rsa_key_does_not_count(department: Department, keys: dict[str, Path]) -> None:
    department.people(**{AGENT: entry(public(keys["rsa-2048"]))})
    department.form()
    path = department.new(note="x")
    assert department.sign(path, AGENT, "fill", "--key", str(keys["rsa-2048"])).code == 3
    assert "signatures:" not in department.read(path)


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    socket = tmp_path / "agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)
    try:
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        for _ in range(100):
            if socket.exists():
                break
            import time

            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(5)


@pytest.mark.usefixtures("agent")
def test_an_agent_signs_for_a_public_key(department: Department, keys: dict[str, Path], tmp_path: Path) -> None:
    department.people(**{AGENT: entry(public(keys["ed25519"]))})
    department.form()
    path = department.new(note="x")
    alone = tmp_path / "mine.pub"
    alone.write_text(public(keys["ed25519"]) + "\n")
    assert department.sign(path, AGENT, "fill", "--key", str(alone)).code == 3
    subprocess.run(["ssh-add", "-q", str(keys["ed25519"])], check=True, env=os.environ)
    department.must_sign(path, AGENT, "fill", "--key", str(alone))
    assert department.slugs() == []


@pytest.mark.usefixtures("agent")
def test_a_public_key_in_the_usual_place_will_do(
    keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for holder, verb in ((AGENT, f"keys new {AGENT} "), (f"{AGENT}-root", f"keys root {AGENT} ")):
        with pytest.raises(CsdocsError) as caught:
            signer_for(holder, None, "csdocs-record", demo=False)
        assert f"csdocs-{holder}" in caught.value.message.en
        assert caught.value.hint is not None and verb in caught.value.hint.en
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / f"csdocs-{AGENT}.pub").write_text(public(keys["ed25519"]) + "\n")
    subprocess.run(["ssh-add", "-q", str(keys["ed25519"])], check=True, env=os.environ)
    assert "BEGIN SSH SIGNATURE" in signer_for(AGENT, None, "csdocs-record", demo=False)(b"x")


def test_keys_new_makes_a_key_that_signs(department: Department, tmp_path: Path) -> None:
    department.form()
    department.people(**{AGENT: "[]"})
    department.write(
        "handbook/people.yaml", department.read("handbook/people.yaml").replace("    keys:\n      []\n", "")
    )
    assert department.run("keys", "new", AGENT, "--file", str(tmp_path / "key"), "--no-passphrase").code == 0
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill", "--key", str(tmp_path / "key"))
    assert department.slugs() == []
    assert department.run("keys", "new", AGENT, "--file", str(tmp_path / "key"), "--no-passphrase").code == 3
    assert department.run("keys", "new", "S7777", "--file", str(tmp_path / "no"), "--no-passphrase").code == 3
    assert not (tmp_path / "no").exists()


def test_a_revoked_key_signs_nothing_more_and_its_successor_does(department: Department, tmp_path: Path) -> None:
    department.form()
    held, lost = tmp_path / "held", tmp_path / "lost"
    for file in (held, lost):
        assert department.run("keys", "new", AGENT, "--file", str(file), "--no-passphrase").code == 0
    path, earlier = department.new(note="x"), department.read("handbook/people.yaml")
    assert department.run("keys", "revoke", AGENT, "--reason", "stolen").code == 3  # which one?
    assert department.run("keys", "revoke", AGENT, "SHA256:none", "--reason", "stolen").code == 3
    assert department.read("handbook/people.yaml") == earlier
    print_of_lost = ssh.fingerprint(Path(f"{lost}.pub").read_text().strip())
    said = department.run(
        "keys", "revoke", AGENT, print_of_lost, "--reason", "at 12:30, {stolen}", "--since", "2026-11-01T20:00"
    )
    assert said.code == 0 and print_of_lost in said.text
    revoked = [key.revoked for key in department.workspace().register.named(AGENT).keys if key.revoked]
    assert [(each.at.isoformat(), each.compromised_since.isoformat(), each.reason) for each in revoked] == [
        ("2026-11-02T09:00:00+08:00", "2026-11-01T20:00:00+08:00", "at 12:30, {stolen}")
    ]
    assert department.sign(path, AGENT, "fill", "--key", str(lost)).code == 3
    department.must_sign(path, AGENT, "fill", "--key", str(held))
    assert department.slugs() == []


def test_somebody_elses_key_does_not_count(department: Department, keys: dict[str, Path]) -> None:
    department.form()
    path = department.new(note="x")
    said = department.sign(path, AGENT, "fill", "--key", str(keys["ed25519"]))
    assert said.code == 3
    assert "does not list this key" in said.err
    department.people(**{OTHER: entry(public(keys["ed25519"]))})
    assert department.sign(path, AGENT, "fill", "--key", str(keys["ed25519"])).code == 3
    assert "signatures:" not in department.read(path)


VALIDITY = [
    ("valid", "2026-11-02", "", True),
    ("valid from tomorrow", "2026-11-03", "", False),
    ("valid until tomorrow", "2026-01-01", ", valid_until: 2026-11-03", True),
    ("valid until today", "2026-01-01", ", valid_until: 2026-11-02", False),
    (
        "revoked later",
        "2026-01-01",
        ", revoked: {at: '2026-11-02T09:00:01+08:00', compromised_since: '2026-11-02T09:00:01+08:00'}",
        True,
    ),
    (
        "revoked now",
        "2026-01-01",
        ", revoked: {at: '2026-11-02T09:00:00+08:00', compromised_since: '2026-10-01T00:00:00+08:00'}",
        False,
    ),
    (
        "revoked now, in another zone",
        "2026-01-01",
        ", revoked: {at: '2026-11-02T01:00:00+00:00', compromised_since: '2026-10-01T00:00:00+08:00'}",
        False,
    ),
]


@pytest.mark.parametrize(("what", "since", "more", "good"), VALIDITY, ids=[each[0] for each in VALIDITY])
def test_a_key_counts_only_in_its_time(department: Department, what: str, since: str, more: str, good: bool) -> None:
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    department.people(**{AGENT: entry(demo_public(AGENT), since, more)})
    assert department.slugs() == ([] if good else ["signature-not-valid"])
    assert department.state(path) == ("closed" if good else "draft")


def test_the_day_of_a_key_is_the_departments_day(department: Department) -> None:
    """00:30 in Shanghai is the day before in London: writing the moment with another offset gains nobody a day."""
    department.clock("2026-11-02T00:30:00+08:00")
    department.form()
    department.people(**{AGENT: entry(demo_public(AGENT), "2026-01-01", ", valid_until: 2026-11-02")})
    path = department.new(by=OTHER, note="x")
    department.edit(path, "created_at: 2026-11-02T00:30+08:00", "created_at: 2026-11-01T16:30+00:00")
    department.form(steps=[step("fill", {"post": "R-AGENT"})])
    department.forge(path, AGENT, "fill", at="2026-11-01T16:30:00+00:00")
    assert department.slugs() == ["signature-not-valid"]


def test_a_key_may_be_registered_again(department: Department) -> None:
    """An ended entry of the same key does not shut out the one that counts."""
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    ended = entry(demo_public(AGENT), "2026-01-01", ", valid_until: 2026-06-01")
    department.people(**{AGENT: f"{ended}\n      {entry(demo_public(AGENT), '2026-10-01')}"})
    assert department.slugs() == []
    revoked = entry(
        demo_public(AGENT),
        "2026-01-01",
        ", revoked: {at: '2026-10-01T00:00:00+08:00', compromised_since: '2026-10-01T00:00:00+08:00'}",
    )
    department.people(**{AGENT: f"{revoked}\n      {entry(demo_public(AGENT), '2026-10-02')}"})
    assert department.slugs() == ["signature-not-valid"]


def test_demo_keys_count_in_demonstrations_only(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    department.edit("csdocs.yaml", "demo: true\n", "")
    assert set(department.slugs()) == {"demo-key"}
    assert department.run("check").code == 1
    said = department.sign(department.new(note="y"), AGENT, "fill")
    assert said.code == 3
    assert "--key" in said.err


def test_a_demo_key_of_another_person_is_a_demo_key_too(department: Department) -> None:
    department.edit("csdocs.yaml", "demo: true\n", "")
    department.people(**{each: entry(demo_public(LEADER)) for each in (AGENT,)})
    found = [finding for finding in department.findings() if finding.rule == "demo-key"]
    assert AGENT in [finding.message.en.split()[0] for finding in found]


# the signature format itself

MESSAGE = "要签的内容".encode()


def keygen_verifies(message: bytes, armour: str, public_line: str, folder: Path) -> bool:
    (folder / "signers").write_text(f'x namespaces="{NAMESPACE}" {" ".join(public_line.split()[:2])}\n')
    (folder / "sig").write_text(armour + "\n")
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        str(folder / "signers"),
        "-I",
        "x",
        "-n",
        NAMESPACE,
        "-s",
        str(folder / "sig"),
    ]
    return subprocess.run(command, input=message, capture_output=True, check=False).returncode == 0


def we_verify(message: bytes, armour: str, public_line: str) -> bool:
    try:
        return ssh.verify(message, armour, NAMESPACE).public == ssh.key_blob(public_line)
    except ssh.BadSignature:
        return False


def test_both_give_the_same_bytes_for_one_key(keys: dict[str, Path]) -> None:
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    key = load_ssh_private_key(keys["ed25519"].read_bytes(), None)
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    assert ssh.sign_with_key(MESSAGE, key, NAMESPACE) == ssh.sign_with_keygen(MESSAGE, keys["ed25519"], NAMESPACE)


def test_another_namespace_is_another_statement(keys: dict[str, Path]) -> None:
    for namespace in ("file", "csdocs-receipt", "csdocs-record ", "CSDOCS-RECORD"):
        armour = ssh.sign_with_key(MESSAGE, demo_key("S1"), namespace)
        assert not we_verify(MESSAGE, armour, demo_public("S1"))


def flipped(armour: str, byte: int) -> str:
    lines = armour.split("\n")
    raw = bytearray(base64.b64decode("".join(lines[1:-1])))
    raw[byte % len(raw)] ^= 1 << (byte % 8)
    return "\n".join([lines[0], base64.b64encode(bytes(raw)).decode(), lines[-1]])


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa-256", "rsa-3072"])
def test_no_changed_byte_goes_through(keys: dict[str, Path], kind: str) -> None:
    armour = ssh.sign_with_keygen(MESSAGE, keys[kind], NAMESPACE)
    size = len(base64.b64decode("".join(armour.split("\n")[1:-1])))
    assert we_verify(MESSAGE, armour, public(keys[kind]))
    assert not we_verify(MESSAGE + b" ", armour, public(keys[kind]))
    assert [n for n in range(size) if we_verify(MESSAGE, flipped(armour, n), public(keys[kind]))] == []


@settings(max_examples=150)
@given(
    st.text(max_size=200)
    | st.binary(max_size=120).map(
        lambda raw: "\n".join([ssh._HEAD, base64.b64encode(b"SSHSIG\0\0\0\1" + raw).decode(), ssh._FOOT])
    )
)
def test_whatever_is_put_for_a_signature_is_refused_in_words(text: str) -> None:
    with pytest.raises(ssh.BadSignature):
        ssh.verify(MESSAGE, text, NAMESPACE)


def string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def armoured(public_blob: bytes, signature: bytes, hash_name: bytes = b"sha512", namespace: str = NAMESPACE) -> str:
    raw = (
        b"SSHSIG"
        + struct.pack(">I", 1)
        + b"".join(map(string, (public_blob, namespace.encode(), b"", hash_name, signature)))
    )
    return "\n".join([ssh._HEAD, base64.b64encode(raw).decode(), ssh._FOOT])


def to_sign(hash_name: str = "sha512") -> bytes:
    digest = hashlib.new(hash_name, MESSAGE).digest()
    return b"SSHSIG" + b"".join(map(string, (NAMESPACE.encode(), b"", hash_name.encode(), digest)))


def hardware_ed25519(flags: int, more: bytes = b"") -> tuple[str, str]:
    """A FIDO key of our own making: its public line and its signature (PROTOCOL.u2f)."""
    key = demo_key("S1")
    application = b"ssh:csdocs"
    blob = string(b"sk-ssh-ed25519@openssh.com") + string(key.public_key().public_bytes_raw()) + string(application)
    counter = struct.pack(">BI", flags, 7)
    signed = key.sign(hashlib.sha256(application).digest() + counter + hashlib.sha256(to_sign()).digest())
    line = f"sk-ssh-ed25519@openssh.com {base64.b64encode(blob).decode()}"
    return line, armoured(blob, string(b"sk-ssh-ed25519@openssh.com") + string(signed) + counter + more)


def hardware_ecdsa(flags: int, more: bytes = b"") -> tuple[str, str]:
    key = ec.derive_private_key(12345, ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    point = b"\x04" + numbers.x.to_bytes(32) + numbers.y.to_bytes(32)
    application, kind = b"ssh:", b"sk-ecdsa-sha2-nistp256@openssh.com"
    blob = string(kind) + string(b"nistp256") + string(point) + string(application)
    counter = struct.pack(">BI", flags, 7)
    r, s = decode_dss_signature(
        key.sign(
            hashlib.sha256(application).digest() + counter + hashlib.sha256(to_sign()).digest(), ec.ECDSA(SHA256())
        )
    )
    both = b"".join(string(n.to_bytes(n.bit_length() // 8 + 1)) for n in (r, s))  # with room for the sign (RFC 4251, 5)
    line = f"{kind.decode()} {base64.b64encode(blob).decode()}"
    return line, armoured(blob, string(kind) + string(both) + counter + more)


@pytest.mark.parametrize("make", [hardware_ed25519, hardware_ecdsa])
def test_a_hardware_key_is_verified_as_openssh_does(make: object, tmp_path: Path) -> None:
    line, armour = make(1)  # type: ignore[operator]
    assert we_verify(MESSAGE, armour, line)
    assert keygen_verifies(MESSAGE, armour, line, tmp_path)
    assert not we_verify(MESSAGE + b"x", armour, line)
    untouched, signature = make(0)  # type: ignore[operator]
    assert not we_verify(MESSAGE, signature, untouched)
    line, longer = make(1, b"more")  # type: ignore[operator]
    assert not we_verify(MESSAGE, longer, line)
    assert not keygen_verifies(MESSAGE, longer, line, tmp_path)


CROOKED = {
    "data after the signature": lambda blob, raw: armoured(blob, string(b"ssh-ed25519") + string(raw) + b"more"),
    "another algorithm": lambda blob, raw: armoured(blob, string(b"ssh-rsa") + string(raw)),
    "no algorithm": lambda blob, raw: armoured(blob, string(b"") + string(raw)),
    "a short signature": lambda blob, raw: armoured(blob, string(b"ssh-ed25519") + string(raw[:-1])),
    "a weak hash": lambda blob, raw: armoured(blob, string(b"ssh-ed25519") + string(raw), b"sha1"),
    "another head": lambda blob, raw: armoured(blob, string(b"ssh-ed25519") + string(raw)).replace(
        "BEGIN SSH", "BEGIN PGP"
    ),
    "no foot": lambda blob, raw: armoured(blob, string(b"ssh-ed25519") + string(raw)).replace("END", "end"),
    "a key with more behind it": lambda blob, raw: armoured(blob + b"x", string(b"ssh-ed25519") + string(raw)),
}


@pytest.mark.parametrize("what", CROOKED)
def test_what_openssh_refuses_we_refuse(what: str, tmp_path: Path) -> None:
    key = demo_key("S1")
    blob = ssh.key_blob(demo_public("S1"))
    good = armoured(blob, string(b"ssh-ed25519") + string(key.sign(to_sign())))
    assert we_verify(MESSAGE, good, demo_public("S1"))
    assert keygen_verifies(MESSAGE, good, demo_public("S1"), tmp_path)
    crooked = CROOKED[what](blob, key.sign(to_sign()))
    assert not keygen_verifies(MESSAGE, crooked, demo_public("S1"), tmp_path)
    assert not we_verify(MESSAGE, crooked, demo_public("S1"))


def test_a_fingerprint_is_what_openssh_prints(keys: dict[str, Path]) -> None:
    for key in keys.values():
        printed = subprocess.run(
            ["ssh-keygen", "-l", "-f", f"{key}.pub"], capture_output=True, text=True, check=True
        ).stdout
        assert re.search(r"SHA256:\S+", printed) is not None
        assert ssh.fingerprint(public(key)) in printed.split()
