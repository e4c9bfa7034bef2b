"""After whatever happens to a workspace, a check with the index says what one without it says."""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from department import AGENT, OTHER, Department, field, label, people, step
from prepared import prepared

from csdocs.check.keeping import look
from csdocs.load.holdings.tree import Disagreement, Tree
from csdocs.load.index.outcome import KnownState
from csdocs.store.scope import EVERY_FORM, NEWEST, forms_named, number_asked

ITEMS = {
    "id": "items",
    "kind": "rows",
    "key": "no",
    "label": label("明细"),
    "fields": [field("no"), field("pieces", "integer")],
}
LATE = {
    "id": "late",
    "label": label("及时"),
    "from": "signed.fill",
    "within": "days(3)",
    "until": "signed.lead",
    "breaks": "REG-TEST/1",
}
ENOUGH = {
    "id": "enough",
    "assert": "amount >= param.least",
    "at": "amount",
    "message": label("少"),
    "breaks": "REG-TEST/1",
}
SUMMED = {"id": "summed", "assert": "total < 40", "at": "note", "message": label("多"), "breaks": "REG-TEST/1"}
TODAY = {"id": "fresh", "assert": "day > today - days(20)", "at": "day", "message": label("旧"), "breaks": "REG-TEST/1"}
OTHER_NOTE = {
    "id": "other",
    "assert": "pointed != 'x1'",
    "at": "about",
    "message": label("指"),
    "breaks": "REG-TEST/1",
}
OBLIGED = "obligations:\n  - {clause: 1, form: F-DAY, every: week, per: workspace, counts: exists, since: 2026-10-05, due: P1D}\n"
CHECKS = {
    "twice": "SELECT a.record, 'note' AS field, '重' AS message_zh, 'twice' AS message_en, 'REG-TEST/1' AS breaks FROM f_test AS a "
    "JOIN f_test AS b ON b.note = a.note AND b.record < a.record JOIN records ON records.record = a.record AND records.state <> 'void'",
    "stale": "SELECT record, 'day' AS field, '久' AS message_zh, 'old' AS message_en, 'REG-TEST/1' AS breaks FROM f_day "
    "WHERE day < date(today(), '-30 days')",
    "points": "SELECT about AS record, 'note' AS field, '指' AS message_zh, 'pointed at' AS message_en, 'REG-TEST/1' AS breaks FROM f_day "
    "WHERE about IS NOT NULL AND note = 'x1'",
    "many": "SELECT max(record) AS record, 'note' AS field, '数' AS message_zh, count(*) || ' records' AS message_en, "
    "'REG-TEST/1' AS breaks FROM records HAVING count(*) > 9",
}
POINTED = (
    "-- Of one record.\nSELECT note FROM f_test JOIN records USING (record) WHERE record = :about AND state <> 'void'\n"
)
OF_ONE = [
    POINTED,
    "SELECT max(amount) FROM f_test__items WHERE record = :about AND amount IN (1, 2) HAVING max(amount) IS NOT NULL",
    "SELECT a FROM f_test WHERE record = :about\nUNION ALL\nSELECT b FROM f_day WHERE record = :about ORDER BY 1;",
]
OF_OTHERS = [
    "SELECT note FROM f_test WHERE record <> :about",
    "SELECT note FROM f_test WHERE record = :about OR note = 'x' /* all */",
    "SELECT note FROM f_test WHERE record = :about || '1'",
    "SELECT note FROM f_test WHERE record = :about AND note IN f_day",
    "SELECT note FROM f_test WHERE record = :about AND EXISTS (SELECT 1 FROM f_day)",
    "SELECT note, (SELECT count(*) FROM records) FROM f_test WHERE record = :about",
    "SELECT note FROM f_test JOIN records ON 1 WHERE record = :about",
    "SELECT note FROM f_test, f_day WHERE record = :about",
    "SELECT note FROM f_test WHERE record = :about UNION SELECT note FROM f_test WHERE record = :record",
    "SELECT note FROM f_test WHERE note = 'WHERE record = :about'",
    "WITH one AS (SELECT 1) SELECT note FROM f_test WHERE record = :about",
]


def test_queries_about_one_record_are_known_by_their_words() -> None:
    assert [number_asked(sql) for sql in OF_ONE] == ["about"] * len(OF_ONE)
    assert [number_asked(sql) for sql in OF_OTHERS] == [None] * len(OF_OTHERS)


