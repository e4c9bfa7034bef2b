"""Files of a record on paper: pictures are shown, small files are inside, and what is wrong with one is said."""

import hashlib
import json
import shutil
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from department import Department
from PIL import Image, ImageCms
from render_common import read_pages

from csdocs.press import Press, rebuild
from csdocs.render.picture import MAX_PICTURE_BYTES, BadPicture, prepare_picture

ORIENTATION = 0x0112
RED, BLUE = (200, 0, 0), (0, 0, 200)


def picture(size: tuple[int, int], kind: str = "PNG", **options: object) -> bytes:
    """Red above, blue below."""
    drawn = Image.new("RGB", size, BLUE)
    drawn.paste(RED, (0, 0, size[0], size[1] // 2))
    out = BytesIO()
    drawn.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def lying_on_its_side() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return picture((90, 60), "JPEG", exif=exif)


def bomb() -> bytes:
    """The head of a picture of 30,000 by 30,000 pixels, with hardly any data."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


FILES = {
    "门.png": picture((600, 400)),
    "side.jpg": lying_on_its_side(),
    "bomb.png": bomb(),
    "not.png": b"GIF89a",
    "报告.pdf": b"%PDF-1.7 " + bytes(2000),
    "film.mp4": bytes(1_200_000),
    "altered.jpg": picture((60, 60), "JPEG"),
    "provenance.json": b"{}",
}


@pytest.fixture(scope="module")
def filed(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> tuple[Department, str]:
    """The department with a committed record that lists all of the files, and its path."""
    made = founded.copy(tmp_path_factory.mktemp("filed") / "department")
    path = made.new(note="x")
    listed = {**FILES, "gone.png": b"x"}
    lines = (
        f"    - {{name: {name}, sha256: {hashlib.sha256(data).hexdigest()}, bytes: {len(data)}}}\n"
        for name, data in listed.items()
    )
    made.data(path, "  note: x\n  attachments:\n" + "".join(lines))
    for name, data in FILES.items():
        made.write(f"{path.removesuffix('.yaml')}.files/{name}", data[:-9] if name == "altered.jpg" else data)
    made.commit("A record with files")
    return made, path


def test_pictures_are_shown_and_trouble_is_said(filed: tuple[Department, str]) -> None:
    department, path = filed
    data = Press(department.root, commit="HEAD").record(path).data
    first, second = read_pages(data)
    assert all(name in first for name in (*FILES, "gone.png"))
    for words in ("文件缺失", "文件内容与登记不符", "图片像素过多", "内容不是PNG或JPEG图片", "仅列名"):
        assert first.count(words) == 1, words
    assert first.count("见图") == 2
    assert "图1附件：门.png" in second
    assert "600×400px" in second
    assert "60×90px" in second
    assert hashlib.sha256(FILES["门.png"]).hexdigest()[:16] in second
    with pikepdf.open(BytesIO(data)) as pdf:
        alternatives = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert alternatives == ["附件图片，附件：门.png", "附件图片，附件：side.jpg"]
        inside = {spec.filename: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
    kept = {name.removeprefix("files/"): content for name, content in inside.items() if name.startswith("files/")}
    assert kept == {name: FILES[name] for name in FILES if name not in ("film.mp4", "altered.jpg")}
    assert json.loads(inside["provenance.json"])["rendition"] == "record"


def test_pictures_come_from_the_commit(filed: tuple[Department, str], tmp_path: Path) -> None:
    department = filed[0].copy(tmp_path / "department")
    made = Press(department.root, commit="HEAD").record(filed[1]).data
    shutil.rmtree(department.root / "records")
    assert rebuild(department.root, made).status == "ok"


def test_an_uncommitted_picture_is_said(filed: tuple[Department, str], tmp_path: Path) -> None:
    department, path = filed[0].copy(tmp_path / "department"), filed[1]
    department.write(f"{path.removesuffix('.yaml')}.files/门.png", picture((10, 10)))
    first = read_pages(Press(department.root).record(path).data)[0]
    assert "未提交的文件" in first
    assert first.count("文件内容与登记不符") == 2


def colours(data: bytes) -> list[tuple[int, ...]]:
    """Above and below."""
    shown = Image.open(BytesIO(prepare_picture(data, 400, 400).data)).convert("RGB")
    return [shown.getpixel((shown.width // 2, y)) for y in (shown.height // 4, shown.height * 3 // 4)]  # type: ignore[misc]


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_a_picture_stands_upright_and_in_its_colours() -> None:
    lying = prepare_picture(lying_on_its_side(), 400, 400)
    assert (lying.width, lying.height) == (60, 90)
    shown = Image.open(BytesIO(lying.data))
    assert shown.size == (60, 90)
    assert near(shown.getpixel((55, 45)), RED)  # type: ignore[arg-type]
    assert not shown.getexif()
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    out = BytesIO()
    clear.save(out, "PNG")
    assert colours(out.getvalue()) == [(255, 255, 255)] * 2
    deep = Image.new("I;16", (40, 40), 128 * 256)
    out = BytesIO()
    deep.save(out, "PNG")
    assert near(colours(out.getvalue())[0], (128, 128, 128))
    printer = Image.new("CMYK", (40, 40), (0, 0, 0, 255))
    out = BytesIO()
    printer.save(out, "JPEG")
    assert near(colours(out.getvalue())[0], (0, 0, 0))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert all(map(near, colours(picture((50, 50), icc_profile=profile)), (RED, BLUE)))
    assert colours(picture((50, 50), icc_profile=b"nonsense")) == [RED, BLUE]


def test_a_large_picture_is_scaled_and_a_hostile_one_refused() -> None:
    large = prepare_picture(picture((3000, 1000), "JPEG"), 300, 300)
    assert (large.width, large.height) == (3000, 1000)
    assert Image.open(BytesIO(large.data)).size == (300, 100)
    whole = picture((50, 50))
    for data in (bomb(), whole[: len(whole) // 2], whole[:20], b"", b"\x89PNG\r\n\x1a\n" + bytes(MAX_PICTURE_BYTES)):
        with pytest.raises(BadPicture):
            prepare_picture(data, 300, 300)
