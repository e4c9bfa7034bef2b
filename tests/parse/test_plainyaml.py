"""Reading plain files by line: never another tree than the parser of all YAML gives, and most files are plain."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from csdocs.parse.plainyaml import PlainReader, read_words
from csdocs.parse.yamltext import _locate_in_nodes, _parse_whole, decode, locate, parse_yaml, plain

ROOT = Path(__file__).parents[2]
RECORDS = sorted(ROOT.glob("records/**/*.yaml"))
FILES = [*RECORDS[::5], *sorted(ROOT.glob("templates/forms/*.yaml"))[::12]]
PIECES = [
    *"#:-?,[]{}&*!|>%@`~<='\"\\. \n\t0aé一（",
    *(
        " #",
        ": ",
        ":\n",
        "- ",
        "? ",
        "|-\n",
        ">-\n",
        "|2\n",
        "|+\n",
        "null",
        "~",
        "<<",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
    ),
    *("!!str ", "&a ", "*a", "{a: b}", "[a, b]", '"x"', "'y'", "\n\n", "  ", "\n  ", "\n# c\n", " # c\n", "# c"),
    *("\u3000", "\u00a0", "\u0301", "\ufeff", "\u2028", "\r\n", "\U0001f600", "key:", "key: v\n", "- a: b\n", "- c\n"),
]


def _whole(text: str) -> Any:
    """What the parser of all YAML gives for a file without problems."""
    problems = decode(text.encode())[1]
    parsed = _parse_whole(text, problems)
    return None if parsed.problems or problems else parsed.tree


def _ordered(tree: Any) -> Any:
    """Equal only where the order of keys is equal too."""
    if isinstance(tree, dict):
        return [(key, _ordered(value)) for key, value in tree.items()]
    return [_ordered(each) for each in tree] if isinstance(tree, list) else tree


def _mutants(text: str, seed: int, count: int) -> list[str]:
    dice = random.Random(seed)
    return [_mutated(dice, text) for _ in range(count)]


def _mutated(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(7):
        case 0:
            lines[here] = " " * dice.randint(1, 3) + lines[here]
        case 1:
            lines[here] = lines[here].removeprefix(" " * dice.randint(1, 3))
        case 2:
            lines[here], lines[there] = lines[there], lines[here]
        case 3:
            lines[here:here] = [lines[there]]
        case 4:
            del lines[here]
        case _:
            at = dice.randint(0, len(lines[here]))
            lines[here] = lines[here][:at] + dice.choice(PIECES) + lines[here][at + dice.choice((0, 0, 1, 2)) :]
    mutant = "".join(lines)
    return _mutated(dice, mutant) if lines and dice.random() < 0.3 else mutant


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mutated_file_is_read_alike_or_left_to_the_parser_of_all_yaml(path: Path) -> None:
    reader = PlainReader(_whole)
    for mutant in _mutants(path.read_text(), 7, 40):
        if not decode(mutant.encode())[1]:
            tree = reader.read(mutant)
            assert tree is None or _ordered(tree) == _ordered(_whole(mutant)), mutant


@pytest.mark.parametrize("brackets", ["[]", "{}", '""', "''", "|\n", "\n"])
def test_any_value_is_read_alike_or_left_to_the_parser_of_all_yaml(brackets: str) -> None:
    dice, reader = random.Random(11), PlainReader(_whole)
    pieces = [*PIECES, "a", "b c", ", ", ",\n  ", "k: v", "k: ", "-", "\\n", "\n    x", "一二"]
    for _ in range(700):
        inside = "".join(dice.choice(pieces) for _ in range(dice.randint(1, 6)))
        text = f"a: {brackets[0]}{inside}{brackets[-1]}\nb: c\n"
        if not decode(text.encode())[1]:
            tree = reader.read(text)
            assert tree is None or _ordered(tree) == _ordered(_whole(text)), text


def test_words_below_a_key_are_read_alike_or_left_to_other_readers() -> None:
    lines = "  agent: S0001\n  at: 2026-11-20T07:52+08:00\n  no: -1\n  said: 好的，1#2（三） a-b\n  done: true\n"
    assert read_words(lines.replace("  no: -1\n", "").replace("#", "")) is not None
    for mutant in _mutants(lines.replace("  no: -1\n", "").replace("#", ""), 5, 1_500):
        if not decode(mutant.encode())[1]:
            words = read_words(mutant)
            assert words is None or _ordered({"data": words}) == _ordered(_whole(f"data:\n{mutant}")), mutant


def test_every_record_and_nearly_every_form_is_plain() -> None:
    reader = PlainReader(_whole)
    assert all(reader.read(path.read_text()) for path in RECORDS)
    forms = sorted(ROOT.glob("templates/forms/*.yaml"))
    assert sum(reader.read(path.read_text()) is not None for path in forms) > 0.9 * len(forms)


@pytest.mark.parametrize(
    "text",
    [
        "a: null\n", "a: ~\n", "a:\n", "a: x\na: y\n", "a: x", "a: x \n", "a: x\n  y\n", "a: x\n  b: y\n", "a: b: c\n", "a: b:\n", "",
        "# c\n", "a: |-\n     x\n   y\n", "a: |-\n    x\n  # c\n", "a: |-\n  x\n\n  y\nb: z\n", "a:\n- b\n", "a:\n  - b\n - c\n", "- a\n",
        "a: [b\n", 'a: "b\n', "a: [null]\n", "a: {b: c, b: d}\n", "a: &x b\n", "a: !t b\n", "a: [*x]\n", "<<: {a: b}\n", "a: {<<: {b: c}}\n",
        "--- \na: b\n", "a: b\n---\nc: d\n", "a: b\n...\n", "%YAML 1.2\n---\na: b\n", "? a\n: b\n", "a: x #c\n", "a: x# c\n", "a: [b] # c\n",
        "a: b\n \nc: d\n", "a:  b\n", "a: -b\n", "a: - b\n", "a: 'b'c\n", "a: |2\n   b\n", "a: >\n  b\n  c\n", "a: |\n\n  b\n\n\nc: d\n",
        "a" * 64 + ": b\n", "a" * 65 + ": b\n", "a:\n  - - b\n", "a:\n  -\n    b: c\n", "a:\n  - b: c\n   d: e\n", "a:\n  - b: |-\n      c\n    d: e\n",
        "a:\n  b: c\n # d\n  e: f\n", "".join("  " * n + "a:\n" for n in range(20)) + "  " * 20 + "b: c\n", "a: " + "[" * 17 + "b" + "]" * 17 + "\n",
        "a:\n" + "  - b\n" * 5_001,
    ],
)  # fmt: skip
def test_a_spelling_is_read_alike(text: str) -> None:
    parsed, whole = parse_yaml(text.encode()), _parse_whole(text, ())
    assert (_ordered(parsed.tree), parsed.problems) == (_ordered(whole.tree), whole.problems)


def _routes(tree: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """To everything in a tree, and to some things that are not in it."""
    yield above
    yield (*above, "missing")
    yield (*above, 99)
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in pairs:
        yield from _routes(inner, (*above, step))
        yield (*above, "missing", step)


@pytest.mark.parametrize("path", FILES[::3], ids=lambda path: path.stem)
def test_a_key_of_a_plain_file_is_found_where_the_parser_of_all_yaml_finds_it(path: Path) -> None:
    dice = random.Random(5)
    for text in [path.read_text(), *_mutants(path.read_text(), 13, 12)]:
        tree = None if decode(text.encode())[1] else plain.read(text)
        for route in dice.sample([*_routes(tree)], 3) if tree else ():
            assert locate(text.encode(), route) == _locate_in_nodes(text.encode(), route), (route, text)


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  b: c\n # d\n  e: f\ng:\n    - h\n    - i: |-\n        - i: j\n        k: l\n      k: [m, n]\n    - {o: p}\n    # q\n    - r\n",
        '# a\n\na:\n  - a: b\n    a_b:\n      - c\n      - d\n  - a_b: a\nb: |-\n  c: d\n\n  e: f\nc: "d\n  e: f"\ne:\n  e: {f: g}\n',
    ],
)
def test_every_key_of_a_plain_text_is_found(text: str) -> None:
    tree = plain.read(text)
    assert tree is not None
    for route in _routes(tree):
        assert locate(text.encode(), route) == _locate_in_nodes(text.encode(), route), route


def test_values_that_are_kept_stay_few() -> None:
    reader = PlainReader(_whole)
    for number in range(5_000):
        assert reader.read(f"a: [{number}]\n") == {"a": [str(number)]}
    assert len(reader._enclosed) <= 4_000