OF_THEIR_FORMS = [
    "SELECT t.note FROM f_test AS t JOIN records AS r ON r.record = t.record AND r.final",
    "SELECT records.state FROM f_test JOIN records ON records.record = f_test.record WHERE final OR note = 'x'",
    "SELECT note FROM f_test JOIN records USING (record)",
    "SELECT 'FROM records' AS note FROM f_test -- of records",
]
OF_ALL_FORMS = [
    "SELECT t.note FROM f_test AS t JOIN records AS r ON r.record = t.record OR r.final",
    "SELECT t.note FROM f_test AS t JOIN records AS r ON r.record = r.record",
    "SELECT t.note FROM f_test AS t, records AS r",
    "SELECT t.note FROM f_test AS t JOIN records r ON r.record = t.record",
    "SELECT o.note FROM f_test AS t JOIN (SELECT 1 AS record) AS o JOIN records AS r ON r.record = o.record",
    "SELECT note FROM f_test JOIN records USING (record) WHERE EXISTS (SELECT 1 FROM records)",
]


def test_queries_are_known_to_read_but_the_forms_that_they_name() -> None:
    assert {forms_named(sql) for sql in OF_THEIR_FORMS} == {frozenset({"F-TEST"})}
    assert {forms_named(sql) for sql in OF_ALL_FORMS} == {frozenset({"F-TEST", EVERY_FORM})}
    newest = "SELECT note FROM f_test WHERE (SELECT max(datetime(created_at)) FROM records) > note"
    assert forms_named(newest) == {"F-TEST", NEWEST}


@prepared
def busy(department: Department) -> None:
    """Records that refer to each other, are counted, compared, summed up and obliged."""
    fields = [field("amount", "integer"), field("note"), field("paper", "file"), ITEMS]
    steps = [step("fill"), step("lead", {"post": "R-TEAMLEAD"})]
    department.form(fields=fields, steps=steps, rules=[ENOUGH], deadlines=[LATE])
    more = [field("day", "date"), field("note"), field("about", "reference", ref=["F-TEST"])]
    total = field("total", "integer", query="total")
    asking = [more[-1], field("pointed", query="pointed")]
    department.form("F-ASK", fields=asking, rules=[OTHER_NOTE])
    number = "DAY-{day:YYYY}-{serial:3}"
    department.form("F-DAY", fields=[*more, total], rules=[SUMMED, TODAY], day="day", number=number)
    department.edit("templates/forms/day.yaml", "{pattern:", "{gap: strict, pattern:")
    department.write("templates/queries/total.sql", "SELECT sum(amount) FROM f_test\n")
    department.write("templates/queries/pointed.sql", POINTED)
    for name, sql in CHECKS.items():
        department.write(f"templates/checks/{name}.sql", sql + "\n")
    department.edit("handbook/regulations/REG-TEST.md", "parameters:\n", f"{OBLIGED}parameters:\n")
    department.write(".gitignore", "/.csdocs/\n")
    for n in range(5):
        department.must_sign(department.new(amount=str(4 * n), note=f"x{n % 3}"), AGENT, "fill")
    for n in range(4):
        target = f"TEST-202611-00{n + 1}" + ("#1" if n == 2 else "")
        department.new("F-DAY", day=f"2026-1{n % 2}-0{n + 1}", note=f"x{n}", about=target)
        department.new("F-ASK", about=target)
    department.commit()


def test_evidence_falls_due_without_a_change(busy: Department) -> None:
    days = [f"--as-of=2026-11-{day:02}" for day in (3, 8, 9, 10, 16, 17)]
    alone = [busy.run("check", day, "--no-index") for day in days]
    assert len({said.text.count("WSP505") for said in alone}) > 1
    assert [busy.run("check", day) for day in days] == alone


