"""`csdocs evidence`: an archive that somebody with nothing but stock tools can check, and in which nothing can be touched."""

import csv
import datetime as dt
import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from department import Department
from gate import FORM, MANAGER, NEWCOMER, PEOPLE, PERSONNEL, QUALITY, REG, Gate, key_text, person_text
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from csdocs.cli.seal import load_sealing
from csdocs.pack import Scope, lay_out, zip_bytes
from csdocs.pack.filing import filing, record_files
from csdocs.press import Press
from csdocs.press.sealing import Sealing
from csdocs.render.seal import time_stamp
from csdocs.trust.demo import demo_public

PERIOD = ("--from", "2026-09-01", "--to", "2026-09-30")
SAMPLE = ("--regulation", "REG-COMPLAINT", "--sample", "3", "--seed", "7")
# What the script may use: the three tools it speaks of, and what every system has.
TOOLS = (
    *("sh", "sha256sum", "ssh-keygen", "openssl"),
    *("cut", "dirname", "find", "grep", "head", "mktemp", "od", "rm", "tail", "tr", "wc", "cat"),
)


@pytest.fixture(scope="session")
def archive(laid: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("archive") / "evidence.zip"
    said = laid.run("evidence", *PERIOD, *SAMPLE, "--seal", "-o", str(target))
    assert said.code == 0, said.err
    return target


@pytest.fixture(scope="session")
def plain(laid: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, without a seal."""
    target = tmp_path_factory.mktemp("plain") / "evidence.zip"
    assert laid.run("evidence", *PERIOD, *SAMPLE, "-o", str(target)).code == 0
    return target


@pytest.fixture(scope="session")
def approved(opened: Gate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a workspace with receipts, two revisions and a record."""
    gate = opened.copy(tmp_path_factory.mktemp("approved") / "gate")
    assert gate.run("new", "F-TEST", "--as", "S1001", "--no-input", "--set", "note=x").code == 0
    record = next(path for path in gate.workspace().record_paths())
    assert gate.run("sign", record, "--as", "S1001", "--step", "fill", "--yes").code == 0
    gate.commit("A record")
    gate.revise(effective="2024-04-01")
    gate.commit("Second revision")
    target = gate.root.parent / "evidence.zip"
    said = gate.run("evidence", "--from", "2024-01-01", "--to", "2099-12-31", "-o", str(target))
    assert said.code == 0, said.err
    return target


class StampedPack(NamedTuple):
    gate: Gate
    sealing: Sealing
    pack: "Callable[[Path], Unpacked]"


class Unpacked:
    """An archive in a folder, with a shell that finds nothing but the tools named above."""

    def __init__(self, archive: Path, folder: Path) -> None:
        self.root = folder / "unpacked"
        with zipfile.ZipFile(archive) as file:
            file.extractall(self.root)
        self.tools = folder / "bin"
        self.tools.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, tool
            (self.tools / tool).symlink_to(found)

    def on_a_small_system(self) -> "Unpacked":
        """Where `sha256sum` knows `-c` and no long options."""
        digests = self.tools / "sha256sum"
        found = str(digests.readlink())
        digests.unlink()
        digests.write_text(f'#!{shutil.which("sh")}\ncase "$*" in *--*) exit 1 ;; esac\nexec {found} "$@"\n')
        digests.chmod(0o755)
        return self

    def verify(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.tools / "sh"), "verify.sh", *arguments]
        nothing = {"PATH": str(self.tools)}
        return subprocess.run(command, cwd=self.root, env=nothing, capture_output=True, text=True, check=False)

    def digest(self) -> str:
        return hashlib.sha256((self.root / "manifest.sha256").read_bytes()).hexdigest()

    def find(self, pattern: str) -> Path:
        return min(self.root.glob(pattern))

    def list_again(self) -> None:
        """What a careful forger does: a manifest that fits."""
        lines = []
        for path in sorted(path for path in self.root.rglob("*") if path.is_file()):
            name = path.relative_to(self.root).as_posix()
            if not name.startswith("manifest."):
                lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
        (self.root / "manifest.sha256").write_text("".join(lines))


def test_it_is_checked_without_csdocs(archive: Path, tmp_path: Path) -> None:
    pack = Unpacked(archive, tmp_path).on_a_small_system()
    said = pack.verify(pack.digest())
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stderr == ""
    assert "everything holds" in said.stdout and "NOT compared" not in said.stdout
    assert "NOT compared" in pack.verify().stdout
    assert re.search(r"[1-9]\d* signatures", said.stdout)
    assert re.search(r"[1-9]\d* sealed PDFs", said.stdout)
    root = re.search(r"root certificate SHA-256 +([0-9a-f]{64})", said.stdout)
    assert root is not None
    assert pack.verify(":".join(re.findall("..", root[1].upper()))).returncode == 0
    assert pack.verify("0" * 64).returncode == 1
    assert len(list(pack.root.glob("records/*/*.pdf"))) == 3


def test_a_script_that_came_along_is_not_run_unchecked(archive: Path, tmp_path: Path) -> None:
    """Whoever makes up an archive makes up a script that finds everything in order, and may do worse."""
    pack = Unpacked(archive, tmp_path)
    found = re.search(r"<code>(echo .+?)</code>", (pack.root / "index.html").read_text("utf-8"))
    assert found is not None
    command = html.unescape(found[1]).replace("DIGEST", pack.digest())

    def check() -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", "-c", command], cwd=pack.root, capture_output=True, text=True, check=False)

    assert check().returncode == 0, check().stdout + check().stderr
    (pack.root / "verify.sh").write_text("touch ran; echo everything holds\n")
    assert check().returncode != 0
    pack.list_again()
    assert check().returncode != 0
    assert not (pack.root / "ran").exists()


def test_receipts_are_checked_too(approved: Path, tmp_path: Path) -> None:
    pack = Unpacked(approved, tmp_path).on_a_small_system()
    said = pack.verify()
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"[1-9]\d* approvals", said.stdout)
    assert {path.name for path in pack.root.glob("documents/REG-TEST/*")} == {"r1.md", "r1.pdf", "r2.md", "r2.pdf"}
    opening = pack.find("receipts/open/*.yaml")
    opening.write_text(opening.read_text() + "\n")
    pack.list_again()
    assert pack.verify().returncode == 1


