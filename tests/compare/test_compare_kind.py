"""The computed kind of a change: what may be called editorial, and what never."""

import pytest
from compare_common import DOCUMENT, FORM, FORM_TEXT, REGULATION, document_kind, edited, form_kind

from csdocs.compare.kind import computed_kind

EDITORIAL = [
    ("认真核对", "仔细核对"),
    ("不中断，", "不中断、"),
    ("温度应当", "温度 应当"),
    ("{{ lead_min }}", "{{lead_min}}"),
    ("title: {zh: 样例制度", "title: {zh: 样例规定"),
    ("label: {zh: 提前到岗的时间", "label: {zh: 提前到岗时间"),
    ("effective: 2026-09-01", "effective: 2026-10-01"),
    ("revision: 1\nowner", "revision: 2\nowner"),
    ("为保证工作不中断，制定本制度。", "为保证工作不中断，\n制定本制度。"),
    ("profile: GEN\n", "profile: GEN   # 注释\n"),
]
MINOR = [
    ("应当提前", "必须提前"),
    ("26摄氏度", "２６摄氏度"),
    ("26摄氏度", "28摄氏度"),
    ("26摄氏度", "26华氏度"),
    ("二十", "20"),
    ("二十", "三十"),
    ("| 早班 | 3 |", "| 早班 | 4 |"),
    ("(F-SAMPLE)", "(F-OTHER)"),
    ("`A-01`", "`A-02`"),
    ("**现场主管**", "现场主管"),
    ("交班人员应当填写", "接班人员应当填写"),
    ("{{ lead_min }}", "10"),
    ("   2. 等待答复。\n", "   2. 等待答复。\n   3. 归档。\n"),
    ("## 要求", "## 具体要求"),
    ("并签字", "并立即签字"),
    ("review_every: 365", "review_every: 730"),
    ("profile: GEN", "profile: TEL"),
    ("统一做法", "统一要求"),
    ("提前到岗的时间", "最长的到岗时间"),
    ("认真核对台账。", "认真核对台账。交接情况由工作人员逐笔写入专用的登记簿备查。"),
    ("every: day", "every: shift"),
    (
        "    label: {zh: 赔偿方式, en: Compensation}",
        "    label: {zh: 赔偿方式, en: Compensation}\n    note: {zh: 说明, en: A note}",
    ),
    ("obligations:\n", '  - {id: more, kind: number, value: "1", label: {zh: 另, en: More}}\nobligations:\n'),
    ("code: half, label: {zh: 折半赔偿", "code: half, label: {zh: 减半赔偿"),
    ("   2. 等待答复。", "   2. 等待答复。\n\n   ```\n   A\n   ```"),
    ("5. 本制度", "## 附则\n\n5. 本制度"),
    ("inspection: [3]", "inspection: []"),
    ("  inspection: [3]\n  acknowledgement: [5]", "  inspection: [3, 5]"),
]
MAJOR = [
    ("不得代签", "可以代签"),
    ("不得代签", "得代签"),
    ("应当提前", "可以提前"),
    ("可以在5日内", "必须在5日内"),
    ('value: "10"', 'value: "15"'),
    ('value: "10"', 'value: "１0"'),
    ("unit: {zh: 分钟", "unit: {zh: 小时"),
    ("{code: half", "{code: part"),
    ("owner: R-SUPERVISOR", "owner: R-DEPTMGR"),
    ("5. 本制度由客户服务部解释，代号为`A-01`。\n", ""),
    ("5. 本制度由客户服务部解释，代号为`A-01`。", "5. （删除）"),
    ("5. 本制度", "6. 本制度"),
    ("## 要求\n", "## 要求\n\n3. 新的一条。\n"),
    ("every: day", "every: month"),
    ("due: P1D", "due: P9D"),
    ("due: P1D", "due: P1D, on: working"),
    ("due: P1D", "due: P1D, counts: exists"),
    ("since: 2026-10-01", "since: 2026-12-01"),
    ("  - {clause: 2, form: F-SAMPLE, every: day, per: workspace, since: 2026-10-01, due: P1D}\n", ""),
    ("- {clause: 2, form: F-SAMPLE", "- {clause: 3, form: F-SAMPLE"),
    ("id: REG-SAMPLE", "id: REG-OTHER"),
    ("认真", "认\u200b真"),
    ("revision: 1\nowner", "nonsense\nowner"),
    ("profile: GEN\n", "profile: GEN\nprofile: TEL\n"),
    ("  - id: lead_min\n", "  - id: other_min\n"),
    ("effective: 2026-09-01", "effective: 2026-09-01\nwithdrawn: 2027-01-01"),
    ("inspection: [3]", "inspection: [3, 4]"),
    ("  inspection: [3]\n  acknowledgement: [5]", "  acknowledgement: [3, 5]"),
]


@pytest.mark.parametrize(("old", "new"), EDITORIAL)
def test_style_alone_is_editorial(old: str, new: str) -> None:
    assert document_kind(old, new).kind == "editorial"


@pytest.mark.parametrize(("old", "new"), MINOR)
def test_substance_is_minor(old: str, new: str) -> None:
    assert document_kind(old, new).kind == "minor"


@pytest.mark.parametrize(("old", "new"), MAJOR)
def test_duties_and_clauses_are_major(old: str, new: str) -> None:
    assert document_kind(old, new).kind == "major"


def test_a_number_moved_to_another_clause_is_a_change() -> None:
    moved = edited(DOCUMENT, ("保持在18至26摄氏度", "保持在至26摄氏度"), ("在5日内", "在518日内"))
    assert computed_kind(REGULATION, DOCUMENT.encode(), moved.encode()).kind == "minor"