class Hand:
    """Does things to a workspace, as chance has it."""

    def __init__(self, department: Department, seed: int) -> None:
        self.department = department
        self.chance = random.Random(seed)
        self.clock = 2

    def record(self, form: str = "*") -> Path | None:
        found = sorted(self.department.root.glob(f"records/{form}/**/*.yaml"))
        return self.chance.choice(found) if found else None

    def change_a_value(self) -> None:
        if path := self.record("test"):
            text = path.read_text().replace("note: x", f"note: x{self.chance.randrange(3)}", 1)
            path.write_text(text.replace("amount: ", f"amount: {self.chance.randrange(1, 9)}", 1))

    def touch(self) -> None:
        if path := self.record():
            path.write_bytes(path.read_bytes())

    def move_lines(self) -> None:
        if path := self.record():
            path.write_text("# a remark\n" + path.read_text())

    def remove(self) -> None:
        if path := self.record():
            path.unlink()

    def rename(self) -> None:
        if path := self.record():
            path.rename(path.with_name(f"{path.stem[:-1]}{self.chance.randrange(10)}.yaml"))

    def take_a_number_twice(self) -> None:
        if path := self.record():
            other = path.parent.parent / "12" / path.name
            other.parent.mkdir(exist_ok=True)
            shutil.copy(path, other)

    def break_it(self) -> None:
        if path := self.record():
            path.write_text(path.read_text() + self.chance.choice(["  - [\n", "data: {}\n", "\x01\n", "more: 1\n"]))

    def attach(self) -> None:
        if path := self.record():
            folder = path.with_suffix(".files") if self.chance.random() < 0.6 else path.parent / "lost.files"
            folder.mkdir(exist_ok=True)
            (folder / "paper.txt").write_text(str(self.chance.random()))

    def sign(self) -> None:
        if path := self.record("test"):
            self.department.run(
                "sign", str(path.relative_to(self.department.root)), "--as", "S2001", "--step", "lead", "--yes"
            )

    def amend(self) -> None:
        if path := self.record("test"):
            path = path.relative_to(self.department.root)
            self.department.run("amend", str(path), "--as", AGENT, "--reason", "更正")
            self.department.run("sign", str(path.with_suffix(".a1.yaml")), "--as", AGENT, "--step", "fill", "--yes")

    def enter(self) -> None:
        self.department.run("new", "F-TEST", "--as", OTHER, "--no-input", "--set=amount=3", "--set=note=x1")

    def change_a_form(self) -> None:
        path = self.department.root / "templates/forms/test.yaml"
        old, new = self.chance.choice(
            [("zh: 少", "zh: 太少"), ("days(3)", "days(1)"), ("kind: integer", "kind: decimal")]
        )
        path.write_text(path.read_text().replace(old, new, 1))

    def change_a_parameter(self) -> None:
        path = self.department.root / "handbook/regulations/REG-TEST.md"
        path.write_text(path.read_text().replace("value: 1", f"value: {self.chance.randrange(1, 9)}1", 1))

    def change_people(self) -> None:
        self.department.write("handbook/people.yaml", people({AGENT: "[]"} if self.chance.random() < 0.5 else None))

    def change_a_query(self) -> None:
        path = self.department.root / self.chance.choice(["templates/queries/total.sql", "templates/checks/many.sql"])
        path.write_text(
            path.read_text()
            .replace("9", "7")
            .replace("sum(amount)", self.chance.choice(["sum(amount)", "42", "su(1)"]))
        )

    def move_the_clock(self) -> None:
        self.clock = self.chance.randrange(1, 28)
        self.department.clock(f"2026-11-{self.clock:02}T09:00:00+08:00")

    def let_the_clock_run(self) -> None:
        self.department.clock(None)

    def commit(self) -> None:
        self.department.git("add", "-A")
        self.department.git("commit", "-q", "--allow-empty", "-m", "Change")

    def stage(self) -> None:
        self.department.git("add", "-A")

    def stash(self) -> None:
        self.department.git("add", "-A")
        if "No local" not in self.department.git("stash") and self.chance.random() < 0.5:
            self.department.git("stash", "pop")

    def go_back(self) -> None:
        self.department.git("stash", "-u")
        self.department.git("checkout", "-q", "-B", "other", "HEAD~1" if self.chance.random() < 0.5 else "main")

    def reset(self) -> None:
        self.department.git("reset", "-q", self.chance.choice(["--soft", "--mixed", "--hard"]), "HEAD")

    def things(self) -> list[Callable[[], None]]:
        own = vars(Hand).items()
        return [getattr(self, name) for name, _ in own if not name.startswith("_") and name not in ("record", "things")]


@pytest.mark.parametrize("seed", [1])
def test_whatever_happens(busy: Department, seed: int) -> None:
    hand = Hand(busy, seed)
    done: list[str] = []
    for _ in range(30):
        for thing in hand.chance.sample(hand.things(), hand.chance.choice([1, 1, 2])):
            done.append(thing.__name__)
            thing()
        agrees(busy, done)


