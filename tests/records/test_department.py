"""The ground the other tests stand on: a record is entered, signed and found clean."""

from department import AGENT, Department


def test_a_record_is_entered_signed_and_clean(department: Department) -> None:
    department.form()
    path = department.new(note="第一条")
    assert path == "records/test/2026/11/TEST-202611-001.yaml"
    assert department.slugs() == []
    department.must_sign(path, AGENT, "fill")
    assert department.state(path) == "closed"
    assert department.slugs() == []
