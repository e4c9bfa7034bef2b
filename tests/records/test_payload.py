"""The bytes that are signed: canonical JSON as RFC 8785 has it, and everything that matters in them."""

import json
from pathlib import Path
from typing import Any

from department import AGENT, LEADER, MANAGER, Department, field, step
from hypothesis import given
from hypothesis import strategies as st

from csdocs.model.record import Amends, Record, Signature
from csdocs.trust.demo import demo_public
from csdocs.trust.payload import _covered, canonical, chain, digest, record_payload

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=5), max_leaves=20
)


def reference(value: Any) -> str:
    """RFC 8785, 3.2, written a second time: strings by the table of escapes, members in the order of UTF-16 code units."""
    if isinstance(value, str):
        short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
        return '"' + "".join(short.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(reference, value)) + "]"
    units = {
        key: [int.from_bytes(key.encode("utf-16-be")[i : i + 2]) for i in range(0, len(key.encode("utf-16-be")), 2)]
        for key in value
    }
    return (
        "{"
        + ",".join(f"{reference(key)}:{reference(value[key])}" for key in sorted(value, key=units.__getitem__))
        + "}"
    )


@given(TREES)
def test_canonical_json_is_that_of_the_standard(tree: Any) -> None:
    text = canonical(tree)
    assert text == reference(tree)
    assert json.loads(text) == tree


def test_keys_are_ordered_by_utf_16_and_not_by_code_point() -> None:
    assert (
        canonical({"\U0001f600": "1", "\ufb33": "2", "é": "3", "1": "4"})
        == '{"1":"4","é":"3","\U0001f600":"1","\ufb33":"2"}'
    )


WORDS = st.text('abcdefé\U0001f600\ufb33"\\\n', min_size=1, max_size=3)
ROWS = st.lists(st.dictionaries(st.sampled_from(["no", "text"]), WORDS, max_size=2), max_size=3)
CUTS = st.none() | st.dictionaries(
    WORDS, st.dictionaries(st.just("no"), WORDS | st.just("none"), min_size=1), max_size=2
)
SIGNATURES = st.builds(
    Signature,
    *[WORDS] * 7,
    covers=st.dictionaries(WORDS, st.lists(WORDS, max_size=4), max_size=3),
    signature=WORDS,
    comment=st.none() | WORDS,
    row=CUTS,
    rows_to=CUTS,
    computed=st.none() | st.dictionaries(WORDS, WORDS | ROWS, max_size=2),
)
RECORDS = st.builds(
    Record,
    *[WORDS] * 3,
    st.integers(1, 9),
    *[WORDS] * 3,
    data=st.dictionaries(WORDS, WORDS | ROWS, max_size=4),
    signatures=st.lists(SIGNATURES, max_size=3).map(tuple),
    amends=st.none() | st.builds(Amends, WORDS, WORDS),
    reason=st.none() | WORDS,
)


@given(RECORDS)
def test_what_signatures_state_is_canonical_however_they_share_it(record: Record) -> None:
    previous: list[str] = []
    for signature, payload in zip(record.signatures, chain("w", record), strict=True):
        statement = {
            "v": "1",
            "workspace": "w",
            "record": record.id,
            "amendment": str(record.amendment),
            "amends": record.amends and record.amends._asdict(),
            "reason": record.reason,
            "header": {key: getattr(record, key) for key in ("org_unit", "created_by", "created_at")},
            "form": {"id": record.form, "revision": str(record.form_revision), "sha256": signature.form_sha256},
            **{key: getattr(signature, key) for key in ("step", "attests", "decision", "comment", "by", "post", "at")},
            **{key: getattr(signature, key) for key in ("row", "rows_to", "computed")},
            "sections": {
                section: {
                    id: value
                    for id in ids
                    if id in record.data and (value := _covered(id, record.data[id], signature)) is not None
                }
                for section, ids in signature.covers.items()
            },
            "previous": previous,
        }
        assert payload == canonical({key: value for key, value in statement.items() if value is not None}).encode()
        assert payload == record_payload("w", record, signature, previous)
        previous = [*previous, digest(payload)]


def test_the_payload_says_all_that_matters(department: Department) -> None:
    department.form(
        fields=[
            field("note"),
            field("items", "rows", fields=[field("no", "code", required="true")], key="no", append_only="true"),
        ]
    )
    path = department.new(note="值", items='[{no: "1"}]')
    department.must_sign(path, AGENT, "fill", "--comment", "同意")
    statement = json.loads(department.run("show", "TEST-202611-001", "--payload", "fill").out)
    sha256 = department.case(path).compiled.sha256
    assert statement == {
        "v": "1",
        "workspace": "0123456789abcdef0123456789abcdef",
        "record": "TEST-202611-001",
        "amendment": "0",
        "header": {"org_unit": "D-CS", "created_by": AGENT, "created_at": "2026-11-02T09:00+08:00"},
        "form": {"id": "F-TEST", "revision": "1", "sha256": sha256},
        "step": "fill",
        "attests": "属实",
        "decision": "sign",
        "comment": "同意",
        "by": AGENT,
        "post": "R-AGENT",
        "at": "2026-11-02T09:00+08:00",
        "sections": {"main": {"note": "值", "items": [{"no": "1"}]}},
        "rows_to": {"items": {"no": "1"}},
        "previous": [],
    }


def test_stock_ssh_keygen_accepts_every_step(department: Department, tmp_path: Path) -> None:
    department.form(
        steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"}), step("head", {"head_of": "dept"})],
        fields=[field("note"), field("dept", "department")],
    )
    path = department.new(note="一，二", dept="D-CS")
    for by, name in ((AGENT, "fill"), (LEADER, "lead"), (MANAGER, "head")):
        department.must_sign(path, by, name)
    for by, name in ((AGENT, "fill"), (LEADER, "lead"), (MANAGER, "head")):
        assert department.keygen_verifies(path, name, by, tmp_path)
    assert not department.keygen_verifies(path, "lead", LEADER, tmp_path, namespace="file")
    department.edit(path, "note: 一", "note: 二")
    assert not department.keygen_verifies(path, "fill", AGENT, tmp_path)
    assert demo_public(AGENT) != demo_public(LEADER)