def test_clauses_that_change_places_are_renumbered() -> None:
    first, last = "接班人员应当提前{{ lead_min }}分钟到岗，认真核对台账。", "本制度由客户服务部解释，代号为`A-01`。"
    swapped = DOCUMENT.replace(first, "@").replace(last, first).replace("@", last)
    found = computed_kind(REGULATION, DOCUMENT.encode(), swapped.encode())
    assert found.kind == "major"
    assert "clause 1 became clause 5" in [reason.message.en for reason in found.reasons]


def test_reasons_point_at_the_words() -> None:
    found = document_kind("不得代签", "可以代签")
    line = DOCUMENT[: DOCUMENT.index("2. 交班")].count("\n") + 1
    assert found.reasons[0].message.zh == "第2条：义务用词由“不得”改为“可以”"
    assert (found.reasons[0].line, found.reasons[0].col) == (line, DOCUMENT.split("\n")[line - 1].index("不得代签") + 1)


def test_parameters_are_pointed_at_in_the_front_matter() -> None:
    reason = document_kind('value: "10"', 'value: "15"').reasons[0]
    assert DOCUMENT.split("\n")[reason.line - 1].strip() == 'value: "10"'


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("zh: 数量,", "zh: 件数,", "editorial"),
        ("zh: 按件填写", "zh: 逐件填写", "editorial"),
        ("数量{qty}太少", "数量{qty}过少", "editorial"),
        ("title: {zh: 样例单", "title: {zh: 样例表", "editorial"),
        ("zh: 内容", "zh: 主要内容", "editorial"),
        ("数量{qty}太少", "数量太少", "minor"),
        ("max: 9", "max: 12", "minor"),
        ("zh: 情况属实", "zh: 情况真实", "minor"),
        ("label: {zh: 更新,", "label: {zh: 新入职,", "minor"),
        ("void_by: [R-SUPERVISOR]", "void_by: [R-DEPTMGR]", "minor"),
        ("required: true", "required: false", "major"),
        (", required: true", "", "major"),
        ("{code: renew,", "{code: renewed,", "major"),
        ("          - {code: renew, label: {zh: 更新, en: Renewal}}\n", "", "major"),
        ("{id: qty,", "{id: amount,", "major"),
        ("kind: integer", "kind: decimal", "major"),
        ("by: author", "by: creator", "major"),
        ("by: {post: R-SUPERVISOR}", "by: {post: R-DEPTMGR}", "major"),
        ("qty >= 1", "qty >= 0", "major"),
        ("days(3)", "days(5)", "major"),
        ("{serial:3}", "{serial:4}", "major"),
        ('months: "24"', 'months: "12"', "major"),
        ("id: F-SAMPLE", "id: [F-SAMPLE", "major"),
        ("owner: R-SUPERVISOR", "owner: R-DEPTMGR", "major"),
    ],
)
def test_forms(old: str, new: str, kind: str) -> None:
    assert form_kind(old, new).kind == kind


def test_a_clause_that_comes_back_is_new() -> None:
    gone = edited(DOCUMENT, ("5. 本制度由客户服务部解释，代号为`A-01`。", "5. （删除）"))
    found = computed_kind(REGULATION, gone.encode(), DOCUMENT.encode())
    assert [reason.message.en for reason in found.reasons if reason.kind == "major"] == ["clause 5 is new"]


def test_an_unreadable_start_is_major() -> None:
    assert computed_kind(REGULATION, b"nothing\n", DOCUMENT.encode()).kind == "major"
    assert computed_kind(FORM, b"a: [\n", FORM_TEXT.encode()).kind == "major"


def test_steps_in_another_order_are_major() -> None:
    lines = FORM_TEXT.splitlines(keepends=True)
    swapped = "".join([*lines[:-2], lines[-1], lines[-2]])
    assert computed_kind(FORM, FORM_TEXT.encode(), swapped.encode()).kind == "major"


def test_a_false_that_is_spelled_out_is_no_change() -> None:
    assert form_kind("{id: qty,", "{id: qty, required: false,").reasons == ()


def test_a_new_change_entry_is_expected_and_an_old_one_stays() -> None:
    entry = "  - revision: 2\n    date: 2026-10-01\n    kind: minor\n    summary: {zh: 二, en: b}\n    reason: {zh: 二, en: b}\n    drafted_by: [S0007]\n"
    assert document_kind("parameters:\n", f"{entry}parameters:\n").kind == "editorial"
    assert form_kind("clauses: [", f"{entry}clauses: [").kind == "editorial"
    assert form_kind("drafted_by: [S0007]", "drafted_by: [S0008]").kind == "minor"


def test_files_that_come_and_go_are_major() -> None:
    data = DOCUMENT.encode()
    assert computed_kind(REGULATION, b"", data).kind == computed_kind(REGULATION, data, b"").kind == "major"
    assert computed_kind(REGULATION, data, data).reasons == ()


def test_other_files_have_no_editorial_change() -> None:
    assert computed_kind("templates/checks/a.sql", b"select 1", b"select  1").kind == "minor"
    assert computed_kind("handbook/calendar.yaml", b"a: b\n", b"a: b # c\n").kind == "editorial"
    assert computed_kind("handbook/calendar.yaml", b"a: b\n", b"a: c\n").kind == "minor"


def test_what_may_be_claimed() -> None:
    found = document_kind("26摄氏度", "28摄氏度")
    assert not found.allows("editorial")
    assert found.allows("minor") and found.allows("major")
