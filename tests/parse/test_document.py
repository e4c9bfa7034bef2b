"""Controlled Markdown: where its links stand."""

import time

import pytest

from csdocs.parse.document import _MARK, MOST_MARKS, parse_document

HEAD = """\
---
id: REG-TEST
title: {zh: 试验, en: Test}
revision: 1
owner: R-DEPTMGR
effective: 2026-01-01
review_every: 365
changes:
  - revision: 1
    date: 2026-01-01
    kind: major
    summary: {zh: 发布, en: Issue}
    reason: {zh: 需要, en: Need}
    drafted_by: [S1001]
summary: {zh: 供试验, en: For tests}
---
"""


def links(body: str) -> list[tuple[str, int, int]]:
    document = parse_document("handbook/regulations/REG-TEST.md", (HEAD + body).encode()).document
    assert document is not None
    first = HEAD.count("\n")
    return [(link.target, link.line - first, link.col) for link in document.links]


def test_the_same_link_again_stands_further_on() -> None:
    body = "1. 见[甲](A.md)和[甲](A.md)，\n   又见[乙](B.md)、[甲](A.md)。\n2. [甲](A.md)\n"
    assert links(body) == [("A.md", 1, 5), ("A.md", 1, 15), ("B.md", 2, 6), ("A.md", 2, 16), ("A.md", 3, 4)]


UNITS = ["[", "![", "*a", "_a", "[a](", "<a", "[a] ", "[a](b) ", "`a", "|a", "> a\n", "1. a\n", "[a]: b\n", "#", "字"]
ROOM = (1 << 20) - len(HEAD.encode()) - 100


@pytest.mark.parametrize("unit", UNITS, ids=repr)
@pytest.mark.parametrize("most", [MOST_MARKS, ROOM])
def test_no_text_of_the_size_allowed_takes_long(unit: str, most: int) -> None:
    """A mebibyte of opening brackets took twenty seconds, one of references six minutes."""
    times = min(most // max(len(_MARK.findall(unit)), unit.count("\n"), 1), ROOM // len(unit.encode())) - 10
    started = time.thread_time()
    parsed = parse_document("handbook/regulations/REG-TEST.md", f"{HEAD}\n[a]: x\n\n{unit * times}".encode())
    assert time.thread_time() - started < 15  # also where coverage is measured
    crowded = most == ROOM and unit not in "#字"
    assert (parsed.document is None, "too-much-markup" in {each.slug for each in parsed.problems}) == (crowded, crowded)
