"""Where in the sources a character stands that no print font holds."""

import re
from collections.abc import Iterable, Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.place import is_attachment
from csdocs.render.pdf import MissingGlyph
from csdocs.store import disk

_NEWLINE = b"\n"


def with_places(missing: MissingGlyph, workspace: Workspace, paths: Iterable[str]) -> MissingGlyph:
    """The same trouble with `path:line` for each character that is found; `paths` are looked at first."""
    found: dict[str, str] = {}
    for path, data in _sources(workspace, tuple(paths)):
        for character in set(missing.characters) - found.keys():
            if match := _spelled(character).search(data):
                found[character] = f"{path}:{data[: match.start()].count(_NEWLINE) + 1}"
        if len(found) == len(missing.characters):
            break
    return MissingGlyph(missing.characters, found)


def _sources(workspace: Workspace, paths: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """What is printed, the registers, forms and documents it draws on, then its neighbours: amendments lie there."""
    for path in filter(_is_text, paths):
        yield path, disk.read(workspace.root, path)
    yield from sorted((path, data) for path, data in workspace.files.items() if path not in paths)
    folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
    for neighbour in (each for folder in folders for each in disk.files_below(workspace.root, folder)):
        if _is_text(neighbour) and neighbour not in workspace.files and neighbour not in paths:
            try:
                yield neighbour, disk.read(workspace.root, neighbour)
            except CsdocsError:
                continue


def _is_text(path: str) -> bool:
    """A picture holds the bytes of any character by chance."""
    return not is_attachment(path)


def _spelled(character: str) -> re.Pattern[bytes]:
    """As itself, as an escape of YAML."""
    code = ord(character)
    escapes = rb"(?i:\\U%08x|\\u%04x|\\x%02x)" % (code, code, code)
    return re.compile(re.escape(character.encode()) + b"|" + escapes)
