"""Which files of a workspace are read into which shape."""

from collections.abc import Mapping

from csdocs.model.calendar import Calendar
from csdocs.model.person import Register
from csdocs.model.place import CONFIG
from csdocs.model.seal import REVOKED_SEALS, RevokedSeals
from csdocs.model.shape import Shape
from csdocs.model.workspace import (
    CALENDAR,
    MANUAL,
    ORGANISATION,
    PEOPLE,
    STAGES,
    WAIVERS,
    Manual,
    Settings,
    Stages,
    Waivers,
)

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
