"""Writing: whole files or none, never over somebody else's change; and looking writes nothing."""

import errno
import os
import re
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from department import AGENT, LEADER, MANAGER, Department, field, run_apart, step

from csdocs.model.error import CsdocsError
from csdocs.store import disk

PATH = "records/test/2026/11/TEST-202611-001.yaml"


def test_a_file_that_changed_meanwhile_is_left_alone(department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    import csdocs.trust.keyring as keyring

    department.form()
    department.new(note="x")
    original = keyring.signer_for

    def slow_signer(*arguments: object, **options: object) -> object:
        department.write(PATH, department.read(PATH) + "# 同事刚改过\n")
        return original(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(keyring, "signer_for", slow_signer)
    said = department.sign(PATH, AGENT, "fill")
    assert said.code == 3
    assert "changed in the meantime" in said.err
    assert department.read(PATH).endswith("# 同事刚改过\n")
    assert "signatures:" not in department.read(PATH)


def test_a_new_file_does_not_replace_one_that_came_meanwhile(tmp_path: Path) -> None:
    disk.write(tmp_path, "a/b.yaml", b"one", was=None)
    with pytest.raises(CsdocsError):
        disk.write(tmp_path, "a/b.yaml", b"two", was=None)
    with pytest.raises(CsdocsError):
        disk.write(tmp_path, "a/c.yaml", b"two", was=b"gone")
    assert (tmp_path / "a/b.yaml").read_bytes() == b"one"
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b.yaml"]


def test_of_many_who_take_one_place_one_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: time.sleep(0.02))  # a slow disk: all of them are at it

    def tried(number: int) -> bool:
        try:
            disk.write(tmp_path, "a/b.yaml", b"%d" % number, was=None)
        except CsdocsError:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        had = list(people.map(tried, range(8)))
    assert [number for number, it in enumerate(had) if it] == [int((tmp_path / "a/b.yaml").read_bytes())]


def test_nothing_is_written_through_a_link(department: Department, tmp_path: Path) -> None:
    department.form()
    (tmp_path / "elsewhere").mkdir()
    (department.root / "records").mkdir()
    (department.root / "records/test").symlink_to(tmp_path / "elsewhere")
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x")
    assert (said.code, "symbolic link" in said.err) == (3, True)
    assert not any((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_the_machine_refuses_is_no_bug(
    department: Department, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(fault, os.strerror(fault))

    department.form()
    (department.root / "photo.jpg").write_bytes(b"x")
    monkeypatch.setattr(os, "fsync", refuse)
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x", "--attach", "photo.jpg")
    assert (said.code, os.strerror(fault) in said.err) == (3, True), said.err
    assert "Traceback" not in said.err
    assert not [path for path in (department.root / "records").rglob("*") if path.is_file()]


def test_a_file_with_a_very_long_name_can_be_enclosed(department: Department) -> None:
    name = "客" * 83 + ".jpg"  # 253 bytes, of 255 that a file system takes
    department.form(fields=[field("pictures", "file", list="true")])
    (department.root / name).write_bytes(b"x")
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--attach", f"pictures={name}")
    assert said.code == 0, said.err
    department.must_sign(said.text.strip(), AGENT, "fill")
    assert department.slugs() == []


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.write(tmp_path, "a.yaml", b"old", was=None)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="No space"):
        disk.write(tmp_path, "a.yaml", b"new", was=b"old")
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_process_killed_while_writing_leaves_a_whole_file(tmp_path: Path) -> None:
    """Half a megabyte is rewritten again and again, and the writer killed at any moment."""
    old, new = b"o" * 500_000, b"n" * 500_000
    program = (
        "import sys\nfrom pathlib import Path\nfrom csdocs.store import disk\nroot = Path(sys.argv[1])\n"
        "old, new = b'o' * 500_000, b'n' * 500_000\nprint('go', flush=True)\n"
        "while True:\n    disk.write(root, 'a.yaml', new, was=old)\n    disk.write(root, 'a.yaml', old, was=new)\n"
    )
    (tmp_path / "a.yaml").write_bytes(old)
    for wait in (0.0, 0.003, 0.011):
        (tmp_path / "a.yaml").write_bytes(old)
        process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.kill()
        process.wait()
        process.stdout.close()
        assert (tmp_path / "a.yaml").read_bytes() in (old, new)
    assert all(path.name.startswith(".") for path in tmp_path.iterdir() if path.name != "a.yaml")


def test_what_is_left_of_a_killed_writer_is_not_taken_for_a_record(department: Department) -> None:
    department.form()
    department.new(note="x")
    department.write("records/test/2026/11/.TEST-202611-001.yaml.abcd.tmp", "half")
    assert department.slugs() == []


def test_a_step_that_would_make_an_illegal_record_writes_nothing(department: Department) -> None:
    department.form(fields=[field("note", required="true"), field("amount", "money")])
    before = department.digest()
    for settings in (["--set=amount=1.234"], ["--set=note=x", "--set=amount=abc"], ["--set=nothing=x"], ["--set=note"]):
        said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", *settings)
        assert said.code in (1, 2, 3), said
        assert department.digest() == before
    department.new(amount="1.00")
    before = department.digest()
    assert department.sign(PATH, AGENT, "fill").code == 3
    assert department.digest() == before


LOOKING = [
    ["check"], ["check", "--strict", "--format", "json"], ["check", "records"], ["check", "--no-signatures"], ["show", "TEST-202611-001"],
    ["show", "TEST-202611-001", "--format", "json"], ["show", "TEST-202611-001", "--payload", "fill"], ["list", "F-TEST"],
    ["list", "F-TEST", "--format", "csv"], ["why", "TEST-202611-001"], ["form", "list"], ["form", "schema", "F-TEST"], ["explain", "REC304"], ["--help"],
]  # fmt: skip


def test_verbs_that_look_write_nothing(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    department.new(note="x")
    department.must_sign(PATH, AGENT, "fill")
    department.commit("One")
    department.write(PATH, department.read(PATH) + "# 未提交\n")
    department.git("status")
    before = department.digest()
    for arguments in LOOKING:
        said = department.run(*arguments)
        assert said.code in (0, 1), (arguments, said)
        assert department.digest() == before, arguments


def test_a_read_only_folder_can_be_checked(department: Department) -> None:
    department.form()
    department.new(note="x")
    department.commit("One")
    folders = [path for path in [department.root, *department.root.rglob("*")] if path.is_dir()]
    try:
        for folder in folders:
            folder.chmod(0o555)
        assert department.run("check").code == 0
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.mark.parametrize(("umask", "granted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_who_may_read_a_record_is_what_its_writer_says(department: Department, umask: int, granted: int) -> None:
    """It holds personal data: one that nobody else may read became readable to all when it was signed."""
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    before = os.umask(umask)
    try:
        path = department.root / department.new(note="x")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == granted
    for mode, kept in ((granted, granted), (0o750, 0o640)):  # nobody may run it
        path.chmod(mode)
        department.must_sign(PATH, *((AGENT, "fill") if mode == granted else (LEADER, "lead")))
        assert path.stat().st_mode & 0o777 == kept


def test_the_file_keeps_its_words_when_it_is_signed(department: Department) -> None:
    """Comments, blank lines and quotes of the person who wrote it stay, and a missing final newline is no trap."""
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"}), step("head", {"post": "R-DEPTMGR"})])
    department.new(note="x")
    text = "# 抬头\n" + department.read(PATH).replace("data:", "\n# 数据\ndata:").rstrip("\n") + "  # 末尾"
    department.write(PATH, text)
    department.must_sign(PATH, AGENT, "fill")
    signed = department.read(PATH)
    assert signed.startswith(text + "\nsignatures:\n")
    department.write(PATH, signed + "\n\n# 之后\n")
    department.must_sign(PATH, LEADER, "lead")
    department.must_sign(PATH, MANAGER, "head")
    assert department.slugs() == []
    assert department.state(PATH) == "closed"


CROOKED = [
    ("signatures not last", "signatures:\n  - step: fill\nremarks: x\n"),
    ("signatures in flow style", "signatures: []\n"),
    ("signatures as text", "signatures: none\n"),
    ("signatures under quotes", '"signatures":\n  - step: fill\n'),
]


@pytest.mark.parametrize(("what", "tail"), CROOKED, ids=[each[0] for each in CROOKED])
def test_a_file_that_cannot_take_a_signature_is_left_alone(department: Department, what: str, tail: str) -> None:
    department.form()
    department.new(note="x")
    department.write(PATH, department.read(PATH) + tail)
    before = department.digest()
    assert department.sign(PATH, AGENT, "fill").code in (1, 3)
    assert department.digest() == before


def test_signatures_are_moved_to_the_end_before_another_is_added(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    department.new(note="x")
    department.must_sign(PATH, AGENT, "fill")
    head, data, signatures = re.split("(?m)^(?=data:|signatures:)", department.read(PATH))
    department.write(PATH, head + signatures + data)
    assert "move it to the end of the file, then sign" in department.sign(PATH, LEADER, "lead").err


def test_text_that_looks_like_the_end_is_only_text(department: Department) -> None:
    department.form(fields=[field("note", "long_text")])
    department.new(note="x")
    department.data(PATH, "  note: |\n    第一行\n    signatures:\n      - step: fill\n    # 不是注释\n    ---\n")
    department.must_sign(PATH, AGENT, "fill")
    assert department.slugs() == []
    assert department.case(PATH).record.data["note"] == "第一行\nsignatures:\n  - step: fill\n# 不是注释\n---"


@pytest.mark.parametrize("asked", [("export", "out", "F-TEST"), ("form", "sheet", "F-TEST", "-o", "out/x.xlsx")])
def test_of_a_file_that_could_not_be_made_nothing_is_left(department: Department, asked: tuple[str, ...]) -> None:
    """Half a workbook is there already when somebody tries again, and half a paper looks whole."""
    department.form()
    for number in range(8):
        department.new(note=f"{number}" * 100)

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    apart = {"PYTHONDONTWRITEBYTECODE": "1"}  # which it could not write whole
    code, _, err = run_apart(department.root, *asked, preexec_fn=narrow, env=apart)
    assert (code, b"hint:" in err) == (3, True), err
    assert [*department.root.glob("out/*"), *department.root.glob("out/.*")] == []
    assert department.run(*asked).code == 0


def test_what_was_made_takes_its_place_at_once(tmp_path: Path) -> None:
    paper, link = tmp_path / "paper.pdf", tmp_path / "link.pdf"
    paper.write_bytes(b"before")
    link.symlink_to(paper)

    def half() -> None:
        with disk.whole(link) as making:
            making.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert (paper.read_bytes(), sorted(tmp_path.iterdir())) == (b"before", [link, paper])
    disk.lay_down(link, b"after")
    assert (paper.read_bytes(), link.is_symlink()) == (b"after", True)
    disk.lay_down(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()
