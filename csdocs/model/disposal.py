"""What stays of a record that was disposed of at the end of its retention (ISO 15489-1: disposition)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from csdocs.model.identifier import FormId, Sha256
from csdocs.model.place import STUB
from csdocs.model.shape import Shape

COLUMNS = ("number", "sha256")  # of the table that a disposing form lists records in


class StubFile(Shape):
    file: Annotated[str, StringConstraints(pattern=r"^[^/\\]+\.yaml$")]  # beside the stub, where it may be removed
    sha256: Sha256


class Stub(Shape):
    """`<ID>.gone.yaml`. `files`: the record and its amendments in their order; `disposition`: path of the record that disposed."""

    record: str
    form: FormId
    files: Annotated[tuple[StubFile, ...], Field(min_length=1)]
    disposition: Annotated[str, StringConstraints(pattern=r"^records/.+\.yaml$")]

    @property
    def latest(self) -> StubFile:
        """It names the digest of the file that it amends, and so on: this digest stands for all of them."""
        return self.files[-1]


def stub_path(record_path: str, id: str) -> str:
    return f"{record_path.rpartition('/')[0]}/{id}{STUB}"