def test_what_a_receipt_starts_from_is_not_what_it_approves(approved: Path, tmp_path: Path) -> None:
    """The old text passed off as the new one, whose receipts name it too: as what they come from."""
    pack = Unpacked(approved, tmp_path)
    old, new = (pack.root / f"documents/REG-TEST/{name}.md" for name in ("r1", "r2"))
    new.write_bytes(old.read_bytes())
    pack.list_again()
    said = pack.verify()
    assert (said.returncode, said.stdout.count("is not about documents/REG-TEST/r2.md")) == (1, 3), said.stdout


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _note(pack: Unpacked) -> None:
    (pack.root / "records" / "note.txt").write_text("x")


def _two_lines(pack: Unpacked) -> None:
    """A name that reads like two others, both of which are in order."""
    (pack.root / "index.html\n.").mkdir()
    (pack.root / "index.html\n./manifest.sha256").write_text("x")


def _statement(pack: Unpacked) -> None:
    path = pack.find("records/*/signature-1-*.json")
    path.write_bytes(path.read_bytes().replace(b'"at":"2026', b'"at":"2025'))


def _other_signer(pack: Unpacked) -> None:
    path = pack.root / "lists" / "signatures.txt"
    path.write_text(path.read_text().replace(" S1", " S2"))


@pytest.mark.parametrize(
    "tamper",
    [
        lambda pack: _flip(pack.find("records/*/*.pdf")),
        lambda pack: _flip(pack.find("documents/*/*.md")),
        lambda pack: _flip(pack.find("records/*/*.yaml")),
        lambda pack: _flip(pack.root / "index.html"),
        lambda pack: pack.find("records/*/*.pdf").unlink(),
        _note,
        _two_lines,
        _statement,
        _other_signer,
        lambda pack: (pack.root / "allowed_signers").write_text(""),
    ],
)
@pytest.mark.parametrize("careful", [False, True], ids=["clumsy", "careful"])
def test_a_tampered_copy_fails(
    archive: Path, tmp_path: Path, tamper: Callable[[Unpacked], object], careful: bool
) -> None:
    pack = Unpacked(archive, tmp_path)
    tamper(pack)
    if careful:
        pack.list_again()
    said = pack.verify()
    assert said.returncode == 1, said.stdout + said.stderr


