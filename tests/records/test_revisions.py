"""A record is judged by the rules of its day, for ever."""

from pathlib import Path

import pytest
from department import AGENT, Department, field, form, step

from csdocs.parse.spreadsheet import read_spreadsheet

RULE = [
    {
        "id": "enough",
        "assert": "amount >= param.least",
        "at": "amount",
        "message": {"zh": "{amount}低于{param.least}", "en": "{amount} is below {param.least}"},
        "breaks": "REG-TEST/1",
    }
]
STRICT = [{"id": "enough", "assert": "amount >= 100", "at": "amount", "message": {"zh": "不足", "en": "too little"}}]
FIELDS = [field("date", "date"), field("amount", "integer")]


def test_a_form_that_grows_stricter_breaks_no_old_record(department: Department) -> None:
    department.form(fields=FIELDS, day="date")
    path = department.new(date="2026-11-02", amount="12")
    department.must_sign(path, AGENT, "fill")
    department.commit("First")
    fields = [field("date", "date"), field("amount", "integer", min="50"), field("reason", required="true")]
    department.form(fields=fields, day="date", rules=STRICT, revision=2, effective="2026-11-10")
    assert department.slugs() == []
    department.commit("Second")
    department.clock("2026-12-01T09:00:00+08:00")
    assert department.slugs() == []
    assert department.state(path) == "closed"


def test_new_records_follow_the_revision_of_their_day(department: Department) -> None:
    department.form(fields=FIELDS, day="date")
    department.commit("First")
    department.form(fields=[*FIELDS, field("reason")], day="date", revision=2, effective="2026-11-10")
    department.commit("Second")
    department.clock("2026-11-20T09:00:00+08:00")
    old, new = department.new(date="2026-11-09"), department.new(date="2026-11-10")
    assert [department.case(path).record.form_revision for path in (old, new)] == [1, 2]
    assert department.slugs() == []
    before = department.digest()
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=date=2026-11-09", "--set=reason=x")
    assert said.code == 3
    assert "reason" in said.err
    assert department.digest() == before


def test_until_the_next_revision_comes_into_force_records_are_entered_by_the_last(
    department: Department, tmp_path: Path
) -> None:
    """It lies here for weeks before; nobody could enter anything then. What is dated before may be entered after."""
    department.form(fields=FIELDS, day="date")
    department.commit("First")
    fields = [FIELDS[0], field("reason", required="true")]
    department.form(fields=fields, day="date", revision=2, effective="2026-11-10")
    department.commit("Second")
    assert department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=reason=x").code == 3
    paths = [department.new(date="2026-11-02", amount="12"), department.new(date="2026-11-10", reason="x")]
    assert department.run("form", "sheet", "F-TEST", "-o", str(tmp_path / "in.xlsx")).code == 0
    heads = read_spreadsheet(tmp_path / "in.xlsx")[0].lines[0].cells
    assert "amount" in heads and "reason *" not in heads
    (tmp_path / "in.csv").write_text("date,amount\n2026-11-01,7\n")
    (tmp_path / "in.yaml").write_text('date: 2026-11-03\namount: "7"\n')
    for more in ("in.csv", "in.yaml"):
        if more == "in.yaml":
            department.clock("2026-11-20T09:00:00+08:00")
        said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--from", str(tmp_path / more))
        assert said.code == 0, said.err
        paths.append(said.text.strip())
    paths += [department.new(date="2026-11-09", amount="3"), department.new(reason="today")]
    assert [department.case(path).record.form_revision for path in paths] == [1, 2, 1, 1, 1, 2]
    assert department.slugs() == []


