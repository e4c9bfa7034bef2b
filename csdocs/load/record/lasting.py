"""For how long the verdict on a record stays what it is while nothing but time changes, and the day is the same."""

import datetime as dt

from csdocs.load.record.basis import is_from_the_future, turning_points
from csdocs.load.record.case import RecordCase


def lasting(case: RecordCase) -> dt.datetime | None:
    """The first moment at which it may change; None: not before midnight."""
    moments: list[dt.datetime] = []
    each: RecordCase | None = case
    while each is not None and each.parsed.record is not None and each.form is not None:
        if "now" in each.compiled.names_read or is_from_the_future(each):
            return case.now
        moments += [*turning_points(each), *_too_late(each)]
        each = each.amended
    return min([moment for moment in moments if moment > case.now], default=None) if moments else None


def _too_late(case: RecordCase) -> list[dt.datetime]:
    """When a record that has not been committed yet will come too late; from then on it is a day later with every day."""
    limit = case.terms.latest_landing
    return [limit] if limit is not None and case.waits_to_land else []
