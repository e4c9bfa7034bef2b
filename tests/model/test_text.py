"""Words in two languages, and what is filled into them."""

import pytest

from csdocs.model.text import Text


@pytest.mark.parametrize(("count", "english"), [(0, "0 files of A"), (1, "1 file of A"), (2, "2 files of A")])
def test_a_plural_is_spelled_in_english_only(count: int, english: str) -> None:
    text = Text("{where}有 {count} 份文件", "{count} file{count:s} of {where}")
    assert text.format(count=count, where=Text("甲", "A")) == Text(f"甲有 {count} 份文件", english)


def test_a_count_is_still_a_number() -> None:
    assert Text("{count:,}", "{count:,} file{count:s}").format(count=1234) == Text("1,234", "1,234 files")
