"""Where a register does not say who somebody is: one number, or one key, for two people."""

from collections.abc import Iterator

from csdocs.model.finding import Problem
from csdocs.model.person import Register
from csdocs.model.place import PEOPLE
from csdocs.trust.ssh import key_blob


def ambiguities(register: Register) -> Iterator[Problem]:
    """At the later entry of each."""
    numbers: set[str] = set()
    hands: dict[bytes, str] = {}
    for index, person in enumerate(register.people):
        if person.staff_no in numbers:
            yield Problem(
                "staff-number-twice", ("people", index, "staff_no"), {"path": PEOPLE, "staff": person.staff_no}
            )
        numbers.add(person.staff_no)
        for place, key in enumerate(person.keys):
            first = hands.setdefault(key_blob(key.public), person.staff_no)
            if first != person.staff_no:
                values = {"path": PEOPLE, "staff": person.staff_no, "other": first}
                yield Problem("key-of-two-people", ("people", index, "keys", place), values)
