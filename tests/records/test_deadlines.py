"""Deadlines: when they run out, by which clock, and that lateness is a truth and no error."""

from typing import Any

import pytest
from department import AGENT, LEADER, Department, field, step

FIELDS = [field("got_at", "date_time"), field("done_at", "date_time"), field("level")]


def deadline(within: str, calendar: str = "clock", until: str = "done_at", **more: str) -> list[dict[str, Any]]:
    return [
        {
            "id": "reply",
            "label": {"zh": "答复", "en": "Reply"},
            "from": "got_at",
            "within": within,
            "calendar": calendar,
            "until": until,
            "breaks": "REG-TEST/1",
            **more,
        }
    ]


# received on Friday 30 October at 17:00; the week-end follows
LIMITS = [
    ("hours(2)", "clock", "2026-10-30T19:00:00+08:00"),
    ("days(3)", "clock", "2026-11-02T17:00:00+08:00"),
    ("hours(2)", "worktime", "2026-11-02T10:00:00+08:00"),
    ("hours(9)", "worktime", "2026-11-02T18:00:00+08:00"),
    ("1", "workdays", "2026-11-02T23:59:59+08:00"),
    ("3", "workdays", "2026-11-04T23:59:59+08:00"),
]


@pytest.mark.parametrize(("within", "calendar", "limit"), LIMITS)
def test_a_deadline_is_kept_to_the_second(department: Department, within: str, calendar: str, limit: str) -> None:
    import datetime as dt

    department.clock("2026-10-30T17:00:00+08:00")
    department.form(fields=FIELDS, deadlines=deadline(within, calendar))
    path = department.new(got_at="2026-10-30T17:00+08:00")
    moment = dt.datetime.fromisoformat(limit)
    after = (moment + dt.timedelta(seconds=1)).isoformat()
    department.clock(limit)
    assert department.slugs() == []
    department.clock(after)
    assert [rule for rule in department.slugs() if "reply" in rule or rule == "overdue"] != []
    assert department.run("check").code == 0
    assert department.run("check", "--strict").code == 1
    assert "TEST-202610-001" in department.run("list", "F-TEST", "--overdue").text
    for done, clean in ((limit, True), (after, False)):
        department.data(path, f"  got_at: 2026-10-30T17:00+08:00\n  done_at: {done}\n")
        assert (department.slugs() == []) is clean, done
    assert department.run("list", "F-TEST", "--overdue", "--format", "json").json == []


@pytest.mark.parametrize(
    ("start", "within", "last"),
    [
        ("2026-10-25T01:30:00+02:00", "hours(1)", "2026-10-25T02:30:00+02:00"),  # the hour that comes twice
        ("2026-10-24T12:00:00+02:00", "hours(24)", "2026-10-25T11:00:00+01:00"),
        ("2026-03-28T12:00:00+01:00", "days(1)", "2026-03-29T13:00:00+02:00"),
    ],
)
def test_an_hour_is_an_hour_where_clocks_are_changed(
    department: Department, start: str, within: str, last: str
) -> None:
    """By the clock on the wall it came to a limit twice: what was overdue was not half an hour later."""
    import datetime as dt

    department.edit("csdocs.yaml", "Asia/Shanghai", "Europe/Berlin")
    department.form(fields=FIELDS, deadlines=deadline(within))
    department.clock(start)
    department.new(got_at=start)
    limit = dt.datetime.fromisoformat(last).astimezone(dt.UTC)
    for seconds, overdue in ((0, False), (1, True), (1800, True), (2700, True), (4000, True)):
        moment = limit + dt.timedelta(seconds=seconds)
        department.clock(moment.isoformat())
        assert department.slugs() == ["F-TEST:reply"] * overdue, moment
        assert ("TEST-" in department.run("list", "F-TEST", "--overdue").text) == overdue, moment