@pytest.mark.parametrize("lost", ["templates/forms/test.yaml", "handbook/regulations/REG-TEST.md", "csdocs.yaml"])
def test_no_revision_that_git_has_lost_is_passed_over(department: Department, lost: str) -> None:
    """Another figure would seem to have ruled then: what was a breach passed, and what was right did not."""
    department.form(fields=FIELDS, day="date", rules=RULE)
    department.commit("First")
    department.new(date="2026-11-02", amount="12")
    oid = department.git("rev-parse", f"HEAD:{lost}").strip()
    department.form(fields=FIELDS, day="date", rules=RULE, revision=2, effective="2026-11-10")
    department.regulation(2, "2026-11-10", "99")
    department.write("csdocs.yaml", department.read("csdocs.yaml") + "# more\n")
    department.commit("Second")
    department.form("F-OFF", profile="PROP")
    off = department.read("records/test/2026/11/TEST-202611-001.yaml").replace("TEST", "OFF")
    department.write("records/off/2026/11/OFF-202611-001.yaml", off)
    assert {*department.slugs()} <= {"form-not-in-use", "unknown-field", "unknown-profile"}
    (department.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    for more in ((), ("--no-index",), ("--committed",)):
        said = department.run("check", *more)
        wanted = (
            more != ("--committed",) or lost != "csdocs.yaml"
        )  # nobody asks for it: the form that is off is not committed
        assert (said.code == 3 and lost in said.err and "git fsck" in said.err) == wanted, said


def test_a_record_that_names_another_revision_is_wrong(department: Department) -> None:
    department.form(fields=FIELDS, day="date")
    department.commit("First")
    path = department.new(date="2026-11-02")
    department.form(fields=FIELDS, day="date", revision=2, effective="2026-11-10")
    department.edit(path, "form_revision: 1", "form_revision: 2")
    assert department.slugs() == ["wrong-form-revision"]
    department.edit(path, "form_revision: 2", "form_revision: 3")
    assert department.slugs() == ["unknown-form-revision"]
    department.edit(path, "form_revision: 3", "form_revision: 1")
    assert department.slugs() == []


def test_a_revision_number_cannot_be_taken_over(department: Department) -> None:
    """A record signed under revision 1 does not pass under the text of revision 2, nor the other way round."""
    department.form(fields=FIELDS, day="date")
    path = department.new(date="2026-11-02")
    department.must_sign(path, AGENT, "fill")
    department.commit("First")
    department.form(fields=FIELDS, day="date", revision=2, effective="2026-11-01")
    department.edit(path, "form_revision: 1", "form_revision: 2")
    assert "signed-content-changed" in department.slugs()


def test_a_figure_of_the_rule_book_is_that_of_the_day(department: Department) -> None:
    department.form(fields=FIELDS, day="date", rules=RULE)
    first = department.new(date="2026-11-02", amount="12")
    department.commit("First")
    department.regulation(2, "2026-11-10", least="20")
    department.commit("Second")
    department.clock("2026-11-20T09:00:00+08:00")
    late, enough = department.new(date="2026-11-10", amount="12"), department.new(date="2026-11-10", amount="20")
    assert department.slugs(first) == []
    found = department.findings(late)
    assert [(each.rule, each.message.en) for each in found] == [("F-TEST:enough", "12 is below 20 (REG-TEST/1)")]
    assert department.slugs(enough) == []


def test_before_the_first_revision_there_is_no_form(department: Department) -> None:
    department.form(fields=FIELDS, day="date", effective="2026-11-01")
    text = form(fields=FIELDS, day="date").replace("2026-01-01", "2026-11-01")
    department.write("templates/forms/test.yaml", text)
    path = department.new(date="2026-11-01")
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=date=2026-10-31")
    assert said.code == 3
    assert "in force" in said.err
    department.data(path, "  date: 2026-10-31\n")
    assert "no-form-in-force" in department.slugs()


def test_a_post_is_that_of_the_records_day(department: Department) -> None:
    department.form(fields=[field("date", "date"), field("who", "staff", posts=["R-AGENT"])], day="date")
    path = department.new(date="2026-10-31", who="S4001")
    assert department.slugs() == []
    department.clock("2026-11-20T09:00:00+08:00")
    assert department.slugs() == []
    department.data(path, "  date: 2026-11-01\n  who: S4001\n")
    assert "post-not-held" in department.slugs()


def test_a_holiday_added_later_moves_no_finished_sum_silently(department: Department) -> None:
    fields = [field("date", "date"), field("until", "date"), field("days", "integer", computed="workdays(date, until)")]
    department.form(fields=fields, day="date", steps=[step("fill")])
    path = department.new(date="2026-11-02", until="2026-11-06")
    department.must_sign(path, AGENT, "fill")
    assert 'days: "4"' in department.read(path).replace("{days: 4}", '{days: "4"}')
    department.edit("handbook/calendar.yaml", "until: 2026-10-07", "until: 2026-11-03")
    assert department.slugs() == ["computed-differs"]
    assert department.state(path) == "closed"
    assert department.run("check").code == 0
