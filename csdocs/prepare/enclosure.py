"""Files that are enclosed with a record: what the record says of them, and where they come to lie."""

import hashlib
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.place import ATTACHMENTS
from csdocs.model.text import Text
from csdocs.store import disk


class Enclosure(NamedTuple):
    """A file that stands where the record will list it."""

    name: str
    data: bytes

    @property
    def listed(self) -> dict[str, str]:
        return {"name": self.name, "sha256": hashlib.sha256(self.data).hexdigest(), "bytes": str(len(self.data))}


def enclose(place: str, folder: Path, most: int) -> Enclosure:
    """The file that somebody named; `folder`: where a relative path starts, `most`: bytes that the field takes."""
    path = folder / os.path.expanduser(place.strip().strip("'\""))  # a file dragged onto a terminal comes in quotes
    if not path.is_file():
        raise CsdocsError(
            Text("没有文件 {path}", "there is no file {path}").format(path=path),
            Text("核对文件名和所在文件夹", "check its name and folder"),
        )
    size = path.stat().st_size
    if size > most:
        raise CsdocsError(
            Text(
                "{path} 有 {size} 字节，最多 {limit} 字节", "{path} has {size} bytes; at most {limit} are taken"
            ).format(path=path, size=f"{size:,}", limit=f"{most:,}"),
            Text(
                "压缩后再附，或者存放在别处，在记录里写明存放的位置",
                "make it smaller, or keep it elsewhere and say in the record where",
            ),
        )
    return Enclosure(unicodedata.normalize("NFC", path.name), path.read_bytes())


def listed(value: Any, enclosed: list[Enclosure]) -> Any:
    """Fields as the record writes them; the files among their values go to `enclosed`."""
    if isinstance(value, Enclosure):
        enclosed.append(value)
        return value.listed
    if isinstance(value, dict):
        return {key: listed(each, enclosed) for key, each in value.items()}
    return [listed(each, enclosed) for each in value] if isinstance(value, list) else value


def lay_beside(root: Path, record: str, enclosed: Sequence[Enclosure]) -> list[Path]:
    """Puts files into the folder of a record (`record`: the path of its YAML). What it had to write."""
    folder = record.removesuffix(".yaml").partition(".a")[0] + ATTACHMENTS
    written: list[Path] = []
    for each in enclosed:
        place = root / folder / each.name
        if place.exists() and place.read_bytes() == each.data:
            continue
        if place.exists():
            take_away(written)
            raise CsdocsError(
                Text("已有另一个附件叫 {name}", "another attachment is called {name}").format(name=each.name),
                Text("给要附加的文件改个名字再试", "give the file another name and try again"),
            )
        disk.write(root, f"{folder}/{each.name}", each.data, was=None)
        written.append(place)
    return written


def take_away(written: Sequence[Path]) -> None:
    """Undoes `lay_beside`, and leaves no empty folder."""
    for path in written:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in written}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
