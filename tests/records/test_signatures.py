"""Attacks on signed records: each must leave a finding, and no state that was not earned."""

import re
from collections.abc import Callable

import pytest
from department import AGENT, LEADER, MANAGER, OTHER, Department, field, section, step
from prepared import prepared

from csdocs.model.finding import Severity

PATH = "records/test/2026/11/TEST-202611-001.yaml"
SECTIONS = [
    section(
        "main",
        field("note"),
        field("amount", "money"),
        field("free"),
        field(
            "items", "rows", fields=[field("no", "code", required="true"), field("what")], key="no", append_only="true"
        ),
    ),
    section("review", field("opinion")),
]
STEPS = [
    step("fill"),
    step("confirm", {"post": "R-TEAMLEAD"}, section="review"),
    step("close", {"post": "R-DEPTMGR"}, section="review"),
]


@prepared
def signed(department: Department) -> None:
    """A record filled, confirmed and closed."""
    department.form(sections=SECTIONS, steps=STEPS)
    path = department.new(note="原文", amount="210.00", items='[{no: "1", what: 甲}, {no: "2", what: 乙}]')
    assert path == PATH
    department.must_sign(path, AGENT, "fill")
    department.edit(path, "signatures:", "  opinion: 同意\nsignatures:")
    department.must_sign(path, LEADER, "confirm")
    department.must_sign(path, MANAGER, "close")
    assert department.slugs() == []
    assert department.state(path) == "closed"


def entries(department: Department, path: str = PATH) -> tuple[str, list[str]]:
    """The file up to its signatures, and each entry."""
    head, _, rest = department.read(path).partition("signatures:\n")
    return head + "signatures:\n", re.split(r"(?m)^(?=  - )", rest)[1:]


CHANGED: list[tuple[str, str, str]] = [
    ("a value", "note: 原文", "note: 改文"),
    ("an amount", 'amount: "210.00"', 'amount: "910.00"'),
    ("a signed row", "what: 甲", "what: 丙"),
    ("the last signed row", "what: 乙", "what: 丙"),
    ("a field of the second section", "opinion: 同意", "opinion: 不同意"),
    ("a field that was left out", "data:\n", "data:\n  free: 补\n"),
    ("a value taken away", "  note: 原文\n", ""),
    ("who entered it", f"created_by: {AGENT}", f"created_by: {OTHER}"),
    ("when it was entered", "created_at: 2026-11-02T09:00+08:00", "created_at: 2026-11-02T08:00+08:00"),
    ("whose it is", "org_unit: D-CS", "org_unit: D-HR"),
    ("remarks, which every form has", "data:\n", "data:\n  remarks: 补记\n"),
]


@pytest.mark.parametrize(("what", "old", "new"), CHANGED, ids=[what for what, _, _ in CHANGED])
def test_changed_content_breaks_the_signature(signed: Department, what: str, old: str, new: str) -> None:
    signed.edit(PATH, old, new)
    assert "signed-content-changed" in signed.slugs()
    assert signed.state(PATH) != "closed"
    assert signed.run("check").code == 1


ENTRY_CHANGED: list[tuple[str, str, str]] = [
    ("the person", f"by: {LEADER}", f"by: {MANAGER}"),
    ("the decision", "decision: sign", "decision: reject"),
    ("the moment", "at: 2026-11-02T09:00+08:00", "at: 2026-11-02T09:01+08:00"),
    ("the post", "post: R-TEAMLEAD", "post: R-DEPTMGR"),
    ("the statement", "attests: 属实", "attests: 不属实"),
    (
        "the form",
        "form_sha256: ",
        "form_sha256: 0000000000000000000000000000000000000000000000000000000000000000\n    x: ",
    ),
    ("the last row covered", '{items: {no: "2"}}', '{items: {no: "1"}}'),
    ("the step", "step: confirm", "step: close"),
]


@pytest.mark.parametrize(("what", "old", "new"), ENTRY_CHANGED, ids=[what for what, _, _ in ENTRY_CHANGED])
def test_a_changed_entry_does_not_count(signed: Department, what: str, old: str, new: str) -> None:
    head, found = entries(signed)
    quoted = old if old in found[1] else old.replace('"2"', "2")
    assert quoted in found[1], found[1]
    found[1] = found[1].replace(quoted, new)
    signed.write(PATH, head + "".join(found))
    assert any(finding.severity is Severity.ERROR for finding in signed.findings())
    assert signed.run("check").code == 1


