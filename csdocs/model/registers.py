"""Which files of a workspace are read into which shape, and which are known at all."""

from collections.abc import Mapping

from csdocs.model.calendar import Calendar
from csdocs.model.person import Register
from csdocs.model.place import (
    CALENDAR,
    CHECKS,
    CONFIG,
    DOCUMENTS,
    FORMS,
    GROUPS,
    MANUAL,
    OF_GIT,
    ORGANISATION,
    PEOPLE,
    PRINT,
    QUERIES,
    RECEIPTS,
    REPORTS,
    SEAL,
    STAGES,
    WAIVERS,
)
from csdocs.model.seal import REVOKED_SEALS, RevokedSeals
from csdocs.model.shape import Shape
from csdocs.model.workspace import Manual, Settings, Stages, Waivers

REGISTERS: Mapping[str, type[Shape]] = {
    CONFIG: Settings,
    PEOPLE: Register,
    ORGANISATION: Register,
    CALENDAR: Calendar,
    WAIVERS: Waivers,
    MANUAL: Manual,
    STAGES: Stages,
}
"""Who, where, when and by which policy: what every judgement rests on."""

SHAPES: Mapping[str, type[Shape]] = {**REGISTERS, REVOKED_SEALS: RevokedSeals}
# folders, and how the names of files in them end: what ends otherwise would never be read, and nobody would know
_CLASSES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(DOCUMENTS, (".md",)),
    RECEIPTS: (".yaml", ".yaml.sig"),
    **dict.fromkeys((FORMS, GROUPS, REPORTS), (".yaml",)),
    **dict.fromkeys((CHECKS, QUERIES), (".sql",)),
    **dict.fromkeys((SEAL, PRINT), ("",)),
}


def is_classified(path: str) -> bool:
    """Whether a controlled file is of a class that the policy knows. What is hidden among them nobody would be shown."""
    return path in SHAPES or path in OF_GIT or _is_of_a_class(path)


def _is_of_a_class(path: str) -> bool:
    endings = next((endings for folder, endings in _CLASSES.items() if path.startswith(folder)), ())
    return path.endswith(endings) and "/." not in path