def test_a_signature_that_is_not_listed(approved: Path, tmp_path: Path) -> None:
    """Laid beside the others it would pass for one that was checked."""
    pack = Unpacked(approved, tmp_path)
    own = pack.find("records/*/signature-1-*.sig")
    own.with_name("signature-2-approve.sig").write_bytes(own.read_bytes())
    pack.list_again()
    said = pack.verify()
    assert (said.returncode, said.stdout.count("FAILED")) == (1, 1) and "are listed" in said.stdout


def test_only_files_that_a_record_lists_go_in(department: Department) -> None:
    path = next(department.root.glob("records/**/ZSD-202609-001.files/*"))
    path.with_name("receipt.txt").write_text("looks as if it belonged")
    department.commit("A file that nobody signed")
    press, day = Press(department.root, commit="HEAD"), dt.date(2026, 9, 1)
    found = filing(press, Scope(day, day + dt.timedelta(29)), frozenset({"F-UNIDESIGN"}))
    names = [
        path.rpartition("/")[2]
        for filed in found.records
        for path, _ in record_files(press, filed)
        if "/files/" in path
    ]
    assert names == ["design-note.txt"]
    assert "receipt.txt belongs to no record" in department.run("check").text


def test_a_seal_covers_all_but_itself(archive: Path, tmp_path: Path) -> None:
    """Pages of one's own where the signature stands, as if there were more of it: all that it covers has only moved."""
    pack = Unpacked(archive, tmp_path)
    seals, own = pack.root / "lists" / "seals.txt", b"\n7 0 obj << /Type /Catalog >> endobj\n"
    line, *others = seals.read_text().splitlines()
    name, length, second, rest = line.split()
    data = (pack.root / name).read_bytes()
    (pack.root / name).write_bytes(data[: int(second)] + own + data[int(second) :])
    seals.write_text("\n".join([f"{name} {length} {int(second) + len(own)} {rest}", *others, ""]))
    (pack.root / "manifest.sha256.p7s").unlink()
    provenance = pack.root / "provenance.json"
    provenance.write_text(provenance.read_text().replace('"sealed": true', '"sealed": false'))
    pack.list_again()
    said = pack.verify()
    assert (said.returncode, said.stdout.count("FAILED")) == (1, 1), said.stdout
    assert "leaves a gap" in said.stdout


def test_without_its_seal_a_sealed_archive_fails(archive: Path, tmp_path: Path) -> None:
    pack = Unpacked(archive, tmp_path)
    (pack.root / "manifest.sha256.p7s").unlink()
    assert pack.verify().returncode == 1


def test_who_was_told_of_the_root_certificate_wants_a_seal_under_it(archive: Path, tmp_path: Path) -> None:
    """The certificate is public: whoever makes an archive of his own can put it in, but not seal with it."""
    pack = Unpacked(archive, tmp_path)
    root = re.search(r"root certificate SHA-256 +([0-9a-f]{64})", pack.verify().stdout)
    assert root is not None
    for path in pack.root.rglob("*.p7s"):
        path.unlink()
    (pack.root / "lists" / "seals.txt").write_text("")
    provenance = pack.root / "provenance.json"
    provenance.write_text(provenance.read_text().replace('"sealed": true', '"sealed": false'))
    pack.list_again()
    assert pack.verify().returncode == 0  # it claims nothing
    assert pack.verify(pack.digest()).returncode == 0
    said = pack.verify(root[1])
    assert (said.returncode, "nothing is sealed" in said.stdout) == (1, True)


def test_a_link_that_came_along_is_no_file_of_the_archive(archive: Path, tmp_path: Path) -> None:
    pack = Unpacked(archive, tmp_path)
    (pack.root / "records" / "more.pdf").symlink_to(pack.find("records/*/*.pdf"))
    said = pack.verify()
    assert (said.returncode, "records/more.pdf" in said.stdout) == (1, True)


def test_registers_are_no_documents_that_ruled(approved: Path, archive: Path) -> None:
    with zipfile.ZipFile(approved) as file, zipfile.ZipFile(archive) as sealed:
        ruled = [name for name in file.namelist() if name.startswith(("documents/", "forms/"))]
        assert {name.split("/")[1] for name in ruled} == {"REG-TEST", "REG-OTHER", "F-TEST", "F-LOG"}
        pages = [each.read("index.html").decode() for each in (file, sealed)]
    assert ["This archive is not sealed." in page for page in pages] == [True, False]
    assert [page.count(" checked") for page in pages] == [1, 1]


