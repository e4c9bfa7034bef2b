"""`csdocs todo`: what waits for a person; and several records signed in one go."""

import pytest
from department import AGENT, LEADER, OTHER, Department, field, section, step

STATES = [{"id": "entered", "label": {"zh": "已登记", "en": "Entered"}}]
SECTIONS = [
    section("first", field("note", required="true"), field("checker", "staff")),
    section("second", field("cause", required="true"), field("twice", computed="cause + cause", required="true")),
    section(
        "third",
        field(
            "lines", "rows", key="no", append_only="true", fields=[field("no", "code", required="true"), field("what")]
        ),
    ),
]
STEPS = [
    step("enter", section="first", **{"from": "draft", "to": "entered"}),
    step("follow", {"post": "R-AGENT"}, "third", **{"from": "entered", "to": "entered", "repeat": "true"}),
    step("check", {"post": "R-AGENT"}, "second", **{"from": "entered", "to": "closed", "not_same_as": ["enter"]}),
]


@pytest.fixture
def busy(department: Department) -> Department:
    department.form(sections=SECTIONS, steps=STEPS, states=STATES)
    for note in ("a", "b", "c"):
        department.new(note=note)
    return department


def listed(department: Department, person: str, *more: str) -> list[list[str]]:
    said = department.run("todo", person, *more)
    assert said.code == 0, said.err
    return [line.split()[:3] for line in said.text.splitlines()[2:]]


def test_each_sees_what_waits_for_them(busy: Department) -> None:
    assert [row[0][-3:] for row in listed(busy, AGENT)] == ["001", "002", "003"]
    assert listed(busy, OTHER) == listed(busy, LEADER) == []
    busy.must_sign("records/test/2026/11/TEST-202611-001.yaml", AGENT, "enter")
    assert [row[0][-3:] for row in listed(busy, AGENT)] == ["002", "003"]  # who entered it may not check it
    assert listed(busy, OTHER.lower()) == [["TEST-202611-001", "F-TEST", "check"]]
    said = busy.run("todo", OTHER).text
    assert ("cause" in said, "twice" in said, "follow" in said) == (True, False, False)
    busy.run("fill", "TEST-202611-001", "--set", "cause=x")
    busy.must_sign("records/test/2026/11/TEST-202611-001.yaml", OTHER, "check")
    assert listed(busy, OTHER) == []
    assert busy.run("todo", "S9999").code == 3


def test_a_step_that_may_be_repeated_waits_where_nothing_else_leads_on(department: Department) -> None:
    department.form(sections=SECTIONS[::2], steps=STEPS[:2], states=STATES)
    department.must_sign(department.new(note="a"), AGENT, "enter")
    assert listed(department, AGENT) == [["TEST-202611-001", "F-TEST", "follow"]]


def test_the_index_says_the_same(busy: Department) -> None:
    busy.must_sign("records/test/2026/11/TEST-202611-001.yaml", AGENT, "enter")
    read = [listed(busy, person, "--no-index") for person in (AGENT, OTHER)]
    busy.run("check")
    assert [listed(busy, person) for person in (AGENT, OTHER)] == read
    busy.write("records/test/2026/11/TEST-202611-002.yaml", "record: [\n")
    assert [row[0][-3:] for row in listed(busy, AGENT)] == ["003"]


def test_why_names_only_those_who_can_go_on(busy: Department) -> None:
    busy.must_sign("records/test/2026/11/TEST-202611-001.yaml", AGENT, "enter")
    said = busy.run("why", "TEST-202611-001").text
    assert f"--step check --as {OTHER}" in said
    assert f"--step check --as {AGENT}" not in said


def test_several_are_signed_and_those_that_cannot_be_are_named(busy: Department) -> None:
    ids = [f"TEST-202611-{n:03}" for n in (1, 2, 3)]
    busy.edit("records/test/2026/11/TEST-202611-002.yaml", "note: b", "checker: S9999")
    said = busy.run("sign", *ids, "TEST-202611-009", "--as", AGENT, "--yes")
    assert said.code == 3
    assert [id in said.err.partition("were not signed")[2] for id in (*ids, "TEST-202611-009")] == [
        False,
        True,
        False,
        True,
    ]
    assert [busy.state(f"records/test/2026/11/{id}.yaml") for id in ids] == ["entered", "draft", "entered"]
    assert busy.run("sign", ids[0], ids[2], "--as", OTHER, "--yes").code == 3  # several steps are open: which one?
    for id in (ids[0], ids[2]):
        assert busy.run("fill", id, "--set", "cause=x").code == 0
    assert busy.run("sign", ids[0], ids[2], "--step", "check", "--as", OTHER, "--yes").code == 0
