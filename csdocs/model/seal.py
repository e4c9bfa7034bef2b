"""Certificates of the organisation's seal that count no more."""

import datetime as dt

from csdocs.model.identifier import Sha256
from csdocs.model.place import SEAL
from csdocs.model.shape import Moment, Shape

REVOKED_SEALS = f"{SEAL}revoked.yaml"


class RevokedSeal(Shape):
    """`certificate` is the SHA-256 of the certificate; from `since` on, a seal made with its key proves nothing."""

    certificate: Sha256
    since: Moment
    reason: str


class RevokedSeals(Shape):
    revoked: tuple[RevokedSeal, ...] = ()

    def since(self) -> dict[str, dt.datetime]:
        """Moments by certificate: the earliest, where one is listed twice."""
        found: dict[str, dt.datetime] = {}
        for entry in self.revoked:
            found[entry.certificate] = min(entry.since, found.get(entry.certificate, entry.since))
        return found
