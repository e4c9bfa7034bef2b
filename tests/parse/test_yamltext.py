"""The YAML of a workspace: what it refuses, where it says so, and that text stays text."""

import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdocs.model.finding import Position
from csdocs.parse.document import markdown
from csdocs.parse.yamltext import _FORBIDDEN, _USUAL, MAX_BYTES, MAX_DEPTH, MAX_ROWS, decode, locate, parse_yaml

FORBIDDEN: list[tuple[str, str, Position | None]] = [
    ("a: &x 1\n", "yaml-feature", Position(1, 4)),
    ("a: ! 1\n", "yaml-feature", Position(1, 4)),
    ("一二: 三\n四: &x 六\n", "yaml-feature", Position(2, 4)),
    ("a: &x 1\nb: *x\n", "yaml-feature", None),
    ("a: *x\n", "yaml-feature", None),
    ("a: !!str 1\n", "yaml-feature", Position(1, 4)),
    ("a: !local 1\n", "yaml-feature", None),
    ("a: !<tag:yaml.org,2002:int> 1\n", "yaml-feature", None),
    ("!!map\na: 1\n", "yaml-feature", None),
    ("!!str a: 1\n", "yaml-feature", None),
    ("&k a: 1\n", "yaml-feature", None),
    ("a: {x: 1}\nb:\n  <<: {y: 2}\n", "yaml-feature", Position(3, 3)),
    ("a: 1\n---\nb: 2\n", "second-document", None),
    ("a: 1\n...\n---\nb: 2\n", "second-document", None),
    ("a: 1\na: 2\n", "duplicate-key", Position(2, 1)),
    ("a: {x: 1, x: 2}\n", "duplicate-key", Position(1, 11)),
    ('a: 1\n"a": 2\n', "duplicate-key", Position(2, 1)),
    ("? [a]\n: 1\n", "not-yaml", None),
    ("? {a: 1}\n: 1\n", "not-yaml", None),
    ("{[a]: 1}\n", "not-yaml", None),
    ("a: [1\n", "not-yaml", None),
    ("a: 'x\n", "not-yaml", None),
    ("a: b: c\n", "not-yaml", None),
    ("a:\n  b: 1\n c: 2\n", "not-yaml", None),
    ("a: `x\n", "not-yaml", None),
    ("a: @x\n", "not-yaml", None),
    ("a: 1\n\tb: 2\n", "forbidden-character", Position(2, 1)),
    ("a: x\ty\n", "forbidden-character", Position(1, 5)),
    ("a: 1\r\nb: 2\r\n", "forbidden-character", Position(1, 5)),
    ("\ufeffa: 1\n", "forbidden-character", Position(1, 1)),
    ("a: x\u200by\n", "forbidden-character", Position(1, 5)),
    ("a: x\u202ey\n", "forbidden-character", Position(1, 5)),
    ('a: "x\\u202ey"\n', "forbidden-character", Position(1, 4)),
    ('a: 1\nb:\n  - {c: d, "e\\u200b": f}\n', "forbidden-character", Position(3, 12)),
    ('a: "x\\e[2Jy"\n', "forbidden-character", Position(1, 4)),
    ('a: "x\\ty"\n', "forbidden-character", Position(1, 4)),
    ('a: "e\\u0301"\n', "not-nfc", Position(1, 4)),
    ("a: x\u2066y\n", "forbidden-character", None),
    ("a: x\u0085y\n", "forbidden-character", None),
    ("a: x\u2028y\n", "forbidden-character", None),
    ("a: x\u2029y\n", "forbidden-character", None),
    ("a: x\u00a0\ufdd0\n", "forbidden-character", None),
    ("a: x\uffff\n", "forbidden-character", None),
    ("a: x\U0001fffe\n", "forbidden-character", None),
    ("a: x\x00\n", "forbidden-character", None),
    ("a: x\x1b[31m\n", "forbidden-character", None),
    ("a: x\x7f\n", "forbidden-character", None),
    ("a: e\u0301\n", "not-nfc", Position(1, 4)),
    ("一: 1\n二: e\u0301\n", "not-nfc", Position(2, 4)),
    ("", "empty-file", Position(1, 1)),
    ("# nothing\n", "empty-file", None),
    ("a:\n", "empty-value", Position(1, 1)),
    ("a: 1\nb: ''\n", "empty-value", Position(2, 1)),
    ('a: ""\n', "empty-value", None),
    ("a: []\n", "empty-value", None),
    ("a: {}\n", "empty-value", None),
    ("a: ~\n", "empty-value", None),
    ("a: null\n", "empty-value", None),
    ("a: |\n\n", "empty-value", None),
    ("a:\n  -\n  - x\n", "empty-value", Position(2, 4)),
    ("a: [x, '']\n", "empty-value", None),
    ("%YAML 1.1\n---\na: 1\n", "yaml-feature", None),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", "yaml-feature", None),
    ("--- \na: 1\n--- \n", "second-document", None),
]


