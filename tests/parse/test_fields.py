"""Fields of a record are changed line by line; what is remarked stays with its field."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdocs.model.error import CsdocsError
from csdocs.parse.emit import emit
from csdocs.parse.fields import set_fields
from csdocs.parse.yamltext import parse_yaml

IDS = list("abcdef")
RECORD = """record: A-1
data:  # what was said
  a: 1
  # about c
  c: |-
    x
    # no remark

    y

  # about e
  e:
    - {n: 1, t: x}
    - n: 2
      t: y
# about signatures
signatures:
  - x: 1
"""


def changed(**values: Any) -> str:
    return set_fields(RECORD.encode(), values, IDS).decode()


def test_other_lines_stay() -> None:
    assert changed(b="q") == RECORD.replace("  a: 1\n", "  a: 1\n  b: q\n")
    assert changed(f="12:30") == RECORD.replace("# about sig", '  f: "12:30"\n# about sig')
    assert changed(c="z") == RECORD.replace("c: |-\n    x\n    # no remark\n\n    y\n", "c: z\n")
    rows = [{"n": "1", "t": "x"}, {"n": "2", "t": "y"}, {"n": "3", "t": "z"}]
    assert changed(e=rows) == RECORD.replace("      t: y\n", "      t: y\n    - n: 3\n      t: z\n")
    assert changed(a=None) == RECORD.replace("  a: 1\n", "")
    assert changed(a=None, c=None, e=None) == "record: A-1\n# about signatures\nsignatures:\n  - x: 1\n"
    assert set_fields(b"record: A-1", {"a": "1"}, IDS) == b"record: A-1\ndata:\n  a: 1"
    assert set_fields(b"record: A-1\nsignatures:\n  - x: 1\n", {"a": "1"}, IDS).startswith(
        b"record: A-1\ndata:\n  a: 1\nsig"
    )


@pytest.mark.parametrize(
    "record",
    ["data: {c:  1}", "data:\n  {c: 1}", "- 1", "data:\n  a: 1\n  a: 2", "data: x", "a: [", "data: &x\n  b: 1"],
)
def test_what_is_laid_out_otherwise_is_left_alone(record: str) -> None:
    with pytest.raises(CsdocsError):
        set_fields(record.encode(), {"a": "1"}, IDS)


TEXT = st.text("aé中 #:-'\"\n{[|", min_size=1).map(str.strip).filter(bool)
VALUE = (
    TEXT
    | st.lists(TEXT, min_size=1, max_size=3)
    | st.lists(st.dictionaries(st.sampled_from("xy"), TEXT, min_size=1), min_size=1)
)
DATA = st.dictionaries(st.sampled_from(IDS), VALUE)


@settings(max_examples=150, deadline=None)
@given(DATA, st.dictionaries(st.sampled_from(IDS), VALUE | st.none()))
def test_what_is_read_back_is_what_was_given(data: dict[str, Any], values: dict[str, Any]) -> None:
    head, foot = {"record": "A-1"}, {"signatures": [{"step": "x"}]}
    record = emit({**head, **({"data": data} if data else {}), **foot})
    changed = parse_yaml(set_fields(record.encode(), values, IDS))
    kept = {id: value for id, value in {**data, **values}.items() if value is not None}
    assert changed == parse_yaml(emit({**head, **({"data": kept} if kept else {}), **foot}).encode())
