"""The organisation's seal: where its keys lie, how it begins, is renewed and ends, and putting it on a rendition."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.place import SEAL
from csdocs.model.seal import REVOKED_SEALS, RevokedSeals
from csdocs.model.text import Language, Text
from csdocs.parse.emit import emit, emit_item
from csdocs.parse.shape import read_shape
from csdocs.render.authority import (
    SEAL_CERTIFICATE,
    SEAL_KEY,
    AskPassphrase,
    certificate_sha256,
    create_seal_authority,
    renew_seal,
)
from csdocs.render.seal import Sealer, load_sealer, load_sealer_pkcs12, seal_pdf
from csdocs.store import disk
from csdocs.store.state import NOTES

KEYS = f"{NOTES}/seal"  # never in git
ROOT_CERTIFICATE = f"{SEAL}root.pem"  # public: what `verify` trusts in this workspace
TIME_ROOTS = f"{SEAL}time"  # roots of the time stamp authorities that this workspace trusts
YEARS, ROOT_YEARS = 5, 20
_FINGERPRINT_DIGITS = 64


class Sealing(NamedTuple):
    """A loaded seal with what it says on every rendition of one run."""

    sealer: Sealer
    organisation: str
    moment: dt.datetime
    language: Language
    tsa_url: str | None = None

    def apply(self, pdf: bytes, reason: str) -> bytes:
        return seal_pdf(
            pdf,
            self.sealer,
            name=self.organisation,
            reason=reason,
            moment=self.moment,
            language=self.language,
            tsa_url=self.tsa_url,
        )


def keep_seal(workspace: Workspace, ask_passphrase: AskPassphrase | None) -> str:
    """Make the seal's keys and certificates; returns the SHA-256 fingerprint of the root."""
    public = workspace.root / ROOT_CERTIFICATE
    if public.exists():
        raise CsdocsError(
            Text(f"{ROOT_CERTIFICATE} 已存在，未作任何改动", f"{ROOT_CERTIFICATE} exists; nothing was changed"),
            Text(
                "换新签章用 csdocs seal renew；旧的根证书一旦换掉，以前盖的章就无从验证",
                "a new seal is made by csdocs seal renew: without the old root, seals made so far could not be verified",
            ),
        )
    made = create_seal_authority(
        workspace.root / KEYS,
        workspace.settings.organisation,
        workspace.now,
        YEARS,
        ask_passphrase,
        root_years=ROOT_YEARS,
    )
    public.parent.mkdir(parents=True, exist_ok=True)
    public.write_bytes(made.root_certificate.read_bytes())
    return made.root_sha256


def replace_seal(workspace: Workspace, root_key: Path | None, ask_passphrase: AskPassphrase | None) -> str:
    """A new key and certificate under the same root; returns the fingerprint of the certificate."""
    folder = workspace.root / KEYS
    organisation = workspace.settings.organisation
    return renew_seal(folder, root_key or folder / "root.key", organisation, workspace.now, YEARS, ask_passphrase)


def revoke_seal(workspace: Workspace, fingerprint: str | None, since: dt.datetime, reason: str) -> str:
    """Enter a certificate, this machine's unless one is named, in the public list; returns its fingerprint."""
    chosen = _chosen(fingerprint) if fingerprint else _own_fingerprint(workspace)
    known = revoked_seals(workspace.root)
    if known.get(chosen, since + dt.timedelta(seconds=1)) <= since:
        raise CsdocsError(
            Text(
                f"该证书自 {known[chosen].isoformat()} 起已吊销",
                f"the certificate is revoked since {known[chosen].isoformat()}",
            ),
            Text("若应提前，请用更早的 --since", "give an earlier --since if that is what you mean"),
        )
    entry = {"certificate": chosen, "since": since.isoformat(), "reason": reason}
    path = workspace.root / REVOKED_SEALS
    was = path.read_bytes() if path.exists() else None
    text = emit({"revoked": [entry]}) if not known else (was or b"").decode() + emit_item(entry)
    disk.write(workspace.root, REVOKED_SEALS, text.encode(), was=was)
    return chosen


def _chosen(fingerprint: str) -> str:
    plain = fingerprint.replace(":", "").lower()
    if len(plain) != _FINGERPRINT_DIGITS or set(plain) - set("0123456789abcdef"):
        raise CsdocsError(
            Text(f"“{fingerprint}”不是证书的 SHA-256 指纹", f"“{fingerprint}” is not the SHA-256 of a certificate"),
            Text(
                "指纹是 64 位十六进制数，csdocs verify --format json 会显示",
                "64 hexadecimal digits; csdocs verify --format json shows them",
            ),
        )
    return plain


