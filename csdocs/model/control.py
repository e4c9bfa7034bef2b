"""The control block: what every controlled document and form says about itself (ISO 9001, 7.5)."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from csdocs.model.change import ChangeKind
from csdocs.model.identifier import PostId, StaffNumber
from csdocs.model.shape import Day, Label, Shape, unexpected


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"0|[1-9]\d{0,5}", value, re.ASCII):
        raise unexpected("整数", "a whole number")
    return value


Count = Annotated[int, BeforeValidator(_whole), Field(ge=1)]
ProfileCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}$")]
# Industries that a document, form, post or department is for: one code or a list; any of them switches it on.
Profiles = Annotated[
    tuple[ProfileCode, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    Field(min_length=1),
]
GENERAL: Profiles = ("GEN",)


class Change(Shape):
    """One revision of a controlled file: what changed, why, and who drafted it."""

    revision: Count
    date: Day
    kind: ChangeKind
    summary: Label
    reason: Label
    drafted_by: Annotated[tuple[StaffNumber, ...], Field(min_length=1)]


class Control(Shape):
    title: Label
    revision: Count
    owner: PostId
    effective: Day
    review_every: Count  # days
    profile: Profiles = GENERAL
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]
    supersedes: str | None = None
    withdrawn: Day | None = None

    def is_withdrawn(self, day: dt.date) -> bool:
        """From the day that is stated on."""
        return self.withdrawn is not None and self.withdrawn <= day

    @property
    def entry(self) -> Change | None:
        """The one change entry of the revision; two of them would leave open which one counts."""
        entries = [change for change in self.changes if change.revision == self.revision]
        return entries[0] if len(entries) == 1 else None
