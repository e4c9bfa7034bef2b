"""Whose key counted when, as a line that `ssh-keygen -Y verify` reads: both ends belong to the time it states."""

import datetime as dt
from collections.abc import Iterable

from csdocs.model.person import PublicKey

_SECOND = dt.timedelta(seconds=1)


def signer_line(staff_no: str, key: PublicKey, namespaces: str, zone: dt.tzinfo, suffix: str = "") -> str | None:
    """None for a key that never counted. With the suffix `Z` a line says itself that its times are UTC, which OpenSSH understands
    from 9.1 on."""
    since = _midnight(key.valid_from, zone)
    ends = [_midnight(key.valid_until, zone)] if key.valid_until else []
    ends += [key.revoked.at] if key.revoked else []
    times = f'valid-after="{utc(since)}{suffix}"'
    if ends:
        last = min(ends) - _SECOND
        if last <= since:
            return None
        times += f',valid-before="{utc(last)}{suffix}"'
    return f'{staff_no} namespaces="{namespaces}",{times} {" ".join(key.public.split()[:2])}'


def signer_lines(
    keys: Iterable[tuple[str, PublicKey]], namespaces: str, zone: dt.tzinfo, suffix: str = ""
) -> list[str]:
    """Of staff numbers with their keys, as far as those ever counted."""
    found = (signer_line(staff_no, key, namespaces, zone, suffix) for staff_no, key in keys)
    return [line for line in found if line is not None]


def statement_line(
    identity: str, public: str, namespace: str, at: dt.datetime, landed: dt.datetime, suffix: str = ""
) -> str:
    """A key for one statement alone: from when it says it was made until it landed. `ssh-keygen` wants that to be a second at least."""
    times = f'valid-after="{utc(at)}{suffix}",valid-before="{utc(max(landed, at + _SECOND))}{suffix}"'
    return f'{identity} namespaces="{namespace}",{times} {public}'


def utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%d%H%M%S")


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, zone)
