"""By what the records of one day are judged that name the same revision of a form: all that no record says of itself."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from csdocs.load.once import once
from csdocs.load.rulebook.compiled import CompiledForm
from csdocs.load.rulebook.revision import Revision
from csdocs.model.field import read_duration
from csdocs.model.form import Form
from csdocs.model.person import Staff
from csdocs.store import disk

if TYPE_CHECKING:
    from csdocs.load.rulebook.parameters import Parameters
    from csdocs.load.workspace import Workspace


class Terms:
    """Lazy and read-only. `id` and `revision` are those that the records name, whether or not it was in force."""

    def __init__(
        self,
        workspace: "Workspace",
        id: str,
        form: Form,
        revision: Revision,
        day: dt.date,
        made: dt.datetime | None = None,
    ) -> None:
        """`made`: when the records were, on a day in the midst of which parameters changed."""
        self.workspace = workspace
        self.id = id
        self.form = form
        self.revision = revision
        self.day = day
        self._made = made
        self.strangers: set[str] = set()  # who was asked for, and is not in the register
        self._people: dict[str, Staff] = {}

    @once
    def parameters(self) -> "Parameters":
        return self.workspace.parameters_on(self.day, self._made)

    @once
    def compiled(self) -> CompiledForm:
        return self.workspace.compiled(self.form, self.revision, self.parameters)

    @once
    def in_force(self) -> Revision | None:
        found = self.workspace.form_in_force(self.id, self.day)
        return found[1] if found else None

    @once
    def may_be_named(self) -> bool:
        """Whether the revision was in force, or was until another came into force on the very day it landed: who filled in a form that
        morning could not know of it."""
        return any(each.number == self.revision.number for each in self.workspace.forms_on(self.id, self.day))

    @once
    def in_use(self) -> bool:
        return self.workspace.was_in_use(self.form, self.day, self.day)

    @once
    def folder(self) -> str:
        """Where the records belong: `records/<form>/<yyyy>/<mm>[/<dd>]`."""
        year, month, day = self.day.isoformat().split("-")
        place = f"{year}/{month}/{day}" if self.form.layout == "day" else f"{year}/{month}"
        return f"{disk.RECORDS}/{self.form.directory}/{place}"

    @once
    def latest_landing(self) -> dt.datetime | None:
        """By when the repository is to have a first entry; None where there is no limit."""
        if self.form.late_entry is None:
            return None
        midnight = dt.datetime.combine(self.day + dt.timedelta(1), dt.time(), self.workspace.settings.zone)
        return midnight + read_duration(self.form.late_entry)

    @once
    def latest_landing_time(self) -> float:
        """The same as Unix time."""
        return math.inf if self.latest_landing is None else self.latest_landing.timestamp()

    @once
    def fixed(self) -> Mapping[str, Any]:
        """Values of expressions that read parameters alone, by name; what has none fails for each record anew."""
        return self.compiled.fixed(self.parameters.values, self.workspace.runtime)

    @once
    def kind(self) -> tuple[object, ...]:
        """The same for all days on which the same is asked of the records of a compiled form."""
        return self.id, self.revision.number, self.in_force and self.in_force.number, self.may_be_named, self.in_use

    def staff(self, number: str) -> Staff:
        """A person as of the day; somebody unknown holds no post."""
        if number not in self._people:
            person = self.workspace.register.person.get(number)
            if person is None:
                self.strangers.add(number)
            self._people[number] = person.on(self.day) if person else Staff(number, (), self.day)
        return self._people[number]