@pytest.mark.parametrize(("text", "slug", "at"), FORBIDDEN)
def test_what_a_record_cannot_hold(text: str, slug: str, at: Position | None) -> None:
    tree, problems = parse_yaml(text.encode())
    assert slug in [problem.slug for problem in problems]
    assert tree is None or slug != "forbidden-character"
    if at is not None:
        assert at in [problem.at for problem in problems if problem.slug == slug]


@pytest.mark.parametrize(
    "word",
    [
        "no", "yes", "on", "off", "true", "False", "y", "N", "012", "0o17", "0x1F", "1e3", "1_000", "16:00", "190:20:30", "2026-02-30", "2026-11-20",
        "2026-11-20T07:52:00+08:00", ".inf", ".nan", "1.50", "+1", "-0", "=", "NULL", "Null", "0b1", "3.", "12e03", "a!b", "中文：值",
    ],
)  # fmt: skip
def test_a_scalar_is_the_text_it_is(word: str) -> None:
    assert parse_yaml(f"a: {word}\nb:\n  - {word}\n{word.replace(':', '')}: c\n".encode()).tree == {
        "a": word,
        "b": [word],
        word.replace(":", ""): "c",
    }


@pytest.mark.parametrize(
    "written",
    [
        "a: x y",
        'a: "x y"',
        "a: 'x y'",
        "a: |-\n  x y",
        "a: >-\n  x\n  y",
        "a:\n  x\n  y",
        '"a": x y',
        "{a: x y}",
        "# c\na: x y # c",
        "---\na: x y",
    ],
)
def test_quotes_style_and_comments_make_no_difference(written: str) -> None:
    assert parse_yaml(f"{written}\n".encode()).tree == {"a": "x y"}


def test_long_text_loses_trailing_spaces_and_final_newlines() -> None:
    for written in ("a: |\n  one  \n\n  two\n", "a: |-\n  one\n\n  two   \n", "a: |+\n  one\n\n  two\n\n\n"):
        assert parse_yaml(written.encode()).tree == {"a": "one\n\ntwo"}


def test_one_slip_hides_no_other() -> None:
    problems = parse_yaml(b"a:\nb: 1\nb: 2\nc: ''\nd: [x, ~]\n").problems
    assert [problem.slug for problem in problems] == ["empty-value", "duplicate-key", "empty-value", "empty-value"]


@pytest.mark.parametrize(
    "data", [b"a: \xff\n", b"\xff\xfea\x00", b"a: \xc0\xaf\n", b"a: \xed\xa0\x80\n", b"a: \xf8\x88\x80\x80\x80\n"]
)
def test_bytes_that_are_no_text_say_where(data: bytes) -> None:
    problem = decode(data)[1][0]
    assert problem.slug == "not-utf8"
    assert isinstance(problem.at, Position)