@pytest.mark.parametrize("pattern", ["receipts/REG-TEST/*/*.sig", "documents/REG-TEST/r1.md", "records/*/*.json"])
def test_an_unsealed_archive_stands_on_its_signatures(approved: Path, tmp_path: Path, pattern: str) -> None:
    pack = Unpacked(approved, tmp_path)
    before = pack.digest()
    path = pack.find(pattern)
    path.write_bytes(path.read_bytes().replace(b"A", b"B") + b"x")
    pack.list_again()
    assert pack.verify().returncode == 1
    assert pack.digest() != before


def test_the_same_question_gives_the_same_bytes(department: Department, plain: Path, tmp_path: Path) -> None:
    """Of the same commit: what is not committed is not in it."""
    shutil.rmtree(department.root / "records")
    target = tmp_path / "evidence.zip"
    assert department.run("evidence", *PERIOD, *SAMPLE, "-o", str(target)).code == 0
    assert target.read_bytes() == plain.read_bytes()
    with zipfile.ZipFile(plain) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        assert file.namelist() == sorted(file.namelist())
        assert json.loads(file.read("provenance.json"))["commit"]


def test_the_sample_can_be_drawn_by_hand(archive: Path, tmp_path: Path) -> None:
    pack = Unpacked(archive, tmp_path)
    rows = list(csv.reader(io.StringIO((pack.root / "records.csv").read_text("utf-8-sig"))))[1:]
    ranked = sorted((row[0] for row in rows), key=lambda name: hashlib.sha256(f"7:{name}".encode()).hexdigest())
    assert {row[0] for row in rows if row[-1] == "yes"} == set(ranked[:3])
    assert all("2026-09-01" <= row[2] <= "2026-09-30" for row in rows)


def test_the_pages_lead_to_what_is_there(archive: Path, tmp_path: Path) -> None:
    pack = Unpacked(archive, tmp_path)
    for page in ("index.html", "matrix.html"):
        html = (pack.root / page).read_text("utf-8")
        targets = set(re.findall(r'href="([^"]+)"', html))
        assert targets
        assert not [target for target in targets if not (pack.root / target).is_file()]
        assert not re.search(r"<script|https?://|url\(", html)
    rows = list(csv.reader(io.StringIO((pack.root / "matrix.csv").read_text("utf-8-sig"))))
    assert rows[0][0] == "条款 clause"
    assert all(row[0].startswith("REG-COMPLAINT/") for row in rows[1:])
    assert any(int(row[5]) for row in rows[1:])
    assert {row[3] for row in rows[1:]} >= {"records", "acknowledgement"}


def test_a_seal_changes_nothing_of_what_is_sealed(archive: Path, plain: Path) -> None:
    with zipfile.ZipFile(archive) as sealed, zipfile.ZipFile(plain) as file:
        same = [name for name in file.namelist() if name.endswith((".yaml", ".md", ".csv"))]
        assert same
        assert all(file.read(name) == sealed.read(name) for name in same)


def test_wrong_usage(laid: Department) -> None:
    assert laid.run("evidence", "--from", "2026-09-30", "--to", "2026-09-01").code == 2
    assert laid.run("evidence", *PERIOD, "--sample", "3").code == 2
    assert laid.run("evidence", *PERIOD, "--regulation", "REG-NOTHING").code == 3


def test_the_register_is_the_one_of_the_time(approved: Path, opened: Gate, tmp_path: Path) -> None:
    pack = Unpacked(approved, tmp_path)
    assert (pack.root / "register" / "people.yaml").read_text("utf-8") == opened.read("handbook/people.yaml")
    assert (pack.root / "forms" / "F-TEST" / "r1.yaml").read_text("utf-8") == opened.read(FORM)
    assert (pack.root / "documents" / "REG-TEST" / "r1.md").read_text("utf-8") == opened.read(REG)


