"""What is said of YAML that cannot be read: the line where somebody went wrong, and what to do there."""

import time

import pytest

from csdocs.parse.yamltext import parse_yaml

GOOD = """\
record: HF-1
data:
  date: 2026-12-01
  room: "303"
  items:
    - {no: 1, what: 上衣}
    - no: 2
      what: 裤子
  note: |-
    多行
    文字
  guest: 丙
signed: x
"""
BLUNDERS = [
    ("  room: ", "  room：", "4:7", "冒号是全角"),
    ('  room: "', '  room:"', "4:8", "缺一个空格"),
    ("  guest: 丙", "  guest:丙", "12:9", "缺一个空格"),
    ('"303"', '"303', "4:9", "“room”的引号不成对"),
    ('"303"', '"303"号', "4:9", "“room”的引号不成对"),
    ("丙", "丙: 两人", "12:11", "还有一个冒号"),
    ("丙", "*丙", "12:10", "“guest”的值以符号开头"),
    ("丙", "@丙", "12:10", "“guest”的值以符号开头"),
    ("  guest", "   guest", "12:4", "这一行缩进 3 格"),
    ("  guest", " guest", "12:2", "这一行缩进 1 格"),
    ("  room", "    room", "4:5", "这一行缩进 4 格，上一行 2 格"),
    ("  room", "\u3000\u3000room", "4:1", "全角空格"),
    ("      what: 裤子", "     what: 裤子", "8:6", "这一行缩进 5 格"),
    ("no: 1, what", "no: 1，what", "6:13", "“what”前面的逗号是全角"),
    ("上衣}", "上衣", "6:5", "括号不成对"),
    ("what: 上衣}", "what: 上衣?}", "6:23", "“what”的值带有问号或冒号"),
    ("what: 上衣}", "what: 上: 衣}", "6:22", "“what”的值带有问号或冒号"),
    ("what: 上衣}", "what: 上{衣}}", "6:22", "“what”的值里有括号"),
    ("    - {no", "      - {no", "7:5", "这一行缩进 4 格，上一行 6 格"),
    ("signed: x", "- x", "13:1", "这里应当是“键: 值”"),
]


@pytest.mark.parametrize(("right", "wrong", "place", "words"), BLUNDERS)
def test_the_line_and_the_mistake_are_named(right: str, wrong: str, place: str, words: str) -> None:
    assert parse_yaml(GOOD.encode()).problems == ()
    (problem,) = parse_yaml(GOOD.replace(right, wrong, 1).encode()).problems
    assert problem.slug == "not-yaml"
    assert words in problem.values["reason"].zh
    assert problem.values["cure"].zh and problem.values["cure"].en
    assert f"{problem.at.line}:{problem.at.col}" == place


@pytest.mark.parametrize("line", ["a: [" + "{，" * 200_000, 'a: "' + '" x' * 200_000, "a: b" + ": " * 200_000])
def test_a_long_line_takes_no_time(line: str) -> None:
    started = time.process_time()
    assert [problem.slug for problem in parse_yaml(f"{line}\n".encode()).problems] == ["not-yaml"]
    assert time.process_time() - started < 3
