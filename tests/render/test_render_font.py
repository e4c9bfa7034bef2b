import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from csdocs.model.error import CsdocsError
from csdocs.model.place import cache_directory
from csdocs.render import font
from csdocs.render.font import FontFile, FontSet, ensure_fonts

CHARACTERS = "一〇臺灣𠮷㛃䶮①⑳㈠☐☑☒✓✔✗✘→℃㎡¥￥€—…“”《》（）・한の한ÀéΩЖ①Ⅻ\u3000\u00a0"


def read(file: FontFile) -> TTFont:
    return TTFont(BytesIO(file.path.read_bytes()), lazy=True)


def test_every_character_of_office_life_has_a_glyph(fonts: FontSet) -> None:
    covered = {code for file in fonts.files for code in read(file).getBestCmap()}
    assert [character for character in CHARACTERS if ord(character) not in covered] == []


def test_the_whole_of_gbk_has_a_glyph(fonts: FontSet) -> None:
    covered = set(read(fonts.face(font.MAIN_FAMILY, 400)).getBestCmap())
    gbk = {chr(code) for code in range(0x4E00, 0x9FA6)}
    assert len([character for character in gbk if ord(character) not in covered]) == 0


def test_faces_are_static_and_bear_our_names(fonts: FontSet) -> None:
    for file in fonts.files:
        face = read(file)
        assert "fvar" not in face
        assert face["name"].getDebugName(1) == file.family
        assert face["OS/2"].usWeightClass == file.weight


def test_a_second_making_gives_the_same_bytes(fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSDOCS_CACHE", str(tmp_path))
    said: list[str] = []
    again = ensure_fonts(lambda message: said.append(message.zh))
    assert [file.sha256 for file in again.files] == [file.sha256 for file in fonts.files]
    assert len(said) == 2
    assert ensure_fonts(lambda message: said.append(message.zh)) == again
    assert len(said) == 2


def test_fontconfig_sees_ours_alone(fonts: FontSet) -> None:
    command = ["fc-list", "--format", "%{file}\n"]
    listed = subprocess.run(
        command, env={"FONTCONFIG_FILE": str(fonts.config)}, capture_output=True, text=True, check=True
    )
    assert sorted(listed.stdout.split()) == sorted(str(file.path) for file in fonts.files)


def test_a_broken_making_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSDOCS_CACHE", str(tmp_path))

    def broken() -> object:
        yield "csdocs Sans", 400, b"font"
        raise OSError("disk full")

    monkeypatch.setattr(font, "_cut_fonts", broken)
    with pytest.raises(CsdocsError, match="disk full"):
        ensure_fonts()
    assert list((tmp_path / "fonts").iterdir()) == []


@pytest.mark.parametrize("damage", ["csdocsSans-400.ttf", "index.json"])
def test_what_lies_there_by_halves_is_made_again(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is gone would not be missed: fontconfig takes the next best, and all is printed in bold."""
    monkeypatch.setenv("CSDOCS_CACHE", str(tmp_path))
    monkeypatch.setattr(font, "_cut_fonts", lambda: iter([("csdocs Sans", 400, b"font")]))
    file = ensure_fonts().config.parent / damage
    whole = file.read_bytes()
    for harm in (file.unlink, lambda: file.write_bytes(whole[:-1])):
        harm()
        assert ensure_fonts().files[0].path.read_bytes() == b"font"
        assert file.read_bytes() == whole
    monkeypatch.setattr(Path, "rename", failing)
    file.unlink()
    with pytest.raises(CsdocsError) as caught:
        ensure_fonts()
    assert str(file.parent) in caught.value.message.zh


def failing(*arguments: object) -> None:
    raise OSError


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/csdocs"),
        ("linux", {"CSDOCS_CACHE": "/chosen", "XDG_CACHE_HOME": "/x"}, "/chosen"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/csdocs/cache"),
        ("darwin", {}, "{home}/Library/Caches/csdocs"),
    ],
)
def test_cache_directory(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CSDOCS_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_directory().as_posix() == expected.format(home=Path.home().as_posix())


def test_a_package_without_its_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSDOCS_CACHE", str(tmp_path))
    monkeypatch.setattr(font, "_SOURCES", (("csdocs Sans", "nowhere.ttf"),))
    with pytest.raises(CsdocsError, match=r"holds no nowhere\.ttf"):
        ensure_fonts()


def test_without_the_package_of_fonts_its_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font, "PACKAGE", "csdocs-no-such-package")
    font._cache_key.cache_clear()
    with pytest.raises(CsdocsError, match="csdocs-no-such-package is missing"):
        ensure_fonts()