def test_a_key_that_left_the_register_still_stands_for_what_it_signed(gate: Gate, tmp_path: Path) -> None:
    gate.revise()
    gate.commit("Second revision")
    people = gate.read(PEOPLE)
    entry = re.search(rf"(?ms)^  - staff_no: {QUALITY}$.*?(?=^  - staff_no)", people)
    assert entry is not None
    gate.write(PEOPLE, people.replace(entry[0], person_text(QUALITY, ["R-QUALITY"], key_text(NEWCOMER))))
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Another key")
    assert gate.workspace().ledger.register.person[QUALITY].keys[0].public == demo_public(NEWCOMER)
    target = tmp_path / "evidence.zip"
    said = gate.run("evidence", "--from", "2024-01-01", "--to", "2099-12-31", "-o", str(target))
    assert said.code == 0, said.err
    said = Unpacked(target, tmp_path).verify()
    assert said.returncode == 0, said.stdout


@pytest.fixture
def stamped(gate: Gate, stamp_authority: tuple[bytes, DummyTimeStamper], time_stamp_url: str) -> StampedPack:
    """Sealed and stamped by an authority that the workspace trusts; `pack` packs again once the commit says something else."""
    assert gate.run("seal", "init").code == 0
    gate.write("handbook/seal/time/tsa.pem", stamp_authority[0])
    gate.approve("handbook/seal/root.pem")
    gate.approve("handbook/seal/time/tsa.pem")
    gate.commit("Take a seal into use")
    sealing = load_sealing(gate.workspace(), None, time_stamp_url)
    scope = Scope(dt.date(2024, 1, 1), dt.date(2099, 12, 31))

    def pack(folder: Path) -> Unpacked:
        target = folder / "evidence.zip"
        folder.mkdir()
        target.write_bytes(zip_bytes(lay_out(gate.root, scope, "en", sealing)))
        return Unpacked(target, folder)

    return StampedPack(gate, sealing, pack)


def test_time_stamps_and_revoked_seals_are_checked(stamped: StampedPack, tmp_path: Path) -> None:
    seal = stamped.sealing.sealer.fingerprint
    pack = stamped.pack(tmp_path / "plain").on_a_small_system()
    said = pack.verify()
    assert said.returncode == 0, said.stdout + said.stderr
    assert re.search(r"[2-9]\d* time stamps\n", said.stdout)
    for name, moment, code in (("later", "2026-11-20T08:30:01+08:00", 0), ("earlier", "2026-11-20T08:29:59+08:00", 1)):
        listed = f"revoked:\n  - certificate: {seal}\n    since: {moment}\n    reason: stolen\n"
        stamped.gate.write("handbook/seal/revoked.yaml", listed)
        stamped.gate.commit(f"Revoke {name}")
        said = stamped.pack(tmp_path / name).verify()
        assert said.returncode == code, said.stdout + said.stderr
        assert said.stdout.count("is revoked since") == (0 if code == 0 else said.stdout.count("FAILED"))


def test_a_time_stamp_that_is_lost_or_another_one_is_found(stamped: StampedPack, tmp_path: Path) -> None:
    pack = stamped.pack(tmp_path / "lost")
    stamp = pack.root / "manifest.sha256.p7s.tst"
    before = stamp.read_bytes()
    stamp.unlink()
    assert "was taken away" in pack.verify().stdout
    stamp.write_bytes(before)
    assert pack.verify().returncode == 0
    stamp.write_bytes(time_stamp(b"other", stamped.sealing.tsa_url or ""))
    assert "manifest.sha256: time stamp" in pack.verify().stdout
    (pack.root / "time-roots.pem").unlink()
    assert "NOT checked" in pack.verify().stdout


def test_the_verb_takes_the_options_of_a_seal(department: Department, tmp_path: Path, time_stamp_url: str) -> None:
    target = tmp_path / "evidence.zip"
    options = (
        "--from",
        "2026-09-01",
        "--to",
        "2026-09-01",
        "--regulation",
        "REG-RECORD",
        "--sample",
        "0",
        "--seed",
        "1",
    )
    said = department.run("evidence", *options, "--tsa", time_stamp_url, "-o", str(target))
    assert said.code == 0, said.err
    said = Unpacked(target, tmp_path).verify()
    assert said.returncode == 0, said.stdout
    assert "NOT checked: the archive names no authority" in said.stdout
    assert department.run("evidence", *options, "--pkcs12", "csdocs.yaml").code == 3