def _own_fingerprint(workspace: Workspace) -> str:
    return certificate_sha256(_own_files(workspace)[1])


def published(workspace: Workspace) -> dict[str, bytes]:
    """What stands in `handbook/seal/`: in set-up as it lies here, later as it was approved, whatever lies here."""
    if workspace.in_set_up:
        return {path: data for path, data in workspace.files.items() if path.startswith(SEAL)}
    return {path: each.data for path, each in workspace.ledger.approved.items() if path.startswith(SEAL)}


def revoked_anywhere(workspace: Workspace) -> dict[str, dt.datetime]:
    """By the list that was approved and by the one that lies here: to believe less nobody need be asked."""
    found = revoked_seals(workspace.root)
    approved = published(workspace).get(REVOKED_SEALS)
    for seal, since in (listed_seals(approved) if approved is not None else {}).items():
        found[seal] = min(since, found.get(seal, since))
    return found


def revoked_seals(root: Path) -> dict[str, dt.datetime]:
    """Since when which certificates count no more; an unreadable list is no empty one."""
    if not (root / REVOKED_SEALS).exists():
        return {}
    return listed_seals(disk.read(root, REVOKED_SEALS))


def listed_seals(data: bytes) -> dict[str, dt.datetime]:
    """What a list of revoked seals says."""
    read = read_shape(RevokedSeals, data)
    if read.value is None:
        raise CsdocsError(
            Text(f"{REVOKED_SEALS} 无法使用", f"{REVOKED_SEALS} cannot be used"),
            Text("运行 csdocs check 查看原因", "csdocs check says why"),
        )
    revoked: RevokedSeals = read.value
    return revoked.since()


def load_seal(workspace: Workspace, ask_passphrase: AskPassphrase | None, pkcs12: Path | None = None) -> Sealer:
    """The seal of this machine, or the one in a PKCS#12 file."""
    if pkcs12 is not None:
        sealer = load_sealer_pkcs12(pkcs12.read_bytes(), ask_passphrase)
    else:
        sealer = load_sealer(*_own_files(workspace), ask_passphrase)
    if sealer.fingerprint in revoked_seals(workspace.root):
        raise CsdocsError(
            Text("这枚签章的证书已吊销", "the certificate of this seal is revoked"),
            Text("运行 csdocs seal renew 换新签章", "csdocs seal renew makes a new one"),
        )
    return sealer


def _own_files(workspace: Workspace) -> tuple[bytes, bytes]:
    folder = workspace.root / KEYS
    try:
        return (folder / SEAL_KEY).read_bytes(), (folder / SEAL_CERTIFICATE).read_bytes()
    except OSError:
        raise CsdocsError(
            Text("本机没有机构签章", "this machine does not hold the organisation's seal"),
            Text("由签章保管人运行 csdocs seal init", "the keeper of the seal runs csdocs seal init"),
        ) from None


def sealing_moment(workspace: Workspace) -> dt.datetime:
    """A reference workspace seals at its fixed clock, a real one now; on the clocks of its place, as the stamp shows it."""
    moment = workspace.settings.clock or dt.datetime.now(dt.UTC).replace(microsecond=0)
    return moment.astimezone(workspace.settings.zone)


def trusted_roots(workspace: Workspace) -> tuple[bytes, ...]:
    """Root certificates that the workspace publishes."""
    return _certificates(workspace, SEAL)


def trusted_time_roots(workspace: Workspace) -> tuple[bytes, ...]:
    """Root certificates of time stamp authorities that the workspace publishes."""
    return _certificates(workspace, f"{TIME_ROOTS}/")


def _certificates(workspace: Workspace, folder: str) -> tuple[bytes, ...]:
    found = published(workspace)
    return tuple(found[path] for path in sorted(found) if _is_certificate_in(folder, path))


def _is_certificate_in(folder: str, path: str) -> bool:
    return path.startswith(folder) and path.endswith(".pem") and "/" not in path.removeprefix(folder)


def unapproved(workspace: Workspace) -> tuple[str, ...]:
    """Certificates that lie here and are not what was approved: nobody believes them."""
    found = published(workspace)
    here = (path for path in workspace.source.files_below(SEAL.removesuffix("/")) if path.endswith(".pem"))
    return tuple(path for path in here if workspace.read(path) != found.get(path))
