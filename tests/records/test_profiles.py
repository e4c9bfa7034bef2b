"""An industry that is not switched on asks for nothing and takes no records, and switching one off breaks none."""

from pathlib import Path

import pytest
from department import LEADER, Department, run_here

PROP, OFF = "profiles: [GEN, PROP]", "profiles: [GEN]"


def switch(department: Department, codes: str, day: str) -> None:
    """Commit other profiles on a day."""
    text = department.read("csdocs.yaml")
    old = next(line for line in text.splitlines() if line.startswith("profiles:"))
    department.edit("csdocs.yaml", old, codes)
    department.git("add", "-A")
    moment = f"{day}T09:00:00+08:00"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", moment)
        patch.setenv("GIT_AUTHOR_DATE", moment)
        department.git("commit", "-q", "-m", "Switch")


@pytest.fixture
def industry(department: Department) -> Department:
    department.form("F-PATROL", profile="PROP")
    department.form("F-OWNER", profile=["MALL", "PROP"])
    department.form("F-TEST")
    return department


def test_a_form_that_is_off_is_neither_listed_nor_filled_in(industry: Department) -> None:
    assert "F-PATROL" not in industry.run("form", "list").text
    assert "F-PATROL" in industry.run("form", "list", "--all").text
    said = industry.run("new", "F-PATROL", "--as", LEADER, "--no-input", "--set=note=x")
    assert said.code == 3
    assert "F-PATROL is for PROP" in said.err
    assert "add PROP to profiles" in said.err
    industry.edit("csdocs.yaml", OFF, PROP)
    assert industry.new("F-PATROL", note="x")
    assert industry.new("F-OWNER", note="x")


def test_a_record_is_judged_by_what_was_on_that_day(industry: Department) -> None:
    """On from 10 to 20 October: a record of those days stands for ever, one of before or after does not."""
    switch(industry, PROP, "2026-10-10")
    paths = {}
    for day in ("09", "10", "15", "20", "21"):
        industry.clock(f"2026-10-{day}T12:00:00+08:00")
        paths[day] = industry.new("F-PATROL", note="x")
    switch(industry, OFF, "2026-10-20")
    industry.clock("2026-11-02T09:00:00+08:00")
    wrong = [day for day, path in paths.items() if "form-not-in-use" in industry.slugs(path)]
    assert wrong == ["09", "21"]
    industry.edit("csdocs.yaml", OFF, "profiles: [MALL]")
    assert "form-not-in-use" in industry.slugs(paths["21"])
    industry.edit("csdocs.yaml", "profiles: [MALL]", PROP)
    assert not [path for path in paths.values() if "form-not-in-use" in industry.slugs(path)]


def test_what_is_off_owes_nothing_and_a_mistake_in_it_is_found(industry: Department) -> None:
    text = industry.read("handbook/regulations/REG-TEST.md")
    owed = "obligations:\n  - {clause: 1, form: F-TEST, every: week, since: 2026-10-01}\n"
    industry.write("handbook/regulations/REG-TEST.md", text.replace("owner:", f"{owed}owner:", 1))
    assert "evidence-missing" in industry.slugs()
    industry.edit("handbook/regulations/REG-TEST.md", "owner:", "profile: PROP\nowner:")
    assert "evidence-missing" not in industry.slugs()
    industry.form("F-PATROL", profile="PROP", clauses=["REG-TEST/99"])
    assert "unknown-clause" in industry.slugs()


def test_the_index_forgets_when_profiles_change(industry: Department) -> None:
    industry.write(".gitignore", "/.csdocs/\n")
    industry.edit("csdocs.yaml", OFF, PROP)
    path = industry.new("F-PATROL", note="x")
    assert "REC342" not in industry.run("check", path).text
    industry.edit("csdocs.yaml", PROP, OFF)
    assert "REC342" in industry.run("check", path).text
    industry.edit("csdocs.yaml", OFF, PROP)
    assert "REC342" not in industry.run("check", path).text


def test_init_switches_industries_on(tmp_path: Path) -> None:
    assert run_here(tmp_path, ["init", "ours", "--profile", "tel", "--profile", "GEN"]).code == 0
    settings = Department(tmp_path / "ours").read("csdocs.yaml")
    assert "\nprofiles: [GEN, TEL]\n" in settings
    said = run_here(tmp_path, ["init", "theirs", "--profile", "TELE"])
    assert said.code == 3
    assert "GEN" in said.err
    assert not (tmp_path / "theirs").exists()