HARMLESS: list[tuple[str, Callable[[str], str]]] = [
    ("a comment", lambda text: text.replace("data:\n", "# 说明\ndata:  # 数据\n")),
    ("quotes", lambda text: text.replace("note: 原文", "note: '原文'")),
    ("block style", lambda text: text.replace("note: 原文", "note: |\n    原文  \n\n")),
    ("other quotes on an amount", lambda text: text.replace('"210.00"', "210.00")),
    (
        "the order of the fields",
        lambda text: text.replace("  note: 原文\n", "").replace("  opinion:", "  note: 原文\n  opinion:"),
    ),
    (
        "indentation",
        lambda text: re.sub(
            r"(?ms)^data:\n.*?(?=^signatures)", lambda found: re.sub(r"(?m)^  ", "      ", found[0]), text
        ),
    ),
    ("blank lines", lambda text: text.replace("signatures:\n", "\n\nsignatures:\n")),
]


@pytest.mark.parametrize(("what", "change"), HARMLESS, ids=[what for what, _ in HARMLESS])
def test_what_does_not_change_the_content_breaks_nothing(
    signed: Department, what: str, change: Callable[[str], str]
) -> None:
    before = signed.read(PATH)
    after = change(before)
    assert after != before
    signed.write(PATH, after)
    assert signed.slugs() == []
    assert signed.state(PATH) == "closed"


def row(no: str, what: str) -> str:
    """A row as `csdocs new` writes it."""
    return f"    - no: {no}\n      what: {what}\n"


FIRST, LAST, NEW = row("1", "甲"), row("2", "乙"), row("3", "丙")


def test_rows_may_be_added_only_at_the_end(department: Department) -> None:
    department.form(sections=SECTIONS, steps=STEPS)
    path = department.new(items='[{no: "1", what: 甲}, {no: "2", what: 乙}]')
    department.must_sign(path, AGENT, "fill")
    text = department.read(path)
    assert FIRST + LAST in text
    department.write(path, text.replace(LAST, LAST + NEW))
    assert department.slugs() == []
    for rows in (NEW + FIRST + LAST, FIRST + NEW + LAST, LAST + FIRST, FIRST, FIRST + FIRST + LAST, LAST):
        department.write(path, text.replace(FIRST + LAST, rows))
        assert "signed-content-changed" in department.slugs(), rows
        assert department.state(path) == "draft"


def test_rows_added_after_the_end_are_nobodys_and_are_said_to_be(signed: Department) -> None:
    signed.edit(PATH, LAST, LAST + NEW)
    assert "signature-covers-too-little" in signed.slugs()
    assert signed.run("check").code == 1


def test_signatures_cannot_be_swapped_removed_or_repeated(signed: Department) -> None:
    head, (fill, confirm, close) = entries(signed)
    for name, left in {
        "swapped": [fill, close, confirm],
        "first removed": [confirm, close],
        "middle removed": [fill, close],
        "repeated": [fill, confirm, confirm, close],
        "all but the last removed": [close],
        "last repeated": [fill, confirm, close, close],
    }.items():
        signed.write(PATH, head + "".join(left))
        errors = [finding for finding in signed.findings() if finding.severity is Severity.ERROR]
        assert errors, name
        assert signed.state(PATH) != "closed" or name == "last repeated"


def test_the_last_signature_removed_is_only_an_earlier_state(signed: Department) -> None:
    """Nothing inside the file can tell; that a signed record lost a signature is for the history to say."""
    head, found = entries(signed)
    signed.write(PATH, head + "".join(found[:2]))
    assert signed.slugs() == []
    assert signed.state(PATH) == "confirm"


def test_a_signature_belongs_to_its_record(signed: Department) -> None:
    second = signed.new(note="原文", amount="210.00", items='[{no: "1", what: 甲}, {no: "2", what: 乙}]')
    _, (fill, *_) = entries(signed)
    signed.write(second, signed.read(second) + "signatures:\n" + fill)
    assert signed.slugs() == ["signed-content-changed"]
    assert signed.state(second) == "draft"


def test_a_signature_belongs_to_its_workspace(signed: Department) -> None:
    signed.edit("csdocs.yaml", "0123456789abcdef0123456789abcdef", "f123456789abcdef0123456789abcdef")
    assert signed.slugs() == ["signed-content-changed"] * 3
    assert signed.state(PATH) == "draft"


def test_a_signature_belongs_to_its_step(department: Department) -> None:
    department.form(steps=[step("fill"), step("check")])
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    head, (fill,) = entries(department, path)
    department.write(path, head + fill + fill.replace("step: fill", "step: check"))
    assert "signed-content-changed" in department.slugs()
    assert department.state(path) == "fill"


def test_a_signature_covers_all_it_should(signed: Department) -> None:
    """`free` was absent when it was signed: leaving its name out of `covers` changes no signed byte."""
    signed.write(PATH, re.sub(r"amount, free, items", "amount, items", signed.read(PATH)))
    assert signed.slugs() == ["signature-covers-too-little"] * 3
    signed.edit(PATH, "data:\n", "data:\n  free: 补\n")
    assert "signature-covers-too-little" in signed.slugs()


