"""The benchmarks measure what they say: clean workspaces, written as the verbs themselves would have written them."""

import datetime as dt
import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import contest, verb
from benchmarks.chart import bars, lines
from benchmarks.contender import page_of
from benchmarks.contest import BENCHMARKS
from benchmarks.day import stories
from benchmarks.generate import START, generate
from benchmarks.growth import COMMANDS, Point, exponent
from benchmarks.measure import Figure, Usage
from benchmarks.report import Measured, as_html, as_json, of_json
from benchmarks.story import Scribe, Story, text_of
from benchmarks.target import TARGETS
from csdocs.check.keeping import look
from csdocs.check.whole import Judge, check
from csdocs.load.index.known import known
from csdocs.load.index.outcome import KnownState
from csdocs.load.workspace import open_workspace
from csdocs.prepare.entry import open_case
from csdocs.prepare.signing import SigningRequest, prepare_signature
from csdocs.press import Press
from csdocs.store import worktree

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
    assert not worktree.changed_paths(generated)


def test_many_processes_find_what_one_finds(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "spoilt"
    shutil.copytree(generated, root)
    for path in sorted(root.glob("records/**/*.yaml"))[::3]:
        path.write_text(path.read_text("utf-8").replace("by: S", "by: X", 1), "utf-8")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    alone = check(open_workspace(root, START + dt.timedelta(1))).findings
    monkeypatch.setattr("csdocs.check.whole.LEAST_FOR_A_POOL", 10)
    together = check(open_workspace(root, START + dt.timedelta(1))).findings
    assert len(alone) >= RECORDS / 3
    assert together == alone


def test_whoever_judges_elsewhere_asks_no_index(generated: Path, tmp_path: Path) -> None:
    """A process that was forked may not use the connection of the one that called it."""
    root, day = tmp_path / "known", START + dt.timedelta(1)
    shutil.copytree(generated, root)
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text("/.csdocs/\n", "utf-8")
    assert look(root, day, KnownState(root)).outcome().records == RECORDS
    workspace = open_workspace(root, day)
    index = known(workspace, KnownState(root), signatures=True)
    assert index is not None
    assert index.same_book
    with index:
        index.stale()
        judge = Judge(workspace, signatures=True, keeps=True)
        judge.prepare()
        index.kept.connection.close()
        assert judge.do([next(workspace.record_paths())])[0].verdict


def test_a_judged_record_goes_at_once(generated: Path) -> None:
    """Judging makes no circles: else memory and time would go to the collector."""
    judge = Judge(open_workspace(generated, START + dt.timedelta(1)), signatures=True, keeps=True)
    paths = list(judge.workspace.record_paths())
    kept = judge.do(paths)
    for _ in range(3):
        gc.collect()  # what goes may let go of more
    gc.disable()
    try:
        again = judge.do(paths)
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert again == kept


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
        asked = SigningRequest(stage.signing.step, stage.signing.by, moment, row=stage.signing.row)
        assert prepare_signature(case, asked) == stage.draft
        assert signed[number] == stage.draft._replace(signature=signed[number].signature)


def test_growth_is_fitted() -> None:
    assert exponent((1_000, 4_000, 16_000), (2, 8, 32)) == pytest.approx(1)
    assert exponent((1_000, 4_000, 16_000), (3, 3, 3)) == pytest.approx(0)
    assert exponent((1_000,), (3,)) is None


def test_page_says_what_reaches_its_target() -> None:
    """Of figures made up: everything takes a second a hundred times, and a tenth of the memory of its peer."""
    names = {(target.benchmark, name) for target in TARGETS for name in (target.own, target.peer) if name}
    figures = [Figure(*name, 100, "things", Usage(1.0, 1.0, 20.0)) for name in sorted(names)]
    points = [Point(name, size, size / 100, size / 100, 50.0) for name in COMMANDS for size in (100, 1_000)]
    measured = Measured("2026-11-22", 100, {"cores": "2"}, {"csdocs": "0"}, ["Chromium"], figures, points)
    assert of_json(as_json(measured)) == measured
    found = {(row.own, row.peer, row.bound): row for row in measured.rows}
    assert len(measured.rows) == len(TARGETS) + 3
    assert found["csdocs --no-signatures, one core", "check-jsonschema", 18].share == pytest.approx(1 / 18)
    assert found["csdocs, unchanged", "git status", 1.5].share == pytest.approx(1.5)
    assert found["csdocs", "", 19].share == pytest.approx(100 / 19)
    assert found["check, unchanged", "100 – 1,000", 0.99].share == pytest.approx(0.99)
    page = as_html(measured)
    assert "未安装、因此未比较：Chromium" in page and "n^1.00" in page
    for drawing in (bars(measured.rows), lines(measured.growth)):
        assert ET.fromstring(drawing).tag.endswith("svg")


def test_peers_print_the_pages_that_we_print(generated: Path) -> None:
    press = Press(generated)
    page = page_of(press, press.manual)
    assert "REG-HANDOVER" in page.html
    assert "@page" in page.css
    assert press.print_page.__name__ == "print_page"


def test_targets_name_what_is_measured(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is run: who would take part is asked of the benchmarks themselves."""
    nothing = Usage(1.0, 1.0, 1.0)
    monkeypatch.setattr(contest, "contend", lambda *_: (1, nothing))
    monkeypatch.setattr(contest, "run", lambda *_, **__: (nothing, "[]"))
    monkeypatch.setattr(verb, "run", lambda *_, **__: (nothing, '{"findings": []}'))
    monkeypatch.setattr(contest, "SOURCEMETA", generated)
    monkeypatch.setattr(contest, "find_spec", bool)  # every peer is installed
    known = {(figure.benchmark, figure.contender) for each in BENCHMARKS.values() for figure in each(generated)}
    wanted = {(target.benchmark, name) for target in TARGETS for name in (target.own, target.peer) if name}
    assert wanted <= known


def test_report(root: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.run", "help", "--json"]
    done = subprocess.run(command, cwd=root, env={**os.environ}, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout)["figures"]
    assert [figure["contender"] for figure in figures] == ["csdocs --help", "import click"]
    assert all(figure["a second"] > 0 for figure in figures)
