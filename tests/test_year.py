"""A quarter of the year of `benchmarks.year`: every form in use has records, and check finds what was done wrong, no more, no less."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.story import Story
from benchmarks.verb import settle
from benchmarks.year.breaches import plant_after, plant_before
from benchmarks.year.build import Built, build
from benchmarks.year.life import live
from benchmarks.year.plan import Plan
from benchmarks.year.verdict import compare
from benchmarks.year.year import Year
from csdocs.check.keeping import look
from csdocs.check.whole import Checked, check, judge_record
from csdocs.load.holdings.coverage import Coverage
from csdocs.load.holdings.tree import Tree
from csdocs.load.index.outcome import KnownState
from csdocs.load.index.report import report_tree
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace, open_workspace
from csdocs.lookup.figures import draw_up
from csdocs.model.period import between
from csdocs.model.place import CHECKS
from csdocs.store.scope import table_of

# Checks that a parameter of the reference rule book switches off.
SWITCHED_OFF = {
    "appraisal-several-sides",  # appraisal_model: by the supervisor alone
    "morning-meeting-penalty",  # fines_enabled: no
    "revisit-every-customer",  # revisit_all: no
    "room-weekly-missing",  # room_weekly: no
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Built]:
    plan = Plan(tmp_path_factory.mktemp("year"), months=3, people=36)
    return plan, build(plan)


@pytest.fixture(scope="module")
def report(built: tuple[Plan, Built]) -> Checked:
    plan, _ = built
    return check(open_workspace(plan.root, plan.as_of))


def test_check_finds_exactly_what_was_planted(built: tuple[Plan, Built], report: Checked) -> None:
    planted = built[1].planted
    assert len(planted) > 60
    assert compare(report, planted).lines() == []


def test_the_same_seed_tells_the_same_stories(built: tuple[Plan, Built], report: Checked) -> None:
    plan, first = built
    assert _told(plan, report.tree.workspace) == first.year.stories
    assert _told(plan._replace(seed=2), report.tree.workspace) != first.year.stories


def _told(plan: Plan, workspace: Workspace) -> Sequence[Story]:
    year = Year(plan, workspace)
    plot = plant_before(year)
    live(year)
    plant_after(plot)
    return year.stories


def test_every_form_in_use_has_records(report: Checked) -> None:
    workspace = report.tree.workspace
    assert {id for id in workspace.forms_in_use if not _files(report, id)} == set()


def _files(report: Checked, form: str) -> list[str]:
    rows = report.tree.database.rows("SELECT path FROM _files WHERE effective AND form = ? ORDER BY path", form)
    return [path for (path,) in rows]


def test_what_asks_about_other_records_can_be_judged_alone(report: Checked) -> None:
    """As review does, which sees one step of history."""
    workspace = report.tree.workspace
    for form in ("F-APPRMONTH", "F-REVISITDAY", "F-COMPSUM"):
        path = _files(report, form)[0]
        assert [each.message.zh for each in judge_record(RecordCase(workspace, path, workspace.read(path)))] == []


def test_every_check_about_forms_in_use_found_something(built: tuple[Plan, Built], report: Checked) -> None:
    planted = {each.rule for each in built[1].planted}
    assert _checks_in_use(report.tree.workspace) - planted == SWITCHED_OFF


def test_every_report_is_the_same_from_the_index(built: tuple[Plan, Built], report: Checked) -> None:
    """Records that ask about others, deadlines and clauses that were broken included."""
    plan, workspace = built[0], report.tree.workspace
    settle(plan.root)
    look(plan.root, plan.as_of, KnownState(plan.root))
    read = report_tree(workspace)
    answered = read.database.rows("SELECT count(*) FROM _answered")
    assert answered[0][0] > 100
    span = between(plan.start, workspace.today)
    for each in workspace.reports.values():
        connection = KnownState(plan.root).connect()
        assert connection is not None
        kept = draw_up(workspace, each, span, Tree(workspace, connection))
        assert kept == draw_up(workspace, each, span, read), each.id
        connection.close()


def _checks_in_use(workspace: Workspace) -> set[str]:
    """Those whose tables are all of forms in use."""
    tables = {table_of(id) for id in workspace.forms_in_use}
    return {
        Path(path).stem
        for path, data in workspace.files.items()
        if path.startswith(CHECKS) and {name.split("__")[0] for name in re.findall(r"\bf_\w+", data.decode())} <= tables
    }


def test_every_clause_proved_by_records_has_some(report: Checked) -> None:
    """And nothing is lacking from the rules themselves."""
    coverage = Coverage(report.tree.workspace)
    here = (row for row in coverage.rows if row.kind == "records" and not row.elsewhere)
    unproved = [row.citation for row in here if not row.records]
    assert unproved == []
    assert [lack.message.zh for lack in coverage.lacks] == []