@pytest.mark.parametrize("start", ["2026-11-02T09:30:00+08:00", "2026-11-02T01:30:00+00:00", "2026-11-01T17:30-08:00"])
def test_working_hours_are_those_of_the_workspace(department: Department, start: str) -> None:
    """Whatever the offset that a moment was written with, and where it was put together from a day and a time."""
    put_together = field("other", "integer", computed="worktime(timestamp(day, at), done_at).getMinutes()")
    computed = [field("took", "integer", computed="worktime(got_at, done_at).getMinutes()"), put_together]
    department.clock("2026-11-02T18:00:00+08:00")
    department.form(fields=[*FIELDS, field("day", "date"), field("at", "time"), *computed])
    department.new(got_at=start, done_at="2026-11-02T11:30:00+08:00", day="2026-11-02", at="09:30")
    said = department.run("sql", "SELECT took, other FROM f_test", "--format", "json").json
    assert said == [{"took": 120, "other": 120}]


def test_as_of_moves_the_day_and_not_the_records(department: Department) -> None:
    department.form(fields=FIELDS, deadlines=deadline("2", "workdays"))
    department.new(got_at="2026-11-02T08:00+08:00")
    before = department.digest()
    for day, code in (("2026-11-02", 0), ("2026-11-04", 0), ("2026-11-05", 1)):
        assert department.run("check", "--strict", "--as-of", day).code == code, day
    assert department.digest() == before


def test_a_deadline_may_run_from_and_to_signatures(department: Department) -> None:
    reply = [{**deadline("hours(4)")[0], "from": "signed.fill", "until": "signed.lead"}]
    department.form(fields=FIELDS, deadlines=reply, steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    path = department.new(level="x")
    department.clock("2026-11-03T09:00:00+08:00")
    assert department.slugs() == []
    department.must_sign(path, AGENT, "fill", at="2026-11-02T09:00:00+08:00")
    department.clock("2026-11-02T13:00:01+08:00")
    assert department.slugs() == ["F-TEST:reply"] or department.slugs() == ["overdue"]
    department.must_sign(path, LEADER, "lead", at="2026-11-02T13:00:00+08:00")
    assert department.slugs() == []


def test_a_deadline_until_closed_that_does_not_apply_or_is_void_is_silent(department: Department) -> None:
    department.form(fields=FIELDS, deadlines=deadline("hours(1)", until="closed", when='level == "high"'))
    high, low, none = (
        department.new(got_at="2026-11-01T09:00+08:00", **({"level": level} if level else {}))
        for level in ("high", "low", "")
    )
    late = {finding.path for finding in department.findings()}
    assert late == {high}
    assert {low, none}.isdisjoint(late)
    department.run("void", high, "--as", "S3001", "--reason", "重复", "--yes")
    assert department.slugs() == []


EXTREME = [
    ("hours(amount)", "clock", "999999999999999999"),
    ("hours(amount)", "worktime", "999999999999999999"),
    ("amount", "workdays", "999999999999999999"),
    ("amount", "workdays", "4000000"),
    ("hours(amount)", "worktime", "999999"),
    ("hours(amount)", "clock", "-999999999999999999"),
    ("amount", "workdays", "-999999999"),
]


@pytest.mark.parametrize(("within", "calendar", "amount"), EXTREME)
def test_a_limit_beyond_all_calendars_is_a_finding(
    department: Department, within: str, calendar: str, amount: str
) -> None:
    department.form(fields=[*FIELDS, field("amount", "integer")], deadlines=deadline(within, calendar))
    department.new(got_at="2026-11-01T09:00+08:00")
    department.write(
        "records/test/2026/11/TEST-202611-001.yaml",
        department.read("records/test/2026/11/TEST-202611-001.yaml").replace("data: {", f"data: {{amount: {amount}, "),
    )
    said = department.run("check")
    assert said.code == 1, said
    assert "cannot be judged" in said.text


MOMENTS = ["0001-01-01T00:00+08:00", "9999-12-31T23:59-08:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_at_the_edge_of_the_calendar_stops_nothing(department: Department, moment: str) -> None:
    department.form(fields=FIELDS, deadlines=deadline("hours(2)"), day="got_at")
    path = department.new(level="x")
    for text in (
        department.read(path).replace("data: {", f"data: {{got_at: '{moment}', "),
        department.read(path).replace("2026-11-02T09:00+08:00", moment),
    ):
        department.write(path, text)
        said = department.run("check")
        assert said.code == 1, said.err[-300:]