def test_a_number_in_two_forms(busy: Department) -> None:
    """Only the file that counts is in the tables, whichever form it has and whichever was there first."""
    one = "records/test/2026/11/TEST-202611-001.yaml"
    other = "records/day/2026/11/TEST-202611-001.yaml"
    busy.write(other, busy.read("records/day/2026/11/DAY-2026-002.yaml").replace("DAY-2026-002", "TEST-202611-001"))
    agrees(busy, ["take a number in another form"])
    for path, old, new in ((other, "note: x", "note: x0"), (one, "amount: 0", "amount: 7"), (other, "x0", "x1")):
        busy.edit(path, old, new)
        agrees(busy, ["edit", path])
        assert busy.run("list", "F-DAY") == busy.run("list", "F-DAY", "--no-index")
    for path in (one, other):
        (busy.root / path).unlink()
        agrees(busy, ["remove", path])


def test_checks_are_asked_again_by_the_columns_they_read(busy: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = Tree.disagreements_of

    def noting(self: Tree, path: str) -> tuple[Disagreement, ...]:
        asked.append(Path(path).stem)
        return ask(self, path)

    monkeypatch.setattr(Tree, "disagreements_of", noting)
    agrees(busy, [])
    edits = [
        ("day/2026/11/DAY-2026-002", "day: 2026-11-02", "day: 2026-11-03", ["stale"]),
        ("day/2026/11/DAY-2026-002", "\ndata:", "\n# a remark\ndata:", []),
        (
            "test/2026/11/TEST-202611-002",
            "\ndata:",
            "\n# on a file of which one of them says something\ndata:",
            ["points"],
        ),
        ("day/2026/11/DAY-2026-002", "note: x1", "note: x2", ["many", "points"]),  # by their words both read `note`
        (
            "test/2026/11/TEST-202611-002",
            "amount: 4",
            "amount: 5",
            ["twice"],
        ),  # it had been signed: its state is another
        ("test/2026/11/TEST-202611-002", "amount: 5", "amount: 6", []),
        ("test/2026/11/TEST-202611-003", "TEST-202611-003", "TEST-202611-007", ["many", "twice"]),
    ]
    for path, old, new, expected in edits:
        busy.edit(f"records/{path}.yaml", old, new)
        asked.clear()
        busy.run("check")
        assert sorted(asked) == expected, (path, new)
        agrees(busy, ["edit", path, new])


def test_a_query_that_is_gone_stops_nothing(busy: Department) -> None:
    busy.run("check")
    (busy.root / "templates/queries/total.sql").unlink()
    assert busy.run("list", "F-DAY").code == 0
    assert "unknown-query" in busy.slugs()
    agrees(busy, ["remove a query"])


def test_only_who_asks_about_a_record_is_asked_again(busy: Department) -> None:
    for id, old, new in (("001", "x0", "x1"), ("002", "x1", "x2"), ("001", "x1", "x0"), ("005", "x1", "x0")):
        busy.edit(f"records/test/2026/11/TEST-202611-{id}.yaml", f"note: {old}", f"note: {new}")
        agrees(busy, ["edit", id])


def test_what_landed_beside_a_record_is_no_record(busy: Department) -> None:
    path = next((busy.root / "records/test").rglob("*.yaml"))
    picture = f"{path.relative_to(busy.root).as_posix().removesuffix('.yaml')}.files/paper.png"
    busy.write(picture, b"\x89PNG")
    busy.commit("A picture")
    agrees(busy, ["commit"])
    agrees(busy, [])
    (busy.root / picture).unlink()
    agrees(busy, ["unlink"])


def agrees(department: Department, done: list[str]) -> None:
    days = ("--as-of=2026-11-05",) if "clock:" not in department.read("csdocs.yaml") else ()
    with_index = department.run("check", "--format", "json", *days)
    without = department.run("check", "--format", "json", "--no-index", *days)
    assert with_index.code in (0, 1), with_index.err
    if with_index != without:
        one, two = (set(map(json.dumps, said.json["findings"])) for said in (with_index, without))
        pytest.fail(f"{done}\nonly with: {one - two}\nonly without: {two - one}\n{with_index.err}{without.err}")


def test_names_that_are_no_text(busy: Department) -> None:
    """Git and the disk know them, no table does."""
    busy.run("check")
    odd = os.fsencode(busy.root / "records/test/2026/11") + b"/TEST-\xff.yaml"
    Path(os.fsdecode(odd)).write_bytes((busy.root / "records/test/2026/11/TEST-202611-001.yaml").read_bytes())
    found = look(busy.root, None, KnownState(busy.root)).outcome()
    assert found == look(busy.root, None, None).outcome()
    assert any("\udcff" in finding.path for finding in found.findings)
    os.unlink(odd)
    agrees(busy, ["remove it"])
