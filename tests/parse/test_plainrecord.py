"""Records in the usual frame: never another record than the readers of all records give, and nearly all are framed so."""

import random
from pathlib import Path

import pytest

from csdocs.parse.plainrecord import PlainRecordReader
from csdocs.parse.plainyaml import PlainReader
from csdocs.parse.record import ParsedRecord, _frame, parse_record
from csdocs.parse.yamltext import _parse_whole, decode
from tests.parse.test_plainyaml import RECORDS, _mutants, _whole

ARMOUR = "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----"
FRAME = f"""record: A-1
form: F-A1
form_revision: 1
org_unit: D-A
created_by: S001
created_at: 2026-01-02T03:04+08:00
data:
  a: b
signatures:
  - step: one
    decision: sign
    by: S001
    post: R-AB
    at: 2026-01-02T03:05+08:00
    form_sha256: "{"0" * 64}"
    attests: so it is
    covers: {{a: [a]}}
    signature: |-
      {ARMOUR.replace(chr(10), chr(10) + " " * 6)}
"""


def _read(text: str) -> ParsedRecord:
    """By the readers of all records."""
    parsed = _parse_whole(text, ())
    whole = isinstance(parsed.tree, dict)
    return _frame("p", parsed.tree, list(parsed.problems)) if whole else ParsedRecord(None, parsed.problems)


def _is_alike(text: str) -> bool:
    """True too where it is left to the readers of all records."""
    record = PlainRecordReader(PlainReader(_whole)).read("p", text)
    return record is None or (record, ()) == _read(text)


@pytest.mark.parametrize(
    ("spelled", "otherwise", "at"),
    [
        ("data:\n  a: b", "data: [a]", ("data",)),
        ("signatures:\n", "signatures: x\nreason:\n", ("signatures",)),
        ("signatures:\n", "signatures:\n  - x\n", ("signatures", 0)),
        ("covers: {a: [a]}", "covers: {a: a}", ("signatures", 0, "covers")),
        ("covers: {a: [a]}", "covers: {a: [a]}\n    row: {a: {b: c, d: e}}", ("signatures", 0, "row")),
        ("created_at: 2026-01-02", "created_at: 2026-02-30", ("created_at",)),
        ("    at: 2026-01-02", "    at: 2026-02-30", ("signatures", 0, "at")),
        ("data:", "amends: x\namendment: 1\nreason: x\ndata:", ("amends",)),
        ("data:", "amendment: 1\nreason: x\ndata:", ("amends",)),
    ],
)
def test_what_is_framed_otherwise_is_told_at_its_key(spelled: str, otherwise: str, at: tuple[str | int, ...]) -> None:
    assert [problem.at for problem in _read(FRAME).problems] == []
    text = FRAME.replace(spelled, otherwise, 1)
    assert at in [problem.at for problem in parse_record("p", text.encode()).problems]


@pytest.mark.parametrize("path", RECORDS[::12], ids=lambda path: path.stem)
def test_a_mutated_record_is_framed_alike_or_left_to_the_readers_of_all_records(path: Path) -> None:
    for mutant in _mutants(path.read_text(), 3, 40):
        assert decode(mutant.encode())[1] or _is_alike(mutant), mutant


def test_a_changed_word_of_the_frame_is_read_alike() -> None:
    dice = random.Random(2)
    words = [
        "null",
        "~",
        '""',
        "'x'",
        '"x"',
        "a: b",
        "S001 ",
        "x # y",
        "[a]",
        "2026-02-30T03:04+08:00",
        "٣",
        "一",
        "A-1.2",
        "|-",
        "void",
        "x" * 2_001,
    ]
    for _ in range(400):
        lines = FRAME.splitlines()
        for _ in range(dice.randint(1, 2)):
            here = dice.randrange(len(lines))
            key, colon, _ = lines[here].partition(": ")
            lines[here] = key + colon + dice.choice(words) if colon and dice.random() < 0.7 else dice.choice(lines)
        text = "\n".join(lines) + "\n"
        assert _is_alike(text), text


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("signatures:\n", "signatures:\n\n"), ("signatures:\n", "signatures:\n# c\n"), ("\nsignatures:", "\nsignatures: []\nsignatures:"),
        ("    attests: so it is\n", ""), ("so it is", "so  it is "), ("so it is", "null"), ("      U1NI\n", "      U1NI \n"), ("      U1NI\n", "       U1NI\n"),
        ("    covers: {a: [a]}\n", ""), ("    covers: {a: [a]}\n", "    covers:\n      a: [a,\n        b]\n"), ("{a: [a]}", "{a: a}"), ("{a: [a]}", "[a]"),
        ("    covers: {a: [a]}\n", "    rows_to: {a: {no: '1'}}\n    comment: c\n"), ("    signature:", "    step: two\n    signature:"),
        ("END SSH SIGNATURE-----\n", "END SSH SIGNATURE-----\n    computed: {a: '1'}\n"), ("END SSH SIGNATURE-----\n", "END SSH SIGNATURE-----\n    computed: a\n"),
        ("END SSH SIGNATURE-----\n", "END SSH SIGNATURE-----"), ("END SSH SIGNATURE-----\n", "END SSH SIGNATURE-----\n\n"), ("  a: b\n", ""), ("  a: b\n", "  a: b\nb: c\n"),
        ("  a: b\n", "  a: b\n  c: 1:2\n"), ("  a: b\n", "  a: b\n  c: d: e\n"), ("  a: b\n", "  a: b\n  c:\n"), ("  a: b\n", "  a: b\n  a: c\n"), ("  a: b\n", "  a: b #\n"),
        ("  a: b\n", "  a: null\n"), ("  a: b\n", "  a: b\n    c: d\n"), ("  a: b\n", "  a: b\n  c\n"), ("  a: b\n", "    a: b\n"), ("  a: b\n", "  a: b:\n"), ("  a: b\n", "  a: -1\n"),
        (FRAME[FRAME.index("signatures") :], "  c"), (FRAME[FRAME.index("\nsignatures") :], ""), ("  a: b\n", "  a: b\n\n"), ("  a: b\n", "  a: b\n  A: c\n"), ("  a: b\n", "  a: b \n"),
        ("  a: b\n", '  a: "b\nsignatures:\n  c"\n'), (FRAME[FRAME.index("  - step") :], ""), (FRAME[FRAME.index("signatures") :], ""), ("S001", "S٣٣٣"), ("A-1", "null"),
    ],
)  # fmt: skip
def test_another_frame_is_read_alike(here: str, there: str) -> None:
    assert here in FRAME
    assert _is_alike(FRAME.replace(here, there))


def test_the_frame_that_csdocs_writes_is_read_at_once() -> None:
    reader = PlainRecordReader(PlainReader(_whole))
    assert reader.read("p", FRAME) == _read(FRAME).record
    read = sum(reader.read("p", path.read_text()) is not None for path in RECORDS)
    assert read > 0.9 * len(RECORDS)
