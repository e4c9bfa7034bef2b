"""Controlled Markdown: where its links stand."""

import time

from csdocs.parse.document import parse_document

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


def test_many_links_are_found_in_good_time() -> None:
    """A paragraph of ten thousand took some twenty seconds."""
    started = time.process_time()
    assert len(links(f"1. {'[a](A.md) ' * 10_000}\n")) == 10_000
    assert time.process_time() - started < 5
