"""One judgement, asked of one step or of all; and what it costs."""

import datetime as dt
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from gate import AGENT, CLERK, MANAGER, OTHER, PEOPLE, PERSONNEL, QUALITY, REG, Gate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from csdocs.gate.audit import audit
from csdocs.gate.review import review
from csdocs.load.index.outcome import KnownState
from csdocs.load.index.remembered import StepOutcome, remembered
from csdocs.model.policy import Policy, parse_quorum


def test_audit_of_thirty_commits_agrees_with_review_of_each(gate: Gate) -> None:
    _thirty_steps(gate)
    told = {step.commit.id: [f[:8] for f in step.findings] for step in audit(gate.root, None, None, gate.now)}
    commits = gate.git("rev-list", "--first-parent", "--reverse", "main").split()
    assert len(commits) == 32
    wrong = 0
    for before, commit in pairwise(commits[1:]):
        moment = dt.datetime.fromtimestamp(int(gate.git("show", "-s", "--format=%ct", commit)), dt.UTC)
        verdict = review(gate.root, before, commit, moment)
        found = [f[:8] for f in verdict.findings if f.rule != "author-approves"]
        assert found == told.get(commit, []), commit
        wrong += verdict.has_errors
    assert wrong >= 6


def _thirty_steps(gate: Gate) -> None:
    """Honest steps and sinful ones, in turn."""
    words = ["及时", "尽早", "尽快"]
    for number in range(6):
        old, new = words[number % 3 - 1], words[number % 3]
        gate.revise(REG, old=old, new=new, effective=f"2024-05-{number + 1:02}")
        gate.commit("Revised")
        gate.edit(PEOPLE, "人S1001" if number == 0 else f"名{number - 1}", f"名{number}")
        gate.approve(PEOPLE, PERSONNEL, MANAGER)
        gate.commit("Register")
        gate.write("handbook/waivers.yaml", f"waivers: []  # {number}\n")
        gate.commit("Nobody asked")
        gate.raise_revision(OTHER)
        gate.sign(OTHER, AGENT, "submit")
        gate.commit("Pending")
        gate.sign(REG, CLERK, "acknowledge", at=gate.now)
        gate.commit("Read")


def test_what_an_audit_remembers_changes_nothing(gate: Gate) -> None:
    gate.write(".git/info/exclude", "/.csdocs/\n")
    _thirty_steps(gate)
    cold = gate.audit("--no-index")
    assert cold.errors
    file = gate.root / ".csdocs/audit.sqlite"
    assert not file.exists()
    assert gate.audit() == cold
    assert file.exists()
    with (
        mock.patch("csdocs.gate.judge.judge_records", side_effect=AssertionError),
        mock.patch("csdocs.gate.audit.Ledger", side_effect=AssertionError),
    ):
        assert gate.audit() == cold  # nothing is judged again
    since = gate.git("rev-parse", "HEAD~3")
    assert gate.audit("--since", since) == gate.audit("--since", since, "--no-index")
    with mock.patch("csdocs.load.program.__version__", "another"):
        assert gate.audit() == cold
    gate.edit(OTHER, "试验制度\n", "试行制度\n")
    gate.commit("Another sin")
    after = gate.audit()
    assert after == gate.audit("--no-index")
    assert len(after.errors) > len(cold.errors)
    file.write_bytes(b"not a database" * 100)
    assert gate.audit() == after
    stranger = gate.audit("--root", "SHA256:" + "A" * 43)
    assert [f["path"] for f in stranger.findings] == ["handbook/receipts/open/S4001-open.yaml"]  # another judge


