"""`csdocs coverage`: everything that stands between a clause and its evidence, or does not."""

import pytest
from department import AGENT, Department, field

STAGES = """\
stages:
  - id: testing
    title: {zh: 试验, en: Testing}
    clauses: [REG-TEST/1]
    forms: [F-TEST]
"""
REGULATION = "handbook/regulations/REG-TEST.md"


@pytest.fixture
def whole(department: Department) -> Department:
    """Clause 1 is proved by a form, clause 2 by an inspection; every post is held, the one parameter printed."""
    department.form(fields=[field("note")])
    department.write("handbook/coverage.yaml", STAGES)
    department.edit(REGULATION, "数值不低于 {{ least }}。", "数值不低于 {{ least }}，填写[试验单](F-TEST)。")
    department.edit(REGULATION, "\n---\n", "\nevidence: {inspection: [2]}\n---\n")
    organisation = department.read("handbook/organisation.yaml")
    department.write("handbook/organisation.yaml", organisation.replace("head: R-HRMGR", "head: R-DEPTMGR"))
    department.edit("handbook/organisation.yaml", "  - {id: R-HRMGR, name: {zh: 人事经理, en: HR manager}}\n", "")
    return department


def lacks(department: Department, *more: str) -> list[tuple[str, str]]:
    said = department.run("coverage", "--format", "json", *more)
    found = [(lack["kind"], lack["about"]) for lack in said.json["missing"]]
    assert said.code == (1 if found else 0)
    return found


def test_what_is_whole_says_so_and_counts_records(whole: Department) -> None:
    whole.new(note="x")
    first = whole.new(note="x")
    whole.must_sign(first, AGENT, "fill")
    assert whole.run("amend", first, "--as", AGENT, "--reason", "错字").code == 0
    said = whole.run("coverage")
    assert said.code == 0, said.text
    assert "F-TEST 2" in said.text
    assert "an inspection" in said.text
    assert "nothing is missing" in said.text
    rows = whole.run("coverage", "--format", "json", "--clause", "reg-test/1").json["clauses"]
    assert rows == [
        {
            "clause": "REG-TEST/1",
            "evidence": "records",
            "forms": [{"form": "F-TEST", "records": 2}],
            "forms_not_in_use": [],
            "checks": [],
            "reports": [],
            "records": 2,
        }
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        ("handbook/coverage.yaml", "forms: [F-TEST]", "forms: []", [("stage-not-covered", "testing")]),
        ("handbook/coverage.yaml", "REG-TEST/1", "REG-TEST/9", [("stage-not-covered", "testing")]),
        (REGULATION, "evidence: {inspection: [2]}\n", "", [("clause-without-evidence", "REG-TEST/2")]),
        (REGULATION, "[试验单](F-TEST)", "试验单", [("form-without-clause", "F-TEST")]),
        (REGULATION, "{{ least }}", "一", [("parameter-unused", "REG-TEST")]),
        ("handbook/organisation.yaml", "posts:\n", "posts:\n  - {id: R-NEW, name: {zh: 新, en: New}}\n", [("post-without-holder", "R-NEW")]),
    ],
)  # fmt: skip
def test_each_thing_missing_is_named(
    whole: Department, path: str, old: str, new: str, found: list[tuple[str, str]]
) -> None:
    assert lacks(whole) == []
    whole.edit(path, old, new)
    assert lacks(whole) == found
    said = whole.run("coverage")
    assert f"{path}:" in said.text or "templates/forms/test.yaml:1:1:" in said.text
    assert "hint: " in said.text
    assert whole.run("--lang", "zh", "coverage").text.count("处理：") == 1


