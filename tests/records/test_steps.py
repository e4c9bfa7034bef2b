"""The path of a record: who may take which step when, and what happens to those who try otherwise."""

import hashlib

import pytest
from department import AGENT, LEADER, LEFT, MANAGER, OTHER, STRANGER, THIRD, Department, field, section, step

FIELDS = [field("note"), field("person", "staff"), field("dept", "department"), field("amount", "integer")]


def refused(department: Department, path: str, by: str, step_id: str, *more: str, at: str | None = None) -> str:
    """The verb refuses, says why, and leaves the file as it was."""
    before = department.read(path)
    said = department.sign(path, by, step_id, *more, at=at)
    assert said.code in (2, 3), said
    assert department.read(path) == before
    assert said.err
    return said.err


def forged(department: Department, path: str, by: str, step_id: str, slug: str, **entry: str) -> None:
    """The same, by somebody who does not use the verbs: the file says it, and it counts for nothing."""
    before, state = department.read(path), department.state(path)
    department.forge(path, by, step_id, **entry)
    assert slug in department.slugs(), department.slugs()
    assert department.state(path) == state
    department.write(path, before)


BY: list[tuple[object, str, list[str]]] = [
    ("creator", AGENT, [OTHER, LEADER, MANAGER]),
    ("person", OTHER, [AGENT, LEADER]),
    ({"post": "R-TEAMLEAD"}, LEADER, [AGENT, MANAGER, LEFT]),
    ({"post": ["R-TEAMLEAD", "R-DEPTMGR"]}, MANAGER, [AGENT]),
    ({"post": "R-TEAMLEAD", "of": "dept"}, LEADER, [STRANGER, AGENT]),
    ({"head_of": "dept"}, MANAGER, [LEADER, STRANGER]),
    ({"superior_of": "person"}, LEADER, [AGENT, OTHER, MANAGER, STRANGER]),
]


@pytest.mark.parametrize(("by", "right", "wrong"), BY, ids=str)
def test_only_the_named_may_sign(department: Department, by: object, right: str, wrong: list[str]) -> None:
    department.form(fields=FIELDS, steps=[step("fill", by)])
    path = department.new(note="x", person=OTHER, dept="D-CS")
    for person in wrong:
        assert "may not sign" in refused(department, path, person, "fill") or person == LEFT
        forged(department, path, person, "fill", "signer-not-entitled")
    department.must_sign(path, right, "fill")
    assert department.state(path) == "closed"
    assert department.slugs() == []


def test_a_post_counts_only_while_it_is_held(department: Department) -> None:
    department.form(steps=[step("fill", {"post": "R-AGENT"})])
    department.clock("2026-10-31T09:00:00+08:00")
    early = department.new(by=AGENT, note="x")
    department.must_sign(early, LEFT, "fill")
    department.clock("2026-11-01T09:00:00+08:00")
    late = department.new(by=AGENT, note="x")
    refused(department, late, LEFT, "fill")
    forged(department, late, LEFT, "fill", "signer-not-entitled", at="2026-11-01T09:00:00+08:00")
    assert department.slugs() == []


