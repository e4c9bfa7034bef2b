"""What the printed manual holds, worked out from files alone, so that it can be said of any state of history."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from csdocs.load.rulebook.form_file import stated_id
from csdocs.load.rulebook.profile import codes_of, stated_profiles
from csdocs.model.control import GENERAL
from csdocs.model.document import ControlBlock
from csdocs.model.place import CONFIG, DOCUMENTS, FORMS, MANUAL
from csdocs.model.workspace import Manual, Settings
from csdocs.parse.document import parse_front
from csdocs.parse.shape import read_shape


def manual_contents(files: Mapping[str, bytes]) -> dict[str, str]:
    """Paths by id of everything that is printed: documents in the order of the manual, then the forms by id."""
    manual: Manual | None = read_shape(Manual, files[MANUAL]).value if MANUAL in files else None
    if manual is None:
        return {}
    settings: Settings | None = read_shape(Settings, files[CONFIG]).value if CONFIG in files else None
    codes = codes_of(settings) if settings else frozenset(GENERAL)
    found = dict(_documents(files, manual, codes))
    return found | dict(sorted(_forms(files, codes))) if "forms" in manual.appendices else found


def _documents(files: Mapping[str, bytes], manual: Manual, codes: frozenset[str]) -> Iterator[tuple[str, str]]:
    paths = {PurePosixPath(path).stem: path for path in files if path.startswith(DOCUMENTS) and path.endswith(".md")}
    for id in (id for part in manual.parts for id in (part.document, *part.contains)):
        control = _control(files[paths[id]]) if id in paths else None
        if control is not None and not codes.isdisjoint(control.profile):
            yield id, paths[id]


@lru_cache(maxsize=512)
def _control(data: bytes) -> ControlBlock | None:
    return parse_front(data).control


def _forms(files: Mapping[str, bytes], codes: frozenset[str]) -> Iterator[tuple[str, str]]:
    """By the two lines that matter: a history of forms is too long to read whole."""
    for path, data in files.items():
        stated = stated_id(data) if path.startswith(FORMS) and path.endswith(".yaml") else None
        if stated and not codes.isdisjoint(stated_profiles(data)):
            yield stated, path
