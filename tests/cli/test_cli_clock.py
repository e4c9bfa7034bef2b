"""A machine whose clock is behind what was committed: days, deadlines and signatures go by it."""

import datetime as dt

import pytest
from department import AGENT, MANAGER, NOW, Department, field, step

DOUBT = "the clock of this machine says"
NEW = ("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x")


@pytest.fixture
def running(department: Department) -> Department:
    """Its clock is the machine's."""
    department.form(fields=[field("note")], steps=[step("fill")])
    department.write(".gitignore", "/.csdocs/\n")
    department.clock(None)
    return department


@pytest.mark.parametrize(("ahead", "doubted"), [(dt.timedelta(minutes=5), False), (dt.timedelta(days=2), True)])
def test_a_clock_behind_the_last_commit_is_doubted(
    running: Department, monkeypatch: pytest.MonkeyPatch, ahead: dt.timedelta, doubted: bool
) -> None:
    """Nobody is stopped: it may as well be the commit that is wrong."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", (dt.datetime.now(dt.UTC) + ahead).isoformat())
    running.commit()
    number = running.run(*NEW).text.strip().rpartition("/")[2].removesuffix(".yaml")
    for verb in (NEW, ("sign", number, "--as", AGENT, "--yes"), ("check",), ("check",), ("due",), ("todo", MANAGER)):
        said = running.run(*verb)
        assert (said.code in (0, 1), DOUBT in said.err) == (True, doubted), (verb, said)
    for verb in (("check", "--as-of", "2030-01-01"), ("due", "--as-of", "2030-01-01")):
        assert DOUBT not in running.run(*verb).err
    running.clock(NOW)
    assert DOUBT not in running.run("check").err


def test_before_the_first_commit_there_is_nothing_to_compare(running: Department) -> None:
    running.git("update-ref", "-d", "HEAD")
    assert DOUBT not in running.run("check").err


@pytest.mark.parametrize(("minutes", "found"), [(9, []), (11, ["time-in-future"])])
def test_two_machines_need_not_agree_to_the_minute(department: Department, minutes: int, found: list[str]) -> None:
    department.form(fields=[field("note")], steps=[step("fill")])
    department.clock(f"2026-11-02T09:{minutes:02}:00+08:00")
    department.new(note="x")
    department.clock(NOW)
    assert department.slugs() == found
    department.clock("2026-11-02T09:30:00+08:00")
    assert department.slugs() == []