@pytest.mark.parametrize(
    ("unit", "head", "tail", "slug"),
    [
        ("!", "a: ", "", "yaml-feature"),
        ("x", "- !", "", "yaml-feature"),
        ("a,", "{", "}", "too-many-rows"),
        ("? ,", "{", "}", "too-many-rows"),
        ("[[[]]],", "[", "]", "too-many-rows"),
        ("? a\n", "", "", "too-many-rows"),
        ("\u0327\u0301", "a: e", "", "forbidden-character"),
        ("\u0301", "a: e", "", "forbidden-character"),
    ],
)
def test_no_file_takes_long(unit: str, head: str, tail: str, slug: str) -> None:
    """Each of these kept the machine busy for some 5 to 60 seconds."""
    size = MAX_BYTES - len((head + tail).encode())
    data = (head + unit * (size // len(unit.encode())) + tail).encode()
    started = time.process_time()
    assert [problem.slug for problem in parse_yaml(data).problems] == [slug]
    assert time.process_time() - started < 4


@pytest.mark.parametrize("row", ["- {a: b, 'c': d}\n", "- a: b\n  c: d\n"])
def test_every_row_is_found_in_good_time(row: str) -> None:
    """It took minutes to say where five thousand rows are wrong."""
    data = f"t:\n{row * MAX_ROWS}".encode()
    started = time.process_time()
    found = {locate(data, ("t", index, key)) for index in range(MAX_ROWS) for key in "ac"}
    assert len(found) == 2 * MAX_ROWS
    assert locate(data, ("t", MAX_ROWS - 1, "a")).line == row.count("\n") * (MAX_ROWS - 1) + 2
    assert time.process_time() - started < 4


def test_what_looks_like_much_may_be_honest() -> None:
    marked = "e\u0301\u0323" * 10
    shouted = f"a: '{'!' * 9000} {'!' * 9000}'\nb: |\n  {'x!' * 20_000}\nc: {marked}\n"
    assert [problem.slug for problem in parse_yaml(shouted.encode()).problems] == ["not-nfc"]
    columns = "".join(f", c{number}: 'v'" for number in range(17))
    row = f"- {{a: b{columns}}}\n"
    table = f"x: '&'\nt:\n{row * MAX_ROWS}".encode()
    assert len(table) < MAX_BYTES
    assert parse_yaml(table).problems == ()


def test_sizes_are_bounded() -> None:
    assert [p.slug for p in parse_yaml(b"a: " + b"x" * MAX_BYTES).problems] == ["file-too-large"]
    assert [p.slug for p in parse_yaml(b"a:\n" + b"  - x\n" * (MAX_ROWS + 1)).problems] == ["too-many-rows"]
    assert parse_yaml(b"a:\n" + b"  - x\n" * MAX_ROWS).problems == ()
    assert parse_yaml(("a: x" + "\u0323" * 30).encode()).problems == ()
    deep = "".join(f"{'  ' * n}k:\n" for n in range(MAX_DEPTH + 1)) + "  " * (MAX_DEPTH + 1) + "x\n"
    assert [p.slug for p in parse_yaml(deep.encode()).problems] == ["nested-too-deep"]


HOSTILE = {
    "flow on one line": "b'[' * 200_000",
    "flow on many lines": "b'[\\n' * 200_000",
    "flow mappings": "b'{a: \\n' * 100_000",
    "flow in quotes and comments": "b'[ # \"\\n' * 100_000",
    "list in list": "b'- ' * 300_000",
    "list in list, lines": "b''.join(b' ' * n + b'-\\n' for n in range(1200))",
    "mapping in mapping": "b''.join(b' ' * n + b'a:\\n' for n in range(1200))",
    "complex keys": "b'? ' * 300_000",
    "aliases": "b'a: &a [x,x]\\n' + b''.join(b'%c: &%c [*%c,*%c]\\n' % (98+n, 98+n, 97+n, 97+n) for n in range(20))",
    "tags": "b'!' * 300_000",
    "anchors": "b'&a ' * 100_000",
    "half a quote": "b'\"' + b'\\\\' * 300_001",
    "many documents": "b'---\\n' * 100_000",
    "wide": "b'a: [' + b'x,' * 400_000 + b']'",
}


def test_a_hostile_file_is_refused_and_brings_nothing_down() -> None:
    """In a process of its own: what overflows the stack of a C parser cannot be caught."""
    program = (
        "import sys, time\nfrom csdocs.parse.yamltext import parse_yaml, locate\n"
        f"for name, source in {HOSTILE!r}.items():\n"
        "    print(name, flush=True)\n    data = eval(source)\n    start = time.monotonic()\n"
        "    assert parse_yaml(data).problems, name\n    locate(data, ('a', 0))\n"
        "    assert time.monotonic() - start < 20, name\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout.splitlines()[-1]}: {done.stderr[-300:]}"


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    text, problems = decode(data)
    assert problems or text.encode() == data
    parse_yaml(data)
    locate(data, ("a", 0, "b"))


@given(st.text(st.sampled_from("ab:- \n\"'|>#[]{},&*!%?~<|@`=一\\"), max_size=40))
def test_any_yaml_like_text_gives_a_tree_or_a_problem(text: str) -> None:
    parsed = parse_yaml(text.encode())
    assert parsed.problems or parsed.tree
    locate(text.encode(), ("a", 0, "b"))


def test_locate_points_at_the_key() -> None:
    data = "# c\nrecord: X\ndata:\n  items:\n    - {no: A, qty: 1}\n    - no: B\n      qty: 2\n  一: 二\n".encode()
    assert locate(data, ("record",)) == Position(2, 1)
    assert locate(data, ("data", "items")) == Position(4, 3)
    assert locate(data, ("data", "items", 0)) == Position(5, 7)
    assert locate(data, ("data", "items", 0, "qty")) == Position(5, 15)
    assert locate(data, ("data", "items", 1, "qty")) == Position(7, 7)
    assert locate(data, ("data", "一")) == Position(8, 3)
    assert locate(data, ("data", "items", 1, "missing")) == Position(6, 7)
    assert locate(data, ("data", "missing")) == Position(3, 1)
    assert locate(data, ("data", "items", 7)) == Position(4, 3)
    assert locate(data, ()) == Position(1, 1)
    assert locate(b"not: [yaml", ("not",)) == Position(1, 1)


def test_what_is_let_through_unseen_is_allowed_and_normal_in_any_order() -> None:
    usual = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000 and _USUAL.fullmatch(chr(c))]
    assert len(usual) > 20_000
    assert not _FORBIDDEN.intersection(usual)
    for mark in usual:
        assert unicodedata.is_normalized("NFC", mark)
        assert unicodedata.is_normalized("NFC", f"e{mark}e")  # a character that combines is "perhaps" normal: asked for
        assert unicodedata.normalize("NFC", f"e{mark}") == f"e{mark}" and not unicodedata.combining(mark)


@pytest.mark.parametrize("hidden", ["\u00ad", "\u034f", "\u2061", "\u3164", "\uffa0", "\ufff9", "\U000e0041", "\u202e"])
def test_what_no_page_shows_may_not_stand_in_a_file(hidden: str) -> None:
    """Whoever approves would not see it; some readers and programs do."""
    for text in (f"a: b{hidden}c\n", f'a: "b\\U{ord(hidden):08x}c"\n', f"# {hidden}\na: b\n"):
        assert [problem.slug for problem in parse_yaml(text.encode()).problems] == ["forbidden-character"]
    assert parse_yaml("a: ❤\ufe0f 葛\U000e0100 ᠠ\u180b\n".encode()).problems == ()  # these choose the form of a letter


def test_a_regulation_cannot_bring_in_by_reference_what_may_not_stand_in_it() -> None:
    assert markdown().render("a&#x202e;b&#0;c&zwj;&#10;").strip() == "<p>a&amp;#x202e;b&amp;#0;c&amp;zwj;&amp;#10;</p>"
