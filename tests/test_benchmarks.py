"""The benchmarks measure what they say: clean workspaces, written as the verbs themselves would have written them."""

import datetime as dt
import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.day import stories
from benchmarks.generate import START, generate
from benchmarks.story import Scribe, Story, text_of
from csdocs.check import _Judge, check
from csdocs.entry import Asked, open_case, prepare_signature
from csdocs.load.packed import Packed, unpacked
from csdocs.load.workspace import open_workspace
from csdocs.store import git

RECORDS, SEED = 60, 20261120


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated")
    generate(root, RECORDS, SEED)
    return root


def test_nothing_is_found(generated: Path) -> None:
    report = check(open_workspace(generated, START + dt.timedelta(1)))
    assert report.findings == ()
    assert report.records == RECORDS
    assert not git.changed_paths(generated)


def test_many_processes_find_what_one_finds(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "spoilt"
    shutil.copytree(generated, root)
    for path in sorted(root.glob("records/**/*.yaml"))[::3]:
        path.write_text(path.read_text("utf-8").replace("by: S", "by: X", 1), "utf-8")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    alone = check(open_workspace(root, START + dt.timedelta(1))).findings
    monkeypatch.setattr("csdocs.check.LEAST_FOR_A_POOL", 10)
    together = check(open_workspace(root, START + dt.timedelta(1))).findings
    assert len(alone) >= RECORDS / 3
    assert together == alone


def test_a_judged_record_goes_at_once(generated: Path) -> None:
    """Judging makes no circles: else memory and time would go to the collector."""
    judge = _Judge(open_workspace(generated, START + dt.timedelta(1)), signatures=True, keeps=True)
    paths = list(judge.workspace.record_paths())
    kept = [judge.file(path) for path in paths]
    gc.collect()
    gc.disable()
    try:
        again = [judge.file(path) for path in paths]
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert again == kept


def test_values_come_back_as_they_were_packed(generated: Path) -> None:
    workspace = open_workspace(generated, START + dt.timedelta(1))
    for path in workspace.record_paths():
        case = open_case(workspace, path)
        assert unpacked(Packed(case.all_values)) == case.all_values == Packed(case.all_values)


def test_same_seed_same_tree(generated: Path, tmp_path: Path) -> None:
    again = generate(tmp_path / "again", RECORDS, SEED)
    other = generate(tmp_path / "other", 1, SEED + 1)
    command = ["git", "-C", str(generated), "rev-parse", "HEAD^{tree}"]
    assert again.tree == subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert (again.commits, other.commits) == (4, 3)
    assert other.tree != again.tree


def test_signatures_are_those_of_the_verbs(generated: Path) -> None:
    scribe = Scribe(open_workspace(generated, START + dt.timedelta(1)))
    told = [s for n in (0, 1) for s in stories(scribe.workspace.register, START, START + dt.timedelta(n), SEED, 50)]
    of_each_form = {story.form: story for story in told}
    assert len(of_each_form) == 7
    for story in of_each_form.values():
        _compare(scribe, story)


def _compare(scribe: Scribe, story: Story) -> None:
    """Each signature, beside what `csdocs sign` prepares over the same half-finished file."""
    signed = open_case(scribe.workspace, scribe.path(story), scribe.write(story)).record.signatures
    for number, stage in enumerate(scribe.stages(story)):
        data = text_of(stage.record, signed[:number])
        moment = stage.signing.at
        case = open_case(
            scribe.workspace,
            scribe.path(story),
            data,
            now=moment,
            query=lambda name, *_: story.answers.get(name),
        )
        asked = Asked(stage.signing.step, stage.signing.by, moment, row=stage.signing.row)
        assert prepare_signature(case, asked) == stage.draft
        assert signed[number] == stage.draft._replace(signature=signed[number].signature)


def test_report(root: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.run", "help", "--json"]
    done = subprocess.run(command, cwd=root, env={**os.environ}, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout)["figures"]
    assert [figure["contender"] for figure in figures] == ["csdocs --help", "import click"]
    assert all(figure["a second"] > 0 for figure in figures)
