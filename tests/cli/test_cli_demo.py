"""The reference department, end to end: everything that looks, over everything it holds."""

import hashlib
from pathlib import Path

import pytest
from department import Department, run_here

OWN = """\
---
id: REG-OWN
title: {zh: 房卡管理制度, en: Room cards}
revision: 1
owner: R-DEPTMGR
effective: 2026-01-05
review_every: 36500
changes:
  - revision: 1
    date: 2026-01-05
    kind: major
    summary: {zh: 首次发布, en: First issue}
    reason: {zh: 房卡补办没有核对身份, en: Cards were given out without papers}
    drafted_by: [S0003]
evidence:
  acknowledgement: [1]
---

1. 补办房卡应当核对身份证件。
"""


def by_hand(root: Path) -> str:
    """Digest of every file of a tree, names and bytes; the index, which git ignores, is nobody's work."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.parent.name != ".csdocs")
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()


def test_the_demo_is_legal_as_it_comes(demo: Department) -> None:
    before = by_hand(demo.root)
    said = demo.run("check", "--format", "json")
    assert said.code == 0, said.text
    assert "* -text\n" in demo.read(".gitattributes")
    checked = said.json["checked"]
    assert checked["records"] >= 150
    assert checked["forms"] >= 25
    assert by_hand(demo.root) == before


def test_records_are_listed_shown_and_explained(demo: Department) -> None:
    before = by_hand(demo.root)
    for form in ("F-BACKUP", "F-COMPLAINT", "F-ESCALATION", "F-SHIFTSWAP", "F-UNIISSUE"):
        rows = demo.run("list", form, "--format", "json").json
        assert rows, form
        shown = demo.run("show", rows[-1]["record"], "--format", "json")
        assert shown.code == 0, shown.err
        assert all(signature["valid"] for signature in shown.json["signatures"])
        assert demo.run("why", rows[-1]["record"]).code == 0
    assert by_hand(demo.root) == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_code_is_explained(demo: Department, lang: str) -> None:
    from csdocs.rules import by_slug

    pages = {rule.code: demo.run("--lang", lang, "explain", rule.code) for rule in by_slug().values()}
    assert all(page.code == 0 and len(page.text) > 100 for page in pages.values())
    assert ["cel", "Expressions"] in [line.split() for line in demo.run("explain").text.splitlines()]
    assert pages["REC304"].text.splitlines()[0].endswith({"zh": "  错误", "en": "  error"}[lang])


def test_a_demo_is_never_laid_over_something(demo: Department, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    assert run_here(tmp_path, ["init", "--demo", "."]).code == 3
    assert run_here(tmp_path, ["init", "."]).code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_fresh_workspace_has_nobody_and_is_ready_to_be_filled(tmp_path: Path) -> None:
    assert run_here(tmp_path, ["init", "ours", "--name", "测试公司"]).code == 0
    ours = Department(tmp_path / "ours")
    assert "DEMO-ONLY" not in ours.read("handbook/people.yaml")
    assert "demo:" not in ours.read("csdocs.yaml")
    assert not (ours.root / "records").exists()
    assert "* -text\n" in ours.read(".gitattributes")
    said = ours.run("check")
    assert said.code == 0, said.text
    assert [line.split()[2] for line in said.text.splitlines()[:-1] if ": warning " in line] == ["WSP530"]
    again = Department(tmp_path / "theirs")
    assert run_here(tmp_path, ["--lang", "zh", "init", "theirs"]).code == 0
    assert [each.workspace().settings.languages[0] for each in (ours, again)] == ["en", "zh"]
    assert ours.workspace().settings.workspace != again.workspace().settings.workspace


def test_an_empty_workspace_takes_rules_and_forms_of_its_own(tmp_path: Path) -> None:
    assert run_here(tmp_path, ["init", "--empty", "--demo", "ours"]).code == 2
    assert run_here(tmp_path, ["init", "--empty", "ours", "--name", "前\t厅"]).code == 2
    assert run_here(tmp_path, ["init", "--empty", "ours", "--name", "前厅部"]).code == 0
    ours = Department(tmp_path / "ours")
    said = ours.run("check")
    assert said.code == 3
    assert "WSP530" in said.text
    assert "explain add-a-form" in said.err
    assert ours.run("coverage").code == ours.run("render", "manual").code == 3
    posts = ["LEADER", "DEPTMGR", "QUALITY", "AGENT"]
    held = (
        f"- {{staff_no: S000{n}, name: {{zh: 人{n}, en: P{n}}}, joined: 2026-01-05, posts: [{{post: R-{post}, department: D-CS, from: 2026-01-05}}]}}"
        for n, post in enumerate(posts, 1)
    )
    ours.write("handbook/people.yaml", "\n  ".join(["people:", *held]) + "\n")
    ours.write("handbook/regulations/REG-OWN.md", OWN)
    ours.write("handbook/manual.yaml", "title: {zh: 手册, en: Manual}\nparts: [{document: REG-OWN}]\n")
    assert ours.run("check", "--strict").code == 0
    policy = ours.workspace().settings.review
    for drafter in "S0001", "S0002", "S0003":  # whoever of the three drafts, the two others suffice
        rule = policy.rule("handbook/regulations/REG-OWN.md")
        assert rule is not None
        others = {f"S000{n}": {f"R-{post}"} for n, post in enumerate(posts[:3], 1) if f"S000{n}" != drafter}
        assert not [*policy.missing(rule.quorum("major"), others)]


def test_printing_elsewhere_leaves_the_workspace_alone(demo: Department, tmp_path: Path) -> None:
    before = by_hand(demo.root)
    record = demo.run("list", "F-COMPLAINT", "--format", "json").json[0]["record"]
    said = demo.run("render", record, "-o", str(tmp_path / "out"))
    assert said.code == 0, said.err
    assert [path.read_bytes()[:5] for path in (tmp_path / "out").iterdir()] == [b"%PDF-"]
    assert by_hand(demo.root) == before
    assert demo.run("render", "NOTHING", "-o", str(tmp_path / "none")).code == 3
    assert not (tmp_path / "none").exists()
