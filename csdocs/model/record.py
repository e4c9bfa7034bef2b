"""A Record: one filled form, as it stands in its file."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

RECORD_NAMESPACE = "csdocs-record"
NO_ROW = "none"  # in `rows_to`: the table had no row yet; no row of a table that grows is called so
read_moment = lru_cache(maxsize=256)(dt.datetime.fromisoformat)  # of one record: each is asked for several times


class Signature(NamedTuple):
    """A person's signed statement about sections of the record; all scalars as written.

    `covers` names the fields of each signed section, `rows_to` the last row covered of each append-only table
    (`{entries: {no: "5"}}`, or "none"), `row` the one row that was initialled. Together with the record they make the
    signed bytes, so a signature can be verified from the record file alone.
    """

    step: str
    decision: str
    by: str
    post: str
    at: str
    form_sha256: str
    attests: str
    covers: Mapping[str, list[str]]
    signature: str
    comment: str | None = None
    row: Mapping[str, Mapping[str, str]] | None = None
    rows_to: Mapping[str, Mapping[str, str]] | None = None
    computed: Mapping[str, Any] | None = None

    @property
    def moment(self) -> dt.datetime:
        return read_moment(self.at)


class Amends(NamedTuple):
    file: str
    sha256: str


class Record(NamedTuple):
    """`data` is untyped: a tree of dicts, lists and texts. `amendment` is 0 for the first entry."""

    path: str
    id: str
    form: str
    form_revision: int
    org_unit: str
    created_by: str
    created_at: str
    data: Mapping[str, Any]
    signatures: tuple[Signature, ...] = ()
    amendment: int = 0
    amends: Amends | None = None
    reason: str | None = None

    @property
    def created(self) -> dt.datetime:
        return read_moment(self.created_at)

    @property
    def name(self) -> str:
        """File name without `.yaml`: what a person types to mean exactly this file."""
        return f"{self.id}.a{self.amendment}" if self.amendment else self.id
