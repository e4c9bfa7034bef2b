"""`csdocs.yaml`: what marks a git work tree as a workspace and holds for all of it."""

import datetime as dt
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, StringConstraints

from csdocs.model.control import GENERAL, ProfileCode
from csdocs.model.identifier import Citation, FormId, StaffNumber
from csdocs.model.policy import Policy
from csdocs.model.shape import Day, Flag, Label, Moment, Shape, unexpected


class RootKey(Shape):
    """A key of the root of trust: approves register and policy, opens the workspace, acts alone in an emergency."""

    person: StaffNumber
    public: str


def _time_zone(value: object) -> object:
    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError):
        raise unexpected("时区名称，如 Asia/Shanghai", "the name of a time zone such as Asia/Shanghai") from None


TimeZone = Annotated[str, BeforeValidator(_time_zone)]


BranchName = Annotated[str, StringConstraints(pattern=r"^\w[\w./-]*$")]


class Settings(Shape):
    """The id is random and never changes: it ties every signature to this workspace."""

    workspace: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    organisation: Label
    languages: Annotated[tuple[Literal["zh", "en"], ...], Field(min_length=1)] = ("zh", "en")
    time_zone: TimeZone = "Asia/Shanghai"
    profiles: Annotated[tuple[ProfileCode, ...], Field(min_length=1)] = GENERAL
    demo: Flag = False
    clock: Moment | None = None  # a reference workspace stands still in time
    main_branch: BranchName | None = None  # where git cannot tell it
    root_keys: tuple[RootKey, ...] = ()
    review: Policy = Policy()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class ManualPart(Shape):
    document: str
    contains: tuple[str, ...] = ()


class Manual(Shape):
    """`manual.yaml`: parts and order of the printed manual."""

    title: Label
    parts: Annotated[tuple[ManualPart, ...], Field(min_length=1)]
    appendices: tuple[Literal["forms", "roles", "parameters", "revisions"], ...] = ()


class Stage(Shape):
    """A stage of service for which there must be rules and forms."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
    title: Label
    clauses: tuple[Citation, ...] = ()
    forms: tuple[FormId, ...] = ()


class Stages(Shape):
    """`coverage.yaml`: the stages that `csdocs coverage` insists on."""

    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]


class Waiver(Shape):
    """A recorded exception: a finding that somebody with authority accepts until a day."""

    code: str
    path: str
    reason: str
    approver: StaffNumber
    expires: Day  # last day it counts


class Waivers(Shape):
    waivers: tuple[Waiver, ...] = ()

    def cover(self, code: str, path: str, day: dt.date) -> bool:
        return any(w.code == code and w.path == path and day <= w.expires for w in self.waivers)