def test_rules_checks_and_obligations_are_evidence_too(whole: Department) -> None:
    whole.edit(REGULATION, "evidence: {inspection: [2]}\n", "")
    rule = {
        "id": "noted",
        "assert": "note != ''",
        "at": "note",
        "message": {"zh": "空", "en": "empty"},
        "breaks": "REG-TEST/2",
    }
    whole.form(fields=[field("note")], rules=[rule])
    assert lacks(whole) == []
    whole.form(fields=[field("note")])
    assert lacks(whole) == [("clause-without-evidence", "REG-TEST/2")]
    whole.write(
        "templates/checks/kept.sql", "SELECT record, 'x' AS message, 'REG-TEST/2' AS breaks FROM records WHERE 0\n"
    )
    assert lacks(whole) == []
    (whole.root / "templates/checks/kept.sql").unlink()
    whole.edit(
        REGULATION,
        "parameters:",
        "obligations:\n  - {clause: 2, form: F-TEST, every: year, since: 2027-01-01}\nparameters:",
    )
    assert lacks(whole) == []


def test_a_form_that_is_not_there_proves_nothing(whole: Department) -> None:
    whole.edit(REGULATION, "evidence: {inspection: [2]}\n", "")
    whole.edit(REGULATION, "2. 记录保存三年。", "2. 记录保存三年，填写[借阅单](F-NONE)。")
    assert lacks(whole) == [("clause-without-evidence", "REG-TEST/2")]


def test_a_report_stands_beside_the_clauses_that_it_names_and_those_that_its_forms_prove(whole: Department) -> None:
    query = "SELECT count(*) AS n FROM f_test"
    head = "id: RPT-TEST\ntitle: {zh: 统计, en: Tests}\nperiod: [month]\nclauses: [REG-TEST/2]\n"
    columns = "columns: [{id: n, kind: integer, label: {zh: 次数, en: Tests}}]\n"
    whole.write("templates/reports/test.yaml", f"{head}{columns}query: {query}\n")
    for form, found in (("f_test", [["RPT-TEST"], ["RPT-TEST"]]), ("records", [[], ["RPT-TEST"]])):
        whole.write("templates/reports/test.yaml", f"{head}{columns}query: {query.replace('f_test', form)}\n")
        assert [row["reports"] for row in whole.run("coverage", "--format", "json").json["clauses"]] == found


def test_parameters_are_used_where_they_are_read(whole: Department) -> None:
    whole.edit(REGULATION, "{{ least }}", "一")
    whole.form(
        fields=[field("note"), field("n", "integer", required_when="size(note) > int(param.least)")],
    )
    assert lacks(whole) == []


def test_industries_that_are_off_are_left_out(whole: Department) -> None:
    whole.form("F-PATROL", profile="PROP")
    whole.edit(
        "handbook/organisation.yaml", "posts:\n", "posts:\n  - {id: R-NEW, name: {zh: 新, en: New}, profile: PROP}\n"
    )
    assert lacks(whole) == []
    whole.edit(REGULATION, "evidence: {inspection: [2]}\n", "")
    whole.edit(REGULATION, "2. 记录保存三年。", "2. 提供物业服务的，填写[巡楼单](F-PATROL)。")
    assert lacks(whole) == []  # it would be proved where that industry is
    assert "F-PATROL (not in use)" in whole.run("coverage").text
    whole.edit(REGULATION, "owner:", "profile: PROP\nowner:")
    whole.edit("handbook/coverage.yaml", STAGES, STAGES.replace("REG-TEST/1", "REG-MORE/1"))
    more = whole.read(REGULATION).replace("REG-TEST", "REG-MORE").replace("F-TEST", "F-PATROL").replace("least", "most")
    whole.write("handbook/regulations/REG-MORE.md", more.replace("profile: PROP\n", ""))
    assert lacks(whole) == []  # F-TEST is asked for where that industry is
    whole.edit("csdocs.yaml", "profiles: [GEN]", "profiles: [GEN, PROP]")
    assert lacks(whole) == [("post-without-holder", "R-NEW")]


def test_filters_and_a_missing_list_of_stages(whole: Department) -> None:
    whole.edit(REGULATION, "evidence: {inspection: [2]}\n", "")
    assert lacks(whole, "--clause", "REG-TEST/1") == []
    assert lacks(whole, "--regulation", "REG-TEST") == [("clause-without-evidence", "REG-TEST/2")]
    assert whole.run("coverage", "--regulation", "REG-NONE").code == 3
    (whole.root / "handbook/coverage.yaml").unlink()
    assert ("stage-not-covered", "handbook/coverage.yaml") in lacks(whole)