def test_what_came_along_with_the_folder_is_not_believed(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody hands over a workspace, with a memory of audits that found nothing and an index of their own."""
    gate.write(".git/info/exclude", "/.csdocs/\n")
    gate.edit(REG, "500元", "5000元")
    gate.commit("Nobody asked")
    honest, own = gate.audit("--no-index"), KnownState(gate.root).judge
    assert honest.errors
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("CSDOCS_CACHE", str(tmp_path / "theirs"))
        theirs = remembered(gate.root, None)
        assert theirs is not None
        for commit in gate.git("rev-list", "HEAD").split():
            theirs.note(commit, StepOutcome(touched=True, opened=True, findings=()))
        theirs.keep()
        assert gate.audit().errors == []  # on their machine
        assert KnownState(gate.root).judge != own
    assert gate.audit() == honest
    assert gate.audit() == honest  # and is remembered from now on
    assert (tmp_path / "theirs/secret").stat().st_mode & 0o077 == 0


def test_the_number_of_processes_does_not_grow_with_the_history(gate: Gate) -> None:
    def look() -> tuple[int, int]:
        with _counted() as first:
            gate.audit()
        with _counted() as second:
            gate.review("HEAD~1")
        return len(first), len(second)

    gate.write("handbook/waivers.yaml", "waivers: []  # 0\n")
    gate.commit()
    before = look()
    for number in range(8):
        for path in ("handbook/waivers.yaml", "handbook/calendar.yaml"):
            gate.write(path, f"{gate.read(path)}# {number}\n")
        gate.commit()
    assert look() == before
    assert max(before) <= 20


@contextmanager
def _counted() -> Iterator[list[Any]]:
    started: list[Any] = []
    original: Callable[..., None] = subprocess.Popen.__init__

    def begin(self: Any, arguments: Any, *more: Any, **options: Any) -> None:
        started.append(arguments)
        original(self, arguments, *more, **options)

    with mock.patch.object(subprocess.Popen, "__init__", begin):
        yield started


posts = st.sampled_from(["R-AA", "R-BB", "R-CC"])
people = st.dictionaries(st.sampled_from(["S1001", "S1002", "S1003"]), st.sets(posts, min_size=1), max_size=3)
quorums = st.sampled_from(
    ["1 of R-AA", "2 of R-AA and 1 of R-BB", "(1 of R-AA or 2 of R-BB) and 1 of R-CC", "3 of R-CC"]
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quorums, people, st.randoms())
def test_a_quorum_is_a_matching_of_people_to_places(quorum: str, approvals: dict[str, set[str]], random: Any) -> None:
    """Against trying every seating; and nobody's arrival ever makes more places empty."""
    policy = Policy()
    missing = sum(places.people for places in policy.missing(quorum, approvals))
    assert missing == _fewest_empty(quorum, approvals)
    if approvals:
        fewer = dict(approvals)
        del fewer[random.choice(sorted(fewer))]
        assert sum(places.people for places in policy.missing(quorum, fewer)) >= missing


def _fewest_empty(quorum: str, approvals: dict[str, set[str]]) -> int:
    def empty(seats: list[str]) -> int:
        sitters = [*approvals, *(None for _ in seats)]
        return min(
            sum(person is None or seat not in approvals[person] for person, seat in zip(order, seats, strict=False))
            for order in permutations(sitters, len(seats))
        )

    return min(empty([p.group for p in each for _ in range(p.people)]) for each in parse_quorum(quorum))


def test_a_quorum_that_would_not_end() -> None:
    for text in (
        "(1 of a or 1 of b) and " * 40 + "1 of a",
        "999999999 of a",
        "0 of a",
        "1 of",
        "",
        "1 of a or",
        "(1 of a",
    ):
        with pytest.raises(ValidationError):
            Policy.model_validate({"rules": [{"paths": "*", "approve": text}]})


def test_honest_and_sinful_work_in_one_change_are_told_apart(gate: Gate) -> None:
    gate.branch()
    gate.revise(REG)
    gate.edit(OTHER, "500元", "800元")
    gate.commit()
    outcome = gate.review()
    assert {finding["path"] for finding in outcome.findings} == {OTHER}
    gate.land()
    assert "r2" in gate.run("history", "REG-TEST").out
    assert "r2" not in gate.run("history", "REG-OTHER").out
    assert QUALITY in gate.run("history", "REG-TEST").out
