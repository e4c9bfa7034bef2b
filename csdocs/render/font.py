"""The fonts of every rendition: made once from a registry package, cached, and the only ones a PDF sees.

A variable font makes WeasyPrint twenty times slower, and what a host happens to have installed makes two
builds differ. So static Regular and Bold faces are cut from the variable Noto fonts of
`justmytype-intl-cjk`, byte for byte the same each time, and a private fontconfig file shows nothing else.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from importlib import metadata, resources
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from csdocs.model.error import CsdocsError, system_words
from csdocs.model.place import cache_directory
from csdocs.model.text import Text

Progress = Callable[[Text], None]

MAIN_FAMILY = "csdocs Sans"
SYMBOL_FAMILY = "csdocs Symbols"

PACKAGE = "justmytype-intl-cjk"
# Simplified Chinese first; each of the others gives only the characters that those before it lack.
_SOURCES = (
    (MAIN_FAMILY, "notosanssc/NotoSansSC[wght].ttf"),
    ("csdocs Sans TC", "notosanstc/NotoSansTC[wght].ttf"),
    ("csdocs Sans JP", "notosansjp/NotoSansJP[wght].ttf"),
    ("csdocs Sans KR", "notosanskr/NotoSansKR[wght].ttf"),
)
_WEIGHTS = (400, 700)
_SPACES = {0x20, 0xA0, 0x3000}
# Vertical layout, variation leftovers and bitmaps: nothing a horizontal A4 page reads.
_UNUSED_TABLES = ("BASE", "HVAR", "MVAR", "STAT", "VORG", "VVAR", "vhea", "vmtx", "DSIG")
# Part of the cache key: raise it when the recipe changes.
_RECIPE = 3


class FontFile(NamedTuple):
    family: str
    weight: int
    path: Path
    sha256: str


class FontSet(NamedTuple):
    files: tuple[FontFile, ...]
    config: Path
    """A fontconfig file that shows these files and no others."""

    def face(self, family: str, weight: int) -> FontFile:
        """The file that fontconfig picks for the family; a family without Bold gives its Regular."""
        own = [file for file in self.files if file.family == family]
        return min(own, key=lambda file: abs(file.weight - weight))

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(file.family for file in self.files))


def ensure_fonts(progress: Progress = lambda message: None) -> FontSet:
    """The fonts, from the cache or made now (about two seconds, 50 MB)."""
    directory = font_directory()
    try:
        if not _is_whole(directory):
            progress(Text("首次使用：正在制作打印字体，请稍候……", "First use: making the print fonts …"))
            _make_directory(directory)
            progress(Text(f"打印字体已就绪：{directory}", f"The print fonts are ready: {directory}"))
            _font_set.cache_clear()
        return _font_set(directory)
    except OSError as error:
        raise CsdocsError(
            Text("字体缓存不可用：{directory}：{why}", "the font cache cannot be used: {directory}: {why}").format(
                directory=directory, why=system_words(error)
            ),
            Text(
                "核对磁盘空间和权限，或用环境变量 CSDOCS_CACHE 另选一个可写的目录",
                "look at disk space and permissions, or choose a folder you may write to with CSDOCS_CACHE",
            ),
        ) from None


def fonts_are_made() -> bool:
    """Whether they lie there whole, so that nothing need be written to print."""
    directory = font_directory()
    return _is_whole(directory) and _is_config_of(directory)


def font_directory() -> Path:
    """Where the fonts of these versions lie, or will. Raises where the package that they are cut from is missing."""
    return cache_directory() / "fonts" / _cache_key()


def _is_whole(directory: Path) -> bool:
    """Whether every font lies there as long as it was written; a full disk or whoever tidies up leaves less.

    One that is missing would not be missed: fontconfig takes the next best, and prints all in bold.
    """
    try:
        return all((directory / row["name"]).stat().st_size == row["bytes"] for row in _index(directory))
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=4)
def _font_set(directory: Path) -> FontSet:
    return FontSet(_read_index(directory), _write_config(directory))


@cache
def _cache_key() -> str:
    return "-".join((f"r{_RECIPE}", *map(_version, (PACKAGE, "uharfbuzz", "fonttools"))))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        raise CsdocsError(
            Text(f"没有 {package}，无从制作打印字体", f"{package} is missing: the print fonts are made from it"),
            Text(f"安装：pip install {package}", f"pip install {package}"),
        ) from None


def _make_directory(directory: Path) -> None:
    """Build beside the final place and rename: a reader finds all fonts or none, whoever else builds."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=directory.parent))
    try:
        index = []
        for family, weight, data in _cut_fonts():
            name = f"{family.replace(' ', '')}-{weight}.ttf"
            (building / name).write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            row = {"family": family, "weight": weight, "name": name, "bytes": len(data), "sha256": digest}
            index.append(row)
        (building / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")
        if not _is_whole(directory):
            shutil.rmtree(directory, ignore_errors=True)
        with suppress(OSError):
            building.rename(directory)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    if not _is_whole(directory):
        raise CsdocsError(
            Text(f"无法写入字体缓存：{directory}", f"the font cache cannot be written: {directory}"),
            Text(
                "删除该目录后重试，或用环境变量 CSDOCS_CACHE 另选位置",
                "delete that folder, or choose another with CSDOCS_CACHE",
            ),
        )


def _cut_fonts() -> Iterator[tuple[str, int, bytes]]:
    import uharfbuzz

    from csdocs.render.symbol import build_symbol_font

    covered: set[int] = set()
    for family, path in _SOURCES:
        face = uharfbuzz.Face(_source_bytes(path))
        own = set(face.unicodes)
        # Pango draws a space between two such characters from the same font.
        wanted = (own - covered) | (own & _SPACES)
        covered |= own
        for weight in _WEIGHTS:
            yield family, weight, _named(_instance(face, wanted, weight), family, weight)
    yield SYMBOL_FAMILY, _WEIGHTS[0], build_symbol_font(SYMBOL_FAMILY)


def _source_bytes(path: str) -> bytes:
    source = resources.files("justmytype_intl_cjk") / "fonts" / "ofl" / path
    if not source.is_file():
        version = _version(PACKAGE)
        raise CsdocsError(
            Text(
                f"字体包 {PACKAGE} {version} 中没有 {path}",
                f"the font package {PACKAGE} {version} holds no {path}",
            ),
            Text(f"重新安装 {PACKAGE}", f"install {PACKAGE} again"),
        )
    return source.read_bytes()


def _instance(face: Any, characters: set[int], weight: int) -> bytes:
    import uharfbuzz

    request = uharfbuzz.SubsetInput()
    request.unicode_set.update(characters)
    request.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES)
    request.pin_axis_location(face, "wght", weight)
    request.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.SET_OVERLAPS_FLAG
    return bytes(uharfbuzz.subset(face, request).blob.data)


