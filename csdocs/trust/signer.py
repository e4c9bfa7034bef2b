"""Whose key counted when, as a line that `ssh-keygen -Y verify` reads."""

import datetime as dt

from csdocs.model.person import PublicKey


def signer_line(staff_no: str, key: PublicKey, namespaces: str, zone: dt.tzinfo, suffix: str = "") -> str:
    """All times are UTC; with the suffix `Z` the line says so itself, which OpenSSH understands from 9.1 on."""
    ends = [_midnight(key.valid_until, zone)] if key.valid_until else []
    ends += [key.revoked.at] if key.revoked else []
    options = [f'namespaces="{namespaces}"', f'valid-after="{utc(_midnight(key.valid_from, zone))}{suffix}"']
    options += [f'valid-before="{utc(min(ends))}{suffix}"'] if ends else []
    return f"{staff_no} {','.join(options)} {' '.join(key.public.split()[:2])}"


def utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%d%H%M%S")


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, zone)