@pytest.mark.parametrize(
    "entry",
    [
        {"covers": {"main": ["note"]}},
        {"covers": {}},
        {"covers": {"other": ["note"]}},
        {"rows_to": {"items": {"no": "none"}}},
        {"rows_to": {"plain": {"no": "none"}, "items": {"no": "1"}}},
        {"rows_to": {"items": {"what": "甲"}}},
        {"row": {"plain": {"no": "1"}}},
    ],
    ids=str,
)
def test_a_signer_cannot_choose_to_sign_less(department: Department, entry: dict[str, object]) -> None:
    """Made with the right key by a tool of their own, so that what is left out can be changed later."""
    plain = field("plain", "rows", fields=[field("no", "code", required="true"), field("what")], key="no")
    items = field(
        "items", "rows", fields=[field("no", "code", required="true"), field("what")], key="no", append_only="true"
    )
    department.form(fields=[field("note"), plain, items])
    path = department.new(note="x", plain='[{no: "1", what: 甲}]', items='[{no: "1", what: 甲}]')
    department.forge(path, AGENT, "fill", **entry)
    assert "signature-covers-too-little" in department.slugs(), department.read(path)


def test_no_row_is_called_as_if_there_were_none(department: Department) -> None:
    """Signed up to a row called `none` would be signed up to nothing, and every row could be changed."""
    columns = [field("no", required="true"), field("what")]
    department.form(fields=[field("items", "rows", fields=columns, key="no", append_only="true")])
    path = department.new(items="[{no: a, what: 甲}, {no: none, what: 乙}]")
    assert department.sign(path, AGENT, "fill").code == 3
    department.forge(path, AGENT, "fill", rows_to={"items": {"no": "none"}})
    assert department.slugs() == ["signature-covers-too-little"]


def test_a_signer_cannot_sign_under_another_statement(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    department.forge(path, AGENT, "fill", attests="本人不同意上述内容")
    assert department.run("check").code == 1


def test_trouble_in_the_armour_is_a_finding(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    text = department.read(path)
    body = re.search(r"(?s)-----BEGIN SSH SIGNATURE-----\n(.*?)\n *-----END", text)
    assert body is not None
    lines = body[1].split("\n")
    for broken in (
        lines[1:],
        lines[:-1],
        [lines[0].replace("U1NI", "U1NJ"), *lines[1:]],
        ["      !!!!"],
        ["      AAAA"],
        [*lines, "      AAAA"],
        ["      一二"],
    ):
        department.write(path, text.replace(body[1], "\n".join(broken)))
        assert department.slugs()[0] in ("signature-not-valid", "signed-content-changed", "wrong-value")
        assert department.state(path) == "draft"


def test_the_next_signer_finds_out(signed: Department) -> None:
    """Nobody signs on top of a broken signature."""
    head, found = entries(signed)
    signed.write(PATH, head.replace("note: 原文", "note: 改文") + "".join(found[:2]))
    said = signed.sign(PATH, MANAGER, "close")
    assert said.code != 0
    assert "close" not in signed.read(PATH).partition("signatures:")[2].replace("confirm", "")


def test_show_marks_what_does_not_hold(signed: Department) -> None:
    signed.edit(PATH, "opinion: 同意", "opinion: 反对")
    shown = signed.run("show", "TEST-202611-001", "--format", "json").json
    assert [each["valid"] for each in shown["signatures"]] == [True, False, False]
    assert shown["state"] == "fill"
    text = signed.run("show", "TEST-202611-001").text
    assert text.count("✗") == 2
    mark, step, decision, by, name = (
        signed.run("--lang", "en", "show", "TEST-202611-001").text.splitlines()[-3].split()[:5]
    )
    assert (mark, step, decision, by) == ("✓", "fill", "sign", AGENT)
    assert name not in ("", "?")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", None), (" \n", None), (" null\n", "null"), ("Cafe\u0301: #1\n\n- x", "Caf\u00e9: #1\n\n- x")],
)
def test_a_comment_is_signed_as_it_was_typed(department: Department, typed: str, kept: str | None) -> None:
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill", "--comment", typed)
    assert department.case(path).record.signatures[0].comment == kept
    assert department.slugs() == []


def test_words_that_no_file_can_hold_are_refused_with_their_option(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    before = department.digest()
    for words, said in (("a\tb", "U+0009"), ("x" * 2_001, "at most 2000")):
        for verb, option in (("amend", "--reason"), ("void", "--reason"), ("sign", "--comment")):
            refused = department.run(verb, path, "--as", MANAGER, option, words)
            assert (refused.code, said in refused.err, option in refused.err) == (2, True, True), refused
    assert department.digest() == before
