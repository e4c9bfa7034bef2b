"""The four verdicts on a PDF, and what was read on the way to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from csdocs.model.text import Text

PROVENANCE = "provenance.json"  # the embedded file that says what the rendition was made from
Status = Literal["ok", "failed", "unknown"]


def clock(moment: datetime) -> str:
    """As the picture of a seal states its time, and as a verdict repeats it: 2026-11-20 07:52:00 +08:00."""
    offset = moment.strftime("%z")
    return f"{moment:%Y-%m-%d %H:%M:%S} {offset[:3]}:{offset[3:5]}"


class Verdict(NamedTuple):
    status: Status
    sentence: Text


class EmbeddedFile(NamedTuple):
    name: str
    sha256: str
    size: int
    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What was read; to be believed only as far as the verdicts go."""

    signer_name: str = ""
    certificate_sha256: str = ""
    root_sha256: str = ""
    """Of the reader's root to which the certificate leads, if it leads to any: to be compared with what they were told."""
    claimed_at: datetime | None = None
    """The signer's word for the time of sealing."""
    stamped_at: datetime | None = None
    """The time stamp's, if there is one."""
    reason: str = ""
    covers_whole_file: bool = False
    files: tuple[EmbeddedFile, ...] = ()
    provenance: Mapping[str, Any] | None = None
    base_sha256: str = ""
    """The digest of the rendition before sealing: whoever rebuilds it from the same commit gets the same."""


class PdfVerdict(NamedTuple):
    integrity: Verdict
    who: Verdict
    authority: Verdict
    time: Verdict
    facts: PdfFacts

    @property
    def genuine(self) -> bool:
        """The organisation made exactly this file; when it did may rest on its own word."""
        return all(verdict.status == "ok" for verdict in self[:3]) and self.time.status != "failed"
