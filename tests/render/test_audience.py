"""Copies for others: what the page leaves out is nowhere else in the file either."""

import hashlib
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from department import AGENT, OTHER, Department, field, section, step
from render_common import ROOT, read_pages

from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.press import Press, rebuild
from csdocs.press.audience import Outsider, _is_about_one_customer

COLLEAGUE, CUSTOMER, TELEPHONE = f"人{OTHER}", "钱多多", "13800000001"
SECRETS = ("内情", "内部备注", "内部列值", "不对外的意见", "凭证.png")


@pytest.fixture(scope="module")
def filed(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> tuple[Department, str]:
    made = founded.copy(tmp_path_factory.mktemp("filed") / "department")
    visits = field("visits", "rows", fields=[field("by", "staff"), field("said"), field("hidden", internal="true")])
    main = section("main", field("client", pii="true"), field("phone", pii="true"), field("note", "long_text"), visits)
    house = {**section("house", field("secret", "long_text")), "internal": "true"}
    made.form(sections=[main, house], steps=[step("fill"), step("close", {"post": "R-TEAMLEAD"}, "house")])
    made.commit("A form")
    path = made.new(client=CUSTOMER, phone=TELEPHONE, note="x", secret=SECRETS[0])
    made.data(
        path,
        f"  client: {CUSTOMER}\n  phone: '{TELEPHONE}'\n  note: {COLLEAGUE}已回电{CUSTOMER}\n  visits:\n"
        f"    - {{by: {OTHER}, said: 已上门, hidden: {SECRETS[2]}}}\n  remarks: {SECRETS[1]}\n"
        f"  attachments:\n    - {{name: {SECRETS[4]}, sha256: {hashlib.sha256(b'x').hexdigest()}, bytes: 1}}\n  secret: {SECRETS[0]}\n",
    )
    made.write(f"{path.removesuffix('.yaml')}.files/{SECRETS[4]}", b"x")
    made.must_sign(path, AGENT, "fill")
    made.must_sign(path, "S2001", "close", "--comment", SECRETS[3])
    made.commit("A record")
    return made, path


def printed(department: Department, path: str, outsider: Outsider | None) -> tuple[str, dict[str, bytes], bytes]:
    """Text, embedded files and bytes."""
    data = Press(department.root, commit="HEAD").record(path, outsider).data
    with pikepdf.open(BytesIO(data)) as pdf:
        files = {spec.filename: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
    return "".join(read_pages(data)), files, data


def test_the_house_sees_everything(filed: tuple[Department, str]) -> None:
    text, files, _ = printed(*filed, None)
    assert all(word in text for word in (*SECRETS, COLLEAGUE, CUSTOMER, TELEPHONE))
    assert "TEST-202611-001.yaml" in files
    assert text.index("已上门") < text.index(SECRETS[1]), (
        "what stands below a table on the form stands below it in print"
    )


@pytest.mark.parametrize("outsider", ["customer", "third-party"])
def test_a_copy_says_and_carries_no_more_than_it_may(filed: tuple[Department, str], outsider: Outsider) -> None:
    text, files, data = printed(*filed, outsider)
    hidden = [
        *SECRETS,
        COLLEAGUE,
        f"人{AGENT}",
        "S2001",
        "组长",
        *((CUSTOMER, TELEPHONE) if outsider == "third-party" else ()),
    ]
    assert not [word for word in hidden if word in text]
    assert f"{OTHER}已回电{CUSTOMER if outsider == 'customer' else '■■■'}" in text
    assert all(word in text for word in (AGENT, "已上门", "副本", "签名已验证"))
    assert (CUSTOMER in text) == (TELEPHONE in text) == (outsider == "customer")
    assert list(files) == ["provenance.json"]
    assert json.loads(files["provenance.json"])["copy_for"] == outsider
    assert rebuild(filed[0].root, data).status == "ok"
    with pikepdf.open(BytesIO(data)) as pdf:
        streams = b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))
    assert not [word for word in hidden if word.encode() in streams or word.encode("utf-16-be") in streams]


def test_what_concerns_no_customer_stays_in_the_house(founded: Department, tmp_path: Path) -> None:
    department = founded.copy(tmp_path / "department")
    path = department.new(note="排班")
    department.commit("A record")
    said = department.run("render", path, "--for", "customer", "-o", str(tmp_path))
    assert said.code == 3
    assert "is no record about one customer" in said.err
    assert department.run("render", "REG-TEST", "--for", "customer").code == 2
    with pytest.raises(CsdocsError):
        Press(department.root).record(path, "third-party")


def test_the_verb_writes_a_copy_under_its_own_name(filed: tuple[Department, str], tmp_path: Path) -> None:
    said = filed[0].run("render", filed[1], "--for", "third-party", "-o", str(tmp_path))
    assert said.code == 0, said.err
    assert [path.name for path in tmp_path.iterdir()] == ["TEST-202611-001-third-party.pdf"]


def test_a_page_of_many_and_what_speaks_of_the_house_are_not_handed_out() -> None:
    """Leave, pay, minutes and registers hold personal data too, but not of the person who would get the copy."""
    forms = Workspace(ROOT).forms
    kept = {id for id in forms if not _is_about_one_customer(forms[id])}
    handed_out = set(forms) - kept
    assert kept >= {
        "F-LEAVE",
        "F-SALARYADJ",
        "F-MEETING",
        "F-QUALITYMON",
        "F-VISITOR",
        "F-PHONELOG",
        "F-VIPPLAN",
    }
    assert handed_out >= {"F-COMPLAINT", "F-SVCREC", "F-REPAIR", "F-RETURN", "F-ORDER", "F-CUSTFILE", "F-SUGGEST"}
    inside = {(id, section.id) for id in handed_out for section in forms[id].sections if section.internal}
    assert inside >= {
        ("F-SVCREC", "inspection"),
        ("F-CASE", "escalation"),
        ("F-SUGGEST", "leader_part"),
        ("F-REVISIT", "monitoring"),
    }
