"""A Receipt: a person's signed statement about exact bytes of controlled files."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from csdocs.model.control import Count
from csdocs.model.identifier import ControlledId, PostId, Sha256, StaffNumber
from csdocs.model.place import OPENING, RECEIPTS
from csdocs.model.shape import Moment, Shape
from csdocs.model.text import COMMA, Text, same

RECEIPT_NAMESPACE = "csdocs-receipt"

Meaning = Literal["submit", "approve", "reject", "no-change", "acknowledge", "open", "emergency"]

# of receipts of version 1: they are signed, so none of them ever changes
_STATEMENTS: Mapping[Meaning, Text] = {
    "submit": Text("本人起草，提交 {what} 供审批", "I drafted {what} and submit it for approval"),
    "approve": Text("本人已审阅，批准 {what}", "I have read and approve {what}"),
    "reject": Text("本人已审阅，不批准 {what}", "I have read and do not approve {what}"),
    "no-change": Text("本人已复审 {what}，无需修改", "I have reviewed {what}; no change is needed"),
    "acknowledge": Text("本人已阅读并知悉 {what}", "I have read and taken note of {what}"),
    "open": Text(
        "本人以根密钥批准清单所列全部文件，工作区自此正式启用",
        "With a root key I approve all files listed; the workspace is open from here on",
    ),
    "emergency": Text(
        "紧急情况下，本人以根密钥单独批准 {what}", "In an emergency I alone approve {what} with a root key"
    ),
}

MEANING_WORDS: Mapping[Meaning, Text] = {
    "submit": Text("起草提交", "Submitted"),
    "approve": Text("批准", "Approved"),
    "reject": Text("不批准", "Rejected"),
    "no-change": Text("复审无修改", "Reviewed, no change"),
    "acknowledge": Text("阅读确认", "Taken note of"),
    "open": Text("启用批准", "Approved on opening"),
    "emergency": Text("紧急批准", "Emergency approval"),
}


class FileState(Shape):
    """Bytes of a controlled file; documents and forms also have a revision."""

    sha256: Sha256
    revision: Count | None = None


class Target(Shape):
    """From which approved state to which bytes. `from` is absent for a file that had none."""

    path: str
    document: ControlledId | None = None
    from_: FileState | None = Field(default=None, alias="from")
    to: FileState

    @property
    def words(self) -> Text:
        said, number = self.document or self.path, self.to.revision
        return Text(f"{said} 第{number}版", f"{said} revision {number}") if number else same(said)


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


def stated(meaning: Meaning, covers: Sequence[Target]) -> Text:
    """The sentence that a receipt of this meaning is signed under; the Chinese one stands in the file."""
    what = COMMA.join(target.words for target in covers if meaning != "open")
    return _STATEMENTS[meaning].format(what=what)
