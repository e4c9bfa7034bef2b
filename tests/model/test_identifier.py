"""An id has one spelling: what looks like it in another script, or is longer, is another id."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from csdocs.model import identifier

GOOD = {
    "DocumentId": ["REG-HANDOVER", "HB-01"],
    "FormId": ["F-HANDOVER"],
    "ControlledId": ["REG-A1", "HB-10", "F-A1"],
    "Citation": ["REG-HANDOVER/3", "HB-01/120"],
    "PostId": ["R-DEPTMGR"],
    "DepartmentId": ["D-CS"],
    "StaffNumber": ["S1023", "Q00000001"],
    "Sha256": ["0f" * 32],
}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def test_every_kind_of_id_is_tried() -> None:
    kinds = {name for name, value in vars(identifier).items() if hasattr(value, "__metadata__")}
    assert kinds == GOOD.keys()


@pytest.mark.parametrize(("kind", "id"), [(kind, id) for kind, ids in GOOD.items() for id in ids])
def test_an_id_is_taken_as_it_is_spelled_and_in_no_other_way(kind: str, id: str) -> None:
    shape: TypeAdapter[Any] = TypeAdapter(getattr(identifier, kind))
    assert shape.validate_python(id) == id
    others = {id.lower(), id.upper(), id.translate(FULL_WIDTH), f"{id}\n", f" {id}", f"{id}/"} - {id}
    for other in others:
        with pytest.raises(ValidationError):
            shape.validate_python(other)