def _named(data: bytes, family: str, weight: int) -> bytes:
    """The font under our own name, so that a Noto installed on the host can never be taken for it."""
    from fontTools.ttLib import TTFont

    bold = weight >= 600
    style = "Bold" if bold else "Regular"
    font = TTFont(BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    kept = [record for record in font["name"].names if record.nameID in (0, 5, 13, 14)]
    font["name"].names = kept
    full = f"{family} {style}"
    for name_id, value in {1: family, 2: style, 3: full, 4: full, 6: full.replace(" ", "-")}.items():
        font["name"].setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def _read_index(directory: Path) -> tuple[FontFile, ...]:
    rows = _index(directory)
    return tuple(FontFile(row["family"], row["weight"], directory / row["name"], row["sha256"]) for row in rows)


def _index(directory: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((directory / "index.json").read_text(encoding="utf-8"))
    return rows


_CONFIG = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
  <match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>
</fontconfig>
"""


def _write_config(directory: Path) -> Path:
    path = _config_path(directory)
    if not _is_config_of(directory):
        handle, name = tempfile.mkstemp(dir=directory)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(_config(directory))
        os.replace(name, path)
    return path


def _config_path(directory: Path) -> Path:
    return directory / "fonts.conf"


def _config(directory: Path) -> str:
    return _CONFIG.format(fonts=escape(str(directory)), cache=escape(str(directory / "scan")))


def _is_config_of(directory: Path) -> bool:
    """Whether the file is there, and of this folder: a cache may have been moved."""
    path = _config_path(directory)
    return path.is_file() and path.read_text(encoding="utf-8") == _config(directory)