def test_a_person_signs_in_a_post_of_their_own(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    forged(department, path, AGENT, "fill", "signer-not-entitled", post="R-DEPTMGR")
    forged(department, path, "S7777", "fill", "unknown-staff")


def test_steps_come_in_their_order_and_once(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"}), step("head", {"post": "R-DEPTMGR"})])
    path = department.new(note="x")
    refused(department, path, LEADER, "lead")
    forged(department, path, LEADER, "lead", "step-out-of-order")
    department.must_sign(path, AGENT, "fill")
    refused(department, path, AGENT, "fill")
    forged(department, path, AGENT, "fill", "step-out-of-order")
    refused(department, path, MANAGER, "head")
    department.must_sign(path, LEADER, "lead")
    department.must_sign(path, MANAGER, "head")
    for by, name in ((AGENT, "fill"), (LEADER, "lead"), (MANAGER, "head")):
        refused(department, path, by, name)
        forged(department, path, by, name, "step-out-of-order")
    refused(department, path, AGENT, "nonsense")
    forged(department, path, AGENT, "nonsense", "step-out-of-order")
    assert department.slugs() == []


LOOP = [
    step("fill"),
    step("accept", {"post": "R-TEAMLEAD"}, to="accepted"),
    step("resolve", "person", **{"from": ["accepted", "reopened"]}, to="resolved"),
    step("agree", "creator", **{"from": ["resolved"]}, to="closed"),
    step("reopen", "creator", **{"from": ["resolved"]}, to="reopened"),
]


def test_a_loop_runs_as_often_as_it_is_taken(department: Department) -> None:
    department.form(fields=FIELDS, steps=LOOP)
    path = department.new(note="x", person=OTHER)
    department.must_sign(path, AGENT, "fill")
    department.must_sign(path, LEADER, "accept")
    for _ in range(3):
        department.must_sign(path, OTHER, "resolve")
        refused(department, path, OTHER, "resolve")
        department.must_sign(path, AGENT, "reopen")
        assert department.state(path) == "reopened"
        refused(department, path, AGENT, "agree")
    department.must_sign(path, OTHER, "resolve")
    department.must_sign(path, AGENT, "agree")
    assert department.state(path) == "closed"
    assert department.slugs() == []


def test_in_a_loop_separation_looks_back_and_not_ahead(department: Department) -> None:
    steps = [
        step("fill", {"post": "R-AGENT"}, **{"from": ["draft", "again"]}, to="filled"),
        step("confirm", {"post": "R-AGENT"}, **{"from": ["filled"]}, to="confirmed", not_same_as=["fill"]),
        step("back", {"post": "R-TEAMLEAD"}, **{"from": ["confirmed"]}, to="again"),
        step("end", {"post": "R-TEAMLEAD"}, **{"from": ["confirmed"]}, to="closed"),
    ]
    department.form(steps=steps)
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    refused(department, path, AGENT, "confirm")
    department.must_sign(path, OTHER, "confirm")
    department.must_sign(path, LEADER, "back")
    department.must_sign(path, OTHER, "fill")
    refused(department, path, OTHER, "confirm")
    department.must_sign(path, THIRD, "confirm")
    department.must_sign(path, LEADER, "end")
    assert department.slugs() == []
    assert department.state(path) == "closed"


def test_a_step_that_does_not_apply_is_passed_over(department: Department) -> None:
    steps = [
        step("fill"),
        step("head", {"post": "R-DEPTMGR"}, when="amount > 100"),
        step("lead", {"post": "R-TEAMLEAD"}),
    ]
    department.form(fields=FIELDS, steps=steps)
    small, large = department.new(amount="100"), department.new(amount="101")
    for path in (small, large):
        department.must_sign(path, AGENT, "fill")
    refused(department, small, MANAGER, "head")
    forged(department, small, MANAGER, "head", "step-out-of-order")
    refused(department, large, LEADER, "lead")
    department.must_sign(small, LEADER, "lead")
    department.must_sign(large, MANAGER, "head")
    department.must_sign(large, LEADER, "lead")
    assert department.slugs() == []


def test_a_last_step_that_does_not_apply_ends_the_record(department: Department) -> None:
    department.form(fields=FIELDS, steps=[step("fill"), step("head", {"post": "R-DEPTMGR"}, when="amount > 100")])
    path = department.new(amount="1")
    assert department.state(path) == "draft"
    department.must_sign(path, AGENT, "fill")
    assert department.state(path) == "closed"


ROWS = field(
    "rows", "rows", key="no", fields=[field("no", "code", required="true"), field("what"), field("taker", "staff")]
)


def test_each_row_is_initialled_by_its_own_person(department: Department) -> None:
    steps = [step("fill"), step("take", "row.taker", per="rows"), step("close", {"post": "R-TEAMLEAD"})]
    department.form(fields=[field("note"), ROWS], steps=steps)
    path = department.new(rows=f"[{{no: A, what: 甲, taker: {OTHER}}}, {{no: B, what: 乙, taker: {THIRD}}}]")
    department.must_sign(path, AGENT, "fill")
    refused(department, path, OTHER, "take", "--row", "B")
    refused(department, path, AGENT, "take", "--row", "A")
    refused(department, path, OTHER, "take", "--row", "C")
    forged(department, path, OTHER, "take", "signer-not-entitled", row={"rows": {"no": "B"}})  # type: ignore[arg-type]
    forged(department, path, OTHER, "take", "signer-not-entitled")
    department.must_sign(path, OTHER, "take", "--row", "A")
    refused(department, path, OTHER, "take", "--row", "A")
    forged(department, path, OTHER, "take", "step-out-of-order", row={"rows": {"no": "A"}})  # type: ignore[arg-type]
    refused(department, path, LEADER, "close")
    assert department.state(path) == "fill"
    department.must_sign(path, THIRD, "take", "--row", "B")
    assert department.state(path) == "take"
    department.must_sign(path, LEADER, "close")
    assert department.slugs() == []


def test_initials_cover_their_row_alone(department: Department) -> None:
    department.form(
        sections=[section("main", field("note")), section("out", ROWS)],
        steps=[step("take", "row.taker", per="rows", section="out"), step("close", {"post": "R-TEAMLEAD"})],
    )
    path = department.new(rows=f"[{{no: A, what: 甲, taker: {OTHER}}}, {{no: B, what: 乙, taker: {THIRD}}}]")
    department.must_sign(path, OTHER, "take", "--row", "A")
    department.edit(path, "what: 乙", "what: 丁")
    assert department.slugs() == []
    department.edit(path, "what: 甲", "what: 丁")
    assert department.slugs() == ["signed-content-changed"]


MANY = [step("fill"), step("inspect", {"each": "people", "at_least": "2"}), step("close", {"post": "R-DEPTMGR"})]


def test_each_of_a_list_signs_once(department: Department) -> None:
    department.form(fields=[field("note"), field("people", "staff", list="true")], steps=MANY)
    path = department.new(people=f"{AGENT},{OTHER},{THIRD}")
    department.must_sign(path, AGENT, "fill")
    refused(department, path, LEADER, "inspect")
    department.must_sign(path, OTHER, "inspect")
    refused(department, path, OTHER, "inspect")
    forged(department, path, OTHER, "inspect", "step-out-of-order")
    refused(department, path, MANAGER, "close")
    department.must_sign(path, THIRD, "inspect")
    assert department.state(path) == "inspect"
    department.must_sign(path, MANAGER, "close")
    assert department.slugs() == []


def test_without_at_least_all_must_sign(department: Department) -> None:
    department.form(
        fields=[field("note"), field("people", "staff", list="true")], steps=[step("inspect", {"each": "people"})]
    )
    path = department.new(people=f"{OTHER},{THIRD}")
    department.must_sign(path, OTHER, "inspect")
    assert department.state(path) == "draft"
    department.must_sign(path, THIRD, "inspect")
    assert department.state(path) == "closed"


def test_in_a_loop_many_sign_anew(department: Department) -> None:
    steps = [
        step("inspect", {"each": "people"}, **{"from": ["draft", "again"]}, to="inspected"),
        step("back", {"post": "R-TEAMLEAD"}, **{"from": ["inspected"]}, to="again"),
        step("end", {"post": "R-TEAMLEAD"}, **{"from": ["inspected"]}, to="closed"),
    ]
    department.form(fields=[field("note"), field("people", "staff", list="true")], steps=steps)
    path = department.new(people=f"{OTHER},{THIRD}")
    for by in (OTHER, THIRD):
        department.must_sign(path, by, "inspect")
    department.must_sign(path, LEADER, "back")
    department.must_sign(path, OTHER, "inspect")
    assert department.state(path) == "again"
    department.must_sign(path, THIRD, "inspect")
    assert department.state(path) == "inspected"


def test_a_scan_stands_for_an_outsider(department: Department) -> None:
    """Staff sign for somebody who has no key; the signed paper must be there."""
    steps = [step("fill"), step("customer", {"post": "R-AGENT"}, section="proof", witness="true", scan="paper")]
    department.form(sections=[section("main", field("note")), section("proof", field("paper", "file"))], steps=steps)
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    assert "paper" in refused(department, path, OTHER, "customer")
    before = department.read(path)
    department.forge(path, OTHER, "customer")
    assert "missing-field" in department.slugs()
    scan = department.write("records/test/2026/11/TEST-202611-001.files/paper.pdf", b"%PDF-")
    sha256 = hashlib.sha256(scan.read_bytes()).hexdigest()
    department.write(path, before)
    department.data(path, f"  note: x\n  paper: {{name: paper.pdf, sha256: {sha256}, bytes: 5}}\n")
    department.must_sign(path, OTHER, "customer")
    assert department.slugs() == []
    scan.write_bytes(b"%PDF+")
    assert department.slugs() == ["attachment-wrong"]


def test_the_clock_takes_a_step_by_itself(department: Department) -> None:
    steps = [step("fill"), step("notify", {"post": "R-AGENT"}), {"id": "silence", "title": {"zh": "默认", "en": "silence"}, "after": {"since": "notify", "within": "days(3)"}, "to": "closed"}, step("object", "creator", **{"from": ["notify"]}, to="disputed"), step("settle", {"post": "R-DEPTMGR"}, **{"from": ["disputed"]}, to="closed")]  # fmt: skip
    department.form(steps=steps)
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    department.must_sign(path, OTHER, "notify")
    assert department.state(path) == "notify"
    department.clock("2026-11-05T08:59:59+08:00")
    assert department.state(path) == "notify"
    department.clock("2026-11-05T09:00:00+08:00")
    assert department.state(path) == "closed"
    refused(department, path, AGENT, "object")
    forged(department, path, AGENT, "object", "step-out-of-order", at="2026-11-05T09:00:00+08:00")
    refused(department, path, OTHER, "silence")
    forged(department, path, OTHER, "silence", "signer-not-entitled", at="2026-11-05T09:00:00+08:00")
    department.must_sign(path, AGENT, "object", at="2026-11-04T09:00:00+08:00")
    department.clock("2026-12-05T09:00:00+08:00")
    assert department.state(path) == "disputed"
    department.must_sign(path, MANAGER, "settle")
    assert department.slugs() == []


def test_a_log_grows_under_repeated_signatures(department: Department) -> None:
    log = field(
        "log", "rows", key="no", append_only="true", fields=[field("no", "code", required="true"), field("what")]
    )
    steps = [
        step("fill"),
        step("entry", {"post": "R-AGENT"}, section="notes", repeat="true"),
        step("close", {"post": "R-TEAMLEAD"}, section="notes"),
    ]
    many = field("many", "integer", computed="size(log)")  # which is meant to change
    department.form(sections=[section("main", field("note")), section("notes", log, many)], steps=steps)
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    department.must_sign(path, THIRD, "entry")  # nothing to enter yet: rows may come after that as well
    department.data(path, "  note: x\n  log:\n    - no: 1\n      what: 一\n")
    department.must_sign(path, OTHER, "entry")
    department.edit(path, "      what: 一\n", "      what: 一\n    - no: 2\n      what: 二\n")
    department.must_sign(path, THIRD, "entry")
    department.must_sign(path, OTHER, "entry")
    assert department.state(path) == "fill"
    department.must_sign(path, LEADER, "close")
    assert department.state(path) == "closed"
    assert department.slugs() == []
    refused(department, path, OTHER, "entry")
    department.edit(path, "what: 一", "what: 三")
    assert department.slugs() == ["signed-content-changed"] * 4


DECISIONS = [("reject", "rejected"), ("return", "returned")]


@pytest.mark.parametrize(("decision", "state"), DECISIONS)
def test_a_decision_against_ends_the_record(department: Department, decision: str, state: str) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    path = department.new(note="x")
    refused(department, path, AGENT, "fill", "--decision", decision)
    forged(department, path, AGENT, "fill", "decision-not-allowed", decision=decision)
    department.must_sign(path, AGENT, "fill")
    refused(department, path, MANAGER, "lead", "--decision", decision)
    department.must_sign(path, LEADER, "lead", "--decision", decision, "--comment", "资料不全")
    assert department.state(path) == state
    for by, name, more in ((LEADER, "lead", ()), (AGENT, "lead", ("--decision", "withdraw")), (AGENT, "fill", ())):
        refused(department, path, by, name, *more)
    assert department.slugs() == []


def test_a_step_allows_only_its_decisions(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"}, decisions=["sign", "reject"])])
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    refused(department, path, LEADER, "lead", "--decision", "return")
    forged(department, path, LEADER, "lead", "decision-not-allowed", decision="return")
    department.must_sign(path, LEADER, "lead", "--decision", "reject")


def test_only_the_creator_withdraws_and_only_before_the_end(department: Department) -> None:
    department.form(steps=[step("fill", {"post": "R-AGENT"}), step("lead", {"post": "R-TEAMLEAD"})])
    path, ended = department.new(note="x"), department.new(note="y")
    department.must_sign(path, OTHER, "fill")
    refused(department, path, OTHER, "lead", "--decision", "withdraw")
    refused(department, path, LEADER, "lead", "--decision", "withdraw")
    forged(department, path, OTHER, "lead", "signer-not-entitled", decision="withdraw")
    department.must_sign(path, AGENT, "lead", "--decision", "withdraw")
    assert department.state(path) == "withdrawn"
    department.must_sign(ended, AGENT, "fill")
    department.must_sign(ended, LEADER, "lead")
    refused(department, ended, AGENT, "lead", "--decision", "withdraw")
    forged(department, ended, AGENT, "lead", "step-out-of-order", decision="withdraw")
    assert department.slugs() == []


def test_void_is_for_its_posts(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    for by in (AGENT, LEADER, STRANGER):
        assert department.run("void", path, "--as", by, "--reason", "重复", "--yes").code == 3
        forged(department, path, by, "void", "signer-not-entitled", decision="void")
    department.must_sign(path, AGENT, "fill")
    said = department.run("void", path, "--as", MANAGER, "--reason", "重复", "--yes")
    assert said.code == 0, said.err
    assert department.state(path) == "void"
    assert department.slugs() == []
    assert department.run("void", path, "--as", MANAGER, "--reason", "再次", "--yes").code != 0
    forged(department, path, MANAGER, "void", "step-out-of-order", decision="void")
    forged(department, path, AGENT, "fill", "step-out-of-order")


@pytest.mark.parametrize("other", ["person", "fill"])
def test_one_person_does_not_stand_on_both_sides(department: Department, other: str) -> None:
    steps = [step("fill", {"post": "R-AGENT"}), step("confirm", {"post": "R-AGENT"}, not_same_as=[other])]
    department.form(fields=FIELDS, steps=steps)
    path = department.new(note="x", person=AGENT)
    department.must_sign(path, AGENT, "fill")
    assert "same person" in refused(department, path, AGENT, "confirm")
    forged(department, path, AGENT, "confirm", "signer-not-entitled")
    department.must_sign(path, OTHER, "confirm")
    assert department.slugs() == []


def test_a_worthless_entry_shuts_nobody_out(department: Department) -> None:
    """Somebody appends an unsigned "signature" of another person: it must not make that person's own step void."""
    department.form(
        fields=FIELDS,
        steps=[
            step("fill", {"post": "R-AGENT"}),
            step("confirm", {"post": "R-AGENT"}, not_same_as=["fill"]),
            step("end", {"post": "R-TEAMLEAD"}),
        ],
    )
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    department.must_sign(path, OTHER, "confirm")
    text = department.read(path)
    entry = text[text.index("  - step: fill") : text.index("  - step: confirm")]
    department.write(path, text + entry.replace(f"by: {AGENT}", f"by: {OTHER}"))
    assert department.state(path) == "confirm"


def test_nothing_is_signed_in_the_future_or_before_its_past(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    path = department.new(note="x")
    before = department.read(path)
    department.forge(path, AGENT, "fill", at="2026-11-02T08:59:59+08:00")
    assert "signed-before-earlier" in department.slugs()
    department.write(path, before)
    department.must_sign(path, AGENT, "fill")
    before = department.read(path)
    department.forge(path, LEADER, "lead", at="2026-11-02T08:59:59+08:00")
    assert "signed-before-earlier" in department.slugs()
    department.write(path, before)
    department.forge(path, LEADER, "lead", at="2026-11-02T09:10:01+08:00")
    assert "time-in-future" in department.slugs()
    assert department.run("check").code == 1


def test_what_is_required_falls_due_with_its_step(department: Department) -> None:
    sections = [
        section("main", field("note", required="true"), field("more", required_when='note == "x"')),
        section("review", field("opinion", required="true")),
    ]
    department.form(sections=sections, steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"}, section="review")])
    path = department.new()
    assert department.slugs() == []
    assert "note" in refused(department, path, AGENT, "fill")
    department.write(path, department.read(path) + "data:\n  note: x\n")
    assert "more" in refused(department, path, AGENT, "fill")
    department.edit(path, "note: x\n", "note: z\n")
    department.must_sign(path, AGENT, "fill")
    assert department.slugs() == []
    assert "opinion" in refused(department, path, LEADER, "lead")
    department.forge(path, LEADER, "lead")
    assert "missing-field" in department.slugs()


@pytest.mark.parametrize(
    "by", ["person", {"head_of": "dept"}, {"superior_of": "person"}, {"post": "R-TEAMLEAD", "of": "dept"}]
)
def test_why_names_the_field_that_says_who_signs(department: Department, by: object) -> None:
    department.form(fields=FIELDS, steps=[step("fill", by)])
    department.new(note="x")
    text = department.run("why", "TEST-202611-001").text
    assert "says who signs: fill it in first, csdocs fill TEST-202611-001 --step fill" in text
    assert "csdocs sign" not in text
    said = department.run("fill", "TEST-202611-001", "--step", "nope", "--set=note=y")
    assert (said.code, "no step “nope” is open now; choose one with --step: fill" in said.err) == (2, True)


def test_why_names_the_people_and_the_command(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD", "of": "dept"})], fields=FIELDS)
    path = department.new(dept="D-CS")
    assert f"csdocs sign TEST-202611-001 --step fill --as {AGENT}" in department.run("why", "TEST-202611-001").text
    department.must_sign(path, AGENT, "fill")
    text = department.run("why", "TEST-202611-001").text
    assert f"--step lead --as {LEADER}" in text
    assert STRANGER not in text
