"""A Receipt: a person's signed statement about exact bytes of controlled files."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from csdocs.model.control import Count, PostId, StaffNumber
from csdocs.model.place import OPENING, RECEIPTS
from csdocs.model.shape import Moment, Shape

RECEIPT_NAMESPACE = "csdocs-receipt"

Meaning = Literal["submit", "approve", "reject", "no-change", "acknowledge", "open", "emergency"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
CONTROLLED_ID = r"^(?:REG-[A-Z0-9-]{2,24}|HB-[0-9]{2}|F-[A-Z0-9]{2,24})$"


class State(Shape):
    """Bytes of a controlled file; documents and forms also have a revision."""

    sha256: Sha256
    revision: Count | None = None


class Target(Shape):
    """From which approved state to which bytes. `from` is absent for a file that had none."""

    path: str
    document: Annotated[str, StringConstraints(pattern=CONTROLLED_ID)] | None = None
    from_: State | None = Field(default=None, alias="from")
    to: State


class Receipt(Shape):
    receipt: Literal["1"]
    workspace: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    meaning: Meaning
    statement: str
    covers: Annotated[tuple[Target, ...], Field(min_length=1)]
    person: StaffNumber
    post: PostId
    at: Moment
    comment: str | None = None
    policy_sha256: Sha256 | None = None  # what the signer saw; evidence, not a condition

    def target(self, path: str) -> Target | None:
        return next((target for target in self.covers if target.path == path), None)


def receipt_folder(target: Target) -> str:
    """Where receipts about these bytes lie: by document and revision, or by path and digest."""
    if target.document is not None and target.to.revision is not None:
        return f"{RECEIPTS}{target.document}/r{target.to.revision}"
    return f"{RECEIPTS}{target.path.replace('/', '.')}/{target.to.sha256[:16]}"


def receipt_path(receipt: Receipt) -> str:
    """The file of a receipt; its signature is the same with `.sig`."""
    if receipt.meaning == "open":
        return f"{OPENING}{receipt.person}-open.yaml"
    name = f"{receipt.person}-{receipt.meaning}"
    if receipt.meaning == "no-change":
        name += f"-{receipt.at.date().isoformat()}"
    return f"{receipt_folder(receipt.covers[0])}/{name}.yaml"
