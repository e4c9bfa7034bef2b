"""Pages made to be difficult look as they did when somebody last looked at them.

`python -m tools.gallery --golden` writes the pictures again after a wanted change.
"""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from render_common import ROOT, read_pages

from tools.gallery import GOLDEN, GOLDEN_DPI, GOLDEN_PAGES, difficult
from tools.sample.difficult import DIFFICULT

# Measured: another drawing engine (cairo) differs in 0.002 of the pixels, a lost signature box in 0.008, a page moved by
# two pixels in 0.015.
MOST_DIFFERENT, FAR, BLUR = 0.004, 32, 1.5
printed = cache(difficult)
NAMES = [name for name in DIFFICULT if name != "pages-30"]


def page_picture(pdf: bytes, page: int) -> Image.Image:
    options = ["-r", str(GOLDEN_DPI), "-gray", "-f", str(page), "-l", str(page), "-singlefile"]
    done = subprocess.run(["pdftoppm", "-png", *options, "-"], input=pdf, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ clearly once both are blurred."""
    assert one.size == other.size
    soft = [picture.filter(ImageFilter.GaussianBlur(BLUR)) for picture in (one, other)]
    histogram = ImageChops.difference(*soft).histogram()
    return sum(histogram[FAR:]) / (one.width * one.height)


@pytest.mark.parametrize("name", NAMES)
def test_pages_look_as_they_did(name: str, tmp_path: Path) -> None:
    pdf = printed(name)
    for page in GOLDEN_PAGES.get(name, (1,)):
        now = page_picture(pdf, page)
        golden = Image.open(GOLDEN / f"{name}-{page}.png").convert("L")
        share = difference(now, golden)
        if share > MOST_DIFFERENT:
            now.save(tmp_path / f"{name}-{page}.png")
        assert share <= MOST_DIFFERENT, f"look at {tmp_path / f'{name}-{page}.png'}"


def test_a_very_long_record_comes_out_whole() -> None:
    pages = read_pages(printed("pages-30"))
    assert 28 <= len(pages) <= 34
    assert "第32部分" in "".join(pages)
    assert all(f"第{number}页" in page for number, page in enumerate(pages, start=1))


def test_two_hundred_rows_repeat_their_head() -> None:
    pages = read_pages(printed("rows-200"))
    rows = [page for page in pages if "会员88" in page]
    assert len(rows) > 5
    assert all("诉求与处理" in page for page in rows)
    assert all(f"会员{88000 + number}" in "".join(pages) for number in (1, 100, 200))


def test_a_lost_box_would_be_seen() -> None:
    golden = Image.open(GOLDEN / "signatures-1.png").convert("L")
    changed = golden.copy()
    changed.paste(255, (20, 120, 150, 175))
    assert difference(golden, changed) > MOST_DIFFERENT


def test_the_pictures_are_few_and_small() -> None:
    pictures = list(GOLDEN.glob("*.png"))
    assert {picture.stem.rpartition("-")[0] for picture in pictures} <= set(DIFFICULT)
    assert sum(picture.stat().st_size for picture in pictures) < 600_000
    assert not list(ROOT.glob("tests/render/gallery/*.pdf"))
