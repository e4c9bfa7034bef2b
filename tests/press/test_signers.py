"""Lines that say whose key counted when, as the stock tool reads them."""

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from csdocs.model.person import PublicKey, Revocation
from csdocs.trust.signer import signer_line, statement_line, utc

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.datetime(2026, 11, 2, tzinfo=ZONE)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key, a statement and its signature."""
    folder = tmp_path_factory.mktemp("signed")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"], cwd=folder, check=True)
    (folder / "statement").write_text("I agree\n")
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", "test", "statement"], cwd=folder, check=True)
    return folder


def counts(folder: Path, line: str, at: dt.datetime) -> bool:
    (folder / "signers").write_text(f"{line}\n")
    command = f"ssh-keygen -Y verify -f signers -I S1 -n test -O verify-time={utc(at)} -s statement.sig < statement"
    environment = {**os.environ, "TZ": "UTC"}
    return (
        subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, check=False).returncode
        == 0
    )


def test_a_statement_may_land_in_the_second_it_was_made(signed: Path) -> None:
    public = " ".join((signed / "key.pub").read_text().split()[:2])
    for landed in (DAY, DAY - SECOND, DAY + 60 * SECOND):
        assert counts(signed, statement_line("S1", public, "test", DAY, landed), DAY), landed
    assert not counts(signed, statement_line("S1", public, "test", DAY, DAY), DAY + 2 * SECOND)


def test_a_key_counts_from_its_first_day_until_its_last(signed: Path) -> None:
    key = PublicKey(
        public=(signed / "key.pub").read_text().strip(), valid_from=DAY.date(), valid_until=dt.date(2026, 11, 3)
    )
    line = signer_line("S1", key, "test", ZONE)
    assert line is not None
    moments = (DAY - SECOND, DAY, DAY + dt.timedelta(days=1) - SECOND, DAY + dt.timedelta(days=1))
    assert [counts(signed, line, moment) for moment in moments] == [False, True, True, False]


def test_a_key_that_never_counted_has_no_line(signed: Path) -> None:
    public = (signed / "key.pub").read_text().strip()
    early = Revocation(at=DAY - SECOND, compromised_since=DAY - SECOND, reason="stolen")
    assert signer_line("S1", PublicKey(public=public, valid_from=DAY.date(), revoked=early), "test", ZONE) is None
